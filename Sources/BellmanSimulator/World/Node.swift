import Almanac
import BellmanDelivery
import BellmanEngine
import BellmanModel
import BellmanStore

/// One daemon: the real cores, with a shell of the simulator's around them.
final class Node {
    let index: Int
    unowned let world: World
    var core: EngineCore
    var rules: [StoryRule]
    var dispatcher: DispatcherCore
    /// How far its clock is ahead of the true time.
    var skew: Micros
    /// Delivery goes by another clock until a step of the clock is believed.
    var deliverySkew: Micros
    var isUp = true
    /// Counts its lives; what was planned for an earlier one is void.
    var life = 0
    /// Crashes when so many more steps are done.
    var stepsLeft: Int?
    var wakePlan: (number: Int, at: Micros)?
    /// Of this life.
    var isFirstTick = true
    private var wakes = 0
    /// By its own clock, when time brings the engine something; what people do brings it earlier.
    private var tickAt: Micros = .min
    private var isNudged = true
    private var agenda: Agenda?
    private var agendaKnows: Int64 = -1
    private var agendaStart: Micros = 0
    private var agendaEnd: Micros = 0
    private var retryAt: Micros?
    private var claims = 0
    private var resting: (until: Instant?, excluding: Set<String>)?
    private var unwritten: [Completion] = []
    private var unwrittenMarks: [SendMark] = []

    /// The process ends here.
    struct Crash: Error {}
    /// The store did it, and the node never learns.
    struct LostAnswer: Error {}

    private static let agendaSpan = 2 * PlainTime.day
    private static let storeRetry = 5...300

    init(_ index: Int, world: World, skew: Micros) {
        self.index = index
        self.world = world
        self.skew = skew
        deliverySkew = skew
        rules = world.rules
        core = EngineCore(rules: world.compiled, settings: world.rig.settings, moments: world.rig.moments)
        dispatcher = Node.newDispatcher(world, at: Instant(microseconds: world.now + skew))
    }

    var wall: Instant { Instant(microseconds: world.now + skew) }
    private var deliveryTime: Instant { Instant(microseconds: world.now + deliverySkew) }
    var name: String { "node\(index)" }

    private static func newDispatcher(_ world: World, at now: Instant) -> DispatcherCore {
        let marks = (try? world.store.marks(after: now.adding(seconds: -86_400))) ?? []
        return DispatcherCore(
            channels: world.policies, language: "en", seed: world.nodeDice.seed(), marks: marks)
    }

    // MARK: living and dying

    func crash() {
        isUp = false
        life += 1
        stepsLeft = nil
        wakePlan = nil
    }

    /// A new process on the same machine: it remembers nothing.
    func start() {
        isUp = true
        isFirstTick = true
        life += 1
        (unwritten, unwrittenMarks, resting, agenda, retryAt) = ([], [], nil, nil, nil)
        deliverySkew = skew
        rules = world.rules
        core = EngineCore(rules: world.compiled, settings: world.rig.settings, moments: world.rig.moments)
        world.store.noteRestart()
        // The only daemon knows that nobody else holds a claim.
        let isAlone = world.nodes.count == 1
        _ = try? world.store.releaseClaims(endedBy: isAlone ? nil : deliveryTime)
        dispatcher = Node.newDispatcher(world, at: deliveryTime)
        wakeSoon()
    }

    func adopt(_ rules: [StoryRule]) {
        self.rules = rules
        core.rules = world.compiled
        agenda = nil
        wakeSoon()
    }

    func configure() {
        guard isUp else { return }
        run { try handle([.configured(world.policies)]) }
    }

    /// A step between which the process may end.
    private func step() throws {
        guard let left = stepsLeft else { return }
        stepsLeft = left - 1
        if left <= 0 { throw Crash() }
    }

    /// A call of the store: it may fail, succeed, or succeed without the node learning of it.
    private func call<T>(_ what: String, _ body: () throws -> T) throws -> T {
        try step()
        guard !world.storeFails() else {
            world.log("\(name) \(what): store busy")
            if world.options.sabotage == .watermarkFirst { world.store.state.progress?.watermark = wall }
            throw StoreProblem.busy(path: "memory")
        }
        let result = try body()
        if world.losesAnswer() {
            world.log("\(name) \(what): done, answer lost")
            throw LostAnswer()
        }
        try step()
        return result
    }

    // MARK: waking

    /// Somebody wrote something, or a clock or a rule is another.
    func wakeSoon(_ delay: Micros = 0) {
        isNudged = true
        planWake(at: world.now + delay)
    }

    private func planWake(at: Micros) {
        if let plan = wakePlan, plan.at <= at, plan.at >= world.now { return }
        wakes += 1
        wakePlan = (wakes, max(at, world.now))
        world.plan(.wake(node: index, number: wakes), at: max(at, world.now))
    }

