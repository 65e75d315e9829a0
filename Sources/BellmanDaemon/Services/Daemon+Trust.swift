import Almanac
import BellmanEngine
import BellmanModel
import BellmanRules
import BellmanServer
import SourceDiagnostics
import Synchronization

/// What the pages and the API ask of rules: why, what is to come, what if.
extension Daemon {
    var trustDependencies: TrustDependencies {
        let desk = TrustDesk(instance: instance, rules: { [board] in board.rules }, now: { [pulse] in pulse.present })
        let zone = instance.configuration.timing.zone
        return TrustDependencies(
            forecast: { try desk.forecast($0, $1) },
            why: { asked, language in try WhyText.lines(self.why(asked, language), language: language, zone: zone) },
            whatIf: { try desk.whatIf($0, $1) })
    }

    func why(_ asked: WhyAsked, _ language: AlmanacLanguage) throws -> WhyReport {
        let desk = WhyDesk(
            engine: engine, store: store, rules: board.rules, schema: instance.workshop.language.schema,
            zone: instance.configuration.timing.zone, now: pulse.present)
        do { return try desk.answer(rule: asked.rule, record: asked.record, at: asked.at) } catch let problem
            as WhyProblem
        {
            throw problem.refusal(asked, language)
        }
    }
}

/// Forecasts for people who look at pages; one at a time, for each takes memory and a core.
private final class TrustDesk: Sendable {
    /// Days that a what-if compares.
    private static let days = 30

    private let instance: Instance
    private let rules: @Sendable () -> [Rule]
    private let now: @Sendable () -> Instant
    private let turn = Mutex(())

    init(instance: Instance, rules: @escaping @Sendable () -> [Rule], now: @escaping @Sendable () -> Instant) {
        (self.instance, self.rules, self.now) = (instance, rules, now)
    }

    func forecast(_ asked: ForecastAsked, _ language: AlmanacLanguage) throws -> JSONValue {
        let rules = rules()
        for id in asked.rules where !rules.contains(where: { $0.id == id }) {
            throw WhyRefusal.unknown(language == .zh ? "没有规则 \(id)" : "there is no rule \(id)")
        }
        var forecast = try turn.withLock { _ in
            try Forecaster(instance).forecast(rules: rules, from: now(), days: asked.days)
        }
        forecast.keep(rules: asked.rules, person: asked.person)
        return forecast.json(language)
    }

    /// The rules in force, those of the text in the place of their namesakes.
    func whatIf(_ text: String, _ language: AlmanacLanguage) throws -> WhatIfAnswer {
        let planner = Planner(instance)
        let pasted = planner.read(files: [("pasted.yaml", text)])
        let words: Language = language == .zh ? .zh : .en
        let problems =
            pasted.problems.isEmpty ? "" : TextRenderer(language: words, color: false).render(pasted.problems)
        guard pasted.isWell else { return WhatIfAnswer(problems: problems, plan: nil) }
        let old = rules()
        let replaced = Set(pasted.rules.flatMap { [$0.id] + ($0.was.map { [$0] } ?? []) })
        let new = old.filter { !replaced.contains($0.id) } + pasted.rules
        let plan = try turn.withLock { _ in
            try planner.plan(old: old, new: new, from: now(), days: TrustDesk.days)
        }
        return WhatIfAnswer(
            problems: problems,
            plan: PlanText(plan, language, zone: instance.configuration.timing.zone).text)
    }
}
