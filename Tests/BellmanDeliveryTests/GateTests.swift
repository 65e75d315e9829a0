import Almanac
import BellmanModel
import BellmanStore
import BellmanTesting
import BellmanTransport
import Testing

@testable import BellmanDelivery

/// Quiet hours, pace and what else holds a notice back; one gate for each channel and recipient.
@Suite struct GateTests {
    private let zone: Zone
    private let clock = ManualClock(start)
    private let store = MemoryOutbox()

    init() throws { zone = try Zone.named("Asia/Shanghai") }

    private func service(
        _ transport: FakeTransport, _ settings: [ChannelSettings], quiet: QuietHours? = nil,
        objection: @escaping @Sendable (Notice, Instant) async -> Reason? = { _, _ in nil }
    ) -> DispatchService {
        let (set, problems) = ChannelSet.make(settings, quiet: quiet, zone: zone)
        #expect(problems.isEmpty)
        var around = DispatchSurroundings(
            store: store, http: transport, mail: transport, clock: clock, sleeper: clock)
        around.objection = objection
        return DispatchService(set, language: "en", surroundings: around, seed: 1, claimName: "t")
    }

    private func hook(
        _ name: String = "hook", path: String = "a", limit: Pace? = nil, quiet: QuietHours? = nil
    ) -> ChannelSettings {
        ChannelSettings(
            name: name, type: "webhook", values: ["url": .text("https://example.com/\(path)")], limit: limit,
            quietHours: quiet)
    }

    private var mail: ChannelSettings {
        ChannelSettings(
            name: "mail", type: "email", values: ["relay": .text("smtps://m.example.com"), "from": .text("a@b.c")])
    }

