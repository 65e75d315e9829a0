import Almanac
import BellmanModel
import BellmanStore
import BellmanTesting
import Synchronization
import Testing

@testable import BellmanDelivery

/// Quiet hours from every side (promise 9): whose they are, when they end, and what happens when they are edited while
/// something waits.
@Suite struct QuietTests {
    private let zone: Zone
    private let clock = ManualClock(start)
    private let store = MemoryOutbox()
    private let transport = FakeTransport()
    /// Members' records as they are now, by id.
    private let members = Members()

    private final class Members: Sendable {
        private let all = Mutex<[String: Recipient]>([:])
        func set(_ person: Recipient) { all.withLock { $0[person.id] = person } }
        func named(_ id: String) -> Recipient? { all.withLock { $0[id] } }
    }

    init() throws { zone = try Zone.named("Asia/Shanghai") }

    private func service(
        _ quiet: String? = nil, channel: String? = nil, limit: Pace? = nil
    ) -> DispatchService {
        var around = DispatchSurroundings(store: store, http: transport, mail: transport, clock: clock, sleeper: clock)
        let members = members
        around.present = { members.named($0) }
        around = around.telling(store, channel: "ops")
        return DispatchService(
            set(quiet, channel: channel, limit: limit), language: "en", surroundings: around, seed: 1,
            claimName: "t")
    }

    private func set(_ quiet: String? = nil, channel: String? = nil, limit: Pace? = nil) -> ChannelSet {
        func hook(_ name: String) -> ChannelSettings {
            ChannelSettings(
                name: name, type: "webhook", values: ["url": .text("https://example.com/\(name)")],
                limit: name == "room" ? limit : nil,
                quietHours: name == "room" ? channel.flatMap { QuietHours($0) } : nil)
        }
        let mail = ChannelSettings(
            name: "mail", type: "email", values: ["relay": .text("smtps://m.example.com"), "from": .text("a@b.c")],
            quietHours: channel.flatMap { QuietHours($0) })
        let (set, problems) = ChannelSet.make(
            [hook("room"), hook("ops"), mail], quiet: quiet.flatMap { QuietHours($0) }, zone: zone)
        #expect(problems.isEmpty)
        return set
    }

    private func local(_ text: String) throws -> Instant {
        try #require(Instant(iso: text + (text.count == 16 ? ":00" : "") + "+08:00"))
    }

    private func person(_ quiet: String?, _ timezone: String? = nil) -> Recipient {
        Recipient(
            id: "anna", name: "Anna", email: "anna@example.com", phone: nil, timezone: timezone, quietHours: quiet)
    }

    private func enqueue(
        _ id: String, _ channel: String, _ at: Instant, to: Recipient = Sample.wang, urgent: Bool = false,
        priority: Priority = .normal, heldUntil: Instant? = nil
    ) throws {
        let isRoom = channel != "mail"
        let notice = Notice(
            id: id, firing: "f-\(id)", rule: "r", ruleTitle: "", record: "task/1", step: 0, channel: channel,
            recipientKey: isRoom ? "" : to.id, recipients: [to], title: id, text: [.value(id)], links: [],
            priority: priority, urgent: urgent, scheduledAt: at, firedAt: at, late: false, language: "en")
        try store.enqueue([
            OutboxItem(
                notice: notice, state: heldUntil == nil ? .waiting : .held, notBefore: heldUntil ?? at,
                reason: Reason(heldUntil == nil ? "new" : "digest"), createdAt: at)
        ])
    }

    private func state(_ id: String) throws -> String {
        let item = try #require(try store.item(id: id))
        return "\(item.state.rawValue) \(item.reason.code)"
    }

    // MARK: whose

    struct Owner: CustomTestStringConvertible {
        let channel: String
        var everywhere: String?
        var ofChannel: String?
        var ofPerson: String?
        var timezone: String?
        /// Local time in Shanghai of a notice made at 22:00 there on a Friday; nil where it is dropped.
        let leaves: String?
        var testDescription: String {
            "\(channel) \(everywhere ?? "-") \(ofChannel ?? "-") \(ofPerson ?? "-") \(timezone ?? "-")"
        }
    }

