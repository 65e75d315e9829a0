import Almanac
import Testing

@testable import BellmanDaemon

@Suite struct ClockGuardTests {
    private static let release = instant("2026-08-01T00:00:00Z")
    private static let now = instant("2027-03-01T09:00:00Z")
    private static let hour: Int64 = 3_600
    private static let day: Int64 = 86_400

    private static func instant(_ text: String) -> Instant { Instant(iso: text) ?? .earliest }

    @Test func theReleaseIsTheDateThatItsCommentSays() {
        #expect(BellmanVersion.released == ClockGuardTests.release)
    }

    struct Case: Sendable, CustomStringConvertible {
        let name: String
        let wall: Instant
        let past: ClockGuard.Past
        let doubt: ClockGuard.Doubt?
        var description: String { name }
    }

    private static let lived = ClockGuard.Past(watermark: now)
    private static let ahead = now.adding(seconds: 300 * day)

    static let cases: [Case] = [
        Case(name: "as it should be", wall: now.adding(seconds: 60), past: lived, doubt: nil),
        Case(name: "a day back", wall: now.adding(seconds: -day), past: lived, doubt: nil),
        Case(name: "over a day back", wall: now.adding(seconds: -day - 1), past: lived, doubt: .behind(watermark: now)),
        Case(name: "off for 400 days", wall: now.adding(seconds: 400 * day), past: lived, doubt: nil),
        Case(name: "for longer", wall: now.adding(seconds: 400 * day + 1), past: lived, doubt: .farAhead(of: now)),
        Case(
            name: "a battery that died", wall: .init(seconds: 946_684_800), past: lived, doubt: .beforeRelease(release)),
        Case(name: "the same at first", wall: .init(seconds: 0), past: .init(), doubt: .beforeRelease(release)),
        Case(name: "a first start", wall: now, past: .init(), doubt: nil),
        Case(
            name: "a first start in 2099", wall: instant("2099-01-01T00:00:00Z"), past: .init(),
            doubt: .farAhead(of: release)),
        Case(
            name: "an old store under a new release", wall: release.adding(seconds: 30 * day),
            past: .init(watermark: release.adding(seconds: -390 * day)), doubt: nil),
        Case(
            name: "a store from tests in the past goes on only by word", wall: release.adding(seconds: -50 * day),
            past: .init(watermark: release.adding(seconds: -50 * day)), doubt: .beforeRelease(release)),
        Case(
            name: "accepted far ahead", wall: now.adding(seconds: 500 * day + hour),
            past: .init(watermark: now, accepted: now.adding(seconds: 500 * day)), doubt: nil),
        Case(
            name: "accepted behind", wall: now.adding(seconds: hour), past: .init(watermark: ahead, accepted: now),
            doubt: nil),
        Case(
            name: "accepted once, and wrong again", wall: now.adding(seconds: -2 * day),
            past: .init(watermark: ahead, accepted: now), doubt: .behind(watermark: ahead)),
    ]

    @Test(arguments: cases) func verdicts(_ each: Case) {
        #expect(ClockGuard.doubt(each.wall, each.past, release: ClockGuardTests.release) == each.doubt)
    }

    /// Wall, time since the boot and time awake, in seconds after the first look.
    private static func reading(_ wall: Int64, boot: Int64, awake: Int64? = nil) -> ClockGuard.Reading {
        ClockGuard.Reading(
            wall: now.adding(seconds: wall), sinceBoot: boot * 1_000_000, awake: (awake ?? boot) * 1_000_000)
    }

    private func second(_ reading: ClockGuard.Reading, _ past: ClockGuard.Past = lived) -> ClockGuard.Verdict {
        var clock = ClockGuard(release: ClockGuardTests.release)
        _ = clock.look(ClockGuardTests.reading(0, boot: 1_000), ClockGuardTests.lived)
        return clock.look(reading, past)
    }

