import Almanac
import BellmanModel
import BellmanStore
import BellmanTesting
import BellmanTransport
import Synchronization
import Testing

@testable import BellmanDelivery

@Suite struct DispatchTests {
    private func service(
        _ store: MemoryOutbox, _ transport: FakeTransport, clock: ManualClock = ManualClock(start), seed: UInt64 = 1,
        settings: [ChannelSettings]? = nil, gaveUp: @escaping @Sendable (GivenUp) -> Void = { _ in }
    ) -> DispatchService {
        let url = SettingValue.text("https://example.com/a")
        let standard = [
            ChannelSettings(name: "hook", type: "webhook", values: ["url": url], fallback: nil),
            ChannelSettings(
                name: "backed", type: "webhook", values: ["url": .text("https://example.com/b")], fallback: "inbox"),
            ChannelSettings(
                name: "mail", type: "email",
                values: ["relay": .text("smtps://m.example.com"), "from": .text("a@b.c")], fallback: "hook"),
            ChannelSettings(name: "ops", type: "inbox", values: [:]),
        ]
        let (set, problems) = ChannelSet.make(settings ?? standard)
        #expect(problems.isEmpty)
        var around = DispatchSurroundings(
            store: store, http: transport, mail: transport, clock: clock, sleeper: clock
        ).telling(store, channel: "ops")
        around.gaveUp = gaveUp
        return DispatchService(set, language: "zh", surroundings: around, seed: seed, claimName: "t")
    }

    @Test func drainSendsEverythingInBatches() async throws {
        let store = MemoryOutbox()
        try store.enqueue(
            (0..<500).map { number in
                let person = Recipient(id: "p\(number)", name: "", email: nil, phone: nil)
                return Sample.item("n\(number)", to: [person])
            })
        let transport = FakeTransport()
        let counts = await service(store, transport).drain(now: start)
        #expect(counts.sent == 500 && counts.waiting == 0 && counts.dead == 0)
        #expect(transport.requests.count == 500 && store.staleCompletions == 0 && store.commits <= 20)
    }

    @Test func manyForOneLeaveAsOne() async throws {
        let store = MemoryOutbox()
        try store.enqueue((0..<25).map { Sample.item("n\($0)") })
        let transport = FakeTransport()
        let counts = await service(store, transport).drain(now: start)
        #expect(counts.sent == 25 && transport.requests.count == 1)
    }

    @Test func failuresWaitAndKeepTheirID() async throws {
        let store = MemoryOutbox()
        try store.enqueue([Sample.item("n1")])
        let transport = FakeTransport(http: { _, number in .success(HTTPResponse(status: number == 0 ? 500 : 200)) })
        let service = service(store, transport)
        #expect(await service.drain(now: start).waiting == 1)
        #expect(await service.drain(now: start.adding(seconds: 6)).sent == 1)
        let ids = transport.requests.compactMap { $0.headers.first { $0.name == "webhook-id" }?.value }
        #expect(ids == ["n1", "n1"])
        #expect(try store.attempts(notice: "n1").map(\.verdict) == ["transient", "delivered"])
    }

    @Test func refusalGoesToTheFallback() async throws {
        let store = MemoryOutbox()
        try store.enqueue([Sample.item("n1", channel: "backed")])
        let transport = FakeTransport(http: { _, _ in .success(HTTPResponse(status: 400)) })
        let counts = await service(store, transport).drain(now: start)
        #expect(counts.sent == 1 && counts.dead == 0)
        #expect(try store.item(id: "n1")?.reason.code == "fallback")
        #expect(try store.items(state: .sent, channel: "inbox", limit: 10).count == 1)
    }

    @Test func deadLettersTellTheAdmin() async throws {
        let store = MemoryOutbox()
        try store.enqueue([Sample.item("n1")])
        let transport = FakeTransport(http: { _, _ in .success(HTTPResponse(status: 400)) })
        let counts = await service(store, transport).drain(now: start)
        #expect(counts.dead == 1)
        #expect(try store.items(state: .sent, channel: "ops", limit: 10).count == 1)
    }

