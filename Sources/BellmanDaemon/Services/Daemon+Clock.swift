import Almanac
import BellmanDelivery
import BellmanModel
import BellmanRules
import BellmanStoreSQLite
import Synchronization

/// The daemon and the machine's clock: what the guard decides is carried out here.
extension Daemon {
    /// The instant to decide at; nil while the clock is not believed, and while what follows from a clock that was set
    /// could not be written. Called by the engine's loop alone.
    func lookAtClock() async -> Instant? {
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
            clockDebts.withLock { $0.take(verdict) }
            if let doubt = verdict.doubt {
                hold(doubt, verdict, reading.wall)
                return nil
            }
            try await goOn(verdict, reading)
            health.withLock { $0.clockError = nil }
            return reading.wall
        } catch {
            tellTrouble("\(error)")
            return pulse.isSettled(reading) ? reading.wall : nil
        }
    }

    /// Once for the same words: it is tried again at every wake.
    private func tellTrouble(_ words: String) {
        let isNew = health.withLock { health -> Bool in
            defer { health.clockError = words }
            return health.clockError != words
        }
        if isNew { log.write(.clockUnwritten, [("error", words)]) }
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

    /// The clock is good. Where it was set, the store's times and the dispatcher's move with it before anybody goes by
    /// it; where the store refuses that, the own time goes on and the step is found again at the next look.
    private func goOn(_ verdict: ClockGuard.Verdict, _ reading: ClockGuard.Reading) async throws {
        health.withLock { $0.clockDoubt = nil }
        if let jump = verdict.jump { pulse.assume(reading.wall.adding(microseconds: -jump), at: reading) }
        let step = pulse.step(reading)
        if step == 0 {
            pulse.vouch(reading)
        } else {
            try await dispatcher.clockMoved(byMicroseconds: step) { [store, pulse] in
                try store.moveWaiting(byMicroseconds: step)
                pulse.vouch(reading)
            }
        }
        // After that, so that the word of it does not move along.
        try clockDebts.withLock { debts in
            try debts.pay(jumped: { try noteJump($0, reading.wall) }, ended: { try noteGood(reading.wall) })
        }
    }

    private func noteGood(_ wall: Instant) throws {
        try instance.adminDesk.settled("clock-held")
        log.write(.clockGood, [("now", wall.iso)])
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
            // No tick may come while the clock is not believed.
            if told, try instance.adminDesk.flush(at: pulse.present) { dispatcher.nudge() }
        } catch {
            log.write(.deliveryTrouble, [("error", "\(error)")])
        }
    }
}
