import Almanac
import ArgumentParser
import BellmanDaemon
import BellmanModel
import BellmanRules
import BellmanStore
import BellmanStoreSQLite

struct ClockCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clock", abstract: "What Bellman thinks of this machine's clock and time zones.",
        subcommands: [Show.self, Accept.self], defaultSubcommand: Show.self)

    private static func words(_ instance: Instance) -> ClockWording {
        ClockWording(Words.isChinese ? .zh : .en, instance.configuration.timing.zone)
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Shows the clock, how far the store has lived, and the tz database; exit 1 when it is implausible.",
            discussion: "Example: bellman clock")
        @OptionGroup var global: GlobalOptions
        @OptionGroup var list: ListOptions

        func run() async throws {
            let instance = try global.instance()
            Words.choose(instance.configuration.language)
            let zone = instance.configuration.timing.zone
            let (now, past, words) = (instance.clock.now(), try instance.clockPast.read(), ClockCommand.words(instance))
            var listing = Listing(
                [.init("what", Words.pick("what", "项目")), .init("state", Words.pick("state", "状态"))], nothing: "")
            func add(_ name: String, _ value: String) { listing.add([.string(name), .string(value)]) }
            add(Words.pick("clock", "时钟"), now.shown(in: zone))
            add(
                Words.pick("lived until", "已运行到"),
                past.watermark?.shown(in: zone) ?? Words.pick("before its first tick", "尚未判定过"))
            if let jump = try instance.clockPast.recentJump(now) {
                add(Words.pick("set", "被调整"), words.jump(jump.by, at: jump.at))
            }
            add(Words.pick("time zone", "时区"), zone.name)
            add("tzdata", Zone.hasDatabase ? Zone.databaseVersion() ?? words.unknownVersion : words.noZones)
            listing.show(list.format)
            guard let doubt = ClockGuard.doubt(now, past) else { return }
            throw Failure(.wrong, words.text(doubt, now), words.text(doubt, now))
        }
    }

    struct Accept: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Confirms that the clock is right although Bellman doubts it.",
            discussion: """
                Example: bellman clock accept

                For a machine that was off for over 400 days, or a store that once ran with a clock far ahead. What was
                decided stays decided: what the store skipped under a wrong clock does not ring; a backup from before
                can be restored instead.
                """)
        @OptionGroup var global: GlobalOptions

        func run() async throws {
            let instance = try global.instance()
            Words.choose(instance.configuration.language)
            let now = instance.clock.now()
            guard ClockGuard.doubt(now, try instance.clockPast.read()) != nil else {
                return Terminal.line(Words.pick("the clock is not doubted; nothing to accept", "时钟没有可疑之处，无需确认"))
            }
            try instance.clockPast.accept(now)
            instance.nudge()
            let shown = now.shown(in: instance.configuration.timing.zone)
            Terminal.line(
                Words.pick(
                    "accepted: it is \(shown); a running daemon goes on at once", "已确认现在是 \(shown)，运行中的守护进程马上继续"))
        }
    }
}
