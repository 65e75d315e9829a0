/// Dates as text by a Unicode date pattern (UTS #35): letters are fields, `'quoted'` text and all else stands for itself.
public enum DatePattern {
    /// Letters with a meaning here.
    public static let letters = "yYMLdDEecaHhKkmsSQqwxXZ"

    /// Longer runs of one letter are slips.
    static let runLimit = 9

    public static func format(_ date: CivilDate, pattern: String, language: AlmanacLanguage) -> String {
        format(CivilDateTime(date: date, time: .midnight), pattern: pattern, language: language)
    }

    /// The wall clock without a zone; offset fields are left out.
    public static func format(_ local: CivilDateTime, pattern: String, language: AlmanacLanguage) -> String {
        render(Fields(local: local, microsecond: 0, offset: nil, language: language), pattern)
    }

    public static func format(
        _ instant: Instant, in zone: Zone, pattern: String, language: AlmanacLanguage
    ) -> String {
        let fields = Fields(
            local: zone.local(instant), microsecond: instant.microsecondOfSecond, offset: zone.offset(at: instant),
            language: language)
        return render(fields, pattern)
    }

    /// The letters of a pattern that mean nothing here, in order, each once; `check` warns about them.
    public static func unknownLetters(in pattern: String) -> [Character] {
        var unknown: [Character] = []
        for piece in pieces(pattern) {
            if case .field(let letter, let count) = piece, !letters.contains(letter) || count > runLimit,
                !unknown.contains(letter)
            {
                unknown.append(letter)
            }
        }
        return unknown
    }

    /// The letters of a pattern's fields, in order; what is quoted is no field.
    public static func fieldLetters(in pattern: String) -> [Character] {
        pieces(pattern).compactMap { if case .field(let letter, _) = $0 { letter } else { nil } }
    }

    private enum Piece {
        case literal(String)
        case field(Character, Int)
    }

    private static func render(_ fields: Fields, _ pattern: String) -> String {
        pieces(pattern).map { piece in
            switch piece {
            case .literal(let text): text
            case .field(let letter, let count): fields.text(letter, count) ?? String(repeating: letter, count: count)
            }
        }.joined()
    }

    private static func pieces(_ pattern: String) -> [Piece] {
        let characters = Array(pattern)
        var pieces: [Piece] = []
        var position = 0
        while position < characters.count {
            let start = characters[position]
            if start == "'" {
                let (text, end) = quoted(characters, from: position)
                pieces.append(.literal(text))
                position = end
            } else if start.isASCII, start.isLetter {
                let count = characters[position...].prefix { $0 == start }.count
                pieces.append(.field(start, count))
                position += count
            } else {
                pieces.append(.literal(String(start)))
                position += 1
            }
        }
        return pieces
    }

    /// `''` is one quote, inside a quotation and outside; an open quotation ends with the pattern.
    private static func quoted(_ characters: [Character], from start: Int) -> (String, Int) {
        var text = ""
        var position = start + 1
        if position < characters.count, characters[position] == "'" { return ("'", position + 1) }
        while position < characters.count {
            if characters[position] == "'" {
                guard position + 1 < characters.count, characters[position + 1] == "'" else {
                    return (text, position + 1)
                }
                position += 1
            }
            text.append(characters[position])
            position += 1
        }
        return (text, position)
    }
}
