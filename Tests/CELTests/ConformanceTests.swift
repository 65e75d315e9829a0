import Testing

@testable import CEL

@Suite struct ConformanceTests {
    static let file = "cel/conformance.jsonl"
    /// Cases that must be met; raise it when more are, never lower it.
    static let floor = 1220

    struct Tally {
        var values = (met: 0, all: 0)
        var errors = (met: 0, all: 0)
        var checks = (met: 0, all: 0)
    }

    @Test(.enabled(if: SharedData.isThere(file), "the shared conformance data is not there"))
    func everyCaseWithoutProtobuf() {
        var tallies: [String: Tally] = [:]
        var met = 0
        var shortfalls: [String] = []
        for line in SharedData.text(Self.file).split(separator: "\n") {
            guard let test = ConformanceCase(line) else { continue }
            let shortfall = test.shortfall()
            let score = shortfall == nil ? 1 : 0
            met += score
            if let shortfall { shortfalls.append("\(test.id) | \(test.expression) | \(shortfall)") }
            if test.checkOnly {
                tallies[test.suite, default: Tally()].checks.met += score
                tallies[test.suite, default: Tally()].checks.all += 1
            } else if test.expectsError {
                tallies[test.suite, default: Tally()].errors.met += score
                tallies[test.suite, default: Tally()].errors.all += 1
            } else {
                tallies[test.suite, default: Tally()].values.met += score
                tallies[test.suite, default: Tally()].values.all += 1
            }
        }
        for (suite, tally) in tallies.sorted(by: { $0.key < $1.key }) {
            print("\(suite): values \(tally.values), errors \(tally.errors), checks \(tally.checks)")
        }
        for shortfall in shortfalls { print("not met:", shortfall) }
        #expect(met >= Self.floor, "\(met) met, \(shortfalls.count) not")
    }
}
