import Almanac
import BellmanModel

/// One row as read, typed: either whole or not at all.
struct TypedRow: Sendable, Hashable {
    let id: String
    /// The id was made from the row's contents.
    let derivedID: Bool
    let fields: [String: FieldValue]
}

/// Turns the cells of a row, or the members of an object, into typed fields.
struct RowTyper: Sendable {
    let kind: KindDefinition
    let parser: FieldParser
    private let identity: RowIdentity

    init(kind: KindDefinition, parser: FieldParser) {
        self.kind = kind
        self.parser = parser
        identity = RowIdentity(kind: kind)
    }

    var identifyingFields: [String] { identity.fields }

    func type(_ row: DelimitedRow, mapping: ColumnMapping) throws(RejectReason) -> TypedRow {
        var draft = Draft()
        draft.fields.reserveCapacity(mapping.targets.count)
        for index in mapping.targets.indices {
            let target = mapping.targets[index]
            if case .ignored = target { continue }
            // A short row has been refused before; an empty cell clears its field.
            let text = CellGuard.opened(row[index])
            switch target {
            case .id: takeID(text, column: mapping.titles[index], &draft)
            case .field(let field, let hints):
                do throws(FieldProblem) {
                    draft.take(try value(text, field: field, hints: hints), for: field.name)
                } catch {
                    draft.reasons.append(.field(column: mapping.titles[index], error))
                }
            case .custom(let name): draft.takeCustom(name, text)
            case .ignored: break
            }
        }
        return try finish(draft)
    }

    func type(_ object: JSONObject, targets: (String) -> ColumnMapping.Target) throws(RejectReason) -> TypedRow {
        var draft = Draft()
        for member in object.members {
            switch targets(member.key) {
            case .id: takeID(json: member.value, column: member.key, &draft)
            case .field(let field, let hints):
                if draft.fields[field.name] != nil { draft.reasons.append(.twoValues(field: field.name)) }
                do throws(FieldProblem) {
                    draft.take(try value(member.value, field: field, hints: hints), for: field.name)
                } catch {
                    draft.reasons.append(.field(column: member.key, error))
                }
            case .custom(let name):
                if !member.value.isNull { draft.custom[name] = FieldParser.untyped(member.value) }
            case .ignored: break
            }
        }
        return try finish(draft)
    }

    private func value(_ text: String, field: FieldDefinition, hints: ColumnHints) throws(FieldProblem) -> FieldValue {
        if let word = ValueWords.value(text, kind: kind.name, field: field.name) { return word }
        return try parser.value(text, as: field.type, hints: hints)
    }

    private func value(_ json: JSONValue, field: FieldDefinition, hints: ColumnHints) throws(FieldProblem)
        -> FieldValue
    {
        if let text = json.stringValue, let word = ValueWords.value(text, kind: kind.name, field: field.name) {
            return word
        }
        return try parser.value(json, as: field.type)
    }

    private func takeID(_ text: String, column: String, _ draft: inout Draft) {
        let id = TextNarrowing.trim(text)
        guard !id.isEmpty else { return }
        if CellGuard.hasLostDigits(id) { draft.reasons.append(.badID(id)) }
        draft.id = id
    }

    private func takeID(json: JSONValue, column: String, _ draft: inout Draft) {
        switch json {
        case .null: break
        case .string(let text): takeID(text, column: column, &draft)
        case .int(let number): draft.id = String(number)
        default: draft.reasons.append(.field(column: column, .wrongType(expected: .string, found: json.typeName)))
        }
    }

    private func finish(_ draft: Draft) throws(RejectReason) -> TypedRow {
        var draft = draft
        guard draft.reasons.isEmpty else {
            throw draft.reasons.count == 1 ? draft.reasons[0] : .several(draft.reasons)
        }
        if !draft.custom.isEmpty {
            if case .map(let map)? = draft.fields["custom"] { draft.custom.merge(map) { old, _ in old } }
            draft.fields["custom"] = .map(draft.custom)
        }
        if let id = draft.id { return TypedRow(id: id, derivedID: false, fields: draft.fields) }
        guard let id = identity.id(draft.fields) else { throw .noIdentity(fields: identity.fields) }
        return TypedRow(id: id, derivedID: true, fields: draft.fields)
    }

    /// What a row has given so far.
    private struct Draft {
        var id: String?
        var fields: [String: FieldValue] = [:]
        var custom: [String: FieldValue] = [:]
        var reasons: [RejectReason] = []

        /// Repeated columns of a list add up.
        mutating func take(_ value: FieldValue, for field: String) {
            guard case .list(let more) = value, case .list(let old)? = fields[field] else {
                // An empty repetition takes nothing away.
                if value.isNull, fields[field] != nil { return }
                fields[field] = value
                return
            }
            fields[field] = .list(old + more)
        }

        mutating func takeCustom(_ name: String, _ text: String) {
            guard !text.utf8.allSatisfy({ $0 <= 0x20 }) else { return }
            if case .string(let old)? = custom[name] {
                custom[name] = .string(old + "; " + text)
            } else {
                custom[name] = .string(text)
            }
        }
    }
}

/// Guards against what spreadsheets do to cells.
enum CellGuard {
    /// Characters that make a spreadsheet take a cell for a formula (OWASP: CSV injection).
    private static let starters: Set<UInt8> = [61, 43, 45, 64, 9, 13]

    /// `'` in front of a text that would be taken for a formula; undone by `opened`.
    static func closed(_ text: String) -> String { startsFormula(text) ? "'" + text : text }

    static func opened(_ text: String) -> String {
        guard text.utf8.first == 39, startsFormula(text) else { return text }
        return String(text.dropFirst())
    }

    /// Apostrophes in front do not count, so that closing a closed text can be undone too.
    private static func startsFormula(_ text: String) -> Bool {
        guard let first = text.utf8.first(where: { $0 != 39 }) else { return false }
        return starters.contains(first)
    }

    /// `1.21143E+15`.
    static func hasLostDigits(_ text: String) -> Bool {
        guard let mark = text.firstIndex(of: "E"), let first = text.utf8.first, (48...57).contains(first) else {
            return false
        }
        let (head, tail) = (text[..<mark], text[text.index(after: mark)...])
        return head.allSatisfy { $0.isASCII && ($0.isNumber || $0 == ".") } && tail.hasPrefix("+")
            && tail.dropFirst().allSatisfy { $0.isASCII && $0.isNumber }
    }
}
