import Testing

@testable import CEL

@Suite struct RegexTests {
    static let rows: [(String, String, Bool)] = [
        ("", "abc", true), ("a.b", "a\nb", false), ("(?s)a.b", "a\nb", true), ("^a$", "a", true), ("^a$", "a\n", false),
        ("(?m)^b$", "a\nb\nc", true), ("^b$", "a\nb\nc", false), ("(?i)straße", "STRAßE", true),
        ("(?i)[a-c]+", "xB", true),
        ("a{2,3}", "aa", true), ("^a{2,3}$", "aaaa", false), ("^(ab|c)*d$", "ababcd", true),
        ("\\bfoo\\b", "a foo b", true),
        ("\\bfoo\\b", "afoo", false), ("\\Boo", "foo", true), ("[^a-z]", "abc", false),
        ("[[:digit:]]{3}", "x123", true),
        ("\\d+\\s\\w", "12 x", true), ("\\p{Han}{2}", "合同", true), ("^\\pL+$", "éA合", true), ("\\P{L}", "abc", false),
        ("\\x41", "A", true),
        ("\\x{5408}", "合", true), ("合.同", "合x同", true), ("(?P<n>a)(?<m>b)", "ab", true), ("a*?b", "aab", true),
        ("\\Qa.b\\E", "axb", false),
        ("[]a]", "]", true), ("a|", "", true), ("^$", "", true), ("^$", "x", false), ("$", "x", true), ("x*", "", true),
        ("{", "{", true),
        ("a{,2}", "a{,2}", true), ("(?i:A)b", "ab", true), ("(?i:A)b", "aB", false), ("\\101", "A", true),
        ("[\\d-z]", "-", true),
        ("^[A-Z]+-[0-9]+: .*(urgent|asap).*$", "ABC-12: this is urgent now", true),
        ("^[A-Z]+-[0-9]+: .*(urgent|asap).*$", "ABC-12: calm", false),
    ]

    @Test(arguments: rows) func bothEnginesAgreeWithTheTable(_ pattern: String, _ text: String, _ expected: Bool) throws
    {
        let fast = try LinearRegex(pattern, limit: 10_000, fast: true)
        #expect(fast.matches(text) == expected)
        #expect(fast.steps(text).matches == expected)
    }

    static let refused = [
        ("(", "missing closing ): `(`"), ("(?=a)", "invalid or unsupported Perl syntax: `(?=`"),
        ("(?<=a)", "invalid or unsupported Perl syntax: `(?<=`"),
        ("(?!a)", "invalid or unsupported Perl syntax: `(?!`"),
        ("(a)\\1", "invalid escape sequence: `\\1`"), ("a**", "invalid nested repetition operator: `**`"),
        ("*a", "missing argument to repetition operator: `*`"), ("[b-a]", "invalid character class range: `b-a`"),
        ("a{1001}", "invalid repeat count: `{1001}`"), ("[a", "missing closing ]: `[a`"),
        ("\\C", "invalid escape sequence: `\\C`"),
        ("(((a{1000}){1000}){1000})", "invalid repeat count: `{1000}`"),
        (
            String(repeating: "(a{1000})", count: 11), "expression too large"
        ), ("a)", "unexpected ): `a)`"),
        ("\\p{Nope}", "invalid character class range: `\\p{Nope}`"),
    ]

    @Test(arguments: refused) func refusalsAreWorded(_ pattern: String, _ reason: String) {
        #expect(throws: RegexRefusal.self) { _ = try LinearRegex(pattern, limit: 10_000, fast: true) }
        do throws(RegexRefusal) { _ = try LinearRegex(pattern, limit: 10_000, fast: true) } catch {
            #expect(error.reason == reason)
        }
    }

    @Test(arguments: ["(a+)+$", "(a|aa)*$", "(a*)*b", "^(([a-z])+.)+[A-Z]([a-z])+$"])
    func workGrowsWithTheTextOnly(_ pattern: String) throws {
        let regex = try LinearRegex(pattern, limit: 10_000, fast: false)
        let short = regex.steps(String(repeating: "a", count: 1000) + "!").steps
        let long = regex.steps(String(repeating: "a", count: 2000) + "!").steps
        #expect(Double(long) / Double(short) < 2.1)
    }

    @Test func everydayPatternsHaveATable() throws {
        #expect(try LinearRegex("^[A-Z]+-[0-9]+: .*(urgent|asap).*$", limit: 10_000, fast: true).hasTable)
        #expect(try !LinearRegex("\\bx", limit: 10_000, fast: true).hasTable)
    }
}
