import ArgumentParser
import BellmanDaemon
import BellmanRules
import Glibc
import SourceDiagnostics

struct FmtCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fmt", abstract: "Writes rule files in one style. · 统一规则文件的写法。",
        discussion: """
            Key order, indentation and blanks only: meaning, comments, quotes and line ends stay. Without PATH it formats
            the rules folder of the configuration; `-` is standard input. A file that cannot be read is not touched.
            只调整键的次序、缩进和空格；含义、注释、引号和换行符不变。不写 PATH 时处理配置里的规则目录，`-` 是标准输入。
            读不懂的文件不会动。

            Example: bellman fmt
            Example: bellman fmt --check rules/
            Example: bellman fmt --diff rules/contract-renewal.yaml
            Example: bellman fmt - < draft.yaml
            """)

    @OptionGroup var global: GlobalOptions
    @Argument(help: "Rule files or folders; - for standard input.")
    var paths: [String] = []
    @Flag(help: "Change nothing; exit 1 and list the files that are not in the style.")
    var check = false
    @Flag(help: "Change nothing; show what would change.")
    var diff = false

    /// What became of the files.
    private struct Tally {
        var files = 0
        var changed = 0
        var failed = 0
    }

    func run() async throws {
        let location = try global.location()
        // Formatting needs no secrets; the configuration is asked for its folder and language only.
        let configuration = try Workshop.read(location).configuration
        Words.choose(configuration.language)
        var tally = Tally()
        if paths == ["-"] {
            standardInput(&tally)
        } else {
            for path in paths.isEmpty ? [configuration.resolve(configuration.rulesPath)] : paths { take(path, &tally) }
            summary(tally)
        }
        if tally.failed > 0 || (check && tally.changed > 0) { throw Failure(.wrong, "", "") }
    }

    private func summary(_ tally: Tally) {
        let verb = check || diff ? Words.pick("would change", "待修改") : Words.pick("changed", "已修改")
        let failed = tally.failed == 0 ? "" : Words.pick(", \(tally.failed) not formatted", "，\(tally.failed) 个未处理")
        Terminal.error(
            Words.pick(
                "\(Words.count(tally.files, "file")), \(tally.changed) \(verb)\(failed)",
                "\(tally.files) 个文件，\(verb) \(tally.changed) 个\(failed)"))
    }

    private func take(_ path: String, _ tally: inout Tally) {
        guard TextFile.isFolder(path) else { return file(path, &tally) }
        switch RulesFolder(path: path).scan() {
        case .failure(.unreadable(let folder, let why)): unreadable(folder, why, &tally)
        case .success(let found):
            for case .unreadable(let name, let why) in found.troubles { unreadable(name, why, &tally) }
            for entry in found.files { file(path.hasSuffix("/") ? path + entry.path : "\(path)/\(entry.path)", &tally) }
        }
    }

    private func unreadable(_ path: String, _ why: String, _ tally: inout Tally) {
        tally.failed += 1
        Terminal.error(Words.prefix + Words.pick("cannot read \(path): \(why)", "读不到 \(path)：\(why)"))
    }

    private func file(_ path: String, _ tally: inout Tally) {
        tally.files += 1
        switch TextFile.read(path, limit: YAMLReader.maximumSize) {
        case .failure(let failure): unreadable(path, failure.text, &tally)
        case .success(let bytes):
            guard let new = formatted(bytes, path, &tally), new != bytes else { return }
            tally.changed += 1
            if diff { return show(bytes, new, path) }
            if check { return Terminal.line(path) }
            do throws(FileReplacement.Refusal) {
                try FileReplacement.write(new, over: bytes, at: path)
                Terminal.line(path)
            } catch {
                tally.changed -= 1
                tally.failed += 1
                Terminal.error(
                    Words.prefix
                        + Words.pick("cannot write \(path): \(error.english)", "写不了 \(path)：\(error.chinese)"))
            }
        }
    }

    /// Nil where the text stays as it is; that is said.
    private func formatted(_ bytes: [UInt8], _ name: String, _ tally: inout Tally) -> [UInt8]? {
        switch RuleFormatter.format(SourceFile(name: name, bytes: bytes)) {
        case .formatted(let new): return new
        case .refused(let problems):
            tally.failed += 1
            Diagnose.show(problems)
            return nil
        case .leftAlone(let line):
            Terminal.error(
                Words.pick(
                    "\(name):\(line): left as it is; it is written in a way that has no style here",
                    "\(name):\(line)：保持原样，这种写法没有统一的样式"))
            return nil
        }
    }

    private func show(_ old: [UInt8], _ new: [UInt8], _ name: String) {
        Terminal.write(
            UnifiedDiff.text(String(decoding: old, as: UTF8.self), String(decoding: new, as: UTF8.self), name: name))
    }

    private func standardInput(_ tally: inout Tally) {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        while bytes.count <= YAMLReader.maximumSize {
            let count = Glibc.read(STDIN_FILENO, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            if count <= 0 { break }
            bytes += buffer[..<count]
        }
        let new = formatted(bytes, "-", &tally)
        if let new, new != bytes { tally.changed += 1 }
        if diff { return show(bytes, new ?? bytes, "-") }
        // What was refused was said; half a file behind a pipe helps nobody.
        if !check, tally.failed == 0 { Terminal.bytes(new ?? bytes) }
    }
}
