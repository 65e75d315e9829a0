import Almanac
import BellmanModel
import BellmanTesting
import BellmanTransport
import Testing

@testable import BellmanDelivery

/// What comes from records is never more than text: with hostile values a message has the same mentions, links,
/// markup and structure as with harmless ones. The readers here know the vendors' syntaxes on their own terms.
@Suite struct InjectionTests {
    static let corpus = [
        "@all", "@everyone", "@here", "@channel", "@13800000000", "@u1", "a@all b", "＠@all", "<@U1>", "<@wang.fang>",
        "<@all>", "<!channel>", "<!here>", "<!everyone>", "<!subteam^S1>", "<#C1>", "<@&1>", "<@!80351110224678912>",
        "<at id=all></at>", "<at user_id=\"all\">x</at>", "<at>王芳</at>", "<at id=ou_1>", "</at>", "<users/all>",
        "[a](javascript:alert(1))", "[a](http://evil.example)", "![i](http://t.example/p.png)", "[a]: http://evil",
        "<http://evil.example|bank>", "<a href=\"http://evil\">x</a>", "<script>alert(1)</script>", "<img src=x>",
        "<font color=\"warning\">x</font>", "<b>x</b>", "&lt;b&gt;", "&#60;at id=all&#62;", "&amp;", "a & b < c > d",
        "**b**", "*b*", "__b__", "_i_", "a _i_ b", "~~s~~", "~s~", "`c`", "```\ncode\n```", "|a|b|\n|-|-|",
        "||spoiler||",
        "# h", "## h", "> q", ">>> q", "- x", "+ x", "* x", "1. x", "2) x", "   1. x", "    code", "\ttab", "x\n# h",
        "x\n- y", "x\n1. y", "x\n> y", "x\n===", "x\n---", "\n\n\n# h", "\r\n- x", "\r# h", "\u{2028}# h", "\u{85}- x",
        "\\", "\\*", "\\\\[a](http://evil)", "a\\", "](http://evil)", ")[x](http://evil", "**](", "*", "`", "[", "]",
        "<", ">",
        "a\u{202E}b", "a\u{2066}b\u{2069}", "a\u{200B}@all", "\u{FEFF}# h", "a\u{0}b", "a\u{1B}[31mred", "a\u{7F}",
        "{\"a\":1}", "\",\"msgtype\":\"x", "\"}]}", "${env:HOME}", "{{ secret }}", "%0d%0aX: y", "a\r\nBcc: x@y.z",
        "=?utf-8?q?x?=", "tg://user?id=1", "<a href=\"tg://user?id=1\">x</a>", "/start", "\u{E0041}\u{E0042}",
        "\u{F0000}", "\u{FE}\u{80}", "👨‍👩‍👧‍👦 ❤️ 🇨🇳", "合同（甲）：１００％", "",
    ]

    static let chats = Golden.channels.filter { $0 != "email" && $0 != "webhook" }

    static func message(_ text: String, _ style: MessageStyle) -> OutgoingMessage {
        let nobody = Recipient(id: "x", name: text, email: nil, phone: nil)
        let notice = Notice(
            id: "n1", firing: "f", rule: "r", ruleTitle: text, record: "contract/c1", step: 0, channel: "c",
            recipientKey: "", recipients: [Sample.wang, nobody], title: text,
            text: [
                .authored("开始 **"), .value(text), .authored("** 中 [见 "), .value(text),
                .authored("](https://example.com/d)\n"), .value(text), .authored("\n结束 "), .value(text),
            ],
            links: [Link(label: text, url: "https://example.com/ok")], priority: .normal, urgent: false,
            scheduledAt: start, firedAt: start, late: false, language: "zh")
        var message = OutgoingMessage(notice)
        message.style = style
        return message
    }

    static func body(_ channel: String, _ message: OutgoingMessage) throws -> JSONValue {
        guard case .http(let request) = try Sample.named(channel).format(message, now: start) else {
            throw FormatProblem.noAddress
        }
        #expect(request.body.allSatisfy { $0 >= 0x20 && $0 != 0x7F })
        #expect(WireSafety.isClean(request))
        return try BellmanModel.JSONText.parse(utf8: request.body)
    }

    private func check(_ text: String, _ channel: String, _ style: MessageStyle) throws {
        let harmless = try Structure(channel, InjectionTests.body(channel, InjectionTests.message("x", style)))
        let hostile = try Structure(channel, InjectionTests.body(channel, InjectionTests.message(text, style)))
        #expect(hostile.paths == harmless.paths, "\(channel) \(style): \(text.debugDescription)")
        #expect(hostile.live == harmless.live, "\(channel) \(style): \(text.debugDescription)")
        #expect(hostile.targets == harmless.targets, "\(channel) \(style): \(text.debugDescription)")
        #expect(!hostile.hasInvisible, "\(channel) \(style): \(text.debugDescription)")
    }

    @Test(arguments: chats, [MessageStyle.rich, .plain]) func corpusIsPowerless(
        _ channel: String, _ style: MessageStyle
    ) throws {
        for text in InjectionTests.corpus where !text.isEmpty { try check(text, channel, style) }
    }

