import Almanac
import BellmanModel

/// What people ask before and after they trust a rule. Words are in the language that was asked in; what cannot be
/// answered is a `WhyRefusal`.
public struct TrustDependencies: Sendable {
    /// `GET /v1/forecast`: one object.
    public var forecast: @Sendable (ForecastAsked, AlmanacLanguage) throws -> JSONValue
    /// Why a rule rang or did not, in lines.
    public var why: @Sendable (WhyAsked, AlmanacLanguage) throws -> [String]
    /// What would be different with other rule texts.
    public var whatIf: @Sendable (_ text: String, AlmanacLanguage) throws -> WhatIfAnswer

    public init(
        forecast: @escaping @Sendable (ForecastAsked, AlmanacLanguage) throws -> JSONValue,
        why: @escaping @Sendable (WhyAsked, AlmanacLanguage) throws -> [String],
        whatIf: @escaping @Sendable (String, AlmanacLanguage) throws -> WhatIfAnswer
    ) {
        self.forecast = forecast
        self.why = why
        self.whatIf = whatIf
    }
}

/// A forecast, asked by the API.
public struct ForecastAsked: Sendable, Hashable {
    public let days: Int
    /// None means all.
    public let rules: [String]
    /// Id, name or mail address.
    public let person: String?

    public init(days: Int, rules: [String], person: String?) {
        self.days = days
        self.rules = rules
        self.person = person
    }
}

/// What came of pasted rules.
public struct WhatIfAnswer: Sendable, Hashable {
    /// What `bellman check` says of the text; empty where all is well.
    public let problems: String
    /// The plan, as `bellman plan` shows it; nil where the text cannot be used.
    public let plan: String?

    public init(problems: String, plan: String?) {
        self.problems = problems
        self.plan = plan
    }
}
