import Almanac
import BellmanDelivery
import BellmanEngine
import BellmanModel
import BellmanRules
import BellmanStore

/// One story: nodes, a store, people, receivers and what goes wrong, on virtual time from one seed.
final class World {
    enum Event {
        case wake(node: Int, number: Int)
        case answer(node: Int, life: Int, message: String, DispatcherEvent)
        case start(node: Int, life: Int)
        case befall(StoryEvent)
        case vouch
        case heal
        case end
    }

    /// What the watcher knows, put away and put back with a backup.
    struct Shadow {
        var model: Model
        /// The journal is read up to here.
        var sequence: Int64 = 0
    }

    let options: StoryOptions
    let rig: Rig
    let store: VirtualStore
    let zone: PlainZone
    var now: Micros
    var nodes: [Node] = []
    var rules: [StoryRule]
    private(set) var compiled: RuleSet
    private var readRules: [String: [Rule]] = [:]
    var policies: [String: ChannelPolicy]
    var receivers = Receivers()
    var shadow: Shadow
    var backup: (state: StoreState, shadow: Shadow)?

    // Chance, apart for what is apart: leaving one kind of event out changes the others as little as can be.
    var dice: Dice
    var ruleDice: Dice
    var peopleDice: Dice
    var mishapDice: Dice
    var nodeDice: Dice
    var networkDice: Dice

    var timetable = Timetable<Event>()
    private var book: StoryLog
    private(set) var violation: String?
    private(set) var events = 0
    private(set) var isHealed = false
    var hasFaults: Bool
    var isCrowded: Bool
    var faultsSeen: [String: Int] = [:]
    var storeTrouble: (percent: Int, until: Micros) = (0, 0)
    var answersToLose = 0
    var vouched: Micros?
    var isVouching = false
    var removed: [StoryRule] = []
    var silences = 0
    var wasLongDown = false
    var hookPolicy: ChannelPolicy?
    let startedAt: Micros
    private(set) var endsAt: Micros
    private(set) var healsAt: Micros
    /// No node was running.
    private var downTime: Micros = 0

    /// A story's days and what is needed until the last retry of the last notice has had its turn.
    private static let afterwards = 16 * PlainTime.day
    private static let mostEvents = 2_000_000

    init(_ options: StoryOptions) throws {
        self.options = options
        var dice = Dice(seed: options.seed)
        zone = dice.pick([.shanghai, .shanghai, .newYork, .newYork, .utc])
        guard let rig = try Rig.all[zone]?.get() else {
            throw Rig.BadRules(description: "no such zone")
        }
        self.rig = rig
        store = VirtualStore(schema: .builtIn, deriver: rig.deriver)
        store.sabotage = options.sabotage
        // Somewhere in 2026, not on a round hour.
        startedAt = Micros(20_454 + dice.int(0...360)) * PlainTime.day + dice.micros(0...PlainTime.day)
        now = startedAt
        healsAt = now + Micros(options.days) * PlainTime.day
        endsAt = healsAt + World.afterwards
        ruleDice = Dice(seed: dice.seed())
        peopleDice = Dice(seed: dice.seed())
        mishapDice = Dice(seed: dice.seed())
        nodeDice = Dice(seed: dice.seed())
        networkDice = Dice(seed: dice.seed())
        hasFaults = dice.chance(88)
        isCrowded = dice.chance(6)
        rules = StoryRule.book(&ruleDice)
        compiled = try rig.compile(rules, &readRules)
        policies = World.policies(&dice, zone: try Zone.named(zone.rawValue))
        shadow = Shadow(model: Model(zone: zone))
        book = StoryLog(isKept: options.keepsLog)
        self.dice = dice
        log("seed \(options.seed): \(options.days) days in \(zone.rawValue)\(hasFaults ? "" : ", without faults")")
        for rule in rules { log("rule \(rule.yaml)") }
        try populate()
    }

    private func populate() throws {
        let count = hasFaults ? dice.pick([1, 1, 1, 2, 3]) : 1
        for (id, email) in [("ma", "ma@example.com"), ("li", "li@example.com"), ("wu", nil)] {
            var fields: [String: FieldValue] = ["name": .string(id)]
            if let email { fields["email"] = .string(email) }
            try put(RecordWrite(ref: RecordRef(kind: "member", id: id), fields: fields, actor: "people"))
        }
        for index in 0..<count {
            let skew = count == 1 ? 0 : dice.micros(-120 * PlainTime.second...120 * PlainTime.second)
            nodes.append(Node(index, world: self, skew: skew))
        }
        log("\(count) nodes, clocks ahead by \(nodes.map(\.skew))")
        for node in nodes { node.wakeSoon(dice.micros(0...PlainTime.hour)) }
        planPeople()
        planMishaps()
        plan(.heal, at: healsAt)
        plan(.end, at: endsAt)
    }

