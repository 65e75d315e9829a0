import Almanac
import BellmanModel
import BellmanStore

/// Decides what is sent when and what becomes of it. Pure: time and answers come in as events, work goes out as
/// actions, randomness is a seeded value.
public struct DispatcherCore: Sendable {
    struct Flight: Sendable {
        let message: ClaimedMessage
        let channel: String
    }

    var channels: [String: ChannelState] = [:]
    var robots: [String: Robot] = [:]
    var inFlight: [String: Flight] = [:]
    var done: [Completion] = []
    var marks: [SendMark] = []
    var news: [DispatcherAction] = []
    private var flushAt: Instant?
    private var claiming = false
    /// The last claim brought all that there was.
    var exhausted = false
    private var leftOut: Set<String> = []
    private var stopping = false
    var random: SeededGenerator
    var admin: AdminDesk
    public internal(set) var sent = 0
    public internal(set) var dead = 0

    /// `marks` are the last sends of an earlier run, `troubles`
    /// the channels that it found out of use.
    public init(
        channels: [String: ChannelPolicy], language: String, seed: UInt64, marks: [SendMark] = [],
        troubles: [String: ChannelTrouble] = [:]
    ) {
        self.admin = AdminDesk(language: language)
        random = SeededGenerator(seed: seed)
        for mark in marks { robots[mark.robot, default: Robot()].noteSent(mark.at) }
        configure(channels)
        for (name, trouble) in troubles {
            self.channels[name]?.deadSince = trouble.since
            self.channels[name]?.trouble = trouble.words
        }
    }

    /// Nothing under way and nothing left to write.
    public var isIdle: Bool { inFlight.isEmpty && done.isEmpty && !claiming }
    /// The store has nothing more that may leave now.
    public var isExhausted: Bool { exhausted && channels.values.allSatisfy { $0.queue.isEmpty } }

    /// By name.
    public func standings(_ now: Instant) -> [ChannelStanding] {
        channels.keys.sorted().compactMap { name in
            guard let state = channels[name] else { return nil }
            let until = slot(state, now)
            return ChannelStanding(
                name: name, state: state.isDead ? .dead : until == nil ? .working : .resting, until: until,
                words: state.trouble, inFlight: state.inFlight, lastDelivery: state.lastDelivery)
        }
    }

    /// Takes events that came together; what they lead to is decided once for all of them.
    public mutating func handle(_ events: [DispatcherEvent], at now: Instant) -> [DispatcherAction] {
        for event in events {
            switch event {
            case .wake: exhausted = false
            case .claimed(let messages, let objections):
                done += objections
                take(messages, now)
            case .claimFailed: (claiming, exhausted) = (false, true)
            case .finished(let id, let judgement): finish(id, judgement, now)
            case .unformatted(let id, let problem): cannotFormat(id, problem, now)
            case .mended(let names): for name in names { revive(name) }
            case .configured(let policies): configure(policies)
            case .shutdown: shutDown()
            }
        }
        var actions = news
        news = []
        releaseOverdue(now)
        sendQueued(now, &actions)
        flush(now, &actions)
        claimMore(now, &actions)
        return actions
    }

    /// The instant from which a channel may send again; `nil` when it may now.
    func slot(_ state: ChannelState, _ now: Instant) -> Instant? {
        var slot = robots[state.policy.robot]?.nextSlot(state.policy.pace, now)
        if let rest = state.restingUntil, rest > now { slot = max(slot ?? rest, rest) }
        return slot
    }

    // Claiming

    private func excluded(_ now: Instant) -> Set<String> {
        var names: Set<String> = []
        for (name, state) in channels {
            let full = state.queue.count >= DispatcherLimits.queuedPerChannel
            if full || (slot(state, now) != nil && !state.isDead) { names.insert(name) }
        }
        return names
    }

    private func eager(_ now: Instant) -> Set<String> {
        var names: Set<String> = []
        for (name, state) in channels where robots[state.policy.robot]?.isBusy(state.policy.pace, now) == true {
            names.insert(name)
        }
        return names
    }

    private mutating func claimMore(_ now: Instant, _ actions: inout [DispatcherAction]) {
        guard !claiming, !stopping else { return }
        let excluding = excluded(now)
        // What was left out of the last claim may have room again.
        if !leftOut.isSubset(of: excluding) { exhausted = false }
        guard exhausted else {
            claiming = true
            leftOut = excluding
            actions.append(
                .claim(limit: DispatcherLimits.claimAtOnce, excluding: excluding, eager: eager(now)))
            return
        }
        actions.append(.rest(until: nextMoment(now), excluding: excluding))
    }

    private func nextMoment(_ now: Instant) -> Instant? {
        var moments = channels.values.compactMap { slot($0, now) }
        if let flushAt { moments.append(flushAt) }
        return moments.min()
    }

    private mutating func take(_ messages: [ClaimedMessage], _ now: Instant) {
        claiming = false
        exhausted = messages.count < DispatcherLimits.claimAtOnce
        for message in messages {
            guard let name = message.items.first?.notice.channel else { continue }
            guard let policy = channels[name]?.policy else {
                admin.note(.unknownChannel(name), now)
                giveUp(message, channel: name, Reason("unknown_channel", name), attempt: nil, now)
                continue
            }
            if channels[name]?.isShut(now) == true {
                passOver(message, channel: name, attempt: nil, now)
            } else if isTooOld(message, policy, now) {
                giveUp(message, channel: name, Reason("max_age"), attempt: nil, now)
            } else if passes(message, policy, now) {
                channels[name]?.enqueue(message, now)
            }
        }
    }

