// Made by scripts/embed-rules from rules/; a test compares the two.

/// Their tests, by the rule's name.
public enum ShippedRuleTests {
    public static let all = part0 + part1 + part2 + part3

    private static let part0: [(name: String, text: String)] =
        A1 + A2 + A3 + A4 + A5 + A6 + A7 + A8 + A9 + A10 + A11 + A12
    private static let part1: [(name: String, text: String)] =
        A13 + A14 + A15 + B1 + B2 + B3 + B4 + B5 + B6 + B7 + B8 + B9
    private static let part2: [(name: String, text: String)] =
        B10 + B11 + B12 + B13 + B14 + B15 + B16 + C1 + C2 + C3 + C4 + C5
    private static let part3: [(name: String, text: String)] =
        C6 + C7 + C8
}
