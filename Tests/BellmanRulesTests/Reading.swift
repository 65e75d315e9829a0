import Almanac
import BellmanModel
import Foundation
import SourceDiagnostics
import Testing

@testable import BellmanRules

/// Reads rules the way the daemon does, with the record kinds that are built in.
enum Reading {
    static let language = RuleLanguage(schema: .builtIn)

    static let reader: RuleFileReader = {
        let zone = (try? Zone.named("Asia/Shanghai")) ?? .utc
        let timing = RuleTiming(zone: zone, calendar: .china, at: .nine)
        let defaults = RuleDefaults(
            timing: timing, language: .zh, currency: "CNY", channels: ["inbox", "mail", "chat"])
        return RuleFileReader(language: language, defaults: defaults)
    }()

    static func of(_ text: String, name: String = "rules.yaml") -> RuleFileReading {
        reader.read(SourceFile(name: name, text: text))
    }
}
