import BellmanModel

/// What vendors count.
enum LengthUnit: Sendable {
    case bytes, utf16, scalars

    func size(_ text: String) -> Int {
        switch self {
        case .bytes: text.utf8.count
        case .utf16: text.utf16.count
        case .scalars: text.unicodeScalars.count
        }
    }
}

/// A length that the vendor bounds.
struct Measure: Sendable, Hashable {
    let size: Int
    let limit: Int
    init(_ size: Int, of limit: Int) {
        self.size = size
        self.limit = limit
    }
}

/// A message in wire form, and its lengths.
struct Draft: Sendable {
    let bytes: [UInt8]
    let measures: [Measure]

    var fits: Bool { measures.allSatisfy { $0.size <= $0.limit } }
}

extension OutgoingMessage {
    /// The bare form may be half as long.
    func limit(_ full: Int) -> Int { style == .rich ? full : full / 2 }
}

/// Cuts message text before markup is made, between characters as people see them.
enum Shortening {
    /// At most that many UTF-8 bytes. Looks at the text around the cut alone, so a long text costs no more.
    static func cut(_ text: String, bytes: Int) -> String {
        guard text.utf8.count > bytes else { return text }
        guard bytes > 0 else { return "" }
        let scalars = text.unicodeScalars
        let end = boundary(text, bytes)
        let start = boundary(text, max(0, bytes - longestCharacter))
        let around = Substring(scalars[start..<boundary(text, min(text.utf8.count, bytes + longestCharacter))])
        var last = around.startIndex
        while last < around.endIndex {
            let next = around.index(after: last)
            if next > end { break }
            last = next
        }
        // One "character" of hundreds of marks: between code points then.
        return String(scalars[..<(last > around.startIndex || start == text.startIndex ? last : end)])
    }

    /// The beginning of the code point at that byte.
    private static func boundary(_ text: String, _ offset: Int) -> String.Index {
        var index = text.utf8.index(text.startIndex, offsetBy: offset)
        while String.Index(index, within: text.unicodeScalars) == nil { index = text.utf8.index(before: index) }
        return index
    }

    private static let longestCharacter = 256

    /// A field of its own (a title, a label): as much as fits once it is in its syntax, with `…` for the rest.
    static func field(
        _ text: String, _ limit: Int, _ unit: LengthUnit = .bytes, as syntax: Syntax = .visible
    ) -> String {
        let whole = Markup.escape(text, as: syntax)
        var size = unit.size(whole)
        if size <= limit { return whole }
        var room = text.utf8.count
        while room > 0 {
            room = min(room - 1, Int(Double(room) * Double(limit) / Double(size)))
            let shorter = Markup.escape(cut(text, bytes: room), as: syntax) + "…"
            size = unit.size(shorter)
            if size <= limit { return shorter }
        }
        return ""
    }

    static func cut(_ parts: [TextPart], bytes: Int) -> [TextPart] {
        var left = bytes
        var result: [TextPart] = []
        for part in parts where left > 0 {
            let size = size(part)
            switch part {
            case .authored(let text): result.append(.authored(size > left ? wholeLinks(cut(text, bytes: left)) : text))
            case .value(let text): result.append(.value(cut(text, bytes: left)))
            case .report(let report):
                // Whole rows; what does not fit is counted.
                var rows = size > left ? report.count * left / size : report.count
                while rows > 0, self.size(.report(report.first(rows))) > max(left, 0), size > left { rows -= 1 }
                if rows > 0 || report.isEmpty { result.append(.report(report.first(rows))) }
            }
            left -= size
        }
        return closed(result)
    }

    /// Without a link that was cut in two.
    private static func wholeLinks(_ text: String) -> String {
        guard let open = text.utf8.lastIndex(of: UInt8(ascii: "[")),
            !text.utf8[open...].contains(UInt8(ascii: ")"))
        else { return text }
        return String(text[..<open])
    }

    /// With the emphasis closed that was open where the text was cut.
    private static func closed(_ parts: [TextPart]) -> [TextPart] {
        var pairs = 0
        for case .authored(let text) in parts { pairs += text.ranges(of: "**").count }
        return pairs % 2 == 0 ? parts : parts + [.authored("**")]
    }

    static func size(_ part: TextPart) -> Int {
        switch part {
        case .authored(let text), .value(let text): text.utf8.count
        case .report(let report): report.list.reduce(0) { $0 + size($1) }
        }
    }

    static func size(_ parts: [TextPart]) -> Int { parts.reduce(0) { $0 + size($1) } }

    // Fitting

    /// The wire form of the message, or of as much of it as the vendor takes, with a visible mark. `build` runs once
    /// where the whole message fits. Never fails: the least that is left is a title and the mark.
    static func fit(_ message: OutgoingMessage, build: (OutgoingMessage) -> Draft) -> [UInt8] {
        if size(message.text) <= longest, message.title.utf8.count <= longest {
            let whole = build(message)
            if whole.fits { return whole.bytes }
        }
        var last: [UInt8] = []
        for frame in frames(message) {
            let least = build(frame.with(text: mark(frame)))
            last = least.bytes
            guard least.fits else { continue }
            return filled(frame, least, build)
        }
        return last
    }

