import Almanac
import BellmanModel
import BellmanStore

/// What goes wrong: processes, machines, the store, clocks, receivers, and administrators who put backups back.
extension World {
    private static let pause = 30 * PlainTime.hour

    func planMishaps() {
        guard hasFaults else { return }
        let kinds: [(StoryEvent, Int)] = [
            (.crash, 30), (.upgrade, 5), (.longDown, 3), (.storeTrouble, 12), (.lostAnswer, 12), (.receiver, 22),
            (.clock, 5), (.backup, 8), (.restore, 3),
        ]
        var choice = mishapDice.int(1...100)
        var kind =
            kinds.first {
                choice -= $0.1
                return choice <= 0
            }?.0 ?? .crash
        // Once in a story is enough of that.
        if kind == .longDown, wasLongDown { kind = .crash }
        if kind == .longDown { wasLongDown = true }
        plan(.befall(kind), at: now + mishapDice.wait(mean: World.pause))
    }

    func mishap(_ kind: StoryEvent) {
        let node = nodes[mishapDice.int(0...nodes.count - 1)]
        switch kind {
        case .crash:
            node.stepsLeft = mishapDice.int(0...12)
            log("\(node.name) will crash in \(node.stepsLeft ?? 0) steps")
        case .upgrade: upgrade()
        case .longDown: longDown()
        case .storeTrouble:
            let length = mishapDice.pick([20 * PlainTime.second, 10 * PlainTime.minute, 8 * PlainTime.hour])
            storeTrouble = (mishapDice.pick([30, 80, 100]), now + mishapDice.micros(0...length))
            log("the store refuses \(storeTrouble.percent) % until \(PlainTime.text(storeTrouble.until))")
        case .lostAnswer:
            answersToLose = mishapDice.int(1...3)
            log("\(answersToLose) answers of the store will be lost")
        case .receiver:
            let channel = mishapDice.pick(["mail", "chat", "hook"])
            let trouble = mishapDice.pick(Receivers.Trouble.allCases)
            let length = mishapDice.pick([PlainTime.hour, PlainTime.day, 8 * PlainTime.day])
            receivers.troubles[channel] = (trouble, now + mishapDice.micros(0...length))
            log("\(channel) is \(trouble.rawValue)")
        case .clock: setClock(node)
        case .backup:
            backup = (store.state, shadow)
            log("backup at \(shadow.sequence)")
        case .restore: restore()
        default: break
        }
    }

    // MARK: processes and machines

    func died(_ node: Node) {
        node.crash()
        let down = mishapDice.pick([
            PlainTime.second, 30 * PlainTime.second, 30 * PlainTime.second, PlainTime.hour, 2 * PlainTime.day,
        ])
        startLater(node, at: now + mishapDice.micros(PlainTime.second...max(down, 2 * PlainTime.second)))
    }

    private func startLater(_ node: Node, at: Micros) {
        plan(.start(node: node.index, life: node.life), at: at)
    }

    func start(_ node: Node, _ life: Int) {
        guard !node.isUp, node.life == life else { return }
        log("\(node.name) starts")
        node.start()
    }

    /// One after the other, as one does.
    private func upgrade() {
        log("upgrade")
        for (place, node) in nodes.enumerated() where node.isUp {
            node.crash()
            startLater(node, at: now + Micros(place + 1) * 20 * PlainTime.second)
        }
    }

    private func longDown() {
        let longest = mishapDice.pick([4, 10, 10, 30, 30, 120, 399])
        let back = now + mishapDice.micros(PlainTime.day...Micros(longest) * PlainTime.day)
        log("all nodes are down until \(PlainTime.text(back))")
        for node in nodes {
            node.crash()
            startLater(node, at: back)
        }
        extend(to: back + 10 * PlainTime.day)
    }

    // MARK: the store

    func storeFails() -> Bool {
        guard now < storeTrouble.until else { return false }
        return nodeDice.chance(storeTrouble.percent)
    }

    func losesAnswer() -> Bool {
        guard answersToLose > 0, nodeDice.chance(30) else { return false }
        answersToLose -= 1
        return true
    }

    private func restore() {
        guard let backup else { return }
        let isSettled = mishapDice.chance(60)
        log("the backup of \(backup.shadow.sequence) is put back, gap \(isSettled ? "settled" : "to ring")")
        for node in nodes { node.crash() }
        let (given, bundles) = (store.state.records.given, store.state.outbox.bundles)
        (store.state, shadow) = (backup.state, backup.shadow)
        if options.sabotage != .numbersAgain {
            store.state.records.given = given
            store.state.outbox.bundles = bundles
        }
        // Who lets the gap ring lets some people hear twice, in another company too.
        if !isSettled { receivers.expectAllAgain() }
        receivers.expectAgain { store.state.outbox.places[$0] != nil }
        if isSettled {
            let at = Instant(microseconds: now + nodes[0].skew)
            store.settleGap(now: at)
            shadow.model.settleGap(now: at.microseconds, rules: rules)
        }
        for node in nodes { startLater(node, at: now + 5 * PlainTime.minute) }
    }

    // MARK: clocks

    private func setClock(_ node: Node) {
        // Nodes whose clocks are days apart are no cluster.
        guard nodes.count == 1 else { return }
        let back = [-PlainTime.minute, -20 * PlainTime.minute, -5 * PlainTime.hour, -20 * PlainTime.hour]
        let ahead = [
            PlainTime.minute, 20 * PlainTime.minute, 5 * PlainTime.hour, 3 * PlainTime.day, 500 * PlainTime.day,
        ]
        node.skew = mishapDice.chance(40) ? 0 : mishapDice.pick(back + ahead)
        log("\(node.name): the clock is set, \(node.skew) ahead")
        if node.isUp { node.wakeSoon() }
    }

    /// Whether the administrator said that this reading is right.
    func isVouched(_ wall: Micros) -> Bool {
        vouched.map { wall >= $0 - PlainTime.day && wall <= $0 + 400 * PlainTime.day } ?? false
    }

    /// The administrator is told; sooner or later they set the clock right and say so.
    func doubts(_ node: Node) {
        guard !isVouching else { return }
        isVouching = true
        log("\(node.name): the clock is not believed")
        plan(.vouch, at: now + mishapDice.micros(PlainTime.minute...2 * PlainTime.day))
    }

    func vouch() {
        isVouching = false
        for node in nodes where nodes.count == 1 { node.skew = 0 }
        let right = now
        vouched = right
        log("the administrator says that it is \(PlainTime.text(right))")
        let at = Instant(microseconds: right)
        store.turnBack(to: at)
        shadow.model.turnBack(to: right)
        for node in nodes where node.isUp { node.wakeSoon() }
    }
}
