import BellmanPower
import Glibc

// bellman-power [SEED [LOSSES]]: loses the power so many times and says what came of it. A finding names the seed of its
// story, with which it is seen again: `bellman-power SEED 25`.

private func say(_ text: String) {
    let line = Array((text + "\n").utf8)
    _ = write(STDOUT_FILENO, line, line.count)
}

private func argument(_ place: Int, else standard: UInt64) -> UInt64 {
    CommandLine.arguments.count > place ? UInt64(CommandLine.arguments[place]) ?? standard : standard
}

private let first = argument(1, else: 1)
private let wanted = Int(argument(2, else: 2_500))
if getenv("TMPDIR") == nil, access("/dev/shm", W_OK) == 0 { setenv("TMPDIR", "/dev/shm", 1) }

private let clock = ContinuousClock()
private let start = clock.now
private var sum = PowerTally()
private var seed = first
while sum.losses < wanted, sum.findings.isEmpty {
    sum += try await PowerStory(seed: seed).run(losses: min(PowerStory.lossesEach, wanted - sum.losses))
    seed += 1
    if sum.losses % 5_000 == 0 { say("\(sum.losses) losses, \(sum.findings.count) findings") }
}
private let seconds = Double((clock.now - start).components.seconds) + 0.001
say(
    """
    seeds \(first)...\(seed - 1): \(sum.losses) power losses, \(sum.withUnsynced) of them with writes not yet synced, \
    \(sum.whileOpening) while opening
    \(sum.commits) acknowledged writes, \(sum.sends) messages sent, \(sum.unacknowledgedKept) writes kept whole that were \
    never acknowledged
    \(Int(Double(sum.losses) / seconds)) losses a second; \(sum.findings.count) findings
    """)
for finding in sum.findings { say(finding.description) }
exit(sum.findings.isEmpty ? 0 : 1)
