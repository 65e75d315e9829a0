import Almanac
import BellmanModel
import BellmanStore

/// Health, metrics, rules and the ledger of firings.
struct ReportHandlers: Sendable {
    let dependencies: ServerDependencies
    let requests: RequestMeter

    static let standardLimit = 100
    static let mostListed = 1000

    /// The process answers; says nothing else, as everybody may ask.
    func healthz(_ call: Call) -> Reply { .text("ok\n", type: "text/plain; charset=utf-8") }

    /// 200 when ready, else 503. The reasons are for callers who may read, so only the figure stands here.
    func readyz(_ call: Call) -> Reply {
        let ready = dependencies.health().ready
        return .text(ready ? "ready\n" : "not ready\n", type: "text/plain; charset=utf-8", status: ready ? 200 : 503)
    }

    func metrics(_ call: Call) -> Reply {
        .text(
            MetricsText.write(dependencies.metrics() + requests.samples),
            type: "text/plain; version=0.0.4; charset=utf-8")
    }

    func health(_ call: Call) -> Reply {
        let report = dependencies.health()
        return .json(
            .fields([
                ("ready", .bool(report.ready)), ("reasons", .array(report.reasons.map(JSONValue.string))),
                ("watermark", report.watermark.map { .string($0.iso) } ?? .null),
                ("broken_rules", .int(Int64(report.brokenRules))),
                ("dead_deliveries", .int(Int64(report.deadDeliveries))), ("version", .string(report.version)),
            ]))
    }

    func rules(_ call: Call) -> Reply {
        let rules = dependencies.rulesReport(call.language).rules.map { rule in
            JSONValue.fields([
                ("id", .string(rule.id)), ("title", .string(rule.title)), ("file", .string(rule.file)),
                ("line", .int(Int64(rule.line))), ("state", .string(rule.state.rawValue)),
                ("last_ring", rule.lastRing.map { .string($0.iso) } ?? .null),
                ("next_ring", .string(rule.nextRing)), ("problem", .string(rule.problem)),
            ])
        }
        return .json(.fields([("rules", .array(rules))]))
    }

    func firings(_ call: Call) throws -> Reply {
        let limit = try call.limit(standard: ReportHandlers.standardLimit, most: ReportHandlers.mostListed)
        let query = call.head.query
        var outcomes = Set(Outcome.allCases)
        if let word = query["outcome"] {
            guard let outcome = Outcome(rawValue: word) else {
                let good = QueryWords.oneOf(Outcome.allCases.map(\.rawValue), call.language)
                throw ServerFailure.badQuery(name: "outcome", value: word, good: good)
            }
            outcomes = [outcome]
        }
        let entries = try dependencies.administration.ledger(
            rule: query["rule"], subject: query["record"], outcomes: outcomes, limit: limit)
        return .json(.fields([("firings", .array(entries.map(ReportHandlers.firing)))]))
    }

    private static func firing(_ entry: LedgerEntry) -> JSONValue {
        .fields([
            ("id", .string(entry.firing)), ("rule", .string(entry.key.rule)), ("record", .string(entry.key.subject)),
            ("occurrence", .string(entry.key.occurrence)), ("outcome", .string(entry.outcome.rawValue)),
            ("reason", DeliveryHandlers.reason(entry.reason)), ("scheduled_at", .string(entry.scheduledAt.iso)),
            ("decided_at", .string(entry.decidedAt.iso)),
        ])
    }
}
