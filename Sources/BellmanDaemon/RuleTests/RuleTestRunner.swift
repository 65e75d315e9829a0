import Almanac
import BellmanDelivery
import BellmanModel
import BellmanRules
import SourceDiagnostics

/// Runs tests of rules: reads them, lives each in a Bellman of its own, and judges what came.
public struct RuleTestRunner: Sendable {
    private let workshop: Workshop
    private let language: AlmanacLanguage

    /// A test that was read, or that is wrong, with the rules it is about.
    private struct Prepared: Sendable {
        let reading: RuleTestReading
        let rules: [Rule]
    }

    public init(_ workshop: Workshop) {
        self.workshop = workshop
        language = workshop.configuration.language
    }

    /// - Parameters:
    ///   - paths: files and folders; empty for the configuration's rules folder.
    ///   - filter: part of a file's path, a test's name or a rule's id; letter case does not matter.
    ///   - jobs: tests at the same time.
    ///   - progress: how many are done, of how many; called on one task, in order.
    public func run(
        paths: [String], filter: String? = nil, jobs: Int, progress: (Int, Int) -> Void = { _, _ in }
    ) async -> RuleTestReport {
        // A calendar that the configuration names and nobody can read makes every date of a test doubtful.
        let doubts = workshop.remarks.filter { $0.severity == .error }
        var report = RuleTestReport(results: [], ruleProblems: doubts, unreadable: [])
        var prepared: [Prepared] = []
        for path in paths.isEmpty ? [workshop.rulesFolder.path] : paths { prepare(path, &prepared, &report) }
        if let filter { prepared = prepared.filter { matches($0, filter) } }
        report.results = await results(prepared, jobs: max(1, jobs), progress)
        return report
    }

    /// The stories of tests as they were lived, unjudged: what every notice of them looks like.
    func stories(paths: [String]) async throws -> [(test: RuleTest, outcome: TestStoryOutcome)] {
        var report = RuleTestReport(results: [], ruleProblems: [], unreadable: [])
        var prepared: [Prepared] = []
        for path in paths { prepare(path, &prepared, &report) }
        var lived: [(test: RuleTest, outcome: TestStoryOutcome)] = []
        for one in prepared {
            guard let test = one.reading.test else { continue }
            var world = try TestWorld(test, rules: one.rules, workshop: workshop)
            lived.append((test, try await world.run()))
        }
        return lived
    }

    // MARK: reading

    private func prepare(_ path: String, _ prepared: inout [Prepared], _ report: inout RuleTestReport) {
        let found = TestFiles.find([path])
        report.unreadable += found.troubles
        let named = TextFile.isFolder(path) ? path : nil
        var shelves: [String: RuleShelf] = [:]
        let known = Set(prepared.map { TestFiles.real($0.reading.place.file) })
        for file in found.files where !known.contains(TestFiles.real(file)) {
            let folder = TestFiles.folder(of: file)
            let isNew = shelves[folder] == nil
            let shelf = shelves[folder] ?? RuleShelf(workshop, named: named, beside: folder)
            shelves[folder] = shelf
            let standard = shelf.rules(RuleTestSettings(workshop.ruleReader.defaults))
            if isNew { note(shelf, standard.problems, &report) }
            read(file, shelf, RuleOutline(standard.rules), &prepared, &report)
        }
    }

    private func note(_ shelf: RuleShelf, _ problems: [Diagnostic], _ report: inout RuleTestReport) {
        var seen = Set(report.ruleProblems.map { "\($0.file.name):\($0.range.start):\($0.fact.code)" })
        report.ruleProblems += problems.filter {
            seen.insert("\($0.file.name):\($0.range.start):\($0.fact.code)").inserted
        }
        let paths = Set(report.unreadable.map(\.path))
        report.unreadable += shelf.unreadable.filter { !paths.contains($0.path) }
    }

    private func read(
        _ path: String, _ shelf: RuleShelf, _ outline: RuleOutline, _ prepared: inout [Prepared],
        _ report: inout RuleTestReport
    ) {
        switch TextFile.read(path, limit: YAMLReader.maximumSize * 16) {
        case .failure(let failure): report.unreadable.append((path, failure.text))
        case .success(let bytes):
            let reader = RuleTestFileReader(
                schema: workshop.language.schema, defaults: workshop.ruleReader.defaults,
                configured: Set(workshop.channels.channels.keys))
            let readings = reader.read(SourceFile(name: path, bytes: bytes), rules: outline)
            for reading in readings {
                var rules: [Rule] = []
                if let test = reading.test {
                    rules = shelf.rules(test.settings).rules
                    if let ids = test.rules { rules = rules.filter { ids.contains($0.id) } }
                }
                prepared.append(Prepared(reading: reading, rules: rules))
            }
        }
    }

    private func matches(_ prepared: Prepared, _ filter: String) -> Bool {
        let wanted = filter.lowercased()
        let words = [prepared.reading.name, prepared.reading.place.file] + (prepared.reading.test?.rules ?? [])
        return words.contains { $0.lowercased().contains(wanted) }
    }

    // MARK: running

    private func results(
        _ prepared: [Prepared], jobs: Int, _ progress: (Int, Int) -> Void
    ) async -> [RuleTestResult] {
        var results: [RuleTestResult?] = Array(repeating: nil, count: prepared.count)
        var done = 0
        await withTaskGroup(of: (Int, RuleTestResult).self) { group in
            var next = 0
            func start() {
                guard next < prepared.count else { return }
                let index = next
                next += 1
                group.addTask { (index, await result(prepared[index])) }
            }
            for _ in 0..<jobs { start() }
            while let (index, result) = await group.next() {
                results[index] = result
                done += 1
                progress(done, prepared.count)
                start()
            }
        }
        return results.compactMap { $0 }
    }

    private func result(_ prepared: Prepared) async -> RuleTestResult {
        let reading = prepared.reading
        let errors = reading.problems.filter { $0.severity == .error }
        let remarks = reading.problems.filter { $0.severity != .error }
        func made(_ state: RuleTestResult.State, _ troubles: [String] = [], seconds: Double = 0) -> RuleTestResult {
            RuleTestResult(
                name: reading.name, place: reading.place, state: state, remarks: remarks, troubles: troubles,
                seconds: seconds)
        }
        guard let test = reading.test else { return made(.wrong(errors)) }
        let clock = SystemClock()
        let start = clock.monotonicMicroseconds()
        do {
            var world = try TestWorld(test, rules: prepared.rules, workshop: workshop)
            let outcome = try await world.run()
            let differences = judge(test, prepared.rules, outcome).differences()
            let seconds = Double(clock.monotonicMicroseconds() - start) / 1_000_000
            return made(differences.isEmpty ? .passed : .failed(differences), outcome.troubles, seconds: seconds)
        } catch {
            let reason = RuleTestWording(language).failedToRun("\(error)")
            return made(.failed([TestDifference(kind: .tooLong, line: nil, rows: [], reason: reason)]))
        }
    }

    private func judge(_ test: RuleTest, _ rules: [Rule], _ outcome: TestStoryOutcome) -> TestJudge {
        let comparison = TestComparison(
            zone: test.settings.zone, language: language, channels: workshop.channels, standIns: workshop.standIns)
        let reasons = TestReasons(comparison: comparison, rules: rules, words: RuleTestWording(language))
        return TestJudge(test: test, outcome: outcome, comparison: comparison, reasons: reasons)
    }
}
