import ArgumentParser
import BellmanDaemon
import BellmanStore
import BellmanStoreSQLite

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Writes a complete copy of the store, also while the daemon runs.",
        discussion: """
            The copy is one file of one moment, checked and on the disk before it bears its name. It holds records,
            journal, ledger and deliveries, and no secrets. Rule files and bellman.yaml are yours to keep, best in git.

            Example: bellman backup bellman-$(date +%F).db
            """)
    @OptionGroup var global: GlobalOptions
    @Argument(help: "File to write; it must not exist yet.", completion: .file()) var file: String

    func run() async throws {
        let instance = try global.instance()
        do {
            try instance.store.backup(to: file)
        } catch StoreProblem.cannotOpen(let path, let why) where path == file {
            throw Failure(.wrong, "cannot write the backup \(path): \(why)", "无法写入备份 \(path)：\(why)")
        }
        let image = try StoreImage.inspect(file)
        Terminal.line(
            Words.pick(
                "\(file): \(image.records) records, \(image.decisions) decisions, \(image.bytes >> 10) kB",
                "\(file)：\(image.records) 条记录，\(image.decisions) 次判定，\(image.bytes >> 10) kB"))
    }
}
