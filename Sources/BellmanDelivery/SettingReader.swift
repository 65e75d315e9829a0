import BellmanTransport

/// Reads the keys of one channel and remembers which exist, so that a misspelt key is an error with a suggestion.
public struct SettingReader {
    public let settings: ChannelSettings
    private var known: [String] = []

    public init(_ settings: ChannelSettings) { self.settings = settings }

    private func problem(_ key: String, _ kind: ChannelProblem.Kind) -> ChannelProblem {
        ChannelProblem(channel: settings.name, key: key, kind: kind)
    }

    public func fail(_ key: String, _ kind: ChannelProblem.Kind) -> ChannelProblem { problem(key, kind) }

    /// Text, from the file or from a secret.
    public mutating func text(_ key: String) throws(ChannelProblem) -> String? {
        known.append(key)
        switch settings.values[key] {
        case nil: return nil
        case .text(let value): return value
        case .secret(let value): return value.reveal()
        case .int(let value): return String(value)
        case .bool: throw problem(key, .wrongType(expected: "text"))
        }
    }

    public mutating func requiredText(_ key: String) throws(ChannelProblem) -> String {
        guard let value = try text(key), !value.isEmpty else { throw problem(key, .missing) }
        return value
    }

    /// Only from a secret reference: a literal is refused.
    public mutating func secret(_ key: String) throws(ChannelProblem) -> Secret? {
        known.append(key)
        switch settings.values[key] {
        case nil: return nil
        case .secret(let value): return value
        case .text: throw problem(key, .literalSecret)
        case .int, .bool: throw problem(key, .wrongType(expected: "text"))
        }
    }

    public mutating func bool(_ key: String, default standard: Bool) throws(ChannelProblem) -> Bool {
        known.append(key)
        switch settings.values[key] {
        case nil: return standard
        case .bool(let value): return value
        default: throw problem(key, .wrongType(expected: "true/false"))
        }
    }

    public mutating func word(_ key: String, of allowed: [String]) throws(ChannelProblem) -> String? {
        guard let value = try text(key) else { return nil }
        guard allowed.contains(value) else { throw problem(key, .badWord(allowed: allowed)) }
        return value
    }

    public mutating func requiredSecret(_ key: String) throws(ChannelProblem) -> Secret {
        guard let value = try secret(key), !value.isEmpty else { throw problem(key, .missing) }
        return value
    }

    /// A secret that becomes a header's value or a part of a URL: visible ASCII only.
    public mutating func token(_ key: String) throws(ChannelProblem) -> Secret? {
        guard let value = try secret(key) else { return nil }
        guard WireSafety.isCleanURL(value.reveal()) else {
            throw problem(key, .badSecret(expected: "visible ASCII"))
        }
        return value
    }

    public mutating func int(_ key: String) throws(ChannelProblem) -> Int64? {
        guard let value = try text(key) else { return nil }
        guard let number = Int64(value) else { throw problem(key, .wrongType(expected: "int")) }
        return number
    }

    public func has(_ key: String) -> Bool { settings.values[key] != nil }

    /// An absolute URL: `https://`, or `http://` where `allow_private` is set. `literalIsSecret` for URLs that carry a
    /// robot's token.
    public mutating func webURL(_ key: String, literalIsSecret: Bool) throws(ChannelProblem) -> Secret {
        if literalIsSecret, case .text = settings.values[key] { throw problem(key, .literalSecret) }
        let value = try requiredText(key)
        guard WireSafety.isCleanURL(value), let host = SettingReader.host(of: value), !host.isEmpty else {
            throw problem(key, .badURL)
        }
        let scheme = value.prefix { $0 != ":" }.lowercased()
        guard scheme == "https" || scheme == "http" else { throw problem(key, .badURL) }
        if scheme == "http", !settings.allowPrivate { throw problem(key, .plainHTTP) }
        return Secret(value)
    }

    /// The part between `://` and the path.
    static func host(of url: String) -> Substring? {
        guard let mark = url.firstRange(of: "://") else { return nil }
        return url[mark.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    }

    /// Call after every key was read.
    public func refuseUnknown() throws(ChannelProblem) {
        for key in settings.values.keys.sorted() where !known.contains(key) {
            throw problem(key, .unknownKey(suggestion: nearestWord(key, among: known)))
        }
    }
}

/// The word at a distance of at most two edits (a third of its length), the first of equals.
func nearestWord(_ word: String, among candidates: [String]) -> String? {
    let limit = max(1, min(2, word.count / 3))
    let ranked = candidates.map { ($0, editDistance(Array(word), Array($0))) }
    return ranked.filter { $0.1 <= limit }.min { $0.1 < $1.1 }?.0
}

private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
    var row = Array(0...b.count)
    for i in a.indices {
        var diagonal = row[0]
        row[0] = i + 1
        for j in b.indices {
            let substitution = diagonal + (a[i] == b[j] ? 0 : 1)
            diagonal = row[j + 1]
            row[j + 1] = min(substitution, row[j] + 1, row[j + 1] + 1)
        }
    }
    return row[b.count]
}
