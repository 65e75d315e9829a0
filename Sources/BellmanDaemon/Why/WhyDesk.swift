import Almanac
import BellmanEngine
import BellmanModel
import BellmanRules
import BellmanServer
import BellmanStore
import SourceDiagnostics

/// Why something rang or did not, as people ask it: by texts. One way for the command and the API.
public struct WhyDesk {
    let engine: EngineService
    let store: any WhyStore
    let rules: [Rule]
    let schema: Schema
    let zone: Zone
    let now: Instant

    /// Records that a mistyped name is held against.
    private static let looked = 2_000
    private static let page = 500

    public init(
        engine: EngineService, store: any WhyStore, rules: [Rule], schema: Schema, zone: Zone, now: Instant
    ) {
        self.engine = engine
        self.store = store
        self.rules = rules
        self.schema = schema
        self.zone = zone
        self.now = now
    }

    /// Changes nothing. Throws `WhyProblem`, or what the storage throws.
    public func answer(rule id: String, record: String?, at: String?) throws -> WhyReport {
        guard let rule = rules.first(where: { $0.id == id }) else {
            throw WhyProblem.unknownRule(id, nearest: nearest(id, among: rules.map(\.id)))
        }
        var time: WhyTime?
        if let at {
            guard let found = WhyDesk.time(at, zone) else { throw WhyProblem.badTime(at) }
            time = found
        }
        guard let record, !record.isEmpty else {
            if let kind = rule.kind { throw WhyProblem.recordMissing(rule: id, kind: kind) }
            return try ask(WhyQuestion(rule: rule, record: nil, time: time, now: now))
        }
        if let ref = try reference(record, rule) {
            return try ask(WhyQuestion(rule: rule, record: ref, time: time, now: now))
        }
        guard try isGroup(record, rule) else {
            throw WhyProblem.unknownRecord(record, nearest: try nearestRecord(record, rule))
        }
        return try ask(WhyQuestion(rule: rule, record: nil, group: record, time: time, now: now))
    }

    private func ask(_ question: WhyQuestion) throws -> WhyReport { try engine.why(question, store: store) }

    /// A date means its day.
    static func time(_ text: String, _ zone: Zone) -> WhyTime? {
        if let day = CivilDate(iso: text) { return WhyTime(day, in: zone) }
        return ActTimes.moment(text, zone: zone, day: { $1.startOfDay($0) }).map { WhyTime($0, in: zone) }
    }

    // MARK: records

    /// `kind/id`, else an id, a name or a title where the rule has one kind. Records that are gone are known by the
    /// journal.
    private func reference(_ text: String, _ rule: Rule) throws -> RecordRef? {
        try store.read { view in
            if let ref = RecordRef(text), schema.kind(ref.kind) != nil {
                if try view.record(ref) != nil || !view.changes(of: ref, after: 0).isEmpty { return ref }
                if case .found(let id) = try view.resolve(ref.id, kind: ref.kind) {
                    return RecordRef(kind: ref.kind, id: id)
                }
            }
            for kind in kinds(rule) {
                switch try view.resolve(text, kind: kind) {
                case .found(let id): return RecordRef(kind: kind, id: id)
                case .ambiguous(let count): throw WhyProblem.ambiguous(text, kind: kind, count: count)
                case .nothing:
                    let ref = RecordRef(kind: kind, id: text)
                    if try !view.changes(of: ref, after: 0).isEmpty { return ref }
                }
            }
            return nil
        }
    }

    private func kinds(_ rule: Rule) -> [String] {
        [rule.kind, rule.gathering?.groupKind, rule.gathering?.kind].compactMap { $0 }
    }

    /// Groups of plain values have no records.
    private func isGroup(_ text: String, _ rule: Rule) throws -> Bool {
        guard rule.gathering?.group != nil else { return false }
        return try !store.ledger(rule: rule.id, subject: text, outcomes: [], limit: 1).isEmpty
    }

