import BellmanModel
import SourceDiagnostics

/// Reads `at_end`: records that must be there when the story is over.
struct EndRecordReader {
    let cast: TestCast
    let sink: ProblemSink

    func read(_ map: MappingReader) -> [RuleTest.EndRecord] {
        guard let node = map.value("at_end"),
            let kinds = MappingReader(node, owner: "at_end", known: cast.schema.kindNames, sink: sink)
        else { return [] }
        return kinds.order.flatMap { name -> [RuleTest.EndRecord] in
            guard let kind = cast.schema.kind(name), let value = kinds.value(name) else { return [] }
            return (value.items ?? [value]).compactMap { record($0, kind) }
        }
    }

    private func record(_ node: YAMLNode, _ kind: KindDefinition) -> RuleTest.EndRecord? {
        let keys = ["id"] + TestCast.keys(kind, isGiven: false)
        guard let map = MappingReader(node, owner: kind.name, known: keys, sink: sink) else { return nil }
        if map.order.isEmpty, map.strangers.isEmpty {
            sink.report(RuleTestProblem.emptyExpectation, node.range)
            return nil
        }
        var links: [TestCast.Link] = []
        let values = cast.fields(map, kind, &links)
        for link in links { cast.check(link) }
        let fields = map.order.compactMap { name in values[name].map { (name: name, value: $0) } }
        return RuleTest.EndRecord(
            place: RulePlace(file: sink.file.name, line: sink.file.line(at: node.range.start)), kind: kind.name,
            id: map.has("id") ? map.scalar("id")?.text : nil, fields: fields)
    }
}
