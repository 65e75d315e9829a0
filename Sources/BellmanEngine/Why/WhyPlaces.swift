import Almanac
import BellmanModel
import BellmanRules
import BellmanStore

/// Where in the journal a tick stood: after which write. The ledger keeps the instant alone, so of writes at that very
/// instant any may have come before.
struct WhyPlaces {
    let view: any EngineView
    let head: Int64

    /// The last write that is not later than the instant; 0 before all of them. By bisection: the journal is in the
    /// order of time but for set clocks.
    func last(notAfter instant: Instant) throws -> Int64 {
        try first { $0 > instant } - 1
    }

    private func first(where holds: (Instant) -> Bool) throws -> Int64 {
        try SelfAudit.first(in: 1...(head + 1)) { middle in
            try view.changes(after: middle - 1, limit: 1).first.map { holds($0.at) } ?? true
        }
    }

    /// Likely places of a tick at the instant, the likeliest first: after all writes up to it but those that the tick
    /// itself made, then before each write of that instant; and before each write of the record that bears an earlier
    /// time and may have been committed later, for a write bears the time at which it was begun.
    func places(of instant: Instant, _ record: RecordRef?) throws -> [Int64] {
        let upper = try last(notAfter: instant)
        let lower = try first { $0 >= instant } - 1
        var trimmed = upper
        let start = max(lower, upper - Int64(WhyLimits.places))
        let near = try view.changes(after: start, limit: Int(upper - start))
        for change in near.reversed() {
            guard change.sequence == trimmed, change.actor.hasPrefix("rule ") else { break }
            trimmed -= 1
        }
        var places = [trimmed, upper] + near.reversed().map { $0.sequence - 1 }
        if let record {
            let doubtful = instant.adding(seconds: -SelfAudit.doubt)
            places += try view.changes(of: record, after: 0).reversed()
                .filter { $0.at >= doubtful && $0.at <= instant }.map { $0.sequence - 1 }
        }
        var seen: Set<Int64> = []
        return places.filter { $0 >= 0 && seen.insert($0).inserted }.prefix(WhyLimits.places).map { $0 }
    }
}
