import Almanac
import BellmanModel
import BellmanStoreSQLite
import BellmanTesting
import Foundation
import Testing

@testable import BellmanDaemon

/// Typical edits of rules, each a folder of `Plans` with the rules before and after and what a plan says of them.
/// `BELLMAN_RECORD=1` writes what came instead; read it before it is committed.
@Suite struct PlanTests {
    static let cases = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Plans")
    static let names =
        ((try? FileManager.default.contentsOfDirectory(atPath: cases.path)) ?? []).filter { !$0.hasPrefix(".") }
        .sorted()
    private static let zone = Zone.find("Asia/Shanghai")!

    private func bench(_ name: String) throws -> (Instance, TestBench) {
        let bench = try TestBench()
        let folder = PlanTests.cases.appending(path: name)
        for file in ["old", "new"] {
            let text = try String(contentsOf: folder.appending(path: "\(file).yaml"), encoding: .utf8)
            try bench.write("\(file)/rules.yaml", text)
        }
        let instance = try Instance(bench.workshop(.en, rules: "old"), role: .daemon)
        _ = try instance.store.write(PlanTests.records, at: RandomOffice.start)
        return (instance, bench)
    }

    private static var records: [RecordWrite] {
        let people = ["wang", "li"].map { RecordWrite(ref: RecordRef("member/\($0)")!, fields: [:], actor: "test") }
        let tasks = [
            ("T1", "wang", "2026-10-08", 1), ("T2", "wang", "2026-10-21", 2),
            ("T3", "li", "2026-10-28", 1),
        ]
        return people
            + tasks.map { id, who, due, priority in
                RecordWrite(
                    ref: RecordRef(kind: "task", id: id),
                    fields: [
                        "title": .string("task \(id)"), "assignee": .reference(who), "priority": .int(Int64(priority)),
                        "due": .date(CivilDate(iso: due)!),
                    ], actor: "test")
            }
    }

    private static func line(_ entry: Forecast.Entry) -> String {
        let local = zone.local(entry.at)
        let words = "\(entry.notice.title) | \(entry.text)".replacing("\n", with: " / ")
        return
            "\(local.date) \(local.time.description.prefix(5)) \(entry.key.rule) \(entry.notice.record) → \(entry.addressee) (\(entry.notice.channel))"
            + (entry.isAtOnce ? " (at once)" : "") + ": \(words)"
    }

    private static func text(_ plan: Plan) -> String {
        var lines = [
            "rules: +\(plan.edits.added) -\(plan.edits.removed) ~\(plan.edits.edited)",
            "unchanged: \(plan.difference.unchanged)", "unseen: \(plan.unseen.map(\.rule))",
        ]
        lines += plan.difference.added.map { "+ \(line($0))" } + plan.difference.cancelled.map { "- \(line($0))" }
        lines += plan.difference.moved.flatMap { ["> \(line($0.new))", "    was \(line($0.old))"] }
        lines += plan.difference.reworded.flatMap { ["~ \(line($0.new))", "    was \(line($0.old))"] }
        return lines.joined(separator: "\n") + "\n"
    }

    @Test(arguments: names) func aPlanSaysWhatDiffers(_ name: String) async throws {
        let (instance, bench) = try bench(name)
        // The rules before have been at work since the morning.
        _ = try await RunOnce.run(instance, at: RandomOffice.start) { _ in }
        let planner = Planner(instance)
        let planned = planner.read(folder: bench.folder.file("new"))
        #expect(planned.isWell, "\(planned.problems)")
        let plan = try planner.plan(
            old: try instance.presentRules(), new: planned.rules, from: RandomOffice.start.adding(seconds: 3_600),
            days: 20)
        let came = PlanTests.text(plan)
        let path = PlanTests.cases.appending(path: "\(name)/expected.txt")
        if ForecastTests.environment["BELLMAN_RECORD"] != nil {
            try came.write(to: path, atomically: true, encoding: .utf8)
        }
        #expect(came == (try? String(contentsOf: path, encoding: .utf8)))
    }

    @Test func aBrokenFileIsToldAndNothingCompared() throws {
        let (instance, bench) = try bench(PlanTests.names[0])
        try bench.write("broken/a.yaml", "- id: x\n  when: {befor: task.due}\n")
        let planned = Planner(instance).read(folder: bench.folder.file("broken"))
        #expect(!planned.isWell && !planned.problems.isEmpty)
        let absent = Planner(instance).read(folder: bench.folder.file("absent"))
        #expect(!absent.isWell && absent.unreadable.count == 1)
    }
}
