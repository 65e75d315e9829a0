import BellmanFuzz
import Foundation
import Testing

/// Every input that once broke something, by target: adding a test is adding a file.
@Suite struct CrasherTests {
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    struct Case: Sendable, CustomTestStringConvertible {
        let target: FuzzTarget
        let name: String
        var testDescription: String { "\(target.rawValue)/\(name)" }
    }

    static let cases: [Case] = FuzzTarget.allCases.flatMap { target in
        let folder = Corpus.crashers(root, target)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
        return names.sorted().map { Case(target: target, name: $0) }
    }

    @Test func thereAreSome() { #expect(CrasherTests.cases.count >= 30) }

    @Test(arguments: cases) func breaksNothingAnyMore(_ one: Case) throws {
        let file = Corpus.crashers(CrasherTests.root, one.target).appending(path: one.name)
        let input = try [UInt8](Data(contentsOf: file))
        #expect(one.target.violation(input) == nil)
    }
}
