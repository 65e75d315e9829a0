extension RuleTestProblem {
    /// All English wording of what can be wrong with a test of rules.
    var english: (message: String, help: String?) {
        ruleInEnglish ?? recordInEnglish ?? timeInEnglish ?? expectationInEnglish ?? ("\(self)", nil)
    }

    private func suggestion(_ nearest: String?) -> String? { nearest.map { "did you mean “\($0)”?" } }

    private var ruleInEnglish: (String, String?)? {
        switch self {
        case .notATest: ("a file of tests holds one test (with “rules”, “clock”, “expect”) or a list of tests", nil)
        case .wrapperKey(let key):
            ("“\(key):” is not part of a file of tests", "write the list of tests at the top level")
        case .noTests:
            ("there is no test in this file", "begin with rules: [the-rule], clock: 2026-09-01T08:00, expect: …")
        case .unknownRule(let id, let nearest, let known):
            (
                "there is no rule “\(id)”",
                suggestion(nearest) ?? (known.isEmpty ? "no rule was found here" : "rules here: \(list(known))")
            )
        case .ruleNotTested(let id, let tested):
            ("“\(id)” is not one of this test's rules", "add it to “rules”, which has: \(list(tested))")
        case .badLanguage(let text): ("“\(text)” is no language", "zh or en")
        default: nil
        }
    }

    private var recordInEnglish: (String, String?)? {
        switch self {
        case .badRecord(let text): ("“\(text)” is no record", "write kind/id, such as contract/C-12")
        case .noRecord(let ref, let nearest):
            ("there is no record \(ref)", suggestion(nearest) ?? "add it to “records”")
        case .recordExists(let ref): ("there is a record \(ref) already", "change it with “set”")
        case .madeBySet(let ref, let nearest):
            ("there is no record \(ref) then; “set” makes it", suggestion(nearest) ?? "write “create” if that is meant")
        case .repeatedRecord(let ref): ("\(ref) is given twice", "give one of them another id")
        case .leadsNowhere(let field, let text, let kind, let nearest):
            ("“\(field)”: no \(kind) “\(text)” is given", suggestion(nearest) ?? "add it to “records”")
        case .unknownPerson(let text, let nearest):
            ("no member “\(text)” is given", suggestion(nearest) ?? "“to” lists ids of members")
        case .noAct:
            (
                "this event does nothing",
                "give it “set”, “create”, “delete: true”, “ack”, “snooze”, “silence” or “decide”"
            )
        case .severalActs(let acts): ("one event does several things: \(list(acts))", "make an event of each")
        default: nil
        }
    }

    private var timeInEnglish: (String, String?)? {
        switch self {
        case .badMoment(let text): ("“\(text)” is no date and no time", example)
        case .impossibleMoment(let words, _): (words, example)
        case .eventBeforeClock(let at, let clock):
            ("this happens at \(at), before the test's clock starts (\(clock))", "put what was before into “records”")
        case .eventAfterEnd(let at, let ends):
            ("this never happens: the test ends at \(ends), before \(at)", "let “ends” be later")
        case .writtenAfterClock(let at, let clock):
            ("\(at) is after the test's clock starts (\(clock))", "what comes later is an event")
        case .endsBeforeClock(let ends, let clock): ("the test ends (\(ends)) before its clock starts (\(clock))", nil)
        case .neverThen(let at, let from, let to):
            ("\(at) is not in this test, which runs from \(from) to \(to)", "let “clock” be earlier or “ends” later")
        case .badDown: ("“down” lists pairs of instants", "down: [[2026-10-30T00:00, 2026-11-02T12:00]]")
        case .downReversed(let from, let to):
            ("it ends (\(to)) before it begins (\(from))", "the earlier instant comes first")
        case .downBeforeClock(let at, let clock):
            (
                "Bellman is up when the test's clock starts (\(clock)), so it cannot be down at \(at)",
                "let “clock” be earlier"
            )
        default: nil
        }
    }

    private var expectationInEnglish: (String, String?)? {
        switch self {
        case .nothingExpected:
            (
                "this test expects nothing, so it can never fail",
                "add “expect” lines, or nothing_else: true where nothing may ring"
            )
        case .emptyExpectation:
            ("this line expects nothing", "such as: {at: 2026-10-01T09:00, rule: contract-renewal, to: [wang]}")
        case .notWithOutcome(let key):
            ("“\(key)” is about a notice, and “outcome” about a decision without one", "make two lines of it")
        case .reasonWithoutOutcome:
            (
                "“reason” says why something was decided so",
                "write “outcome” beside it, such as outcome: condition_false"
            )
        case .payloadWithoutChannel(let name):
            (
                "no channel “\(name)” is configured, so nothing leaves through it",
                "add it under “channels” in bellman.yaml"
            )
        default: nil
        }
    }

    private var example: String {
        "write it as 2026-10-01T09:00:00+08:00, or 2026-10-01T09:00 in the test's zone"
    }

    private func list(_ words: [String]) -> String { words.joined(separator: ", ") }
}
