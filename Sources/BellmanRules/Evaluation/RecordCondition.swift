import BellmanModel
import CEL
import SourceDiagnostics

/// An expression of type bool over the record of one kind, written outside a rule file (a silence).
public struct RecordCondition: Sendable {
    public let expression: Expression

    /// Throws what is wrong with the text, each with its place.
    public init(kind: String, source: String, language: RuleLanguage) throws(RecordConditionProblem) {
        let file = SourceFile(name: "if", text: source)
        guard language.schema.kind(kind) != nil else { throw RecordConditionProblem(diagnostics: []) }
        let environment = language.environment(RuleScopeShape(kind: kind))
        let compilation = environment.compile(source, expecting: .bool)
        guard let program = compilation.program else {
            throw RecordConditionProblem(
                diagnostics: compilation.problems.map {
                    Diagnostic(fact: RuleRemedy.explained($0.problem, language.schema), file: file, range: $0.range)
                })
        }
        expression = Expression(program: program, environment: environment, language: language)
    }
}

public struct RecordConditionProblem: Error, Sendable {
    public let diagnostics: [Diagnostic]
}

extension Rule {
    /// A condition over the kinds that the rule was compiled with.
    public func recordCondition(kind: String, source: String) throws(RecordConditionProblem) -> RecordCondition {
        try RecordCondition(kind: kind, source: source, language: language)
    }
}
