import Almanac
import BellmanModel
import CEL

/// From a `call` step's template to the JSON that leaves.
extension RuleEvaluator {
    /// nil where the step has no body of its own. A value that is exactly one `{{ … }}` keeps its type; an empty one is
    /// null.
    public func body(_ action: CallAction, _ facts: FiringFacts) -> Result<JSONValue?, AssignmentFailure> {
        guard let template = action.body else { return .success(nil) }
        do { return .success(try json(template, facts)) } catch { return .failure(error) }
    }

    /// The words that a webhook channel would send beside.
    public func defaultMessage(_ facts: FiringFacts) -> RenderedMessage {
        let defaults = DefaultTexts(rule: rule, facts: facts, world: world)
        return RenderedMessage(
            title: RuleEvaluator.oneLine(defaults.title), text: defaults.text, links: defaults.links)
    }

    private func json(
        _ template: CallAction.BodyTemplate, _ facts: FiringFacts
    ) throws(AssignmentFailure) -> JSONValue {
        switch template {
        case .null: return .null
        case .array(let items):
            var values: [JSONValue] = []
            for item in items { values.append(try json(item, facts)) }
            return .array(values)
        case .object(let members):
            var pairs: [(String, JSONValue)] = []
            for member in members { pairs.append((member.key, try json(member.value, facts))) }
            return .fields(pairs)
        case .value(let template):
            do throws(CELFailure) {
                guard let expression = template.single else { return .string(try plain(template, facts)) }
                switch evaluate(expression, facts) {
                case .success(let value): return json(value)
                case .failure(let failure):
                    if failure.emptyPath != nil { return .null }
                    throw failure
                }
            } catch {
                throw AssignmentFailure(text: "body: \(error.message(language))")
            }
        }
    }

    /// Dates and instants as ISO 8601, money as its number, a record as its id.
    private func json(_ value: CELValue) -> JSONValue {
        switch value {
        case .null: .null
        case .bool(let value): .bool(value)
        case .int(let value): .int(value)
        case .uint(let value): Int64(exactly: value).map(JSONValue.int) ?? .double(Double(value))
        case .double(let value): value.isFinite ? .double(value) : .null
        case .string(let text): .string(text)
        case .timestamp(let stamp): .string(stamp.instant.iso)
        case .list(let list): .array(list.elements.map(json))
        case .map(let map):
            .fields(
                zip(map.keys, map.values).map { key, value in
                    (key.stringValue ?? ValueText(world).text(key), json(value))
                })
        case .object(let object): .string((object as? RecordObject)?.record.ref.id ?? object.typeName)
        case .optional(let optional): json(optional.value ?? .null)
        case .opaque(let opaque): json(opaque)
        case .duration, .bytes, .type: .string(ValueText(world).text(value))
        }
    }

    private func json(_ value: any CELOpaque) -> JSONValue {
        switch value {
        case let date as DateValue: .string(date.date.description)
        case let money as MoneyValue: .double(money.amount.value)
        case let period as PeriodValue: .string(period.period.canonical)
        default: .string(value.text)
        }
    }
}