    @Test(arguments: chats) func mixturesArePowerless(_ channel: String) throws {
        var random = SeededRandom(seed: 20_261_121)
        for _ in 0..<150 {
            let count = random.int(2...5)
            let text = (0..<count).map { _ in random.pick(InjectionTests.corpus) }.joined(
                separator: random.pick(["", " ", "\n", "*"]))
            try check(text, channel, random.chance(50) ? .rich : .plain)
        }
    }

    /// Nothing but http and https is ever a target.
    @Test(arguments: [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "file:///etc/passwd", "tg://user?id=1",
        "mailto:x@y.z", "//evil.example", "http:evil", "", " https://x", "https\u{0}://x",
    ]) func onlyWebTargets(url: String) throws {
        #expect(Markup.safeURL(url) == nil)
        for channel in InjectionTests.chats {
            var message = OutgoingMessage(
                Sample.notice(text: [
                    .authored("a [b](\(url)) c ["), .value("d"), .authored("]("), .value(url), .authored(")"),
                ]))
            message = OutgoingMessage(
                id: message.id, title: message.title, text: message.text, links: [Link(label: "l", url: url)],
                recipients: [Sample.wang], language: "zh", notices: message.notices)
            let structure = try Structure(channel, InjectionTests.body(channel, message))
            let own = ["https://example.com/", "http://adaptivecards.io/", "tg://user?id=424242"]
            for target in structure.targets {
                #expect(own.contains { target.hasPrefix($0) }, "\(channel): \(target)")
            }
        }
    }

    /// The rule's author keeps bold type and links.
    @Test func authoredMarkupWorks() throws {
        let expected: [(Syntax, String)] = [
            (.slack, "*A＊* <https://x.y/?a=1&amp;b=2|L>"),
            (.telegram, "<b>A*</b> <a href=\"https://x.y/?a=1&amp;b=2\">L</a>"),
            (.html, "<b>A*</b> <a href=\"https://x.y/?a=1&amp;b=2\">L</a>"),
            (.feishu, "**A&#42;** [L](https://x.y/?a=1&b=2)"),
            (.weCom, "**A＊** [L](https://x.y/?a=1&b=2)"), (.dingTalk, "**A\\*** [L](https://x.y/?a=1&b=2)"),
            (.discord, "**A\\*** [L](https://x.y/?a=1&b=2)"), (.plain, "A* L (https://x.y/?a=1&b=2)"),
            (.slackText, "A* L (https://x.y/?a=1&b=2)"), (.discordText, "A\\* L (https://x.y/?a=1&b=2)"),
        ]
        for (syntax, text) in expected {
            let parts: [TextPart] = [.authored("**"), .value("A*"), .authored("** [L](https://x.y/?a=1&b=2)")]
            #expect(Markup.render(parts, as: syntax) == text)
        }
        #expect(Markup.render([.authored("a ** b")], as: .html) == "a ** b")
        #expect(Markup.render([.authored("[a](https://x.y/d_(1)) b")], as: .plain) == "a (https://x.y/d_%281%29) b")
        #expect(Markup.escape("a < b && c > d <@U1>", as: .slack) == "a &lt; b &amp;&amp; c &gt; d &lt;@U1&gt;")
        #expect(Markup.escape("CPU_usage _x_", as: .slack) == "CPU_usage ＿x＿")
    }

    /// Text without anything special is not copied letter by letter, and comes out the same.
    @Test(arguments: ["合同快到期", "2026-11-21 10:00", "a.b (c) 1,5 %", "“引号”……—↗", "①②③ ｆｕｌｌ"])
    func ordinaryTextIsUnchanged(text: String) {
        for syntax in [
            Syntax.plain, .html, .dingTalk, .weCom, .feishu, .slack, .teams, .discord, .mattermost, .telegram,
        ] {
            #expect(Markup.escape(text, as: syntax) == text)
        }
    }
}

/// What a reader of the vendor's syntax would find in a body.
struct Structure {
    /// Members, without texts.
    var paths: [String] = []
    /// Mentions and markup that work, in order.
    var live: [String] = []
    /// Addresses that can be followed, but for those that are only text.
    var targets: [String] = []
    var hasInvisible = false
    private let channel: String
    private let isMarkdown: Bool

    init(_ channel: String, _ body: JSONValue) {
        self.channel = channel
        isMarkdown =
            body["parse_mode"] != nil || body["markdown"] != nil
            || body["extras"]?["client::display"]?["contentType"]?.stringValue == "text/markdown"
        walk(body, "")
        live.sort()
    }

    private mutating func walk(_ value: JSONValue, _ path: String) {
        switch value {
        case .object(let object): for key in object.keys { walk(object[key] ?? .null, path + "." + key) }
        case .array(let items): for item in items { walk(item, path + "[]") }
        case .string(let text): read(text, path)
        default: paths.append("\(path)=\(value)")
        }
    }