    @Test(arguments: [
        Owner(channel: "room", leaves: "20T22:00"),
        Owner(channel: "room", everywhere: "21:00-08:00", leaves: "21T08:00"),
        Owner(channel: "room", everywhere: "21:00-08:00", ofChannel: "21:30-07:00", leaves: "21T07:00"),
        Owner(channel: "room", everywhere: "21:00-08:00", ofChannel: "01:00-02:00", leaves: "20T22:00"),
        // A room's people are mentioned, not woken: theirs do not count there.
        Owner(channel: "room", ofPerson: "21:00-08:00", leaves: "20T22:00"),
        Owner(channel: "room", everywhere: "21:00-08:00", timezone: "Europe/Berlin", leaves: "21T08:00"),
        Owner(channel: "mail", everywhere: "21:00-08:00", leaves: "21T08:00"),
        Owner(channel: "mail", everywhere: "21:00-08:00", ofChannel: "21:30-07:00", leaves: "21T07:00"),
        Owner(channel: "mail", everywhere: "21:00-08:00", ofPerson: "20:00-06:00", leaves: "21T06:00"),
        Owner(
            channel: "mail", everywhere: "21:00-08:00", ofChannel: "21:30-07:00", ofPerson: "01:00-02:00",
            leaves: "20T22:00"),
        // 15:00 in Berlin.
        Owner(channel: "mail", everywhere: "21:00-08:00", timezone: "Europe/Berlin", leaves: "20T22:00"),
        Owner(channel: "mail", everywhere: "14:00-16:00", timezone: "Europe/Berlin", leaves: "20T23:00"),
        Owner(channel: "mail", ofPerson: "14:00至15:30 周一至周五", timezone: "Europe/Berlin", leaves: "20T22:30"),
        Owner(channel: "mail", ofPerson: "14:00-15:30 sat,sun", timezone: "Europe/Berlin", leaves: "20T22:00"),
        Owner(channel: "mail", everywhere: "21:00-08:00 drop", leaves: nil),
        Owner(channel: "mail", everywhere: "21:00-08:00 drop", ofPerson: "20:00-06:00", leaves: "21T06:00"),
        Owner(channel: "mail", everywhere: "21:00-08:00", ofPerson: "20:00-06:00 drop", leaves: nil),
        // What cannot be read counts as not said.
        Owner(channel: "mail", everywhere: "21:00-08:00", ofPerson: "at night", leaves: "21T08:00"),
        Owner(channel: "mail", everywhere: "21:00-08:00", timezone: "Moon/Base", leaves: "21T08:00"),
        // Days are those on which the window begins.
        Owner(channel: "room", everywhere: "21:00-08:00 fri", leaves: "21T08:00"),
        Owner(channel: "room", everywhere: "21:00-08:00 sat", leaves: "20T22:00"),
        Owner(channel: "room", everywhere: "00:00-00:00 fri-sun", leaves: "23T00:00"),
    ])
    func theNearestOwnerCounts(_ owner: Owner) async throws {
        let night = try local("2026-11-20T22:00")
        try enqueue("a", owner.channel, night, to: person(owner.ofPerson, owner.timezone))
        let service = service(owner.everywhere, channel: owner.ofChannel)
        _ = await service.drain(now: night)
        guard let leaves = owner.leaves else {
            #expect(try state("a") == "dropped quiet_hours")
            return
        }
        let opening = try local("2026-11-\(leaves)")
        if opening > night {
            #expect(try state("a") == "held quiet_hours")
            #expect(try store.nextDue(excluding: []) == opening)
            _ = await service.drain(now: opening.adding(seconds: -1))
            #expect(try state("a") == "held quiet_hours")
        }
        _ = await service.drain(now: opening)
        #expect(try state("a") == "sent delivered")
    }

