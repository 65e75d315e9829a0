import Almanac
import BellmanDelivery
import BellmanModel
import BellmanStore
import BellmanStoreSQLite
import BellmanTransport
import BellmanTransportCurl

/// Notices through the real outbox: queued, claimed, formatted, sent, marked with their attempt.
enum Notices {
    /// Notices queued in one transaction, as a busy tick does.
    static let batch = 1_000

    static func run(store path: String, url: String, count: Int) async throws {
        let bench = try Bench(path)
        let now = try bench.time(day: 0, 9, 0)
        let (_, queueing) = try Meter.measure {
            for start in stride(from: 0, to: count, by: batch) {
                try bench.store.enqueue((start..<min(start + batch, count)).map { item($0, now) })
            }
        }
        Meter.report("queueing", queueing.cpuMicroseconds / Double(count), "us_cpu_per_notice")
        let (service, transport) = try service(bench.store, url, now)
        let (counts, delivery) = await Meter.measureAwaiting { await service.drain(now: now) }
        guard counts.sent == count else {
            let others = "waiting \(counts.waiting), dead \(counts.dead)"
            throw BenchFailure(description: "sent \(counts.sent) of \(count), \(others)")
        }
        Meter.report("delivery", delivery.cpuMicroseconds / Double(count), "us_cpu_per_notice")
        Meter.report("delivery_rate", Double(count) / delivery.wallMicroseconds * 1_000_000, "per_s")
        Meter.report("delivery_peak", Meter.peakMegabytes(), "MB")
        transport.stop()
        try bench.store.close()
    }

    private struct StoppedClock: WallClock, Sleeper {
        let instant: Instant
        func now() -> Instant { instant }
        func sleep(until: Instant) async throws {}
    }

    private static func service(
        _ store: SQLiteStore, _ url: String, _ now: Instant
    ) throws -> (DispatchService, CurlHTTPTransport) {
        let hook = ChannelSettings(name: "hook", type: "webhook", values: ["url": .text(url)], allowPrivate: true)
        let (set, problems) = ChannelSet.make([hook])
        if let problem = problems.first { throw BenchFailure(description: "\(problem)") }
        let transport = CurlHTTPTransport()
        let clock = StoppedClock(instant: now)
        let around = DispatchSurroundings(
            store: store, http: transport, mail: CurlMailTransport(), clock: clock, sleeper: clock)
        let service = DispatchService(
            set, language: "en", surroundings: around, seed: 1, claimName: "bench")
        return (service, transport)
    }

    /// Each to a person of its own: more than twenty for one person would leave as one message.
    private static func item(_ number: Int, _ now: Instant) -> OutboxItem {
        let person = Recipient(id: "u\(number)", name: "Wang \(number)", email: nil, phone: nil)
        let notice = Notice(
            id: "n-\(number)", firing: "f-\(number)", rule: "contract-expiry", ruleTitle: "Contract expires",
            record: "contract/C\(number)", step: 0, channel: "hook", recipientKey: person.id, recipients: [person],
            title: "Licence \(number) expires in 7 days",
            text: [
                .authored("The contract "), .value("Licence \(number) of supplier \(number % 997)"),
                .authored(" expires on "), .value("2026-03-09"), .authored(". Renew it or cancel it in time."),
            ],
            links: [Link(label: "Open", url: "https://bellman.example.com/records/contract/C\(number)")],
            priority: .normal, urgent: false, scheduledAt: now, firedAt: now, late: false, language: "en")
        return OutboxItem(notice: notice, notBefore: now, createdAt: now)
    }
}
