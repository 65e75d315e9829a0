import Almanac
import BellmanConnectors
import BellmanModel
import BellmanRules
import BellmanServer
import BellmanStore
import BellmanStoreSQLite
import Synchronization

/// What the server is given of the daemon.
extension Daemon {
    func serverDependencies() -> ServerDependencies {
        let configuration = instance.configuration
        let store = store
        let clock = instance.clock
        let schema = instance.workshop.language.schema
        return ServerDependencies(
            records: store, outbox: store, administration: store, dashboard: store, schema: schema,
            zone: configuration.timing.zone,
            language: configuration.language == .zh ? .zh : .en, listen: configuration.listen,
            publicHost: Daemon.authority(of: configuration.publicURL),
            now: { clock.now() },
            rulesReport: { [board] language in
                board.report(
                    store: store, zone: configuration.timing.zone, now: clock.now(), language: language)
            },
            health: { self.healthReport() }, metrics: { self.metricSamples() },
            nudge: { [alarm] in alarm.ring() }, hashToken: { Instance.hash(token: $0) },
            importCSV: { try self.importCSV($0, $1, $2, $3) }, channels: { self.channelHealth() },
            ruleSource: { self.ruleSource($0) },
            derivedMoments: { [moments = instance.workshop.moments] kind, fields in
                Dictionary(
                    moments.moments(kind: kind, fields: fields).map { ($0.field, $0.value) }, uniquingKeysWith: { $1 })
            },
            events: events, currency: configuration.currency,
            isHTTPS: configuration.publicURL.lowercased().hasPrefix("https://"))
    }

    /// The configured channels; the inbox is there without being configured.
    private func channelHealth() -> [ChannelHealth] {
        let declared = instance.configuration.channels.map { ChannelHealth(name: $0.name, type: $0.type) }
        let hasInbox = declared.contains { $0.name == "inbox" }
        return (hasInbox ? [] : [ChannelHealth(name: "inbox", type: "inbox")]) + declared
    }

    /// `bell.example.com:8443` of `https://bell.example.com:8443/path`; nil without a URL.
    static func authority(of url: String) -> String? {
        let lower = url.lowercased()
        guard let scheme = ["https://", "http://"].first(where: lower.hasPrefix) else { return nil }
        let authority = lower.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
        return authority.isEmpty ? nil : String(authority)
    }

    /// From the last good text of its file.
    private func ruleSource(_ id: String) -> RuleSource? {
        guard let place = board.rules.first(where: { $0.id == id })?.place,
            let text = (try? store.document(RuleBook.prefix + place.file)) ?? nil
        else { return nil }
        return RuleSource(file: place.file, line: place.line, text: text)
    }

    func healthReport() -> HealthReport {
        let state = health.withLock { $0 }
        let summary = try? store.summary()
        var reasons: [String] = []
        if let error = state.lastError { reasons.append(error) }
        if state.lastTick == nil { reasons.append("no tick yet") }
        return HealthReport(
            ready: reasons.isEmpty, reasons: reasons, watermark: state.lastTick, brokenRules: board.brokenFiles,
            deadDeliveries: summary?.counts[.dead] ?? 0, version: BellmanVersion.text)
    }

    func metricSamples() -> [MetricSample] {
        let state = health.withLock { $0 }
        var samples = [
            MetricSample("bellman_ticks_total", help: "Ticks since start.", kind: .counter, value: Double(state.ticks)),
            MetricSample("bellman_rules", help: "Armed rules.", value: Double(board.rules.count)),
            MetricSample(
                "bellman_rule_files_broken", help: "Rule files with errors.", value: Double(board.brokenFiles)),
            MetricSample(
                "bellman_last_tick_timestamp_seconds", help: "When the last tick ended.",
                value: Double(state.lastTick?.seconds ?? 0)),
        ]
        if let summary = try? store.summary() {
            for state in DeliveryState.allCases {
                samples.append(
                    MetricSample(
                        "bellman_deliveries", help: "Notices by state.", labels: [.init("state", state.rawValue)],
                        value: Double(summary.counts[state] ?? 0)))
            }
        }
        for (rule, outcome, count) in (try? store.outcomeCounts()) ?? [] {
            samples.append(
                MetricSample(
                    "bellman_occurrences_total", help: "Decided occurrences by rule and outcome.", kind: .counter,
                    labels: [.init("rule", rule), .init("outcome", outcome.rawValue)], value: Double(count)))
        }
        return samples
    }

    private func importCSV(
        _ kind: String, _ bytes: [UInt8], _ actor: String, _ language: AlmanacLanguage
    ) throws -> [ImportedRow] {
        guard let definition = instance.workshop.language.schema.kind(kind) else { return [] }
        let configuration = instance.configuration
        let plan = ImportPlan(
            kind: definition, format: .delimited(nil), zone: configuration.timing.zone, fileName: "api", user: actor,
            language: language)
        let rejects = MemorySink()
        var rows: [ImportedRow] = []
        let now = instance.clock.now()
        do {
            let summary = try Importer.run(plan, source: MemoryBytes(bytes), rejects: rejects) { writes in
                let results = try store.write(writes, at: now)
                for (write, result) in zip(writes, results) {
                    rows.append(ImportedRow(row: rows.count + 1, id: write.ref.id, result: Daemon.rowResult(result)))
                }
                return results
            }
            for reject in summary.examples {
                rows.append(
                    ImportedRow(
                        row: reject.line, id: nil, result: .rejected,
                        problem: reject.reason.words(language)))
            }
        } catch let problem as ImportProblem {
            throw CSVRefusal(words: problem.words(language))
        }
        return rows
    }

    private static func rowResult(_ result: WriteResult) -> RowResult {
        switch result {
        case .created: .created
        case .updated: .updated
        default: .unchanged
        }
    }
}
