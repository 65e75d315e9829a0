import Almanac
import BellmanModel
import BellmanTesting
import Digests
import Testing

@testable import BellmanDelivery

@Suite struct ActLinkTests {
    private static let key = (0..<32).map(UInt8.init)
    private static let expiry = Instant(microseconds: 1_790_000_000_000_000)
    private static let before = Instant(microseconds: 1_789_999_999_999_999)

    private func links(_ key: [UInt8] = key, _ url: String = "https://bell.example.com") throws -> ActLinks {
        try #require(ActLinks(publicURL: url, key: key))
    }

    /// Signed by another implementation (Python's hmac and base64) from the description in `ActLinks`.
    static let vectors: [(ActTicket, String)] = [
        (
            ActTicket(act: .acknowledge, target: "f-abc", person: "wang", expiry: expiry),
            "MzphY2s1OmYtYWJjNDp3YW5nMDoxMDoxNzkwMDAwMDAw.w_tMyAGiHNaYrkDyM_9EjQfeSbwda1oPyAQf46AYvWQ"
        ),
        (
            ActTicket(act: .snooze, target: "f-abc", person: "", expiry: expiry),
            "Njpzbm9vemU1OmYtYWJjMDowOjEwOjE3OTAwMDAwMDA.MQg-bEudYY5kHqn5kVq2a5c5mwgWjGqQaDvMOq30N2M"
        ),
        (
            ActTicket(act: .decide(choice: "同意付款"), target: "A-7Q2MXK4B", person: "wang", expiry: expiry),
            "NjpkZWNpZGUxMDpBLTdRMk1YSzRCNDp3YW5nMTI65ZCM5oSP5LuY5qy-MTA6MTc5MDAwMDAwMA.VxFPIxKEXZ376u42huXsELqaXrO7UoKpUwk3sG3mPBg"
        ),
    ]

    @Test(arguments: vectors) func fixedVectors(ticket: ActTicket, token: String) throws {
        let links = try links()
        #expect(links.token(ticket) == token)
        #expect(links.url(ticket) == "https://bell.example.com/act/" + token)
        var read = try links.read(token, now: ActLinkTests.before).get()
        #expect(!read.nonce.isEmpty)
        read.nonce = ""
        #expect(read == ticket)
        #expect(token.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"+/=%".utf8.contains($0) })
    }

    @Test func aBaseMayEndInASlash() throws {
        let ticket = ActLinkTests.vectors[0].0
        #expect(try links(ActLinkTests.key, "http://h:1/b/").url(ticket).hasPrefix("http://h:1/b/act/"))
        #expect(ActLinks(publicURL: "", key: ActLinkTests.key) == nil)
        #expect(ActLinks(publicURL: "https://h", key: [1, 2, 3]) == nil)
    }

    @Test func expiryIsTheFirstInstantThatIsTooLate() throws {
        let links = try links()
        for (_, token) in ActLinkTests.vectors {
            #expect(throws: Never.self) { try links.read(token, now: ActLinkTests.before).get() }
            #expect(links.read(token, now: ActLinkTests.expiry) == .failure(.expired))
            #expect(links.read(token, now: ActLinkTests.expiry.adding(seconds: 1)) == .failure(.expired))
        }
    }

    /// Each letter changed, and the same with bits that base64 would ignore.
    @Test func everyChangedLetterIsSeen() throws {
        let links = try links()
        for (_, token) in ActLinkTests.vectors {
            let letters = Array(token)
            for index in letters.indices {
                for other in ["A", "B", "_", ".", "="] where String(letters[index]) != other {
                    var changed = letters
                    changed[index] = Character(other)
                    let answer = links.read(String(changed), now: ActLinkTests.before)
                    #expect(answer == .failure(.invalid), "\(String(changed))")
                }
            }
        }
    }

    @Test func whatIsNoTokenIsRefused() throws {
        let links = try links()
        let good = ActLinkTests.vectors[0].1
        let halves = good.split(separator: ".").map(String.init)
        let bad = [
            "", ".", "..", "a", halves[0], halves[0] + ".", "." + halves[1], good + ".", good + "=", good + "%3D",
            halves[1] + "." + halves[0], good.uppercased(), String(repeating: "A", count: 100_000),
            " " + good, good + "\n", "👍." + halves[1],
        ]
        for text in bad {
            #expect(links.read(text, now: ActLinkTests.before) == .failure(.invalid), "\(text.prefix(80))")
        }
        let other = try self.links((1...32).map(UInt8.init))
        #expect(other.read(good, now: ActLinkTests.before) == .failure(.invalid))
    }

