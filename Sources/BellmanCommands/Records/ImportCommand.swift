import Almanac
import ArgumentParser
import BellmanConnectors
import BellmanDaemon
import BellmanModel
import BellmanRules
import BellmanStore
import BellmanStoreSQLite

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Takes records from a CSV, TSV or JSON-lines file.",
        discussion: """
            Columns are matched by field name and by the titles that common trackers export; what matches nothing lands
            in custom. A row is taken whole or rejected whole; rejects go into a file with line and reason.

            Example: bellman import tasks.csv --kind task
            Example: bellman import 合同.csv --kind contract --map expires_on=到期日期 --dry-run
            """)

    @OptionGroup var global: GlobalOptions
    @Argument(help: "CSV, TSV or JSON lines; UTF-8 or GB18030.") var file: String
    @Option(name: .long, help: "Kind of the records: task, contract, member, …", completion: Completing.kinds)
    var kind: String
    @Option(name: .long, help: ArgumentHelp("Column of a field.", valueName: "field=column")) var map: [String] = []
    @Option(name: .long, help: "utf-8, gb18030, utf-16; found by itself where left out.") var encoding: String?
    @Option(name: .long, help: "day-first or month-first, for dates such as 03/04/2026.") var dates: String?
    @Flag(name: .long, help: "Only say what would happen.") var dryRun = false
    @Flag(name: .long, help: "Raise no edge triggers.") var quiet = false

    func run() async throws {
        let instance = try global.instance()
        Words.choose(instance.configuration.language)
        var plan = ImportPlan(
            kind: try RecordsCommand.kind(kind, instance), format: ImportPlan.format(ofFile: file),
            zone: instance.configuration.timing.zone,
            fileName: file.split(separator: "/").last.map(String.init) ?? file,
            user: CommandActor.name, language: Words.isChinese ? .zh : .en)
        plan.explicit = try mapping()
        try readForms(&plan)
        plan.quiet = quiet
        // Large transactions: a commit is cheap, thousands of them are not.
        plan.batch = ImportPlan.largeBatch
        let source = try FileBytes(path: file)
        let rejects = FileSink(path: "\(file).rejects.csv")
        let bar = ProgressBar(title: plan.fileName)
        let store = instance.store
        let summary = try named {
            try store.importing {
                try Importer.run(plan, source: source, rejects: dryRun ? nil : rejects) {
                    bar.show(done: $0.bytes, of: $0.totalBytes, rows: $0.rows)
                } write: { writes in
                    if dryRun { return try store.rehearse(writes, at: instance.present) }
                    return try store.write(writes, at: instance.present)
                }
            }
        }
        bar.finish()
        instance.nudge()
        report(summary, rejectsPath: rejects.exists ? "\(file).rejects.csv" : nil)
        if summary.rejected > 0 { throw Failure(.wrong, "", "") }
    }

    private func readForms(_ plan: inout ImportPlan) throws {
        if let encoding {
            plan.encoding = TextEncoding(name: encoding)
            guard plan.encoding != nil else {
                throw Failure(
                    .usage, "no encoding “\(encoding)”: utf-8, gb18030 or utf-16",
                    "没有编码“\(encoding)”：utf-8、gb18030 或 utf-16")
            }
        }
        if let dates {
            guard ["day-first", "month-first"].contains(dates) else {
                throw Failure(.usage, "--dates is day-first or month-first", "--dates 只能是 day-first 或 month-first")
            }
            plan.dateOrder = dates == "day-first" ? .dayFirst : .monthFirst
        }
    }

    private func mapping() throws -> [String: String] {
        var result: [String: String] = [:]
        for entry in map {
            guard let equals = entry.firstIndex(of: "=") else {
                throw Failure(.usage, "--map wants field=column, not “\(entry)”", "--map 要写成 字段=列名，而不是“\(entry)”")
            }
            result[String(entry[..<equals])] = String(entry[entry.index(after: equals)...])
        }
        return result
    }

    /// A problem of the file as a whole names the file.
    private func named<T>(_ body: () throws -> T) throws -> T {
        do { return try body() } catch let problem as ImportProblem {
            throw Failure(.wrong, "\(file): \(problem.words(.en))", "\(file)：\(problem.words(.zh))")
        }
    }

    private func report(_ summary: ImportSummary, rejectsPath: String?) {
        let language: AlmanacLanguage = Words.isChinese ? .zh : .en
        for note in summary.notes { Terminal.error(note.words(language)) }
        for reject in summary.examples {
            Terminal.error(Words.pick("line \(reject.line): ", "第 \(reject.line) 行：") + reject.reason.words(language))
        }
        if summary.rejected > summary.examples.count {
            let more = summary.rejected - summary.examples.count
            Terminal.error(Words.pick("… and \(more) more", "……还有 \(more) 行"))
        }
        let head = dryRun ? Words.pick("would be: ", "将会：") : ""
        Terminal.line(
            head
                + Words.pick(
                    "\(Words.count(summary.rows, "row")): \(summary.created) created, \(summary.updated) updated, \(summary.unchanged) unchanged, \(summary.rejected) rejected",
                    "\(summary.rows) 行：新建 \(summary.created)，更新 \(summary.updated)，未变 \(summary.unchanged)，拒绝 \(summary.rejected)"
                ))
        if let rejectsPath { Terminal.line(Words.pick("rejected rows: \(rejectsPath)", "被拒绝的行：\(rejectsPath)")) }
    }
}
