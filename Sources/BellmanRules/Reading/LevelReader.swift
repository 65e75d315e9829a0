import Almanac
import BellmanModel
import CEL
import SourceDiagnostics

/// Reads `while` with `for` and `fresh`.
struct LevelReader {
    let file: RuleFileReader
    let gathering: GatheringReader.Reading?
    let sink: ProblemSink

    /// The kind of record in scope (none when records are gathered) and the trigger.
    func read(_ map: MappingReader) -> (String?, Trigger)? {
        guard let node = map.scalarNode("while"), let scalar = node.scalar else { return nil }
        let kind = gathering == nil ? subject(of: scalar.text) : nil
        guard gathering != nil || kind != nil else {
            sink.report(.levelNeedsKind(scalar.text), node.range)
            return nil
        }
        var shape = gathering?.shape ?? RuleScopeShape(kind: kind)
        shape.isTimeless = true
        let text = TextReader(language: file.language, environment: file.language.environment(shape), sink: sink)
        if let timed = LevelReader.words(scalar.text).first(where: { LevelReader.timeWords.contains($0.word) }) {
            sink.report(.timeInLevel(timed.word), scalar.fileRange(timed.range))
            return nil
        }
        for lookup in LevelReader.lookups(scalar.text) {
            sink.report(.lookupInLevel(lookup.word), scalar.fileRange(lookup.range))
            return nil
        }
        let span = positive(map, "for")
        let fresh = positive(map, "fresh")
        guard let expression = text.expression(node, expecting: .bool) else { return nil }
        text.refuseTime(expression, in: node)
        let aggregation = gathering == nil ? nil : Aggregation(expression)
        return (
            kind, .level(LevelTrigger(expression: expression, span: span, fresh: fresh, aggregation: aggregation))
        )
    }

    private func positive(_ map: MappingReader, _ key: String) -> Period? {
        guard let node = map.scalarNode(key), let text = node.scalar?.text else { return nil }
        return PeriodReader.positive(text, node, sink)
    }

    /// The kind whose name begins the first path of the expression.
    private func subject(of text: String) -> String? {
        LevelReader.words(text).map(\.word).first { file.language.schema.kind($0) != nil }
    }

    static let timeWords: Set<String> = ["now", "today", "days_until", "working_days_until"]

    /// Calls of functions that look somebody or something up: no change of a record that the expression names tells
    /// when their answer changes.
    static func lookups(_ text: String) -> [(word: String, range: SourceRange)] {
        let bytes = Array(text.utf8)
        return words(text).filter { word, range in
            guard ["member", "role", "reserve"].contains(word) else { return false }
            return bytes[range.end...].first { $0 != UInt8(ascii: " ") } == UInt8(ascii: "(")
        }
    }

    /// Names that are not behind a dot and not inside quotes.
    static func words(_ text: String) -> [(word: String, range: SourceRange)] {
        var found: [(word: String, range: SourceRange)] = []
        var at = 0
        var word = ""
        var quote: Character?
        var before: Character = " "
        var start: Character = " "
        for character in text + " " {
            if let open = quote {
                if character == open { quote = nil }
            } else if character.isLetter || character.isNumber || character == "_" {
                if word.isEmpty { start = before }
                word.append(character)
            } else {
                if !word.isEmpty, start != "." { found.append((word, SourceRange(at - word.utf8.count, at))) }
                word = ""
                if character == "\"" || character == "'" { quote = character }
            }
            before = character
            at += character.utf8.count
        }
        return found
    }
}
