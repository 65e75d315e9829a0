import Almanac
import BellmanModel
import BellmanStore

/// What people did.
struct ActShelf {
    var acknowledgements: [String: Acknowledgement] = [:]
    /// Firings whose acknowledgement no tick took note of yet.
    var fresh: Set<String> = []
    /// In the order in which they were made.
    var silences: [Silence] = []
    /// Oldest first.
    var entries: [ActEntry] = []
    var spentLinks: Set<String> = []

    mutating func rename(_ old: String, _ new: String) {
        silences = silences.map { silence in
            guard silence.scope.rule == old else { return silence }
            var scope = silence.scope
            scope.rule = new
            return Silence(
                id: silence.id, scope: scope, from: silence.from, until: silence.until,
                recurrence: silence.recurrence, by: silence.by, at: silence.at, reason: silence.reason,
                ended: silence.ended)
        }
    }
}
