/// Full-width letters, digits and signs of an input method as their ASCII forms, other spaces as plain ones.
public enum TextNarrowing {
    public static func narrow(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where !invisible(scalar) { result.append(narrow(scalar)) }
        return String(result)
    }

    private static func narrow(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
        case 0x3000, 0x00A0, 0x2000...0x200A, 0x202F, 0x205F: " "
        case 0x2010...0x2015, 0x2212: "-"
        case 0xFFE5: "¥"
        default: scalar
        }
    }

    /// Byte order marks and zero-width characters that exports carry along.
    private static func invisible(_ scalar: Unicode.Scalar) -> Bool {
        [0xFEFF, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060].contains(scalar.value)
    }

    /// Without white space at either end.
    public static func trim(_ text: String) -> String {
        let utf8 = text.utf8
        guard let first = utf8.first, let last = utf8.last else { return text }
        // Most cells begin and end with plain characters: nothing to do, nothing to copy.
        if (0x21...0x7E).contains(first), (0x21...0x7E).contains(last) { return text }
        var scalars = Substring(text).unicodeScalars
        while let scalar = scalars.first, isBlank(scalar) { scalars.removeFirst() }
        while let scalar = scalars.last, isBlank(scalar) { scalars.removeLast() }
        return String(scalars)
    }

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || scalar.value == 0xFEFF || scalar.value == 0x200B
    }
}

extension TextNarrowing {
    /// Control characters as spaces, for messages that quote.
    static func printable(_ text: String) -> String {
        String(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : Character($0) })
    }

    /// An address that spans lines would become a header of its own in a mail.
    static func isBrokenAddress(_ text: String) -> Bool {
        text.contains("@") && text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
    }
}
