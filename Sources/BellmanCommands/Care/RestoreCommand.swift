import Almanac
import ArgumentParser
import BellmanDaemon
import BellmanModel
import BellmanRules
import BellmanStoreSQLite

extension Restore.Gap: ExpressibleByArgument {}

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Puts a backup in the place of the store; the daemon must be stopped.",
        discussion: """
            The replaced store stays beside it under another name. A backup does not know what rang after it was made:
              --gap skip  (default) what waited in the backup and what fell due since counts as settled; look through
                          the list that is printed, and send again what you miss: bellman deliveries resend ID
              --gap ring  it rings late, as after down time; some people may hear twice

            Example: bellman restore bellman-2026-11-20.db --dry-run
            """)
    @OptionGroup var global: GlobalOptions
    @Argument(help: "Backup file.", completion: .file()) var file: String
    @Option(name: .long, help: "skip or ring.") var gap: Restore.Gap = .skip
    @Flag(name: .long, help: "Only say what would happen.") var dryRun = false
    @Flag(name: .long, help: "For a copy that lives beside the original: notices get ids of their own.")
    var newIdentity = false

    func run() async throws {
        let workshop = try global.workshop()
        let zone = workshop.configuration.timing.zone
        let restore = Restore(workshop, from: file)
        let plan = try restore.plan()
        show(plan, zone)
        if dryRun { return }
        let outcome = try restore.run(gap: gap, newIdentity: newIdentity, now: SystemClock().now())
        if let kept = outcome.keptAs {
            Terminal.line(Words.pick("the replaced store is now \(kept)", "原来的存储改名为 \(kept)"))
        }
        if gap == .skip, outcome.settledDeliveries + outcome.cancelledSteps > 0 {
            Terminal.line(
                Words.pick(
                    "\(outcome.settledDeliveries) waiting deliveries count as sent (bellman deliveries list --state dropped), \(outcome.cancelledSteps) steps are cancelled",
                    "\(outcome.settledDeliveries) 条等待中的投递视为已发（bellman deliveries list --state dropped），\(outcome.cancelledSteps) 个步骤已取消"
                ))
        }
        Terminal.line(Words.pick("restored; start Bellman again", "已恢复；请重新启动更夫"))
    }

    private func show(_ plan: Restore.Plan, _ zone: Zone) {
        func moment(_ image: StoreImage) -> String {
            image.watermark?.shown(in: zone) ?? Words.pick("before its first tick", "尚未判定过")
        }
        let backup = plan.backup
        Terminal.line(
            Words.pick(
                "backup: \(moment(backup)), \(backup.records) records, \(backup.decisions) decisions, \(backup.open) deliveries waiting",
                "备份：\(moment(backup))，\(backup.records) 条记录，\(backup.decisions) 次判定，\(backup.open) 条投递等待中"))
        if let present = plan.present {
            Terminal.line(
                Words.pick(
                    "present store: \(moment(present)), \(present.records) records, \(present.decisions) decisions",
                    "现有存储：\(moment(present))，\(present.records) 条记录，\(present.decisions) 次判定"))
        }
        if let trouble = plan.presentTrouble {
            Terminal.line(
                Words.pick("present store: ", "现有存储：") + StoreWording.text(trouble, Words.language))
        }
        guard !plan.forgotten.isEmpty else { return }
        Terminal.line(
            Words.pick(
                "rang after the backup, and the backup does not know it:", "备份之后响过、而备份里没有的："))
        var listing = Listing(
            [
                .init("at", Words.pick("at", "时间")), .init("rule", Words.pick("rule", "规则")),
                .init("record", Words.pick("record", "记录")),
            ], nothing: "")
        for entry in plan.forgotten {
            listing.add([
                .string(entry.decidedAt.shown(in: zone)), .string(entry.key.rule), .string(entry.key.subject),
            ])
        }
        listing.show(.table)
    }
}
