/// What is special in a channel's text, as data. Characters that a vendor offers no escape for become their full-width
/// twins: readable, and powerless.
public struct Syntax: Sendable {
    /// What becomes of `[label](url)`.
    enum Links: Sendable { case asText, markdown, slack, html }
    /// What becomes of `**`.
    enum Bold: Sendable {
        case asWritten, removed
        case tags([UInt8], [UInt8])
    }
    /// What takes the power of a character that means something only where a line begins.
    enum Mark: Sendable { case backslash, entity, wide }

    let links: Links
    let bold: Bold
    let lineEnd: [UInt8]
    let mark: Mark
    /// `1.` and `1)` at the start of a line begin a list.
    let numbered: Bool
    /// Indented text would become a code block.
    let dropsIndent: Bool
    /// `_` between letters and digits means nothing.
    let keepsInnerUnderscore: Bool
    /// Markdown tables are shown as tables.
    let tables: Bool
    private let values: [[UInt8]?]
    private let authors: [[UInt8]?]
    private let lineStarts: [Bool]
    /// 0: nothing special; 1: special; 2: may begin an invisible character.
    private let flags: [UInt8]

    init(
        _ escapes: [Character: String] = [:], authored: [Character: String] = [:], lineStarts: String = "",
        mark: Mark = .backslash, numbered: Bool = false, lineEnd: String = "\n", dropsIndent: Bool = false,
        keepsInnerUnderscore: Bool = false, tables: Bool = false, links: Links = .asText, bold: Bold = .removed
    ) {
        self.links = links
        self.bold = bold
        self.lineEnd = Array(lineEnd.utf8)
        self.mark = mark
        self.numbered = numbered
        self.dropsIndent = dropsIndent
        self.keepsInnerUnderscore = keepsInnerUnderscore
        self.tables = tables
        values = Syntax.table(escapes)
        authors = Syntax.table(authored)
        var starts = [Bool](repeating: false, count: 128)
        for byte in lineStarts.utf8 { starts[Int(byte)] = true }
        self.lineStarts = starts
        var flags = [UInt8](repeating: 0, count: 256)
        for byte in 0..<128 where byte < 0x20 || byte == 0x7F || values[byte] != nil { flags[byte] = 1 }
        if lineEnd == "\n", lineStarts.isEmpty { flags[0x0A] = 0 }
        for lead in [0xC2, 0xD8, 0xE2, 0xEF, 0xF3] { flags[lead] = 2 }
        self.flags = flags
    }

    private static func table(_ map: [Character: String]) -> [[UInt8]?] {
        var table = [[UInt8]?](repeating: nil, count: 128)
        for (character, text) in map {
            if let byte = character.asciiValue { table[Int(byte)] = Array(text.utf8) }
        }
        return table
    }

    /// What stands for that byte of a value; `nil` for itself.
    func value(_ byte: UInt8) -> [UInt8]? { byte < 128 ? values[Int(byte)] : nil }
    /// What stands for that byte of authored text; `nil` for itself.
    func authored(_ byte: UInt8) -> [UInt8]? { byte < 128 ? authors[Int(byte)] : nil }
    func isLineStart(_ byte: UInt8) -> Bool { byte < 128 && lineStarts[Int(byte)] }

    /// Whether any byte of a value would be written otherwise than it stands.
    func changes(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var index = 0
        while index < bytes.count {
            let flag = flags[Int(bytes[index])]
            if flag == 1 || (flag == 2 && Invisible.length(bytes, index) > 0) { return true }
            index += 1
        }
        index = 0
        while index < bytes.count, bytes[index] == 0x20 { index += 1 }
        guard index < bytes.count else { return dropsIndent && index > 0 }
        if isLineStart(bytes[index]) || (dropsIndent && index > 0) { return true }
        return numbered && Syntax.beginsList(bytes, index)
    }

    private static func beginsList(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
        var index = start
        while index < bytes.count, (48...57).contains(bytes[index]) { index += 1 }
        guard index > start, index < bytes.count else { return false }
        return bytes[index] == UInt8(ascii: ".") || bytes[index] == UInt8(ascii: ")")
    }
}

// The tables

extension Syntax {
    private static let entities: [Character: String] = ["&": "&amp;", "<": "&lt;", ">": "&gt;"]
    private static let atSign: [Character: String] = ["@": "＠"]
    private static let angles: [Character: String] = ["<": "＜", ">": "＞"]

    private static func backslashed(_ characters: String) -> [Character: String] {
        Dictionary(uniqueKeysWithValues: characters.map { ($0, "\\\($0)") })
    }

    private static func numbers(_ characters: String) -> [Character: String] {
        Dictionary(uniqueKeysWithValues: characters.map { ($0, "&#\($0.asciiValue ?? 0);") })
    }

    /// Text as it is, invisible characters made visible.
    static let visible = Syntax()
    static let oneLine = Syntax(lineEnd: " ")
    /// Authored Markdown for readers without it: links as `label (url)`, emphasis without its stars.
    public static let plain = Syntax()
    /// Where an `@` calls somebody and nothing else is special.
    static let atless = Syntax(atSign, lineEnd: "\n")
    /// Where `<…>` calls somebody and nothing else is special.
    static let angleless = Syntax(angles)

