import BellmanModel
import CEL
import SourceDiagnostics

/// What would mend an expression whose types do not fit, in the words of record kinds and dates.
enum RuleRemedy: Sendable, Equatable {
    case dateText
    case dateNumber
    case dayCount
    case movedDate
    case moneyText
    case moneyOnly
    case recordText(kind: String, field: String)
    case elementOf
    case bareTruth
    case bareNumber

    /// `schema` tells kinds of record from other types.
    init?(_ problem: CELProblem, _ schema: Schema) {
        guard case .cannotApply(let sign, let left, let right) = problem else { return nil }
        let both: Set = [left, right]
        let remedy: RuleRemedy? =
            ["+", "-"].contains(sign) ? RuleRemedy.sum(both) : RuleRemedy.comparison(both, schema)
        guard let remedy else { return nil }
        self = remedy
    }

    /// The problem, with a remedy of rules where there is one.
    static func explained(_ problem: CELProblem, _ schema: Schema) -> any DiagnosticFact {
        RuleRemedy(problem, schema).map { RemediedProblem(problem: problem, remedy: $0) } ?? problem
    }

    private static let dates: Set = ["date", "when", "timestamp"]
    private static let numbers: Set = ["int", "uint", "double"]

    private static func sum(_ both: Set<String>) -> RuleRemedy? {
        if !both.isDisjoint(with: dates), !both.isDisjoint(with: numbers.union(["string"])) { return .movedDate }
        return nil
    }

    private static func comparison(_ both: Set<String>, _ schema: Schema) -> RuleRemedy? {
        if !both.isDisjoint(with: dates) {
            if both.contains("string") { return .dateText }
            if !both.isDisjoint(with: numbers) { return .dateNumber }
        }
        if both.contains("duration") || both.contains("period"), !both.isDisjoint(with: numbers) { return .dayCount }
        if both.contains("money") { return both.contains("string") ? .moneyText : .moneyOnly }
        if both.contains("string"), let name = both.sorted().first(where: { schema.kind($0) != nil }) {
            return .recordText(kind: name, field: schema.kind(name)?.titleField ?? "id")
        }
        if both.contains(where: { $0.hasPrefix("list(") }) { return .elementOf }
        if both.contains("string") {
            if both.contains("bool") { return .bareTruth }
            if !both.isDisjoint(with: numbers) { return .bareNumber }
        }
        return nil
    }
}

/// A problem of the expression language with the remedy that rules know.
struct RemediedProblem: DiagnosticFact {
    let problem: CELProblem
    let remedy: RuleRemedy

    var severity: Severity { problem.severity }
    var code: String { problem.code }
    func message(_ language: Language) -> String { problem.message(language) }
    func help(_ language: Language) -> String? { language == .zh ? remedy.chinese : remedy.english }
}
