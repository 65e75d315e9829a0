import Almanac
import BellmanModel
import BellmanRules
import BellmanStore

/// Whether what the ledger says is what comes out when it is computed anew.
struct WhyAgreement {
    let recall: WhyRecall
    let sight: WhyRecall.Sight

    private var entry: LedgerEntry { recall.entry }
    private var rule: Rule { recall.rule }
    private var rows: [LedgerEntry] { recall.inquiry.rows }

    func holds() throws -> Bool {
        guard !sight.isUnknown, let due = sight.due, due == entry.scheduledAt else { return false }
        switch entry.outcome {
        case .fired: return isRung && !isLate
        case .firedLate: return isRung && mayBeLate
        case .superseded: return isSuperseded
        case .conditionFalse: return isFalse
        case .silenced: return isRung
        case .skipped: return try isSkipped()
        case .expired: return isExpired
        case .failed: return try isFailed()
        }
    }

    private var isRung: Bool { sight.verdict == .holds && sight.isLevelTrue }

    /// Edges and levels without a span know no lateness.
    private var isLate: Bool { mayBeLate && recall.tick.isLate(entry.scheduledAt) }

    private var mayBeLate: Bool {
        switch AuditedOccurrence(entry.key.occurrence) {
        case .change, nil: false
        case .rise: rule.levelTrigger?.span != nil
        case .date, .run: true
        }
    }

    private var isFalse: Bool {
        switch entry.reason.code {
        case "empty": sight.verdict == .empty(entry.reason.detail)
        case "no_records": sight.gathered == 0 && sight.verdict == .fails
        default: sight.verdict == .fails
        }
    }

    private var isSuperseded: Bool {
        let together = rows.filter { $0.decidedAt == entry.decidedAt && $0.firing != entry.firing }
        switch entry.reason.code {
        case "edge": return together.contains { $0.key.occurrence.hasPrefix("change=") && $0.outcome.rang }
        case "later_run":
            return Instant(iso: entry.reason.detail).map { rule.runs(at: $0) && $0 > entry.scheduledAt } ?? false
        case "nearer_offset":
            return together.contains {
                $0.key.occurrence.hasSuffix(" \(entry.reason.detail)") && $0.scheduledAt >= entry.scheduledAt
            }
        default: return false
        }
    }

    private func isSkipped() throws -> Bool {
        switch entry.reason.code {
        case "arrived_after": return entry.scheduledAt <= entry.decidedAt
        case "catch_up_skip": return rule.catchUp == .skip && entry.scheduledAt < entry.decidedAt
        case "limit": return isRung && rule.limit.map { "\($0.count)" } == entry.reason.detail
        case "until": return isRung && sight.hasEnded
        case "acknowledged": return isRung
        default: return false
        }
    }

    private var isExpired: Bool {
        guard let record = sight.record else { return false }
        return recall.tick.due(rule, record).contains {
            $0.occurrence(in: rule.timing.zone) == entry.key.occurrence && recall.tick.isExpired(rule, $0)
        }
    }

    private func isFailed() throws -> Bool {
        guard entry.reason.code == "chain_too_long" else {
            if case .broken = sight.verdict { return true }
            return false
        }
        switch AuditedOccurrence(entry.key.occurrence) {
        case .change(let number), .rise(let number):
            return try recall.inquiry.change(number).map { $0.depth >= EngineLimits.chainDepth } ?? false
        default: return false
        }
    }
}
