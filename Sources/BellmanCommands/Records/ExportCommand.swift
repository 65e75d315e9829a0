import ArgumentParser
import BellmanConnectors
import BellmanDaemon
import BellmanModel
import BellmanRules
import BellmanStore
import BellmanStoreSQLite

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Writes all records of a kind, so that import reads them back.",
        discussion: "Example: bellman export contract > contracts.csv")

    enum Format: String, ExpressibleByArgument, CaseIterable { case csv, json, jsonl }

    private final class StandardOutput: ByteSink {
        func write(_ bytes: [UInt8]) throws { Terminal.bytes(bytes) }
    }

    @OptionGroup var global: GlobalOptions
    @Argument(help: "task, contract, member, …", completion: Completing.kinds) var kind: String
    @Option(name: .long, help: "csv, json or jsonl.") var format: Format = .csv

    func run() async throws {
        let instance = try global.instance()
        Words.choose(instance.configuration.language)
        let definition = try RecordsCommand.kind(kind, instance)
        let form: Exporter.Format =
            switch format {
            case .csv: .csv()
            case .json: .json
            case .jsonl: .jsonLines
            }
        var exporter = try Exporter(
            kind: definition, format: form, zone: instance.configuration.timing.zone, sink: StandardOutput())
        try instance.store.read { view in
            var after: String?
            while true {
                let ids = try view.identifiers(kind: kind, after: after, limit: 500)
                guard let last = ids.last else { break }
                for id in ids {
                    if let record = try view.record(RecordRef(kind: kind, id: id)) { try exporter.add(record) }
                }
                after = last
            }
        }
        try exporter.finish()
    }
}
