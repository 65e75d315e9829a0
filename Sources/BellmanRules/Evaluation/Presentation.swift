import Almanac
import BellmanModel

/// How values are shown to people.
public struct Presentation: Sendable {
    public var language: AlmanacLanguage
    public var currency: String
    /// Where the dashboard is, for links; empty when unknown.
    public var publicURL: String

    public init(language: AlmanacLanguage, currency: String, publicURL: String = "") {
        self.language = language
        self.currency = currency
        self.publicURL = publicURL
    }

    var emptyWord: String { language == .zh ? "（未填写）" : "(not set)" }
    var listSeparator: String { language == .zh ? "、" : ", " }
}
