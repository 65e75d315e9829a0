import BellmanConnectors
import Testing

@Suite struct DelimitedReaderTests {
    static func rows(_ text: String, delimiter: UInt8? = nil, piece: Int = 7) throws -> [[String]] {
        var reader = try DelimitedReader(
            try TextDecoder(MemoryBytes(Array(text.utf8), piece: piece)), delimiter: delimiter)
        var row = DelimitedRow()
        var rows: [[String]] = []
        while try reader.next(into: &row) { rows.append(row.cells) }
        return rows
    }

    @Test(arguments: [
        ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]), ("a,b\r\n1,2", [["a", "b"], ["1", "2"]]),
        ("a,b\r1,2\r", [["a", "b"], ["1", "2"]]),
        ("a,b\n\n1,2\n\n", [["a", "b"], ["1", "2"]]), ("a\n\"x\ny\"\n", [["a"], ["x\ny"]]),
        ("a,b\n\"x\"\"y\",\"\"\n", [["a", "b"], ["x\"y", ""]]),
        ("a,b\n\"x\r\ny\",2\r\n", [["a", "b"], ["x\r\ny", "2"]]),
        ("a,b\n1\n1,2,3\n", [["a", "b"], ["1"], ["1", "2", "3"]]), ("a,b\n,\n", [["a", "b"], ["", ""]]),
        ("a,b\n1,", [["a", "b"], ["1", ""]]), ("a,b\n1,\"2\"", [["a", "b"], ["1", "2"]]),
        ("a,b\n5\" disk,x", [["a", "b"], ["5\" disk", "x"]]),
        ("a;b\n1,5;2", [["a", "b"], ["1,5", "2"]]), ("a\tb\n1,5\t2", [["a", "b"], ["1,5", "2"]]),
        ("a|b\n1|2", [["a", "b"], ["1", "2"]]),
        ("sep=;\r\na;b\r\n1;2", [["a", "b"], ["1", "2"]]), ("sep=|\na,b|c\n", [["a,b", "c"]]),
        ("\"a;b\",c\n1,2", [["a;b", "c"], ["1", "2"]]), ("\u{feff}任务,负责人\n甲,乙\n", [["任务", "负责人"], ["甲", "乙"]]),
        ("", []), ("\n\n", []), ("a", [["a"]]), ("\"\"\"\"\n", [["\""]]),
    ])
    func reads(_ text: String, _ rows: [[String]]) throws {
        for piece in [1, 2, 3, 5, 1000] where !(text.hasPrefix("sep=") && piece < 8) && piece > 4 || piece == 1000 {
            #expect(try Self.rows(text, piece: piece) == rows, "pieces of \(piece)")
        }
        // With the delimiter given, pieces may cut anywhere.
        if !text.hasPrefix("sep="), !text.contains(";"), !text.contains("|"), !text.contains("\t") {
            for piece in 1...4 {
                #expect(try Self.rows(text, delimiter: 44, piece: piece) == rows, "pieces of \(piece)")
            }
        }
    }

    @Test func quotesThatDoNotFit() throws {
        #expect(throws: ImportProblem.quoteNeverCloses(line: 2)) { try Self.rows("a,b\n1,\"2\n3,4\n") }
        #expect(throws: ImportProblem.textAfterQuote(line: 2, column: 2)) { try Self.rows("a,b\n1,\"2\"x\n3,4\n") }
        var reader = try DelimitedReader(try TextDecoder(MemoryBytes("a,b\n\"1\"x,2\n3,4\n")))
        var row = DelimitedRow()
        #expect(try reader.next(into: &row))
        #expect(throws: ImportProblem.self) { try reader.next(into: &row) }
        #expect(try reader.next(into: &row))
        #expect(row.cells == ["3", "4"])
        #expect(row.line == 3)
    }

    @Test func linesAreCounted() throws {
        var reader = try DelimitedReader(try TextDecoder(MemoryBytes("a\n\"x\ny\"\n\nz\r\nw")))
        var row = DelimitedRow()
        var lines: [Int] = []
        while try reader.next(into: &row) { lines.append(row.line) }
        #expect(lines == [1, 2, 5, 6])
    }
}

@Suite struct TextDecodingTests {
    static func decode(_ bytes: [UInt8], setting: TextEncoding? = nil, piece: Int = 3) throws -> (String, TextEncoding)
    {
        let decoder = try TextDecoder(MemoryBytes(bytes, piece: piece), setting: setting)
        var text: [UInt8] = []
        while let next = try decoder.next() { text += next }
        return (String(decoding: text, as: UTF8.self), decoder.detected.encoding)
    }

    /// 任务,张三 and 中国 in GBK; € exists in GB18030 alone; 𠀀 takes four bytes.
    @Test(
        arguments: [
            ([0xC8, 0xCE, 0xCE, 0xF1, 0x2C, 0xD5, 0xC5, 0xC8, 0xFD], "任务,张三"),
            ([0xD6, 0xD0, 0xB9, 0xFA, 0x0A], "中国\n"),
            ([0xC1, 0xAA, 0xCD, 0xA8], "联通"), ([0x31, 0xA2, 0xE3, 0x0A], "1€\n"), ([0x95, 0x32, 0x82, 0x36], "𠀀"),
        ] as [([UInt8], String)])
    func gb18030(_ bytes: [UInt8], _ text: String) throws {
        for piece in [1, 2, 3, 100] {
            let found = try Self.decode(bytes, piece: piece)
            #expect(found.0 == text)
            #expect(found.1 == .gb18030)
        }
    }

    @Test func marksAndSettings() throws {
        #expect(try Self.decode([0xEF, 0xBB, 0xBF, 0x61], piece: 100).0 == "a")
        #expect(try Self.decode([0xFF, 0xFE, 0x61, 0x00, 0x2D, 0x4E], piece: 100) == ("a中", .utf16LittleEndian))
        #expect(try Self.decode([0xFE, 0xFF, 0x00, 0x61, 0x4E, 0x2D], piece: 100) == ("a中", .utf16BigEndian))
        #expect(try Self.decode(Array("中文".utf8)) == ("中文", .utf8))
        #expect(try Self.decode([0xC4, 0xA3], setting: .gb18030).0 == "模")
        #expect(TextEncoding(name: "GBK") == .gb18030)
        #expect(TextEncoding(name: "utf-8") == .utf8)
    }

    @Test func badBytesAreLocated() {
        #expect(throws: ImportProblem.badBytes(encoding: .utf8, line: 2)) {
            try Self.decode(Array("中文中文中文中文中文中文中文\n".utf8) + [0x61, 0xFF, 0x0A])
        }
        #expect(throws: ImportProblem.badBytes(encoding: .gb18030, line: 2)) {
            try Self.decode([0x61, 0x0A, 0xFF, 0xFF])
        }
        #expect(throws: ImportProblem.badBytes(encoding: .utf8, line: 1)) {
            try Self.decode([0x61, 0xE4], setting: .utf8)
        }
    }

    @Test func workbooksAreNamed() {
        #expect(throws: ImportProblem.zippedSpreadsheet) {
            try Self.decode([0x50, 0x4B, 0x03, 0x04, 0x14], piece: 100)
        }
        #expect(throws: ImportProblem.oldSpreadsheet) { try Self.decode([0xD0, 0xCF, 0x11, 0xE0, 0xA1], piece: 100) }
    }
}
