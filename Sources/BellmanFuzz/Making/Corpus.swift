import Foundation

/// Inputs that exist: shipped rules, wrong files of the tests, old crashers, and the shared expressions where they are.
public struct Corpus: Sendable {
    private var rules: [[UInt8]] = []
    private var expressions: [[UInt8]] = []
    private var templates: [[UInt8]] = []

    public init() {}

    /// - Parameter root: the folder of the package.
    /// - Parameter shared: the folder of shared test data, `BELLMAN_SHARED`.
    public init(root: URL, shared: URL?) {
        for folder in ["rules", "Tests/BellmanRulesTests/Wrong"] {
            for bytes in Self.files(root.appending(path: folder), ending: ".yaml") { addRule(bytes) }
        }
        for target in FuzzTarget.allCases {
            for bytes in Self.files(Self.crashers(root, target), ending: "") { add(bytes, target) }
        }
        guard let shared else { return }
        let cases = Self.text(shared.appending(path: "data/cel/conformance.jsonl"))
        for line in cases.split(separator: "\n") {
            let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            if let text = object?["expr"] as? String { expressions.append(Array(text.utf8)) }
        }
        for line in Self.text(shared.appending(path: "data/cel/edge-values.txt")).split(separator: "\n")
        where line.hasPrefix("=== ") { expressions.append(Array(line.utf8.dropFirst(4))) }
    }

    public static func crashers(_ root: URL, _ target: FuzzTarget) -> URL {
        root.appending(path: "Tests/BellmanFuzzTests/Crashers").appending(path: target.rawValue)
    }

    /// Files of a folder in order of their names.
    public static func files(_ folder: URL, ending: String) -> [[UInt8]] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.sorted().filter { $0.hasSuffix(ending) }.compactMap { name in
            (try? Data(contentsOf: folder.appending(path: name))).map { [UInt8]($0) }
        }
    }

    private static func text(_ url: URL) -> String {
        (try? Data(contentsOf: url)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    private mutating func add(_ bytes: [UInt8], _ target: FuzzTarget) {
        switch target {
        case .rules: rules.append(bytes)
        case .template: templates.append(bytes)
        default: expressions.append(bytes)
        }
    }

    /// A rule file holds expressions and templates too.
    private mutating func addRule(_ bytes: [UInt8]) {
        rules.append(bytes)
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
            guard let colon = line.range(of: ": ") else { continue }
            let value = Array(line[colon.upperBound...].utf8)
            if line[..<colon.lowerBound].hasSuffix("if") || line[..<colon.lowerBound].hasSuffix("unless") {
                expressions.append(value)
            } else if line.contains("{{") {
                templates.append(value)
            }
        }
    }

    func inputs(for target: FuzzTarget) -> [[UInt8]] {
        switch target {
        case .rules: rules
        case .template: templates + expressions.map { Array("{{ ".utf8) + $0 + Array(" }}".utf8) }
        default: expressions
        }
    }
}
