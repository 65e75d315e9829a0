import Almanac
import BellmanModel
import BellmanStore
import BellmanTransport
import Testing

@testable import BellmanDelivery

/// No message is refused for its length, none is lost for it, and a reader sees that something is missing.
@Suite struct LengthTests {
    private static let chats = InjectionTests.chats

    private func message(
        title: String = "合同快到期", text: [TextPart], links: [Link] = [], to: [Recipient] = [Sample.wang],
        style: MessageStyle = .rich
    ) -> OutgoingMessage {
        var message = OutgoingMessage(Sample.notice(to: to, title: title, text: text))
        message = OutgoingMessage(
            id: message.id, title: title, text: text, links: links, recipients: to, language: "zh",
            notices: message.notices)
        message.style = style
        return message
    }

    private func bundle(_ count: Int, title: String) -> OutgoingMessage {
        let items = (0..<count).map { number in
            OutboxItem(
                notice: Sample.notice("n\(number)", title: "\(title) \(number)"), notBefore: start, createdAt: start)
        }
        return OutgoingMessage(ClaimedMessage(id: "b1", items: items, claim: "c"))
    }

    /// Every bound that the vendor names, by a count of its own.
    private func withinBounds(_ channel: String, _ message: OutgoingMessage) throws -> JSONValue {
        guard case .http(let request) = try Sample.named(channel).format(message, now: start) else {
            throw FormatProblem.noAddress
        }
        let body = try BellmanModel.JSONText.parse(utf8: request.body)
        let half = message.style == .plain ? 2 : 1
        func text(_ keys: String...) -> String {
            keys.reduce(body) { $0[$1] ?? .null }.stringValue ?? ""
        }
        switch channel {
        case "dingtalk", "feishu", "teams", "gotify", "webhook": #expect(request.body.count <= 20_000 / half)
        case "wecom":
            #expect(text("markdown", "content").utf8.count <= 4_096)
            #expect(text("text", "content").utf8.count <= 2_048 / half)
        case "slack", "slackbot":
            let blocks = (body["blocks"]?.arrayValue ?? []) + (body["attachments"]?.arrayValue ?? [])
            #expect(blocks.count <= 50 && text("text").utf16.count <= 40_000)
            for block in blocks {
                let limit = block["type"]?.stringValue == "header" ? 150 : 3_000
                #expect((block["text"]?["text"]?.stringValue ?? "").utf16.count <= limit)
                for button in block["elements"]?.arrayValue ?? [] {
                    #expect((button["text"]?["text"]?.stringValue ?? "").utf16.count <= 75)
                }
            }
        case "discord":
            #expect(text("content").utf16.count <= 2_000 / half)
            let embed = body["embeds"]?.arrayValue?.first
            let (title, description) = (embed?["title"]?.stringValue ?? "", embed?["description"]?.stringValue ?? "")
            #expect(title.utf16.count <= 256 && description.utf16.count <= 4_096)
            #expect(title.utf16.count + description.utf16.count <= 6_000)
        case "telegram", "telegramdirect": #expect(visible(text("text")).utf16.count <= 4_096 / half)
        case "mattermost": #expect(text("text").unicodeScalars.count <= 16_383 / half)
        case "ntfy": #expect(text("message").utf8.count <= 4_096 / half && request.body.count <= 8_192)
        default: Issue.record("no bounds for \(channel)")
        }
        return body
    }

    private func visible(_ html: String) -> String {
        var text = ""
        var isTag = false
        for character in html {
            if character == "<" { isTag = true }
            if !isTag { text.append(character) }
            if character == ">" { isTag = false }
        }
        return text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
            .replacing("&amp;", with: "&")
    }

    private func contains(_ value: JSONValue, _ wanted: String) -> Bool {
        switch value {
        case .string(let text): text.contains(wanted)
        case .array(let items): items.contains { contains($0, wanted) }
        case .object(let object): object.keys.contains { contains(object[$0] ?? .null, wanted) }
        default: false
        }
    }

    @Test(
        arguments: chats + ["webhook"],
        ["告警", "*_[<&>]@", "a\\\"\n", "👨‍👩‍👧‍👦", "e\u{301}\u{302}", "\u{202E}", "- 1. # "])
    func longTextIsCutVisibly(_ channel: String, _ piece: String) throws {
        let count = 60_000 / piece.utf8.count
        for style in [MessageStyle.rich, .plain] {
            let long = message(
                text: [.authored("开始 **"), .value(String(repeating: piece, count: count)), .authored("** 结束")],
                links: [Link(label: "打开", url: "https://example.com/")], style: style)
            let body = try withinBounds(channel, long)
            #expect(contains(body, "（内容过长，已截断）") && contains(body, "合同快到期") && contains(body, "开始"))
        }
    }

