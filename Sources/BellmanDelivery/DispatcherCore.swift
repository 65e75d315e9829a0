import Almanac
import BellmanModel
import BellmanStore

/// Decides what is sent when and what becomes of it. Pure: time and answers come in as events, work goes out as
/// actions, randomness is a seeded value.
public struct DispatcherCore: Sendable {
    private struct Flight: Sendable {
        let message: ClaimedMessage
        let channel: String
    }

    private var channels: [String: ChannelState] = [:]
    private var inFlight: [String: Flight] = [:]
    private var done: [Completion] = []
    private var flushAt: Instant?
    private var claiming = false
    /// The last claim brought all that there was.
    private var exhausted = false
    private var leftOut: Set<String> = []
    private var stopping = false
    private var random: SeededGenerator
    private var admin: AdminDesk
    public private(set) var sent = 0
    public private(set) var dead = 0

    /// `admin` is the channel for Bellman's own troubles.
    public init(channels: [String: ChannelPolicy], admin: String, language: String, seed: UInt64) {
        self.admin = AdminDesk(channel: admin, language: language)
        random = SeededGenerator(seed: seed)
        configure(channels)
    }

    /// Nothing under way and nothing left to write.
    public var isIdle: Bool { inFlight.isEmpty && done.isEmpty && !claiming }
    /// The store has nothing more that may leave now.
    public var isExhausted: Bool { exhausted && channels.values.allSatisfy { $0.queue.isEmpty } }

    public mutating func handle(_ event: DispatcherEvent, at now: Instant) -> [DispatcherAction] {
        var actions: [DispatcherAction] = []
        switch event {
        case .wake: exhausted = false
        case .claimed(let messages): take(messages, now)
        case .claimFailed: (claiming, exhausted) = (false, true)
        case .finished(let id, let judgement): finish(id, judgement, now)
        case .unformatted(let id, let problem): cannotFormat(id, problem, now)
        case .configured(let policies): configure(policies)
        case .shutdown: shutDown()
        }
        releaseOverdue(now)
        sendQueued(now, &actions)
        flush(now, &actions)
        claimMore(now, &actions)
        return actions
    }

    // Claiming

    private func excluded(_ now: Instant) -> Set<String> {
        var names: Set<String> = []
        for (name, state) in channels {
            let full = state.queue.count >= DispatcherLimits.queuedPerChannel
            if full || (state.nextSlot(now) != nil && !state.isDead) { names.insert(name) }
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
            actions.append(.claim(limit: DispatcherLimits.claimAtOnce, excluding: excluding))
            return
        }
        actions.append(.rest(until: nextMoment(now), excluding: excluding))
    }

    private func nextMoment(_ now: Instant) -> Instant? {
        var moments = channels.values.compactMap { $0.nextSlot(now) }
        if let flushAt { moments.append(flushAt) }
        return moments.min()
    }

    private mutating func take(_ messages: [ClaimedMessage], _ now: Instant) {
        claiming = false
        exhausted = messages.count < DispatcherLimits.claimAtOnce
        for message in messages {
            guard let name = message.items.first?.notice.channel else { continue }
            guard let state = channels[name] else {
                admin.note(.unknownChannel(name), now)
                giveUp(message, channel: name, Reason("unknown_channel", name), attempt: nil, now)
                continue
            }
            if state.isDead {
                passOver(message, channel: name, attempt: nil, now)
            } else if isTooOld(message, state.policy, now) {
                giveUp(message, channel: name, Reason("max_age"), attempt: nil, now)
            } else {
                if state.queue.isEmpty { channels[name]?.queuedAt = now }
                channels[name]?.queue.append(message)
            }
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
            guard var state = channels[name], !state.queue.isEmpty else { continue }
            var taken = 0
            while taken < state.queue.count, state.inFlight < DispatcherLimits.inFlightPerChannel,
                state.nextSlot(now) == nil
            {
                let message = state.queue[taken]
                taken += 1
                state.inFlight += 1
                state.noteSent(now)
                inFlight[message.id] = Flight(message: message, channel: name)
                actions.append(.send(message))
            }
            state.queue.removeFirst(taken)
            // A channel that must wait holds no claims: others could take them, and leases would run out.
            if state.nextSlot(now) != nil { release(&state) }
            channels[name] = state
        }
    }

