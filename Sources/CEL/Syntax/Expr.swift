import SourceDiagnostics

/// A node of the syntax tree; `id` indexes what the checker finds out.
struct Expr: Sendable {
    let id: Int
    let range: SourceRange
    /// Levels below and including this one: bounds every recursive walk, releasing included.
    let depth: Int
    let kind: Kind

    indirect enum Kind: Sendable {
        case literal(CELValue)
        case identifier(String, isRooted: Bool)
        case select(Select)
        case call(Call)
        case and([Expr])
        case or([Expr])
        case conditional(Expr, Expr, Expr)
        case list([Expr], optional: Set<Int>)
        case map([Entry])
        case message(name: String)
        case comprehension(Comprehension)
        /// Names for values, then an expression: `cel.bind`, `cel.block`.
        case bind([(name: String, value: Expr)], body: Expr)
        /// What could not be read.
        case error
    }

    struct Select: Sendable {
        let operand: Expr
        let field: String
        let fieldRange: SourceRange
        var isOptional = false
        /// `has(operand.field)`
        var isTest = false
    }

    struct Call: Sendable {
        let name: String
        let target: Expr?
        let arguments: [Expr]
        /// Operator or function name: where an overload problem is shown.
        let nameRange: SourceRange
    }

    struct Entry: Sendable {
        let key: Expr
        let value: Expr
        let isOptional: Bool
    }

    struct Comprehension: Sendable {
        enum Form: Sendable {
            case all, exists, existsOne, map, filter, transformMap, transformMapEntry, optMap, optFlatMap
        }

        let form: Form
        let range: Expr
        let variable: String
        let second: String?
        /// The predicate of a transform's three-argument form.
        let filter: Expr?
        let body: Expr
    }

    /// `a.b.c` as a dotted name, when it is nothing but identifiers.
    var qualifiedName: (name: String, isRooted: Bool)? {
        switch kind {
        case .identifier(let name, let isRooted): return (name, isRooted)
        case .select(let select) where !select.isOptional && !select.isTest:
            guard let (name, isRooted) = select.operand.qualifiedName else { return nil }
            return (name + "." + select.field, isRooted)
        default: return nil
        }
    }
}