    /// A person's night when the clock changes: in Berlin 02:30 does not exist on 29 March and comes twice on
    /// 25 October 2026; a time in the gap is later by the gap, of two the first counts.
    @Test(arguments: [
        ("2026-03-29T00:30:00+01:00", "22:00-02:30", "2026-03-29T03:30:00+02:00"),
        ("2026-03-29T03:15:00+02:00", "02:30-07:00", nil),
        ("2026-03-29T03:45:00+02:00", "02:30-07:00", "2026-03-29T07:00:00+02:00"),
        ("2026-10-25T02:15:00+02:00", "22:00-02:30", "2026-10-25T02:30:00+02:00"),
        ("2026-10-25T02:15:00+01:00", "22:00-02:30", nil),
        ("2026-10-25T00:30:00+02:00", "22:00-08:00", "2026-10-25T08:00:00+01:00"),
    ])
    func clockChanges(at: String, quiet: String, leaves: String?) async throws {
        let now = try #require(Instant(iso: at))
        try enqueue("a", "mail", now, to: person(quiet, "Europe/Berlin"))
        _ = await service().drain(now: now)
        #expect(try store.nextDue(excluding: []) == leaves.flatMap { Instant(iso: $0) })
    }

    // MARK: hours that are edited

    @Test func whatIsHeldLeavesByTheHoursOfAReload() async throws {
        let night = try local("2026-11-20T22:00")
        for id in ["a", "b"] { try enqueue(id, id == "a" ? "room" : "mail", night) }
        let service = service("21:00-08:00")
        _ = await service.drain(now: night)
        await service.configure(set("21:00-06:00"))
        let midnight = try local("2026-11-21T00:00")
        _ = await service.drain(now: midnight)
        #expect(try store.item(id: "a")?.notBefore == local("2026-11-21T06:00"))
        await service.configure(set("21:00-10:00"))
        _ = await service.drain(now: midnight.adding(seconds: 1))
        #expect(try store.item(id: "b")?.notBefore == local("2026-11-21T10:00"))
        await service.configure(set())
        _ = await service.drain(now: midnight.adding(seconds: 2))
        #expect(try state("a") == "sent delivered")
        #expect(try state("b") == "sent delivered")
    }

    @Test func andByThoseOfARestart() async throws {
        let night = try local("2026-11-20T22:00")
        try enqueue("a", "room", night)
        try enqueue("b", "mail", night)
        _ = await service("21:00-08:00").drain(now: night)
        _ = await service("21:00-08:00 drop").drain(now: night.adding(seconds: 60))
        #expect(try state("a") == "dropped quiet_hours")
        #expect(try state("b") == "dropped quiet_hours")
    }

    @Test func aPersonsEditCountsWithinAMinute() async throws {
        let night = try local("2026-11-20T22:00")
        members.set(person("21:00-08:00"))
        try enqueue("a", "mail", night, to: person("21:00-08:00"))
        let service = service()
        _ = await service.drain(now: night)
        #expect(try store.item(id: "a")?.notBefore == local("2026-11-21T08:00"))
        members.set(person("21:00-23:00"))
        _ = await service.drain(now: night.adding(seconds: 60))
        #expect(try store.item(id: "a")?.notBefore == local("2026-11-20T23:00"))
        // The other way round: when the gate would open the person has asked for a longer night.
        members.set(person("21:00-09:00"))
        _ = await service.drain(now: try local("2026-11-20T23:00"))
        #expect(try store.item(id: "a")?.notBefore == local("2026-11-21T09:00"))
        members.set(person("21:00-09:00", "Europe/Berlin"))
        _ = await service.drain(now: try local("2026-11-20T23:05"))
        #expect(try state("a") == "sent delivered")
    }

