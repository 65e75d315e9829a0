import Almanac
import BellmanModel
import BellmanRules
import BellmanStore

/// Schedules and the outbox.
extension SelfAudit {
    /// Runs of one rule, some at a time, against what the ledger was seen to hold.
    mutating func compareRuns(_ number: Int, after: Instant?) {
        guard number < order.count, let rule = rules[order[number]] else {
            place = 0
            phase = number < order.count ? .runs(rule: number + 1, after: nil) : .outbox
            return
        }
        let start = after ?? report.from.adding(microseconds: -1)
        var runs: Set<Instant> = []
        var isCut = false
        for (schedule, since) in rule.schedules {
            let from = max(start, since)
            guard from < report.through else { continue }
            let found = schedule.occurrences(in: (after: from, through: report.through), limit: SelfAudit.page)
            isCut = isCut || found.count == SelfAudit.page
            runs.formUnion(found)
        }
        // Of several schedules only the earliest runs are complete.
        let page = runs.sorted().prefix(isCut ? SelfAudit.page : runs.count)
        report.expected += page.count
        let seen = sight.runs[rule.rule.id] ?? [:]
        let missing = page.filter { seen[$0] == nil }
        if !missing.isEmpty {
            let ordered = seen.keys.sorted()
            for run in missing { judgeMissing(rule.rule.id, run, ordered) }
        }
        if isCut, let last = page.last {
            phase = .runs(rule: number, after: last)
        } else {
            phase = .runs(rule: number + 1, after: nil)
        }
    }

    /// One catch-up writes down so many runs that were missed, and no more: those before the run that rang are excused.
    private mutating func judgeMissing(_ rule: String, _ run: Instant, _ seen: [Instant]) {
        var (low, high) = (0, seen.count)
        while low < high {
            let middle = (low + high) / 2
            if seen[middle] > run { high = middle } else { low = middle + 1 }
        }
        if low < seen.count, let decidedAt = sight.runs[rule]?[seen[low]],
            sight.together[rule]?[decidedAt] ?? 0 >= EngineLimits.catchUpCap
        {
            sight.beyondCap += 1
            return
        }
        report.add(
            AuditFinding(
                .missing, OccurrenceKey(rule: rule, subject: "", occurrence: "at=\(run)"), at: run))
    }

    // MARK: outbox

    /// The rows of the window: is one gone?
    mutating func readOutbox() throws {
        if place == 0 { place = try firstDelivery() - 1 }
        let rows = try store.outboxRows(after: place, through: outboxEnd, limit: SelfAudit.page)
        for row in rows {
            if row.number > place + 1 { report.add(.ofRows(.rowsGone, .outboxRows(place + 1, row.number - 1))) }
            if !row.hasNotice { report.add(.ofRows(.rowsGone, .outboxRows(row.number, row.number))) }
            place = row.number
        }
        report.outboxRows += rows.count
        guard rows.isEmpty else { return }
        if place < outboxEnd { report.add(.ofRows(.rowsGone, .outboxRows(place + 1, outboxEnd))) }
        place = 0
        phase = .openOutbox
    }

    private func firstDelivery() throws -> Int64 {
        var (low, high) = (Int64(1), outboxEnd + 1)
        while low < high {
            let middle = low + (high - low) / 2
            let row = try store.outboxRows(after: middle - 1, through: outboxEnd, limit: 1).first
            if row.map({ $0.createdAt > report.from }) ?? true { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// What is open, however old: does it wait too long, or does somebody hold it who is gone?
    mutating func readOpenOutbox() throws {
        let rows = try store.openOutboxRows(after: place, through: outboxEnd, limit: SelfAudit.page)
        for row in rows {
            place = row.number
            if let lease = row.lease, lease.adding(seconds: SelfAudit.patience) < now {
                report.add(.ofRows(.stuckClaim, .notice(id: row.id, channel: row.channel, since: lease)))
            } else if row.state == .waiting, let longest = longestWait[row.channel],
                row.createdAt.adding(seconds: longest + SelfAudit.patience) < now,
                // What was tried and is to be tried again moves on.
                row.notBefore.adding(seconds: SelfAudit.patience) < now
            {
                report.add(.ofRows(.overdue, .notice(id: row.id, channel: row.channel, since: row.createdAt)))
            }
        }
        if rows.isEmpty { finish() }
    }
}
