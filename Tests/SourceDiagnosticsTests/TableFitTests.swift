import SourceDiagnostics
import Testing

@Suite struct TableFitTests {
    struct Case: Sendable, CustomStringConvertible {
        let widths: [Int]
        let ranks: [Int]
        let width: Int
        let wanted: [Int: Int]
        var description: String { "\(widths) into \(width)" }
    }

    private static let cases = [
        Case(widths: [5, 10], ranks: [0, 0], width: 17, wanted: [0: 5, 1: 10]),
        // The widest gives way first, the first column never.
        Case(widths: [34, 10, 30], ranks: [0, 0, 0], width: 72, wanted: [0: 34, 1: 10, 2: 24]),
        Case(widths: [34, 20, 30], ranks: [0, 0, 0], width: 78, wanted: [0: 34, 1: 16, 2: 24]),
        // What matters least is left out before anything becomes unreadable; narrow columns cost what they need.
        Case(widths: [34, 25, 4, 25, 60], ranks: [0, 1, 2, 3, 0], width: 76, wanted: [0: 34, 1: 8, 2: 4, 4: 24]),
        Case(widths: [34, 25, 25, 60], ranks: [0, 1, 2, 0], width: 71, wanted: [0: 34, 1: 9, 3: 24]),
        // No room at all: the table is wider than the terminal, and still one.
        Case(widths: [34, 40], ranks: [0, 0], width: 20, wanted: [0: 34, 1: 24]),
        Case(widths: [3], ranks: [0], width: 1, wanted: [0: 3]),
    ]

    @Test(arguments: cases) func columnsFit(_ row: Case) {
        let columns = TableFit.fit(row.widths, ranks: row.ranks, into: row.width)
        #expect(Dictionary(uniqueKeysWithValues: columns.map { ($0.index, $0.width) }) == row.wanted)
    }
}
