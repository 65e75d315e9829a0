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

            Example: bellman doctor --format json
            """)
    @OptionGroup var global: GlobalOptions
    @OptionGroup var list: ListOptions

    func run() async throws {
        let instance = try global.instance()
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
