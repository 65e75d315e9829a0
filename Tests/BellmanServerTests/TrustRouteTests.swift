import Almanac
import BellmanModel
import Testing

@testable import BellmanServer

/// Forecasts, explanations and what-ifs: what is asked reaches the rules, and their words reach the page as text.
@Suite struct TrustRouteTests {
    private static let hostile = "<script>alert(1)</script>"

    private func harness() throws -> Harness {
        var harness = try Harness(roles: ["guest"])
        harness.dependencies.trust = TrustDependencies(
            forecast: { asked, language in
                if asked.rules == ["gone"] { throw WhyRefusal.unknown(language.pick(en: "no rule", zh: "没有规则")) }
                return .fields([
                    ("days", .int(Int64(asked.days))), ("rules", .array(asked.rules.map(JSONValue.string))),
                    ("person", asked.person.map { .string($0) } ?? .null),
                ])
            },
            why: { asked, _ in
                if asked.record == "late" {
                    throw WhyRefusal.bad(parameter: "at", value: "", words: TrustRouteTests.hostile)
                }
                return ["\(asked.rule) \(asked.record ?? "-") \(asked.at ?? "-")", TrustRouteTests.hostile]
            },
            whatIf: { text, language in
                text.contains("wrong")
                    ? WhatIfAnswer(problems: TrustRouteTests.hostile, plan: nil)
                    : WhatIfAnswer(problems: "", plan: "\(language) \(text)")
            })
        return harness
    }

    static let rows: [(path: String, role: String?, status: Int, has: String)] = [
        ("/v1/forecast", "guest", 200, #""days":30,"rules":[],"person":null"#),
        ("/v1/forecast?days=7&rule=a&rule=b&person=wang", "guest", 200, #""days":7,"rules":["a","b"],"person":"wang""#),
        ("/v1/forecast?days=0", "guest", 400, "1 to 366"), ("/v1/forecast?days=x", "guest", 400, "1 to 366"),
        ("/v1/forecast?days=367&lang=zh", "guest", 400, "1 到 366"),
        ("/v1/forecast?rule=gone", "guest", 404, "no rule"), ("/v1/forecast", nil, 401, "token"),
        ("/why?rule=r&record=task%2F1&at=2026-10-01", "guest", 200, "r task/1 2026-10-01"),
        ("/why?rule=r", "guest", 200, "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("/why?rule=r&record=late", "guest", 200, "&lt;script&gt;"), ("/why", "guest", 200, "name=\"record\""),
        ("/whatif", "guest", 200, "<textarea"),
    ]

    @Test(arguments: rows) func answers(_ row: (path: String, role: String?, status: Int, has: String)) async throws {
        let answer = try await harness().send("GET", row.path, role: row.role)
        #expect(answer.status == row.status, "\(row.path): \(answer.text)")
        #expect(answer.text.contains(row.has), "\(row.path): \(answer.text)")
        #expect(!answer.text.contains(TrustRouteTests.hostile))
    }

    @Test func withoutRulesThereAreNoSuchAddresses() async throws {
        for path in ["/v1/forecast", "/why", "/whatif"] {
            let answer = try await Harness(roles: ["guest"]).send("GET", path, role: "guest")
            #expect(answer.status == 404, "\(path)")
        }
    }
}