    func wake(_ number: Int) {
        guard isUp, wakePlan?.number == number else { return }
        wakePlan = nil
        run {
            let isDue = isNudged || wall.microseconds >= tickAt
            isNudged = false
            if isDue, try isClockBelieved() { try tick() }
            try deliver()
        }
    }

    func answer(_ id: String, _ event: DispatcherEvent, life: Int) {
        guard isUp, life == self.life else { return }
        run { try handle([event]) }
    }

    /// Runs, and sees to what went wrong and when to wake again.
    private func run(_ body: () throws -> Void) {
        retryAt = nil
        do {
            try body()
        } catch is Crash {
            world.log("\(name) crashes")
            return world.died(self)
        } catch is LostAnswer {
            retry()
        } catch is StoreProblem {
            retry()
        } catch {
            world.fail("\(name) failed: \(error)")
        }
        if isUp { planWake(at: nextWake()) }
    }

    private func retry() {
        isNudged = true
        retryAt = world.now + Micros(world.nodeDice.int(Node.storeRetry)) * PlainTime.second
    }

    private func nextWake() -> Micros {
        if let retryAt { return retryAt }
        var next = isTickPlanned && !isNudged ? tickAt - skew : nextDue()
        if let until = resting?.until { next = min(next, until.microseconds - deliverySkew) }
        if !unwritten.isEmpty { next = min(next, world.now + 5 * PlainTime.second) }
        let outbox = world.store.state.outbox
        for place in outbox.open {
            let row = outbox.rows[place]
            if row.claim != nil {
                if let lease = row.lease { next = min(next, max(lease.microseconds, world.now + PlainTime.minute)) }
            } else if let resting, !resting.excluding.contains(row.item.notice.channel) {
                next = min(next, row.item.notBefore.microseconds - deliverySkew)
            }
        }
        return max(next, world.now + 1_000)
    }

    /// Kept until it is reached: a delay that was drawn stays drawn.
    private var isTickPlanned: Bool {
        tickAt > wall.microseconds && agendaKnows == world.store.state.records.lastSequence
    }

    /// When time alone brings the engine something; a daemon that ticks every minute does nothing between.
    private func nextDue() -> Micros {
        let sequence = world.store.state.records.lastSequence
        let isStale = wall.microseconds >= agendaEnd || wall.microseconds < agendaStart
        if agenda == nil || agendaKnows != sequence || isStale {
            let end = wall.microseconds + Node.agendaSpan
            agenda = try? world.store.read {
                try core.agenda(after: wall, through: Instant(microseconds: end), view: $0)
            }
            (agendaKnows, agendaStart, agendaEnd) = (sequence, wall.microseconds, end)
        }
        var next = agenda?.next(after: wall)?.microseconds ?? agendaEnd
        if let timer = try? world.store.read({ try $0.nextTimer() }) {
            // What was due and still waits was looked at; the next tick looks again.
            if timer > wall { next = min(next, timer.microseconds) }
        }
        // Mostly to the second, sometimes a little late.
        tickAt = next + (world.nodeDice.chance(60) ? 0 : world.nodeDice.micros(0...20 * PlainTime.second))
        return tickAt - skew
    }

    // MARK: the clock (docs/decisions/0007)

    private func isClockBelieved() throws -> Bool {
        let wall = wall.microseconds
        if let mark = world.store.state.progress?.watermark.microseconds, !world.isVouched(wall) {
            let isFar = wall > mark + 400 * PlainTime.day
            guard wall >= mark - PlainTime.day, !isFar else {
                world.doubts(self)
                return false
            }
        }
        let shift = skew - deliverySkew
        if abs(shift) > 5 * PlainTime.minute {
            try call("clock") { world.store.moveWaiting(byMicroseconds: shift) }
            dispatcher.move(by: shift)
            unwritten = unwritten.map { $0.moved(by: shift) }
            unwrittenMarks = unwrittenMarks.map { SendMark(robot: $0.robot, at: $0.at.adding(microseconds: shift)) }
            resting = nil
        }
        deliverySkew = skew
        return true
    }

    // MARK: the engine

    private func tick() throws {
        tickAt = .min
        for _ in 0..<12 {
            var commit = TickCommit(progress: EngineProgress(watermark: wall, sequence: 0))
            try call("tick") {
                try world.commit(self) { view in
                    commit = try core.tick(at: wall, view: view)
                    if world.options.sabotage == .sendBeforeCommit { sendEarly(commit) }
                    if world.options.sabotage == .sequenceAhead, commit.progress.sequence > 3 {
                        commit.progress.sequence += Int64(world.nodeDice.int(0...1))
                    }
                    return commit
                }
            }
            if commit.writes.isEmpty { return }
        }
        world.fail("\(name): rules set each other off without end")
    }

