import BellmanModel

/// The HTML form of a mail: simple enough for every reader. Tables are tables; a bar is one coloured pixel, stretched,
/// that comes along as a part of the mail (RFC 2387, RFC 2392), so that nothing is fetched.
struct EmailHTML {
    private let message: OutgoingMessage

    private static let pixelID = "bar@bellman"
    private static let barWidth = 240
    private static let barHeight = 12

    init(_ message: OutgoingMessage) { self.message = message }

    var part: MailPart {
        let html = MailPart.text("html", text)
        let hasBars = message.text.contains { part in
            if case .report(let report) = part, case .bars(let bars) = report.body { return !bars.isEmpty }
            return false
        }
        guard hasBars else { return html }
        let pixel = MailPart.leaf(
            "image/png", ["Content-ID: <\(EmailHTML.pixelID)>", "Content-Disposition: inline"], PNGPixel.bytes)
        return .several("related", [html, pixel])
    }

    private var text: String {
        let links = message.links.map { "<p>\(Markup.link($0, as: .html))</p>" }
        let title = Markup.escapeHTML(Markup.oneLine(message.title))
        return
            "<!DOCTYPE html>\r\n<html lang=\"\(message.language == "zh" ? "zh" : "en")\"><body>\r\n<h3>\(title)</h3>\r\n"
            + blocks + links.joined(separator: "\r\n") + "\r\n</body></html>\r\n"
    }

    /// Paragraphs, and between them the reports.
    private var blocks: String {
        var result = ""
        var words: [TextPart] = []
        func flush() {
            let body = Markup.render(words, as: .html)
            let trimmed = words.isEmpty ? "" : EmailHTML.trimmed(body)
            if !trimmed.isEmpty { result += "<p>\(trimmed.replacing("\n", with: "<br>\r\n"))</p>\r\n" }
            words = []
        }
        guard message.text.contains(where: EmailHTML.isShownAsTable) else {
            return "<p>\(Markup.render(message.text, as: .html).replacing("\n", with: "<br>\r\n"))</p>\r\n"
        }
        for part in message.text {
            guard EmailHTML.isShownAsTable(part), case .report(let report) = part else {
                words.append(part)
                continue
            }
            flush()
            result += EmailHTML.table(report)
        }
        flush()
        return result
    }

    private static func trimmed(_ text: String) -> String {
        var text = text[...]
        while text.hasPrefix("\n") { text = text.dropFirst() }
        while text.hasSuffix("\n") { text = text.dropLast() }
        return String(text)
    }

    private static func isShownAsTable(_ part: TextPart) -> Bool {
        if case .report(let report) = part { return !report.isEmpty }
        return false
    }

    private static func table(_ report: Report) -> String {
        var lines = ["<table cellpadding=\"4\" cellspacing=\"0\" border=\"\(report.isChart ? 0 : 1)\">"]
        switch report.body {
        case .table(let titles, let rows):
            lines.append(row(titles.map { cell($0, "th") }))
            lines += rows.map { row($0.map { cell($0, "td") }) }
        case .bars(let bars):
            lines += bars.map { row([cell($0.label, "td"), "<td>\(image($0))</td>", cell($0.text, "td")]) }
        }
        lines.append("</table>")
        if let rest = report.restWords { lines.append("<p>\(Markup.escapeHTML(rest))</p>") }
        return lines.joined(separator: "\r\n") + "\r\n"
    }

    private static func row(_ cells: [String]) -> String { "<tr>\(cells.joined())</tr>" }

    private static func cell(_ text: String, _ tag: String) -> String {
        "<\(tag) align=\"left\">\(Markup.escape(text, as: .html).replacing("\n", with: " "))</\(tag)>"
    }

    /// Where images are not shown, blocks are.
    private static func image(_ bar: Report.Bar) -> String {
        guard let share = bar.share, share > 0 else { return "" }
        let width = max(2, Int((min(1, share) * Double(barWidth)).rounded()))
        return
            "<img src=\"cid:\(pixelID)\" width=\"\(width)\" height=\"\(barHeight)\" alt=\"\(Report.blocks(bar))\">"
    }
}

extension Report {
    fileprivate var isChart: Bool { if case .bars = body { true } else { false } }
}

/// A PNG of one pixel (W3C PNG, third edition): 8 bits of red, green and blue.
enum PNGPixel {
    private static let colour: [UInt8] = [0x3B, 0x7D, 0xD8]

    static let bytes: [UInt8] = {
        let header = big(1) + big(1) + [8, 2, 0, 0, 0]
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", header)
            + chunk("IDAT", stored([0] + colour)) + chunk("IEND", [])
    }()

    /// A zlib stream (RFC 1950) of one block that is not compressed (RFC 1951 §3.2.4).
    static func stored(_ data: [UInt8]) -> [UInt8] {
        let length = UInt16(data.count)
        let sizes = [UInt8(length & 0xFF), UInt8(length >> 8), UInt8(~length & 0xFF), UInt8(~length >> 8)]
        return [0x78, 0x01, 0x01] + sizes + data + big(adler32(data))
    }

    private static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
        let named = Array(type.utf8) + data
        return big(UInt32(data.count)) + named + big(crc32(named))
    }

    private static func big(_ number: UInt32) -> [UInt8] { (0..<4).map { UInt8((number >> (24 - 8 * $0)) & 0xFF) } }

    private static func crc32(_ data: [UInt8]) -> UInt32 {
        var crc: UInt32 = 0xFFFF_FFFF
        for byte in data {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
        }
        return ~crc
    }

    private static func adler32(_ data: [UInt8]) -> UInt32 {
        var (a, b): (UInt32, UInt32) = (1, 0)
        for byte in data {
            a = (a + UInt32(byte)) % 65_521
            b = (b + a) % 65_521
        }
        return b << 16 | a
    }
}