    @Test(arguments: [("hook", nil), ("backed", "inbox")] as [(String, String?)])
    func whatIsGivenUpIsTold(_ channel: String, _ fallback: String?) async throws {
        let store = MemoryOutbox()
        try store.enqueue([Sample.item("n1", channel: channel)])
        let transport = FakeTransport(http: { _, _ in .success(HTTPResponse(status: 401)) })
        let given = Mutex<[GivenUp]>([])
        _ = await service(store, transport) { one in given.withLock { $0.append(one) } }.drain(now: start)
        let told = given.withLock { $0 }
        #expect(told.map(\.notices) == [["n1"]] && told.map(\.channel) == [channel])
        #expect(told.first?.reason.code == "permanent_message" && told.first?.fallback == fallback)
    }

    /// What Bellman says of itself is read in the inbox where its channel cannot deliver it.
    @Test(arguments: [400, 410]) func ownTroublesEndInTheInbox(_ status: Int) async throws {
        let store = MemoryOutbox()
        let own = Notice(
            id: "n-own", firing: "", rule: "", ruleTitle: "Bellman", record: "", step: 0, channel: "hook",
            recipientKey: "", recipients: [], title: "disk", text: [], links: [], priority: .high, urgent: true,
            scheduledAt: start, firedAt: start, late: false, language: "en")
        try store.enqueue([OutboxItem(notice: own, notBefore: start, createdAt: start)])
        let transport = FakeTransport(http: { _, _ in .success(HTTPResponse(status: status)) })
        let counts = await service(store, transport).drain(now: start)
        #expect(counts.dead == 0)
        #expect(try store.items(state: .sent, channel: "inbox", limit: 10).map(\.notice.title) == ["disk"])
    }

    @Test func goneTargetStopsTheChannelAndTellsOnce() async throws {
        let store = MemoryOutbox()
        let people = (0..<5).map { Recipient(id: "p\($0)", name: "", email: nil, phone: nil) }
        try store.enqueue([Sample.item("first", to: [people[0]])])
        let transport = FakeTransport(http: { _, _ in .success(HTTPResponse(status: 410)) })
        let service = service(store, transport)
        _ = await service.drain(now: start)
        try store.enqueue((1..<5).map { Sample.item("n\($0)", to: [people[$0]]) })
        let counts = await service.drain(now: start.adding(seconds: 10))
        #expect(transport.requests.count == 1 && counts.waiting == 5 && counts.dead == 0)
        #expect(try store.items(state: .sent, channel: "ops", limit: 10).count == 1)
    }

    /// A receiver that never answers is given up once the notice is older than `max_age`, and not before.
    @Test func aDeadReceiverIsGivenUp() async throws {
        let store = MemoryOutbox()
        try store.enqueue([Sample.item("n1")])
        let transport = FakeTransport(http: { _, _ in .success(HTTPResponse(status: 503)) })
        let service = service(store, transport)
        var (now, rounds) = (start, 0)
        while let due = try store.nextDue(excluding: []), rounds < 100 {
            now = max(now, due)
            _ = await service.drain(now: now)
            rounds += 1
        }
        let item = try #require(try store.item(id: "n1"))
        #expect(item.state == .dead && item.reason.code == "max_age", "\(item.state) after \(rounds) rounds")
        let age = Int64(5 * 86_400)
        #expect(now > start.adding(seconds: age / 2) && now <= start.adding(seconds: age), "\(now)")
    }

