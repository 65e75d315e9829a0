import BellmanPower
import Glibc

// bellman-power [SEED [LOSSES [PLANT]]]: loses the power so many times and says what came of it. A finding names the seed
// of its story, with which it is seen again: `bellman-power SEED 100`. PLANT is a bug to plant (PowerPlant).

private func say(_ text: String) {
    let line = Array((text + "\n").utf8)
    _ = write(STDOUT_FILENO, line, line.count)
}

private func argument(_ place: Int, else standard: UInt64) -> UInt64 {
    CommandLine.arguments.count > place ? UInt64(CommandLine.arguments[place]) ?? standard : standard
}

private let first = argument(1, else: 1)
private let wanted = Int(argument(2, else: 2_500))
private let plant = CommandLine.arguments.count > 3 ? PowerPlant(rawValue: CommandLine.arguments[3]) : nil
if getenv("TMPDIR") == nil, access("/dev/shm", W_OK) == 0 { setenv("TMPDIR", "/dev/shm", 1) }

private let clock = ContinuousClock()
private let start = clock.now
private var sum = PowerTally()
private var seed = first
private var told = 0
while sum.losses < wanted, sum.findings.isEmpty {
    sum += try await PowerStory(seed: seed, plant: plant).run()
    seed += 1
    if sum.losses / 5_000 > told {
        told = sum.losses / 5_000
        say("\(sum.losses) losses, next seed \(seed)")
    }
}
private let taken = (clock.now - start).components
private let seconds = Double(taken.seconds) + Double(taken.attoseconds) / 1e18
say(
    """
    seeds \(first)...\(seed - 1): \(sum.losses) power losses (\(sum.instants) moments), \(sum.withUnsynced) moments with \
    writes not yet synced, \(sum.whileOpening) while opening
    \(sum.commits) acknowledged writes, \(sum.sends) messages sent, \(sum.unacknowledgedKept) states with a write that was \
    never acknowledged, whole
    \(Int(Double(sum.losses) / seconds)) losses a second; \(sum.findings.count) findings
    """)
for finding in sum.findings { say(finding.description) }
exit(sum.findings.isEmpty ? 0 : 1)
