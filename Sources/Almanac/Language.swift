/// The two languages that people are addressed in.
public enum AlmanacLanguage: String, Hashable, Sendable, CaseIterable {
    case en
    case zh
}