    private func sendEarly(_ commit: TickCommit) {
        for item in commit.outbox where item.state == .waiting {
            let message = ClaimedMessage(id: item.notice.id, items: [item], claim: "early")
            _ = world.transmit(message, from: self, wall: wall)
        }
    }

    // MARK: delivery: the shell of `DispatchService`

    private func deliver() throws {
        _ = try call("leases") { try world.releaseLeases(at: deliveryTime) }
        // What is held is compared with the quiet hours as they are, and with the time as it is.
        let outbox = world.store.state.outbox
        let held = outbox.open.filter { outbox.rows[$0].item.state == .held }.map { outbox.rows[$0].item }
        if !held.isEmpty { try world.store.reopen(dispatcher.misheld(held, deliveryTime), now: deliveryTime) }
        try handle([.wake])
        if !unwritten.isEmpty { try write([], []) }
    }

    private func handle(_ events: [DispatcherEvent]) throws {
        let now = deliveryTime
        var waiting = dispatcher.handle(events, at: now)[...]
        while let action = waiting.popFirst() {
            if let next = try perform(action, now) { waiting += dispatcher.handle([next], at: now) }
        }
    }

    private func perform(_ action: DispatcherAction, _ now: Instant) throws -> DispatcherEvent? {
        switch action {
        case .claim(let limit, let excluding, let eager): return try claim(limit, excluding, eager, now)
        case .send(let message): try send(message)
        case .complete(let completions, let marks): try write(completions, marks)
        case .gaveUp(let given):
            world.log("\(name) gives up \(given.notices.count) on \(given.channel): \(given.reason.code)")
        case .tell, .news: break
        case .rest(let until, let excluding): resting = (until, excluding)
        }
        return nil
    }

    private func claim(
        _ limit: Int, _ excluding: Set<String>, _ eager: Set<String>, _ now: Instant
    ) throws -> DispatcherEvent {
        claims += 1
        let request = ClaimRequest(
            now: now, limit: limit, excluding: excluding, eager: eager, bundleAbove: DispatcherLimits.bundleAbove,
            bundleSize: DispatcherLimits.bundleSize, lease: now.adding(seconds: DispatcherLimits.leaseSeconds),
            claim: "\(name).\(life).\(claims)")
        do {
            let messages = try call("claim") { try world.store.claim(request) }
            return try askAgain(messages, now)
        } catch let crash as Crash {
            throw crash
        } catch {
            retry()
            return .claimFailed
        }
    }

    /// What was held is asked about again, notice by notice.
    private func askAgain(_ messages: [ClaimedMessage], _ now: Instant) throws -> DispatcherEvent {
        var standing: [ClaimedMessage] = []
        var objections: [Completion] = []
        for message in messages {
            var items: [OutboxItem] = []
            for item in message.items {
                let reason =
                    item.state == .held
                    ? try world.store.read { try core.objection(notice: item.notice, at: now, view: $0) } : nil
                if let reason {
                    objections.append(
                        Completion(message: item.notice.id, claim: message.claim, fate: .dropped(reason), attempt: nil))
                } else {
                    items.append(item)
                }
            }
            if !items.isEmpty {
                standing.append(ClaimedMessage(id: message.id, items: items, claim: message.claim))
            }
        }
        return .claimed(standing, objections: objections)
    }

    private func send(_ message: ClaimedMessage) throws {
        try step()
        if world.hasNoAddress(message) {
            world.plan(
                .answer(node: index, life: life, message: message.id, .unformatted(message.id, .noAddress)),
                at: world.now)
            return
        }
        let (answer, delay) = world.transmit(message, from: self, wall: deliveryTime)
        world.plan(
            .answer(node: index, life: life, message: message.id, .finished(message.id, answer)), at: world.now + delay)
        if world.options.sabotage == .sentWhenHandedOver {
            try write([Completion(message: message.id, claim: message.claim, fate: .sent, attempt: nil)], [])
        }
        try step()
    }

    private func write(_ completions: [Completion], _ marks: [SendMark]) throws {
        unwritten += completions
        unwrittenMarks += marks
        do {
            let stale = try call("complete") {
                try world.complete(unwritten, marks: unwrittenMarks, now: deliveryTime)
            }
            world.log("\(name) completes \(unwritten.count)\(stale > 0 ? ", \(stale) stale" : "")")
            (unwritten, unwrittenMarks) = ([], [])
        } catch let crash as Crash {
            throw crash
        } catch {
            // Kept, so that nothing is sent twice for it.
        }
    }
}