    @Test func slewingIsNoJump() {
        #expect(second(ClockGuardTests.reading(60 + 299, boot: 1_060)) == ClockGuard.Verdict())
        #expect(second(ClockGuardTests.reading(60 - 299, boot: 1_060)) == ClockGuard.Verdict())
    }

    @Test func settingIsAJump() {
        #expect(second(ClockGuardTests.reading(60 + 301, boot: 1_060)).jump == 301_000_000)
        #expect(second(ClockGuardTests.reading(60 - 7_200, boot: 1_060)).jump == -7_200_000_000)
    }

    @Test func sleepIsNoJump() {
        let verdict = second(ClockGuardTests.reading(36_000, boot: 37_000, awake: 1_030))
        #expect(verdict.jump == nil)
        #expect(verdict.slept == 35_970_000_000)
        #expect(verdict.doubt == nil)
    }

    @Test func aStartBehindIsAJumpBackOnceForEachStep() {
        var clock = ClockGuard(release: ClockGuardTests.release)
        let back = ClockGuardTests.reading(-7_200, boot: 10)
        #expect(clock.look(back, ClockGuardTests.lived).jump == -7_200_000_000)
        var next = ClockGuard(release: ClockGuardTests.release)
        let known = ClockGuard.Past(
            watermark: ClockGuardTests.now, cursor: ClockGuardTests.now.adding(seconds: -7_260))
        #expect(next.look(back, known).jump == nil)
    }

    @Test func aDoubtIsNewOnceAndEnds() {
        var clock = ClockGuard(release: ClockGuardTests.release)
        #expect(clock.look(ClockGuardTests.reading(0, boot: 0), ClockGuardTests.lived).doubt == nil)
        let bad = -3 * ClockGuardTests.day
        let first = clock.look(ClockGuardTests.reading(bad, boot: 60), ClockGuardTests.lived)
        #expect(first.doubt == .behind(watermark: ClockGuardTests.now) && first.doubtIsNew)
        // Own time goes on from the last good look.
        #expect(first.own == ClockGuardTests.now.adding(seconds: 60))
        let again = clock.look(ClockGuardTests.reading(bad + 60, boot: 120), ClockGuardTests.lived)
        #expect(again.doubt != nil && !again.doubtIsNew && !again.doubtEnded)
        #expect(again.own == ClockGuardTests.now.adding(seconds: 120))
        let good = clock.look(ClockGuardTests.reading(180, boot: 180), ClockGuardTests.lived)
        #expect(good.doubt == nil && good.doubtEnded && good.own == nil)
    }

    @Test func atAStartOwnTimeIsWhatTheStoreKnows() {
        var clock = ClockGuard(release: ClockGuardTests.release)
        let verdict = clock.look(
            ClockGuard.Reading(wall: Instant(seconds: 0), sinceBoot: 5, awake: 5), ClockGuardTests.lived)
        #expect(verdict.own == ClockGuardTests.now)
    }

    @Test func bothLanguagesSayWhatIsWrongAndHowToMendIt() {
        for language in [AlmanacLanguage.en, .zh] {
            let words = ClockWording(language, .utc)
            for doubt in [
                ClockGuard.Doubt.beforeRelease(ClockGuardTests.release), .behind(watermark: ClockGuardTests.now),
                .farAhead(of: ClockGuardTests.now),
            ] {
                let text = words.text(doubt, Instant(seconds: 946_684_800))
                #expect(text.contains("2000-01-01 00:00") && text.contains("bellman clock accept"), "\(text)")
            }
            #expect(words.jump(-7_200_000_000, at: ClockGuardTests.now).contains("2027-03-01 09:00"))
        }
        #expect(ClockWording(.en, .utc).duration(266_400_000_000) == "3 d 2 h")
        #expect(ClockWording(.zh, .utc).duration(301_000_000) == "5 分钟 1 秒")
        #expect(ClockWording(.en, .utc).duration(0) == "0 s")
    }
}
