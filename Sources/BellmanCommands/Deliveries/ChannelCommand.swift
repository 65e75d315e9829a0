import Almanac
import ArgumentParser
import BellmanDaemon
import BellmanDelivery
import BellmanModel

struct ChannelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "channel", abstract: "Ways out.", discussion: "Example: bellman channel test chat",
        subcommands: [Test.self])

    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sends a test notice and prints the vendor's answer.",
            discussion: "Example: bellman channel test mail --to you@example.com")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Name of the channel.") var name: String
        @Option(name: .long, help: "Address, for mail.") var to: String?

        func run() async throws {
            let instance = try global.instance()
            Words.choose(instance.configuration.language)
            let recipients = to.map { [Recipient(id: $0, name: $0, email: $0, phone: nil)] } ?? []
            let dispatcher = instance.dispatcher(inboxLine: { Terminal.line($0) })
            guard
                let answer = await dispatcher.sendTest(
                    name, to: recipients, language: instance.configuration.language.rawValue)
            else {
                let names = instance.workshop.channels.channels.keys.sorted().joined(separator: ", ")
                throw Failure(.wrong, "there is no channel “\(name)”; channels: \(names)", "没有通道“\(name)”；现有：\(names)")
            }
            Terminal.line("\(answer.verdict.word): \(answer.words)")
            if answer.verdict == .delivered { return }
            let wording = DeliveryWording(instance.configuration.language.rawValue)
            Terminal.line(wording.reason(answer.verdict.word))
            if let advice = wording.advice(answer.words) { Terminal.line(advice) }
            throw Failure(.wrong, "", "")
        }
    }
}
