/// The nearest of some names to a mistyped one.
enum NearestName {
    /// Nil when nothing is near: more than a third of the letters differ. Of equally near ones the first.
    static func of(_ text: String, among names: [String]) -> String? {
        let wanted = Array(text.lowercased().unicodeScalars.prefix(longest))
        var best: (name: String, distance: Int)?
        for name in names {
            let distance = edits(wanted, Array(name.lowercased().unicodeScalars))
            if distance < best?.distance ?? .max { best = (name, distance) }
        }
        guard let best, best.distance <= max(1, wanted.count / 3) else { return nil }
        return best.name
    }

    /// Bounds the work on names that come from outside.
    private static let longest = 64

    /// Letters added, left out or changed, and neighbours that changed places (`taks`).
    private static func edits(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
        var rows = [Array(0...b.count)]
        for (i, x) in a.enumerated() {
            let above = rows[i]
            var row = [i + 1]
            for (j, y) in b.enumerated() {
                var least = min(above[j + 1] + 1, row[j] + 1, above[j] + (x == y ? 0 : 1))
                if i > 0, j > 0, x == b[j - 1], a[i - 1] == y { least = min(least, rows[i - 1][j - 1] + 1) }
                row.append(least)
            }
            rows.append(row)
        }
        return rows[a.count][b.count]
    }
}
