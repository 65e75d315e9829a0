/// The encodings that tables arrive in. GB18030 stands for GBK and GB2312 as well, which it contains.
public enum TextEncoding: String, Sendable, CaseIterable {
    case utf8 = "UTF-8"
    case gb18030 = "GB18030"
    case utf16LittleEndian = "UTF-16LE"
    case utf16BigEndian = "UTF-16BE"

    /// The usual spellings, in any case: `utf8`, `gbk`, `gb2312`, `utf-16le` ….
    public init?(name: String) {
        switch name.lowercased().filter({ $0 != "-" && $0 != "_" }) {
        case "utf8", "utf8bom", "utf8sig": self = .utf8
        case "gb18030", "gbk", "gb2312", "cp936": self = .gb18030
        case "utf16", "utf16le", "unicode": self = .utf16LittleEndian
        case "utf16be": self = .utf16BigEndian
        default: return nil
        }
    }
}

/// What was found out about a text before reading it.
public struct DetectedEncoding: Sendable, Hashable {
    public let encoding: TextEncoding
    /// Length of the byte order mark.
    public let mark: Int
    /// Told by a mark or by a setting, not concluded from the bytes.
    public let certain: Bool

    public init(_ encoding: TextEncoding, mark: Int = 0, certain: Bool = false) {
        self.encoding = encoding
        self.mark = mark
        self.certain = certain
    }
}

/// Finds the encoding of a text: byte order mark, else strict UTF-8 of the whole, else GB18030.
///
/// Chinese text in GBK is practically never valid UTF-8, so the order is safe.
public enum EncodingDetection {
    /// So many good multi-byte characters before the first bad byte mean damaged UTF-8, not GB18030.
    static let utf8Witnesses = 12

    /// Reads the source to its first byte that is not UTF-8 and rewinds it.
    /// Throws for spreadsheet files, which are no text at all, and for damaged UTF-8.
    public static func detect(_ source: any ByteSource, setting: TextEncoding? = nil) throws -> DetectedEncoding {
        try source.rewind()
        var check = UTF8Check()
        let head = try head(source)
        try refuseSpreadsheets(head)
        if let marked = byMark(head) { return try rewound(source, marked) }
        if let setting { return try rewound(source, .init(setting, certain: true)) }
        while let piece = try source.next() {
            guard check.accepts(piece) else { return try rewound(source, try notUTF8(check)) }
        }
        return try rewound(source, check.isComplete ? .init(.utf8) : try notUTF8(check))
    }

    /// The first bytes, however small the pieces are; the source stands at its start again.
    private static func head(_ source: any ByteSource) throws -> [UInt8] {
        var head: [UInt8] = []
        while head.count < 4, let piece = try source.next() { head += piece }
        try source.rewind()
        return head
    }

    private static func rewound(_ source: any ByteSource, _ found: DetectedEncoding) throws -> DetectedEncoding {
        try source.rewind()
        return found
    }

    private static func notUTF8(_ check: UTF8Check) throws -> DetectedEncoding {
        guard check.multiByteCharacters < utf8Witnesses else {
            throw ImportProblem.badBytes(encoding: .utf8, line: check.line)
        }
        return .init(.gb18030)
    }

    private static func byMark(_ bytes: [UInt8]) -> DetectedEncoding? {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return .init(.utf8, mark: 3, certain: true) }
        if bytes.starts(with: [0xFF, 0xFE]) { return .init(.utf16LittleEndian, mark: 2, certain: true) }
        if bytes.starts(with: [0xFE, 0xFF]) { return .init(.utf16BigEndian, mark: 2, certain: true) }
        return nil
    }

    /// OLE (old .xls, password-protected files) and ZIP (.xlsx) by their first bytes.
    private static func refuseSpreadsheets(_ bytes: [UInt8]) throws {
        if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { throw ImportProblem.oldSpreadsheet }
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) { throw ImportProblem.zippedSpreadsheet }
    }
}
