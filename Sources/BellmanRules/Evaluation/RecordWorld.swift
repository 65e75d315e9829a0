import Almanac
import BellmanModel
import CEL

/// What every record object of one evaluation shares: schema, snapshot, rule timing, and the instant.
final class RecordWorld: CELContext, @unchecked Sendable {
    let schema: Schema
    let source: any RecordSource
    let timing: RuleTiming
    let presentation: Presentation
    let now: Instant
    let derivations: Derivations

    /// Elements of one list that an expression may see.
    static let listLimit = 100_000

    init(
        schema: Schema, source: any RecordSource, timing: RuleTiming, presentation: Presentation, now: Instant,
        derivations: Derivations
    ) {
        self.schema = schema
        self.source = source
        self.timing = timing
        self.presentation = presentation
        self.now = now
        self.derivations = derivations
        super.init()
    }

    var today: CivilDate { timing.zone.date(now) }

    /// The record that a reference's text leads to; `nil` when it leads nowhere.
    func object(_ text: String, kind: String) -> CELValue? {
        guard let id = source.resolve(text, kind: kind),
            let record = source.record(RecordRef(kind: kind, id: id))
        else { return nil }
        return .object(RecordObject(record, self))
    }

    func members(of list: ReverseList, target: RecordRef) -> [CELValue] {
        source.referrers(kind: list.sourceKind, field: list.sourceField, target: target)
            .prefix(RecordWorld.listLimit)
            .compactMap { source.record(RecordRef(kind: list.sourceKind, id: $0)) }
            .map { .object(RecordObject($0, self)) }
    }

    func derived(_ name: String, of object: RecordObject) -> CELValue {
        derivations.value(name, of: object, in: self)
    }
}
