import Almanac
import BellmanModel
import BellmanRules

/// Finds in what a story differs from what its test expects.
struct TestJudge {
    let test: RuleTest
    let outcome: TestStoryOutcome
    let comparison: TestComparison
    let reasons: TestReasons

    private typealias Line = RuleTest.Expectation

    func differences() -> [TestDifference] {
        if outcome.isCut {
            return [TestDifference(kind: .tooLong, line: nil, rows: [], reason: reasons.tooLong)]
        }
        let lines = test.expectations
        let notices = lines.indices.filter { lines[$0].outcome == nil }
        let matched = pair(notices)
        var open = Set(outcome.rings.indices).subtracting(matched.values)
        var found: [(line: Int, difference: TestDifference)] = []
        // Lines about decisions that rang speak for their notices too.
        for index in lines.indices where lines[index].outcome != nil {
            let difference = decision(lines[index], &open)
            if let difference { found.append((index, difference)) }
        }
        let unmet = notices.filter { matched[$0] == nil }
        let near = nearest(unmet, &open)
        for index in unmet { found.append((index, miss(lines[index], near[index]))) }
        var differences = outcome.undone.map {
            TestDifference(kind: .undone, line: $0.line, rows: [], reason: $0.why)
        }
        differences += found.sorted { $0.line < $1.line }.map(\.difference) + outcome.atEnd
        if test.nothingElse {
            for index in open.sorted() {
                let rows = comparison.rows(of: outcome.rings[index])
                differences.append(TestDifference(kind: .unexpected, line: nil, rows: rows, reason: ""))
            }
        }
        return differences
    }

    // MARK: notices

    /// As many lines as possible with a notice each (augmenting paths): a line that says little must not take the
    /// notice that another one needs.
    private func pair(_ lines: [Int]) -> [Int: Int] {
        var candidates: [Int: [Int]] = [:]
        for line in lines {
            candidates[line] = outcome.rings.indices.filter {
                comparison.matches(test.expectations[line], outcome.rings[$0])
            }
        }
        var holder: [Int: Int] = [:]
        func place(_ line: Int, _ seen: inout Set<Int>) -> Bool {
            for ring in candidates[line] ?? [] where seen.insert(ring).inserted {
                if holder[ring] == nil || place(holder[ring] ?? line, &seen) {
                    holder[ring] = line
                    return true
                }
            }
            return false
        }
        for line in lines {
            var seen: Set<Int> = []
            _ = place(line, &seen)
        }
        return Dictionary(uniqueKeysWithValues: holder.map { ($1, $0) })
    }

    /// Unmet lines with the notice that is most like each; a notice goes to one line only.
    private func nearest(_ lines: [Int], _ open: inout Set<Int>) -> [Int: Int] {
        var pairs: [(score: Int, line: Int, ring: Int)] = []
        for line in lines {
            let isDecided = comparison.isDecided(test.expectations[line], outcome.decisions)
            for ring in open where !isDecided || comparison.came(test.expectations[line], outcome.rings[ring]) {
                let score = likeness(test.expectations[line], outcome.rings[ring])
                if score >= TestJudge.likeEnough { pairs.append((score, line, ring)) }
            }
        }
        var found: [Int: Int] = [:]
        for pair in pairs.sorted(by: { ($1.score, $0.line, $0.ring) < ($0.score, $1.line, $1.ring) })
        where found[pair.line] == nil && open.contains(pair.ring) {
            found[pair.line] = pair.ring
            open.remove(pair.ring)
        }
        return found
    }

    private static let likeEnough = 40

    /// Of another rule or another record it is another notice; then the time counts, then the rest.
    private func likeness(_ line: Line, _ ring: TestRing) -> Int {
        if let rule = line.rule, rule != ring.rule { return 0 }
        if let record = line.record, record.description != ring.record { return 0 }
        var score = (line.rule == nil ? 0 : 20) + (line.record == nil ? 0 : 20)
        if let at = line.at { score += likeness(at, ring.at) }
        let rest = comparison.rows(line, ring).filter { !["at", "rule", "record"].contains($0.field) }
        return score + 5 * rest.count { !$0.differs }
    }

