/// The languages in which Bellman speaks to people.
public enum Language: String, Sendable, Codable, CaseIterable {
    case en, zh

    /// The one of two wordings that is in this language.
    public func pick(en: @autoclosure () -> String, zh: @autoclosure () -> String) -> String {
        self == .zh ? zh() : en()
    }
}
