import Almanac

extension AlmanacLanguage {
    /// The one of two wordings that is in this language.
    public func pick(en: @autoclosure () -> String, zh: @autoclosure () -> String) -> String {
        self == .zh ? zh() : en()
    }
}
