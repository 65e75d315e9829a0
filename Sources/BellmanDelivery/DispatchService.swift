import Almanac
import BellmanModel
import BellmanStore
import BellmanTransport
import Failpoints
import Synchronization

/// The configured channels.
public struct ChannelSet: Sendable {
    public let channels: [String: any Channel]
    public let policies: [String: ChannelPolicy]

    /// Always holds `inbox`. Broken entries are left out and reported; the others work.
    /// `quiet` and `zone` are the configuration's.
    public static func make(
        _ settings: [ChannelSettings], quiet: QuietHours? = nil, zone: Zone = .utc
    ) -> (set: ChannelSet, problems: [ChannelProblem]) {
        var channels: [String: any Channel] = [:]
        var policies: [String: ChannelPolicy] = [:]
        var problems: [ChannelProblem] = []
        let inbox = ChannelSettings(name: "inbox", type: "inbox", values: [:])
        for entry in (settings.contains { $0.name == "inbox" } ? settings : settings + [inbox]) {
            do throws(ChannelProblem) {
                let channel = try ChannelRegistry.make(entry)
                channels[entry.name] = channel
                policies[entry.name] = ChannelPolicy(
                    isRoom: channel.isRoom, pace: entry.limit ?? channel.vendorPace, schedule: channel.retrySchedule,
                    maxAgeSeconds: entry.maxAgeSeconds, fallback: entry.fallback, robot: entry.robot,
                    quiet: entry.quietHours ?? quiet, zone: zone, hasPlainForm: channel.hasPlainForm)
            } catch {
                problems.append(error)
            }
        }
        return (ChannelSet(channels: channels, policies: policies), problems)
    }
}

/// What delivery cannot do by itself.
public struct DispatchSurroundings: Sendable {
    public let store: any OutboxStore
    public let http: any HTTPTransport
    public let mail: any MailTransport
    public let clock: any WallClock
    public let sleeper: any Sleeper
    /// Shows inbox notices on the terminal.
    public let inboxLine: (@Sendable (String) -> Void)?
    /// Troubles of the store, for the log.
    public let report: @Sendable (any Error) -> Void
    /// A channel went out of use, or is in use again (`nil`).
    public var channelNews: @Sendable (_ channel: String, _ trouble: ChannelTrouble?) -> Void = { _, _ in }
    /// A channel refused for good, or never could deliver.
    public var gaveUp: @Sendable (GivenUp) -> Void = { _ in }
    /// Channels that an earlier run found out of use.
    public var troubles: [String: ChannelTrouble] = [:]
    /// So many completions were written: lists and pages may look again.
    public var settled: @Sendable (Int) -> Void = { _ in }
    /// A person's record as it is now, by member id: their own quiet hours and zone may have been edited since the
    /// notice was made. `nil` where there is none.
    public var present: @Sendable (_ member: String) -> Recipient? = { _ in nil }
    /// Carries a word to the admin channel; true when something new is in the outbox.
    public var tellAdmin: @Sendable (AdminWord) -> Bool = { _ in false }
    /// Asked for a notice that was held: why it should no longer leave; `nil` where it should.
    public var objection: @Sendable (Notice, Instant) async -> Reason? = { _, _ in nil }

    /// Makes the links by which people act; nil where no public address is configured.
    public var links: ActLinks?

    public init(
        store: any OutboxStore, http: any HTTPTransport, mail: any MailTransport, clock: any WallClock,
        sleeper: any Sleeper, inboxLine: (@Sendable (String) -> Void)? = nil,
        report: @escaping @Sendable (any Error) -> Void = { _ in }
    ) {
        self.store = store
        self.http = http
        self.mail = mail
        self.clock = clock
        self.sleeper = sleeper
        self.inboxLine = inboxLine
        self.report = report
    }
}

/// What a `drain` came to, in notices.
public struct DrainCounts: Sendable, Hashable {
    public var sent = 0
    /// Still in the outbox, waiting or held.
    public var waiting = 0
    public var dead = 0
    public init() {}
}

