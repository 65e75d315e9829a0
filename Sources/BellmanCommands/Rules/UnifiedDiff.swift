/// What changed between two texts, as `diff -u` shows it.
enum UnifiedDiff {
    private enum Line {
        case same(String)
        case removed(String)
        case added(String)
    }

    private static let context = 3

    /// Empty where nothing changed.
    static func text(_ old: String, _ new: String, name: String) -> String {
        let lines = aligned(split(old), split(new))
        var out = ""
        for hunk in hunks(lines) {
            let body = lines[hunk]
            let before = lines[..<hunk.lowerBound]
            let place = "@@ -\(range(before, body, isOld: true)) +\(range(before, body, isOld: false)) @@\n"
            out += place + body.map(shown).joined()
        }
        return out.isEmpty ? "" : "--- \(name)\n+++ \(name)\n" + out
    }

    private static func split(_ text: String) -> [String] {
        var lines: [String] = text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) + "\n" }
        // Behind the last line end stands nothing; a last line without one shows as such.
        let last = lines.removeLast()
        if last != "\n" { lines.append(String(last.dropLast())) }
        return lines
    }

    private static func shown(_ line: Line) -> String {
        let text =
            switch line {
            case .same(let text): " " + text
            case .removed(let text): "-" + text
            case .added(let text): "+" + text
            }
        return text.hasSuffix("\n") ? text : text + "\n\\ No newline at end of file\n"
    }

    private static func aligned(_ old: [String], _ new: [String]) -> [Line] {
        let difference = new.difference(from: old)
        var removed: Set<Int> = []
        var added: Set<Int> = []
        for change in difference {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): added.insert(offset)
            }
        }
        var lines: [Line] = []
        var (a, b) = (0, 0)
        while a < old.count || b < new.count {
            if a < old.count, removed.contains(a) {
                lines.append(.removed(old[a]))
                a += 1
            } else if b < new.count, added.contains(b) {
                lines.append(.added(new[b]))
                b += 1
            } else {
                lines.append(.same(old[a]))
                a += 1
                b += 1
            }
        }
        return lines
    }

    /// Changes with the lines around them; those that touch are one.
    private static func hunks(_ lines: [Line]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        for (index, line) in lines.enumerated() {
            if case .same = line { continue }
            let range = max(0, index - context)..<min(lines.count, index + context + 1)
            if let last = found.last, last.upperBound >= range.lowerBound {
                found[found.count - 1] = last.lowerBound..<range.upperBound
            } else {
                found.append(range)
            }
        }
        return found
    }

    private static func range(_ before: ArraySlice<Line>, _ body: ArraySlice<Line>, isOld: Bool) -> String {
        func count(_ lines: ArraySlice<Line>) -> Int {
            lines.count { line in
                switch line {
                case .same: true
                case .removed: isOld
                case .added: !isOld
                }
            }
        }
        let length = count(body)
        // Of an empty range the line before it is named.
        return "\(count(before) + (length == 0 ? 0 : 1)),\(length)"
    }
}
