import Almanac
import BellmanModel
import BellmanStore
import BellmanTransport
import Foundation
import Testing

@testable import BellmanDelivery

/// A message written as a file: `Golden/cases/NAME.json`. Each channel's form of it stands in
/// `Golden/CHANNEL/NAME.txt`.
struct GoldenCase: Decodable {
    struct Text: Decodable {
        struct Bar: Decodable {
            let label: String
            let share: Double?
            let text: String
        }
        let authored: String?
        let value: String?
        let titles: [String]?
        let rows: [[String]]?
        let bars: [Bar]?
        let rest: Int?

        func part(_ language: String) -> TextPart {
            if let rows {
                return .report(Report(.table(titles: titles ?? [], rows: rows), rest: rest ?? 0, language: language))
            }
            if let bars {
                let body = bars.map { Report.Bar(label: $0.label, share: $0.share, text: $0.text) }
                return .report(Report(.bars(body), rest: rest ?? 0, language: language))
            }
            return value.map { .value($0) } ?? .authored(authored ?? "")
        }
    }
    struct Entry: Decodable {
        let title: String
        let text: [Text]
        let links: [Link]
        let to: [String]
        let priority: Priority?
        let urgent: Bool?
    }
    let style: String?
    let language: String?
    /// So many copies of each, their titles numbered.
    let times: Int?
    let notices: [Entry]

    func message() -> OutgoingMessage {
        let people = ["wang": Sample.wang, "li": Sample.li, "zhao": Sample.zhao]
        var items: [OutboxItem] = []
        for number in 0..<(times ?? 1) {
            for entry in notices {
                let notice = Notice(
                    id: "n\(items.count + 1)", firing: "f", rule: "contract-30", ruleTitle: "合同到期",
                    record: "contract/c1", step: 0, channel: "c", recipientKey: "",
                    recipients: entry.to.compactMap { people[$0] },
                    title: times == nil ? entry.title : "\(entry.title) \(number + 1)",
                    text: entry.text.map { $0.part(language ?? "zh") },
                    links: entry.links, priority: entry.priority ?? .normal, urgent: entry.urgent ?? false,
                    scheduledAt: start.adding(seconds: number), firedAt: start, late: false, language: language ?? "zh")
                items.append(OutboxItem(notice: notice, notBefore: start, createdAt: start))
            }
        }
        var message = OutgoingMessage(ClaimedMessage(id: items.count == 1 ? "n1" : "b1", items: items, claim: "c"))
        message.style = style == "plain" ? .plain : .rich
        return message
    }
}

enum Golden {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")
    static let isRecording = ProcessInfo.processInfo.environment["BELLMAN_RECORD"] == "1"

    static func names(in path: String, ending: String) -> [String] {
        let found = (try? FileManager.default.contentsOfDirectory(atPath: folder.appending(path: path).path())) ?? []
        return found.filter { $0.hasSuffix(ending) }.map { String($0.dropLast(ending.count)) }.sorted()
    }

    static let cases = names(in: "cases", ending: ".json")
    static let channels = Sample.settings.keys.sorted()

    static func text(_ path: String) -> String? {
        try? String(contentsOf: folder.appending(path: path), encoding: .utf8)
    }

    static func readCase(_ name: String) throws -> GoldenCase {
        try JSONDecoder().decode(
            GoldenCase.self, from: Data(contentsOf: folder.appending(path: "cases/\(name).json")))
    }

    static func describe(_ request: WireRequest) -> String {
        switch request {
        case .http(let request):
            let headers = request.headers.map { "\($0.name): \($0.value)\n" }.joined()
            return "\(request.method) \(request.url.reveal())\n\(headers)\n"
                + String(decoding: request.body, as: UTF8.self) + "\n"
        case .mail(let envelope):
            return "\(envelope.sender) -> \(envelope.recipient)\n" + String(decoding: envelope.message, as: UTF8.self)
        case .local(let line): return line + "\n"
        }
    }
}

@Suite struct GoldenTests {
    /// With `BELLMAN_RECORD=1` in the environment the expected texts are written anew.
    @Test(arguments: Golden.channels, Golden.cases) func form(_ channel: String, _ name: String) throws {
        let found: String
        do {
            found = Golden.describe(try Sample.named(channel).format(try Golden.readCase(name).message(), now: start))
        } catch let problem as FormatProblem {
            found = "\(problem)\n"
        }
        let path = "\(channel)/\(name).txt"
        let expected = Golden.text(path)
        if Golden.isRecording || expected == nil {
            try found.write(to: Golden.folder.appending(path: path), atomically: true, encoding: .utf8)
        }
        if !Golden.isRecording { #expect(found == expected, "\(path)") }
    }

    /// No expected text without its case.
    @Test func nothingIsLeftOver() {
        for channel in Golden.channels {
            let left = Golden.names(in: channel, ending: ".txt").filter {
                !Golden.cases.contains($0) && $0 != "answers"
            }
            #expect(left == [], "\(channel)")
        }
    }
}

/// `Golden/CHANNEL/answers.txt`: status, headers in brackets, body, what they mean.
@Suite struct AnswerTableTests {
    struct Row {
        let line: String
        let status: Int
        let headers: [HTTPHeader]
        let body: String
        let verdict: String
        let seconds: Int64?

