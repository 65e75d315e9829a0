import Almanac
import BellmanModel
import BellmanRules
import BellmanStore

/// A date trigger whose dates become other instants than at the last tick: its time of day, its zone, its working
/// calendar or the tz database was changed.
///
/// What was still to come by the old reading and is past by the new one is due now: it is neither lost, although the
/// window has moved beyond it, nor past in the sense of promise 6. What had rung by the old reading never rings again.
struct Retiming: Sendable {
    /// Position among the date triggers of the rule.
    let trigger: Int
    /// The former time of day and zone, which give what rang its name.
    let former: Reading?
    /// Nothing but time of day and zone was changed, so that the old reading can be taken again.
    let isExact: Bool

    struct Reading: Sendable {
        let at: LocalTime
        let zone: Zone
    }

    /// The old reading, where it can be taken again.
    var before: Reading? { isExact ? former : nil }
}

extension Rule {
    static let timingPrefix = "timing "

    /// What turns the dates of each date trigger into instants, armed like the triggers themselves so that the store
    /// remembers it: trigger, time of day, zone, release of the tz database, working calendar.
    var timingSignatures: [String] {
        momentTriggers.enumerated().map { number, trigger in
            let parts = [
                "\(trigger.at ?? timing.at)", timing.zone.name, Zone.databaseVersion() ?? "-",
                trigger.mayCountWorkingDays ? timing.calendar.fingerprint : "-",
            ]
            return "\(Rule.timingPrefix)\(number) \(parts.joined(separator: " "))"
        }
    }
}

extension MomentTrigger {
    fileprivate var mayCountWorkingDays: Bool {
        offsets.contains {
            switch $0 {
            case .fixed(let period): period.workingDays != 0
            case .own: true
            }
        }
    }
}

extension Tick {
    /// Working days can move by a long holiday, tz data by hours: how far back a reading that cannot be taken again is
    /// looked for. Seconds.
    private static let retimedReach: Int64 = 31 * 86_400
    /// Two readings of one time of day in two zones lie no further apart. Seconds.
    private static let zoneReach: Int64 = 2 * 86_400

    mutating func noteRetiming(_ index: Int, _ signatures: [String], _ old: ArraySlice<ArmedTrigger>) {
        for signature in signatures where signature.hasPrefix(Rule.timingPrefix) {
            guard !old.contains(where: { $0.trigger == signature }) else { continue }
            // The word, trigger, time of day, zone, release, calendar.
            let now = signature.split(separator: " ")
            guard now.count == 6, let number = Int(now[1]) else { continue }
            let mine = "\(Rule.timingPrefix)\(number) "
            guard let was = old.first(where: { $0.trigger.hasPrefix(mine) })?.trigger.split(separator: " "),
                was.count == 6
            else { continue }
            var former: Retiming.Reading?
            if let at = LocalTime(was[2]), let zone = try? Zone.named(String(was[3])) {
                former = Retiming.Reading(at: at, zone: zone)
            }
            retimed[index, default: []].append(
                Retiming(trigger: number, former: former, isExact: was[4...] == now[4...]))
        }
    }

    /// Adds what the new reading of a rule's dates has put before the window.
    mutating func findRetimed(_ index: Int, _ found: inout DueByRule) throws {
        let rule = core.rules.rules[index]
        for retiming in retimed[index] ?? [] {
            let reach = retiming.before == nil ? Tick.retimedReach : Tick.zoneReach
            let start = windowStart.adding(seconds: -reach)
            try eachRetimed(rule, retiming, (after: start, through: windowStart)) { tick, record, milestone, due in
                guard due.at <= tick.windowStart, try !tick.isArrival(record, rule, due),
                    try tick.wasToCome(rule, record, milestone, due, retiming)
                else { return }
                found[index, default: [:]][record.ref.id, default: []].append(due)
            }
            guard let former = retiming.former, former.zone != rule.timing.zone else { continue }
            let end = windowStart.adding(seconds: reach)
            try eachRetimed(rule, retiming, (after: windowStart, through: end)) { tick, record, milestone, due in
                try tick.keepQuiet(rule, record, milestone, due, retiming, former)
            }
        }
    }

    private mutating func eachRetimed(
        _ rule: Rule, _ retiming: Retiming, _ window: (after: Instant, through: Instant),
        _ body: (inout Tick, Record, Milestone, DueMilestone) throws -> Void
    ) throws {
        var search = DateSearch(in: window, view)
        var hits: [(Record, Milestone, DueMilestone)] = []
        for field in core.rules.dateFields where field.kind == rule.kind {
            let asked = field.questions.filter { number in
                core.rules.questions[number].askers.contains { core.rules.rules[$0.rule] === rule }
            }
            try eachHit(DateField(kind: field.kind, field: field.field, questions: asked), &search) { asker, record in
                guard core.rules.rules[asker.rule] === rule else { return }
                let milestone = core.rules.milestones(at: asker.rule)[asker.milestone]
                guard milestone.trigger == retiming.trigger, !isFresh(rule, milestone.signature),
                    let due = instant(of: milestone, rule, record)
                else { return }
                hits.append((record, milestone, due))
            }
        }
        for (record, milestone, due) in hits { try body(&self, record, milestone, due) }
    }

    /// Whether the milestone lay ahead by the old reading. Where that cannot be taken again, what has no decision since
    /// the trigger was armed did.
    private func wasToCome(
        _ rule: Rule, _ record: Record, _ milestone: Milestone, _ due: DueMilestone, _ retiming: Retiming
    ) throws -> Bool {
        guard try !isDecided(key(rule, record, due)) else { return false }
        guard let before = retiming.before else {
            if let former = retiming.former, try isDecided(key(rule, record, due, former.zone)) { return false }
            return due.at > since(rule, milestone.signature)
        }
        return old(due, of: milestone, rule, record, before).map { $0.at > windowStart } ?? false
    }

    private func old(
        _ due: DueMilestone, of milestone: Milestone, _ rule: Rule, _ record: Record, _ before: Retiming.Reading
    ) -> DueMilestone? {
        instant(
            of: milestone, record,
            by: OffsetRule(
                period: milestone.shift, at: before.at, zone: before.zone, calendar: rule.timing.calendar))
    }

    /// A timed value may count for another day in the new zone and so have another name: what rang under the old one
    /// is written down under the new one.
    private mutating func keepQuiet(
        _ rule: Rule, _ record: Record, _ milestone: Milestone, _ due: DueMilestone, _ retiming: Retiming,
        _ former: Retiming.Reading
    ) throws {
        if let before = retiming.before {
            guard let was = old(due, of: milestone, rule, record, before), was.at <= windowStart else { return }
        }
        let (was, now) = (key(rule, record, due, former.zone), key(rule, record, due))
        guard was != now, try isDecided(was) else { return }
        decide(rule, now, .superseded, Reason("rule_changed"), at: due.at)
    }

    private func key(_ rule: Rule, _ record: Record, _ due: DueMilestone, _ zone: Zone) -> OccurrenceKey {
        OccurrenceKey(rule: rule.id, subject: record.ref.description, occurrence: due.occurrence(in: zone))
    }
}