    /// A test message has shown that it works again.
    @Test func aMendedChannelIsUsedAtOnce() throws {
        let policy = ChannelPolicy(isRoom: true, pace: nil, schedule: .standard, maxAgeSeconds: 1_000, fallback: nil)
        var core = DispatcherCore(
            channels: ["hook": policy], language: "en", seed: 1,
            troubles: ["hook": ChannelTrouble(since: start, words: "410 gone")])
        #expect(core.standings(start).first { $0.name == "hook" }?.state == .dead)
        let actions = core.handle([.mended(["hook", "nobody"])], at: start)
        #expect(core.standings(start).first { $0.name == "hook" }?.state == .working)
        #expect(actions.contains { if case .news("hook", nil) = $0 { true } else { false } })
        #expect(actions.contains { if case .claim = $0 { true } else { false } })
    }

    @Test func noAddressGoesToTheFallbackAndTellsOnce() async throws {
        let store = MemoryOutbox()
        try store.enqueue([
            Sample.item("n1", channel: "mail", to: [Sample.li]), Sample.item("n2", channel: "mail", to: [Sample.li]),
        ])
        let transport = FakeTransport()
        _ = await service(store, transport).drain(now: start)
        #expect(transport.requests.count == 2 && transport.envelopes.isEmpty)
        #expect(try store.items(state: .sent, channel: "ops", limit: 10).count == 1)
    }

    @Test func throttleStopsTheChannelAlone() async throws {
        let store = MemoryOutbox()
        try store.enqueue([Sample.item("n1"), Sample.item("n2", channel: "backed")])
        let transport = FakeTransport(http: { request, _ in
            let a = request.url.reveal().hasSuffix("/a")
            return .success(HTTPResponse(status: a ? 429 : 200, headers: [HTTPHeader("Retry-After", "120")]))
        })
        let service = service(store, transport)
        let counts = await service.drain(now: start)
        #expect(counts.sent == 1 && counts.waiting == 1)
        #expect(try store.item(id: "n1")?.notBefore == start.adding(seconds: 120))
    }

    @Test func paceLeavesTheRestWaiting() async throws {
        let store = MemoryOutbox()
        try store.enqueue(
            (0..<10).map { number in
                Sample.item("n\(number)", to: [Recipient(id: "p\(number)", name: "", email: nil, phone: nil)])
            })
        let limited = ChannelSettings(
            name: "hook", type: "webhook", values: ["url": .text("https://example.com/a")],
            limit: Pace(count: 3, seconds: 60))
        let service = service(
            store, FakeTransport(), settings: [limited, ChannelSettings(name: "ops", type: "inbox", values: [:])])
        #expect(await service.drain(now: start).sent == 3)
        #expect(await service.drain(now: start.adding(seconds: 59)).sent == 0)
        #expect(await service.drain(now: start.adding(seconds: 61)).sent == 3)
    }

    @Test func slowChannelDelaysNobody() async throws {
        let store = MemoryOutbox()
        let slow = FakeTransport()
        slow.hold()
        let policy = ChannelPolicy(isRoom: true, pace: nil, schedule: .standard, maxAgeSeconds: 1_000, fallback: nil)
        var core = DispatcherCore(channels: ["slow": policy, "fast": policy], language: "en", seed: 1)
        try store.enqueue(
            (0..<300).map { number in
                Sample.item(
                    "s\(number)", channel: "slow", to: [Recipient(id: "p\(number)", name: "", email: nil, phone: nil)])
            })
        try store.enqueue([Sample.item("f", channel: "fast")])
        var sent: [String] = []
        var queue = core.handle([.wake], at: start)
        while !queue.isEmpty {
            let action = queue.removeFirst()
            if case .send(let message) = action { sent.append(message.id) }
            guard case .claim(let limit, let excluding, let eager) = action else { continue }
            let claimed = try store.claim(
                ClaimRequest(
                    now: start, limit: limit, excluding: excluding, eager: eager, bundleAbove: 20, bundleSize: 200,
                    lease: start, claim: "c\(sent.count)"))
            queue += core.handle([.claimed(claimed, objections: [])], at: start)
        }
        let slowOnes = sent.filter { $0.hasPrefix("s") }.count
        #expect(slowOnes == DispatcherLimits.firstInFlight)
        #expect(sent.contains("f"))
    }

