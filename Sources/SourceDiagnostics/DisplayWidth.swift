/// Columns a scalar takes on a terminal: 2 for East Asian wide and emoji, 0 for combining marks, else 1.
public enum DisplayWidth {
    static let tabStop = 4

    /// Unicode East Asian Width W and F, in blocks coarse enough for a caret line.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x23E9...0x23EC, 0x23F0...0x23F0, 0x23F3...0x23F3,
        0x2614...0x2615, 0x2648...0x2653, 0x26A1...0x26A1, 0x2705...0x2705, 0x274C...0x274C, 0x2753...0x2757,
        0x2795...0x2797, 0x2B50...0x2B50, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
        0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F,
        0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1B000...0x1B2FF, 0x1F004...0x1F004, 0x1F18E...0x1F19A,
        0x1F200...0x1F265, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F7E0...0x1F7EB, 0x1F900...0x1F9FF,
        0x1FA70...0x1FAFF, 0x20000...0x3FFFD,
    ]

    static func of(_ scalar: Unicode.Scalar) -> Int {
        if scalar.value < 0x300 { return 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: return wide.contains { $0.contains(scalar.value) } ? 2 : 1
        }
    }

    /// Width of a text that starts at column `column` (from 0): tabs run to the next stop.
    public static func of(_ text: some StringProtocol, from column: Int = 0) -> Int {
        var at = column
        for scalar in text.unicodeScalars {
            at += scalar == "\t" ? tabStop - at % tabStop : of(scalar)
        }
        return at - column
    }

    static func expandingTabs(_ text: String) -> String {
        var out = ""
        var at = 0
        for scalar in text.unicodeScalars {
            if scalar == "\t" {
                let step = tabStop - at % tabStop
                out += String(repeating: " ", count: step)
                at += step
            } else {
                out.unicodeScalars.append(scalar)
                at += of(scalar)
            }
        }
        return out
    }

    /// The longest beginning that fits into so many columns; `…` shows that something is missing.
    public static func cut(_ text: String, to columns: Int) -> String {
        guard of(text) > columns, columns > 0 else { return text }
        var kept = String.UnicodeScalarView()
        var width = 0
        for scalar in text.unicodeScalars {
            width += of(scalar)
            if width > columns - 1 { break }
            kept.append(scalar)
        }
        return String(kept) + "…"
    }
}
