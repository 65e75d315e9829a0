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
            records: store, outbox: store, administration: store, schema: schema, zone: configuration.timing.zone,
            language: configuration.language == .zh ? .zh : .en, listen: configuration.listen,
            publicHost: configuration.publicURL.isEmpty ? nil : configuration.publicURL,
            now: { clock.now() },
            rulesReport: { [board] in
                board.report(
                    store: store, zone: configuration.timing.zone, now: clock.now(), language: configuration.language)
            },
            health: { self.healthReport() }, metrics: { self.metricSamples() },
            nudge: { [alarm] in alarm.ring() }, hashToken: { Instance.hash(token: $0) },
            importCSV: { try self.importCSV($0, $1, $2, $3) })
    }

    func healthReport() -> HealthReport {
        let state = health.withLock { $0 }
        var reasons: [String] = []
        if let error = state.lastError { reasons.append(error) }
        if state.lastTick == nil { reasons.append("no tick yet") }
        return HealthReport(
            ready: reasons.isEmpty, reasons: reasons, watermark: state.lastTick, brokenRules: board.brokenFiles,
            deadDeliveries: (try? store.noticeCount([.dead])) ?? 0, version: BellmanVersion.text)
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
        meter.noteImport(rows)
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
