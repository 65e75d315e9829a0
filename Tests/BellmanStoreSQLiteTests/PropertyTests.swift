import Almanac
import BellmanModel
import BellmanStore
import BellmanStoreSQLite
import BellmanTesting
import Testing

/// Random writes against the plainest model there is: a dictionary.
@Suite struct PropertyTests {
    static let seeds: [UInt64] = [1, 20_261_001, 0xBE11]

    @Test(arguments: seeds)
    func recordsAreTheFoldOfTheirJournalAndIndexesAreExact(_ seed: UInt64) throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(
            path: folder.file("bellman.db"), role: .daemon, schema: StoreContract.schema, deriver: CancelByDeriver())
        var story = RandomStory(seed: seed)
        for round in 0..<30 {
            let at = StoreContract.start.adding(seconds: round * 60)
            let writes = (0..<40).map { _ in story.write() }
            let results = try store.write(writes, at: at)
            for (write, result) in zip(writes, results) { try story.follow(write, result) }
        }
        try store.read { view in
            try story.compareRecords(with: view)
            try story.compareJournal(with: view)
            try story.compareMoments(with: view)
            try story.compareReferrers(with: view)
        }
        #expect(try store.integrityProblems() == [])
    }
}

struct RandomStory {
    struct Differs: Error {
        let what: String
    }

    private var random: SeededRandom
    private(set) var records: [RecordRef: [String: FieldValue]] = [:]

    init(seed: UInt64) { random = SeededRandom(seed: seed) }

    mutating func write() -> RecordWrite {
        let kind = random.pick(["member", "task", "task", "contract", "project"])
        let ref = RecordRef(kind: kind, id: "\(random.int(1...15))")
        let operation: RecordWrite.Operation =
            switch random.int(0...9) {
            case 0: .delete
            case 1: .update
            case 2: .createIfAbsent
            default: .merge
            }
        return RecordWrite(ref: ref, operation: operation, fields: fields(kind), actor: "seed")
    }

    private mutating func fields(_ kind: String) -> [String: FieldValue] {
        var all: [String: FieldValue]
        switch kind {
        case "member": all = ["name": .string(name()), "email": .string("m\(random.int(1...6))@example.com")]
        case "task":
            all = ["assignee": .reference(text()), "due": moment(), "priority": .int(Int64(random.int(1...3)))]
        case "project": all = ["members": .list([.reference(text()), .reference(text())])]
        default: all = ["expires_on": .date(date()), "notice_period": period(), "owner": .reference(text())]
        }
        for key in all.keys.sorted() {
            if random.chance(30) { all[key] = nil } else if random.chance(15) { all[key] = .null }
        }
        return all
    }

    private mutating func name() -> String { random.pick(["王芳", "李雷", "韩梅梅", "7", "a\"b"]) }
    private mutating func date() -> CivilDate { CivilDate.epoch.adding(days: random.int(-20...20)) }
    private mutating func period() -> FieldValue {
        .period((try? Period.parse(random.pick(["P1M", "P30D"]))) ?? .zero)
    }

    private mutating func text() -> String {
        switch random.int(0...2) {
        case 0: "\(random.int(1...16))"
        case 1: name()
        default: "M\(random.int(1...7))@example.com"
        }
    }

    private mutating func moment() -> FieldValue {
        random.chance(50) ? .date(date()) : .instant(Instant(seconds: Int64(random.int(-99...99))))
    }

    // MARK: The model

    mutating func follow(_ write: RecordWrite, _ result: WriteResult) throws {
        let old = records[write.ref]
        var new = old
        switch (write.operation, old) {
        case (.delete, _): new = nil
        case (.createIfAbsent, .some), (.update, .none): break
        default:
            var fields = old ?? [:]
            for (name, value) in write.fields { fields[name] = value.isNull ? nil : value }
            new = fields
        }
        records[write.ref] = new
        let wanted: Bool =
            switch result {
            case .created: old == nil && new != nil
            case .updated: old != nil && old != new && new != nil
            case .unchanged: old != nil && old == new
            case .deleted: old != nil && new == nil
            case .missing: old == nil && new == nil
            case .conflict: false
            }
        guard wanted else { throw Differs(what: "\(write) gave \(result)") }
    }

