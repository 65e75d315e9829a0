import Almanac
import ArgumentParser
import BellmanConnectors
import BellmanDaemon

struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Writes a commented bellman.yaml, sample rules and a sample CSV.",
        discussion: """
            Nothing that is there already is overwritten.

            Example: bellman init && bellman run
            """)
    @OptionGroup var global: GlobalOptions
    @Option(name: .long, help: "zh or en.") var language: String?

    func run() async throws {
        _ = try global.location()
        if language == "zh" || language == "en" { Words.choose(language == "zh" ? .zh : .en) }
        let names = [
            "A1-task-started", "A2-deadline-3-days", "A4-overdue", "B1-contract-renewal", "C2-customer-silent",
        ]
        var files = [("bellman.yaml", DefaultConfiguration.text(Words.language))]
        files += InitCommand.rules(names)
        files += try SampleFiles.all(Words.language).filter { ["member", "project", "task"].contains($0.kind) }
            .map { ("\($0.kind)s.csv", $0.text) }
        try InitCommand.write(files, folder: ".")
        Terminal.line(Words.pick("next:", "下一步："))
        for kind in ["member", "project", "task"] { Terminal.line("  bellman import \(kind)s.csv --kind \(kind)") }
        Terminal.line("  bellman run")
    }

    /// Shipped rules, each with its tests beside it; all where no names are given.
    static func rules(_ names: [String]? = nil) -> [(path: String, text: String)] {
        func isWanted(_ name: String) -> Bool { names?.contains(name) ?? true }
        let rules = ShippedRules.all.filter { isWanted($0.name) }.map { ("rules/\($0.name).yaml", $0.text) }
        return rules
            + ShippedRuleTests.all.filter { isWanted($0.name) }.map { ("rules/\($0.name).test.yaml", $0.text) }
    }

    static func write(_ files: [(path: String, text: String)], folder: String) throws {
        guard case .success = TextFile.makeFolder(folder), case .success = TextFile.makeFolder("\(folder)/rules") else {
            throw Failure(.wrong, "cannot make the folder \(folder)/rules", "无法创建目录 \(folder)/rules")
        }
        var (written, kept): ([String], [String]) = ([], [])
        for file in files {
            let path = "\(folder)/\(file.path)"
            if TextFile.exists(path) {
                kept.append(path)
                continue
            }
            if case .failure(let failure) = TextFile.write(file.text, to: path) {
                throw Failure(.wrong, "cannot write \(path): \(failure.text)", "无法写入 \(path)：\(failure.text)")
            }
            written.append(path)
        }
        list(written, Words.pick("written", "写入 "))
        list(kept, Words.pick("kept   ", "保留 "))
    }

    /// Files of one folder that are told by name; of more it is told how many there are.
    private static let named = 12

    private static func list(_ paths: [String], _ word: String) {
        var folders: [String: [String]] = [:]
        for path in paths {
            folders[path.split(separator: "/").dropLast().joined(separator: "/"), default: []].append(path)
        }
        for (folder, inside) in folders.sorted(by: { $0.key < $1.key }) {
            if inside.count > named {
                Terminal.line(
                    "\(word) \(folder)/ "
                        + Words.pick("(\(inside.count) files)", "（\(inside.count) 个文件）"))
            } else {
                for path in inside { Terminal.line("\(word) \(path)") }
            }
        }
    }
}
