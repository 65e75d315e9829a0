import Almanac

/// Sentences in the language of the configuration, with times in its zone.
protocol LocalWording {
    var language: AlmanacLanguage { get }
    var zone: Zone { get }
}

extension LocalWording {
    func pick(_ english: String, _ chinese: String) -> String { language == .zh ? chinese : english }

    /// A zone's offset so far from the present says nothing; the seconds are noise.
    func shown(_ instant: Instant) -> String {
        let local = zone.local(instant)
        return "\(local.date) \(String("\(local.time)".prefix(5)))"
    }
}
