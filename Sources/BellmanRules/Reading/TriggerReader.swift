import Almanac
import BellmanModel
import CEL
import SourceDiagnostics

/// Reads `when`: one trigger or a list of triggers of one record kind.
struct TriggerReader {
    let file: RuleFileReader
    let timing: RuleTiming
    /// What the rule gathers with `select`.
    var gathering: GatheringReader.Reading?
    let sink: ProblemSink

    static let forms = ["created", "deleted", "changes", "before", "after", "every", "cron", "rrule", "while"]
    static let companions: [String: [String]] = [
        "created": [], "deleted": [], "changes": ["from", "to"], "before": ["by", "at"],
        "after": ["by", "every", "times", "at"], "every": ["from", "at"], "cron": [], "rrule": ["from", "at"],
        "while": ["for", "fresh"],
    ]
    /// Triggers that `select` goes with: no record is in their scope.
    static let gathering = ["every", "cron", "rrule", "while"]
    /// Every key that may stand in `when`.
    static let words = forms + ["from", "to", "by", "times", "for", "fresh"]
    /// `after … every` without `times` stops after this many.
    static let timesDefault = 365
    static let timesLimit = 1_000
    static let triggersLimit = 20
    /// A date further away than this was never meant.
    static let monthsLimit = 1_200

    struct Reading {
        var kind: String?
        var list: [Trigger]
        /// One of them is `after … every`.
        var isRepeated = false
    }

    func read(_ rule: MappingReader) -> Reading? {
        guard let node = rule.required("when") else { return nil }
        let nodes = node.items ?? [node]
        guard nodes.count <= TriggerReader.triggersLimit else {
            sink.report(.tooMany("when", limit: TriggerReader.triggersLimit), node.range)
            return nil
        }
        var reading: Reading?
        var failed = nodes.isEmpty
        if nodes.isEmpty { sink.report(.noTrigger, node.range) }
        for item in nodes {
            guard let (kind, trigger) = trigger(item, outside: rule.strangers) else {
                failed = true
                continue
            }
            if let known = reading, known.kind != kind {
                sink.report(.triggersOfSeveralKinds([known.kind ?? "every", kind ?? "every"]), item.range)
                failed = true
            }
            reading = Reading(
                kind: reading?.kind ?? kind, list: (reading?.list ?? []) + [trigger],
                isRepeated: reading?.isRepeated == true || TriggerReader.isRepeated(item))
        }
        return failed ? nil : reading
    }

    private static func isRepeated(_ node: YAMLNode) -> Bool {
        let keys = node.pairs?.compactMap(\.key.scalar?.text) ?? []
        return keys.contains("after") && keys.contains("every")
    }

    private func trigger(_ node: YAMLNode, outside: Set<String>) -> (String?, Trigger)? {
        guard let map = MappingReader(node, owner: "when", known: TriggerReader.words + ["at"], sink: sink) else {
            return nil
        }
        map.excuse(outside)
        // In `after … every` the `every` is a companion, not a trigger of its own.
        let forms = map.order.filter { TriggerReader.forms.contains($0) && !($0 == "every" && map.has("after")) }
        guard let form = forms.first else {
            if map.strangers.isEmpty, outside.isEmpty { sink.report(.noTrigger, node.range) }
            return nil
        }
        guard forms.count == 1 else {
            sink.report(.severalTriggersInOne(forms), map.keyRange(forms[1]))
            return nil
        }
        for key in map.order where key != form && !(TriggerReader.companions[form] ?? []).contains(key) {
            sink.report(.strayTriggerKey(key, trigger: form), map.keyRange(key))
        }
        if gathering != nil, !TriggerReader.gathering.contains(form) {
            sink.report(.gathersNothing(form), map.keyRange(form))
            return nil
        }
        switch form {
        case "created": return edge(map, form).map { ($0, .created) }
        case "deleted": return edge(map, form).map { ($0, .deleted) }
        case "changes": return changes(map)
        case "before", "after": return moment(map, form)
        case "every", "cron", "rrule": return schedule(map, form).map { (nil, .schedule($0)) }
        default: return LevelReader(file: file, gathering: gathering, sink: sink).read(map)
        }
    }

    // MARK: edges

    private func edge(_ map: MappingReader, _ form: String) -> String? {
        guard let node = map.scalarNode(form), let name = node.scalar?.text else { return nil }
        return kind(name, SourceRange(node.range.start, node.range.end))
    }

