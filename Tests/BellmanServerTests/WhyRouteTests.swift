import Almanac
import BellmanModel
import Testing

@testable import BellmanServer

/// `GET /v1/why`: what is asked reaches the rules, and what they cannot answer becomes a problem document.
@Suite struct WhyRouteTests {
    private func harness() throws -> Harness {
        var harness = try Harness(roles: ["guest"])
        harness.dependencies.why = { asked, language in
            switch asked.rule {
            case "gone": throw WhyRefusal.unknown(language.pick(en: "there is no rule “gone”", zh: "没有规则“gone”"))
            case "late": throw WhyRefusal.bad(parameter: "at", value: asked.at ?? "", words: "no time")
            default:
                return .fields([
                    ("rule", .string(asked.rule)), ("record", asked.record.map { .string($0) } ?? .null),
                    ("at", asked.at.map { .string($0) } ?? .null),
                ])
            }
        }
        return harness
    }

    /// path, role, status, words of the answer
    static let rows: [(path: String, role: String?, status: Int, has: String)] = [
        ("/v1/why?rule=r&record=task%2FT1&at=2026-10-01", "guest", 200, #""record":"task/T1","at":"2026-10-01""#),
        ("/v1/why?rule=r", "guest", 200, #""record":null"#),
        ("/v1/why?rule=r&record=", "guest", 200, #""record":null"#),
        ("/v1/why", "guest", 400, "name a rule"),
        ("/v1/why?rule=gone", "guest", 404, "there is no rule “gone”"),
        ("/v1/why?rule=gone&lang=zh", "guest", 404, "没有规则"),
        ("/v1/why?rule=late&at=soon", "guest", 400, "“soon” is not possible for at; no time"),
        ("/v1/why?rule=r", nil, 401, "token"),
    ]

    @Test(arguments: rows) func answers(_ row: (path: String, role: String?, status: Int, has: String)) async throws {
        let answer = try await harness().send("GET", row.path, role: row.role)
        #expect(answer.status == row.status, "\(row.path): \(answer.text)")
        #expect(answer.text.contains(row.has), "\(row.path): \(answer.text)")
    }

    @Test func withoutRulesThereIsNoSuchAddress() async throws {
        let answer = try await Harness(roles: ["guest"]).send("GET", "/v1/why?rule=r", role: "guest")
        #expect(answer.status == 404)
    }
}
