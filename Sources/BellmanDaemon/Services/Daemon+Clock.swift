import Almanac
import BellmanDelivery
import BellmanModel
import BellmanRules
import BellmanStoreSQLite
import Synchronization

/// The daemon and the machine's clock: what the guard decides is carried out here.
extension Daemon {
    /// The instant to decide at; nil while the clock is not believed.
    func lookAtClock() -> Instant? {
        let reading = instance.clock.reading()
        do {
            let memory = instance.clockPast
            var past = try memory.read()
            if try memory.apply(past, at: reading.wall) {
                log.write(.clockAccepted, [("now", reading.wall.iso)])
                past = try memory.read()
            }
            let verdict = clockGuard.withLock { $0.look(reading, past) }
            if let slept = verdict.slept { log.write(.slept, [("for", instance.clockWording.duration(slept))]) }
            if let doubt = verdict.doubt {
                hold(doubt, verdict, reading.wall)
                return nil
            }
            try goOn(verdict, reading.wall)
        } catch {
            // The tick meets the same trouble and tells it.
            log.write(.deliveryTrouble, [("error", "\(error)")])
        }
        return reading.wall
    }

    /// Decides nothing; delivery goes on by its own time, so that what tells of it leaves and nothing grows old.
    private func hold(_ doubt: ClockGuard.Doubt, _ verdict: ClockGuard.Verdict, _ wall: Instant) {
        let words = instance.clockWording
        pulse.hold(at: verdict.own ?? doubt.trusted)
        health.withLock { $0.clockDoubt = words.text(doubt, wall) }
        guard verdict.doubtIsNew else { return }
        log.write(.clockHeld, [("why", words.fact(doubt, wall)), ("mend", words.remedy)])
        // By the own time's day: a service that is started again and again says it once.
        tell("clock-held", title: words.title(doubt), text: words.text(doubt, wall), daily: true)
    }

    private func goOn(_ verdict: ClockGuard.Verdict, _ wall: Instant) throws {
        let wasHeld = pulse.isHeld
        let heldUntil = pulse.present
        pulse.release()
        let shift = wasHeld ? wall.microseconds(since: heldUntil) : verdict.jump ?? 0
        if abs(shift) > ClockGuard.jumpLimit {
            try store.moveWaiting(byMicroseconds: shift)
            Task { [dispatcher] in await dispatcher.clockMoved(byMicroseconds: shift) }
        }
        // After that, so that the word of it does not move along.
        if let jump = verdict.jump { try noteJump(jump, wall) }
        guard verdict.doubtEnded || wasHeld else { return }
        health.withLock { $0.clockDoubt = nil }
        log.write(.clockGood, [("now", wall.iso)])
        try instance.adminDesk.settled("clock-held")
    }

    private func noteJump(_ jump: Int64, _ wall: Instant) throws {
        let words = instance.clockWording
        try instance.clockPast.note(ClockPast.Jump(at: wall, by: jump))
        log.write(.clockJumped, [("by", "\(jump < 0 ? "-" : "+")\(words.duration(abs(jump)))"), ("now", wall.iso)])
        tell("clock-jump", title: words.jumpTitle, text: words.jump(jump, at: wall), daily: true)
    }

    private func tell(_ key: String, title: String, text: String, daily: Bool = false) {
        do {
            let told = try instance.adminDesk.tell(
                key, title: title, text: text, at: pulse.present, daily: daily, zone: instance.configuration.timing.zone
            )
            if told { dispatcher.nudge() }
        } catch {
            log.write(.deliveryTrouble, [("error", "\(error)")])
        }
    }
}
