import Almanac
import BellmanModel
import BellmanRules
import BellmanServer
import BellmanStore
import SourceDiagnostics
import Synchronization

/// The present state of rules, shared between the engine's loop and those who show it.
public final class RulesBoard: Sendable {
    private struct State {
        var files: [RuleKeeper.FileReport] = []
        var rules: [Rule] = []
        var held: [String] = []
    }

    private let state = Mutex(State())

    public init() {}

    public func update(_ outcome: RuleKeeper.Outcome) {
        state.withLock { $0 = State(files: outcome.files, rules: outcome.rules, held: outcome.held) }
    }

    var brokenFiles: Int { state.withLock { $0.files.filter { $0.state != .good }.count } }
    /// Rules by state: `armed`, `disabled`, or `held` in their last good version while their file is broken or gone.
    var counts: [(state: String, count: Int)] {
        let (rules, files, held) = state.withLock { ($0.rules, $0.files, Set($0.held)) }
        let kept = held.union(files.filter { $0.state == .kept }.flatMap(\.rules))
        let heldCount = rules.filter { kept.contains($0.id) }.count
        let disabled = rules.filter { !kept.contains($0.id) && !$0.enabled }.count
        return [("armed", rules.count - heldCount - disabled), ("disabled", disabled), ("held", heldCount)]
    }

    public var rules: [Rule] { state.withLock { $0.rules } }

    /// Every rule with its state; a file that never was good shows as one broken entry.
    public func report(store: any AdministrationStore, zone: Zone, now: Instant, language: AlmanacLanguage)
        -> RulesReport
    {
        let (files, rules, held) = state.withLock { ($0.files, $0.rules, Set($0.held)) }
        let words = Language(rawValue: language.rawValue) ?? .en
        let broken = Dictionary(
            files.filter { $0.state != .good }.map { ($0.path, $0) }, uniquingKeysWith: { a, _ in a })
        var reports = rules.map { rule in
            let file = broken[rule.place.file] ?? files.first { $0.state == .kept && $0.rules.contains(rule.id) }
            let problem = file?.problems.first { $0.severity == .error }
            return RuleReport(
                id: rule.id, title: rule.title, file: rule.place.file, line: rule.place.line,
                state: held.contains(rule.id) ? .lost : file != nil ? .broken : (rule.enabled ? .ok : .disabled),
                lastRing: try? store.lastRing(rule: rule.id),
                nextRing: rule.nextText(after: now, zone: zone, language: language),
                problem: problem.map { "\($0.file.name):\($0.start.line):\($0.start.column) \($0.fact.message(words))" }
                    ?? "", tags: rule.tags)
        }
        for file in files where file.state == .broken {
            let problem = file.problems.first { $0.severity == .error }
            reports.append(
                RuleReport(
                    id: file.path, title: file.path, file: file.path, line: problem?.start.line ?? 1, state: .broken,
                    lastRing: nil, nextRing: "",
                    problem: problem.map {
                        "\($0.file.name):\($0.start.line):\($0.start.column) \($0.fact.message(words))"
                    } ?? ""))
        }
        return RulesReport(rules: reports)
    }
}

extension Rule {
    /// When a schedule comes next, or what the rule waits for.
    public func nextText(after now: Instant, zone: Zone, language: AlmanacLanguage) -> String {
        let isChinese = language == .zh
        let next = triggers.compactMap { trigger -> Instant? in
            if case .schedule(let schedule) = trigger { return schedule.schedule.next(after: now) }
            return nil
        }.min()
        if let next {
            let local = zone.local(next)
            return "\(local.date) \(local.time)"
        }
        if triggers.contains(where: { if case .moment = $0 { true } else { false } }) {
            return isChinese ? "按日期" : "by date"
        }
        if triggers.contains(where: { if case .level = $0 { true } else { false } }) {
            return isChinese ? "按条件" : "by condition"
        }
        return isChinese ? "有变更时" : "on change"
    }
}
