import SourceDiagnostics

/// What can be wrong with a test of rules, beside what any file of rules can have. The words are in `Wording/`.
public enum RuleTestProblem: Sendable {
    case notATest
    case noTests
    case wrapperKey(String)
    case unknownRule(String, nearest: String?, known: [String])
    case ruleNotTested(String, tested: [String])
    case badMoment(String)
    case impossibleMoment(english: String, chinese: String)
    case badRecord(String)
    case noRecord(String, nearest: String?)
    case recordExists(String)
    case madeBySet(String, nearest: String?)
    case repeatedRecord(String)
    case leadsNowhere(field: String, text: String, kind: String, nearest: String?)
    case unknownPerson(String, nearest: String?)
    case noAct
    case severalActs([String])
    case eventBeforeClock(String, clock: String)
    case eventAfterEnd(String, ends: String)
    case writtenAfterClock(String, clock: String)
    case endsBeforeClock(String, clock: String)
    case neverThen(String, from: String, to: String)
    case badDown
    case downReversed(String, String)
    case downBeforeClock(String, clock: String)
    case nothingExpected
    case emptyExpectation
    case notWithOutcome(String)
    case reasonWithoutOutcome
    case payloadWithoutChannel(String)
    case badLanguage(String)
}

extension RuleTestProblem: DiagnosticFact {
    public var severity: Severity {
        switch self {
        case .madeBySet, .leadsNowhere, .unknownPerson, .eventAfterEnd: .warning
        default: .error
        }
    }

    public var code: String {
        // The case's name is the stable code: `noRecord` is `no_record`.
        "\(self)".prefix { $0 != "(" }.reduce(into: "") { code, character in
            if character.isUppercase { code += "_" }
            code += character.lowercased()
        }
    }

    public func message(_ language: Language) -> String { language == .zh ? chinese.message : english.message }
    public func help(_ language: Language) -> String? { language == .zh ? chinese.help : english.help }
}
