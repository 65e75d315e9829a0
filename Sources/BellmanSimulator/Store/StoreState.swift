import Almanac
import BellmanModel
import BellmanStore

/// Everything that a store keeps, as one value: copied, it is a backup.
struct StoreState {
    var records = RecordShelf()
    var ledger = LedgerShelf()
    var outbox = OutboxShelf()
    var gathering = GatheringShelf()
    var acts = ActShelf()

    var progress: EngineProgress?
    /// By rule, then trigger.
    var armed: [ArmedTrigger] = []
    var armedMark: String?
    var levels: [Slot: LevelState] = [:]
    var steps: [String: [PendingStep]] = [:]
    /// Firings of which something waits.
    var waiting: Set<String> = []
    var invitations: [Slot: [InvitationState]] = [:]
    var documents: [String: String] = [:]
    var tokens: [Token] = []

    /// A rule with a subject.
    struct Slot: Hashable {
        let rule: String
        let subject: String
    }

    struct Token {
        let name: String
        let role: String
        let hash: String
        let createdAt: Instant
    }
}

/// Order of ids and texts everywhere in a store: by bytes.
func isBefore(_ a: String, _ b: String) -> Bool { a.utf8.lexicographicallyPrecedes(b.utf8) }

extension Array {
    /// The first position whose element does not lie before what is looked for, in an ascending array.
    func lowerBound(_ isBefore: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
