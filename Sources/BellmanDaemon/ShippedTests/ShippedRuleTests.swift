// Made by scripts/embed-rules from rules/; a test compares the two.

/// Their tests, by the rule's name.
public enum ShippedRuleTests {
    public static let all = groupA + groupB + groupC
}
