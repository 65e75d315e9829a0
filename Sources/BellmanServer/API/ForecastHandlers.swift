import Almanac
import BellmanModel

/// What is to come, for programs.
struct ForecastHandlers: Sendable {
    static let standardDays = 30
    static let mostDays = 366

    let answer: @Sendable (ForecastAsked, AlmanacLanguage) throws -> JSONValue

    func forecast(_ call: Call) throws -> Reply {
        let query = call.head.query
        func given(_ name: String) -> String? { query[name].flatMap { $0.isEmpty ? nil : $0 } }
        var days = ForecastHandlers.standardDays
        if let text = given("days") {
            guard let number = Int(text), (1...ForecastHandlers.mostDays).contains(number) else {
                let good = call.language.pick(
                    en: "a number from 1 to \(ForecastHandlers.mostDays)", zh: "请写 1 到 \(ForecastHandlers.mostDays) 的整数"
                )
                throw ServerFailure.badQuery(name: "days", value: text, good: good)
            }
            days = number
        }
        let rules = query.pairs.filter { $0.name == "rule" && !$0.value.isEmpty }.map(\.value)
        let asked = ForecastAsked(days: days, rules: rules, person: given("person"))
        do { return .json(try answer(asked, call.language)) } catch let refusal as WhyRefusal {
            throw refusal.failure
        }
    }
}
