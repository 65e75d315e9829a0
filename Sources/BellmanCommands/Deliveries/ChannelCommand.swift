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
            discussion: """
                An endpoint of `call` is tested under the name endpoint:NAME; it gets a POST with the test notice.

                Example: bellman channel test mail --to you@example.com
                Example: bellman channel test endpoint:erp
                """)
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Name of the channel, or endpoint:NAME.", completion: Completing.channels) var name: String
        @Option(name: .long, help: "Address, for mail.") var to: String?

        func run() async throws {
            let instance = try global.instance(needsSecrets: true)
            Words.choose(instance.configuration.language)
            guard let channel = instance.workshop.channels.channels[name] else {
                throw DeliveriesCommand.unknown(name, instance)
            }
            // Every notice of such a channel has its own recipient, and a test has none.
            if !channel.isRoom, to == nil {
                throw Failure(.usage, "\(name) needs --to ADDRESS", "\(name) 需要写上 --to 地址")
            }
            let recipients = to.map { [Recipient(id: $0, name: $0, email: $0, phone: nil)] } ?? []
            let dispatcher = instance.dispatcher(inboxLine: { Terminal.line($0) })
            guard
                let answer = await dispatcher.sendTest(
                    name, to: recipients, language: instance.configuration.language.rawValue)
            else { throw DeliveriesCommand.unknown(name, instance) }
            Terminal.line("\(answer.verdict.word): \(answer.words)")
            if answer.verdict == .delivered {
                if try instance.channelMended(name) {
                    Terminal.line(
                        Words.pick("\(name) was out of use and is in use again", "\(name) 先前停用，现已恢复"))
                }
                return
            }
            let wording = DeliveryWording(instance.configuration.language.rawValue)
            Terminal.line(wording.testReason(answer.verdict.word))
            if let advice = wording.advice(answer.words) { Terminal.line(advice) }
            throw Failure(.wrong, "", "")
        }
    }
}
