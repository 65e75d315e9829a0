import Almanac
import BellmanModel

/// One JSON object to a typed write: whole, or refused with every fault at once. Pure.
struct RecordTyper: Sendable {
    let kind: KindDefinition
    let parser: FieldParser

    static let longestID = 200
    /// Kept by the store. What was read may be sent back, so they are passed over instead of refused.
    static let keptFields: Set<String> = ["created_at", "updated_at", RecordJSON.versionKey]

    struct Typed: Sendable, Hashable {
        let id: String
        let fields: [String: FieldValue]
    }

    /// `pathID` is given where the address names the record.
    func type(_ object: JSONObject, pathID: String? = nil) throws(ServerFailure) -> Typed {
        var faults: [FieldFault] = []
        var fields: [String: FieldValue] = [:]
        let id = identifier(object["id"], pathID: pathID, faults: &faults)
        for member in object.members where member.key != "id" && !RecordTyper.keptFields.contains(member.key) {
            do throws(FieldFault) {
                fields[member.key] = try value(member)
            } catch {
                faults.append(error)
            }
        }
        guard faults.isEmpty, let id else { throw .badRecord(faults) }
        return Typed(id: id, fields: fields)
    }

    private func value(_ member: JSONObject.Member) throws(FieldFault) -> FieldValue {
        guard let field = kind.field(member.key) else {
            let names = kind.fields.map(\.name) + ["id"]
            let nearest = NearestName.of(member.key, among: names)
            throw FieldFault(field: member.key, fact: .unknown(kind: kind.name, nearest: nearest))
        }
        do throws(FieldProblem) {
            return try parser.value(member.value, as: field.type)
        } catch {
            throw FieldFault(field: member.key, fact: .value(error))
        }
    }

    private func identifier(_ json: JSONValue?, pathID: String?, faults: inout [FieldFault]) -> String? {
        let text: String?
        switch json {
        case nil: text = pathID
        case .string(let sent): text = sent
        case .int(let number): text = String(number)
        case .some(let other):
            faults.append(FieldFault(field: "id", fact: .idNotText(found: other.typeName)))
            return nil
        }
        guard let text else {
            faults.append(FieldFault(field: "id", fact: .idMissing))
            return nil
        }
        if let pathID, !pathID.utf8.elementsEqual(text.utf8) {
            faults.append(FieldFault(field: "id", fact: .idDiffers(path: pathID)))
            return nil
        }
        if let fact = RecordTyper.fault(id: text) {
            faults.append(FieldFault(field: "id", fact: fact))
            return nil
        }
        return text
    }

    static func fault(id: String) -> FieldFault.Fact? {
        if id.utf8.count > longestID { return .idTooLong(limit: longestID) }
        let hasControl = id.unicodeScalars.contains { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) }
        let isBad = id.isEmpty || hasControl || id.first == " " || id.last == " "
        return isBad ? .idBadText : nil
    }
}
