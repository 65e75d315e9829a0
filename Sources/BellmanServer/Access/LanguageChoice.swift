import Almanac

/// The language of pages: asked for, remembered, or preferred by the browser.
enum LanguageChoice {
    static let cookie = "bellman_lang"
    private static let yearSeconds = 31_536_000

    static func setCookie(_ language: AlmanacLanguage) -> String {
        "\(cookie)=\(language.rawValue); Path=/; HttpOnly; SameSite=Lax; Max-Age=\(yearSeconds)"
    }

    /// The first of the browser's languages, by weight, that there is (RFC 9110, section 12.5.4).
    static func preferred(_ items: [String]) -> AlmanacLanguage? {
        let weighed = items.compactMap { item -> (language: AlmanacLanguage, weight: Double)? in
            let parts = item.split(separator: ";").map(\.trimmingSpaces)
            guard let tag = parts.first?.lowercased(), let primary = tag.split(separator: "-").first,
                let language = AlmanacLanguage(rawValue: String(primary))
            else { return nil }
            let quality = parts.dropFirst().first { $0.hasPrefix("q=") }
            let weight = quality.flatMap { Double($0.dropFirst(2)) } ?? (quality == nil ? 1 : 0)
            return weight > 0 ? (language, weight) : nil
        }
        // Of equal weights the one named first.
        return weighed.enumerated().max { a, b in
            (a.element.weight, -a.offset) < (b.element.weight, -b.offset)
        }?.element.language
    }
}
