/// Which columns of a table a terminal has room for, and how wide each may be.
public enum TableFit {
    /// A column narrower than this says nothing; where its own cells are narrower, it is as wide as they are.
    static let least = 8
    /// The last column holds sentences.
    static let leastLast = 24
    /// Columns between two columns.
    public static let gap = 2

    public struct Column: Sendable, Hashable {
        public let index: Int
        public let width: Int
    }

    /// - Parameters:
    ///   - widths: what the cells want, in terminal columns.
    ///   - ranks: 0 for columns that are always shown; of the others the highest is left out first.
    ///   - width: of the terminal. Only where the columns of rank 0 do not fit at their least is the table wider.
    public static func fit(_ widths: [Int], ranks: [Int], into width: Int) -> [Column] {
        var kept = Array(widths.indices)
        while least(kept, widths) > width, let rank = kept.map({ ranks[$0] }).max(), rank > 0,
            let place = kept.lastIndex(where: { ranks[$0] == rank })
        {
            kept.remove(at: place)
        }
        var fitted = kept.map { widths[$0] }
        // An id that is cut leads nowhere: the first column keeps its width.
        while fitted.reduce(0, +) + gap * (kept.count - 1) > width,
            let widest = fitted.indices.dropFirst().filter({ fitted[$0] > floor($0, of: fitted.count) })
                .max(by: { fitted[$0] < fitted[$1] })
        {
            fitted[widest] -= 1
        }
        return zip(kept, fitted).map { Column(index: $0, width: $1) }
    }

    private static func floor(_ place: Int, of count: Int) -> Int { place == count - 1 ? leastLast : least }

    private static func least(_ kept: [Int], _ widths: [Int]) -> Int {
        let columns = kept.enumerated().map { column in
            column.offset == 0
                ? widths[column.element] : min(widths[column.element], floor(column.offset, of: kept.count))
        }
        return columns.reduce(0, +) + gap * (kept.count - 1)
    }
}
