import Almanac
import BellmanModel
import BellmanStore
import BellmanTesting
import Foundation
import Testing

@testable import BellmanStoreSQLite

/// Rows of the outbox are read for years: earlier versions wrote them with Swift's own coders.
@Suite struct NoticeCodingTests {
    private static let hostile = "a \"b\" \\ / \n\r\t\u{0}\u{1F} 更夫 👩‍👩‍👧 \u{202E}</script> é e\u{301}"

    private static func notice(_ words: String, _ recipients: [Recipient], seconds: Int64 = 1_772_409_600) -> Notice {
        Notice(
            id: "n-1", firing: "f-1", rule: "contract-expiry", ruleTitle: words, record: "contract/C1", step: 3,
            channel: "chat", recipientKey: "", recipients: recipients, title: words,
            text: [.authored("**\(words)**"), .value(words), .value("")],
            links: [Link(label: words, url: "https://example.com/a?b=c&d=\(seconds)")], priority: .high, urgent: true,
            scheduledAt: Instant(seconds: seconds), firedAt: Instant(microseconds: seconds * 1_000_000 + 250_001),
            late: seconds % 2 == 1, language: "zh")
    }

    static let notices: [Notice] = [
        notice("plain", []),
        notice(hostile, [Recipient(id: "u1", name: hostile, email: nil, phone: nil)]),
        notice(
            "",
            [
                Recipient(id: "u1", name: "王芳", email: "w@example.com", phone: "+86 1", handles: ["slack": "U1"]),
                Recipient(id: hostile, name: "", email: nil, phone: "2", handles: ["wecom": hostile, "feishu": ""]),
            ], seconds: -62_000_000_001),
        notice("asks", []).asking(
            [.acknowledge, .snooze, .decide(approval: hostile, choice: "同意 / yes")], payload: nil),
        notice("invites", []).asking(
            [],
            payload: .invitation(
                Invitation(
                    uid: "u@store", sequence: 2, method: .cancel, title: hostile,
                    start: .instant(Instant(seconds: 1_772_409_600)), seconds: 5_400, location: hostile,
                    zone: "Asia/Shanghai", attendees: [.init(name: hostile, email: "w@example.com")]))),
        notice("a whole day", []).asking(
            [],
            payload: .invitation(
                Invitation(
                    uid: "u@store", sequence: 0, method: .request, title: "", start: .date(.epoch), seconds: 86_400,
                    location: "", zone: "UTC", attendees: []))),
        notice("reports", []).saying([
            .report(Report(.table(titles: ["", hostile], rows: [["", hostile]]), rest: 3, language: "zh")),
            .report(
                Report(
                    .bars([.init(label: hostile, share: 0.25, text: "1"), .init(label: "", share: nil, text: "")]),
                    rest: 0, language: "en")),
        ]),
        notice("uninvites", []).asking(
            [],
            payload: .invitation(
                Invitation(
                    uid: "u@store", sequence: 1, method: .cancel, title: "", start: .date(.epoch), seconds: 86_400,
                    location: "", zone: "UTC", attendees: [], uninvites: true))),
        notice("calls", []).asking(
            [], payload: .call(body: .fields([("a", .array([.int(1), .double(2.5), .null])), (hostile, .bool(true))]))),
        notice("calls without words", []).asking([], payload: .call(body: nil)),
    ]

    /// Rows of earlier versions have no acts, no payload and no reports.
    static let plain = notices.filter { notice in
        notice.acts.isEmpty && notice.payload == nil && notice.text == notice.text.plain
    }

    private func read(_ bytes: [UInt8]) throws -> Notice { try bytes.withUnsafeBufferPointer(NoticeCoding.read) }

    private func written(_ notice: Notice) -> [UInt8] {
        var text = JSONText()
        NoticeCoding.write(notice, into: &text)
        return text.bytes
    }

    @Test(arguments: notices) func comesBackWhole(_ notice: Notice) throws {
        #expect(try read(written(notice)) == notice)
    }

    @Test(arguments: plain) func readsWhatSwiftsOwnCodersWrote(_ notice: Notice) throws {
        for format: JSONEncoder.OutputFormatting in [[.sortedKeys, .withoutEscapingSlashes], [], .prettyPrinted] {
            let encoder = JSONEncoder()
            encoder.outputFormatting = format
            #expect(try read([UInt8](try encoder.encode(SwiftCoded(notice)))) == notice)
        }
    }