    private func kind(_ name: String, _ range: SourceRange) -> String? {
        if file.language.schema.kind(name) != nil { return name }
        sink.report(.unknownKind(name, nearest: nearest(name, among: file.language.schema.kindNames)), range)
        return nil
    }

    private func changes(_ map: MappingReader) -> (String?, Trigger)? {
        guard let node = map.scalarNode("changes"), let scalar = node.scalar else { return nil }
        guard let dot = scalar.text.firstIndex(of: ".") else {
            return kind(scalar.text, node.range).map { ($0, .changes(ChangeTrigger(field: nil, from: [], to: []))) }
        }
        guard let path = path(node), let definition = stored(path, node) else { return nil }
        _ = dot
        return (
            path.kind,
            .changes(
                ChangeTrigger(
                    field: path.field, from: literals(map, "from", path.kind, definition),
                    to: literals(map, "to", path.kind, definition)))
        )
    }

    private func literals(
        _ map: MappingReader, _ key: String, _ kind: String, _ definition: FieldDefinition
    ) -> [FieldValue] {
        let nodes = map.list(key) ?? []
        let words = nodes.compactMap { $0.scalar?.text }
        return nodes.compactMap { node -> FieldValue? in
            guard let scalar = map.text(node, key: key) else { return nil }
            sink.note(scalar.text, kind: kind, field: definition.name, beside: words, node.range)
            do throws(FieldProblem) {
                return try FieldParser(zone: timing.zone).value(scalar.text, as: definition.type)
            } catch {
                sink.report(
                    .badValue(field: definition.name, message: error.words(.en), messageZH: error.words(.zh)),
                    node.range)
                return nil
            }
        }
    }

    // MARK: paths

    struct Path {
        let kind: String
        let field: String
        let kindRange: SourceRange
        let fieldRange: SourceRange
    }

    /// `kind.field` of the record itself.
    private func path(_ node: YAMLNode) -> Path? {
        guard let scalar = node.scalar else { return nil }
        let parts = scalar.text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        let kindLength = parts[0].utf8.count
        let kindRange = scalar.fileRange(SourceRange(0, kindLength))
        guard kind(parts[0], kindRange) != nil else { return nil }
        guard parts.count == 2 else {
            sink.report(parts.count > 2 ? throughReference(parts) : .wantedFieldOf(parts[0]), node.range)
            return nil
        }
        return Path(
            kind: parts[0], field: parts[1], kindRange: kindRange,
            fieldRange: scalar.fileRange(SourceRange(kindLength + 1, scalar.text.utf8.count)))
    }

    /// `task.project.due`: the kind that the reference leads to has a trigger of its own.
    private func throughReference(_ parts: [String]) -> RuleProblem {
        let text = parts.joined(separator: ".")
        let schema = file.language.schema
        var kind = parts[0]
        for part in parts.dropFirst().dropLast() {
            guard let next = schema.field(part, of: kind)?.type.referencedKind else {
                return .throughReference(text, kind: parts[0], meant: nil)
            }
            kind = next
        }
        let dates = schema.kind(kind).map { file.language.momentFields(of: $0) } ?? []
        let last = parts[parts.count - 1]
        let fields = dates.contains(last) ? [last] : nearest(last, among: dates).map { [$0] } ?? dates
        let meant = fields.map { "\(kind).\($0)" }.joined(separator: " / ")
        return .throughReference(text, kind: parts[0], meant: meant.isEmpty ? nil : meant)
    }

    private func definition(_ path: Path) -> FieldDefinition? {
        if let found = file.language.schema.field(path.field, of: path.kind) { return found }
        let names = file.language.schema.kind(path.kind)?.fields.map(\.name) ?? []
        let near = FieldTitles.field(path.field, among: names) ?? nearest(path.field, among: names)
        sink.report(.unknownField(path.field, kind: path.kind, nearest: near), path.fieldRange)
        return nil
    }

    private func stored(_ path: Path, _ node: YAMLNode) -> FieldDefinition? {
        guard let found = definition(path) else { return nil }
        if case .derived = found.type {
            sink.report(.derivedField("\(path.kind).\(path.field)"), path.fieldRange)
            return nil
        }
        return found
    }

    // MARK: dates

