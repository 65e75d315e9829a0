import Almanac
import BellmanModel
import BellmanRules
import SourceDiagnostics

/// Another set of rules, read.
public struct PlannedRules: Sendable {
    public let rules: [Rule]
    /// Errors and warnings, by file and line.
    public let problems: [Diagnostic]
    /// Files that cannot be read, with the reason.
    public let unreadable: [(path: String, why: String)]

    public var isWell: Bool { unreadable.isEmpty && !problems.contains { $0.severity == .error } }
}

/// How one rule text differs from another.
public struct RuleEdits: Sendable, Hashable {
    public var added: [String] = []
    public var removed: [String] = []
    /// Under the same id, or `was:`.
    public var edited: [String] = []

    public var isEmpty: Bool { added.isEmpty && removed.isEmpty && edited.isEmpty }
}

/// What would be different with another set of rules.
public struct Plan: Sendable {
    public let difference: PlanDifference
    public let edits: RuleEdits
    public let new: Forecast
    public let old: Forecast

    /// Edited and new rules of which a forecast cannot show all, because changes of records make them ring.
    public var unseen: [Forecast.Unforeseen] {
        let touched = Set(edits.added + edits.edited)
        return new.unforeseen.filter { touched.contains($0.rule) }
    }

    public var isEmpty: Bool { difference.isEmpty && edits.isEmpty }
}

/// Compares forecasts of two sets of rules on the same records.
public struct Planner: Sendable {
    private let instance: Instance

    public init(_ instance: Instance) { self.instance = instance }

    /// The rule files of a folder, by themselves: no last good version stands in for a broken one.
    public func read(folder: String) -> PlannedRules {
        switch RulesFolder(path: folder).scan() {
        case .failure(.unreadable(let path, let why)):
            return PlannedRules(rules: [], problems: [], unreadable: [(path, why)])
        case .success(let found):
            let unreadable = found.troubles.map { trouble in
                switch trouble {
                case .unreadable(let path, let why): (path: "\(folder)/\(path)", why: why)
                }
            }
            return read(files: found.files.map { ($0.path, $0.text) }, unreadable: unreadable)
        }
    }

    /// Texts that are no files yet.
    public func read(
        files: [(path: String, text: String)], unreadable: [(path: String, why: String)] = []
    ) -> PlannedRules {
        var keeper = RuleKeeper(reader: instance.workshop.ruleReader, good: [:])
        let outcome = keeper.load(files)
        return PlannedRules(
            rules: outcome.rules, problems: outcome.problems.sortedByPosition(), unreadable: unreadable)
    }

    /// - Parameter progress: told the days that are done, of both forecasts together.
    public func plan(
        old: [Rule], new: [Rule], from now: Instant, days: Int, progress: (Int, Int) -> Void = { _, _ in }
    ) throws -> Plan {
        let forecaster = Forecaster(instance)
        let before = try forecaster.forecast(rules: old, from: now, days: days) { done, _ in
            progress(done, days * 2)
        }
        let after = try forecaster.forecast(rules: new, from: now, days: days) { done, _ in
            progress(days + done, days * 2)
        }
        let known = Set(old.map(\.id))
        let renames = Dictionary(
            new.compactMap { rule in rule.was.flatMap { known.contains($0) ? (rule.id, $0) : nil } },
            uniquingKeysWith: { first, _ in first })
        return Plan(
            difference: PlanDifference(old: before, new: after, renames: renames),
            edits: edits(old, new, renames), new: after, old: before)
    }

    private func edits(_ old: [Rule], _ new: [Rule], _ renames: [String: String]) -> RuleEdits {
        let before = Dictionary(old.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var edits = RuleEdits()
        for rule in new.sorted(by: { $0.id < $1.id }) {
            guard let was = before[renames[rule.id] ?? rule.id] else {
                edits.added.append(rule.id)
                continue
            }
            if was.content != rule.content { edits.edited.append(rule.id) }
        }
        let there = Set(new.map { renames[$0.id] ?? $0.id })
        edits.removed = before.keys.filter { !there.contains($0) }.sorted()
        return edits
    }
}
