import Almanac
import BellmanModel

extension Plan {
    /// For programs: one object.
    public func json(_ language: AlmanacLanguage) -> JSONValue {
        func pairs(_ pairs: [PlanDifference.Pair]) -> JSONValue {
            .array(pairs.map { .fields([("old", $0.old.json), ("new", $0.new.json)]) })
        }
        func names(_ ids: [String]) -> JSONValue { .array(ids.map(JSONValue.string)) }
        return .fields([
            ("from", .string(new.from.iso)), ("through", .string(new.through.iso)),
            (
                "rules",
                .fields([
                    ("added", names(edits.added)), ("removed", names(edits.removed)), ("edited", names(edits.edited)),
                ])
            ),
            ("added", .array(difference.added.map(\.json))), ("cancelled", .array(difference.cancelled.map(\.json))),
            ("moved", pairs(difference.moved)), ("reworded", pairs(difference.reworded)),
            ("at_once", .array(difference.atOnce.map { .string($0.notice.id) })),
            ("unchanged", .int(Int64(difference.unchanged))), ("unforeseen", names(unseen.map(\.rule))),
            ("remarks", .array((new.gaps.map { $0.words(language) } + new.troubles).map(JSONValue.string))),
            ("complete", .bool(!new.isCut && !old.isCut)),
        ])
    }
}
