import Almanac
import ArgumentParser
import BellmanConnectors
import BellmanDaemon
import BellmanModel
import BellmanRules
import BellmanStore
import BellmanStoreSQLite
import Glibc

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Everything at once: rules, a month of sample data, and the daemon.",
        discussion: """
            Works in a new temporary folder unless --folder names one.

            Example: bellman demo
            Example: bellman demo --folder sample --no-serve
            """)
    @Option(name: .long, help: "Folder for the demo.") var folder: String?
    @Option(name: .long, help: "zh or en.") var language: String?
    @Option(name: .long, help: ArgumentHelp("Where the dashboard listens.", valueName: "host:port")) var listen: String?
    @Flag(name: .long, help: "Ring and stop; start no daemon.") var noServe = false

    func run() async throws {
        if let language { Words.choose(language == "zh" ? .zh : .en) }
        let path = try place()
        try prepare(path)
        guard chdir(path) == 0 else { throw Failure(.wrong, "cannot work in \(path)", "无法进入 \(path)") }
        let workshop = try Workshop(Location(configuration: "bellman.yaml"))
        Words.choose(workshop.configuration.language)
        try importSamples(workshop)
        try await ring(workshop)
        guard !noServe else { return }
        try await RunCommand.daemon(workshop)
    }

    private func place() throws -> String {
        if let folder { return folder }
        var template = Array("/tmp/bellman-demo-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw Failure(.wrong, "no temporary folder", "无法创建临时目录") }
        return String(cString: made)
    }

    private func prepare(_ path: String) throws {
        var configuration = DefaultConfiguration.text(Words.language)
        if let listen { configuration = configuration.replacing("listen: 127.0.0.1:8420", with: "listen: \(listen)") }
        var files = [("bellman.yaml", configuration)]
        files += InitCommand.rules()
        files += try SampleFiles.all(Words.language).map { ("\($0.kind)s.csv", $0.text) }
        try InitCommand.write(files, folder: path)
    }

    private func importSamples(_ workshop: Workshop) throws {
        let instance = try Instance(workshop, role: .command)
        defer { try? instance.store.close() }
        for kind in SampleFiles.kinds {
            let definition = try RecordsCommand.kind(kind, instance)
            let plan = ImportPlan(
                kind: definition, zone: workshop.configuration.timing.zone, fileName: "\(kind)s.csv", user: "demo",
                quiet: true,
                language: Words.isChinese ? .zh : .en)
            let summary = try Importer.run(plan, source: FileBytes(path: "\(kind)s.csv")) {
                try instance.store.write($0, at: instance.clock.now())
            }
            Terminal.line(
                Words.pick("\(kind): \(summary.rows) records", "\(kind)：\(summary.rows) 条记录"))
        }
    }

    /// One round, so that the inbox opens on something worth looking at.
    private func ring(_ workshop: Workshop) async throws {
        let instance = try Instance(workshop, role: .daemon)
        defer { try? instance.store.close() }
        let report = try await RunOnce.run(instance, at: nil) { Terminal.line($0) }
        Terminal.line(
            Words.pick(
                "\(report.sent) notices rang; they are in the inbox", "已响 \(report.sent) 条提醒，都在收件箱里"))
    }
}
