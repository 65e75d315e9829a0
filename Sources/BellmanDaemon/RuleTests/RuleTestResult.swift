import BellmanModel
import BellmanRules
import SourceDiagnostics

/// What came of one test.
public struct RuleTestResult: Sendable {
    public enum State: Sendable {
        case passed
        case failed([TestDifference])
        /// The test cannot be run: its file is wrong.
        case wrong([Diagnostic])
    }

    public let name: String
    public let place: RulePlace
    public let state: State
    /// Warnings about the test itself.
    public let remarks: [Diagnostic]
    /// What went wrong in actions of rules, in words.
    public let troubles: [String]
    /// How long it took.
    public var seconds: Double

    public var hasPassed: Bool { if case .passed = state { true } else { false } }
}

/// One thing in which a story came otherwise than expected.
public struct TestDifference: Sendable, Hashable {
    public enum Kind: String, Sendable {
        /// A notice like it came, but not the same.
        case differs
        case missing
        case unexpected
        /// Somebody's act came to nothing.
        case undone
        /// The story itself could not be lived to its end.
        case tooLong = "too_long"
    }

    public struct Row: Sendable, Hashable {
        public let field: String
        /// Empty where nothing was expected (or nothing came).
        public let expected: String
        public let came: String
        public let differs: Bool
    }

    public let kind: Kind
    /// The line of `expect`; nil for what nobody expected.
    public let line: Int?
    public let rows: [Row]
    /// Why nothing came, in words; empty where that is not known.
    public let reason: String
}

/// What came of all tests.
public struct RuleTestReport: Sendable {
    public var results: [RuleTestResult]
    /// Broken rule files, each once.
    public var ruleProblems: [Diagnostic]
    /// Files and folders that could not be read.
    public var unreadable: [(path: String, why: String)]

    public var passed: Int { results.count(where: \.hasPassed) }
    public var failed: Int { results.count - passed }
    public var isWell: Bool { failed == 0 && ruleProblems.isEmpty && unreadable.isEmpty }
    /// What scripts read, the same in every language.
    public var summary: String { "\(passed) passed, \(failed) failed" }
}
