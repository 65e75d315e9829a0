import Testing

@testable import CEL

/// Kinds whose fields are found once, when an expression is compiled.
@Suite struct FieldReaderTests {
    private final class Ticket: CELObject {
        let typeName: String
        let number: Int64
        init(_ typeName: String, _ number: Int64) { (self.typeName, self.number) = (typeName, number) }
        func member(_ name: String) -> CELValue? {
            switch name {
            case "number": .string("by name")
            case "note": .null
            default: nil
            }
        }
    }

    private struct Kinds: CELTypeProvider {
        func fieldType(object: String, field: String) -> CELType? {
            switch field {
            case "number": .dyn
            case "note", "lost": .nullable(.string)
            default: nil
            }
        }
        func fieldNames(object: String) -> [String] { ["number", "note", "lost"] }
        func fieldReader(object: String, field: String) -> CELFieldReader? {
            guard field == "number" else { return nil }
            return { value in
                guard let ticket = value as? Ticket, ticket.typeName == object else { return nil }
                return .int(ticket.number)
            }
        }
    }

    @Test(arguments: [
        ("ticket.number", "7"), ("ticket.number == 7 && other.number == \"by name\"", "true"),
        ("dyn(ticket).number", "\"by name\""), ("has(ticket.number)", "true"), ("has(ticket.note)", "false"),
        ("ticket.note == null", "true"), ("ticket.note.size() > 1", "error: ticket.note is empty"),
        ("ticket.lost == null", "error: no such field: lost"), ("[ticket].map(t, t.number)", "[7]"),
    ])
    func fieldsAreReadByTheirReaderOrByName(_ text: String, _ expected: String) {
        let environment = TestEnvironment.make(
            variables: ["ticket": .object("ticket"), "other": .object("ticket")], types: Kinds())
        // `other` is declared a ticket and turns out to be something else.
        let answer = TestEnvironment.answer(
            text, environment, ["ticket": .object(Ticket("ticket", 7)), "other": .object(Ticket("paper", 8))])
        #expect(answer.hasPrefix(expected) || expected.hasPrefix("error: no") && answer.hasPrefix("error"), "\(answer)")
    }
}
