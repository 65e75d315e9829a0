import Almanac
import ArgumentParser
import BellmanDaemon
import BellmanModel
import BellmanRules

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Looks over store, rules, channels, clock and calendar, and says how to mend.",
        discussion: """
            Reads the whole store, also beside a running daemon. Exit code 1 when something is wrong; what only wants
            a look leaves 0.

            --audit computes anew what should have rung in the last days, from the change log and the rules as they
            are, and compares it with the ledger; the daemon does so every night. Exit code 1 when they differ.

            Example: bellman doctor --format json
            Example: bellman doctor --audit --days 30
            """)
    @OptionGroup var global: GlobalOptions
    @OptionGroup var list: ListOptions

    @Flag(name: .long, help: "Compares what should have rung with the ledger.") var audit = false
    @Option(name: .long, help: "Days that the audit looks back, 1 to 400.") var days = Instance.auditDays

    func validate() throws {
        guard (1...400).contains(days) else {
            throw ValidationError(Words.pick("--days takes 1 to 400", "--days 取 1 到 400"))
        }
    }

    func run() async throws {
        let instance = try global.instance()
        if audit { return try AuditListing(instance, list.format, days: days).show() }
        let wording = DoctorWording(zone: instance.configuration.timing.zone)
        let findings = Doctor(instance).examine { subject in
            guard subject == .store, Terminal.showsProgress else { return }
            Terminal.error(Words.pick("reading the whole store …", "正在检查整个存储……"))
        }
        var listing = Listing(
            [
                .init("subject", Words.pick("what", "项目")), .init("state", Words.pick("state", "状态")),
                .init("finding", Words.pick("finding", "情况")),
            ], nothing: "")
        for finding in findings {
            let people = list.format == .table
            listing.add([
                .string(people ? wording.name(finding.subject) : finding.subject.rawValue),
                .string(people ? wording.name(finding.state) : finding.state.rawValue),
                .string(wording.text(finding.fact)),
            ])
        }
        listing.show(list.format)
        if findings.contains(where: { $0.state == .bad }) { throw ExitCode(1) }
    }
}