    @Test func runSleepsUntilTheRetry() async throws {
        let store = MemoryOutbox()
        try store.enqueue([Sample.item("n1")])
        let clock = ManualClock(start)
        let transport = FakeTransport(http: { _, number in .success(HTTPResponse(status: number == 0 ? 503 : 200)) })
        let service = service(store, transport, clock: clock)
        let running = Task { await service.run() }
        while try store.item(id: "n1")?.state != .sent { clock.advance(to: await clock.nextAlarm()) }
        running.cancel()
        await running.value
        #expect(transport.requests.count == 2 && clock.now() > start)
    }

    /// Whatever the answers, every notice ends once, and no completion comes without its claim.
    @Test(arguments: 1...25) func nothingIsLost(seed: Int) async throws {
        let store = MemoryOutbox()
        var random = SeededGenerator(seed: UInt64(seed))
        let salt = random.next()
        try store.enqueue(
            (0..<80).map { number in
                let channel = ["hook", "backed", "mail", "nowhere"][number % 4]
                let person = number % 5 == 0 ? Sample.li : Sample.wang
                return Sample.item("n\(number)", channel: channel, to: [person])
            })
        let transport = FakeTransport(
            http: { _, number in
                var dice = SeededGenerator(seed: salt &+ UInt64(number))
                switch dice.next() % 6 {
                case 0: return .success(HTTPResponse(status: 500))
                case 1: return .success(HTTPResponse(status: 429))
                case 2: return .failure(TransportFailure(.timeout, mayHaveArrived: true))
                case 3: return .success(HTTPResponse(status: 400))
                default: return .success(HTTPResponse(status: 200))
                }
            },
            mail: { _, number in .success(MailReply(code: number % 3 == 0 ? 450 : 250, text: "")) })
        let service = service(store, transport, seed: UInt64(seed))
        var now = start
        for _ in 0..<200 {
            _ = await service.drain(now: now)
            guard let due = try store.nextDue(excluding: []) else { break }
            now = max(due, now.adding(seconds: 30))
        }
        let left = try store.items(state: .waiting, channel: nil, limit: .max)
        #expect(left.isEmpty, "seed \(seed): \(left.map(\.notice.id))")
        let held = try store.releaseClaims(endedBy: nil)
        #expect(store.staleCompletions == 0)
        #expect(held == 0)
    }

    @Test func retrySchedule() {
        let total: Int64 = 75 * 3_600 + 35 * 60 + 5
        #expect(RetrySchedule.standard.seconds.reduce(0, +) == total)
        var random = SeededGenerator(seed: 1)
        for tries in 1...12 {
            let wait = RetrySchedule.mail.wait(afterTries: tries, using: &random)
            #expect(wait >= 300 && wait <= 86_400)
        }
    }

    @Test func testNoticeReturnsTheAnswer() async throws {
        let transport = FakeTransport(http: { _, _ in .success(HTTPResponse(status: 404, body: Array("no".utf8))) })
        let answer = await service(MemoryOutbox(), transport).sendTest("hook")
        #expect(answer?.words == "HTTP 404 no" && answer?.verdict == .permanentMessage)
    }

    /// What is told while no store can keep a notice must say what is the matter, also to a program.
    @Test func aWordPastTheOutboxIsCarriedWhole() async throws {
        let transport = FakeTransport()
        let answer = await service(MemoryOutbox(), transport).sendDirectly(
            "hook", id: "n-1", title: "The store fails", text: [.value("No room on *the* disk")], language: "en")
        #expect(answer?.verdict == .delivered)
        let body = String(decoding: try #require(transport.requests.first).body, as: UTF8.self)
        for part in [#""id":"n-1""#, #""title":"The store fails""#, #""text":"No room on *the* disk""#] {
            #expect(body.contains(part), "\(body)")
        }
    }
}
