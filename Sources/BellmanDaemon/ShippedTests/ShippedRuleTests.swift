// Made by scripts/embed-rules from rules/; a test compares the two.

/// Their tests, by the rule's name.
public enum ShippedRuleTests {
    public static let all = part0 + part1 + part2 + part3

    private static let part0: [(name: String, text: String)] =
        a1 + a2 + a3 + a4 + a5 + a6 + a7 + a8 + a9 + a10 + a11 + a12
    private static let part1: [(name: String, text: String)] =
        a13 + a14 + a15 + b1 + b2 + b3 + b4 + b5 + b6 + b7 + b8 + b9
    private static let part2: [(name: String, text: String)] =
        b10 + b11 + b12 + b13 + b14 + b15 + b16 + c1 + c2 + c3 + c4 + c5
    private static let part3: [(name: String, text: String)] =
        c6 + c7 + c8
}
