/// Named character classes.
enum RegexClasses {
    static let posix: [String: CharacterSet32] = [
        "alnum": CharacterSet32([48...57, 65...90, 97...122]), "alpha": CharacterSet32([65...90, 97...122]),
        "ascii": CharacterSet32([0...127]), "blank": CharacterSet32([9...9, 32...32]),
        "cntrl": CharacterSet32([0...31, 127...127]),
        "digit": .digit, "graph": CharacterSet32([33...126]), "lower": CharacterSet32([97...122]),
        "print": CharacterSet32([32...126]),
        "punct": CharacterSet32([33...47, 58...64, 91...96, 123...126]), "space": CharacterSet32([9...13, 32...32]),
        "upper": CharacterSet32([65...90]), "word": .word, "xdigit": CharacterSet32([48...57, 65...70, 97...102]),
    ]

    /// Scripts in everyday use. The standard library does not tell a scalar's script, so the blocks stand here (Unicode 15).
    private static let scripts: [String: CharacterSet32] = [
        "Han": CharacterSet32([
            0x2E80...0x2E99, 0x2E9B...0x2EF3, 0x2F00...0x2FD5, 0x3005...0x3005, 0x3007...0x3007, 0x3021...0x3029,
            0x3038...0x303B,
            0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFA6D, 0xFA70...0xFAD9, 0x20000...0x2A6DF, 0x2A700...0x2EBE0,
            0x2F800...0x2FA1D,
            0x30000...0x323AF,
        ]),
        "Hiragana": CharacterSet32([0x3041...0x3096, 0x309D...0x309F, 0x1B001...0x1B11F]),
        "Katakana": CharacterSet32([
            0x30A1...0x30FA, 0x30FD...0x30FF, 0x31F0...0x31FF, 0xFF66...0xFF6F, 0xFF71...0xFF9D,
        ]),
        "Hangul": CharacterSet32([0x1100...0x11FF, 0x3131...0x318E, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xD7B0...0xD7FB]),
        "Latin": CharacterSet32([
            65...90, 97...122, 0xAA...0xAA, 0xBA...0xBA, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2B8, 0x1E00...0x1EFF,
            0x2C60...0x2C7F,
            0xA722...0xA787, 0xFF21...0xFF3A, 0xFF41...0xFF5A,
        ]),
        "Greek": CharacterSet32([
            0x370...0x373, 0x375...0x377, 0x37A...0x37D, 0x37F...0x37F, 0x384...0x384, 0x386...0x386, 0x388...0x3E1,
            0x3F0...0x3FF, 0x1F00...0x1FFE,
        ]),
        "Cyrillic": CharacterSet32([0x400...0x484, 0x487...0x52F, 0x1C80...0x1C88, 0x2DE0...0x2DFF, 0xA640...0xA69F]),
        "Arabic": CharacterSet32([
            0x600...0x604, 0x606...0x60B, 0x60D...0x61A, 0x61C...0x61E, 0x620...0x63F, 0x641...0x64A, 0x656...0x66F,
            0x671...0x6DC, 0x6DE...0x6FF, 0x750...0x77F,
        ]),
        "Hebrew": CharacterSet32([0x591...0x5C7, 0x5D0...0x5EA, 0x5EF...0x5F4]),
        "Thai": CharacterSet32([0xE01...0xE3A, 0xE40...0xE5B]),
    ]

    /// `\p{Name}`: a general category (`L`, `Lu`) or a script; nil when unknown.
    static func unicode(_ name: String) -> CharacterSet32? {
        if name == "Any" { return .any }
        if let script = scripts[name] { return script }
        guard let matching = categories[name] else { return nil }
        return CharacterSet32(matching)
    }

    /// Ranges of every general category and its first letter, made once.
    private static let categories: [String: [ClosedRange<UInt32>]] = {
        var found: [String: [ClosedRange<UInt32>]] = [:]
        var start: UInt32 = 0
        var current: String?
        func close(_ end: UInt32) {
            guard let current else { return }
            for name in [current, String(current.prefix(1))] { found[name, default: []].append(start...end) }
        }
        for value in 0...CharacterSet32.last {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let name = abbreviation(scalar.properties.generalCategory)
            if name != current {
                if value > 0 { close(value - 1) }
                (start, current) = (value, name)
            }
        }
        close(CharacterSet32.last)
        return found
    }()

    private static func abbreviation(_ category: Unicode.GeneralCategory) -> String {
        switch category {
        case .uppercaseLetter: "Lu"
        case .lowercaseLetter: "Ll"
        case .titlecaseLetter: "Lt"
        case .modifierLetter: "Lm"
        case .otherLetter: "Lo"
        case .nonspacingMark: "Mn"
        case .spacingMark: "Mc"
        case .enclosingMark: "Me"
        case .decimalNumber: "Nd"
        case .letterNumber: "Nl"
        case .otherNumber: "No"
        case .connectorPunctuation: "Pc"
        case .dashPunctuation: "Pd"
        case .openPunctuation: "Ps"
        case .closePunctuation: "Pe"
        case .initialPunctuation: "Pi"
        case .finalPunctuation: "Pf"
        case .otherPunctuation: "Po"
        case .mathSymbol: "Sm"
        case .currencySymbol: "Sc"
        case .modifierSymbol: "Sk"
        case .otherSymbol: "So"
        case .spaceSeparator: "Zs"
        case .lineSeparator: "Zl"
        case .paragraphSeparator: "Zp"
        case .control: "Cc"
        case .format: "Cf"
        case .surrogate: "Cs"
        case .privateUse: "Co"
        case .unassigned: "Cn"
        @unknown default: "Cn"
        }
    }
}
