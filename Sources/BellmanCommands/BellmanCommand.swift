import ArgumentParser
import BellmanDaemon

/// The command line: one file a verb, in the folder of its subject.
public struct BellmanCommand: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "bellman",
        abstract: "更夫 · the night-watchman of a team's deadlines.",
        discussion: """
            Rules are YAML files in ./rules, records come from CSV files or the HTTP API, notices go to chat and mail.

              bellman demo                 see it work, in a folder of its own
              bellman init && bellman run  start here, with sample rules
              bellman check                what is wrong with configuration and rules

            Exit codes: 0 well, 1 the thing asked about is wrong, 2 usage, 3 not finished.
            """,
        version: BellmanVersion.text,
        subcommands: [
            RunCommand.self, CheckCommand.self, TestCommand.self, ImportCommand.self, ExportCommand.self,
            RecordsCommand.self, RulesCommand.self, FmtCommand.self, SchemaCommand.self, ForecastCommand.self,
            PlanCommand.self, ReplayCommand.self, DeliveriesCommand.self, FiringsCommand.self, WhyCommand.self,
            AckCommand.self, SnoozeCommand.self, SilenceCommand.self, ApproveCommand.self,
            ActsCommand.self, DeadCommand.self, ChannelCommand.self, TokenCommand.self, CalendarCommand.self,
            StatusCommand.self, DoctorCommand.self, LedgerCommand.self, ClockCommand.self, BackupCommand.self,
            RestoreCommand.self,
            InitCommand.self, DemoCommand.self, CompletionsCommand.self,
        ])

    public init() {}

    /// Runs the command line: `-C DIR` and `--config FILE` may stand before the verb as well as after it.
    public static func run(arguments: [String]) async -> Int32 {
        do {
            let arguments = GlobalOptions.hoist(arguments)
            try CalendarCommand.checkVerb(arguments)
            var command = try parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            return 0
        } catch {
            return Failure.report(error, as: self)
        }
    }
}
