import Almanac
import ArgumentParser
import BellmanConnectors
import BellmanDaemon
import BellmanModel
import BellmanServer
import BellmanStore
import Glibc
import SourceDiagnostics

/// Why a command ends without success: an exit code and words in both languages.
struct Failure: Error {
    enum Code: Int32 {
        case wrong = 1
        case usage = 2
        case unfinished = 3
    }

    let code: Code
    let english: String
    let chinese: String

    init(_ code: Code, _ english: String, _ chinese: String) {
        self.code = code
        self.english = english
        self.chinese = chinese
    }

    /// Prints the error as a person should read it and gives the exit code.
    static func report(_ error: any Error, as root: any ParsableCommand.Type) -> Int32 {
        switch error {
        case let failure as Failure:
            if !failure.english.isEmpty { Terminal.error(Words.prefix + Words.pick(failure.english, failure.chinese)) }
            return failure.code.rawValue
        case let troubles as ConfigurationTroubles:
            Words.choose(troubles.language)
            Terminal.error(
                TextRenderer(language: Words.isChinese ? .zh : .en, color: Terminal.usesColor).render(troubles.problems)
            )
            return 1
        case let unreadable as UnreadableFile:
            Terminal.error(
                Words.prefix
                    + Words.pick(
                        "cannot read \(unreadable.path): \(unreadable.why)", "读不到 \(unreadable.path)：\(unreadable.why)")
            )
            return 1
        case let problem as StoreProblem:
            Terminal.error(Words.prefix + StoreWording.text(problem, Words.language))
            return 1
        case let problem as ImportProblem:
            Terminal.error(Words.prefix + problem.words(Words.language))
            return 1
        case let failure as ListenFailure:
            let why = String(cString: strerror(failure.code))
            Terminal.error(
                Words.prefix
                    + Words.pick(
                        "cannot listen on \(failure.address): \(why). Another program may use it; name another under “listen:”.",
                        "无法在 \(failure.address) 上监听：\(why)。可能有别的程序在用；请在“listen:”里换一个。"))
            return 1
        case let exit as ExitCode: return exit.rawValue
        default:
            let code = root.exitCode(for: error)
            let message = root.fullMessage(for: error)
            if code == .success { Terminal.line(message) } else { Terminal.error(message) }
            // argument-parser uses 64 for what is 2 here.
            return code == .success ? 0 : (code == .validationFailure ? 2 : (code.rawValue == 1 ? 1 : 2))
        }
    }
}

/// The language of commands: the configuration's where one was read, else the environment's.
enum Words {
    nonisolated(unsafe) private static var chosen: AlmanacLanguage?

    /// Set once, when the configuration was read.
    static func choose(_ language: AlmanacLanguage) { chosen = language }

    static var language: AlmanacLanguage {
        if let chosen { return chosen }
        return Configuration.language(of: Workshop.processEnvironment)
    }

    static var isChinese: Bool { language == .zh }
    static var warning: String { isChinese ? "警告：" : "warning: " }
    static var prefix: String { isChinese ? "错误：" : "error: " }
    static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
    /// Yes or no for people, a truth value for programs.
    static func cell(_ value: Bool, _ format: ListFormat) -> JSONValue {
        format == .table ? .string(value ? pick("yes", "是") : "") : .bool(value)
    }
    static func pick(_ english: String, _ chinese: String) -> String { isChinese ? chinese : english }
}
