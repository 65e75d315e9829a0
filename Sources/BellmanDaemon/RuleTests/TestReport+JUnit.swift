import Almanac
import BellmanRules
import SourceDiagnostics

extension RuleTestReport {
    /// The XML that continuous-integration servers read: a suite for each file, a failure where something came
    /// otherwise, an error where a file is wrong.
    public func junit(_ language: AlmanacLanguage) -> String {
        JUnitReport(words: RuleTestWording(language)).render(self)
    }
}

private struct JUnitReport {
    let words: RuleTestWording

    /// Columns of the table inside a failure's text.
    private static let width = 120

    func render(_ report: RuleTestReport) -> String {
        var suites: [(name: String, cases: [RuleTestResult])] = []
        for result in report.results {
            if suites.last?.name == result.place.file {
                suites[suites.count - 1].cases.append(result)
            } else {
                suites.append((result.place.file, [result]))
            }
        }
        var xml = #"<?xml version="1.0" encoding="UTF-8"?>"# + "\n"
        let broken = report.ruleProblems.count + report.unreadable.count
        xml += "<testsuites name=\"bellman test\" \(counts(report.results, faults: broken))>\n"
        for suite in suites { xml += self.suite(suite.name, suite.cases) }
        xml += faults(report)
        return xml + "</testsuites>\n"
    }

    private func counts(_ results: [RuleTestResult], faults: Int = 0) -> String {
        let failures = results.count { if case .failed = $0.state { true } else { false } }
        let errors = results.count { if case .wrong = $0.state { true } else { false } } + faults
        let seconds = results.reduce(0) { $0 + $1.seconds }
        return
            "tests=\"\(results.count + faults)\" failures=\"\(failures)\" errors=\"\(errors)\" time=\"\(time(seconds))\""
    }

    private func suite(_ name: String, _ cases: [RuleTestResult]) -> String {
        var xml = "  <testsuite name=\"\(escaped(name))\" \(counts(cases))>\n"
        for result in cases { xml += testcase(result) }
        return xml + "  </testsuite>\n"
    }

    private func testcase(_ result: RuleTestResult) -> String {
        let head =
            "    <testcase name=\"\(escaped(result.name))\" classname=\"\(escaped(result.place.file))\" "
            + "file=\"\(escaped(result.place.file))\" line=\"\(result.place.line)\" time=\"\(time(result.seconds))\""
        let renderer = TextRenderer(language: words.language == .zh ? .zh : .en)
        switch result.state {
        case .passed: return head + "/>\n"
        case .wrong(let problems):
            let message = problems.first?.fact.message(words.language == .zh ? .zh : .en) ?? ""
            return head + ">\n" + fault("error", message, type: "wrong_file", renderer.render(problems))
                + "    </testcase>\n"
        case .failed(let differences):
            let message = differences.first.map(words.heading) ?? ""
            let kind = differences.first?.kind.rawValue ?? ""
            let body = RuleTestTextReport(words: words, width: JUnitReport.width, color: false).body(of: result)
            return head + ">\n" + fault("failure", message, type: kind, body) + "    </testcase>\n"
        }
    }

    /// Rule files that are broken, and what could not be read: they must not be overlooked in a green build.
    private func faults(_ report: RuleTestReport) -> String {
        var cases = ""
        let language: Language = words.language == .zh ? .zh : .en
        for problem in report.ruleProblems {
            let name = "\(problem.file.name):\(problem.start.line)"
            cases += "    <testcase name=\"\(escaped(name))\" classname=\"\(escaped(problem.file.name))\">\n"
            cases += fault(
                "error", problem.fact.message(language), type: problem.fact.code,
                TextRenderer(language: language).render([problem]))
            cases += "    </testcase>\n"
        }
        for trouble in report.unreadable {
            cases += "    <testcase name=\"\(escaped(trouble.path))\" classname=\"\(escaped(trouble.path))\">\n"
            cases += fault("error", trouble.why, type: "unreadable", words.unreadable(trouble.path, trouble.why))
            cases += "    </testcase>\n"
        }
        let count = report.ruleProblems.count + report.unreadable.count
        guard count > 0 else { return "" }
        return "  <testsuite name=\"rules\" tests=\"\(count)\" failures=\"0\" errors=\"\(count)\" time=\"0\">\n"
            + cases + "  </testsuite>\n"
    }

    private func fault(_ element: String, _ message: String, type: String, _ body: String) -> String {
        "      <\(element) message=\"\(escaped(message))\" type=\"\(escaped(type))\">\(escaped(body))</\(element)>\n"
    }

    /// Milliseconds.
    private func time(_ seconds: Double) -> String {
        let thousandths = Int((seconds * 1_000).rounded())
        let rest = String(thousandths % 1_000 + 1_000).dropFirst()
        return "\(thousandths / 1_000).\(rest)"
    }

    /// XML 1.0 has no form for most control characters: they are left out.
    private func escaped(_ text: String) -> String {
        var out = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": out.append(contentsOf: "&amp;".unicodeScalars)
            case "<": out.append(contentsOf: "&lt;".unicodeScalars)
            case ">": out.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": out.append(contentsOf: "&quot;".unicodeScalars)
            case "\n", "\t": out.append(scalar)
            case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF: continue
            default: out.append(scalar)
            }
        }
        return String(out)
    }
}
