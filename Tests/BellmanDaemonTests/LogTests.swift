import Almanac
import Foundation
import Synchronization
import Testing

@testable import BellmanDaemon

@Suite struct LogTests {
    private final class Lines: Sendable {
        private let lines = Mutex<[String]>([])
        func add(_ line: String) { lines.withLock { $0.append(line) } }
        var all: [String] { lines.withLock { $0 } }
    }

    private func written(
        _ style: LogStyle, language: AlmanacLanguage = .en, _ body: (Log) -> Void
    ) -> [String] {
        let lines = Lines()
        body(Log(style: style, language: language, time: { "2026-06-30T09:00:00+08:00" }, sink: { lines.add($0) }))
        return lines.all
    }

    private static let hostile = "a\r\nb\u{1B}[31m\"c\\ \u{202E}d\u{2028}e 更 \u{0}"

    @Test func textIsOneLine() {
        let lines = written(.standard) { $0.write(.rulesLoaded, [("rules", "3"), ("broken", LogTests.hostile)]) }
        let wanted =
            "2026-06-30T09:00:00+08:00 info [rules-loaded] rules loaded rules=3 "
            + #"broken="a\r\nb\u{1b}[31m\"c\\ \u{202e}d\u{2028}e 更 \u{0}""#
        #expect(lines == [wanted])
    }

    @Test func jsonIsOneObject() throws {
        let lines = written(LogStyle(format: .json, least: .info), language: .zh) {
            $0.write(.rulesLoaded, [("broken", LogTests.hostile)])
        }
        let line = try #require(lines.first)
        let isHarmless = line.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202E && $0.value != 0x2028 }
        #expect(isHarmless)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String])
        #expect(
            object == [
                "time": "2026-06-30T09:00:00+08:00", "level": "info", "event": "rules-loaded", "message": "规则已加载",
                "broken": LogTests.hostile,
            ])
    }

    @Test func theJournalGetsPrioritiesAndNoTime() {
        let journal = LogStyle(format: .text, least: .debug, isJournal: true)
        let lines = written(journal) { log in
            for level in Log.Level.allCases { log.write(level, "x\n<0>y") }
        }
        let wanted = [7, 6, 4, 3].map { #"<\#($0)>x\n<0>y"# }
        #expect(lines == wanted)
    }

    @Test func levelsBelowTheLeastAreLeftOut() {
        for least in Log.Level.allCases {
            let lines = written(LogStyle(format: .text, least: least)) { log in
                for event in LogEvent.allCases { log.write(event) }
            }
            let wanted = LogEvent.allCases.filter { $0.level >= least }
            #expect(lines.count == wanted.count)
        }
    }

    @Test func stylesAreRead() {
        #expect(LogStyle("json") == LogStyle(format: .json, least: .info))
        #expect(LogStyle("json warning") == LogStyle(format: .json, least: .warning))
        #expect(LogStyle("debug,text") == LogStyle(format: .text, least: .debug))
        for wrong in ["", " ", "xml", "json loud"] { #expect(LogStyle(wrong) == nil) }
    }

    @Test func theEnvironmentWins() {
        let configured = LogStyle(format: .json, least: .error)
        #expect(LogStyle.ofProcess(configured, ["BELLMAN_LOG": "text"]) == .standard)
        #expect(LogStyle.ofProcess(configured, ["BELLMAN_LOG": "nonsense"]) == configured)
        #expect(!LogStyle.isJournal(["JOURNAL_STREAM": "1:2"], descriptor: 2))
    }

    @Test func everyEventHasBothLanguages() {
        for event in LogEvent.allCases {
            #expect(!event.words(.en).isEmpty)
            let isASCII = event.words(.en).unicodeScalars.allSatisfy { $0.isASCII }
            let isChinese = event.words(.zh).unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
            #expect(isASCII && isChinese, "\(event)")
        }
        #expect(Set(LogEvent.allCases.map(\.rawValue)).count == LogEvent.allCases.count)
    }
}