    private mutating func release(_ state: inout ChannelState) {
        for message in state.queue {
            done.append(Completion(message: message.id, claim: message.claim, fate: .released, attempt: nil))
        }
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

    // Answers

    private mutating func finish(_ id: String, _ judgement: Judgement, _ now: Instant) {
        guard let flight = inFlight.removeValue(forKey: id) else { return }
        let (message, name) = (flight.message, flight.channel)
        channels[name]?.inFlight -= 1
        let tries = (message.items.map(\.attempts).max() ?? 0) + 1
        let attempt = Attempt(
            notice: message.id, number: tries, at: now, verdict: judgement.verdict.word, answer: judgement.words)
        switch judgement.verdict {
        case .delivered:
            channels[name]?.failuresInRow = 0
            sent += message.items.count
            done.append(Completion(message: message.id, claim: message.claim, fate: .sent, attempt: attempt))
        case .throttled(let until):
            channels[name]?.block(until: until)
            retry(message, channel: name, at: until, attempt, now)
        case .transient, .ambiguous:
            channels[name]?.noteFailure(now)
            let schedule = channels[name]?.policy.schedule ?? .standard
            let wait = schedule.wait(afterTries: tries, using: &random)
            retry(message, channel: name, at: now.adding(seconds: wait), attempt, now)
        case .permanentMessage:
            channels[name]?.failuresInRow = 0
            giveUp(message, channel: name, Reason("permanent_message", judgement.words), attempt: attempt, now)
        case .permanentTarget:
            kill(name, judgement.words, now)
            passOver(message, channel: name, attempt: attempt, now)
        }
    }

    private mutating func cannotFormat(_ id: String, _ problem: FormatProblem, _ now: Instant) {
        guard let flight = inFlight.removeValue(forKey: id) else { return }
        channels[flight.channel]?.inFlight -= 1
        let person = flight.message.items.first?.notice.recipients.first?.name ?? ""
        admin.note(.noAddress(channel: flight.channel, recipient: person), now)
        let code = problem == .noAddress ? "no_address" : "bad_address"
        giveUp(flight.message, channel: flight.channel, Reason(code, person), attempt: nil, now, tell: false)
    }

    private mutating func retry(
        _ message: ClaimedMessage, channel: String, at instant: Instant, _ attempt: Attempt, _ now: Instant
    ) {
        let age = channels[channel]?.policy.maxAgeSeconds ?? ChannelSettings.defaultMaxAgeSeconds
        let made = message.items.map(\.createdAt).max() ?? now
        if attempt.number >= DispatcherLimits.triesBeforeAge, instant > made.adding(seconds: age) {
            giveUp(message, channel: channel, Reason("max_age", attempt.answer), attempt: attempt, now)
            return
        }
        done.append(
            Completion(message: message.id, claim: message.claim, fate: .retry(at: instant), attempt: attempt))
    }

    /// For good: to the fallback where there is one, else dead.
    private mutating func giveUp(
        _ message: ClaimedMessage, channel: String, _ reason: Reason, attempt: Attempt?, _ now: Instant,
        tell: Bool = true
    ) {
        let target = channels[channel].map(\.policy.fallback) ?? (channels["inbox"] == nil ? nil : "inbox")
        if let target, let policy = channels[target]?.policy {
            let items = message.items.flatMap { Fallback.items($0, to: target, isRoom: policy.isRoom, now) }
            done.append(
                Completion(
                    message: message.id, claim: message.claim,
                    fate: .dropped(Reason("fallback", "\(target): \(reason.code) \(reason.detail)")), attempt: attempt,
                    followUps: items))
            exhausted = false
            return
        }
        dead += message.items.count
        done.append(Completion(message: message.id, claim: message.claim, fate: .dead(reason), attempt: attempt))
        if tell {
            admin.noteDead(channel: channel, count: message.items.count, words: "\(reason.code) \(reason.detail)")
        }
    }

    /// The channel is out of use: to its fallback, or wait until it is mended or the notice is too old.
    private mutating func passOver(_ message: ClaimedMessage, channel: String, attempt: Attempt?, _ now: Instant) {
        guard let policy = channels[channel]?.policy else { return }
        let made = message.items.map(\.createdAt).max() ?? now
        let tooOld = now > made.adding(seconds: policy.maxAgeSeconds)
        if policy.fallback != nil || tooOld {
            giveUp(
                message, channel: channel, Reason(tooOld ? "max_age" : "permanent_target"), attempt: attempt, now)
            return
        }
        let later = now.adding(seconds: DispatcherLimits.deadChannelSeconds)
        done.append(Completion(message: message.id, claim: message.claim, fate: .retry(at: later), attempt: attempt))
    }

    private mutating func kill(_ name: String, _ words: String, _ now: Instant) {
        guard var state = channels[name], !state.isDead else { return }
        state.isDead = true
        let waiting = state.queue
        state.queue = []
        channels[name] = state
        admin.note(.channelDead(channel: name, words: words), now)
        for message in waiting { passOver(message, channel: name, attempt: nil, now) }
    }

    // The rest

    private mutating func configure(_ policies: [String: ChannelPolicy]) {
        for name in channels.keys.sorted() {
            guard var state = channels[name] else { continue }
            release(&state)
            channels[name] = state
        }
        let old = channels
        channels = [:]
        for (name, policy) in Fallback.withoutCircles(policies) {
            var state = ChannelState(policy: policy)
            state.inFlight = old[name]?.inFlight ?? 0
            channels[name] = state
        }
        exhausted = false
    }

    private mutating func shutDown() {
        stopping = true
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
        actions.append(.complete(done))
        done = []
        flushAt = nil
        let words = admin.due(now)
        if !words.isEmpty {
            actions.append(.enqueue(words))
            exhausted = false
        }
    }
}