/// The shell around `DispatcherCore`: claims, sends, writes down. One `run` or `drain` at a time.
public actor DispatchService {
    private var core: DispatcherCore
    private var set: ChannelSet
    private let around: DispatchSurroundings
    private let box = EventBox()
    private let published = Mutex<[ChannelStanding]>([])
    private let claimName: String
    private var claims = 0
    private var alarm: Task<Void, Never>?
    private var restingUntil: Instant?
    /// Something may be due earlier than the alarm: asking the store after every answer would cost as much as a claim.
    private var mayBeEarlier = true
    private var lastExcluding: Set<String> = []
    /// The core's last wish; carried out once for a batch of events.
    private var resting: (until: Instant?, excluding: Set<String>)?
    private var leasesCheckedAt: Instant?
    /// When what is held for quiet hours was last compared with the hours as they are; nil to do so at once.
    private var hoursCheckedAt: Instant?
    /// Kept while the store refuses to write, so that nothing is sent twice for it.
    private var unwritten: [Completion] = []
    private var unwrittenMarks: [SendMark] = []
    /// A turn goes by one instant from its beginning to its end, though it waits for answers meanwhile.
    private var isTurning = false
    private var betweenTurns: [CheckedContinuation<Void, Never>] = []
    private static let longestRestSeconds: Int64 = 60
    private static let storeRetrySeconds: Int64 = 5
    /// A notice that is younger has its people as they are.
    private static let freshSeconds: Int64 = 60

    /// `seed` spreads retries; `claimName` tells this process's claims from another's.
    public init(
        _ set: ChannelSet, language: String, surroundings: DispatchSurroundings, seed: UInt64,
        claimName: String
    ) {
        self.set = set
        around = surroundings
        self.claimName = claimName
        core = DispatcherCore(
            channels: set.policies, language: language, seed: seed, marks: DispatchService.marks(surroundings),
            troubles: surroundings.troubles)
    }

    private static func marks(_ around: DispatchSurroundings) -> [SendMark] {
        let start = around.clock.now().adding(seconds: -DispatcherLimits.marksSeconds)
        do { return try around.store.marks(after: start) } catch {
            around.report(error)
            return []
        }
    }

    /// How each channel is doing, by name; as of the last thing that happened.
    public nonisolated var standings: [ChannelStanding] { published.withLock { $0 } }

    /// Something new may be in the outbox.
    public nonisolated func nudge() { box.post(.wake) }

    /// Channels that were out of use work again.
    public nonisolated func mended(_ channels: [String]) { box.post(.mended(channels)) }

    /// The clock was set forward, or back (below 0), by so many microseconds: what waits for time to pass moves with it.
    /// `store` moves the times that are stored, and the clock. Both happen between two turns, so that no turn sees one
    /// without the other; where `store` throws, nothing has moved.
    public func clockMoved(byMicroseconds shift: Int64, store: @Sendable () throws -> Void) async rethrows {
        while isTurning { await withCheckedContinuation { betweenTurns.append($0) } }
        try store()
        core.move(by: shift)
        unwritten = unwritten.map { $0.moved(by: shift) }
        unwrittenMarks = unwrittenMarks.map { SendMark(robot: $0.robot, at: $0.at.adding(microseconds: shift)) }
        (restingUntil, leasesCheckedAt, mayBeEarlier) = (nil, nil, true)
        box.post(.wake)
    }

    /// Takes effect for messages that are formatted from now on; channels that were out of use begin afresh.
    public func configure(_ set: ChannelSet) {
        self.set = set
        box.post(.configured(set.policies))
    }

    /// Delivers until the task is cancelled; then waits for what is under way and gives back the rest.
    public func run() async {
        box.post(.wake)
        await withTaskCancellationHandler {
            while !(Task.isCancelled && core.isIdle) {
                await handle(await box.take(), at: around.clock.now())
                setAlarm(around.clock.now())
            }
        } onCancel: {
            box.post(.shutdown)
        }
        alarm?.cancel()
    }

    /// Delivers everything due at `now`, taking that as the present for retries and pace; returns when nothing more
    /// can leave.
    public func drain(now: Instant) async -> DrainCounts {
        let (sent, dead) = (core.sent, core.dead)
        try? releaseEndedLeases(now)
        await handle(box.takePresent() + [.wake], at: now)
        while !core.isIdle || !core.isExhausted {
            await handle(await box.take(), at: now)
        }
        var counts = DrainCounts()
        (counts.sent, counts.dead) = (core.sent - sent, core.dead - dead)
        if let summary = try? around.store.summary() {
            counts.waiting = (summary.counts[.waiting] ?? 0) + (summary.counts[.held] ?? 0)
        }
        return counts
    }

    /// Sends a test notice past the outbox and returns the vendor's answer; `nil` when there is no such channel.
    public func sendTest(_ name: String, to recipients: [Recipient] = [], language: String = "en") async -> Judgement? {
        let wording = DeliveryWording(language)
        return await sendDirectly(
            name, id: "test-\(around.clock.now().microseconds)", title: wording.testTitle,
            text: [.authored(wording.testText)], to: recipients, language: language)
    }

    /// Sends past the outbox, once, and returns the answer; `nil` when there is no such channel.
    public func sendDirectly(
        _ name: String, id: String, title: String, text: [TextPart], to recipients: [Recipient] = [], language: String
    ) async -> Judgement? {
        guard let channel = set.channels[name] else { return nil }
        let now = around.clock.now()
        let wording = DeliveryWording(language)
        let message = OutgoingMessage(
            id: id, title: title, text: text, links: [], recipients: recipients, language: language, notices: [])
        do throws(FormatProblem) {
            let answer = await exchange(try channel.format(message, now: now))
            return channel.classify(answer, now: around.clock.now())
        } catch {
            return Judgement(.permanentMessage, wording.reason(error == .noAddress ? "no_address" : "bad_address"))
        }
    }

    private func exchange(_ request: WireRequest) async -> WireAnswer {
        await withCheckedContinuation { continuation in
            carry(request) { continuation.resume(returning: $0) }
        }
    }

    // Performing

    private func handle(_ events: [DispatcherEvent], at now: Instant) async {
        isTurning = true
        defer { endTurn() }
        if events.contains(where: \.isNews) { mayBeEarlier = true }
        var waiting = core.handle(events, at: now)[...]
        if events.contains(where: \.isConfiguration) { hoursCheckedAt = nil }
        if events.contains(where: \.isNews), reopenMisheld(now) { waiting += core.handle([.wake], at: now) }
        while let action = waiting.popFirst() {
            if let next = await perform(action, now) { waiting += core.handle([next], at: now) }
        }
        let standings = core.standings(now)
        published.withLock { $0 = standings }
    }

    private func endTurn() {
        isTurning = false
        for waiter in betweenTurns { waiter.resume() }
        betweenTurns = []
    }

    /// Returns the event that the action leads to at once.
    private func perform(_ action: DispatcherAction, _ now: Instant) async -> DispatcherEvent? {
        switch action {
        case .claim(let limit, let excluding, let eager): return await claim(limit, excluding, eager, now)
        case .send(let message): send(message, now)
        case .complete(let completions, let marks): write(completions, marks, now)
        case .news(let channel, let trouble): around.channelNews(channel, trouble)
        case .gaveUp(let given): around.gaveUp(given)
        case .tell(let words): for word in words where around.tellAdmin(word) { box.post(.wake) }
        case .rest(let until, let excluding): resting = (until, excluding)
        }
        return nil
    }

    private func claim(
        _ limit: Int, _ excluding: Set<String>, _ eager: Set<String>, _ now: Instant
    ) async -> DispatcherEvent {
        claims += 1
        do {
            let request = ClaimRequest(
                now: now, limit: limit, excluding: excluding, eager: eager,
                bundleAbove: DispatcherLimits.bundleAbove, bundleSize: DispatcherLimits.bundleSize,
                lease: now.adding(seconds: DispatcherLimits.leaseSeconds), claim: "\(claimName)-\(claims)")
            let messages = try Failpoint.step(.claim) { try around.store.claim(request) }
            let (standing, objections) = await askAgain(messages.map { refreshed($0, now) }, now)
            return .claimed(standing, objections: objections)
        } catch {
            around.report(error)
            return .claimFailed
        }
    }

    /// With the times that the record gives now, where the notice is not new; addresses stay as they were.
    private func refreshed(_ message: ClaimedMessage, _ now: Instant) -> ClaimedMessage {
        ClaimedMessage(id: message.id, items: message.items.map { refreshed($0, now) }, claim: message.claim)
    }

    private func refreshed(_ item: OutboxItem, _ now: Instant) -> OutboxItem {
        let notice = item.notice
        guard !notice.recipientKey.isEmpty, let person = notice.recipients.first,
            item.state == .held || item.createdAt.adding(seconds: DispatchService.freshSeconds) < now,
            let present = around.present(person.id),
            present.timezone != person.timezone || present.quietHours != person.quietHours
        else { return item }
        var fresh = OutboxItem(
            notice: notice.with(timezone: present.timezone, quietHours: present.quietHours), state: item.state,
            notBefore: item.notBefore, attempts: item.attempts, reason: item.reason, bundle: item.bundle,
            createdAt: item.createdAt)
        fresh.finishedAt = item.finishedAt
        return fresh
    }

    /// Quiet hours that were edited let go, or hold on to, what they held: at start, after a reload, and once a minute
    /// because members edit theirs. True when something is to be claimed.
    private func reopenMisheld(_ now: Instant) -> Bool {
        let isWhole = hoursCheckedAt == nil
        if let last = hoursCheckedAt, now < last.adding(seconds: DispatchService.longestRestSeconds), now >= last {
            return false
        }
        hoursCheckedAt = now
        do {
            let limit = DispatcherLimits.heldLookedAt
            guard isWhole else {
                return try reopen(around.store.items(state: .held, channel: nil, limit: limit), now)
            }
            var isAny = false
            try around.store.eachHeld(atOnce: limit) { if try reopen($0, now) { isAny = true } }
            return isAny
        } catch {
            around.report(error)
            return false
        }
    }

    private func reopen(_ held: [OutboxItem], _ now: Instant) throws -> Bool {
        let misheld = core.misheld(held.map { refreshed($0, now) }, now)
        guard !misheld.isEmpty else { return false }
        try around.store.reopen(misheld, now: now)
        return true
    }

    /// What was held is asked about again, notice by notice: done or moved meanwhile, it does not leave.
    private func askAgain(
        _ messages: [ClaimedMessage], _ now: Instant
    ) async -> (standing: [ClaimedMessage], objections: [Completion]) {
        guard messages.contains(where: { $0.items.contains { $0.state == .held } }) else { return (messages, []) }
        var standing: [ClaimedMessage] = []
        var objections: [Completion] = []
        for message in messages {
            var items: [OutboxItem] = []
            for item in message.items {
                if item.state == .held, let reason = await around.objection(item.notice, now) {
                    objections.append(
                        Completion(
                            message: item.notice.id, claim: message.claim, fate: .dropped(reason), attempt: nil))
                } else {
                    items.append(item)
                }
            }
            if !items.isEmpty {
                standing.append(ClaimedMessage(id: message.id, items: items, claim: message.claim))
            }
        }
        return (standing, objections)
    }

    private func write(_ completions: [Completion], _ marks: [SendMark], _ now: Instant) {
        unwritten += completions
        unwrittenMarks += marks
        if completions.contains(where: { $0.fate != .sent }) { mayBeEarlier = true }
        do {
            _ = try Failpoint.step(.completionsWrite) {
                try around.store.complete(unwritten, marks: unwrittenMarks, now: now)
            }
            around.settled(unwritten.count)
            unwritten = []
            unwrittenMarks = []
        } catch {
            around.report(error)
        }
    }

    private func send(_ message: ClaimedMessage, _ now: Instant) {
        let box = box
        guard let name = message.items.first?.notice.channel, let channel = set.channels[name] else {
            box.post(.finished(message.id, Judgement(.transient, "no channel")))
            return
        }
        do throws(FormatProblem) {
            // Signatures need the real present, also when the outbox is drained as of another.
            let present = around.clock.now()
            var outgoing = OutgoingMessage(message)
            if let links = around.links { outgoing = links.added(to: outgoing, isRoom: channel.isRoom, now: present) }
            let request = try Failpoint.pass(.format) { () throws(FormatProblem) in
                try channel.format(outgoing, now: present)
            }
            Failpoint.pass(.send) {
                carry(request) { answer in
                    box.post(.finished(message.id, channel.classify(answer, now: now)))
                }
            }
        } catch {
            box.post(.unformatted(message.id, error))
        }
    }

    private func carry(_ request: WireRequest, _ completion: @escaping @Sendable (WireAnswer) -> Void) {
        switch request {
        case .http(let request):
            around.http.start(request) { outcome in
                switch outcome {
                case .success(let response): completion(.http(response))
                case .failure(let failure): completion(.failure(failure))
                }
            }
        case .mail(let envelope):
            around.mail.start(envelope) { outcome in
                switch outcome {
                case .success(let reply): completion(.mail(reply))
                case .failure(let failure): completion(.failure(failure))
                }
            }
        case .local(let line):
            around.inboxLine?(line)
            completion(.local)
        }
    }

    /// Sets the alarm for the next moment that matters. An alarm that is already early enough stays.
    private func setAlarm(_ now: Instant) {
        guard let (until, excluding) = resting else { return }
        resting = nil
        if excluding != lastExcluding { (lastExcluding, mayBeEarlier) = (excluding, true) }
        if !mayBeEarlier, unwritten.isEmpty, let current = restingUntil, current > now, current <= until ?? current {
            return
        }
        mayBeEarlier = false
        var target = now.adding(seconds: DispatchService.longestRestSeconds)
        if !unwritten.isEmpty { target = now.adding(seconds: DispatchService.storeRetrySeconds) }
        if let until { target = min(target, until) }
        do {
            try releaseEndedLeases(now)
            if let due = try around.store.nextDue(excluding: excluding) { target = min(target, max(due, now)) }
        } catch {
            around.report(error)
        }
        if let current = restingUntil, current <= target, current > now { return }
        restingUntil = target
        alarm?.cancel()
        let (sleeper, box) = (around.sleeper, box)
        alarm = Task {
            guard (try? await sleeper.sleep(until: target)) != nil else { return }
            box.post(.wake)
        }
    }

    private func releaseEndedLeases(_ now: Instant) throws {
        let due = leasesCheckedAt?.adding(seconds: DispatchService.longestRestSeconds) ?? now
        guard due <= now else { return }
        leasesCheckedAt = now
        _ = try around.store.releaseClaims(endedBy: now)
    }
}

extension Completion {
    /// A try waits for time to pass, microseconds.
    public func moved(by shift: Int64) -> Completion {
        guard case .retry(let instant) = fate else { return self }
        return Completion(
            message: message, claim: claim, fate: .retry(at: instant.adding(microseconds: shift)), attempt: attempt,
            followUps: followUps)
    }
}

extension DispatcherEvent {
    fileprivate var isConfiguration: Bool { if case .configured = self { true } else { false } }

    /// Anything but an answer.
    fileprivate var isNews: Bool {
        switch self {
        case .finished, .unformatted: false
        default: true
        }
    }
}
