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
            discussion: """
                Example: bellman token create --role manager --name erp

                --from takes a token that was made elsewhere, for containers whose secrets come as files: at least 32
                characters, the same ones again change nothing. Nothing is printed then.
                """)
        @OptionGroup var global: GlobalOptions
        @Option(name: .long, help: "admin, manager, member or guest.") var role: String
        @Option(name: .long, help: "For the journal; default the role.") var name: String?
        @Option(name: .long, help: ArgumentHelp("Take the token from a file.", valueName: "file")) var from: String?

        func run() async throws {
            guard Role(rawValue: role) != nil else {
                throw Failure(
                    .usage, "no role “\(role)”: admin, manager, member, guest",
                    "没有角色“\(role)”：admin、manager、member、guest")
            }
            let instance = try global.instance()
            Words.choose(instance.configuration.language)
            if let from { return try take(TokenCommand.token(from), instance) }
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

        private func take(_ token: String, _ instance: Instance) throws {
            try instance.store.addToken(
                name: name ?? role, role: role, hash: Instance.hash(token: token), at: instance.clock.now())
        }
    }

    /// Characters of a token that came from elsewhere: as many as 160 random bits have in base 32.
    private static let shortest = 32
    private static let fileLimit = 4_096

    private static func token(_ path: String) throws -> String {
        switch TextFile.read(path, limit: fileLimit) {
        case .failure(let failure):
            throw Failure(.wrong, "cannot read \(path): \(failure.text)", "读不到 \(path)：\(failure.text)")
        case .success(let bytes):
            let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
            guard lines.count == 1, let token = lines.first, token.count >= shortest,
                token.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
            else {
                throw Failure(
                    .wrong, "\(path) holds no token: one line, at least \(shortest) letters and digits, no blanks",
                    "\(path) 里没有令牌：应为一行，至少 \(shortest) 个字母或数字，不含空格")
            }
            return String(token)
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