    private func moment(_ map: MappingReader, _ form: String) -> (String?, Trigger)? {
        guard let node = map.scalarNode(form), let path = path(node), let definition = definition(path),
            isMoment(path, definition)
        else { return nil }
        if let at = map.scalarNode("at"), let text = at.scalar?.text, LocalTime(text) == nil {
            sink.report(.badTime(text), at.range)
        }
        guard let offsets = offsets(map, form, path, definition), !offsets.isEmpty else { return nil }
        let at = map.scalar("at").flatMap { LocalTime($0.text) }
        return (
            path.kind,
            .moment(
                MomentTrigger(
                    field: path.field, offsets: offsets, at: at, isChain: form == "after" && map.has("every")))
        )
    }

    private func isMoment(_ path: Path, _ definition: FieldDefinition) -> Bool {
        let language = file.language
        if definition.type.isMoment { return true }
        if case .derived = definition.type, language.isMomentType(path.kind, path.field) {
            if language.isOwn(path.kind, path.field) { return true }
            sink.report(.derivedDateNotOwn("\(path.kind).\(path.field)"), path.fieldRange)
            return false
        }
        let dates = language.schema.kind(path.kind).map { language.momentFields(of: $0) } ?? []
        sink.report(.notADate(field: path.field, kind: path.kind, dates: dates), path.fieldRange)
        return false
    }

    private func offsets(
        _ map: MappingReader, _ form: String, _ path: Path, _ definition: FieldDefinition
    ) -> [MomentTrigger.Offset]? {
        if form == "after", map.has("every") {
            if map.has("by") { sink.report(.excludeEachOther("by", "every"), map.keyRange("every")) }
            return repeated(map)
        }
        if form == "after", map.has("times") { sink.report(.timesWithoutEvery, map.keyRange("times")) }
        guard map.required("by") != nil, let nodes = map.list("by") else { return nil }
        let offsets = nodes.compactMap { offset($0, map, before: form == "before", path, definition) }
        guard offsets.count == nodes.count else { return nil }
        warnAboutRepeats(offsets, nodes)
        return offsets
    }

    /// `7 days` and `1 week` are one occurrence: the second can never ring.
    private func warnAboutRepeats(_ offsets: [MomentTrigger.Offset], _ nodes: [YAMLNode]) {
        var seen: Set<String> = []
        for (offset, node) in zip(offsets, nodes) {
            guard case .fixed(let period) = offset, !seen.insert(period.canonical).inserted else { continue }
            sink.report(.repeatedOffset(node.scalar?.text ?? ""), node.range)
        }
    }

    private func offset(
        _ node: YAMLNode, _ map: MappingReader, before: Bool, _ path: Path, _ definition: FieldDefinition
    ) -> MomentTrigger.Offset? {
        guard let scalar = map.text(node, key: "by") else { return nil }
        if scalar.text.hasPrefix("\(path.kind).") { return own(scalar, node, before: before, path) }
        guard let period = PeriodReader.read(scalar.text, node, sink) else { return nil }
        if period.isNegative {
            sink.report(.periodNotPositive(scalar.text), node.range)
            return nil
        }
        if period.months + period.days / 28 + period.workingDays / 20 > TriggerReader.monthsLimit
            || period.seconds > Int64(TriggerReader.monthsLimit) * 28 * 86_400
        {
            sink.report(.offsetTooLong(scalar.text, years: TriggerReader.monthsLimit / 12), node.range)
            return nil
        }
        if definition.type == .date, period.hasClockPart {
            sink.report(.hoursOnDate(field: path.field, at: timing.at.description), node.range)
        }
        return .fixed(before ? period.negated : period)
    }

    private func own(_ scalar: YAMLScalar, _ node: YAMLNode, before: Bool, _ path: Path) -> MomentTrigger.Offset? {
        let field = String(scalar.text.dropFirst(path.kind.count + 1))
        guard let definition = file.language.schema.field(field, of: path.kind) else {
            let names = file.language.schema.kind(path.kind)?.fields.map(\.name) ?? []
            sink.report(.unknownField(field, kind: path.kind, nearest: nearest(field, among: names)), node.range)
            return nil
        }
        guard definition.type == .duration else {
            sink.report(.notADuration(field: field, kind: path.kind), node.range)
            return nil
        }
        return .own(
            field: field, before: before, indexField: KindDefinition.shiftedMoment(path.field, field, before: before))
    }