    private mutating func passes(_ message: ClaimedMessage, _ policy: ChannelPolicy, _ now: Instant) -> Bool {
        // One message is for one recipient, and what is urgent never mixes with what is not.
        guard let notice = message.items.first?.notice else { return true }
        for problem in QuietGate.problems(notice, policy) { admin.note(.badTimes(problem), now) }
        let quiet = Reason("quiet_hours")
        switch QuietGate.ask(notice, policy, now) {
        case .open: return true
        case .shut(let until): complete(message, .held(until: until, quiet))
        case .drop: complete(message, .dropped(quiet))
        }
        return false
    }

    /// Which of the notices that are held for quiet hours wait for an instant that is no longer right, because the
    /// hours were edited: those of the configuration, of a channel or of a person. They are to be asked about again.
    public func misheld(_ items: [OutboxItem], _ now: Instant) -> [String] {
        items.compactMap { item in
            guard item.state == .held, item.reason.code == "quiet_hours", item.notBefore > now else { return nil }
            guard let policy = channels[item.notice.channel]?.policy else { return item.notice.id }
            return QuietGate.ask(item.notice, policy, now) == .shut(until: item.notBefore) ? nil : item.notice.id
        }
    }

    /// Age counts from the moment that the notice could first leave; tries move `notBefore`, so from then on it
    /// counts from its making.
    private func isTooOld(_ message: ClaimedMessage, _ policy: ChannelPolicy, _ now: Instant) -> Bool {
        message.items.allSatisfy { item in
            let young = item.attempts < DispatcherLimits.triesBeforeAge
            let base = young ? max(item.createdAt, item.notBefore) : item.createdAt
            return now > base.adding(seconds: policy.maxAgeSeconds)
        }
    }

    // Sending

    private mutating func sendQueued(_ now: Instant, _ actions: inout [DispatcherAction]) {
        for name in channels.keys.sorted() {
            guard channels[name]?.queue.isEmpty == false, var state = channels.removeValue(forKey: name) else {
                continue
            }
            var taken = 0
            while taken < state.queue.count, state.mayStart,
                slot(state, now) == nil
            {
                let message = state.queue[taken]
                taken += 1
                state.inFlight += 1
                noteSent(state.policy, now)
                inFlight[message.id] = Flight(message: message, channel: name)
                actions.append(.send(message))
            }
            state.queue.removeFirst(taken)
            // A channel that must wait holds no claims: others could take them, and leases would run out.
            if slot(state, now) != nil { release(&state) }
            channels[name] = state
        }
    }

    private mutating func noteSent(_ policy: ChannelPolicy, _ now: Instant) {
        guard policy.pace != nil else { return }
        robots[policy.robot, default: Robot()].noteSent(now)
        marks.append(SendMark(robot: policy.robot, at: now))
    }

    private mutating func release(_ state: inout ChannelState) {
        for message in state.queue { complete(message, .released) }
        state.queue = []
    }

    private mutating func releaseOverdue(_ now: Instant) {
        for name in channels.keys.sorted() {
            guard var state = channels[name], let since = state.queuedAt, !state.queue.isEmpty,
                now > since.adding(seconds: DispatcherLimits.queueSeconds)
            else { continue }
            release(&state)
            channels[name] = state
        }
    }

    mutating func complete(
        _ message: ClaimedMessage, _ fate: Completion.Fate, _ attempt: Attempt? = nil, followUps: [OutboxItem] = []
    ) {
        done.append(
            Completion(
                message: message.id, claim: message.claim, fate: fate, attempt: attempt, followUps: followUps))
    }

    // The rest

    private mutating func configure(_ policies: [String: ChannelPolicy]) {
        releaseAll()
        let old = channels
        channels = [:]
        for (name, policy) in Fallback.withoutCircles(policies) {
            var state = ChannelState(policy: policy)
            state.inFlight = old[name]?.inFlight ?? 0
            state.lastDelivery = old[name]?.lastDelivery
            channels[name] = state
        }
        for name in old.keys.sorted() where old[name]?.isDead == true {
            news.append(.news(channel: name, trouble: nil))
        }
        exhausted = false
    }

    /// Rests, paces and tries wait for time to pass, not for a time of day: they move with the clock.
    public mutating func move(by shift: Int64) {
        for name in channels.keys { channels[name]?.move(by: shift) }
        for name in robots.keys { robots[name]?.move(by: shift) }
        flushAt = flushAt?.adding(microseconds: shift)
        done = done.map { $0.moved(by: shift) }
        marks = marks.map { SendMark(robot: $0.robot, at: $0.at.adding(microseconds: shift)) }
        exhausted = false
    }

    private mutating func shutDown() {
        stopping = true
        releaseAll()
    }

    private mutating func releaseAll() {
        for name in channels.keys.sorted() {
            guard var state = channels[name] else { continue }
            release(&state)
            channels[name] = state
        }
    }

    private mutating func flush(_ now: Instant, _ actions: inout [DispatcherAction]) {
        guard !done.isEmpty else {
            flushAt = nil
            return
        }
        let deadline = flushAt ?? now.adding(microseconds: DispatcherLimits.completionDelayMicroseconds)
        flushAt = deadline
        guard inFlight.isEmpty || done.count >= DispatcherLimits.completionsAtOnce || now >= deadline else { return }
        // What these completions queue is due at once.
        if done.contains(where: { !$0.followUps.isEmpty }) { exhausted = false }
        actions.append(.complete(done, marks: marks))
        (done, marks) = ([], [])
        flushAt = nil
        let words = admin.due(now)
        if !words.isEmpty {
            actions.append(.tell(words))
            exhausted = false
        }
    }
}
