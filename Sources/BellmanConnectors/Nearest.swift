/// The nearest of some names to a mistyped one.
enum Nearest {
    /// Nil when nothing is near: more than a third of the letters differ.
    static func of(_ text: String, among names: [String]) -> String? {
        let wanted = Array(TitleKey.of(text).unicodeScalars)
        var best: (name: String, distance: Int)?
        for name in names {
            let distance = edits(wanted, Array(TitleKey.of(name).unicodeScalars))
            if distance < best?.distance ?? .max { best = (name, distance) }
        }
        guard let best, best.distance <= max(1, (wanted.count + 1) / 3) else { return nil }
        return best.name
    }

    private static func edits(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
        var row = Array(0...b.count)
        for (i, x) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, y) in b.enumerated() {
                let next = min(row[j] + 1, row[j + 1] + 1, diagonal + (x == y ? 0 : 1))
                diagonal = row[j + 1]
                row[j + 1] = next
            }
        }
        return row[b.count]
    }
}