    /// `after: x`, `every: 1 day`, `times: 14` is the list 1 day … 14 days.
    private func repeated(_ map: MappingReader) -> [MomentTrigger.Offset]? {
        guard let node = map.scalarNode("every"), let text = node.scalar?.text,
            let step = PeriodReader.positive(text, node, sink)
        else { return nil }
        guard let times = map.has("times") ? TriggerReader.times(map, sink) : TriggerReader.timesDefault else {
            return nil
        }
        return (1...times).map { .fixed(step.times($0)) }
    }

    static func times(_ map: MappingReader, _ sink: ProblemSink) -> Int? {
        guard let node = map.scalarNode("times"), let text = node.scalar?.text else { return nil }
        guard let count = Int(text), count > 0 else {
            sink.report(.wantedNumber("times", found: text), node.range)
            return nil
        }
        guard count <= timesLimit else {
            sink.report(.tooMany("times", limit: timesLimit), node.range)
            return nil
        }
        return count
    }

    // MARK: schedules

    private func schedule(_ map: MappingReader, _ form: String) -> ScheduleTrigger? {
        if let list = map.peek(form), let texts = list.items?.compactMap({ $0.scalar.map(Slips.flowText) }),
            texts.count == list.items?.count, !texts.isEmpty
        {
            sink.report(.severalSchedules(form, texts), list.range)
            return nil
        }
        guard let node = map.scalarNode(form), let scalar = node.scalar else { return nil }
        var at = timing.at
        if let own = map.scalarNode("at"), let text = own.scalar?.text {
            guard let time = LocalTime(text) else {
                sink.report(.badTime(text), own.range)
                return nil
            }
            at = time
        }
        var from: CivilDate?
        if let start = map.scalarNode("from"), let text = start.scalar?.text {
            guard let date = CivilDate(iso: text) else {
                sink.report(.badDate(text), start.range)
                return nil
            }
            from = date
        }
        let own = map.has("at") ? at : nil
        guard let schedule = schedule(form, scalar, node, at: at, own: own, from: from) else { return nil }
        guard !schedule.neverRings(since: Instant(seconds: 1_704_067_200)) else {
            sink.report(.neverRings(scalar.text), node.range)
            return nil
        }
        if let skipped = schedule.skippedDay { sink.report(.skipsShortMonths(skipped), skippedRange(scalar, node)) }
        if let own, let reason = schedule.unused(own), let place = map.peek("at") {
            sink.report(.unusedTime(own, reason), place.range)
        }
        return ScheduleTrigger(schedule: schedule, canonical: "\(form) \(scalar.text)")
    }

    /// `own` is the time that stands beside the trigger, `at` also the rule's.
    private func schedule(
        _ form: String, _ scalar: YAMLScalar, _ node: YAMLNode, at: LocalTime, own: LocalTime?, from: CivilDate?
    ) -> Schedule? {
        switch form {
        case "rrule": return recurrence(scalar, node, at: at, own: own, from: from)
        case "cron":
            do { return Schedule(cron: try Cron(scalar.text), zone: timing.zone, from: from) } catch {
                sink.report(.badCron(error), node.range)
                return nil
            }
        default:
            return EveryReader.read(scalar, node, sink).map {
                Schedule(every: $0, zone: timing.zone, calendar: timing.calendar, at: at, from: from)
            }
        }
    }

    /// At `BYMONTHDAY` where a recurrence rule has it, else at the whole text.
    private func skippedRange(_ scalar: YAMLScalar, _ node: YAMLNode) -> SourceRange {
        guard let place = (try? RRule(scalar.text))?.place(of: .byMonthDay) else { return node.range }
        return EveryReader.fileRange(place, in: scalar, node)
    }

    private func recurrence(
        _ scalar: YAMLScalar, _ node: YAMLNode, at: LocalTime, own: LocalTime?, from: CivilDate?
    ) -> Schedule? {
        do throws(RRuleError) {
            let rule = try RRule(scalar.text)
            if let own, let clash = rule.clash(at: own) { throw clash }
            return try Schedule(rrule: rule, zone: timing.zone, at: at, from: from)
        } catch {
            sink.report(.badRecurrence(error), EveryReader.fileRange(error.range, in: scalar, node))
            return nil
        }
    }
}
