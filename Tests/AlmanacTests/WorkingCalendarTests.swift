import Foundation
import Testing

@testable import Almanac

@Suite struct WorkingCalendarTests {
    struct Case: Decodable {
        enum Result: Decodable {
            case date(String)
            case truth(Bool)
            init(from decoder: any Decoder) throws {
                let box = try decoder.singleValueContainer()
                if let value = try? box.decode(Bool.self) { self = .truth(value) } else { self = .date(try box.decode(String.self)) }
            }
        }
        let id, date, calendar, op, family: String
        let n: Int?
        let result: Result
    }
    struct Facts: Decodable {
        struct Year: Decodable {
            let off, work: [String: String]
        }
        let years: [String: Year]
    }

    @Test(.enabled(if: SharedData.isPresent, "\(SharedData.absent)"))
    func sharedWorkdays() throws {
        var tally = Tally()
        for item in try SharedData.records("workdays.jsonl", as: Case.self) {
            let calendar = try #require(WorkingCalendar.named(item.calendar))
            let date = try #require(CivilDate(iso: item.date))
            let got: String
            switch item.op {
            case "offset": got = calendar.adding(workingDays: item.n!, to: date).description
            case "nth_of_month":
                got = calendar.nthWorkday(item.n!, year: date.year, month: date.month)?.description ?? "none"
            case "roll_back": got = calendar.rolledBack(date).description
            case "roll_forward": got = calendar.rolledForward(date).description
            default: got = "\(calendar.isWorkday(date))"
            }
            let want: String = switch item.result { case .date(let text): text; case .truth(let value): "\(value)" }
            tally.add("\(item.family) \(item.op)", got == want, "\(item): got \(got)")
        }
        print("workdays.jsonl:", tally.report)
        #expect(tally.misses.isEmpty, "\(tally.misses.joined(separator: "\n"))")
    }

    @Test(.enabled(if: SharedData.isPresent, "\(SharedData.absent)"))
    func builtInTableHoldsTheFacts() throws {
        let facts = try JSONDecoder().decode(Facts.self, from: SharedData.bytes("cn-holidays.json"))
        #expect(ChinaHolidays.off.map(\.description) == facts.years.values.flatMap(\.off.keys).sorted())
        #expect(ChinaHolidays.work.map(\.description) == facts.years.values.flatMap(\.work.keys).sorted())
        #expect(WorkingCalendar.china.coveredYears == facts.years.keys.compactMap { Int($0) }.sorted())
    }
}
