import Almanac
import SourceDiagnostics

/// What can be wrong with a rule. Facts only; the words are in `Wording/`.
public enum RuleProblem: Sendable {
    case wrapperKey(String)
    case notARule
    case unknownKey(String, nearest: String?, owner: String)
    case tornAtComma(String, key: String, whole: String)
    case missingKey(String, owner: String)
    case emptyValue(String)
    case wantedText(String)
    case wantedMapping(String)
    case wantedList(String)
    case wantedBool(String, found: String)
    case wantedNumber(String, found: String)
    case wantedOneOf(String, found: String, choices: [String], nearest: String?)
    case bareTemplate(String)
    case badIdentifier(String)
    case duplicateIdentifier(String, otherFile: String, otherLine: Int)
    case noTrigger
    case severalTriggersInOne([String])
    case triggersOfSeveralKinds([String])
    case strayTriggerKey(String, trigger: String)
    case triggerKeyOutside(String, value: String?)
    case excludeEachOther(String, String)
    case timesWithoutEvery
    case nameOfOtherTrigger(String, triggers: [String])
    case unknownKind(String, nearest: String?)
    case unknownField(String, kind: String, nearest: String?)
    case notADate(field: String, kind: String, dates: [String])
    /// `meant`: the date as a trigger of its own kind names it.
    case throughReference(String, kind: String, meant: String?)
    case notADuration(field: String, kind: String)
    case badPeriod(PeriodError)
    case periodNotPositive(String)
    case badSchedule(EveryError)
    case badCron(CronError)
    case badRecurrence(RRuleError)
    case badTime(String)
    case badZone(String, nearest: String?)
    case badCalendar(CalendarRefusal)
    case badLimit(String)
    case badValue(field: String, message: String, messageZH: String)
    case noVerb
    case severalVerbs([String])
    case unknownChannel(String, nearest: String?)
    case notPeople(key: String, found: String)
    case bareAddress(key: String, String)
    /// A word where people are named, perhaps somebody's name.
    case nobodysName(key: String, String)
    /// A field that holds neither a member's id nor an address.
    case namesNobody(key: String, path: String)
    case templateOpen
    case templateEmpty
    case commentCut(String, whole: String)
    case derivedField(String)
    case recordNeeded(String)
    case tooMany(String, limit: Int)
    case moreProblems(limit: Int)
    case derivedDateNotOwn(String)
    case hoursOnDate(field: String, at: String)
    case dateAgainstNow(String)
    case unknownWord(word: String, field: String, nearest: String?, seen: [String])
    /// A share compared with a number that it never reaches.
    case shareAboveOne(String, written: String, meant: String)
    case outsideWords(String, field: String, choices: [String], nearest: String?)
    case otherKind(String, own: String?, way: String?)
    case gatheredKind(String)
    case goesWith(String, [String])
    case notGrouped
    case gathersNothing(String)
    case notGroupable(found: String)
    case notAMoment(found: String)
    case unknownEndpoint(String, nearest: String?)
    case tooFewChoices
    /// One choice with an input method's comma in it.
    case choicesComma(String)
    case unknownChoice(String, choices: [String], nearest: String?)
    case approvalOutside
    /// `where` and `group` are asked of each record by itself.
    case recordsOneByOne(String)
    case fieldAsLength(String)
    case notALength(found: String)
    case tooLong(String, days: Int)
    case bareMoment(String)
    case wasItself(String)
    /// A file that held rules holds none any more, though it is still there.
    case emptied([String])
    case offsetTooLong(String, years: Int)
    case repeatedOffset(String)
    case skipsShortMonths(SkippedDay)
    /// A time of day beside a schedule that does not take it.
    case unusedTime(LocalTime, UnusedTime)
    /// A list of schedules where one trigger has one.
    case severalSchedules(String, [String])
    /// A key of the rule inside `when`.
    case ruleKeyInside(String, value: String?)
    case wantedFieldOf(String)
    case badDate(String)
    case neverRings(String)
    case levelNeedsKind(String)
    case timeInLevel(String)
    case lookupInLevel(String)
    case circularDerivation(String)
}

extension RuleProblem: DiagnosticFact {
    public var severity: Severity {
        switch self {
        case .hoursOnDate, .dateAgainstNow, .unknownWord, .repeatedOffset, .skipsShortMonths, .unusedTime,
            .shareAboveOne:
            .warning
        default: .error
        }
    }

    public var code: String {
        // The case's name is the stable code: `unknownKey` is `unknown_key`.
        let name = "\(self)".prefix { $0 != "(" }
        return name.reduce(into: "") { code, character in
            if character.isUppercase { code += "_" }
            code += character.lowercased()
        }
    }

    public func message(_ language: Language) -> String { language == .zh ? chinese.message : english.message }
    public func help(_ language: Language) -> String? { language == .zh ? chinese.help : english.help }
}