    private static func policies(_ dice: inout Dice, zone: Zone) -> [String: ChannelPolicy] {
        let quiet = dice.chance(30) ? QuietHours("22:00-08:00") : nil
        let pace = dice.chance(50) ? Pace(count: 20, seconds: 60) : nil
        func policy(
            isRoom: Bool, pace: Pace? = nil, schedule: RetrySchedule = .standard, fallback: String? = nil,
            quiet: QuietHours? = nil
        ) -> ChannelPolicy {
            ChannelPolicy(
                isRoom: isRoom, pace: pace, schedule: schedule, maxAgeSeconds: ChannelSettings.defaultMaxAgeSeconds,
                fallback: fallback, quiet: quiet, zone: zone)
        }
        return [
            "inbox": policy(isRoom: true),
            "mail": policy(isRoom: false, schedule: .mail, fallback: dice.pick([nil, nil, "inbox", "chat"])),
            "chat": policy(isRoom: true, pace: pace, quiet: quiet),
            "hook": policy(isRoom: true, fallback: dice.pick([nil, "inbox"])),
        ]
    }

    // MARK: the course of time

    /// A story told to its end, or to its first violation.
    func run() -> StoryResult {
        while violation == nil, let (at, event) = timetable.next() {
            if !nodes.contains(where: \.isUp) { downTime += max(0, at - now) }
            now = max(now, at)
            events += 1
            if case .end = event, now >= endsAt {
                checkEnd()
                break
            }
            if events > World.mostEvents {
                fail("more than \(World.mostEvents) events: something goes round in circles")
            }
            happen(event)
        }
        log("end after \(events) events, \(receivers.transmissions) sent, \(receivers.repeats) repeated")
        return StoryResult(
            seed: options.seed, violation: violation, event: events, simulatedDays: days(now - startedAt),
            downDays: days(downTime), hasFaults: !faultsSeen.isEmpty, faults: faultsSeen,
            decisions: store.state.ledger.entries.count, transmissions: receivers.transmissions,
            repeats: receivers.repeats, digest: book.digest,
            history: violation != nil || options.keepsLog ? book.tail(options.keepsLog ? .max : 60) : [])
    }

    private func days(_ span: Micros) -> Double { Double(span) / Double(PlainTime.day) }

    private func happen(_ event: Event) {
        switch event {
        case .wake(let node, let number): nodes[node].wake(number)
        case .answer(let node, let life, let message, let event): nodes[node].answer(message, event, life: life)
        case .start(let node, let life): start(nodes[node], life)
        case .befall(let kind): befall(kind)
        case .vouch: vouch()
        case .heal: heal()
        case .end: break
        }
    }

    func plan(_ event: Event, at: Micros) { timetable.plan(event, at: at) }

    func log(_ line: String) { book.add(now, line) }

    func fail(_ what: String) {
        guard violation == nil else { return }
        violation = what
        log("VIOLATION \(what)")
    }

    /// The story must go on for so long at least.
    func extend(to end: Micros) {
        guard end > healsAt else { return }
        healsAt = end
        endsAt = end + World.afterwards
        plan(.heal, at: healsAt)
        plan(.end, at: endsAt)
    }

    private func heal() {
        guard now >= healsAt, !isHealed else { return }
        isHealed = true
        log("all is healed")
        receivers.troubles = [:]
        storeTrouble = (0, 0)
        answersToLose = 0
        for node in nodes {
            node.skew = 0
            node.stepsLeft = nil
        }
        vouch()
        for node in nodes { if node.isUp { node.wakeSoon() } else { start(node, node.life) } }
    }

    // MARK: rules

    func adopt(_ new: [StoryRule], _ what: String) {
        do {
            compiled = try rig.compile(new, &readRules)
        } catch { return fail("rules of the story: \(error)") }
        rules = new
        log("rules: \(what)")
        for node in nodes where node.isUp { node.adopt(new) }
    }
}
