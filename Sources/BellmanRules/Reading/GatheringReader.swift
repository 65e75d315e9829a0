import BellmanModel
import CEL
import SourceDiagnostics

/// Reads `select`, `where`, `group`: which records a rule gathers, which of them count, and by what they are grouped.
struct GatheringReader {
    let file: RuleFileReader
    let sink: ProblemSink

    static let keys = ["select", "where", "group"]

    struct Reading {
        let kind: String
        let filter: Expression?
        let group: Expression?
        /// nil without `group`; the error type where it could not be read, so that one mistake is reported once.
        let groupType: CELType?

        var gathering: Gathering { Gathering(kind: kind, filter: filter, group: group) }

        /// What the rule's other expressions see instead of one record.
        var shape: RuleScopeShape {
            var shape = RuleScopeShape(kind: nil)
            shape.gathers = kind
            shape.groupType = groupType
            return shape
        }
    }

    /// `isTimeless`: the rule asks with `while`, whose `where` knows no time either.
    func read(_ map: MappingReader, isTimeless: Bool) -> Reading? {
        guard let node = map.scalarNode("select"), let name = node.scalar?.text else {
            for key in GatheringReader.keys.dropFirst() where map.has(key) && !map.has("select") {
                sink.report(.goesWith(key, ["select"]), map.keyRange(key))
            }
            return nil
        }
        guard file.language.schema.kind(name) != nil else {
            sink.report(.unknownKind(name, nearest: nearest(name, among: file.language.schema.kindNames)), node.range)
            return nil
        }
        var shape = RuleScopeShape(kind: name)
        shape.isTimeless = isTimeless
        var text = TextReader(language: file.language, environment: file.language.environment(shape), sink: sink)
        text.gathers = name
        let filter = text.condition(map.value("where"))
        if isTimeless, let filter { text.refuseTime(filter, in: map.value("where")) }
        if isTimeless { for key in ["where", "group"] { refuseLookups(map.peek(key)) } }
        let group = map.value("group").flatMap { text.expression($0) }
        if let group, let node = map.value("group"), !GatheringReader.groups(group.program.resultType) {
            sink.report(.notGroupable(found: group.program.resultType.description), node.range)
        }
        let type = map.has("group") ? group?.program.resultType ?? .error : nil
        return Reading(kind: name, filter: filter, group: group, groupType: type)
    }

    private func refuseLookups(_ node: YAMLNode?) {
        guard let scalar = node?.scalar else { return }
        for lookup in LevelReader.lookups(scalar.text) {
            sink.report(.lookupInLevel(lookup.word), scalar.fileRange(lookup.range))
        }
    }

    /// One value stands for one group; a list or a map names several.
    private static func groups(_ type: CELType) -> Bool {
        switch type.withoutNull {
        case .list, .map, .optional, .type: false
        default: true
        }
    }
}