    /// A row as the first version stored it.
    @Test func readsTheFirstVersionsRow() throws {
        let row = """
            {"channel":"hook","firedAt":"2026-03-02T01:00:00Z","firing":"f-1","id":"n-1","language":"en","late":false,\
            "links":[{"label":"Open","url":"https://example.com/"}],"priority":"normal","recipientKey":"u1",\
            "recipients":[{"handles":{"dingtalk":"d1"},"id":"u1","name":"Wang"}],"record":"contract/C1","rule":"r",\
            "ruleTitle":"R","scheduledAt":"2026-03-02T01:00:00.5Z","step":0,\
            "text":[{"authored":{"_0":"due "}},{"value":{"_0":"C\\u00e9 \\ud83d\\ude00"}}],"title":"t","urgent":false}
            """
        let notice = try read(Array(row.utf8))
        #expect(notice.text == [.authored("due "), .value("Cé 😀")])
        #expect(
            notice.recipients == [
                Recipient(id: "u1", name: "Wang", email: nil, phone: nil, handles: ["dingtalk": "d1"])
            ])
        #expect(notice.scheduledAt.microsecondOfSecond == 500_000)
        #expect(
            String(decoding: written(notice), as: UTF8.self).hasPrefix(
                #"{"channel":"hook","firedAt":"2026-03-02T01:00:00Z","#))
    }

    /// A later version may add members.
    @Test func passesOverWhatItDoesNotKnow() throws {
        var bytes = written(NoticeCodingTests.notices[0])
        bytes.removeLast()
        bytes += Array(#","later":{"a":[1,-2.5e3,null,true,"x"]},"other":null}"#.utf8)
        #expect(try read(bytes) == NoticeCodingTests.notices[0])
    }

    @Test func refusesWhatIsNotANotice() {
        let whole = written(NoticeCodingTests.notices[0])
        #expect(throws: MalformedJSON.self) { try read(Array(whole.dropLast(20))) }
        #expect(throws: MalformedJSON.self) { try read(Array("{}".utf8)) }
        let noTitle = String(decoding: whole, as: UTF8.self).replacing(#","title":"plain""#, with: "")
        #expect(throws: MalformedJSON.self) { try read(Array(noTitle.utf8)) }
    }
}

extension Notice {
    fileprivate func saying(_ text: [TextPart]) -> Notice {
        Notice(
            id: id, firing: firing, rule: rule, ruleTitle: ruleTitle, record: record, step: step, channel: channel,
            recipientKey: recipientKey, recipients: recipients, title: title, text: text, links: links,
            priority: priority, urgent: urgent, scheduledAt: scheduledAt, firedAt: firedAt, late: late,
            language: language)
    }

    fileprivate func asking(_ acts: [NoticeAct], payload: NoticePayload?) -> Notice {
        Notice(
            id: id, firing: firing, rule: rule, ruleTitle: ruleTitle, record: record, step: step, channel: channel,
            recipientKey: recipientKey, recipients: recipients, title: title, text: text, links: links,
            priority: priority, urgent: urgent, scheduledAt: scheduledAt, firedAt: firedAt, late: late,
            language: language, acts: acts, payload: payload)
    }
}

/// The members that the first versions stored, for Swift's own coders.
private struct SwiftCoded: Encodable {
    enum Part: Encodable {
        case authored(String)
        case value(String)

        init?(_ part: TextPart) {
            switch part {
            case .authored(let words): self = .authored(words)
            case .value(let words): self = .value(words)
            case .report: return nil
            }
        }
    }

    let id, firing, rule, ruleTitle, record, channel, recipientKey, title, language: String
    let step: Int
    let recipients: [Recipient]
    let text: [Part]
    let links: [Link]
    let priority: Priority
    let urgent, late: Bool
    let scheduledAt, firedAt: Instant

    init(_ notice: Notice) {
        (id, firing, rule, ruleTitle) = (notice.id, notice.firing, notice.rule, notice.ruleTitle)
        (record, channel, recipientKey) = (notice.record, notice.channel, notice.recipientKey)
        (title, language, step) = (notice.title, notice.language, notice.step)
        (recipients, text, links, priority) = (
            notice.recipients, notice.text.compactMap(Part.init), notice.links, notice.priority
        )
        (urgent, late, scheduledAt, firedAt) = (notice.urgent, notice.late, notice.scheduledAt, notice.firedAt)
    }
}
