/// Tells the delimiter of a text from its first line.
enum DelimiterSniffer {
    /// `directiveBytes` is the length of a first line `sep=;` that Excel writes for itself.
    static func sniff(_ bytes: [UInt8]) -> (delimiter: UInt8, directiveBytes: Int) {
        if let directive = directive(bytes) { return directive }
        var counts = [UInt8: Int]()
        var inQuotes = false
        for byte in bytes {
            if byte == 34 { inQuotes.toggle() }
            if inQuotes { continue }
            if byte == 0x0A || byte == 0x0D {
                if counts.isEmpty { continue }
                break
            }
            if DelimitedReader.candidates.contains(byte) { counts[byte, default: 0] += 1 }
        }
        var best: (delimiter: UInt8, count: Int) = (44, 0)
        for candidate in DelimitedReader.candidates {
            let count = counts[candidate] ?? 0
            if count > best.count { best = (candidate, count) }
        }
        return (best.delimiter, 0)
    }

    private static func directive(_ bytes: [UInt8]) -> (UInt8, Int)? {
        guard bytes.count > 5, bytes.starts(with: Array("sep=".utf8)), bytes[5] == 0x0A || bytes[5] == 0x0D else {
            return nil
        }
        let length = bytes[5] == 0x0D && bytes.count > 6 && bytes[6] == 0x0A ? 7 : 6
        return (bytes[4], length)
    }
}
