import Almanac
import ArgumentParser
import BellmanDaemon
import BellmanModel
import BellmanRules
import BellmanStore
import BellmanStoreSQLite

struct LedgerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger", abstract: "Whether the store is what was written to it, and what it lacks.",
        subcommands: [Check.self, Accept.self], defaultSubcommand: Check.self)

    /// Rings of the gap that are listed.
    private static let listed = 200

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Follows every row of the ledger, the notices and the journal; exit 1 when something is wrong.",
            discussion: """
                Example: bellman ledger check

                Where the store is older than its mark, it lists what fell due since, and the notices that wait in it:
                some of that has left already, and the store does not know which.
                """)
        @OptionGroup var global: GlobalOptions
        @OptionGroup var list: ListOptions

        func run() async throws {
            let instance = try global.instance()
            Words.choose(instance.configuration.language)
            let words = LedgerCommand.words(instance)
            let finding = try LedgerCommand.examine(instance)
            if let remark = finding.remark { Terminal.error(words.text(remark)) }
            guard let doubt = finding.doubt else {
                let rows = try instance.store.reach().heads.values.reduce(0) { $0 + $1.sequence }
                return Terminal.line(
                    Words.pick("\(rows) rows, each as it was written", "共 \(rows) 行，均与写入时一致"))
            }
            if case .behind = doubt { try listGap(instance) }
            throw Failure(
                .wrong, StoreGuardWording(.en, instance.configuration.timing.zone).text(doubt),
                StoreGuardWording(.zh, instance.configuration.timing.zone).text(doubt))
        }

        private func listGap(_ instance: Instance) throws {
            let zone = instance.configuration.timing.zone
            var listing = Listing(
                [
                    .init("at", Words.pick("at", "时间")), .init("rule", Words.pick("rule", "规则")),
                    .init("record", Words.pick("record", "记录")), .init("what", Words.pick("what", "情况")),
                ], nothing: Words.pick("nothing fell due in the gap, and nothing waits", "空白期内没有到期的提醒，也没有等待的投递"))
            for ring in try instance.gapRings(limit: LedgerCommand.listed) {
                listing.add([
                    .string(ring.at.shown(in: zone)), .string(ring.rule), .string(ring.record),
                    .string(Words.pick("fell due; may have rung", "已到期，可能响过")),
                ])
            }
            for item in try instance.store.items(state: .waiting, channel: nil, limit: LedgerCommand.listed) {
                listing.add([
                    .string(item.notBefore.shown(in: zone)), .string(item.notice.rule), .string(item.notice.record),
                    .string(Words.pick("waits; may have been sent", "等待中，可能已发出")),
                ])
            }
            listing.show(list.format)
        }
    }

    struct Accept: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes the store as it stands for right; the daemon must be stopped.",
            discussion: """
                Example: bellman ledger accept --gap skip --comment "restored the machine from its image"

                For a store that is older than its mark:
                  --gap skip  (default) what waits in it and what fell due since counts as settled
                  --gap ring  it rings late, as after down time; some people may hear twice
                For rows that are not what was written: they count as they stand. What was wrong is kept in the audit
                log (bellman acts).
                """)
        @OptionGroup var global: GlobalOptions
        @OptionGroup var actor: ActorOptions
        @Option(name: .long, help: "skip or ring.") var gap: Restore.Gap = .skip

        func run() async throws {
            let instance = try global.instance()
            Words.choose(instance.configuration.language)
            let person = try actor.person(instance)
            let lock = try DaemonLock(path: instance.store.path)
            defer { lock.release() }
            let finding = try StoreGuard(instance).accept(
                gap: gap, by: person, comment: actor.comment, now: instance.clock.now())
            guard let doubt = finding.doubt else {
                return Terminal.line(Words.pick("nothing is wrong; nothing to accept", "没有异常，无需接受"))
            }
            Terminal.line(LedgerCommand.words(instance).fact(doubt))
            Terminal.line(Words.pick("accepted; start Bellman again", "已接受；请重新启动更夫"))
        }
    }

    private static func words(_ instance: Instance) -> StoreGuardWording {
        StoreGuardWording(Words.language, instance.configuration.timing.zone)
    }

    private static func examine(_ instance: Instance) throws -> StoreGuard.Finding {
        guard Terminal.showsProgress else { return try StoreGuard(instance).examine() }
        var shown = 0
        return try StoreGuard(instance).examine { rows in
            guard rows - shown >= 200_000 else { return }
            shown = rows
            Terminal.error(Words.pick("\(rows) rows read …", "已检查 \(rows) 行……"))
        }
    }
}
