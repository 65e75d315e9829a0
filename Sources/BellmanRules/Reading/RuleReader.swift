import Almanac
import BellmanModel
import CEL
import SourceDiagnostics

/// Reads one rule.
struct RuleReader {
    let file: RuleFileReader
    let sink: ProblemSink

    init(_ file: RuleFileReader, _ sink: ProblemSink) {
        self.file = file
        self.sink = sink
    }

    static let keys = [
        "id", "title", "when", "if", "unless", "then", "enabled", "urgent", "timezone", "calendar", "at", "limit",
        "repeat", "until", "catch_up", "arriving_late", "existing", "select", "where", "group", "tags", "was",
    ]
    static let stepsLimit = 100

    func read(_ node: YAMLNode) -> Rule? {
        let before = sink.problems.count
        guard let map = MappingReader(node, owner: "rule", known: RuleReader.keys, sink: sink) else { return nil }
        let id = identifier(map)
        if let was = map.scalarNode("was"), let text = was.scalar?.text {
            if text == id { sink.report(.wasItself(text), was.range) } else { _ = checked(text, was) }
        }
        let timing = timing(map)
        let gathering = GatheringReader(file: file, sink: sink).read(map, isTimeless: RuleReader.asksAlways(map))
        let triggers = TriggerReader(file: file, timing: timing, gathering: gathering, sink: sink).read(map)
        var shape = gathering?.shape ?? RuleScopeShape(kind: triggers?.kind)
        shape.isEdge = triggers?.list.contains(where: \.isEdge) ?? false
        shape.isMoment = triggers?.list.contains { if case .moment = $0 { true } else { false } } ?? false
        // Where the trigger is wrong, its kind still tells what the rest of the rule may name.
        if triggers == nil, gathering == nil, let kind = meantKind(map) {
            shape.kind = kind
            shape.isEdge = true
            shape.isMoment = true
        }
        let environment = file.language.environment(shape)
        let text = TextReader(
            language: file.language, environment: environment, sink: sink, words: file.defaults.language)
        // Without a known kind every expression would report it again; the trigger's own problem is enough.
        let readable = (triggers != nil || shape.kind != nil) && (gathering != nil || !map.has("select"))
        let condition = readable ? text.condition(map.value("if")) : nil
        let exclusion = readable ? text.condition(map.value("unless")) : nil
        let steps = readable ? steps(map, text, kind: gathering == nil ? triggers?.kind ?? shape.kind : nil) : []
        let options = options(map)
        let repetition = repetition(map)
        let until = until(map, triggers, readable ? text : nil)
        guard let id, let triggers, !hasNewErrors(since: before) else { return nil }
        return Rule(
            id: id, title: map.scalar("title")?.text ?? id, was: map.scalar("was")?.text, enabled: options.enabled,
            urgent: options.urgent, tags: tags(map), kind: triggers.kind, timing: timing, triggers: triggers.list,
            gathering: gathering?.gathering, condition: condition, exclusion: exclusion, limit: options.limit,
            repetition: repetition, until: until, catchUp: options.catchUp,
            arrivingLate: options.arrivingLate, existing: options.existing, steps: steps,
            place: RulePlace(file: sink.file.name, line: sink.file.line(at: node.range.start)),
            content: node.canonical,
            language: file.language, environment: environment)
    }

    /// The first kind of record that `when` names.
    private func meantKind(_ map: MappingReader) -> String? {
        let items = map.peek("when").map { $0.items ?? [$0] } ?? []
        for pair in items.flatMap({ $0.pairs ?? [] }) where TriggerReader.forms.contains(pair.key.scalar?.text ?? "") {
            let word = (pair.value.scalar?.text ?? "").prefix { $0.isLetter || $0.isNumber || $0 == "_" }
            if file.language.schema.kind(String(word)) != nil { return String(word) }
        }
        return nil
    }

    /// Whether one of the triggers is `while`.
    private static func asksAlways(_ map: MappingReader) -> Bool {
        guard let node = map.peek("when") else { return false }
        return (node.items ?? [node]).contains { item in
            item.pairs?.contains { $0.key.scalar?.text == "while" } ?? false
        }
    }

    private func repetition(_ map: MappingReader) -> Repetition? {
        guard let node = map.value("repeat"),
            let own = MappingReader(node, owner: "repeat", known: ["every", "times"], sink: sink)
        else { return nil }
        let every = own.required("every").flatMap { node in
            own.text(node, key: "every").flatMap { PeriodReader.positive($0.text, node, sink) }
        }
        let times = own.required("times") == nil ? nil : TriggerReader.times(own, sink)
        guard let every, let times else { return nil }
        return Repetition(every: every, times: times)
    }