    /// Parts have their lengths before them: what moves from one to the next makes another payload.
    @Test func partsDoNotRunTogether() throws {
        let links = try links()
        let a = ActTicket(act: .acknowledge, target: "f-ab", person: "c", expiry: ActLinkTests.expiry)
        let b = ActTicket(act: .acknowledge, target: "f-a", person: "bc", expiry: ActLinkTests.expiry)
        #expect(links.token(a) != links.token(b))
        let odd = ActTicket(
            act: .decide(choice: "3:abc\n.\u{0}"), target: "1:x", person: "5:", expiry: ActLinkTests.expiry)
        var read = try links.read(links.token(odd), now: ActLinkTests.before).get()
        read.nonce = ""
        #expect(read == odd)
    }

    // MARK: at sending

    private static let now = Instant(iso: "2026-06-01T10:00:00Z")!

    private func notice(
        _ acts: [NoticeAct], title: String = "Pay?", language: String = "zh", payload: NoticePayload? = nil
    ) -> Notice {
        Notice(
            id: "n-\(title)", firing: "f-1", rule: "r", ruleTitle: "R", record: "contract/C", step: 0, channel: "mail",
            recipientKey: "wang",
            recipients: [Recipient(id: "wang", name: "王", email: "w@example.com", phone: nil)], title: title,
            text: [.authored("x")], links: [Link(label: "Open", url: "https://x.example.com")], priority: .normal,
            urgent: false, scheduledAt: ActLinkTests.now, firedAt: ActLinkTests.now, late: false, language: language,
            acts: acts, payload: payload)
    }

    private static let decisions: [NoticeAct] = [
        .decide(approval: "A-1", choice: "approve"), .decide(approval: "A-1", choice: "reject"),
    ]

    @Test(arguments: [
        ("zh", ["Open", "知道了", "稍后提醒", "同意", "驳回"]),
        ("en", ["Open", "Take note", "Remind me later", "Approve", "Reject"]),
    ])
    func oneNotice(language: String, labels: [String]) throws {
        let links = try links()
        let acts = [.acknowledge, .snooze] + ActLinkTests.decisions
        let message = links.added(
            to: OutgoingMessage(notice(acts, language: language)), isRoom: false, now: ActLinkTests.now)
        #expect(message.links.map(\.label) == labels)
        let tickets = try message.links.dropFirst().map { link in
            try links.read(String(link.url.dropFirst("https://bell.example.com/act/".count)), now: ActLinkTests.now)
                .get()
        }
        #expect(tickets.map(\.person) == ["wang", "wang", "wang", "wang"])
        #expect(tickets.map(\.target) == ["f-1", "f-1", "A-1", "A-1"])
        for ticket in tickets {
            let days = (ticket.expiry.microseconds - ActLinkTests.now.microseconds) / 86_400_000_000
            let isDecision = if case .decide = ticket.act { true } else { false }
            #expect(days == (isDecision ? 89 : 29))
        }
        // The same message at every try of the day.
        let again = links.added(
            to: OutgoingMessage(notice(acts, language: language)), isRoom: false,
            now: ActLinkTests.now.adding(seconds: 3_600))
        #expect(again == message)
    }

    @Test func inARoomNobodyDecides() throws {
        let links = try links()
        let message = links.added(
            to: OutgoingMessage(notice([.acknowledge, .snooze] + ActLinkTests.decisions)), isRoom: true,
            now: ActLinkTests.now)
        #expect(message.links.map(\.label) == ["Open", "知道了", "稍后提醒"])
        let tickets = try message.links.dropFirst().map { link in
            try links.read(String(link.url.dropFirst("https://bell.example.com/act/".count)), now: ActLinkTests.now)
                .get()
        }
        #expect(tickets.map(\.person) == ["", ""])
    }

    @Test func aCallHasNoReader() throws {
        let message = try links().added(
            to: OutgoingMessage(notice([.acknowledge], payload: .call(body: nil))), isRoom: false, now: ActLinkTests.now
        )
        #expect(message.links.count == 1)
    }

    /// In a bundle only questions have links, and only the first few.
    @Test func aBundle() throws {
        let notices =
            (1...5).map { notice(ActLinkTests.decisions, title: "Q\($0)") } + [
                notice([.acknowledge, .snooze], title: "plain")
            ]
        let bundle = Bundle.combine(notices, id: "b")
        let message = try links().added(to: bundle, isRoom: false, now: ActLinkTests.now)
        #expect(
            message.links.map(\.label) == [
                "同意 · Q1", "驳回 · Q1", "同意 · Q2", "驳回 · Q2", "同意 · Q3", "驳回 · Q3",
            ])
        #expect(try links().added(to: bundle, isRoom: true, now: ActLinkTests.now).links.isEmpty)
    }
}
