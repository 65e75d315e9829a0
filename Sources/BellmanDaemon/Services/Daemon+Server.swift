import Almanac
import BellmanConnectors
import BellmanDelivery
import BellmanEngine
import BellmanModel
import BellmanRules
import BellmanServer
import BellmanStore
import BellmanStoreSQLite
import Failpoints
import Synchronization

/// What the server is given of the daemon.
extension Daemon {
    func serverDependencies() -> ServerDependencies {
        let configuration = instance.configuration
        let store = store
        let clock = pulse
        let schema = instance.workshop.language.schema
        var dependencies = ServerDependencies(
            records: store, outbox: store, administration: store, dashboard: store, schema: schema,
            zone: configuration.timing.zone,
            language: configuration.language == .zh ? .zh : .en, listen: configuration.listen,
            publicHost: Daemon.authority(of: configuration.publicURL),
            now: { clock.present },
            rulesReport: { [board] language in
                board.report(
                    store: store, zone: configuration.timing.zone, now: clock.present, language: language)
            },
            health: { self.healthReport() }, metrics: { self.metricSamples() },
            nudge: { [alarm] in alarm.ring() }, hashToken: { Instance.hash(token: $0) },
            importCSV: { try self.importCSV($0, $1, $2, $3) }, outlook: { try self.coming(days: $0) },
            nextRinging: { self.nextRinging() }, channels: { self.channelHealth() },
            ruleSource: { self.ruleSource($0) },
            derivedMoments: { [deriver = instance.deriver] kind, fields in
                Dictionary(
                    deriver.derivedMoments(kind: kind, fields: fields).map { ($0.field, $0.value) },
                    uniquingKeysWith: { $1 })
            },
            events: events, currency: configuration.currency,
            isHTTPS: configuration.publicURL.lowercased().hasPrefix("https://"),
            people: PeopleDependencies(
                acts: peopleDesk, store: store, calendar: configuration.timing.calendar, at: configuration.timing.at))
        if let links = instance.actLinks() { dependencies.readTicket = { links.read($0, now: clock.present) } }
        dependencies.why = { asked, language in
            try WhyJSON.value(self.why(asked, language), language: language, zone: configuration.timing.zone)
        }
        dependencies.trust = trustDependencies
        dependencies.isSpent = { try store.isSpent($0) }
        dependencies.spendLink = { nonce in
            try Failpoint.step(.linkSpend) { try store.spendLink(nonce, at: clock.present) }
        }
        return dependencies
    }

    /// What people do about notices, on pages, by the API and by links.
    var peopleDesk: PeopleDesk {
        let clock = pulse
        return PeopleDesk(
            store: store, language: instance.workshop.language, timing: instance.configuration.timing,
            rules: { [board] in board.rules }, now: { clock.present }, changed: { [alarm] in alarm.ring() })
    }

    /// The configured channels; the inbox is there without being configured.
    private func channelHealth() -> [ChannelHealth] {
        let types = Dictionary(
            (instance.configuration.channels + instance.configuration.endpoints).map { ($0.name, $0.type) },
            uniquingKeysWith: { first, _ in first })
        return dispatcher.standings.map { standing in
            ChannelHealth(
                name: standing.name, type: types[standing.name] ?? "inbox",
                state: ChannelHealth.State(rawValue: standing.state.rawValue) ?? .working, until: standing.until,
                words: standing.words, waiting: standing.inFlight)
        }
    }

    private func coming(days: Int) throws -> [ComingNotice] {
        let now = pulse.present
        let zone = instance.configuration.timing.zone
        return try engine.outlook(from: now, through: now.adding(seconds: Int64(days) * 86_400)).map { ring in
            ComingNotice(
                at: ring.at, rule: ring.rule, ruleTitle: ring.ruleTitle, record: ring.record?.description ?? "",
                subject: ring.subject,
                detail: [.en: ComingWording.text(ring, .en, zone), .zh: ComingWording.text(ring, .zh, zone)])
        }
    }

    /// How far ahead a rule's next ringing is looked for.
    private static let lookoutSeconds: Int64 = 92 * 86_400

    private func nextRinging() -> [String: Instant] {
        let now = pulse.present
        let end = now.adding(seconds: Daemon.lookoutSeconds)
        guard let rings = try? engine.outlook(from: now, through: end) else { return [:] }
        return Dictionary(rings.map { ($0.rule, $0.at) }, uniquingKeysWith: min)
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
        var reasons: [String] = []
        if let doubt = state.storeDoubt { reasons.append(doubt) }
        if let error = state.lastError { reasons.append(error) }
        if let doubt = state.clockDoubt { reasons.append(doubt) }
        if state.lastTick == nil { reasons.append("no tick yet") }
        let isReady = reasons.isEmpty
        if let trouble = auditTrouble { reasons.append(trouble) }
        return HealthReport(
            ready: isReady, reasons: reasons, watermark: state.lastTick, brokenRules: board.brokenFiles,
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
        let now = pulse.present
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