    private mutating func read(_ text: String, _ path: String) {
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0..<0x0A, 0x0B..<0x20, 0x7F...0x9F, 0x200B, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF,
                0xE0000...0xE007F:
                hasInvisible = true
            default: break
            }
        }
        let last = path.split(separator: ".").last.map(String.init) ?? ""
        if ["url", "click"].contains(last) { targets.append(text) }
        if isText(path, last) {
            paths.append(path)
            live += tokens(text, path)
        } else {
            paths.append("\(path)=\(text)")
        }
    }

    /// Fields that hold message text; the values of all others must not change at all.
    private func isText(_ path: String, _ last: String) -> Bool {
        if path.hasSuffix("entities[].text") { return false }
        return ["text", "content", "title", "description", "message", "label"].contains(last)
    }

    private mutating func tokens(_ text: String, _ path: String) -> [String] {
        switch channel {
        case "telegram", "telegramdirect":
            // Without `parse_mode` only `@name` works; tags would be shown.
            return path == ".text" ? mentions(text) + (isMarkdown ? tags(text) : []) : []
        case "slack", "slackbot":
            // Headers and buttons are plain text by their type.
            if path.hasSuffix(".text.text") && !text.contains("开始") { return [] }
            let isRich = path.hasSuffix(".text.text")
            return tags(text) + (isRich ? characters(text, "*~`") + underscores(text) : [])
        case "wecom":
            let headings = text.split(separator: "\n").filter { $0.hasPrefix("#") }.map { _ in "heading" }
            return tags(text) + (isMarkdown ? characters(text, "*`[]") + headings : [])
        case "feishu":
            if path == ".content.text" { return tags(text) }
            return path == ".card.elements[].text.content"
                ? tags(text) + active(withoutNumbers(text), "*_~`[]<>") : []
        case "dingtalk":
            if path == ".markdown.title" { return [] }
            return mentions(text) + (path == ".markdown.text" ? active(unescaped(text), "*_`~[]<>#!|") : [])
        case "discord": return mentions(text) + active(unescaped(text), "*_`~[]<>#|")
        case "mattermost": return mentions(text) + active(unescaped(text), "*_`~[]<>#!|")
        case "teams":
            if path.contains("actions") { return [] }
            return tags(text) + active(unescaped(text), "*_`~[]")
        case "gotify":
            return isMarkdown && path == ".message" ? active(unescaped(text), "*_`~[]<>#!|") : []
        default: return []
        }
    }

    /// Those that could begin or end italics.
    private func underscores(_ text: String) -> [String] {
        let letters = Array(text.unicodeScalars)
        func isWord(_ index: Int) -> Bool {
            letters.indices.contains(index) && letters[index].isASCII
                && (letters[index].properties.isAlphabetic || letters[index].properties.numericType != nil)
        }
        return letters.indices.filter { letters[$0] == "_" && !(isWord($0 - 1) && isWord($0 + 1)) }.map { _ in "_" }
    }

    private func withoutNumbers(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let mark = rest.firstRange(of: "&#") {
            result += rest[..<mark.lowerBound] + "·"
            rest = rest[mark.upperBound...].drop { $0.isNumber }.dropFirst()
        }
        return result + rest
    }

    /// `<…>` in order.
    private mutating func tags(_ text: String) -> [String] {
        var found: [String] = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "<") {
            let inner = rest[rest.index(after: open)...].prefix { $0 != ">" }
            // A label belongs to the text.
            found.append(String(inner.prefix { $0 != "|" }))
            rest = rest[inner.endIndex...]
        }
        for tag in found {
            if tag.hasPrefix("http") { targets.append(tag) }
            if tag.hasPrefix("a href=\"") { targets.append(String(tag.dropFirst(8).dropLast())) }
        }
        return found
    }

    private func mentions(_ text: String) -> [String] {
        text.split(separator: "@", omittingEmptySubsequences: false).dropFirst().map {
            "@" + $0.prefix { $0.isLetter || $0.isNumber }
        }
    }

    /// Without what a backslash makes powerless.
    private func unescaped(_ text: String) -> String {
        var result = ""
        var skip = false
        for character in text {
            if skip {
                skip = false
                result.append("·")
            } else if character == "\\" {
                skip = true
            } else {
                result.append(character)
            }
        }
        return result
    }

    private func characters(_ text: String, _ wanted: String) -> [String] {
        text.filter { wanted.contains($0) }.map(String.init)
    }

    /// Characters of markup that are left, and lines that begin a block.
    private func active(_ text: String, _ characters: String) -> [String] {
        var found = self.characters(text, characters)
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let start = line.drop { $0 == " " }
            if line.hasPrefix("    ") || line.hasPrefix("\t") { found.append("code") }
            if start.hasPrefix("#") { found.append("heading") }
            if ["- ", "+ ", "---", "===", "> "].contains(where: { start.hasPrefix($0) }) { found.append("block") }
            let digits = start.prefix { $0.isNumber }
            let rest = start.dropFirst(digits.count)
            if !digits.isEmpty, rest.hasPrefix(". ") || rest.hasPrefix(") ") { found.append("list") }
        }
        return found
    }
}
