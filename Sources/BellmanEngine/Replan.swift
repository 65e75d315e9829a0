import Almanac
import BellmanModel
import BellmanRules
import BellmanStore

/// After a new tz database: what the store keeps as an instant but was meant on a wall clock is computed anew from what
/// it was meant as (docs/decisions/0008). Milestones and schedules need nothing: they are computed at every tick.
extension EngineCore {
    /// Waiting steps count again from their firing; spans of levels are looked at once, and then wait as the new
    /// database has it.
    func replan(at now: Instant, view: any EngineView) throws -> TickCommit? {
        guard let progress = try view.progress() else { return nil }
        var commit = TickCommit(progress: progress)
        for step in try view.stepsDue(through: .latest) where step.reason == Reason("waiting") {
            guard let rule = rules[step.key.rule], let wait = rule.wait(ofStep: step.step) else { continue }
            let due = rule.shifted(StepContext(text: step.context).firedAt, by: wait)
            guard due != step.dueAt else { continue }
            commit.steps.append(
                PendingStep(
                    firing: step.firing, step: step.step, key: step.key, dueAt: due, reason: step.reason,
                    context: step.context))
        }
        for level in try view.levelsDue(through: .latest) where level.checkAt.map({ $0 > now }) ?? false {
            var looked = level
            looked.checkAt = now
            commit.levels.append(looked)
        }
        return commit
    }

    /// When a digest that holds this notice opens; nil where its rule has no such digest any more.
    func opening(of notice: Notice, at now: Instant, view: any EngineView) throws -> Instant? {
        guard let rule = rules[notice.rule], case .notify(let action) = rule.step(notice.step)?.action,
            let digest = action.digest
        else { return nil }
        return try Tick(core: self, now: now, view: view).opening(of: digest, for: notice, rule, after: notice.firedAt)
    }
}

extension EngineService {
    /// When the digest that holds each of these notices opens; notices that no digest holds are left out.
    public nonisolated func openings(of notices: [Notice], at now: Instant) throws -> [String: Instant] {
        try ask { core, view in
            var found: [String: Instant] = [:]
            for notice in notices { found[notice.id] = try core.opening(of: notice, at: now, view: view) }
            return found
        }
    }
}
