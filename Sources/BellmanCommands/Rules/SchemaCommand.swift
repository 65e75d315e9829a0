import Almanac
import ArgumentParser
import BellmanDaemon
import BellmanModel
import BellmanRules
import SourceDiagnostics

struct SchemaCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "JSON Schema of rule files for editors. · 供编辑器使用的 JSON Schema。",
        discussion: """
            It knows the kinds, fields and channels of this configuration; write it anew when they change. Secrets are
            neither needed nor shown.
            其中包含当前配置的记录种类、字段和通道；配置改了要重新生成。不需要也不会显示密钥。

            Example: bellman schema > .vscode/bellman-rules.json
            Example: bellman schema --kind config --language en > .vscode/bellman-config.json
            """)

    enum Kind: String, ExpressibleByArgument, CaseIterable {
        case rule, config, test

        var target: SchemaWriter.Target {
            switch self {
            case .rule: .rule
            case .config: .config
            case .test: .test
            }
        }
    }

    enum WordLanguage: String, ExpressibleByArgument, CaseIterable { case zh, en }

    @OptionGroup var global: GlobalOptions
    @Option(help: "rule: rule files; config: bellman.yaml; test: *.test.yaml.")
    var kind: Kind = .rule
    @Option(help: "Of the explanations: zh or en (default: the configuration's).")
    var language: WordLanguage?

    func run() async throws {
        // What is wrong with the configuration is for `check` to say: whoever edits rules need not have its secrets.
        let reading = try Workshop.read(global.location())
        let configuration = reading.configuration
        Words.choose(configuration.language)
        if reading.problems.contains(where: { $0.severity == .error && !$0.fact.code.hasPrefix("config_secret") }) {
            Terminal.error(
                Words.pick(
                    "the configuration has errors, see bellman check; the schema holds what could be read",
                    "配置有错误，见 bellman check；这里只包含读得懂的部分"))
        }
        let words: AlmanacLanguage = language.map { $0 == .zh ? .zh : .en } ?? configuration.language
        let writer = SchemaWriter(
            language: RuleLanguage(schema: Schema(kinds: configuration.kinds)),
            channels: Set(configuration.channels.map(\.name) + ["inbox", "mail", "chat"]).sorted(), words: words)
        Terminal.write(writer.text(kind.target))
    }
}
