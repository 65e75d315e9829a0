import BellmanDelivery
import BellmanModel
import BellmanRules
import BellmanTransport
import Digests

/// A notice as it leaves through its channel, read again: JSON where it is JSON, mail as its parts.
struct MessageBody {
    let json: JSONValue?
    /// What a person sees of it.
    let text: String

    init(_ channel: any Channel, _ notice: Notice) {
        do {
            switch try channel.format(OutgoingMessage(notice), now: notice.firedAt) {
            case .local(let line): (json, text) = (nil, line)
            case .http(let request):
                json = try? JSONText.parse(utf8: request.body)
                text = String(decoding: request.body, as: UTF8.self)
            case .mail(let envelope):
                let mail = MailParts(envelope.message)
                json = mail.json
                text = mail.text
            }
        } catch {
            (json, text) = (nil, error == .noAddress ? "no address" : "bad address")
        }
    }
}

/// The parts of a mail that Bellman made: headers, then base64 parts between boundaries.
struct MailParts {
    private var headers: [String: String] = [:]
    private var parts: [(type: String, text: String)] = []

    init(_ bytes: [UInt8]) {
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n", omittingEmptySubsequences: false)
        var rest = lines[...]
        headers = MailParts.headers(&rest)
        while let start = rest.firstIndex(where: { $0.hasPrefix("--") && !$0.hasSuffix("--") }) {
            rest = rest[(start + 1)...]
            let head = MailParts.headers(&rest)
            let body = rest.prefix { !$0.hasPrefix("--") }
            let text = TextCoding.decodeBase64(body.joined()).map { String(decoding: $0, as: UTF8.self) } ?? ""
            parts.append((head["content-type"] ?? "", text.replacing("\r\n", with: "\n")))
        }
    }

    var json: JSONValue {
        .fields([
            ("from", .string(header("from"))), ("to", .string(header("to"))), ("subject", .string(header("subject"))),
            ("text", .string(part("text/plain"))), ("html", .string(part("text/html"))),
        ])
    }

    /// The plain part begins with the subject.
    var text: String {
        var text = part("text/plain")
        while text.hasSuffix("\n") { text.removeLast() }
        return text
    }

    private func part(_ type: String) -> String { parts.first { $0.type.hasPrefix(type) }?.text ?? "" }

    private func header(_ name: String) -> String { MailParts.decoded(headers[name] ?? "") }

    /// Up to the empty line; folded lines are one.
    private static func headers(_ lines: inout ArraySlice<Substring>) -> [String: String] {
        var found: [String: String] = [:]
        var last: String?
        while let line = lines.popFirst(), !line.isEmpty {
            if line.hasPrefix(" "), let name = last {
                found[name, default: ""] += line
            } else if let colon = line.firstIndex(of: ":") {
                let name = line[..<colon].lowercased()
                found[name] = String(line[line.index(after: colon)...].drop { $0 == " " })
                last = name
            }
        }
        return found
    }

    /// `=?UTF-8?B?…?=`; the blank between two encoded words is none.
    private static func decoded(_ text: String) -> String {
        var result = ""
        var wasEncoded = false
        for word in text.split(separator: " ") {
            let fields = word.split(separator: "?", omittingEmptySubsequences: false)
            if word.hasPrefix("=?"), word.hasSuffix("?="), fields.count == 5, fields[2].uppercased() == "B",
                let bytes = TextCoding.decodeBase64(String(fields[3]))
            {
                if !wasEncoded, !result.isEmpty { result += " " }
                result += String(decoding: bytes, as: UTF8.self)
                wasEncoded = true
            } else {
                if !result.isEmpty { result += " " }
                result += word
                wasEncoded = false
            }
        }
        return result
    }
}

/// Whether a body has what a pattern asks for.
enum BodyMatch {
    static func matches(_ pattern: BodyPattern, _ body: MessageBody) -> Bool {
        switch pattern {
        case .contains(let text):
            return body.text.contains(text) || (body.json.map { holds(text, $0) } ?? false)
        default:
            guard let json = body.json else { return false }
            return matches(pattern, json)
        }
    }

    private static func matches(_ pattern: BodyPattern, _ value: JSONValue) -> Bool {
        switch pattern {
        case .null: return value.isNull
        case .contains(let text): return holds(text, value)
        case .value(let text):
            if let found = value.stringValue { return found.utf8.elementsEqual(text.utf8) }
            if let number = value.doubleValue, let wanted = Double(text) { return number == wanted }
            return JSONText.write(value) == text
        case .list(let wanted):
            guard let items = value.arrayValue, items.count == wanted.count else { return false }
            return zip(wanted, items).allSatisfy { matches($0, $1) }
        case .mapping(let entries):
            return entries.allSatisfy { entry in value[entry.key].map { matches(entry.pattern, $0) } ?? false }
        }
    }

    /// Somewhere in the texts of the value: JSON's own escapes are no part of them.
    private static func holds(_ text: String, _ value: JSONValue) -> Bool {
        switch value {
        case .string(let found): found.contains(text)
        case .array(let items): items.contains { holds(text, $0) }
        case .object(let object): object.members.contains { holds(text, $0.value) }
        default: JSONText.write(value) == text
        }
    }

    /// A pattern in a line, much as it stands in the file.
    static func text(_ pattern: BodyPattern) -> String {
        switch pattern {
        case .null: "null"
        case .contains(let text): "…\(text)…"
        case .value(let text): text
        case .list(let items): "[\(items.map(text).joined(separator: ", "))]"
        case .mapping(let entries): "{\(entries.map { "\($0.key): \(text($0.pattern))" }.joined(separator: ", "))}"
        }
    }
}