    @Test func looksEachMinuteDisturbNothingThatIsRight() async throws {
        let night = try local("2026-11-20T22:00")
        members.set(person("21:00-08:00"))
        // The notice was made before the person set any.
        try enqueue("a", "mail", night, to: person(nil))
        let service = service("20:00-23:00")
        _ = await service.drain(now: night)
        let commits = store.commits
        for minute in 1...30 { _ = await service.drain(now: night.adding(seconds: Int64(minute) * 60)) }
        // The person's own hours are found out at the first look, and hold it from there.
        #expect(store.commits - commits <= 1)
        #expect(try store.item(id: "a")?.notBefore == local("2026-11-21T08:00"))
    }

    @Test func downAcrossTheWindow() async throws {
        // Made before the window, found in it; and found after it.
        try enqueue("a", "room", try local("2026-11-20T20:59"))
        _ = await service("21:00-08:00").drain(now: try local("2026-11-20T23:00"))
        #expect(try store.item(id: "a")?.notBefore == local("2026-11-21T08:00"))
        try enqueue("b", "room", try local("2026-11-20T22:59"))
        _ = await service("21:00-08:00").drain(now: try local("2026-11-21T12:00"))
        #expect(try state("a") == "sent delivered")
        #expect(try state("b") == "sent delivered")
        #expect(transport.requests.count == 1)
    }

    // MARK: beside the other gates

    @Test func digestQuietHoursAndPaceAreOneGate() async throws {
        let night = try local("2026-11-20T22:00")
        let digest = try local("2026-11-21T07:00")
        try enqueue("digest", "room", night, heldUntil: digest)
        try enqueue("low", "room", night, priority: .low)
        try enqueue("high", "room", night, priority: .high)
        try enqueue("urgent", "room", night, urgent: true)
        for index in 1...45 { try enqueue("n\(index)", "room", night.adding(seconds: Int64(index))) }
        let service = service("21:00-08:00", limit: Pace(count: 2, seconds: 60))
        _ = await service.drain(now: night.adding(seconds: 100))
        #expect(try state("urgent") == "sent delivered")
        #expect(transport.requests.count == 1)
        #expect(try state("digest") == "held digest")
        _ = await service.drain(now: digest)
        #expect(try state("digest") == "held quiet_hours")
        let opening = try local("2026-11-21T08:00")
        _ = await service.drain(now: opening)
        _ = await service.drain(now: opening.adding(seconds: 61))
        let bundles = Set(try store.items(state: .sent, channel: "room", limit: 99).compactMap(\.bundle))
        #expect(bundles.count == 3)
        #expect(try store.summary().counts == [.sent: 49])
        #expect(transport.requests.count == 3)
        #expect(try store.item(id: "high")?.bundle == store.item(id: "n1")?.bundle)
        #expect(try store.item(id: "low")?.bundle != store.item(id: "high")?.bundle)
    }

    // MARK: what cannot be read

    @Test func aTimeThatCannotBeReadIsToldOnceADay() async throws {
        let day = try local("2026-11-20T12:00")
        let service = service()
        for (index, hours) in [0, 1, 2, 30].enumerated() {
            let now = day.adding(seconds: Int64(hours) * 3_600)
            try enqueue("a\(index)", "mail", now, to: person("from nine to five", "Moon/Base"))
            _ = await service.drain(now: now)
        }
        let told = try store.items(state: nil, channel: "ops", limit: 9).map(\.notice)
        #expect(told.count == 4)
        let words = told.flatMap(\.text).map { if case .value(let text) = $0 { text } else { "" } }
        #expect(
            words.filter { $0.contains("anna") && $0.contains("from nine to five") && $0.contains("21:00-08:00") }.count
                == 2)
        #expect(words.filter { $0.contains("Moon/Base") && $0.contains("Asia/Shanghai") }.count == 2)
    }

    @Test func aZoneOfNoConsequenceIsNotToldOfNorIsAnythingInARoom() async throws {
        let day = try local("2026-11-20T12:00")
        try enqueue("a", "mail", day, to: person(nil, "Moon/Base"))
        try enqueue("b", "room", day, to: person("nonsense", "Moon/Base"))
        _ = await service().drain(now: day)
        #expect(try store.items(state: nil, channel: "ops", limit: 9).isEmpty)
    }
}
