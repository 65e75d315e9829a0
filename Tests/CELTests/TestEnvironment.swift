import Foundation
import SourceDiagnostics

@testable import CEL

enum TestEnvironment {
    /// Zones from the system's database, as hosts provide them.
    static let zoneOffset: CELEnvironment.ZoneOffset = { zone, seconds in
        guard zone.contains("/") || ["CET", "EST", "GMT", "MST", "HST", "EET", "MET", "WET"].contains(zone) else {
            return nil
        }
        return TimeZone(identifier: zone)?.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
    }

    static let complete: [CELLibrary] = CELLibrary.promised(zoneOffset: zoneOffset) + CELLibrary.rare

    static func make(
        variables: [String: CELType] = [:], types: any CELTypeProvider = CELNoTypes(), adding: [CELLibrary] = [],
        container: String = "",
        limits: CELLimits = CELLimits()
    ) -> CELEnvironment {
        CELEnvironment(
            libraries: complete + adding, types: types, variables: variables, container: container, limits: limits)
    }

    static func run(_ text: String, _ environment: CELEnvironment = make(), _ values: [String: CELValue] = [:])
        -> Result<CELValue, CELFailure>
    {
        guard let program = environment.compile(text).program else {
            let problems = environment.compile(text).problems.map { $0.problem.message(.en) }
            return .failure(CELFailure(.host(code: "problems", english: problems.joined(separator: "; "), chinese: "")))
        }
        var activation = CELActivation(environment)
        for (name, value) in values { activation.set(name, value) }
        return program.evaluate(activation, context: CELContext())
    }

    /// The value as text, or `error: …`.
    static func answer(_ text: String, _ environment: CELEnvironment = make(), _ values: [String: CELValue] = [:])
        -> String
    {
        switch run(text, environment, values) {
        case .success(let value): value.text
        case .failure(let failure): "error: " + failure.message(.en)
        }
    }
}
