import BellmanRules
import CEL
import SourceDiagnostics

/// An input made to use up time, memory or stack, and what must come of it.
public struct HostileInput: Sendable {
    enum Form: Sendable {
        case expression
        case rules
    }

    public let name: String
    let form: Form
    let text: @Sendable () -> String

    init(_ name: String, _ form: Form = .expression, _ text: @escaping @Sendable () -> String) {
        (self.name, self.form, self.text) = (name, form, text)
    }

    /// In a word or two: the code of the refusal or the beginning of the value.
    public func outcome() -> String {
        switch form {
        case .expression: Self.evaluated(text())
        case .rules: Self.read(text())
        }
    }

    private static func evaluated(_ text: String) -> String {
        let compilation = Worlds.hostile.compile(text)
        guard let program = compilation.program else {
            let codes = Set(compilation.problems.map(\.problem.code)).sorted().prefix(2)
            return "refused: " + codes.joined(separator: ", ")
        }
        switch program.evaluate(Worlds.hostileActivation, context: CELContext()) {
        case .success(let value): return short(value)
        case .failure(let failure): return "stopped: " + failure.code
        }
    }

    private static func short(_ value: CELValue) -> String {
        switch value {
        case .list(let list): "list of \(list.elements.count)"
        case .string(let text): "text of \(text.utf8.count) bytes"
        case .map(let map): "map of \(map.count)"
        default: value.text
        }
    }

    private static func read(_ text: String) -> String {
        let reading = RuleWorld.reader.read(SourceFile(name: "a.yaml", text: text))
        let rendered = TextRenderer(language: .en).render(reading.problems)
        let code = reading.problems.first.map { ", " + $0.fact.code } ?? ""
        let isShort = rendered.utf8.count < million
        return
            "\(reading.rules.count) rules, \(reading.problems.count) problems\(code)\(isShort ? "" : ", endless words")"
    }

    /// All of them.
    public static let all: [HostileInput] = nesting + width + products + patterns + texts + files
}

private func times(_ count: Int, _ text: String) -> String {
    String(repeating: text, count: count)
}

private let million = 1_000_000

extension HostileInput {
    private static let nesting: [HostileInput] = [
        HostileInput("10^6 nested parentheses") { times(million, "(") + "1" + times(million, ")") },
        HostileInput("49,000 nested parentheses") { times(49_000, "(") + "1" + times(49_000, ")") },
        HostileInput("250 nested parentheses") { times(249, "(") + "1" + times(249, ")") },
        HostileInput("10^6 times !") { times(million, "!") + "true" },
        HostileInput("99,990 times !") { times(99_990, "!") + "true" },
        HostileInput("50,000 times !-") { times(49_990, "!-") + "1" },
        HostileInput("10^6 times -") { times(million, "-") + "1" },
        HostileInput("10^6 times [") { times(million, "[") },
        HostileInput("99,999 times [") { times(99_999, "[") },
        HostileInput("10^5 nested ternaries") { times(100_000, "true ? 1 : ") + "1" },
        HostileInput("9,000 nested ternaries") { times(9_000, "true ? 1 : ") + "1" },
        HostileInput("10^5 selections") { "x" + times(100_000, ".a") },
        HostileInput("49,000 selections") { "x" + times(49_000, ".a") },
        HostileInput("249 nested maps") { times(249, "[1].map(a, ") + "1" + times(249, ")") },
        HostileInput("249 nested binds") { times(249, "cel.bind(a, 1, ") + "a" + times(249, ")") },
        HostileInput("30,000 blanks of an input method") { times(99_000, "\u{3000}") + "1" },
        HostileInput("a tenfold [a, a] over [b, b]…") { doubling(40, "[a, a]", "size(string(a == a))") },
        HostileInput("types of {a: a} over {b: b}…") { doubling(40, "{a: a}", "a == a") },
        HostileInput("10^6 parentheses in a rule", .rules) { rule("if: " + times(900_000, "(")) },
        HostileInput("10^5 ! in a template", .rules) { notice("{{ " + times(99_000, "!") + "true }}") },
    ]

    private static func doubling(_ count: Int, _ step: String, _ last: String) -> String {
        "cel.bind(a, [1], " + times(count, "cel.bind(a, \(step), ") + last + times(count + 1, ")")
    }

    private static let width: [HostileInput] = [
        HostileInput("10^5 terms of ||") { times(100_000, "b||") + "b" },
        HostileInput("33,000 terms of ||") { times(33_000, "b||") + "b" },
        HostileInput("33,000 terms of ||, all false") { times(33_000, "n||") + "n" },
        HostileInput("49,000 elements in a list") { "[" + times(49_000, "1,") + "1].size()" },
        HostileInput("49,000 variables in a list") { "[" + times(49_000, "i,") + "i].size()" },
        HostileInput("10^5 elements in a list") { "[" + times(100_000, "1,") + "1]" },
        HostileInput("24,000 entries in a map") { "{" + (0..<12_000).map { "\($0):1," }.joined() + "}.size()" },
        HostileInput("250 times + 1") { "1" + times(248, "+1") },
        HostileInput("99,000 wrong characters") { times(99_000, "#") },
        HostileInput("20,000 unknown names") { times(20_000, "aa||") + "aa" },
    ]

