import Foundation
import SourceDiagnostics
import Testing

@testable import BellmanRules

/// What `bellman fmt` writes. Every file in `Format/` is a text as people write it; beside it stands its one style.
/// With `BELLMAN_RECORD=1` in the environment the expected texts are written anew.
@Suite struct FormatterTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Format")
    static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized

    static let names: [String] = {
        let found = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
        return found.filter { $0.hasSuffix(".yaml") }.sorted()
    }()

    private func formatted(_ text: String) -> String? {
        guard case .formatted(let bytes) = RuleFormatter.format(SourceFile(name: "a.yaml", text: text)) else {
            return nil
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(arguments: names) func hasOneStyle(_ name: String) throws {
        let text = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
        let found = try #require(formatted(text), "\(name) was left alone")
        let golden = Self.folder.appending(path: name.replacingOccurrences(of: ".yaml", with: ".txt"))
        let expected = try? String(contentsOf: golden, encoding: .utf8)
        let isRecording = ProcessInfo.processInfo.environment["BELLMAN_RECORD"] == "1"
        if isRecording || expected == nil { try found.write(to: golden, atomically: true, encoding: .utf8) }
        if !isRecording { #expect(found == expected) }
        #expect(formatted(found) == found)
    }

    /// Every YAML text of the repository that can be read: the same tree, the same characters, and stable.
    @Test func neverChangesTheMeaning() throws {
        let texts = try RepositoryTexts.yaml(Self.root)
        #expect(texts.count > 150)
        var alone: [String] = []
        for (place, text) in texts {
            let file = SourceFile(name: place, text: text)
            let (root, problems) = YAMLReader.read(file)
            switch RuleFormatter.format(file) {
            case .refused: #expect(problems.contains { $0.severity == .error }, "\(place)")
            case .leftAlone: alone.append(place)
            case .formatted(let bytes):
                let again = SourceFile(name: place, bytes: bytes)
                let other = YAMLReader.read(again).root
                if let root, let other { #expect(SameTree.check(root, other), "\(place)") }
                #expect((root == nil) == (other == nil), "\(place)")
                guard case .formatted(let third) = RuleFormatter.format(again) else {
                    Issue.record("\(place) was left alone the second time")
                    continue
                }
                #expect(third == bytes, "\(place)")
                #expect(Self.findings(text) == Self.findings(again.text), "\(place)")
            }
        }
        // A file that holds one scalar has no style; all else has.
        #expect(alone.count <= 6, "\(alone)")
    }

    /// What the reader says, places aside.
    private static func findings(_ text: String) -> [String] {
        let reading = Reading.of(text)
        return (reading.problems.map(\.fact.code) + reading.rules.map { "\($0.id) \($0.title) \($0.steps.count)" })
            .sorted()
    }

    @Test func shippedRulesHaveTheStyle() throws {
        for (place, text) in try RepositoryTexts.yaml(Self.root) where place.hasPrefix("rules/") {
            #expect(formatted(text) == text, "\(place)")
        }
    }

    @Test func lineEndsAndMarkStay() throws {
        let text = "\u{FEFF}when:   {created: task}\r\nid: a\r\nthen: [{notify: {via: inbox}}]  \r\n\r\n"
        #expect(
            formatted(text)
                == "\u{FEFF}id: a\r\nwhen: {created: task}\r\nthen: [{notify: {via: inbox}}]\r\n")
        #expect(formatted("# 只有注释  \n\n\n") == "# 只有注释\n")
        #expect(formatted("") == "")
        #expect(formatted("id: a") == "id: a\n")
    }

    @Test(arguments: ["id: a\rwhen: x\n", "just text\n", "{id: a}\n", "? id\n: a\n", "- - id: a\n"])
    func whatHasNoStyleIsLeftAlone(_ text: String) {
        guard case .leftAlone = RuleFormatter.format(SourceFile(name: "a.yaml", text: text)) else {
            Issue.record("\(text) was formatted")
            return
        }
    }

    @Test func whatCannotBeReadIsRefused() {
        guard case .refused(let problems) = RuleFormatter.format(SourceFile(name: "a.yaml", text: "id: [a\n")) else {
            Issue.record("it was formatted")
            return
        }
        #expect(!problems.isEmpty)
    }

    /// Texts with mistakes made at random: whatever is written reads the same, and is stable.
    @Test func mistakesAreSafe() throws {
        let texts = try RepositoryTexts.yaml(Self.root).map(\.text)
        let pieces = [
            " ", "\n", "#", "- ", ": ", "{", "}", "[", "]", "\"", "'", "|", ">", "  # c\n", "é", "\\", "\r\n",
        ]
        var random = Random(seed: 11)
        for _ in 0..<400 {
            var text = Array(texts.randomElement(using: &random) ?? "")
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let at = Int.random(in: 0...text.count, using: &random)
                if random.chance(60) {
                    text.insert(contentsOf: pieces.randomElement(using: &random) ?? "", at: at)
                } else if at < text.count {
                    text.remove(at: at)
                }
            }
            let file = SourceFile(name: "a.yaml", text: String(text))
            guard case .formatted(let bytes) = RuleFormatter.format(file) else { continue }
            let again = SourceFile(name: "a.yaml", bytes: bytes)
            guard case .formatted(let third) = RuleFormatter.format(again), third == bytes else {
                Issue.record("not stable: \(file.text)")
                continue
            }
            if let one = YAMLReader.read(file).root {
                let other = YAMLReader.read(again).root
                #expect(other.map { SameTree.check(one, $0) } == true, "\(file.text)")
            }
        }
    }

    /// Two layouts of one rule, written at random, have one style.
    @Test(arguments: 0..<300) func layoutsMeet(_ seed: Int) throws {
        var random = Random(seed: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1)
        let rule = RandomRule(&random)
        let one = rule.text(&random)
        let other = rule.text(&random)
        let first = try #require(formatted(one), "left alone: \(one)")
        let second = try #require(formatted(other), "left alone: \(other)")
        #expect(first == second, "\(one)\n----\n\(other)")
        #expect(formatted(first) == first)
    }

    /// With comments everywhere: none is lost, and each still stands over, or beside, its own line.
    @Test(arguments: 0..<300) func commentsStayWithTheirLine(_ seed: Int) throws {
        var random = Random(seed: UInt64(seed) &* 0xD134_2543_DE82_EF95 &+ 7)
        let rule = RandomRule(&random)
        let text = rule.text(&random, withComments: true)
        let found = try #require(formatted(text), "left alone: \(text)")
        #expect(formatted(found) == found, "\(text)")
        let lines = found.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        for (index, line) in lines.enumerated() {
            if let mark = line.firstRange(of: "# on ") {
                // `key: value  # on key`
                let key = line[mark.upperBound...]
                #expect(line.hasPrefix("\(key):") || line.hasPrefix("- \(key):"), "\(line) in\n\(found)")
            }
            if line.hasPrefix("# over "), index + 1 < lines.count {
                let key = line.dropFirst(7)
                let after = lines[(index + 1)...].first { !$0.hasPrefix("#") } ?? ""
                #expect(after.hasPrefix("\(key):") || after.hasPrefix("- "), "\(line) then \(after) in\n\(found)")
            }
        }
    }
}

/// SplitMix64: the same numbers on every machine.
struct Random: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
}

