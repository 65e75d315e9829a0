import Almanac
import BellmanModel
import Digests

/// An RFC 5322 message: text and simple HTML, both base64, so that no line can end or smuggle a message.
struct EmailBody {
    let message: OutgoingMessage
    let from: Mailbox
    let to: Mailbox
    let now: Instant

    private static let lineLetters = 76

    /// Mail has no bound of its own: only texts that no reader would read are cut.
    var bytes: [UInt8] {
        Shortening.fit(message) { Draft(bytes: whole($0), measures: []) }
    }

    private func whole(_ message: OutgoingMessage) -> [UInt8] {
        var lines = headers
        var parts = [("text/plain", plainText(message))]
        if message.style == .rich { parts.append(("text/html", html(message))) }
        for (type, text) in parts {
            lines += ["--" + boundary, "Content-Type: \(type); charset=utf-8", "Content-Transfer-Encoding: base64", ""]
            lines += EmailBody.base64Lines(text)
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
            "List-Id: <\(EmailBody.label(rule)).bellman.\(from.domain)>",
            "Content-Type: multipart/alternative; boundary=\"\(boundary)\"", "",
        ]
    }

    /// Cannot occur in base64.
    private var boundary: String { "=_" + EmailBody.label(message.id) }

    private static func label(_ text: String) -> String {
        let kept = text.unicodeScalars.filter {
            ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0) || $0 == "-"
        }
        return kept.isEmpty ? "notice" : String(String.UnicodeScalarView(kept.prefix(60)))
    }

    private static func base64Lines(_ text: String) -> [String] {
        let encoded = Array(TextCoding.base64(Array(text.utf8)).utf8)
        return stride(from: 0, to: encoded.count, by: lineLetters).map { start in
            String(decoding: encoded[start..<min(start + lineLetters, encoded.count)], as: UTF8.self)
        }
    }

    private func plainText(_ message: OutgoingMessage) -> String {
        var blocks = [Markup.oneLine(message.title)]
        let body = Markup.render(message.text, as: .plain)
        if !body.isEmpty { blocks.append(body) }
        let links = message.links.map { Markup.link($0, as: .plain) }
        if !links.isEmpty { blocks.append(links.joined(separator: "\n")) }
        return blocks.joined(separator: "\n\n").replacing("\n", with: "\r\n") + "\r\n"
    }

    private func html(_ message: OutgoingMessage) -> String {
        let body = Markup.render(message.text, as: .html).replacing("\n", with: "<br>\r\n")
        let links = message.links.map { "<p>\(Markup.link($0, as: .html))</p>" }
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
