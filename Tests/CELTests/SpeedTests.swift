import Foundation
import Testing

@testable import CEL

/// Prints nanoseconds an evaluation; asserts nothing about time. Switched on by CEL_SPEED=1 in a release build.
@Suite struct SpeedTests {
    static let expressions = [
        "priority >= 2", "status == \"open\" && priority >= 2 && due - now < duration(\"72h\")",
        "title.contains(\"x\") && labels.exists(l, l.startsWith(\"a\"))",
        "title.matches(\"^[A-Z]+-[0-9]+: .*(urgent|asap).*$\")",
        "items.filter(i, i.qty > 2).map(i, i.name + \":\" + string(i.qty)).size() > 3",
    ]

    @Test(.enabled(if: ProcessInfo.processInfo.environment["CEL_SPEED"] != nil, "set CEL_SPEED=1 to measure"))
    func nanosecondsOfEachExpression() throws {
        let environment = TestEnvironment.make(variables: [
            "priority": .int, "status": .string, "due": .timestamp, "now": .timestamp, "title": .string,
            "labels": .list(.string),
            "items": .list(.map(.string, .dyn)),
        ])
        var activation = CELActivation(environment)
        activation.set("priority", .int(3))
        activation.set("status", .string("open"))
        activation.set("due", CELTimestamp(seconds: 1000).map(CELValue.timestamp))
        activation.set("now", CELTimestamp(seconds: 0).map(CELValue.timestamp))
        activation.set("title", .string("ABC-12: box is urgent today"))
        activation.set("labels", .list(["b", "c", "d", "e", "abc"].map(CELValue.string)))
        activation.set("items", .list((0..<10).map { .map([("name", .string("n\($0)")), ("qty", .int(Int64($0)))]) }))
        let context = CELContext()
        let clock = ContinuousClock()
        for expression in Self.expressions {
            let program = try #require(environment.compile(expression).program)
            let rounds = 50_000
            var hits = 0
            let span = clock.measure {
                for _ in 0..<rounds {
                    if case .success(.bool(true)) = program.evaluate(activation, context: context) { hits += 1 }
                }
            }
            let compiling = clock.measure { for _ in 0..<1000 { _ = environment.compile(expression) } }
            print("\(expression): \(span / rounds) each, compiled in \(compiling / 1000)")
            #expect(hits == rounds)
        }
    }
}