    private static let products: [HostileInput] = [
        HostileInput("a product of three lists") { "r.map(x, r.map(y, r.map(z, x * y * z))).size()" },
        HostileInput("a product of lists of lists") { "r.map(x, [r, r, r, r, r, r, r, r]).map(y, y.flatten()).size()" },
        HostileInput("lists of a thousand, many times") { "r.map(x, [" + times(1_000, "x,") + "x]).size()" },
        HostileInput("maps of a thousand, many times") {
            "r.map(x, {" + (0..<1_000).map { "\($0): x" }.joined(separator: ",") + "}).size()"
        },
        HostileInput("doubling a text") { doubling(40, "a + a", "a.size()").replacing("[1]", with: "'0123456789'") },
        HostileInput("doubling a list") { doubling(40, "a + a", "a.size()") },
        HostileInput("doubling with format") {
            doubling(40, "'%s%s'.format([a, a])", "a.size()").replacing("[1]", with: "'0123456789'")
        },
        HostileInput("doubling with join") {
            doubling(40, "[a, a].join(a)", "a.size()").replacing("[1]", with: "'0123456789'")
        },
        HostileInput("doubling with replace") {
            doubling(40, "a.replace('', a)", "a.size()").replacing("[1]", with: "'0123456789'")
        },
        HostileInput("a million, joined with a megabyte") { "lists.range(1000000).map(x, '').join(big).size()" },
        HostileInput("a megabyte, a thousand times over") { "r.map(x, big + 'x').size()" },
        HostileInput("ranges of a million") { "r.map(x, lists.range(1000000)).size()" },
        HostileInput("a range of 10^18") { "lists.range(1000000000000000000).size()" },
    ]

    private static let patterns: [HostileInput] = [
        HostileInput("(a+)+$ on 1 MB") { "big.matches('(a+)+$')" },
        HostileInput("(a|a)*b on 1 MB") { "big.matches('(a|a)*b')" },
        HostileInput("(x+x+)+y on 1 MB, pattern computed") { "big.matches('(x+x' + '+)+y')" },
        HostileInput("((a{100}){100}){100}") { "s.matches('((a{100}){100}){100}')" },
        HostileInput("((a{10}){10}){10}, computed") { "s.matches('((a{10}){10' + '}){10}')" },
        HostileInput("((){1000}){1000}") { "s.matches('(((){1000}){1000}){1000}')" },
        HostileInput("(.{900}x|y){9} on 1 MB, computed") { "big.matches('(.{0,900}x|y)' + '{0,9}z')" },
        HostileInput("\\b(.{0,900}x) on 1 MB") { "big.matches('\\\\b(.{0,900}x)+z')" },
        HostileInput("a pattern of 1 MB, computed") { "s.matches(big)" },
        HostileInput("[a-b…] of 90,000 characters") { "s.matches('[" + times(45_000, "ab") + "]')" },
        HostileInput("(?i) 20,000 classes") { "s.matches('(?i)" + times(20_000, "[a-z]") + "')" },
        HostileInput("[ab]*a[ab]{200}") { "s.matches('[ab]*a[ab]{200}')" },
        HostileInput("10^4 nested groups") { "s.matches('" + times(10_000, "(") + "a" + times(10_000, ")") + "')" },
        HostileInput("a pattern for every element") { "r.exists(x, s.matches('a{' + string(x % 900) + '}'))" },
    ]

    private static let texts: [HostileInput] = [
        HostileInput("%.1000000000f") { "'%.1000000000f'.format([1.5])" },
        HostileInput("%.100f, many times") { "r.map(x, '%.100f'.format([d])).size()" },
        HostileInput("49,000 clauses of a megabyte") { "'" + times(45_000, "%s") + "'.format([big])" },
        HostileInput("replace of the empty text on 1 MB") { "big.replace('', 'xxxxxxxxxx').size()" },
        HostileInput("split of 1 MB") { "big.split('').size()" },
        HostileInput("split with a huge limit") { "big.split('a', 9223372036854775807).size()" },
        HostileInput("indexOf of 1 MB in 1 MB") { "big.indexOf(big)" },
        HostileInput("indexOf of a letter in 1 MB, many times") { "r.exists(x, big.indexOf('b') > 0)" },
        HostileInput("contains, many times") { "r.exists(x, big.contains('b'))" },
        HostileInput("1 MB < 1 MB, many times") { "r.exists(x, big < big)" },
        HostileInput("a key of 1 MB, many times") { "r.exists(x, {big: 1}[big] == 2)" },
        HostileInput("charAt in 1 MB, many times") { "r.exists(x, big.charAt(5) == 'b')" },
        HostileInput("duration of 10^6 digits") { "duration(big.replace('a', '9') + 's')" },
        HostileInput("timestamp of 1 MB") { "timestamp(big)" },
        HostileInput("int of 10^6 digits") { "int(big.replace('a', '9'))" },
        HostileInput("double of 10^6 digits") { "double(big.replace('a', '9'))" },
        HostileInput("sort of 10^5 texts") { "lists.range(100000).map(x, string(x)).sort().size()" },
        HostileInput("distinct of 10^5 lists") { "lists.range(100000).map(x, [x]).distinct().size()" },
        HostileInput("distinct of 900 long lists") { "lists.range(900).map(x, r).distinct().size()" },
        HostileInput("sets.contains of 10^5") { "sets.contains(lists.range(100000), lists.range(100000))" },
        HostileInput("10^5 in 10^5") { "lists.range(100000).all(x, x in lists.range(100000))" },
        HostileInput("base64 of 1 MB, many times") { "r.map(x, base64.encode(bytes(big))).size()" },
        HostileInput("failures, absorbed 10^6 times") { "lists.range(1000000).exists(x, x / 0 == 1)" },
    ]

