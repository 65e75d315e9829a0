import Almanac
import BellmanModel
import BellmanStore

/// A field whose values have rows of their own.
struct IndexedField: Sendable {
    let name: String
    let slot: Int64
}

/// What the store must know of a kind to write and read its records, worked out once at opening.
struct KindPlan: Sendable {
    let name: String
    let number: Int64
    let types: [String: FieldType]
    let titleField: String
    let references: [IndexedField]
    let moments: [IndexedField]
    /// Fields of which it is kept when they were last written.
    let measured: Set<String>
    /// Slots of derived fields; the deriver says which of them are dates.
    let derived: [String: Int64]
    /// Something refers to the kind, so its e-mails and titles are kept for resolution.
    let isReferenced: Bool
    let hasEmail: Bool

    init(kind: KindDefinition, isReferenced: Bool, slots: [SlotName: Int64]) {
        func indexed(_ keep: (FieldDefinition) -> Bool) -> [IndexedField] {
            kind.fields.filter(keep).compactMap { field in
                slots[SlotName(kind: kind.name, field: field.name)].map { IndexedField(name: field.name, slot: $0) }
            }
        }
        name = kind.name
        number = slots[SlotName(kind: kind.name, field: "")] ?? 0
        types = Dictionary(kind.fields.map { ($0.name, $0.type) }, uniquingKeysWith: { $1 })
        titleField = kind.titleField
        measured = Set(kind.fields.filter(\.type.isMeasured).map(\.name))
        references = indexed { SlotName.isReference($0, of: kind.name) }
        moments = indexed { $0.type.isMoment }
        let computed = kind.fields.filter(SlotName.isDerived).map(\.name) + kind.shiftedMomentNames
        derived = Dictionary(
            computed.compactMap { field in slots[SlotName(kind: kind.name, field: field)].map { (field, $0) } },
            uniquingKeysWith: { $1 })
        self.isReferenced = isReferenced
        hasEmail = kind.field("email") != nil
    }

    func slot(ofMoment field: String) -> Int64? {
        moments.first { $0.name == field }?.slot ?? derived[field]
    }

    func slot(ofReference field: String) -> Int64? { references.first { $0.name == field }?.slot }
}

/// A kind (empty field) or one of its indexed fields.
struct SlotName: Hashable, Comparable {
    let kind: String
    let field: String

    static func < (a: SlotName, b: SlotName) -> Bool { (a.kind, a.field) < (b.kind, b.field) }

    /// The role of a member is looked up as often as a reference and is kept with them.
    static func isReference(_ field: FieldDefinition, of kind: String) -> Bool {
        field.type.referencedKind != nil || (kind == "member" && field.name == "role")
    }

    static func isDerived(_ field: FieldDefinition) -> Bool {
        if case .derived = field.type { return true }
        return false
    }

    static func needed(by kind: KindDefinition) -> [SlotName] {
        let fields = kind.fields.filter { isReference($0, of: kind.name) || $0.type.isMoment || isDerived($0) }
        let names = [""] + fields.map(\.name) + kind.shiftedMomentNames
        return names.map { SlotName(kind: kind.name, field: $0) }
    }
}

/// The rows that a record has in the indexes.
struct IndexRows: Equatable {
    struct Handle: Hashable {
        let text: String
        let isEmail: Bool

        var hash: Int64 { Handle.hash(text) }

        /// FNV-1a (draft-eastlake-fnv), cut to 47 bits so that SQLite keeps it in six bytes. Equal hashes of different
        /// texts do no harm.
        static func hash(_ text: String) -> Int64 {
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325
            for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
            return Int64(hash >> 17)
        }
    }
    struct Reference: Hashable {
        let slot: Int64
        let text: String
    }
    struct Moment: Hashable {
        let slot: Int64
        let type: Int64
        let value: Int64
    }

    static let dateType: Int64 = 0
    static let instantType: Int64 = 1

    private(set) var handles: [Handle] = []
    private(set) var references: [Reference] = []
    private(set) var moments: [Moment] = []

    static let none = IndexRows()

    private init() {}

    init(plan: KindPlan, fields: [String: FieldValue], deriver: any MomentDeriver) {
        if plan.isReferenced { addHandles(plan, fields) }
        for field in plan.references {
            guard let value = fields[field.name] else { continue }
            addReferences(value, slot: field.slot)
        }
        for field in plan.moments {
            guard let value = fields[field.name] else { continue }
            addMoment(value, slot: field.slot)
        }
        guard !plan.derived.isEmpty else { return }
        for moment in deriver.derivedMoments(kind: plan.name, fields: fields) {
            guard let slot = plan.derived[moment.field] else { continue }
            addMoment(moment.value, slot: slot)
        }
    }

    private mutating func addHandles(_ plan: KindPlan, _ fields: [String: FieldValue]) {
        if plan.hasEmail, case .string(let email) = fields["email"], !email.isEmpty {
            handles.append(Handle(text: IndexRows.folded(email), isEmail: true))
        }
        if case .string(let title) = fields[plan.titleField], !title.isEmpty {
            handles.append(Handle(text: title, isEmail: false))
        }
    }

    private mutating func addReferences(_ value: FieldValue, slot: Int64) {
        switch value {
        case .reference(let text), .string(let text):
            let row = Reference(slot: slot, text: IndexRows.folded(text))
            if !references.contains(row) { references.append(row) }
        case .list(let elements):
            for element in elements { addReferences(element, slot: slot) }
        default: break
        }
    }

    private mutating func addMoment(_ value: FieldValue, slot: Int64) {
        let row: Moment
        switch value {
        case .date(let date):
            row = Moment(slot: slot, type: IndexRows.dateType, value: Int64(date.daysSinceEpoch))
        case .instant(let instant):
            row = Moment(slot: slot, type: IndexRows.instantType, value: instant.microseconds)
        default: return
        }
        if !moments.contains(row) { moments.append(row) }
    }

    /// E-mail addresses are compared without regard to case, all other texts as they are.
    static func folded(_ text: String) -> String {
        text.utf8.contains(0x40) ? text.lowercased() : text
    }
}