    func compareRecords(with view: any EngineView) throws {
        for kind in ["member", "task", "contract", "project"] {
            let wanted = records.keys.filter { $0.kind == kind }.map(\.id).sorted()
            #expect(try view.identifiers(kind: kind, after: nil, limit: 1_000) == wanted)
            for id in wanted {
                let ref = RecordRef(kind: kind, id: id)
                #expect(try view.record(ref)?.fields == records[ref])
            }
        }
    }

    func compareJournal(with view: any EngineView) throws {
        var folded: [RecordRef: [String: FieldValue]] = [:]
        var byRecord: [RecordRef: [Int64]] = [:]
        for change in try view.changes(after: 0, limit: 100_000) {
            var fields = folded[change.ref] ?? [:]
            for field in change.fields {
                #expect(fields[field.name] ?? .null == field.old)
                fields[field.name] = field.new.isNull ? nil : field.new
            }
            folded[change.ref] = change.operation == .deleted ? nil : fields
            byRecord[change.ref, default: []].append(change.sequence)
        }
        #expect(folded == records)
        for (ref, sequences) in byRecord { #expect(try view.changes(of: ref, after: 0).map(\.sequence) == sequences) }
    }

    func compareMoments(with view: any EngineView) throws {
        let dates = CivilDate.epoch.adding(days: -5)...CivilDate.epoch.adding(days: 9)
        let instants = Instant(seconds: -50)...Instant(seconds: 50)
        try compare(view.moments(kind: "task", field: "due", dates: dates), with: moments("task") { $0["due"] }, dates)
        let timed: [IndexedMoment] = moments("task") { $0["due"] }.filter {
            if case .instant(let at) = $0.value { return instants.contains(at) }
            return false
        }
        #expect(Set(try view.moments(kind: "task", field: "due", instants: instants)) == Set(timed))
        let derived = moments("contract") {
            CancelByDeriver().derivedMoments(kind: "contract", fields: $0).first?.value
        }
        try compare(view.moments(kind: "contract", field: "cancel_by", dates: dates), with: derived, dates)
    }

    private func compare(_ found: [IndexedMoment], with all: [IndexedMoment], _ range: ClosedRange<CivilDate>) throws {
        var wanted: [(CivilDate, String)] = []
        for moment in all {
            if case .date(let date) = moment.value, range.contains(date) { wanted.append((date, moment.id)) }
        }
        wanted.sort { $0 < $1 }
        #expect(found.map(\.id) == wanted.map(\.1))
        #expect(found.map(\.value) == wanted.map { .date($0.0) })
    }

    private func moments(_ kind: String, _ value: ([String: FieldValue]) -> FieldValue?) -> [IndexedMoment] {
        records.filter { $0.key.kind == kind }.compactMap { ref, fields in
            switch value(fields) {
            case .date(let date): IndexedMoment(id: ref.id, value: .date(date))
            case .instant(let instant): IndexedMoment(id: ref.id, value: .instant(instant))
            default: nil
            }
        }
    }

    func compareReferrers(with view: any EngineView) throws {
        for (kind, field) in [("task", "assignee"), ("project", "members"), ("contract", "owner")] {
            for number in 1...16 {
                let target = RecordRef(kind: "member", id: "\(number)")
                let wanted = records.filter { ref, fields in
                    ref.kind == kind && texts(fields[field]).contains { resolve($0) == .found(target.id) }
                }
                let found = try view.referrers(kind: kind, field: field, target: target)
                #expect(found == wanted.keys.map(\.id).sorted(), "\(kind).\(field) → \(target)")
            }
        }
        for text in ["王芳", "7", "m3@EXAMPLE.com", "12", "nobody"] {
            #expect(try view.resolve(text, kind: "member") == resolve(text))
        }
    }

    private func texts(_ value: FieldValue?) -> [String] {
        switch value {
        case .reference(let text): [text]
        case .list(let elements): elements.flatMap { texts($0) }
        default: []
        }
    }

    private func resolve(_ text: String) -> Resolution {
        let members = records.filter { $0.key.kind == "member" }
        if members.keys.contains(where: { $0.id == text }) { return .found(text) }
        for (field, wanted) in [("email", text.lowercased()), ("name", text)] {
            let found = members.filter { $0.value[field] == .string(wanted) }.keys.map(\.id)
            if found.count == 1 { return .found(found[0]) }
            if found.count > 1 { return .ambiguous(count: found.count) }
        }
        return .nothing
    }
}
