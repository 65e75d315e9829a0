import CEL

/// An expression, and a hand-written function that does the same with typed values.
struct LanguageCase: Sendable {
    let name: String
    let text: String
    /// Swift's own answer: what a compiled program needs that knows all types and names.
    let floor: @Sendable (LanguageFacts) -> Bool
}

/// The values that the expressions of the bench read.
final class LanguageFacts {
    var priority: Int64 = 3
    var status = "open"
    var due: Int64 = 1_000
    var now: Int64 = 0
    var title = "ABC-12: box is urgent today"
    var labels = ["b", "c", "d", "e", "abc"]
    var items: [[String: CELValue]] = (0..<10).map { ["name": .string("n\($0)"), "qty": .int(Int64($0))] }
}

enum LanguageCases {
    /// A comparison, a condition as rules have it, a loop, a pattern, and a chain of lists.
    static let all: [LanguageCase] = [
        LanguageCase(name: "E0", text: "priority >= 2") { $0.priority >= 2 },
        LanguageCase(name: "E1", text: #"status == "open" && priority >= 2 && due - now < duration("72h")"#) {
            $0.status == "open" && $0.priority >= 2 && $0.due - $0.now < 72 * 3_600
        },
        LanguageCase(name: "E2", text: #"title.contains("x") && labels.exists(l, l.startsWith("a"))"#) { facts in
            facts.title.utf8.contains(UInt8(ascii: "x"))
                && facts.labels.contains { $0.utf8.starts(with: "a".utf8) }
        },
        LanguageCase(name: "E3", text: ##"title.matches("^[A-Z]+-[0-9]+: .*(urgent|asap).*$")"##, floor: titleMatches),
        LanguageCase(
            name: "E4", text: #"items.filter(i, i.qty > 2).map(i, i.name + ":" + string(i.qty)).size() > 3"#,
            floor: manyItems),
    ]

    @Sendable private static func titleMatches(_ facts: LanguageFacts) -> Bool {
        var rest = facts.title.utf8[...]
        func skip(_ fits: (UInt8) -> Bool) -> Bool {
            let after = rest.drop(while: fits)
            defer { rest = after }
            return after.count < rest.count
        }
        guard skip({ $0 >= 65 && $0 <= 90 }), rest.popFirst() == 45, skip({ $0 >= 48 && $0 <= 57 }),
            rest.starts(with: ": ".utf8)
        else { return false }
        while !rest.isEmpty {
            if rest.starts(with: "urgent".utf8) || rest.starts(with: "asap".utf8) { return true }
            rest.removeFirst()
        }
        return false
    }

    @Sendable private static func manyItems(_ facts: LanguageFacts) -> Bool {
        var texts: [String] = []
        for item in facts.items {
            guard case .int(let quantity) = item["qty"], quantity > 2, case .string(let name) = item["name"] else {
                continue
            }
            texts.append(name + ":" + String(quantity))
        }
        return texts.count > 3
    }

    static let environment = CELEnvironment.standard(variables: [
        "priority": .int, "status": .string, "due": .timestamp, "now": .timestamp, "title": .string,
        "labels": .list(.string), "items": .list(.map(.string, .dyn)),
    ])

    static func activation(_ facts: LanguageFacts) -> CELActivation {
        var names = CELActivation(environment)
        names.set("priority", .int(facts.priority))
        names.set("status", .string(facts.status))
        names.set("due", CELTimestamp(seconds: facts.due).map(CELValue.timestamp))
        names.set("now", CELTimestamp(seconds: facts.now).map(CELValue.timestamp))
        names.set("title", .string(facts.title))
        names.set("labels", .list(facts.labels.map(CELValue.string)))
        names.set("items", .list(facts.items.map { .map($0.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }) }))
        return names
    }
}