    private func nearestRecord(_ text: String, _ rule: Rule) throws -> String? {
        let given = RecordRef(text).flatMap { schema.kind($0.kind) == nil ? nil : $0 }
        guard let kind = given?.kind ?? kinds(rule).first else { return nil }
        let field = schema.kind(kind)?.titleField ?? "name"
        let names = try store.read { view in
            var names: [String: String] = [:]
            var after: String?
            while names.count < WhyDesk.looked {
                let ids = try view.identifiers(kind: kind, after: after, limit: WhyDesk.page)
                guard let last = ids.last else { break }
                for id in ids {
                    let ref = RecordRef(kind: kind, id: id)
                    names[id] = ref.description
                    if case .string(let name)? = try view.record(ref)?[field] { names[name] = ref.description }
                }
                after = last
            }
            return names
        }
        return nearest(given?.id ?? text, among: names.keys.sorted()).flatMap { names[$0] }
    }
}

/// Why a question cannot be answered.
public enum WhyProblem: Error, Sendable, Hashable {
    case unknownRule(String, nearest: String?)
    case unknownRecord(String, nearest: String?)
    case ambiguous(String, kind: String, count: Int)
    /// The rule is about records of that kind, and none was named.
    case recordMissing(rule: String, kind: String)
    case badTime(String)

    public func words(_ language: AlmanacLanguage) -> String { language.pick(en: english, zh: chinese) }

    private var english: String {
        func maybe(_ near: String?, _ other: String) -> String { near.map { "; did you mean \($0)?" } ?? "; " + other }
        switch self {
        case .unknownRule(let id, let near):
            return "there is no rule “\(id)”" + maybe(near, "rules: bellman rules list")
        case .unknownRecord(let text, let near):
            return "there is no record “\(text)”" + maybe(near, "write kind/id; records: bellman records list KIND")
        case .ambiguous(let text, let kind, let count):
            return "“\(text)” is the name of \(count) records of kind \(kind); write kind/id"
        case .recordMissing(let rule, let kind):
            return "\(rule) is about records of kind \(kind); name one: bellman why \(rule) \(kind)/ID"
        case .badTime(let text):
            return "“\(text)” is no time; write 2026-10-01, 2026-10-01T18:00 or 2026-10-01T18:00:00+08:00"
        }
    }

    private var chinese: String {
        func maybe(_ near: String?, _ other: String) -> String { near.map { "；是否指 \($0)？" } ?? "；" + other }
        switch self {
        case .unknownRule(let id, let near): return "没有规则“\(id)”" + maybe(near, "查看规则：bellman rules list")
        case .unknownRecord(let text, let near):
            return "没有记录“\(text)”" + maybe(near, "请写成 类别/编号；查看记录：bellman records list 类别")
        case .ambiguous(let text, let kind, let count): return "有 \(count) 条 \(kind) 记录叫“\(text)”；请写成 类别/编号"
        case .recordMissing(let rule, let kind):
            return "\(rule) 针对 \(kind) 记录；请写明其中一条：bellman why \(rule) \(kind)/编号"
        case .badTime(let text):
            return "“\(text)”不是时间；请写成 2026-10-01、2026-10-01T18:00 或 2026-10-01T18:00:00+08:00"
        }
    }
}

extension WhyProblem {
    /// As the API says it.
    func refusal(_ asked: WhyAsked, _ language: AlmanacLanguage) -> WhyRefusal {
        switch self {
        case .unknownRule, .unknownRecord: .unknown(words(language))
        case .ambiguous, .recordMissing:
            .bad(parameter: "record", value: asked.record ?? "", words: words(language))
        case .badTime(let text): .bad(parameter: "at", value: text, words: words(language))
        }
    }
}

extension Instance {
    /// The desk for commands: by the rules as they are in the folder, on the store beside a daemon that may be running.
    public func whyDesk() throws -> WhyDesk {
        let rules = try presentRules()
        return WhyDesk(
            engine: engine(asking: rules), store: store, rules: rules, schema: workshop.language.schema,
            zone: configuration.timing.zone, now: clock.now())
    }
}