    /// Whatever is long, something arrives.
    @Test(arguments: chats + ["webhook"], [MessageStyle.rich, .plain]) func nothingIsTooMuch(
        _ channel: String, _ style: MessageStyle
    ) throws {
        let people = (0..<1_000).map { number in
            Recipient(
                id: "p\(number)", name: "姓名\(number)" + String(repeating: "长", count: 50), email: nil,
                phone: "139\(10_000_000 + number)",
                handles: number % 2 == 0 ? [:] : Sample.wang.handles.mapValues { $0 + "\(number)" })
        }
        let links = (0..<30).map { number in
            Link(
                label: String(repeating: "标签<", count: 200),
                url: "https://example.com/" + String(repeating: "a", count: 1_900) + "\(number)")
        }
        let zalgo = "e" + String(repeating: "\u{301}", count: 20_000)
        let first = Sample.wang
        let cases = [
            ("短", ""), (String(repeating: "标题*", count: 1_000), zalgo),
            (zalgo, String(repeating: "x\n", count: 60_000)),
        ]
        for (title, text) in cases {
            let all = message(title: title, text: [.value(text)], links: links, to: [first] + people, style: style)
            _ = try withinBounds(channel, all)
        }
    }

    /// A bundle loses whole entries, and says how many.
    @Test(arguments: chats, [MessageStyle.rich, .plain]) func bundlesAreCutBetweenEntries(
        _ channel: String, _ style: MessageStyle
    ) throws {
        var many = bundle(120, title: "提醒" + String(repeating: "很", count: 300))
        many.style = style
        let body = try withinBounds(channel, many)
        func text(_ value: JSONValue) -> String {
            switch value {
            case .string(let text): text + "\n"
            case .array(let items): items.map(text).joined()
            case .object(let object): object.keys.map { text(object[$0] ?? .null) }.joined()
            default: ""
            }
        }
        let whole = text(body)
        let shown = whole.split(separator: "\n").filter { $0.hasPrefix("- 提醒") || $0.hasPrefix("\\- 提醒") }
        #expect(shown.count >= 1)
        #expect(whole.contains("另有 \(120 - shown.count) 条未列出"), "\(channel)")
        #expect(shown.allSatisfy { $0.contains("很 ") }, "\(channel)")
    }

    /// WeCom counts bytes of the content: what fits exactly is whole, a byte more is cut.
    @Test func weComAtTheLimit() throws {
        let frame = try content("")
        let room = 4_096 - frame.utf8.count
        let exact = String(repeating: "告", count: room / 3) + String(repeating: "a", count: room % 3)
        #expect(try content(exact).utf8.count == 4_096)
        #expect(try content(exact).hasSuffix("<@wang.fang>") && !content(exact).contains("截断"))
        let over = try content(exact + "a")
        #expect(over.utf8.count <= 4_096 && over.utf8.count > 4_090 && over.contains("截断"))
    }

    private func content(_ text: String) throws -> String {
        // The dash keeps the empty text's paragraph.
        let body = try InjectionTests.body("wecom", message(text: [.authored("-" + text)]))
        return body["markdown"]?["content"]?.stringValue ?? ""
    }

    /// Telegram counts UTF-16 units of what is shown: tags and entities do not count, an emoji counts two.
    @Test func telegramCountsWhatIsShown() throws {
        #expect(TelegramBody.visibleUnits("😀a告") == 4)
        #expect(TelegramBody.visibleUnits("<b>a &lt; b</b> <a href=\"https://x/?a=1&amp;b=2\">L</a>") == 7)
        func text(_ value: String) throws -> String {
            let body = try InjectionTests.body("telegramdirect", message(title: "t", text: [.value(value)]))
            return body["text"]?.stringValue ?? ""
        }
        // "t", two line ends, then the text.
        let exact = String(repeating: "<", count: 4_093 - 2) + "😀"
        #expect(try visible(text(exact)).utf16.count == 4_096 && !text(exact).contains("截断"))
        let over = try text(exact + "<")
        #expect(visible(over).utf16.count <= 4_096 && over.contains("截断"))
    }

    @Test func cutsBetweenCharacters() {
        #expect(Shortening.cut("告警", bytes: 4) == "告" && Shortening.cut("告警", bytes: 6) == "告警")
        #expect(Shortening.cut("a👨‍👩‍👧‍👦", bytes: 20) == "a" && Shortening.cut("abc", bytes: 0) == "")
        let cluster = "e" + String(repeating: "\u{301}", count: 1_000)
        #expect(Shortening.cut(cluster, bytes: 1_000).utf8.count > 900)
        let seven = String(repeating: "告警", count: 700)
        #expect(Shortening.cut(seven, bytes: 4_096).utf8.count == 4_095)
        let parts: [TextPart] = [.authored("见 **粗** [说明](https://example.com/long) 完")]
        #expect(Shortening.cut(parts, bytes: 20) == [.authored("见 **粗** ")])
        #expect(Shortening.cut([.authored("**粗体字**")], bytes: 6) == [.authored("**粗"), .authored("**")])
        #expect(Shortening.field("标题很长", 9) == "标题…" && Shortening.field("<<<<", 8, as: .html) == "&lt;…")
    }

    @Test func bodyIsBuiltOnce() {
        var builds = 0
        let bytes = Shortening.fit(message(text: [.value("x")])) { _ in
            builds += 1
            return Draft(bytes: [1], measures: [Measure(1, of: 1)])
        }
        #expect(builds == 1 && bytes == [1])
    }
}