/// A rule whose keys, blanks and indentation are written at random, its values always alike.
struct RandomRule {
    private indirect enum Value {
        case raw(String)
        case block([(String, Value)])
        case items([Value])
    }

    private var keys: [(String, Value)] = []

    init(_ random: inout Random) {
        let scalars = [
            "title": "\"a: b # c\"", "if": "task.open && task.title != \"x\"", "unless": "'!task.closed'",
            "enabled": "true", "urgent": "false", "at": "09:00", "limit": "1 per 7 days", "tags": "[甲, 乙]",
            "catch_up": "skip",
        ]
        keys = [("id", .raw("rule-\(Int.random(in: 0..<100, using: &random))"))]
        for (key, value) in scalars.sorted(by: { $0.key < $1.key }) where random.chance(40) {
            keys.append((key, .raw(value)))
        }
        let trigger: [(String, Value)] = [("before", .raw("task.due")), ("by", .raw("[3 days, 1 day]"))]
        keys.append(("when", random.chance(50) ? .block(trigger) : .raw("{before: task.due, by: 3 days}")))
        let steps = (0...Int.random(in: 0..<3, using: &random)).map { _ in Self.step(&random) }
        keys.append(("then", .items(steps)))
    }

    private static func step(_ random: inout Random) -> Value {
        if random.chance(25) { return .raw("{notify: {via: inbox}}") }
        var notify: [(String, Value)] = [("via", .raw("[mail, chat]")), ("to", .raw("task.assignee"))]
        if random.chance(50) { notify.append(("text", .raw("'**{{ task.title }}**'"))) }
        if random.chance(50) { notify.append(("priority", .raw("high"))) }
        var step: [(String, Value)] = [("notify", .block(notify))]
        if random.chance(50) { step.insert(("wait", .raw("3 working days")), at: 0) }
        return .block(step)
    }

