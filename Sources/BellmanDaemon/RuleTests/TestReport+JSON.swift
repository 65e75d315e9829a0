import Almanac
import BellmanModel
import BellmanRules
import SourceDiagnostics

extension RuleTestReport {
    /// For programs: one object.
    public func json(_ language: AlmanacLanguage) -> String {
        let object = JSONValue.fields([
            ("passed", .int(Int64(passed))), ("failed", .int(Int64(failed))),
            ("tests", .array(results.map { json($0, language) })),
            ("rule_problems", .array(ruleProblems.map { problem($0, language) })),
            (
                "unreadable",
                .array(unreadable.map { .fields([("path", .string($0.path)), ("why", .string($0.why))]) })
            ),
        ])
        return BellmanModel.JSONText.write(object, indent: 2) + "\n"
    }

    private func json(_ result: RuleTestResult, _ language: AlmanacLanguage) -> JSONValue {
        var members: [(String, JSONValue)] = [
            ("file", .string(result.place.file)), ("line", .int(Int64(result.place.line))),
            ("name", .string(result.name)), ("state", .string(result.state.word)),
            ("seconds", .double(result.seconds)),
        ]
        switch result.state {
        case .passed: break
        case .wrong(let problems): members.append(("problems", .array(problems.map { problem($0, language) })))
        case .failed(let differences): members.append(("differences", .array(differences.map(json))))
        }
        if !result.remarks.isEmpty {
            members.append(("warnings", .array(result.remarks.map { problem($0, language) })))
        }
        if !result.troubles.isEmpty { members.append(("troubles", .array(result.troubles.map(JSONValue.string)))) }
        return .fields(members)
    }

    private func json(_ difference: TestDifference) -> JSONValue {
        .fields([
            ("kind", .string(difference.kind.rawValue)),
            ("line", difference.line.map { .int(Int64($0)) } ?? .null),
            ("reason", .string(difference.reason)),
            (
                "fields",
                .array(
                    difference.rows.map { row in
                        .fields([
                            ("field", .string(row.field)), ("expected", .string(row.expected)),
                            ("came", .string(row.came)), ("differs", .bool(row.differs)),
                        ])
                    })
            ),
        ])
    }

    private func problem(_ diagnostic: Diagnostic, _ language: AlmanacLanguage) -> JSONValue {
        let words: Language = language == .zh ? .zh : .en
        return .fields([
            ("file", .string(diagnostic.file.name)), ("line", .int(Int64(diagnostic.start.line))),
            ("column", .int(Int64(diagnostic.start.column))), ("severity", .string(diagnostic.severity.rawValue)),
            ("code", .string(diagnostic.fact.code)), ("message", .string(diagnostic.fact.message(words))),
            ("help", diagnostic.fact.help(words).map(JSONValue.string) ?? .null),
        ])
    }
}

extension RuleTestResult.State {
    /// For programs.
    public var word: String {
        switch self {
        case .passed: "passed"
        case .failed: "failed"
        case .wrong: "wrong"
        }
    }
}