    private func likeness(_ wanted: Line.When, _ came: Instant) -> Int {
        if comparison.matches(wanted, came) { return 60 }
        guard case .instant(let instant) = wanted else { return 0 }
        let apart = abs(came.microseconds(since: instant)) / Instant.microsecondsPerSecond
        return apart <= 86_400 ? 40 : apart <= 7 * 86_400 ? 15 : apart <= 40 * 86_400 ? 5 : 0
    }

    private func miss(_ line: Line, _ ring: Int?) -> TestDifference {
        guard let ring else {
            return TestDifference(
                kind: .missing, line: line.place.line, rows: comparison.rows(of: line),
                reason: reasons.why(line, test, outcome))
        }
        return TestDifference(
            kind: .differs, line: line.place.line, rows: comparison.rows(line, outcome.rings[ring]), reason: "")
    }

    // MARK: decisions

    private func decision(_ line: Line, _ open: inout Set<Int>) -> TestDifference? {
        guard let wanted = line.outcome else { return nil }
        if wanted == .cancelled, outcome.steps.contains(where: { comparison.matches(line, cancelled: $0) }) {
            return nil
        }
        let met = outcome.decisions.filter { comparison.matches(line, wanted, $0) }
        if let first = met.first {
            if first.outcome.rang { open = open.filter { outcome.rings[$0].firing != first.firing } }
            return nil
        }
        if let near = reasons.nearest(line, outcome), wanted != .cancelled {
            return TestDifference(
                kind: .differs, line: line.place.line, rows: comparison.rows(line, wanted, near), reason: "")
        }
        return TestDifference(
            kind: .missing, line: line.place.line, rows: comparison.rows(of: line),
            reason: reasons.why(line, test, outcome))
    }
}

/// Says why something did not come, as far as the ledger knows.
struct TestReasons {
    let comparison: TestComparison
    let rules: [Rule]
    let words: RuleTestWording

    var tooLong: String { words.tooLong(Rehearsal.tickLimit) }

    /// The decision that a line most likely means.
    func nearest(_ line: RuleTest.Expectation, _ outcome: TestStoryOutcome) -> LedgerEntry? {
        let entries = outcome.decisions.filter { comparison.mayMean(line, $0) }
        guard let at = line.at else { return entries.last }
        let target: Instant
        switch at {
        case .instant(let instant): target = instant
        case .day(let date): target = comparison.zone.startOfDay(date).adding(seconds: 43_200)
        }
        func distance(_ entry: LedgerEntry) -> Int64 {
            min(abs(entry.scheduledAt.microseconds(since: target)), abs(entry.decidedAt.microseconds(since: target)))
        }
        return entries.enumerated().min { (distance($0.element), $0.offset) < (distance($1.element), $1.offset) }?
            .element
    }

    func why(_ line: RuleTest.Expectation, _ test: RuleTest, _ outcome: TestStoryOutcome) -> String {
        guard let id = line.rule ?? (rules.count == 1 ? rules[0].id : nil) else { return "" }
        guard let rule = rules.first(where: { $0.id == id }) else { return "" }
        if !rule.enabled { return words.switchedOff(id) }
        var asked = line
        asked.rule = id
        guard let entry = nearest(asked, outcome) else {
            return words.nothingDue(
                id, line.record?.description, comparison.text(Instant(seconds: test.ends.seconds)))
        }
        let said = words.decision(entry, at: comparison.text(entry.scheduledAt))
        guard entry.outcome.rang else { return said }
        let steps = outcome.steps.filter { $0.firing == entry.firing && $0.state != .done }
        var rest = steps.map { words.step($0, at: comparison.text($0.dueAt)) }
        if rest.isEmpty {
            rest = [outcome.rings.contains { $0.firing == entry.firing } ? words.rangElsewhere : words.silentSteps]
        }
        return ([said] + rest).joined(separator: words.semicolon)
    }
}
