import Almanac
import ArgumentParser
import BellmanConnectors
import BellmanDaemon
import BellmanModel
import BellmanRules
import BellmanStore
import BellmanStoreSQLite

struct RecordsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "records", abstract: "Look at records and change them. RECORD is written kind/id.",
        discussion: "Example: bellman records list task", subcommands: [List.self, Show.self, Set.self, Delete.self])

    static func kind(_ name: String, _ instance: Instance) throws -> KindDefinition {
        let schema = instance.workshop.language.schema
        if let kind = schema.kind(name) { return kind }
        throw Failure(
            .wrong, "there is no kind of record “\(name)”; kinds: \(schema.kindNames.joined(separator: ", "))",
            "没有“\(name)”这种记录；现有：\(schema.kindNames.joined(separator: "、"))")
    }

    static func reference(_ text: String, _ instance: Instance) throws -> RecordRef {
        guard let ref = RecordRef(text) else {
            throw Failure(
                .usage, "“\(text)” is no record; write kind/id, such as task/T-1",
                "“\(text)”不是记录，请写成 kind/id，例如 task/T-1")
        }
        _ = try kind(ref.kind, instance)
        return ref
    }

    static func missing(_ ref: RecordRef) -> Failure {
        Failure(.wrong, "there is no record \(ref)", "没有记录 \(ref)")
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Records of a kind.", discussion: "Example: bellman records list contract --limit 20")
        @OptionGroup var global: GlobalOptions
        @OptionGroup var list: ListOptions
        @Argument(help: "task, contract, member, …", completion: Completing.kinds) var kind: String
        @Option(name: .long, help: "At most so many.") var limit = 1_000

        func run() async throws {
            let instance = try global.instance()
            Words.choose(instance.configuration.language)
            let definition = try RecordsCommand.kind(kind, instance)
            let zone = instance.configuration.timing.zone
            let shown =
                list.format == .table
                ? RecordsCommand.short(definition) : definition.fields
            var listing = Listing(
                [.init("id", "id")] + shown.enumerated().map { .init($1.name, $1.name, rank: $0) },
                nothing: Words.pick("no \(kind) records", "没有 \(kind) 记录"))
            try instance.store.read { view in
                var after: String?
                var left = limit
                while left > 0 {
                    let ids = try view.identifiers(kind: kind, after: after, limit: min(500, left))
                    guard let last = ids.last else { break }
                    for id in ids {
                        guard let record = try view.record(RecordRef(kind: kind, id: id)) else { continue }
                        listing.add([.string(id)] + shown.map { RecordsCommand.cell(record[$0.name], zone) })
                    }
                    left -= ids.count
                    after = last
                }
            }
            listing.show(list.format)
        }
    }

    static func isShort(_ field: FieldDefinition) -> Bool {
        switch field.type {
        case .text, .custom, .derived: false
        default: field.name != "source" && field.name != "url"
        }
    }

    /// Fields of a table: what the record is called, the date that it is kept for, and what stands first in its kind.
    static func short(_ kind: KindDefinition) -> [FieldDefinition] {
        let fields = kind.fields.filter { isShort($0) }
        let title = fields.filter { $0.name == kind.titleField }
        let date =
            fields.first { RecordsCommand.deadlines.contains($0.name) }
            ?? fields.first { [.date, .when, .instant].contains($0.type) }
        let first = title + [date].compactMap { $0 }
        let others = fields.filter { field in !first.contains { $0.name == field.name } }
        return Array((first + others).prefix(7))
    }

    /// What a deadline is called in the built-in kinds.
    private static let deadlines: Swift.Set = ["due", "expires_on", "ends_on", "close_on"]

    static func cell(_ value: FieldValue, _ zone: Zone) -> JSONValue {
        value == .null ? .null : .string(FieldText.text(value, zone: zone))
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "One record with all fields.", discussion: "Example: bellman records show task/T-1")
        @OptionGroup var global: GlobalOptions
        @OptionGroup var list: ListOptions
        @Argument(help: "kind/id") var record: String

        func run() async throws {
            let instance = try global.instance()
            Words.choose(instance.configuration.language)
            let ref = try RecordsCommand.reference(record, instance)
            let definition = try RecordsCommand.kind(ref.kind, instance)
            guard let found = try instance.store.read({ try $0.record(ref) }) else { throw RecordsCommand.missing(ref) }
            if list.format == .json {
                return Terminal.line(BellmanModel.JSONText.write(Exporter.json(found, kind: definition)))
            }
            let zone = instance.configuration.timing.zone
            var listing = Listing(
                [.init("field", Words.pick("field", "字段")), .init("value", Words.pick("value", "值"))], nothing: "")
            listing.add([.string("id"), .string(ref.id)])
            for field in definition.fields where found[field.name] != .null {
                listing.add([.string(field.name), RecordsCommand.cell(found[field.name], zone)])
            }
            listing.add([.string("created_at"), .string(found.createdAt.shown(in: zone))])
            listing.add([.string("updated_at"), .string(found.updatedAt.shown(in: zone))])
            listing.showLines(list.format)
        }
    }

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sets fields; makes the record when there is none. An empty value clears.",
            discussion: "Example: bellman records set task/T-1 status=进行中 due=2026-12-01")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "kind/id") var record: String
        @Argument(help: "field=value …") var fields: [String]

        func run() async throws {
            let instance = try global.instance()
            Words.choose(instance.configuration.language)
            let ref = try RecordsCommand.reference(record, instance)
            let definition = try RecordsCommand.kind(ref.kind, instance)
            var values: [String: FieldValue] = [:]
            for entry in fields {
                let (field, value) = try parse(entry, definition, instance)
                values[field] = value
            }
            let write = RecordWrite(ref: ref, fields: values, actor: CommandActor.name)
            let result = try instance.store.write([write], at: instance.present)
            instance.nudge()
            switch result.first {
            case .created: Terminal.line(Words.pick("created \(ref)", "已创建 \(ref)"))
            case .unchanged: Terminal.line(Words.pick("\(ref) is as it was", "\(ref) 没有变化"))
            default: Terminal.line(Words.pick("updated \(ref)", "已更新 \(ref)"))
            }
            guard ref.kind == "member" else { return }
            for problem in MemberTimeProblem.all(member: ref.id, fields: values) {
                Terminal.error(Words.warning + problem.words(Words.language))
            }
        }

        private func parse(_ entry: String, _ kind: KindDefinition, _ instance: Instance) throws -> (String, FieldValue)
        {
            guard let equals = entry.firstIndex(of: "=") else {
                throw Failure(.usage, "“\(entry)” wants field=value", "“\(entry)”要写成 字段=值")
            }
            let name = String(entry[..<equals])
            guard let field = kind.field(name) else {
                let names = kind.fields.map(\.name).joined(separator: ", ")
                throw Failure(
                    .wrong, "\(kind.name) has no field “\(name)”; fields: \(names)",
                    "\(kind.name) 没有字段“\(name)”；现有：\(names)")
            }
            let text = String(entry[entry.index(after: equals)...])
            do {
                return (name, try FieldParser(zone: instance.configuration.timing.zone).value(text, as: field.type))
            } catch {
                throw Failure(.wrong, "\(name): \(error.words(.en))", "\(name)：\(error.words(.zh))")
            }
        }
    }

    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Deletes a record; its history stays.", discussion: "Example: bellman records delete task/T-1")
        @OptionGroup var global: GlobalOptions
        @Argument(help: "kind/id") var record: String

        func run() async throws {
            let instance = try global.instance()
            Words.choose(instance.configuration.language)
            let ref = try RecordsCommand.reference(record, instance)
            let write = RecordWrite(ref: ref, operation: .delete, actor: CommandActor.name)
            guard try instance.store.write([write], at: instance.present).first == .deleted else {
                throw RecordsCommand.missing(ref)
            }
            instance.nudge()
            Terminal.line(Words.pick("deleted \(ref)", "已删除 \(ref)"))
        }
    }
}
