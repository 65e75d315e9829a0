import Almanac
import BellmanModel
import Foundation
import SourceDiagnostics
import Testing

@testable import BellmanRules

/// Reads rules the way the daemon does, with the record kinds that are built in.
enum Reading {
    static let language = RuleLanguage(schema: Schema(kinds: BuiltInKinds.all + [vehicle]))

    /// A kind of its own, as a configuration adds one.
    private static let vehicle = KindDefinition(
        name: "vehicle", titleField: "name",
        fields: [
            FieldDefinition("name", .string), FieldDefinition("driver", .reference(kind: "member")),
            FieldDefinition("inspection_due", .date), FieldDefinition("状态", .enumeration(["在用", "维修", "停用"])),
        ], closedWords: ["停用"])

    static let reader: RuleFileReader = {
        let zone = (try? Zone.named("Asia/Shanghai")) ?? .utc
        let timing = RuleTiming(zone: zone, calendar: .china, at: .nine)
        let defaults = RuleDefaults(
            timing: timing, language: .zh, currency: "CNY", channels: ["inbox", "mail", "chat"],
            endpoints: ["create-invoice"])
        return RuleFileReader(language: language, defaults: defaults)
    }()

    static func of(_ text: String, name: String = "rules.yaml") -> RuleFileReading {
        reader.read(SourceFile(name: name, text: text))
    }
}
