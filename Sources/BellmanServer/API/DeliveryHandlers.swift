import Almanac
import BellmanModel
import BellmanStore

/// The outbox: what waits, was sent, and died.
struct DeliveryHandlers: Sendable {
    let dependencies: ServerDependencies

    static let standardLimit = 100
    static let mostListed = 1000

    func list(_ call: Call) throws -> Reply {
        let limit = try call.limit(standard: DeliveryHandlers.standardLimit, most: DeliveryHandlers.mostListed)
        let items = try dependencies.outbox.items(
            state: try DeliveryHandlers.state(call), channel: call.head.query["channel"], limit: limit)
        let summary = try dependencies.outbox.summary()
        let counts = DeliveryState.allCases.map { ($0.rawValue, JSONValue.int(Int64(summary.counts[$0] ?? 0))) }
        return .json(
            .fields([
                ("counts", .fields(counts)),
                ("oldest_waiting", summary.oldestWaiting.map { .string($0.iso) } ?? .null),
                ("deliveries", .array(items.map { DeliveryHandlers.json($0) })),
            ]))
    }

    func get(_ call: Call) throws -> Reply {
        guard let item = try dependencies.outbox.item(id: call.parameters[0]) else {
            throw ServerFailure.noDelivery(call.parameters[0])
        }
        return .json(DeliveryHandlers.json(item, attempts: try dependencies.outbox.attempts(notice: item.notice.id)))
    }

    /// Sends the item again under the same id, so that receivers can tell it is the same.
    func resend(_ call: Call) throws -> Reply {
        let id = call.parameters[0]
        let isQueued = try dependencies.outbox.resend(id: id, now: dependencies.now())
        guard isQueued, let item = try dependencies.outbox.item(id: id) else { throw ServerFailure.noDelivery(id) }
        dependencies.nudge()
        return .json(DeliveryHandlers.json(item), status: 202)
    }

    static func state(_ call: Call) throws(ServerFailure) -> DeliveryState? {
        guard let word = call.head.query["state"], !word.isEmpty else { return nil }
        guard let state = DeliveryState(rawValue: word) else {
            let good = QueryWords.oneOf(DeliveryState.allCases.map(\.rawValue), call.language)
            throw .badQuery(name: "state", value: word, good: good)
        }
        return state
    }

    static func reason(_ reason: Reason) -> JSONValue {
        .fields([("code", .string(reason.code)), ("detail", .string(reason.detail))])
    }

    /// Addresses of recipients are left out: who may read notices need not know everybody's telephone number.
    static func json(_ item: OutboxItem, attempts: [Attempt]? = nil) -> JSONValue {
        let notice = item.notice
        let recipients = notice.recipients.map {
            JSONValue.fields([("id", .string($0.id)), ("name", .string($0.name))])
        }
        var pairs: [(String, JSONValue)] = [
            ("id", .string(notice.id)), ("state", .string(item.state.rawValue)), ("reason", reason(item.reason)),
            ("channel", .string(notice.channel)), ("rule", .string(notice.rule)), ("record", .string(notice.record)),
            ("firing", .string(notice.firing)), ("title", .string(notice.title)), ("text", .string(notice.plainText)),
            ("recipients", .array(recipients)), ("late", .bool(notice.late)), ("urgent", .bool(notice.urgent)),
            ("scheduled_at", .string(notice.scheduledAt.iso)), ("created_at", .string(item.createdAt.iso)),
            ("not_before", .string(item.notBefore.iso)), ("attempts", .int(Int64(item.attempts))),
            ("finished_at", item.finishedAt.map { .string($0.iso) } ?? .null),
        ]
        if let attempts { pairs.append(("tries", .array(attempts.map(attempt)))) }
        return .fields(pairs)
    }

    private static func attempt(_ attempt: Attempt) -> JSONValue {
        .fields([
            ("number", .int(Int64(attempt.number))), ("at", .string(attempt.at.iso)),
            ("verdict", .string(attempt.verdict)), ("answer", .string(attempt.answer)),
        ])
    }
}

extension Notice {
    /// The text with its authored marks as they were written.
    var plainText: String { text.map(\.words).joined() }
}
