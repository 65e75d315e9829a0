import SourceDiagnostics
import Testing

@testable import BellmanRules

@Suite struct RuleKeeperTests {
    private func rule(_ id: String, title: String = "x", was: String? = nil) -> String {
        "id: \(id)\ntitle: \(title)\nwhen: {created: task}\nthen: [{notify: {via: inbox}}]\n"
            + (was.map { "was: \($0)\n" } ?? "")
    }

    private func files(_ ids: [String]) -> [(path: String, text: String)] { ids.map { ("\($0).yaml", rule($0)) } }

    private func keeper(_ good: [String: String] = [:]) -> RuleKeeper { RuleKeeper(reader: Reading.reader, good: good) }

    @Test func brokenFileKeepsItsLastGoodVersion() {
        var keeper = keeper()
        let first = keeper.load([("a.yaml", rule("a", title: "good")), ("b.yaml", rule("b"))])
        #expect(first.remember.map(\.path) == ["a.yaml", "b.yaml"])
        let second = keeper.load([("a.yaml", "id: a\nwhen: {created: tsak}\n"), ("b.yaml", rule("b", title: "new"))])
        #expect(second.rules.map(\.title) == ["good", "new"])
        #expect(second.files.map(\.state) == [.kept, .good])
        #expect(second.remember.map(\.path) == ["b.yaml"])
        #expect(!second.problems.isEmpty)
    }

    @Test func lastGoodVersionSurvivesARestart() {
        var keeper = keeper(["a.yaml": rule("a", title: "stored")])
        let outcome = keeper.load([("a.yaml", "- - -")])
        #expect(outcome.rules.map(\.title) == ["stored"])
    }

    @Test func brokenFromTheStartIsBroken() {
        var keeper = keeper()
        let outcome = keeper.load([("a.yaml", "id: a\n")])
        #expect(outcome.rules.isEmpty)
        #expect(outcome.files.map(\.state) == [.broken])
    }

    @Test(arguments: [
        (had: 4, left: 2, held: 0), (had: 4, left: 1, held: 3), (had: 5, left: 3, held: 0), (had: 5, left: 2, held: 3),
        (had: 6, left: 3, held: 0), (had: 6, left: 2, held: 4), (had: 3, left: 0, held: 0), (had: 4, left: 0, held: 4),
    ]) func moreThanHalfStaysArmed(_ had: Int, _ left: Int, _ held: Int) {
        let ids = (0..<had).map { "r\($0)" }
        var keeper = keeper()
        _ = keeper.load(files(ids))
        let outcome = keeper.load(files(Array(ids.prefix(left))))
        #expect(outcome.held.count == held)
        #expect(outcome.rules.count == left + held)
        let again = keeper.load(files(Array(ids.prefix(left))))
        #expect(again.held.count == held, "the question stays open until it is answered")
        let accepted = keeper.load(files(Array(ids.prefix(left))), acceptLoss: true)
        #expect(accepted.held.isEmpty && accepted.rules.count == left)
        #expect(keeper.load(files(Array(ids.prefix(left)))).held.isEmpty)
    }

    @Test func oneIdInTwoFilesIsRefused() {
        var keeper = keeper()
        let outcome = keeper.load([("a.yaml", rule("same")), ("b.yaml", rule("same")), ("c.yaml", rule("c"))])
        #expect(outcome.rules.map(\.id) == ["c"])
        #expect(outcome.problems.map(\.fact.code) == ["duplicate_identifier", "duplicate_identifier"])
        #expect(outcome.files.map(\.state) == [.broken, .broken, .good])
    }

    @Test func aMovedFileIsTheSameRule() {
        var keeper = keeper()
        _ = keeper.load(files(["a", "b"]))
        let outcome = keeper.load([("team/a.yaml", rule("a")), ("b.yaml", rule("b"))])
        #expect(outcome.rules.map(\.id).sorted() == ["a", "b"])
        #expect(outcome.held.isEmpty && outcome.problems.isEmpty)
        #expect(Set(outcome.remember.map(\.path)) == ["a.yaml", "team/a.yaml"])
        let broken = keeper.load([("team/a.yaml", "id: a\n"), ("b.yaml", rule("b"))])
        #expect(broken.rules.map(\.id).sorted() == ["a", "b"], "its last good version moved along")
    }

    @Test func renamedRuleNamesItsOldId() {
        var keeper = keeper()
        _ = keeper.load([("a.yaml", rule("old"))])
        let outcome = keeper.load([("a.yaml", rule("new", was: "old"))])
        #expect(outcome.rules.map(\.was) == ["old"])
        #expect(outcome.held.isEmpty)
    }

    @Test func renamingManyIsNoLoss() {
        let ids = (0..<6).map { "r\($0)" }
        var keeper = keeper()
        _ = keeper.load(files(ids))
        let outcome = keeper.load(ids.map { ("\($0).yaml", rule("new-\($0)", was: $0)) })
        #expect(outcome.held.isEmpty)
        #expect(outcome.rules.map(\.id) == ids.map { "new-\($0)" })
    }
}
