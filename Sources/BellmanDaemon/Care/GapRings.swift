import Almanac
import BellmanEngine
import BellmanModel
import BellmanRules
import BellmanStore
import BellmanStoreSQLite

/// Something that fell due while the store does not know what happened.
public struct GapRing: Sendable, Hashable {
    public let at: Instant
    public let rule: String
    /// `kind/id`; empty for a schedule without records.
    public let record: String
}

extension Instance {
    /// What the rules make due between the end of the store and now, for the records as the store has them; at most
    /// `limit`, the earliest first.
    public func gapRings(limit: Int) throws -> [GapRing] {
        guard let lived = try store.read({ try $0.progress()?.watermark }) else { return [] }
        return try engine(rules: presentRules()).outlook(from: lived, through: clock.now()).prefix(limit).map {
            GapRing(at: $0.at, rule: $0.rule, record: $0.record?.description ?? "")
        }
    }
}