    /// Longer texts are cut before they are formatted at all: no vendor takes as much.
    static let longest = 100_000
    private static let longestTitle = 300
    private static let leastTitle = 60
    private static let fewRecipients = 20

    /// What is around the text, dropped bit by bit where it leaves no room.
    private static func frames(_ message: OutgoingMessage) -> [OutgoingMessage] {
        let title = field(cut(message.title, bytes: longest), longestTitle)
        let few = Array(message.recipients.prefix(fewRecipients))
        let whole = message.with(title: title, text: message.text)
        let short = message.with(title: field(title, leastTitle), text: message.text, links: [], recipients: [])
        return [
            whole, whole.with(text: message.text, recipients: few),
            whole.with(text: message.text, links: [], recipients: few), short,
        ]
    }

    private static func filled(
        _ frame: OutgoingMessage, _ least: Draft, _ build: (OutgoingMessage) -> Draft
    ) -> [UInt8] {
        let entries = frame.notices.count > 1 ? Entries(frame.text) : nil
        if let entries, entries.count > 0 {
            let whole = largest(below: entries.count) { count in
                let rest = DeliveryWording(frame.language).notShown(frame.notices.count - count)
                return build(frame.with(text: entries.first(count) + [.authored("\n\n" + rest)]))
            }
            if let whole { return whole }
        }
        // No vendor's unit is more than four bytes of text.
        let most = least.measures.map { $0.limit * 4 }.max() ?? longest
        let text = cut(frame.text, bytes: min(longest, most))
        return fullest(size(text), least) { build(frame.with(text: cut(text, bytes: $0) + mark(frame))) }
    }

    /// The draft of the largest number from 1 below or at `limit` that fits, by halving.
    private static func largest(below limit: Int, _ draft: (Int) -> Draft) -> [UInt8]? {
        var best: [UInt8]?
        var (low, high) = (1, limit)
        while low <= high {
            let middle = low + (high - low) / 2
            let candidate = draft(middle)
            if candidate.fits {
                best = candidate.bytes
                low = middle + 1
            } else {
                high = middle - 1
            }
        }
        return best
    }

    /// The draft of as many bytes of text as fit, but for a few. Each round guesses from the lengths of the one before,
    /// so that a handful of drafts is enough; halving takes over where text is too uneven for that.
    private static func fullest(_ size: Int, _ least: Draft, _ draft: (Int) -> Draft) -> [UInt8] {
        var best = least.bytes
        var (low, high) = (0, size + 1)
        var guess = size
        var round = 0
        while high - low > 1 {
            guess = round < guesses ? min(max(guess, low + 1), high - 1) : low + (high - low) / 2
            let candidate = draft(guess)
            if candidate.fits {
                best = candidate.bytes
                low = guess
                if candidate.measures.contains(where: { $0.limit - $0.size < littleLeft }) { break }
            } else {
                high = guess
            }
            guess = better(guess, candidate.measures, least.measures)
            round += 1
        }
        return best
    }

    private static let guesses = 8
    private static let littleLeft = 8

    private static func better(_ guess: Int, _ now: [Measure], _ base: [Measure]) -> Int {
        zip(now, base).map { now, base in
            let share = Double(now.limit - base.size) / Double(max(1, now.size - base.size))
            return Int(Double(guess) * min(share, 4))
        }.min() ?? guess
    }

    private static func mark(_ message: OutgoingMessage) -> [TextPart] {
        [.authored("\n" + DeliveryWording(message.language).cut)]
    }
}

/// A bundle's text, entry by entry: each begins where an authored line begins with a dash.
private struct Entries {
    private var starts: [Int] = []
    private let parts: [TextPart]

    init(_ text: [TextPart]) {
        // Lines are only told apart inside of authored text, so such parts are split at their line ends.
        parts = text.flatMap { part -> [TextPart] in
            guard case .authored(let words) = part, words.contains("\n") else { return [part] }
            var pieces: [TextPart] = []
            for (index, line) in words.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                if index > 0 { pieces.append(.authored("\n")) }
                if !line.isEmpty { pieces.append(.authored(String(line))) }
            }
            return pieces
        }
        var atLineStart = true
        for (index, part) in parts.enumerated() {
            guard case .authored(let words) = part else {
                atLineStart = false
                continue
            }
            if atLineStart, words.hasPrefix("- ") { starts.append(index) }
            atLineStart = words == "\n"
        }
    }

    var count: Int { starts.count }

    /// With what stands before the first entry.
    func first(_ count: Int) -> [TextPart] {
        guard count < starts.count else { return parts }
        var kept = Array(parts[..<starts[count]])
        while kept.last == .authored("\n") { kept.removeLast() }
        return kept
    }
}
