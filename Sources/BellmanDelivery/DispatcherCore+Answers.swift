import Almanac
import BellmanModel
import BellmanStore

/// What an answer means for the message, its channel and the robot behind it.
extension DispatcherCore {
    mutating func finish(_ id: String, _ judgement: Judgement, _ now: Instant) {
        guard let flight = inFlight.removeValue(forKey: id) else { return }
        let (message, name) = (flight.message, flight.channel)
        channels[name]?.inFlight -= 1
        let tries = (message.items.map(\.attempts).max() ?? 0) + 1
        let attempt = Attempt(
            notice: message.id, number: tries, at: now, verdict: judgement.verdict.word, answer: judgement.words)
        switch judgement.verdict {
        case .delivered:
            delivered(channel: name, now)
            sent += message.items.count
            complete(message, .sent, attempt)
        case .throttled(let until):
            retry(message, channel: name, at: throttle(name, until, judgement.words, now), attempt, now)
        case .transient, .ambiguous:
            channels[name]?.noteFailure(judgement.words, now)
            let schedule = channels[name]?.policy.schedule ?? .standard
            let wait = schedule.wait(afterTries: tries, using: &random)
            retry(message, channel: name, at: now.adding(seconds: wait), attempt, now)
        case .permanentMessage:
            channels[name]?.failuresInRow = 0
            refused(message, channel: name, attempt, now)
        case .permanentTarget:
            kill(name, judgement.words, now)
            passOver(message, channel: name, attempt: attempt, now)
        }
    }

    private mutating func delivered(channel name: String, _ now: Instant) {
        revive(name)
        channels[name]?.noteDelivery(now)
        if let robot = channels[name]?.policy.robot { robots[robot]?.noteDelivery() }
    }

    /// What waited for it is made due by whoever takes the news, so the store is asked again.
    mutating func revive(_ name: String) {
        guard channels[name]?.isDead == true else { return }
        channels[name]?.deadSince = nil
        channels[name]?.trouble = ""
        admin.forgetDead(channel: name)
        news.append(.news(channel: name, trouble: nil))
        exhausted = false
    }

    /// The robot as a whole waits, through whatever channel it is used.
    private mutating func throttle(_ name: String, _ until: Instant, _ words: String, _ now: Instant) -> Instant {
        guard let policy = channels[name]?.policy else { return until }
        channels[name]?.trouble = words
        return robots[policy.robot, default: Robot()].noteThrottle(until: until, now)
    }

    /// A refused message goes once more in its plain form, then no more.
    private mutating func refused(_ message: ClaimedMessage, channel name: String, _ attempt: Attempt, _ now: Instant) {
        let wasPlain = message.isToBePlain
        if channels[name]?.policy.hasPlainForm == true, !wasPlain {
            exhausted = false
            complete(message, .retry(at: now), attempt)
        } else {
            giveUp(
                message, channel: name, Reason(Verdict.permanentMessage.word, attempt.answer), attempt: attempt, now)
        }
    }

    mutating func cannotFormat(_ id: String, _ problem: FormatProblem, _ now: Instant) {
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
        } else {
            complete(message, .retry(at: instant), attempt)
        }
    }

    /// Where what this channel cannot deliver goes. Bellman's own troubles end in the inbox, not among the dead.
    private func fallback(of message: ClaimedMessage, channel: String) -> String? {
        let inbox = channels["inbox"] == nil || channel == "inbox" ? nil : "inbox"
        guard let policy = channels[channel]?.policy else { return inbox }
        return policy.fallback ?? (message.items.contains(where: \.notice.isOwn) ? inbox : nil)
    }

    /// For good: to the fallback where there is one, else dead.
    mutating func giveUp(
        _ message: ClaimedMessage, channel: String, _ reason: Reason, attempt: Attempt?, _ now: Instant,
        tell: Bool = true
    ) {
        let target = fallback(of: message, channel: channel)
        let taker = target.flatMap { channels[$0] == nil ? nil : $0 }
        news.append(
            .gaveUp(
                GivenUp(notices: message.items.map(\.notice.id), channel: channel, reason: reason, fallback: taker)))
        if let target, let policy = channels[target]?.policy {
            let items = message.items.flatMap { Fallback.items($0, to: target, isRoom: policy.isRoom, now) }
            let why = Reason("fallback", "\(target): \(reason.code) \(reason.detail)")
            complete(message, .dropped(why), attempt, followUps: items)
            exhausted = false
            return
        }
        dead += message.items.count
        complete(message, .dead(reason), attempt)
        if tell {
            admin.noteDead(channel: channel, count: message.items.count, words: "\(reason.code) \(reason.detail)")
        }
    }

    /// The channel is out of use: to its fallback, or wait until it is mended or the notice is too old.
    mutating func passOver(_ message: ClaimedMessage, channel: String, attempt: Attempt?, _ now: Instant) {
        guard let policy = channels[channel]?.policy else { return }
        let made = message.items.map(\.createdAt).max() ?? now
        let tooOld = now > made.adding(seconds: policy.maxAgeSeconds)
        if fallback(of: message, channel: channel) != nil || tooOld {
            giveUp(
                message, channel: channel, Reason(tooOld ? "max_age" : "permanent_target"), attempt: attempt, now)
        } else {
            complete(message, .retry(at: now.adding(seconds: DispatcherLimits.deadChannelSeconds)), attempt)
        }
    }

    private mutating func kill(_ name: String, _ words: String, _ now: Instant) {
        guard var state = channels[name], !state.isDead else { return }
        state.deadSince = now
        state.trouble = words
        let waiting = state.queue
        state.queue = []
        channels[name] = state
        news.append(.news(channel: name, trouble: ChannelTrouble(since: now, words: words)))
        admin.note(.channelDead(channel: name, words: words), now)
        for message in waiting { passOver(message, channel: name, attempt: nil, now) }
    }
}

extension Notice {
    /// Of Bellman itself, not of a rule.
    fileprivate var isOwn: Bool { rule.isEmpty && firing.isEmpty && payload == nil }
}

extension ClaimedMessage {
    /// The receiver refused it as it was.
    var isToBePlain: Bool { items.contains { $0.reason.code == Verdict.permanentMessage.word } }
}
