import BellmanModel

extension SchemaWriter {
    /// What a plain scalar may be after an editor has read it.
    static let scalar: JSONValue = ["string", "number", "boolean"]
    static let scalarOrNull: JSONValue = ["string", "number", "boolean", "null"]

    /// The members of the schema for one shape.
    func shape(_ shape: KeyShape) -> [(String, JSONValue)] {
        switch shape {
        case .text, .template, .literal, .expression: return [("type", SchemaWriter.scalar)]
        case .zone, .calendar, .every, .rule, .date, .instant: return [("type", "string")]
        // Editors that keep to YAML 1.1 read 17:30 as a number.
        case .time: return [("type", ["string", "integer"]), ("examples", ["09:00"])]
        case .bool: return [("enum", [true, false, "true", "false", "True", "False", "TRUE", "FALSE"])]
        case .identifier: return [("type", ["string", "integer"]), ("pattern", "^[a-z0-9][a-z0-9-]*$")]
        case .cron: return [("type", "string"), ("pattern", "^\\s*(@\\w+|\\S+(\\s+\\S+){4})\\s*$")]
        case .limit:
            let units = "minute|hour|day|week|month|quarter|year|working day|分钟|小时|天|日|周|月|季度|年|个?工作日"
            return [
                ("type", "string"), ("pattern", .string("^[0-9]+ +per +([0-9P一二两三半]|\(units))")),
                ("examples", ["1 per 7 days"]),
            ]
        case .period: return [("$ref", "#/$defs/period")]
        case .count(let limit):
            return [("anyOf", [["type": "integer", "minimum": 1, "maximum": .int(Int64(limit))], digits])]
        case .words(let words): return [("enum", .array(words.map(JSONValue.string)))]
        case .secret: return [("type", "string"), ("pattern", "^\\$\\{(env|file|credential):.+\\}$")]
        case .kind, .storedPath, .momentPath, .channel, .fields, .periodOrField: return named(shape)
        case .any: return []
        case .message:
            let texts: JSONValue = [
                "type": "object",
                "properties": ["zh": ["type": SchemaWriter.scalar], "en": ["type": SchemaWriter.scalar]],
                "additionalProperties": false,
            ]
            return [("anyOf", [["type": SchemaWriter.scalar], texts])]
        default: return compound(shape)
        }
    }

    private func compound(_ shape: KeyShape) -> [(String, JSONValue)] {
        switch shape {
        case .block(let owner): return [("$ref", reference(owner)["$ref"] ?? .null)]
        case .list(let inner): return [("type", "array"), ("items", .fields(self.shape(inner)))]
        case .oneOrMany(.block(let owner)):
            return [
                ("type", ["object", "array"]), ("if", ["type": "array"]),
                ("then", ["items": reference(owner), "minItems": 1]), ("else", reference(owner)),
            ]
        case .oneOrManyOrNone(let inner):
            let one = JSONValue.fields(self.shape(inner))
            return [("anyOf", [one, ["type": "array", "items": one]])]
        case .oneOrMany(let inner):
            let one = JSONValue.fields(self.shape(inner))
            return [("anyOf", [one, ["type": "array", "items": one, "minItems": 1]])]
        case .named(let inner): return [("type", "object"), ("additionalProperties", .fields(self.shape(inner)))]
        case .either(let one, let other): return [("anyOf", [.fields(self.shape(one)), .fields(self.shape(other))])]
        default: return []
        }
    }

    private var digits: JSONValue { ["type": "string", "pattern": "^[0-9]+$"] }

    // MARK: names of this installation

    private func named(_ shape: KeyShape) -> [(String, JSONValue)] {
        let schema = language.schema
        switch shape {
        case .kind: return words(schema.kindNames)
        case .channel: return channels.isEmpty ? [("type", SchemaWriter.scalar)] : words(channels)
        case .storedPath:
            return words(schema.kindNames + paths { kind in kind.fields.filter { !$0.type.isDerived }.map(\.name) })
        case .momentPath: return words(paths(language.momentFields))
        case .fields: return [("$ref", "#/$defs/fields")]
        default:
            let own = paths { kind in kind.fields.filter { $0.type == .duration }.map(\.name) }
            return [("anyOf", [["$ref": "#/$defs/period"], ["enum": .array(own.map(JSONValue.string))]])]
        }
    }

    private func words(_ names: [String]) -> [(String, JSONValue)] { [("enum", .array(names.map(JSONValue.string)))] }

    private func paths(_ fields: (KindDefinition) -> [String]) -> [String] {
        language.schema.kindNames.flatMap { name in
            (language.schema.kind(name).map(fields) ?? []).map { "\(name).\($0)" }
        }
    }

    /// Fields of whichever kind: the kind of a `set` is told by the trigger, which a schema cannot follow.
    var anyFields: JSONValue {
        var names: Set<String> = []
        for kind in language.schema.kindNames {
            for field in language.schema.kind(kind)?.fields ?? [] where !field.type.isDerived {
                names.insert(field.name)
            }
        }
        return [
            "type": "object", "propertyNames": ["enum": .array(names.sorted().map(JSONValue.string))],
            "additionalProperties": ["type": SchemaWriter.scalarOrNull],
        ]
    }

    // MARK: durations

    /// A number or numeral in front, a unit at the end; or ISO 8601. What stands between is left to the reader.
    var period: JSONValue {
        [
            "type": "string",
            "pattern": .string(
                "^\\s*(P[0-9TYMWDHS.]+|[0-9０-９零〇一二两三四五六七八九十百千半A-Za-z].*(\(SchemaWriter.units)))\\s*$"),
            "examples": ["3 days", "3 working days", "3 个工作日", "P3D"],
        ]
    }

    private static let units: String = {
        let english = [
            "year", "yr", "quarter", "month", "week", "day", "workday", "hour", "hr", "minute", "min", "second", "sec",
        ]
        // No flag for letter case can be written into a pattern.
        let folded = english.map { word in word.map { "[\($0.uppercased())\($0)]" }.joined() + "[Ss]?" }
        let chinese = [
            "年", "季度", "月", "周", "星期", "礼拜", "天", "日", "工作日", "工作天", "小时", "钟头", "时", "分钟", "分", "秒钟", "秒",
        ]
        return (folded + chinese).joined(separator: "|")
    }()
}