    /// The little HTML that every mail reader shows.
    public static let html: Syntax = {
        let all = entities.merging(["\"": "&quot;", "'": "&#39;"]) { $1 }
        return Syntax(all, authored: all, links: .html, bold: .tags(Array("<b>".utf8), Array("</b>".utf8)))
    }()

    /// Telegram's HTML: an `@name` calls somebody without any markup.
    static let telegram: Syntax = {
        let all = entities.merging(["\"": "&quot;"]) { $1 }
        return Syntax(
            all.merging(atSign) { $1 }, authored: all, links: .html, bold: .tags(Array("<b>".utf8), Array("</b>".utf8)))
    }()

    /// DingTalk's subset of Markdown: a line end needs two spaces before it.
    public static let dingTalk = Syntax(
        backslashed("\\`*_{}[]<>#!|~&").merging(atSign) { $1 }, lineStarts: "+-=", numbered: true, lineEnd: "  \n",
        dropsIndent: true, links: .markdown, bold: .asWritten)

    /// WeCom's `markdown` names no escape.
    static let weCom = Syntax(
        angles.merging(["*": "＊", "`": "｀", "[": "［", "]": "］"]) { $1 }, lineStarts: "#", mark: .wide,
        links: .markdown, bold: .asWritten)

    /// Feishu's `lark_md`: special characters are written as numbers.
    static let feishu = Syntax(
        numbers("&<>*_~[]`\\"), lineStarts: "#+-=", mark: .entity, numbered: true, dropsIndent: true,
        links: .markdown, bold: .asWritten)

    /// Slack's mrkdwn knows three escapes; what makes bold, italic, struck and code has none.
    static let slack = Syntax(
        entities.merging(["*": "＊", "~": "～", "`": "｀", "_": "＿"]) { $1 }, authored: entities, lineStarts: ">",
        mark: .wide, keepsInnerUnderscore: true, links: .slack, bold: .tags([UInt8(ascii: "*")], [UInt8(ascii: "*")]))
    static let slackText = Syntax(entities.merging(atSign) { $1 }, authored: entities)

    /// An adaptive card's `TextBlock` is always Markdown; `<at>` is looked for in the raw text.
    static let teams = markdown(teamsEscapes, lineEnd: "\n\n", rich: true)
    static let teamsText = markdown(teamsEscapes, lineEnd: "\n\n", rich: false)
    private static let teamsEscapes = backslashed("\\*_[]`~#").merging(angles) { $1 }

    static let discord = markdown(discordEscapes, rich: true)
    static let discordText = markdown(discordEscapes, rich: false)
    private static let discordEscapes = backslashed("\\*_~`|<>[]#").merging(atSign) { $1 }

    static let mattermost = markdown(mattermostEscapes, rich: true, tables: true)
    static let mattermostText = markdown(mattermostEscapes, rich: false)
    private static let mattermostEscapes = backslashed("\\*_~`|[]#!").merging(entities) { $1 }.merging(atSign) { $1 }

    /// A Markdown that reads backslashes. Not `rich`: authored text is escaped like values, so that nothing is markup.
    private static func markdown(
        _ escapes: [Character: String], lineEnd: String = "\n", rich: Bool, tables: Bool = false
    )
        -> Syntax
    {
        Syntax(
            escapes, authored: rich ? [:] : escapes, lineStarts: "+-=", numbered: true, lineEnd: lineEnd,
            dropsIndent: true, tables: tables, links: rich ? .markdown : .asText, bold: rich ? .asWritten : .removed)
    }

    /// CommonMark: a line end needs two spaces before it.
    static let commonMark = Syntax(
        backslashed("\\`*_[]<>#!|~&"), lineStarts: "+-=", numbered: true, lineEnd: "  \n", dropsIndent: true,
        links: .markdown, bold: .asWritten)
}

/// Characters that show nothing, or reorder what is shown.
enum Invisible {
    /// Bytes of the invisible character or foreign line end that begins here; 0 where there is none.
    static func length(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
        let (scalar, length) = decode(bytes, index)
        switch scalar {
        case 0..<0x20, 0x7F...0x9F, 0x061C, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF,
            0xFFF9...0xFFFB, 0xE0000...0xE007F:
            return length
        default: return 0
        }
    }

    /// The bytes are those of a Swift string: valid UTF-8.
    static func decode(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> (UInt32, Int) {
        let first = UInt32(bytes[index])
        func next(_ offset: Int) -> UInt32 { UInt32(bytes[index + offset]) & 0x3F }
        if first < 0x80 { return (first, 1) }
        if first < 0xE0 { return ((first & 0x1F) << 6 | next(1), 2) }
        if first < 0xF0 { return ((first & 0x0F) << 12 | next(1) << 6 | next(2), 3) }
        return ((first & 0x07) << 18 | next(1) << 12 | next(2) << 6 | next(3), 4)
    }
}
