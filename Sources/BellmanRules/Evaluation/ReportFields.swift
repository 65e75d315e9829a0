import Almanac
import BellmanModel
import CEL
import SourceDiagnostics

/// A field of a record by its name, or by a path through references.
struct FieldOfRecord {
    private let path: [String]

    init(_ text: String) { path = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init) }

    func title(_ world: RecordWorld) -> String {
        FieldTitles.title(path: path, isChinese: world.presentation.language == .zh)
    }

    /// The value with the type that its kind gives it.
    func value(_ record: CELValue, _ world: RecordWorld) throws(CELFailure) -> (CELValue, FieldType?) {
        var value = record
        var type: FieldType?
        for name in path {
            if value.isNull { return (.null, nil) }
            guard let object = value.objectValue else {
                throw CELFailure(.noSuchOverload(function: "table", arguments: [value.typeName]))
            }
            guard let next = object.member(name) else { throw CELFailure(.noSuchField(name)) }
            type = world.schema.field(name, of: object.typeName)?.type
            value = next
        }
        return (value, type)
    }

    /// On one line; shares as people say them.
    func text(_ record: CELValue, _ world: RecordWorld) throws(CELFailure) -> String {
        let (value, type) = try value(record, world)
        if type == .share, let share = value.doubleValue { return ValueText.percent(share) }
        return RuleEvaluator.oneLine(ValueText(world).text(value))
    }
}

/// Field names that are written out are looked up when the rule is loaded.
enum ReportCheck {
    static let noFields = CELHostProblem(
        code: "no_fields_named", english: "table wants at least one field", chinese: "table 至少要有一个字段",
        englishHelp: "such as table(records, [\"title\", \"due\"])",
        chineseHelp: "例如 table(records, [\"title\", \"due\"])")

    static let table: CELFunction.LiteralCheck = { arguments, types in
        guard arguments.count == 2, let kind = kind(arguments[0]) else { return notRecords("table", arguments) }
        guard let fields = arguments[1].elements else { return [] }
        if fields.isEmpty { return [(.host(noFields), arguments[1].range)] }
        return fields.compactMap { unknown($0, kind, types) }
    }

    static let bars: CELFunction.LiteralCheck = { arguments, types in
        guard arguments.count == 3, let kind = kind(arguments[0]) else { return notRecords("bar_chart", arguments) }
        let wrong = arguments[1...2].compactMap { unknown($0, kind, types) }
        if !wrong.isEmpty { return wrong }
        guard let text = arguments[2].text, let type = typeOf(text, kind, types)?.withoutNull,
            ![.int, .double, .dyn, HostType.money].contains(type)
        else { return [] }
        let problem = CELHostProblem(
            code: "not_a_number", english: "\(kind).\(text) is \(type); a bar needs a number",
            chinese: "\(kind).\(text) 是 \(type)，条形图要用数字")
        return [(.host(problem), arguments[2].range)]
    }

    private static func kind(_ argument: CELArgument) -> String? {
        guard case .list(let element) = argument.type.withoutNull, case .object(let kind) = element.withoutNull else {
            return nil
        }
        return kind
    }

    /// Nothing to say where the type is not known.
    private static func notRecords(_ name: String, _ arguments: [CELArgument]) -> [(CELProblem, SourceRange)] {
        guard let first = arguments.first, case .list(let element) = first.type.withoutNull,
            ![.dyn, .error].contains(element.withoutNull)
        else { return [] }
        if case .param = element.withoutNull { return [] }
        let problem = CELHostProblem(
            code: "records_wanted", english: "\(name) wants a list of records, this is \(first.type)",
            chinese: "\(name) 要用记录的列表，这里是 \(first.type)")
        return [(.host(problem), first.range)]
    }

    private static func unknown(
        _ argument: CELArgument, _ kind: String, _ types: any CELTypeProvider
    ) -> (CELProblem, SourceRange)? {
        guard let text = argument.text else { return nil }
        var kind = kind
        let names = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        for (index, name) in names.enumerated() {
            guard let type = types.fieldType(object: kind, field: name) else {
                let near = nearest(name, among: types.fieldNames(object: kind))
                return (.undefinedField(object: kind, field: name, near: near), argument.range)
            }
            guard case .object(let next) = type.withoutNull else {
                return index == names.count - 1 ? nil : (.noFields(type: type.description, field: text), argument.range)
            }
            kind = next
        }
        return nil
    }

    private static func typeOf(_ path: String, _ kind: String, _ types: any CELTypeProvider) -> CELType? {
        var kind = kind
        var found: CELType?
        for name in path.split(separator: ".").map(String.init) {
            found = types.fieldType(object: kind, field: name)
            if case .object(let next)? = found?.withoutNull { kind = next }
        }
        return found
    }
}