    private func local(_ text: String) throws -> Instant { try #require(Instant(iso: text + "+08:00")) }

    private func item(_ id: String, _ instant: Instant, to: Recipient = Sample.wang, urgent: Bool = false)
        -> OutboxItem
    {
        let base = Sample.notice(id, to: [to])
        let notice = Notice(
            id: id, firing: "f-\(id)", rule: "r", ruleTitle: "", record: "task/1", step: 0, channel: "hook",
            recipientKey: "", recipients: base.recipients, title: id, text: base.text, links: [], priority: .normal,
            urgent: urgent, scheduledAt: instant, firedAt: instant, late: false, language: "en")
        return OutboxItem(notice: notice, notBefore: instant, createdAt: instant)
    }

    @Test func quietHoursHoldAndThenSendAsOne() async throws {
        let night = try local("2026-11-20T22:00:00")
        try store.enqueue([item("a", night), item("b", night), item("u", night, urgent: true)])
        let transport = FakeTransport()
        let service = service(transport, [hook()], quiet: QuietHours("21:00-08:00"))
        #expect(await service.drain(now: night).sent == 1)
        let held = try #require(try store.item(id: "a"))
        #expect(held.state == .held && held.reason.code == "quiet_hours" && held.attempts == 0)
        let opening = try local("2026-11-21T08:00:00")
        #expect(try store.nextDue(excluding: []) == opening)
        #expect(await service.drain(now: opening.adding(seconds: -1)).sent == 0)
        #expect(await service.drain(now: opening).sent == 2)
        #expect(transport.requests.count == 2)
    }

    @Test func dropSaysSo() async throws {
        let night = try local("2026-11-20T22:00:00")
        try store.enqueue([item("a", night)])
        let service = service(FakeTransport(), [hook()], quiet: QuietHours("21:00-08:00 drop"))
        _ = await service.drain(now: night)
        let item = try #require(try store.item(id: "a"))
        #expect(item.state == .dropped && item.reason.code == "quiet_hours")
    }

    @Test func theChannelsOwnHoursGoBeforeTheConfigurations() async throws {
        let night = try local("2026-11-20T22:00:00")
        try store.enqueue([item("a", night)])
        let service = service(
            FakeTransport(), [hook(quiet: QuietHours("01:00-02:00"))], quiet: QuietHours("21:00-08:00"))
        #expect(await service.drain(now: night).sent == 1)
    }

    @Test func aPersonsOwnHoursCountOnTheirClock() async throws {
        let person = Recipient(
            id: "anna", name: "Anna", email: "anna@example.com", phone: nil, timezone: "Europe/Berlin",
            quietHours: "22:00-07:00")
        let instant = try local("2026-11-20T13:00:00")
        let notice = Sample.notice("a", channel: "mail", to: [person])
        try store.enqueue([OutboxItem(notice: notice, notBefore: instant, createdAt: instant)])
        let service = service(FakeTransport(), [mail])
        #expect(await service.drain(now: instant).sent == 0)
        let opening = try local("2026-11-20T14:00:00")
        #expect(try store.item(id: "a")?.notBefore == opening)
    }

    @Test func whatWasHeldIsAskedAboutAgain() async throws {
        let night = try local("2026-11-20T22:00:00")
        try store.enqueue([item("a", night), item("b", night)])
        let transport = FakeTransport()
        let service = service(transport, [hook()], quiet: QuietHours("21:00-08:00")) { notice, _ in
            notice.id == "a" ? Reason("condition_false") : nil
        }
        _ = await service.drain(now: night)
        let opening = try local("2026-11-21T08:00:00")
        #expect(await service.drain(now: opening).sent == 1)
        #expect(try store.item(id: "a")?.state == .dropped)
        #expect(try store.item(id: "b")?.state == .sent)
        #expect(store.staleCompletions == 0)
    }

    @Test func aBusyRobotGathers() async throws {
        try store.enqueue((0..<6).map { item("n\($0)", start) })
        let transport = FakeTransport()
        let service = service(transport, [hook(limit: Pace(count: 4, seconds: 60))])
        #expect(await service.drain(now: start).sent == 4)
        try store.enqueue((6..<12).map { item("n\($0)", start) })
        #expect(await service.drain(now: start.adding(seconds: 60)).sent == 0)
        #expect(await service.drain(now: start.adding(seconds: 61)).sent == 8)
        #expect(transport.requests.count == 5)
    }

    @Test func twoChannelsOfOneRobotShareItsPaceAlsoAfterARestart() async throws {
        let limit = Pace(count: 2, seconds: 60)
        let settings = [hook(limit: limit), hook("other", limit: limit)]
        try store.enqueue([Sample.item("a"), Sample.item("b"), Sample.item("c", channel: "other")])
        #expect(await service(FakeTransport(), settings).drain(now: start).sent == 2)
        clock.advance(to: start.adding(seconds: 30))
        #expect(await service(FakeTransport(), settings).drain(now: start.adding(seconds: 30)).sent == 0)
        #expect(await service(FakeTransport(), settings).drain(now: start.adding(seconds: 61)).sent == 1)
    }

    @Test func throttledAgainAndAgainWaitsLonger() async throws {
        try store.enqueue([Sample.item("a")])
        let transport = FakeTransport(http: { _, _ in
            .success(HTTPResponse(status: 429, headers: [HTTPHeader("Retry-After", "1")]))
        })
        let service = service(transport, [hook()])
        var now = start
        var waits: [Int64] = []
        for _ in 0..<12 {
            _ = await service.drain(now: now)
            let next = try #require(try store.nextDue(excluding: []))
            waits.append(next.seconds - now.seconds)
            now = next
        }
        #expect(waits == [2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600, 600])
        #expect(service.standings.first { $0.name == "hook" }?.words.isEmpty == false)
    }

    @Test func aRefusedMessageGoesOnceMorePlain() async throws {
        try store.enqueue([Sample.item("a", channel: "chat")])
        let transport = FakeTransport(http: { _, _ in
            .success(HTTPResponse(status: 200, body: Array(#"{"errcode":40035,"errmsg":"bad"}"#.utf8)))
        })
        let url = SettingValue.secret(Secret("https://oapi.dingtalk.com/robot/send?access_token=T"))
        let chat = ChannelSettings(name: "chat", type: "dingtalk", values: ["url": url])
        let counts = await service(transport, [chat]).drain(now: start)
        #expect(counts.dead == 1 && transport.requests.count == 2)
        #expect(try store.attempts(notice: "a").map(\.verdict) == ["permanent_message", "permanent_message"])
    }

    @Test func aDeadChannelIsTriedOnceAnHour() async throws {
        let transport = FakeTransport(http: { _, number in .success(HTTPResponse(status: number < 6 ? 410 : 200)) })
        let service = service(transport, [hook()])
        for hour in 0..<3 {
            let now = start.adding(seconds: Int64(hour) * 3_600)
            try store.enqueue((0..<5).map { item("n\(hour)-\($0)", now) })
            _ = await service.drain(now: now)
            _ = await service.drain(now: now.adding(seconds: 60))
        }
        // The first finds it dead with its company, the second hour tries one, the third finds it well again.
        #expect(transport.requests.count > 6)
        #expect(service.standings.first { $0.name == "hook" }?.state == .working)
    }

    @Test func theInboxShowsEachNotice() throws {
        let inbox = try Sample.channel("inbox", [:])
        let message = OutgoingMessage(
            ClaimedMessage(id: "b", items: ["a", "b"].map { Sample.item($0) }, claim: "c"))
        #expect(try inbox.format(message, now: start) == .local(line: "合同快到期\n合同快到期"))
    }

    @Test func anAdminChannelsOwnTroubleIsToldInTheInbox() async throws {
        let (set, _) = ChannelSet.make([hook("ops")])
        let transport = FakeTransport(http: { _, _ in .success(HTTPResponse(status: 410)) })
        try store.enqueue([Sample.item("a", channel: "ops")])
        let around = DispatchSurroundings(
            store: store, http: transport, mail: transport, clock: clock, sleeper: clock
        ).telling(store, channel: "ops")
        let service = DispatchService(set, language: "en", surroundings: around, seed: 1, claimName: "t")
        _ = await service.drain(now: start)
        #expect(try store.items(state: .sent, channel: "inbox", limit: 9).count == 1)
        #expect(service.standings.first { $0.name == "ops" }?.state == .dead)
    }
}
