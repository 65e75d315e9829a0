/// Words that sit at the edges of what they stand for.
enum Literals {
    static let integers = [
        "0", "1", "-1", "2", "3", "7", "10", "100", "255", "1000000", "9223372036854775807", "-9223372036854775808",
        "9223372036854775808", "0xFF", "-0x10", "0x7fffffffffffffff", "253402300799", "-62135596801",
    ]
    static let doubles = [
        "0.0", "-0.0", "1.5", "-2.5", "1e308", "1e309", "5e-324", "1e-400", "9007199254740993.0",
        "9223372036854775808.0",
        ".5", "1e5", "0.1", "123456789.987654321",
    ]
    static let strings = [
        "''", "'a'", "\"王芳\"", "'e\u{301}'", "'👩‍💻'", "r'\\d+'", "'(a+)+$'", "'%s %d %.3f'", "'\\u738b\\n'", "'''a'b'''",
        "'2026-11-21T00:00:00Z'", "'Asia/Shanghai'", "'+08:00'", "','", "' x '", "'a.b'", "'\u{FEFF}'", "'\\0'",
        "'192.168.0.0/16'", "'::1'", "'YWJj'", "'[a-z]{2,3}|^$'", "'%.100f'", "'3 days'", "'1234'", "'1e9'",
    ]
    static let timestamps = [
        "timestamp(0)", "timestamp('2026-11-21T08:00:00+08:00')", "timestamp('0001-01-01T00:00:00Z')",
        "timestamp('9999-12-31T23:59:59.999999999Z')", "timestamp(253402300799)",
    ]
    static let durations = [
        "duration('0s')", "duration('1h30m')", "duration('-1.5s')", "duration('9223372036s')", "duration('1ns')",
        "duration('2562047h')",
    ]
    static let opaque = [
        "date": ["today", "now.plus('999999 days')", "today.minus('800000 days')", "today.plus('999999999 years')"],
        "net.IP": ["ip('10.0.0.1')", "ip('::1')", "ip('fe80::1')"],
        "net.CIDR": ["cidr('10.0.0.0/8')", "cidr('::/0')"],
    ]

    /// What mutations put in: words of the languages, and what input methods, editors and attackers leave behind.
    static let tokens: [String] =
        integers + doubles + strings + [
            "&&", "||", "==", "!=", "<=", ">=", "<", ">", "!", "-", "+", "*", "/", "%", "?", ":", ".", ".?", "[?", "{?",
            "(", ")", "[", "]", "{", "}", ",", " in ", "true", "false", "null", "has(", "cel.bind(x, 1, ", ".map(x, ",
            ".filter(x, ", ".all(x, ", ".exists(x, ", ".exists_one(x, ", ".sortBy(x, ", ".transformMap(k, v, ",
            ".transformList(k, v, ", ".optMap(x, ", ".matches('", "size(", "type(", "string(", "int(", "timestamp('",
            "duration('", ".format([", ".split('", ".replace('", ".join(", "math.greatest(", "cel.block([",
            "cel.index(0)",
            "0x", "1u", "1e", "b'", "r\"", "'''", "\"\"\"", "\\", "\\u", "\\U0010ffff", "\\ud800", "//", "\n", "\r\n",
            "\t",
            "\u{0}", "\u{FEFF}", "\u{2028}", "\u{2029}", "\u{85}", "\u{A0}", "\u{3000}", "\u{301}", "\u{200D}",
            "\u{202E}",
            "\u{FFFD}", "\u{10FFFF}", "👩‍👩‍👧‍👦", "🇨🇳", "王", "ﬁ", "İ", "：", "，", "“", "”", "‘", "＝", "（", "）", "！", "＆＆", "。",
            "、",
            "【", "—", "×", "{{", "}}", "{{ task.title }}", "{{ days_left }}", "task.due", "task.assignee.name",
            "- ", "? ", "| \n", ">-\n", "&a", "*a", "!!str ", "!tag ", "---\n", "...\n", "%YAML 1.2\n", "#", "~", "\"",
            "'",
            "id: ", "title: ", "when: ", "{created: task}", "{before: task.due, by: 3 days}", "every: ", "while: ",
            "for: ",
            "if: ", "unless: ", "then:\n", "notify: ", "via: ", "to: ", "text: ", "set: ", "create: ", "wait: ",
            "limit: ",
            "3 days", "2 per day", "1 per 99999999999 years", "-1 days", "9999999999999999999 days", "工作日 9:00",
            "every weekday 9:00", "0 9 * * 1-5", "25:00", "Asia/Shanghai", "../../etc/passwd",
        ]
}
