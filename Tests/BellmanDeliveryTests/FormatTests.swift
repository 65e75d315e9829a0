import Almanac
import BellmanModel
import BellmanStore
import BellmanTransport
import Testing

@testable import BellmanDelivery

@Suite struct FormatTests {
    private func bundle() -> OutgoingMessage {
        let items = (0..<25).map { number in
            OutboxItem(
                notice: Sample.notice("n\(number)", title: "提醒 \(number)", priority: number == 7 ? .high : .normal),
                notBefore: start, createdAt: start)
        }
        return OutgoingMessage(ClaimedMessage(id: "b1", items: items, claim: "c"))
    }

    @Test func bundlesAreSortedAndCounted() {
        let message = bundle()
        #expect(message.title == "共 25 条提醒" && message.notices.first?.id == "n7")
    }

    @Test func longTextIsCutVisibly() throws {
        let notice = Sample.notice(text: [.value(String(repeating: "告警*👨‍👩‍👧‍👦", count: 20_000))])
        for channel in [try Sample.dingTalk(), try Sample.webhook()] {
            guard case .http(let request) = try channel.format(OutgoingMessage(notice), now: start) else {
                Issue.record("no request")
                return
            }
            #expect(request.body.count <= 20_000 && request.body.count > 15_000)
            let text = String(validating: request.body, as: UTF8.self)
            #expect(text?.contains("（内容过长，已截断）") == true)
        }
    }

    @Test(arguments: [
        "a\r\nBcc: x@y.z", "a\nb", "a\u{2028}b", "a\u{85}b", "=?utf-8?q?x?=\r\n", "\r\n\r\nbody",
        String(repeating: "标题", count: 400),
    ]) func mailHeadersStayWhole(title: String) throws {
        let person = Recipient(id: "x", name: title, email: "x@example.com", phone: nil)
        let message = OutgoingMessage(Sample.notice(to: [person], title: title))
        guard case .mail(let envelope) = try Sample.email().format(message, now: start) else {
            Issue.record("no mail")
            return
        }
        let text = String(decoding: envelope.message, as: UTF8.self)
        let head = text[..<(text.firstRange(of: "\r\n\r\n")?.lowerBound ?? text.endIndex)]
        let lines = head.split(separator: "\r\n")
        let names = lines.filter { !$0.hasPrefix(" ") }.map { $0.prefix { $0 != ":" } }
        #expect(
            names == [
                "Date", "From", "To", "Message-ID", "Subject", "MIME-Version", "Auto-Submitted",
                "X-Auto-Response-Suppress", "List-Id", "Content-Type",
            ])
        #expect(lines.allSatisfy { $0.utf8.count <= 100 } && text.utf8.allSatisfy { $0 < 0x80 })
    }

    @Test func noAddress() throws {
        let channel = try Sample.email()
        #expect(throws: FormatProblem.noAddress) {
            try channel.format(OutgoingMessage(Sample.notice(to: [Sample.li])), now: start)
        }
    }

    @Test(arguments: [
        "@all", "@13800000000", "<@U1>", "[a](javascript:x)", "![i](http://t/p.png)", "# h", "1. x", "- x", "> q",
        "a\u{202E}b",
    ])
    func recordTextIsPowerless(text: String) {
        let chat = Markup.escape(text, as: .dingTalk)
        #expect(!chat.contains("@") && !chat.contains("\u{202E}"))
        for mark in ["# ", "- ", "> ", "1. ", "[", "!["] { #expect(!chat.hasPrefix(mark)) }
        #expect(!Markup.escape(text, as: .html).contains("<"))
    }
}