    func text(_ random: inout Random, withComments: Bool = false) -> String {
        var out = ""
        write(keys, indent: 0, first: false, &out, &random, withComments)
        return out
    }

    private func write(
        _ pairs: [(String, Value)], indent: Int, first: Bool, _ out: inout String, _ random: inout Random,
        _ comments: Bool
    ) {
        for (index, (key, value)) in pairs.shuffled(using: &random).enumerated() {
            let isFirst = first && index == 0
            if comments, !isFirst, random.chance(20), !(indent == 0 && index == 0) {
                out += String(repeating: " ", count: indent) + "# over \(key)\n"
            }
            if !isFirst { out += String(repeating: " ", count: indent) }
            out += key + String(repeating: " ", count: random.chance(10) ? 1 : 0) + ":"
            let note = comments && random.chance(20) ? "  # on \(key)" : ""
            let blanks = String(repeating: " ", count: Int.random(in: 1...3, using: &random))
            switch value {
            case .raw(let text): out += blanks + text + note + (random.chance(10) ? "  " : "") + "\n"
            case .block(let inner):
                out += note + "\n"
                let step = Int.random(in: 1...4, using: &random)
                write(inner, indent: indent + step, first: false, &out, &random, comments)
            case .items(let items):
                out += note + "\n"
                write(items, indent: indent + Int.random(in: 0...3, using: &random), &out, &random, comments)
            }
        }
    }

    private func write(
        _ items: [Value], indent: Int, _ out: inout String, _ random: inout Random, _ comments: Bool
    ) {
        for item in items {
            let blanks = Int.random(in: 1...3, using: &random)
            out += String(repeating: " ", count: indent) + "-" + String(repeating: " ", count: blanks)
            switch item {
            case .raw(let text): out += text + "\n"
            case .block(let inner):
                write(inner, indent: indent + 1 + blanks, first: true, &out, &random, comments)
            case .items: out += "\n"
            }
        }
    }
}

/// The YAML texts of this repository: files, and code blocks of the pages.
enum RepositoryTexts {
    static func yaml(_ root: URL) throws -> [(place: String, text: String)] {
        var found: [(String, String)] = []
        for folder in ["rules", "docs", "deploy", "Tests", "README.md", "README.zh-CN.md"] {
            for url in files(root.appending(path: folder)) {
                let place = String(url.path().dropFirst(root.path().count)).drop { $0 == "/" }
                guard let text = try? String(contentsOf: url, encoding: .utf8) else { continue }
                switch url.pathExtension {
                case "yaml", "yml": found.append((String(place), text))
                case "md":
                    for (index, block) in blocks(text).enumerated() { found.append(("\(place)#\(index)", block)) }
                default: break
                }
            }
        }
        return found.sorted { $0.0 < $1.0 }
    }

    private static func files(_ base: URL) -> [URL] {
        guard let walk = FileManager.default.enumerator(at: base, includingPropertiesForKeys: nil) else {
            return [base]
        }
        let inner = walk.compactMap { $0 as? URL }
        return inner.isEmpty ? [base] : inner
    }

    /// The contents of ```` ```yaml ```` blocks, whatever stands behind that word.
    static func blocks(_ text: String) -> [String] {
        var result: [String] = []
        var open: [String]?
        for line in text.components(separatedBy: "\n") {
            if let lines = open {
                if line.hasPrefix("```") {
                    result.append(lines.joined(separator: "\n") + "\n")
                    open = nil
                } else {
                    open = lines + [line]
                }
            } else if line == "```yaml" || line.hasPrefix("```yaml ") {
                open = []
            }
        }
        return result
    }
}
