import BellmanModel

/// `why`, asked by the API: what the engine knows comes in as JSON, made where the rules are.
public struct WhyAsked: Sendable, Hashable {
    public let rule: String
    /// `kind/id`, an id or a name; nil for a schedule without records.
    public let record: String?
    /// A time or a date, as written.
    public let at: String?
    public init(rule: String, record: String?, at: String?) {
        self.rule = rule
        self.record = record
        self.at = at
    }
}

/// Why there is no answer, in the asked language.
public enum WhyRefusal: Error, Sendable, Hashable {
    /// There is no such rule or record.
    case unknown(String)
    /// A parameter that cannot be so.
    case bad(parameter: String, value: String, words: String)
}

/// Why a rule rang, or did not.
struct WhyHandlers: Sendable {
    let answer: ServerDependencies.Why

    func why(_ call: Call) throws -> Reply {
        let query = call.head.query
        func given(_ name: String) -> String? { query[name].flatMap { $0.isEmpty ? nil : $0 } }
        guard let rule = given("rule") else {
            throw ServerFailure.badQuery(
                name: "rule", value: "", good: call.language.pick(en: "name a rule", zh: "请写明规则"))
        }
        let asked = WhyAsked(rule: rule, record: given("record"), at: given("at"))
        do { return .json(try answer(asked, call.language)) } catch let refusal as WhyRefusal {
            throw refusal.failure
        }
    }
}

extension WhyRefusal {
    var failure: ServerFailure {
        switch self {
        case .unknown(let words): .noExplanation(words)
        case .bad(let parameter, let value, let words): .badQuery(name: parameter, value: value, good: words)
        }
    }
}
