import Almanac
import ArgumentParser
import BellmanDaemon
import BellmanModel
import BellmanRules
import BellmanServer
import BellmanStore
import BellmanStoreSQLite

struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Tokens for the HTTP API.",
        discussion: "Example: bellman token create --role admin", subcommands: [Create.self, List.self, Remove.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes a token and prints it once; only its hash is stored.",
            discussion: "Example: bellman token create --role manager --name erp")
        @OptionGroup var global: GlobalOptions
        @Option(name: .long, help: "admin, manager, member or guest.") var role: String
        @Option(name: .long, help: "For the journal; default the role.") var name: String?

        func run() async throws {
            guard Role(rawValue: role) != nil else {
                throw Failure(
                    .usage, "no role “\(role)”: admin, manager, member, guest",
                    "没有角色“\(role)”：admin、manager、member、guest")
            }
            let instance = try global.instance()
            Words.choose(instance.configuration.language)
            let taken = Swift.Set(try instance.store.tokens().map(\.name))
            let wanted = name ?? role
            let unique =
                (1...).lazy.map { $0 == 1 ? wanted : "\(wanted)-\($0)" }.first { !taken.contains($0) } ?? wanted
            let token = Instance.newToken()
            try instance.store.addToken(
                name: unique, role: role, hash: Instance.hash(token: token), at: instance.clock.now())
            Terminal.line(token)
            Terminal.error(
                Words.pick("token “\(unique)” (\(role)); it is shown only now", "令牌“\(unique)”（\(role)），只显示这一次"))
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Names and roles.", discussion: "Example: bellman token list")
        @OptionGroup var global: GlobalOptions
        @OptionGroup var list: ListOptions

        func run() async throws {
            let instance = try global.instance()
            Words.choose(instance.configuration.language)
            var listing = Listing(
                [
                    .init("name", Words.pick("name", "名称")), .init("role", Words.pick("role", "角色")),
                    .init("created", Words.pick("created", "创建于")),
                ], nothing: Words.pick("no tokens", "没有令牌"))
            for token in try instance.store.tokens() {
                listing.add([
                    .string(token.name), .string(token.role),
                    .string(token.createdAt.shown(in: instance.configuration.timing.zone)),
                ])
            }
            listing.show(list.format)
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Withdraws a token.", discussion: "Example: bellman token remove erp")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "Its name.") var name: String

        func run() async throws {
            let instance = try global.instance()
            Words.choose(instance.configuration.language)
            guard try instance.store.removeToken(name: name) else {
                throw Failure(.wrong, "there is no token “\(name)”", "没有令牌“\(name)”")
            }
            Terminal.line(Words.pick("removed", "已撤销"))
        }
    }
}