    private func until(_ map: MappingReader, _ triggers: TriggerReader.Reading?, _ text: TextReader?) -> Expression? {
        guard map.has("until") else { return nil }
        let repeats = map.has("repeat") || triggers?.isRepeated == true
        if !repeats, triggers != nil {
            sink.report(.goesWith("until", ["repeat", "after … every"]), map.keyRange("until"))
        }
        return text?.condition(map.value("until"))
    }

    private func hasNewErrors(since count: Int) -> Bool {
        sink.problems[count...].contains { $0.severity == .error }
    }

    private func identifier(_ map: MappingReader) -> String? {
        guard let node = map.required("id"), let scalar = map.text(node, key: "id") else { return nil }
        return checked(scalar.text, node)
    }

    private func checked(_ text: String, _ node: YAMLNode) -> String? {
        let bytes = Array(text.utf8)
        let isGood = bytes.enumerated().allSatisfy { index, byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || (index > 0 && byte == UInt8(ascii: "-"))
        }
        guard isGood, !bytes.isEmpty else {
            sink.report(.badIdentifier(text), node.range)
            return nil
        }
        return text
    }

    private func timing(_ map: MappingReader) -> RuleTiming {
        var zone = file.defaults.timing.zone
        var calendar = file.defaults.timing.calendar
        var at = file.defaults.timing.at
        if let node = map.scalarNode("timezone"), let name = node.scalar?.text {
            if let found = try? Zone.named(name) {
                zone = found
            } else {
                sink.report(.badZone(name, nearest: Zone.nearestName(to: name)), node.range)
            }
        }
        if let node = map.value("calendar"), let found = file.defaults.calendar(node, sink) { calendar = found }
        if let node = map.scalarNode("at"), let text = node.scalar?.text {
            if let found = LocalTime(text) { at = found } else { sink.report(.badTime(text), node.range) }
        }
        return RuleTiming(zone: zone, calendar: calendar, at: at)
    }

    private struct Options {
        var enabled = true
        var urgent = false
        var limit: RateLimit?
        var catchUp = CatchUp.lateOnce
        var arrivingLate = ArrivingLate.once
        var existing = Existing.skip
    }

    private func options(_ map: MappingReader) -> Options {
        var options = Options()
        options.enabled = map.bool("enabled") ?? true
        options.urgent = map.bool("urgent") ?? false
        options.limit = limit(map)
        options.catchUp = map.choice("catch_up", CatchUp.self) ?? .lateOnce
        options.arrivingLate = map.choice("arriving_late", ArrivingLate.self) ?? .once
        options.existing = map.choice("existing", Existing.self) ?? .skip
        return options
    }

    /// `1 per 7 days`, `每 7 天 1 次` is not a form of the contract.
    private func limit(_ map: MappingReader) -> RateLimit? {
        guard let node = map.scalarNode("limit"), let text = node.scalar?.text else { return nil }
        let words = text.split(separator: " ", maxSplits: 2).map(String.init)
        guard words.count == 3, words[1] == "per", let count = Int(words[0]), count > 0 else {
            sink.report(.badLimit(text), node.range)
            return nil
        }
        // `1 per day` means one day.
        let window = words[2].first?.isNumber == true || words[2].hasPrefix("P") ? words[2] : "1 \(words[2])"
        do {
            let period = try Period.parse(window)
            guard !period.isNegative, !period.isZero else {
                sink.report(.periodNotPositive(window), node.range)
                return nil
            }
            return RateLimit(count: count, window: period)
        } catch {
            sink.report(.badLimit(text), node.range)
            return nil
        }
    }

    private func tags(_ map: MappingReader) -> [String] {
        (map.list("tags") ?? []).compactMap { map.text($0, key: "tags")?.text }
    }

    private func steps(_ map: MappingReader, _ text: TextReader, kind: String?) -> [Step] {
        guard let node = map.required("then") else { return [] }
        let nodes = node.items ?? [node]
        guard nodes.count <= RuleReader.stepsLimit else {
            sink.report(.tooMany("then", limit: RuleReader.stepsLimit), node.range)
            return []
        }
        if nodes.isEmpty { sink.report(.emptyValue("then"), map.keyRange("then")) }
        let reader = StepReader(file: file, text: text, kind: kind, sink: sink)
        return nodes.enumerated().compactMap { reader.read($1, number: $0) }
    }
}
