import Almanac
import Glibc

/// One line an event on standard error: time, level, words, fields. Values are escaped, so that no record text can
/// forge a line.
public struct Log: Sendable {
    public enum Level: String, Sendable { case info, warning, error }
    private let clock: SystemClock
    private let zone: Zone

    public init(clock: SystemClock, zone: Zone) {
        self.clock = clock
        self.zone = zone
    }

    public func write(_ level: Level, _ message: String, _ fields: [(String, String)] = []) {
        var line = "\(clock.now().iso(in: zone)) \(level.rawValue) \(Log.escaped(message))"
        for (key, value) in fields { line += " \(key)=\(Log.quoted(value))" }
        let bytes = Array((line + "\n").utf8)
        _ = bytes.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    private static func quoted(_ text: String) -> String {
        text.unicodeScalars.allSatisfy({
            $0.properties.isAlphabetic || $0.properties.numericType != nil || "-_./:+@".unicodeScalars.contains($0)
        })
            && !text.isEmpty ? text : "\"\(escaped(text))\""
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\"": result += "\\\""
            default:
                let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
                result += isControl ? "\\u{\(String(scalar.value, radix: 16))}" : String(scalar)
            }
        }
        return result
    }
}
