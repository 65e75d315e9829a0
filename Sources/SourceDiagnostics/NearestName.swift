/// The longest word for which a nearest name is sought: the work is quadratic in it.
private let maximumWordLength = 64

/// The candidate a mistyped word most likely meant, or nil when none is near.
///
/// Damerau-Levenshtein distance over unicode scalars, where a change of letter case counts nothing. The distance allowed grows
/// with the word: 1 up to five scalars, then a third of the length; a word of one scalar never matches another one, and two
/// scalars of Chinese must share one. Among equals the first candidate wins.
public func nearest(_ word: String, among candidates: [String]) -> String? {
    let wanted = folded(word)
    guard !wanted.isEmpty, wanted.count <= maximumWordLength else { return nil }
    var best: (name: String, distance: Int)?
    for candidate in candidates
    where candidate.utf8.count != word.utf8.count || !candidate.utf8.elementsEqual(word.utf8) {
        let other = folded(candidate)
        let longest = max(wanted.count, other.count)
        let allowed = longest <= 5 ? 1 : longest / 3
        guard longest > 1, abs(wanted.count - other.count) <= allowed, other.count <= maximumWordLength else {
            continue
        }
        let distance = editDistance(wanted, other)
        guard distance <= allowed, distance < min(wanted.count, other.count) || distance == 0 else { continue }
        if best == nil || distance < best!.distance { best = (candidate, distance) }
    }
    return best?.name
}

private func folded(_ text: String) -> [Unicode.Scalar] {
    text.unicodeScalars.map { scalar in
        scalar.isASCII ? Unicode.Scalar(scalar.properties.lowercaseMapping) ?? scalar : scalar
    }
}

/// Optimal string alignment: insertion, deletion, substitution and swap of neighbours cost 1.
private func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in 1...max(1, a.count) where !a.isEmpty {
        var row = [i] + Array(repeating: 0, count: b.count)
        for j in 1...max(1, b.count) where !b.isEmpty {
            let change = a[i - 1] == b[j - 1] ? 0 : 1
            row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + change)
            if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { row[j] = min(row[j], beforeLast[j - 2] + 1) }
        }
        beforeLast = last
        last = row
    }
    return last[b.count]
}
