import Almanac
import BellmanModel
import BellmanStore

extension StoreContract {
    static let references: [ContractCheck] = [
        ContractCheck(name: "a text resolves by id, then e-mail, then unique name", run: resolutionOrder),
        ContractCheck(name: "a text resolves when its record appears", run: lateResolution),
        ContractCheck(name: "referrers follow every text that leads to the target", run: referrersByText),
        ContractCheck(name: "members of a role are the active ones", run: roles),
    ]

    @Sendable private static func resolutionOrder(_ store: any CompleteStore) throws {
        try store.put("member/wang", ["name": .string("王芳"), "email": .string("Wang@Example.com")])
        try store.put("member/li", ["name": .string("李雷"), "email": .string("li@example.com")])
        try store.put("member/王芳", ["name": .string("同名")])
        try store.put("member/li2", ["name": .string("李雷")])
        func resolve(_ text: String) throws -> Resolution { try store.read { try $0.resolve(text, kind: "member") } }
        try expectEqual(try resolve("wang"), .found("wang"), "id")
        try expectEqual(try resolve("wang@example.com"), .found("wang"), "e-mail without regard to case")
        try expectEqual(try resolve("王芳"), .found("王芳"), "an id before a name")
        try expectEqual(try resolve("同名"), .found("王芳"), "name")
        try expectEqual(try resolve("李雷"), .ambiguous(count: 2), "two of a name")
        try expectEqual(try resolve("nobody"), .nothing, "nobody")
        try expectEqual(try resolve(""), .nothing, "empty")
    }

    @Sendable private static func lateResolution(_ store: any CompleteStore) throws {
        try store.put("task/1", ["assignee": .reference("王芳")])
        func found() throws -> [String] {
            let target = RecordRef(kind: "member", id: "w")
            return try store.read { try $0.referrers(kind: "task", field: "assignee", target: target) }
        }
        try expectEqual(try found(), [], "nobody yet")
        try store.put("member/w", ["name": .string("王芳")])
        try expectEqual(try found(), ["1"], "there now")
        try store.put("member/w", ["name": .string("王小芳")])
        try expectEqual(try found(), [], "renamed")
        try expectEqual(try store.get("task/1")?["assignee"], .reference("王芳"), "the text is kept")
    }

    @Sendable private static func referrersByText(_ store: any CompleteStore) throws {
        try store.put("member/w", ["name": .string("王芳"), "email": .string("w@example.com")])
        try store.put("member/x", ["name": .string("双胞胎")])
        try store.put("member/y", ["name": .string("双胞胎")])
        try store.put("project/1", ["members": .list([.reference("w"), .reference("王芳")])])
        try store.put("project/2", ["members": .list([.reference("双胞胎"), .reference("W@example.com")])])
        try store.put("project/3", ["manager": .reference("w")])
        func members(_ id: String) throws -> [String] {
            let target = RecordRef(kind: "member", id: id)
            return try store.read { try $0.referrers(kind: "project", field: "members", target: target) }
        }
        try expectEqual(try members("w"), ["1", "2"], "by id, name and e-mail, each once")
        try expectEqual(try members("x"), [], "an ambiguous name leads nowhere")
        try expectEqual(try members("none"), [], "no such target")
        let named = try store.read { try $0.referrers(kind: "project", field: "members", text: "双胞胎") }
        try expectEqual(named, ["2"], "by text, wherever it leads")
        try store.put("project/1", ["members": .null])
        try expectEqual(try members("w"), ["2"], "cleared")
    }

    @Sendable private static func roles(_ store: any CompleteStore) throws {
        try store.put("member/b", ["role": .string("finance-director"), "active": .bool(true)])
        try store.put("member/a", ["role": .string("finance-director")])
        try store.put("member/c", ["role": .string("finance-director"), "active": .bool(false)])
        try store.put("member/d", ["role": .string("dev")])
        try expectEqual(try store.read { try $0.members(role: "finance-director") }, ["a", "b"], "active ones")
    }
}
