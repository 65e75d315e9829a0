import Almanac
import BellmanModel
import CEL

/// `date("2026-01-31")`, and the day of an instant in the rule's zone.
enum DateLiterals {
    static var all: [CELFunction] {
        [
            CELFunction("date", overload: "date(string)", parameters: [.string], result: HostType.date) {
                values, _ throws(CELFailure) in
                let text = values[0].stringValue ?? ""
                guard let date = CivilDate(iso: text) else {
                    throw CELFailure(
                        .host(
                            code: "bad_date", english: "“\(text)” is no date; write it as 2026-01-31",
                            chinese: "“\(text)”不是日期，请写成 2026-01-31"))
                }
                return .opaque(DateValue(date))
            }
        ]
            + [CELType.timestamp, HostType.when, HostType.date].map { type in
                CELFunction("date", overload: "date(\(type))", parameters: [type], result: HostType.date) {
                    values, context throws(CELFailure) in
                    .opaque(DateValue(try DateFunctions.day(values[0], context)))
                }
            }
    }
}
