/// A length of time with a word for its direction: `3 days before`, `提前三个工作日`, `2 hours after`, `3天后`.
///
/// Where a length alone is wanted such a word is surplus; where a direction is wanted this reads it.
public struct DirectedPeriod: Hashable, Sendable {
    /// The text without the direction.
    public let length: String
    /// The word of the direction as it was written.
    public let word: String
    public let isBefore: Bool
    /// Negative before.
    public let period: Period

    private static let before = [
        "before", "beforehand", "ahead", "earlier", "prior", "ago", "in advance", "提前", "之前", "以前", "前",
    ]
    private static let after = ["after", "afterwards", "later", "之后", "以后", "过后", "后"]
    /// Words that stand before the length.
    private static let leading = ["提前", "before", "after", "过"]

    /// Nil where the text has no such word, or has something else besides a length of time.
    public init?(_ text: some StringProtocol) {
        let plain = trimmed(simplified(narrowed(String(text))))
        let lower = plain.lowercased()
        for (words, isBefore) in [(Self.before, true), (Self.after, false)] {
            for word in words {
                guard let rest = Self.rest(plain, lower, word), let period = try? PeriodHuman.parse(rest) else {
                    continue
                }
                guard !period.isNegative else { continue }
                length = rest
                self.word = word
                self.isBefore = isBefore
                self.period = isBefore ? period.negated : period
                return
            }
        }
        return nil
    }

    private static func rest(_ plain: String, _ lower: String, _ word: String) -> String? {
        if lower.hasSuffix(word) { return trimmed(String(plain.dropLast(word.count))) }
        if leading.contains(word), lower.hasPrefix(word) { return trimmed(String(plain.dropFirst(word.count))) }
        return nil
    }
}
