import SourceDiagnostics

/// Flow collections, `{a: b}` and `[a, b]`.
struct FlowLayout {
    let bytes: [UInt8]

    /// On one line in its style; nil where a part needs several lines or is written in a rare form.
    func oneLine(_ node: YAMLNode, _ owner: KeyOwner?) -> String? {
        if let items = node.items {
            var parts: [String] = []
            for item in items {
                guard let part = part(item, owner) else { return nil }
                parts.append(part)
            }
            return "[\(parts.joined(separator: ", "))]"
        }
        guard let pairs = node.pairs else { return nil }
        let keys = pairs.map { $0.key.scalar?.text ?? "" }
        var parts: [String] = []
        for pair in pairs {
            guard let name = pair.key.scalar?.text, let key = scalar(pair.key),
                let value = part(pair.value, KeyRanks.owner(under: name, of: owner))
            else { return nil }
            parts.append("\(key): \(value)")
        }
        if let ranks = KeyRanks(owner, keys: keys) { parts = ranks.sorted(keys).map { parts[$0] } }
        return "{\(parts.joined(separator: ", "))}"
    }

    private func part(_ node: YAMLNode, _ owner: KeyOwner?) -> String? {
        if node.scalar != nil { return scalar(node) }
        guard node.isFlow, let text = oneLine(node, owner), let end = try? end(of: node),
            // A comment inside would be lost.
            !hasComment(node, to: end)
        else { return nil }
        return text
    }

    private func scalar(_ node: YAMLNode) -> String? {
        guard let end = try? ScalarEnds(bytes).end(of: node), end > node.range.start else { return nil }
        let raw = bytes[node.range.start..<end]
        return raw.contains(UInt8(ascii: "\n")) ? nil : String(decoding: raw, as: UTF8.self)
    }

    /// Whether anything between the parts is more than blanks, line ends, colons and commas.
    func hasComment(_ node: YAMLNode, to end: Int) -> Bool {
        var at = node.range.start + 1
        for part in parts(node) {
            guard let partEnd = try? self.end(of: part) else { return true }
            if part.range.start > at, bytes[at..<part.range.start].contains(UInt8(ascii: "#")) { return true }
            if !part.isScalar, hasComment(part, to: partEnd) { return true }
            at = max(at, partEnd)
        }
        return at < end && bytes[at..<end].contains(UInt8(ascii: "#"))
    }

    /// One past the last byte of a node inside or around a flow collection.
    func end(of node: YAMLNode) throws(LayoutDoubt) -> Int {
        if node.isScalar { return try ScalarEnds(bytes).end(of: node) }
        guard node.isFlow else { throw LayoutDoubt(at: node.range.start) }
        var at = node.range.start + 1
        for part in parts(node) { at = max(at, try end(of: part)) }
        let close = node.pairs == nil ? UInt8(ascii: "]") : UInt8(ascii: "}")
        while at < bytes.count, bytes[at] != close {
            switch bytes[at] {
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "\t"):
                at += 1
            case UInt8(ascii: "#"): at = LineGaps(bytes).lineEnd(at)
            default: throw LayoutDoubt(at: at)
            }
        }
        guard at < bytes.count else { throw LayoutDoubt(at: node.range.start) }
        return at + 1
    }

    private func parts(_ node: YAMLNode) -> [YAMLNode] {
        node.items ?? (node.pairs ?? []).flatMap { [$0.key, $0.value] }
    }
}

extension YAMLNode {
    var isScalar: Bool { scalar != nil }
}

/// Where the source of a scalar ends.
struct ScalarEnds {
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// One past the closing quote, or past the last character of a plain scalar.
    func end(of node: YAMLNode) throws(LayoutDoubt) -> Int {
        guard let scalar = node.scalar else { throw LayoutDoubt(at: node.range.start) }
        switch scalar.style {
        case .plain: return node.range.end
        case .single: return try quoted(node.range.start, UInt8(ascii: "'"))
        case .double: return try quoted(node.range.start, UInt8(ascii: "\""))
        case .literal, .folded: throw LayoutDoubt(at: node.range.start)
        }
    }

    private func quoted(_ start: Int, _ quote: UInt8) throws(LayoutDoubt) -> Int {
        guard start < bytes.count, bytes[start] == quote else { throw LayoutDoubt(at: start) }
        var at = start + 1
        while at < bytes.count {
            if bytes[at] == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                at += 2
                continue
            }
            if bytes[at] == quote {
                guard quote == UInt8(ascii: "'"), at + 1 < bytes.count, bytes[at + 1] == quote else { return at + 1 }
                at += 1
            }
            at += 1
        }
        throw LayoutDoubt(at: start)
    }
}
