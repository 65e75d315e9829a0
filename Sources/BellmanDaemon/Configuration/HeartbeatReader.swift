import Almanac
import BellmanRules
import BellmanTransport
import SourceDiagnostics

/// `heartbeat:`: a sign of life for an outside watcher, while all is well.
public struct Heartbeat: Sendable {
    /// Asked for by GET or POST; nil where only a file is touched.
    public var url: Secret?
    public var isPost = false
    public var allowPrivate = false
    /// Absolute, or relative to the configuration's folder.
    public var file: String?
    /// Seconds.
    public var every: Int64 = Heartbeat.standardEvery

    static let keys = ["url", "file", "every", "method", "allow_private"]
    static let standardEvery: Int64 = 300
    /// Ticks come once a minute, and one a day is the least that an outside watcher can go by. Seconds.
    static let bounds: ClosedRange<Int64> = 60...86_400

    /// Tells two apart; holds no secret that is shown.
    var identity: String { "\(url?.reveal() ?? "") \(isPost) \(allowPrivate) \(file ?? "") \(every)" }
}

/// Reads the keys of `heartbeat`.
struct HeartbeatReader {
    let report: (ConfigurationProblem, SourceRange) -> Void
    /// With its reference resolved; nil where there is none, or where it is reported already.
    let url: ChannelDeclaration.Value?

    func read(_ node: YAMLNode) -> Heartbeat? {
        guard let pairs = node.pairs else {
            report(.wantedMapping("heartbeat"), node.range)
            return nil
        }
        var heartbeat = Heartbeat()
        var urlRange = node.range
        for pair in pairs {
            guard let key = pair.key.scalar?.text, let text = pair.value.scalar?.text else {
                report(.wantedText(pair.key.scalar?.text ?? "heartbeat"), pair.value.range)
                continue
            }
            if key == "url" { urlRange = pair.value.range }
            take(key, text, pair, &heartbeat)
        }
        if let url = heartbeat.url?.reveal(), url.lowercased().hasPrefix("http://"), !heartbeat.allowPrivate {
            report(.plainHeartbeat, urlRange)
        }
        let named = pairs.compactMap(\.key.scalar?.text)
        if !named.contains("url"), !named.contains("file") { report(.emptyHeartbeat, node.range) }
        return heartbeat.url == nil && heartbeat.file == nil ? nil : heartbeat
    }

    private func take(_ key: String, _ text: String, _ pair: YAMLNode.Pair, _ heartbeat: inout Heartbeat) {
        let range = pair.value.range
        switch key {
        case "url":
            guard let value = url else { return }
            let lower = value.text.lowercased()
            guard WireSafety.isCleanURL(value.text), lower.hasPrefix("https://") || lower.hasPrefix("http://") else {
                return report(.badURL(key: key, value.isSecret ? "…" : value.text), range)
            }
            heartbeat.url = Secret(value.text)
        case "file": heartbeat.file = text
        case "every":
            let period = try? Period.parse(text)
            let seconds = period.map { $0.seconds + Int64($0.days) * 86_400 } ?? 0
            guard let period, period.months == 0, period.workingDays == 0, Heartbeat.bounds.contains(seconds) else {
                return report(.badEvery(text), range)
            }
            heartbeat.every = seconds
        case "method":
            guard ["get", "post"].contains(text.lowercased()) else { return report(.badMethod(text), range) }
            heartbeat.isPost = text.lowercased() == "post"
        case "allow_private":
            guard let value = ["true": true, "false": false, "yes": true, "no": false][text.lowercased()] else {
                return report(.wantedBool(key: key, text), range)
            }
            heartbeat.allowPrivate = value
        default: report(.unknownKey(key, nearest: nearest(key, among: Heartbeat.keys)), pair.key.range)
        }
    }
}
