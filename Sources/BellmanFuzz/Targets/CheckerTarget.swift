import CEL
import SourceDiagnostics

enum CheckerTarget {
    static func run(_ text: String) throws(Violation) {
        try compile(text, in: Worlds.everything, expecting: nil)
        try compile(text, in: Worlds.tasks, expecting: .bool)
    }

    private static func compile(_ text: String, in environment: CELEnvironment, expecting: CELType?)
        throws(Violation)
    {
        let first = environment.compile(text, expecting: expecting)
        let rule = RangeRule(text)
        let views = CELIssueView.views(first.problems)
        try rule.demandInside(views)
        try demand((first.program == nil) != first.problems.isEmpty, "a program and problems, or neither")
        try demand(first.problems.count <= environment.limits.problems, "\(first.problems.count) problems")
        for (a, b) in zip(first.problems, first.problems.dropFirst()) {
            try demand(a.range.start <= b.range.start, "problems out of order")
        }
        let second = environment.compile(text, expecting: expecting)
        try demand(CELIssueView.views(second.problems) == views, "two checks differ")
        try demand(second.program?.resultType == first.program?.resultType, "two checks differ in type")
        guard let program = first.program else { return }
        for read in program.reads {
            switch read {
            case .variable(_, let range), .field(_, _, let range): try rule.demandInside(range, "read")
            }
        }
        for comparison in program.constantComparisons { try rule.demandInside(comparison.range, "comparison") }
        // What the checker took must not be refused without it.
        try demand(environment.compileUnchecked(text).program != nil, "only the checker takes it")
    }
}
