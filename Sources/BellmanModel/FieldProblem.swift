import Almanac

/// Why a text (or JSON value) is no value of a field's type. Worded in `FieldWording.swift`.
public indirect enum FieldProblem: Error, Sendable, Hashable {
    case notADate(String)
    /// An address with a line break or another control character in it.
    case brokenAddress(String)
    /// Month 13, or day 30 of February: `lastDay` is the month's last day, nil where the month itself is impossible.
    case impossibleDate(String, lastDay: CivilDate?)
    /// `03/04/2026`: day or month first?
    case ambiguousDate(String)
    /// `8月6日`.
    case dateWithoutYear(String)
    case notAnInstant(String)
    case impossibleTime(String)
    case notANumber(String)
    case notWhole(String)
    case outOfRange(String)
    /// `1.21143E+15`: a spreadsheet has cut the digits.
    case lostDigits(String)
    case notAShare(String)
    /// Above 1 without a percent sign: `30`.
    case shareWithoutPercent(String)
    case notABool(String)
    case notMoney(String)
    case notADuration(String)
    case notOneOf(String, words: [String])
    case notAnObject(String)
    /// The field is computed.
    case derived
    case wrongType(expected: FieldType, found: String)
    /// An item of a list, counted from 1.
    case item(Int, FieldProblem)
    case badJSON(JSONProblem)
}
