import Almanac
import Glibc

/// One line an event on standard error. Everything that comes from outside is escaped, so that no record text can
/// forge a line, a field, or a colour of the reader's terminal.
public struct Log: Sendable {
    public enum Level: String, Sendable, CaseIterable, Comparable {
        case debug, info, warning, error

        /// As journald and syslog(3) count.
        var priority: Int {
            switch self {
            case .debug: 7
            case .info: 6
            case .warning: 4
            case .error: 3
            }
        }

        public static func < (a: Level, b: Level) -> Bool { a.priority > b.priority }
    }

    let style: LogStyle
    private let language: AlmanacLanguage
    /// The present as ISO 8601 with offset.
    private let time: @Sendable () -> String
    private let sink: @Sendable (String) -> Void

    public init(clock: SystemClock, zone: Zone, style: LogStyle = .standard, language: AlmanacLanguage = .en) {
        self.init(style: style, language: language, time: { clock.now().iso(in: zone) }, sink: Log.toStandardError)
    }

    /// `sink` gets whole lines without their end.
    init(
        style: LogStyle, language: AlmanacLanguage, time: @escaping @Sendable () -> String,
        sink: @escaping @Sendable (String) -> Void
    ) {
        self.style = style
        self.language = language
        self.time = time
        self.sink = sink
    }

    public func write(_ event: LogEvent, _ fields: [(String, String)] = []) {
        put(event.level, event.rawValue, event.words(language), fields)
    }

    public func write(_ level: Level, _ message: String, _ fields: [(String, String)] = []) {
        put(level, nil, message, fields)
    }

    private func put(_ level: Level, _ event: String?, _ message: String, _ fields: [(String, String)]) {
        guard level >= style.least else { return }
        let line: String
        switch style.format {
        case .json: line = json(level, event, message, fields)
        case .text: line = text(level, event, message, fields)
        }
        sink(style.isJournal ? "<\(level.priority)>\(line)" : line)
    }

    /// The journal keeps the time itself.
    private func text(_ level: Level, _ event: String?, _ message: String, _ fields: [(String, String)]) -> String {
        var words = style.isJournal ? [] : [time(), level.rawValue]
        if let event { words.append("[\(event)]") }
        words.append(LogText.escaped(message))
        words += fields.map { "\($0)=\(LogText.quoted($1))" }
        return words.joined(separator: " ")
    }

    private func json(_ level: Level, _ event: String?, _ message: String, _ fields: [(String, String)]) -> String {
        var pairs = [("time", time()), ("level", level.rawValue)]
        if let event { pairs.append(("event", event)) }
        pairs.append(("message", message))
        pairs += fields
        return "{" + pairs.map { "\(LogText.json($0)):\(LogText.json($1))" }.joined(separator: ",") + "}"
    }

    /// One call to the kernel a line, so that lines of several threads never mix.
    private static func toStandardError(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        var done = 0
        while done < bytes.count {
            let count = bytes[done...].withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            done += count
        }
    }
}

/// How the log looks: `log:` in the configuration, or `BELLMAN_LOG`, which wins.
public struct LogStyle: Sendable, Hashable {
    public enum Format: String, Sendable, CaseIterable { case text, json }

    public var format: Format
    /// The least level that is written.
    public var least: Log.Level
    /// Standard error is the journal: lines begin with their priority (sd-daemon(3)).
    public var isJournal = false

    public static let standard = LogStyle(format: .text, least: .info)

    public init(format: Format, least: Log.Level, isJournal: Bool = false) {
        self.format = format
        self.least = least
        self.isJournal = isJournal
    }

    /// Lines that no program takes apart; people's words may stand between them.
    public var isForPeople: Bool { format == .text && !isJournal }

    /// `json`, `text`, a level (`debug`, `info`, `warning`, `error`), or both: `json warning`. Nil for other words.
    public init?(_ text: String) {
        var style = LogStyle.standard
        let words = text.split { $0 == " " || $0 == "," }
        guard !words.isEmpty else { return nil }
        for word in words {
            if let format = Format(rawValue: String(word)) {
                style.format = format
            } else if let level = Log.Level(rawValue: String(word)) {
                style.least = level
            } else {
                return nil
            }
        }
        self = style
    }

    /// `JOURNAL_STREAM` names device and inode of the journal's socket; a redirected standard error is another file.
    static func isJournal(_ environment: [String: String], descriptor: Int32) -> Bool {
        guard let stream = environment["JOURNAL_STREAM"] else { return false }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return false }
        return stream == "\(status.st_dev):\(status.st_ino)"
    }

    /// The style of this process.
    public static func ofProcess(_ configured: LogStyle, _ environment: [String: String]) -> LogStyle {
        var style = environment["BELLMAN_LOG"].flatMap { LogStyle($0) } ?? configured
        style.isJournal = isJournal(environment, descriptor: STDERR_FILENO)
        return style
    }
}
