import CEL
import Foundation
import SourceDiagnostics
import Testing

/// The example of docs/cel.md, compiled and run; the test holds both texts together.
@Suite struct ReadmeExampleTests {
    static func example() -> [String] {
        var lines: [String] = []
        // example
        let initials = CELFunction("initials", isMember: true, parameters: [.string], result: .string) { v, _ in
            .string(String((v[0].stringValue ?? "").split(separator: " ").compactMap(\.first)))
        }
        var limits = CELLimits()
        limits.cost = 10_000
        let environment = CELEnvironment.standard(
            adding: [CELLibrary(name: "mine", functions: [initials])],
            variables: ["name": .string, "tags": .list(.string)], limits: limits)

        let compilation = environment.compile("name.initials() == 'AL' && tags.exists(t, t == \"x\")", expecting: .bool)
        for issue in compilation.problems { lines.append(issue.problem.message(.en)) }

        var activation = CELActivation(environment)
        activation.set("name", .string("Ada Lovelace"))
        activation.set("tags", .list([.string("y")]))
        if let program = compilation.program {
            let explanation = program.explain(activation, context: CELContext())
            for step in explanation.steps { lines.append("\(step.range.start): \(step.result)") }
            lines.append("\(program.evaluate(activation, context: CELContext()))")
        }
        // end
        return lines
    }

    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static let pages = ["docs/cel.md", "docs/cel.zh-CN.md"]

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }

    private static func part(_ text: String, from start: String, to end: String) -> [String] {
        let lines = text.components(separatedBy: "\n").map { ($0, $0.trimmingCharacters(in: .whitespaces)) }
        guard let first = lines.firstIndex(where: { $0.1 == start }) else { return [] }
        return lines[(first + 1)...].prefix { $0.1 != end }.map(\.0)
    }

    @Test func theExampleRuns() {
        let lines = Self.example()
        #expect(lines.contains("0: success(\"AL\")"))
        #expect(lines.last == "success(false)")
    }

    @Test(arguments: pages) func thePageShowsTheExample(_ page: String) throws {
        let source = try Self.text("Tests/CELTests/ReadmeExampleTests.swift")
        let code = Self.part(source, from: "// example", to: "// end")
        let shown = Self.part(try Self.text(page), from: "```swift", to: "```").filter { !$0.hasPrefix("import ") }
        let indent = "        "
        let plain = code.map { $0.hasPrefix(indent) ? String($0.dropFirst(indent.count)) : $0 }
            .map { $0.replacing("lines.append(", with: "print(") }
        #expect(Array(shown.drop { $0.isEmpty }) == plain)
        #expect(!plain.isEmpty)
    }

    /// Macros by the set that switches them on.
    static let macros: [CELMacroSet: [String]] = [
        .standard: ["has", "all", "exists", "exists_one", "map", "filter"], .optional: ["optMap", "optFlatMap"],
        .twoVariable: [
            "all", "exists", "existsOne", "exists_one", "transformList", "transformMap", "transformMapEntry",
        ],
        .bindings: ["cel.bind"], .block: ["cel.block"], .math: ["math.greatest", "math.least"], .lists: ["sortBy"],
    ]

    /// The table of libraries names every function there is and no other.
    @Test(arguments: pages) func thePageNamesEveryFunction(_ page: String) throws {
        let rows = try Self.text(page).components(separatedBy: "\n").filter { $0.hasPrefix("| **") }
        var named: [String: Set<String>] = [:]
        for row in rows {
            let cells = row.components(separatedBy: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            let words = cells[2].components(separatedBy: "`").enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
            // Syntax such as `[?key]` is no function.
            named[cells[1].replacing("*", with: "")] = Set(words.filter { $0.first?.isLetter ?? false })
        }
        let libraries = CELLibrary.promised { _, _ in nil } + CELLibrary.rare
        #expect(named.count == libraries.count)
        for library in libraries {
            let functions = library.functions.map(\.name).filter { !$0.contains("_") && !$0.contains("@") }
            let macros = library.macros.flatMap { Self.macros[$0] ?? [] }
            #expect(named[library.name] == Set(functions + macros), "\(page): \(library.name)")
        }
    }

    /// Whatever a host can use says what it is.
    @Test func everyPublicNameIsDocumented() throws {
        let folder = Self.root.appendingPathComponent("Sources/CEL")
        let walk = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        for case let url as URL in walk ?? .init() where url.pathExtension == "swift" {
            var before = ""
            for line in try String(contentsOf: url, encoding: .utf8).components(separatedBy: "\n") {
                let code = line.trimmingCharacters(in: .whitespaces)
                if code.hasPrefix("public ") || code.hasPrefix("open "), !code.hasPrefix("public protocol Sendable") {
                    #expect(before.hasPrefix("///") || before.hasPrefix("@"), "\(url.lastPathComponent): \(code)")
                }
                before = code
            }
        }
    }
}