        init?(_ line: String) {
            guard let arrow = line.ranges(of: "=>").last else { return nil }
            let words = line[arrow.upperBound...].split(separator: " ")
            var rest = line[..<arrow.lowerBound].drop { $0 == " " }
            let status = rest.prefix { $0 != " " }
            guard let status = Int(status), let verdict = words.first else { return nil }
            rest = rest.drop { $0 != " " }.drop { $0 == " " }
            var headers: [HTTPHeader] = []
            if rest.hasPrefix("["), let close = rest.firstIndex(of: "]") {
                for pair in rest[rest.index(after: rest.startIndex)..<close].split(separator: ";") {
                    let parts = pair.split(separator: ":", maxSplits: 1)
                    if parts.count == 2 {
                        headers.append(
                            HTTPHeader(
                                parts[0].trimmingCharacters(in: .whitespaces),
                                parts[1].trimmingCharacters(in: .whitespaces)))
                    }
                }
                rest = rest[rest.index(after: close)...].drop { $0 == " " }
            }
            self.line = line
            self.status = status
            self.headers = headers
            body = rest.trimmingCharacters(in: .whitespaces)
            self.verdict = String(verdict)
            seconds = words.count > 1 ? Int64(words[1]) : nil
        }
    }

    static func lines(_ channel: String) -> [Substring] {
        (Golden.text("\(channel)/answers.txt") ?? "").split(separator: "\n").filter { !$0.hasPrefix("#") }
    }

    static let tables = Golden.channels.filter { $0 != "email" }

    @Test(arguments: tables) func table(_ name: String) throws {
        let channel = try Sample.named(name)
        #expect(AnswerTableTests.lines(name).count >= 5, "\(name)")
        for line in AnswerTableTests.lines(name) {
            let row = try #require(Row(String(line)), "\(line)")
            let answer = WireAnswer.http(
                HTTPResponse(status: row.status, headers: row.headers, body: Array(row.body.utf8)))
            let judgement = channel.classify(answer, now: start)
            #expect(judgement.verdict.word == row.verdict, "\(name): \(line)")
            if case .throttled(let until) = judgement.verdict {
                #expect(until == start.adding(seconds: row.seconds ?? 60), "\(name): \(line)")
            }
            #expect(!judgement.words.contains("\n") && judgement.words.utf8.count <= 300, "\(name): \(line)")
        }
    }

    /// Any vendor, any body: a wait is never under a second or over a day.
    @Test(arguments: ["0", "-5", "soon", "", "1e9", "99999999999999999999", "0.001", "Sun, 06 Nov 2094 08:49:37 GMT"])
    func waitsAreBounded(_ text: String) throws {
        for name in AnswerTableTests.tables {
            let headers = [HTTPHeader("Retry-After", text), HTTPHeader("X-RateLimit-Reset-After", text)]
            let body =
                #"{"ok":false,"error":"ratelimited","error_code":429,"code":42901,"errorCode":429,"retry_after":-3}"#
            let answer = HTTPResponse(status: 429, headers: headers, body: Array(body.utf8))
            guard case .throttled(let until) = try Sample.named(name).classify(.http(answer), now: start).verdict
            else { continue }
            #expect(until >= start.adding(seconds: 1) && until <= start.adding(seconds: 86_400), "\(name)")
        }
    }

    /// What a vendor echoes of the address or the token does not reach the ledger.
    @Test func wordsHoldNoSecrets() throws {
        let token = "123456:AAsecretsecretsecretsecret"
        let long =
            "https://hooks.example.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX?key=abcdefghijklmnop"
        let channels: [(any Channel, [String])] = [
            (
                try Sample.channel("telegram", ["token": .secret(Secret(token)), "chat_id": .text("1")]),
                ["AAsecretsecretsecretsecret"]
            ), (try Sample.channel("slack", ["url": .secret(Secret(long))]), ["XXXXXXXX", "abcdefghijklmnop"]),
            (try Sample.channel("wecom", ["url": .secret(Secret(long))]), ["XXXXXXXX", "abcdefghijklmnop"]),
        ]
        for (channel, secrets) in channels {
            for status in [200, 400, 404, 500] {
                let echo =
                    "POST https://api.telegram.org/bot\(token)/sendMessage \(long) key abcdefghijklmnop\n\u{202E}"
                let bodies = [
                    echo, #"{"errcode":1,"errmsg":"\#(long)","ok":false,"error":"\#(long)","description":"\#(token)"}"#,
                ]
                for body in bodies {
                    let answer = HTTPResponse(status: status, body: Array(body.utf8))
                    let words = channel.classify(.http(answer), now: start).words
                    for secret in secrets { #expect(!words.contains(secret), "\(words)") }
                    #expect(!words.contains("\n") && !words.contains("\u{202E}"))
                }
            }
        }
    }

    @Test func movedChatIsNamed() throws {
        let body = #"{"ok":false,"error_code":400,"description":"upgraded","parameters":{"migrate_to_chat_id":-1009}}"#
        let answer = HTTPResponse(status: 400, body: Array(body.utf8))
        #expect(try Sample.named("telegram").classify(.http(answer), now: start).words.contains("chat_id: -1009"))
    }
}
