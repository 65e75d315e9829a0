import BellmanFuzz
import Glibc

/// Runs inputs until its CPU time is used up or one breaks something; then it ends, and the supervisor looks.
struct Worker {
    static let violationCode: Int32 = 3

    let options: Options
    let board: Board
    /// CPU seconds.
    let budget: Double

    func run() {
        var maker = InputMaker(options.target, corpus: options.corpus, seed: options.seed)
        while System.cpuSeconds() < budget, options.count.map({ board.count < $0 }) ?? true { judge(maker.next()) }
    }

    func judge(_ input: [UInt8]) {
        board.begin(input)
        System.armWatchdog()
        guard let what = options.target.violation(input) else { return }
        board.tell(what)
        _exit(Self.violationCode)
    }
}

/// One input in a process of its own, which tells how it ended.
enum Replay {
    static func run(_ target: FuzzTarget, _ input: [UInt8]) {
        System.armWatchdog()
        guard let what = target.violation(input) else { return }
        System.say(what)
        _exit(Worker.violationCode)
    }
}
