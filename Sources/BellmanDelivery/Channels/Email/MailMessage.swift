import Almanac
import BellmanModel
import Digests

/// An RFC 5322 message: text and simple HTML, both base64, so that no line can end or smuggle a message.
struct MailMessage {
    let message: OutgoingMessage
    let from: Mailbox
    let to: Mailbox
    let now: Instant

    private static let lineLetters = 76
    private static let textLimit = 500_000

    var bytes: [UInt8] {
        let fitting = Shortening.fit(message, limit: MailMessage.textLimit) { plainText($0).utf8.count }
        var lines = headers
        for (type, text) in [("text/plain", plainText(fitting)), ("text/html", html(fitting))] {
            lines += ["--" + boundary, "Content-Type: \(type); charset=utf-8", "Content-Transfer-Encoding: base64", ""]
            lines += MailMessage.base64Lines(text)
        }
        lines += ["--\(boundary)--", ""]
        return Array(lines.joined(separator: "\r\n").utf8)
    }

    private var headers: [String] {
        let rule = message.notices.count == 1 ? message.notices[0].rule : "bundle"
        return [
            "Date: " + MailDate.text(now), "From: " + from.header, "To: " + to.header,
            "Message-ID: <\(message.id)@\(from.domain)>", "Subject: " + EncodedWord.encode(message.title),
            "MIME-Version: 1.0",
            // RFC 3834: nobody's holiday message shall answer.
            "Auto-Submitted: auto-generated", "X-Auto-Response-Suppress: All",
            "List-Id: <\(MailMessage.label(rule)).bellman.\(from.domain)>",
            "Content-Type: multipart/alternative; boundary=\"\(boundary)\"", "",
        ]
    }

    /// Cannot occur in base64.
    private var boundary: String { "=_" + MailMessage.label(message.id) }

    private static func label(_ text: String) -> String {
        let kept = text.unicodeScalars.filter {
            ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0) || $0 == "-"
        }
        return kept.isEmpty ? "notice" : String(String.UnicodeScalarView(kept.prefix(60)))
    }

    private static func base64Lines(_ text: String) -> [String] {
        var rest = Substring(TextCoding.base64(Array(text.utf8)))
        var lines: [String] = []
        while !rest.isEmpty {
            lines.append(String(rest.prefix(lineLetters)))
            rest = rest.dropFirst(lineLetters)
        }
        return lines
    }

    private func plainText(_ message: OutgoingMessage) -> String {
        var blocks = [Markup.oneLine(message.title)]
        let body = Markup.render(message.text, as: .plain)
        if !body.isEmpty { blocks.append(body) }
        let links = message.links.map { "\(Markup.oneLine($0.label)): \(Markup.safeURL($0.url) ?? "")" }
        if !links.isEmpty { blocks.append(links.joined(separator: "\n")) }
        return blocks.joined(separator: "\n\n").replacing("\n", with: "\r\n") + "\r\n"
    }

    private func html(_ message: OutgoingMessage) -> String {
        let body = Markup.render(message.text, as: .html).replacing("\n", with: "<br>\r\n")
        let links = message.links.map { "<p>\(SimpleHTML.anchor(Markup.oneLine($0.label), $0.url))</p>" }
        let title = Markup.escapeHTML(Markup.oneLine(message.title))
        return
            "<!DOCTYPE html>\r\n<html lang=\"\(message.language == "zh" ? "zh" : "en")\"><body>\r\n<h3>\(title)</h3>\r\n"
            + "<p>\(body)</p>\r\n" + links.joined(separator: "\r\n") + "\r\n</body></html>\r\n"
    }
}

/// RFC 5322 §3.3, in UTC.
enum MailDate {
    private static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    static func text(_ instant: Instant) -> String {
        let iso = instant.iso
        let date = CivilDate(iso: iso.prefix(10)) ?? .epoch
        let time = iso.dropFirst(11).prefix(8)
        return "\(days[date.weekday - 1]), \(date.day) \(months[date.month - 1]) \(date.year) \(time) +0000"
    }
}