    // MARK: Files

    private static func rule(_ line: String) -> String {
        "id: a\nwhen: {created: task}\n\(line)\nthen: [{notify: {via: inbox}}]\n"
    }

    private static func notice(_ text: String) -> String {
        "id: a\nwhen: {created: task}\nthen: [{notify: {via: inbox, text: \"\(text)\"}}]\n"
    }

    private static let files: [HostileInput] = [
        HostileInput("1 MiB and a byte", .rules) { times((1 << 20) + 1, "a") },
        HostileInput("1 MiB in one word", .rules) { times(1 << 20, "a") },
        HostileInput("1 MiB of blanks", .rules) { "id: " + times((1 << 20) - 10, " ") },
        HostileInput("1 MiB text in quotes", .rules) { "title: \"" + times((1 << 20) - 20, "a") + "\"" },
        HostileInput("1 MiB of commas in [ ]", .rules) { "[" + times((1 << 19) - 10, "a,") + "a]" },
        HostileInput("90,000 words in one line", .rules) { "[" + times(90_000, "a,") + "a]" },
        HostileInput("1 MiB of {", .rules) { times(1 << 20, "{") },
        HostileInput("100 nested [", .rules) { times(100, "[") + times(100, "]") },
        HostileInput("33 levels", .rules) { times(33, "[") + times(33, "]") },
        HostileInput("1,400 levels by indentation", .rules) {
            (0..<1_400).map { times($0, " ") + "a:\n" }.joined()
        },
        HostileInput("1,000 levels of ? and -", .rules) { (0..<1_000).map { times($0, " ") + "?\n" }.joined() },
        HostileInput("10^5 - in one line", .rules) { times(100_000, "- ") },
        HostileInput("anchors that multiply", .rules) {
            "a: &a [x, x]\n" + (0..<30).map { "b\($0): &b\($0) [*a, *a, *a]\n" }.joined()
        },
        HostileInput("10^5 rules", .rules) { times(100_000, "- id: a\n") },
        HostileInput("2,500 whole rules", .rules) {
            (0..<2_500).map {
                "- id: r\($0)\n  when: {before: task.due, by: 3 days}\n  if: task.open && task.priority > 1\n  then: [{notify: {via: inbox, title: \"{{ task.title }}\"}}]\n"
            }.joined()
        },
        HostileInput("130,000 keys", .rules) { (0..<120_000).map { "k\($0):\n" }.joined() },
        HostileInput("49,000 unknown keys", .rules) { (0..<49_000).map { "k\($0): 1\n" }.joined() },
        HostileInput("the same key 120,000 times", .rules) { times(120_000, "id: a\n") },
        HostileInput("60,000 keys, each twice", .rules) {
            (0..<60_000).map { "k\($0):\n" }.joined() + (0..<60_000).map { "k\($0):\n" }.joined()
        },
        HostileInput("a line of 300,000 full-width colons", .rules) { times(300_000, "：") + "\n- a\nb: c: d" },
        HostileInput("10^4 wrong zones", .rules) { times(10_000, "- {id: a, timezone: Asia/Shanghia}\n") },
        HostileInput("20,000 wrong expressions", .rules) {
            times(20_000, "- {id: a, when: {created: task}, if: \"1 +\"}\n")
        },
        HostileInput("99,000 {{ }} in one text", .rules) { notice(times(99_000, "{{1}} ")) },
        HostileInput("99,000 wrong {{ }} in one text", .rules) { notice(times(99_000, "{{+}} ")) },
        HostileInput("60 {{ that do not close", .rules) { notice(times(60, "{{")) },
        HostileInput("500,000 {{ that do not close", .rules) { notice(times(500_000, "{{")) },
        HostileInput("64 levels by indentation", .rules) { (0..<64).map { times($0, " ") + "a:\n" }.joined() },
        HostileInput("63 levels by indentation, 100 by brackets", .rules) {
            (0..<63).map { times($0, " ") + "- ? a:\n" }.joined() + times(63, " ") + times(100, "[") + times(100, "]")
        },
    ]
}
