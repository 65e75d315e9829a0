import BellmanModel
import Testing

@Suite struct SchemaTests {
    @Test(arguments: [
        ("contract", "accounts", "account", "contract"), ("contract", "modules", "module", "contract"),
        ("project", "tasks", "task", "project"), ("project", "meetings", "meeting", "project"),
        ("member", "tasks", "task", "assignee"), ("member", "tasks_by_creator", "task", "creator"),
        ("member", "contracts", "contract", "owner"), ("member", "accounts", "account", "member"),
        ("member", "projects", "project", "members"), ("member", "managed_projects", "project", "manager"),
        ("member", "projects_by_creator", "project", "creator"), ("member", "reports", "member", "manager"),
        ("member", "members_by_department_head", "member", "department_head"),
        ("customer", "opportunities", "opportunity", "customer"), ("customer", "feedbacks", "feedback", "customer"),
        ("customer", "contacts", "contact", "customer"), ("customer", "projects", "project", "customer"),
        ("task", "subtasks", "task", "parent"),
    ])
    func referencesGiveLists(_ target: String, _ name: String, _ kind: String, _ field: String) {
        let wanted = ReverseList(name: name, target: target, sourceKind: kind, sourceField: field)
        #expect(Schema.builtIn.reverseList(name, of: target) == wanted)
    }

    @Test func everyReferenceHasExactlyOneList() {
        let references = Schema.builtIn.kinds.values.flatMap { kind in
            kind.fields.filter { $0.type.referencedKind != nil }.map { "\(kind.name).\($0.name)" }
        }
        let lists = Schema.builtIn.kindNames.flatMap { Schema.builtIn.reverseLists(of: $0) }
        #expect(lists.map { "\($0.sourceKind).\($0.sourceField)" }.sorted() == references.sorted())
    }

    @Test func noListHidesAField() {
        for kind in Schema.builtIn.kinds.values {
            for list in Schema.builtIn.reverseLists(of: kind.name) { #expect(kind.field(list.name) == nil) }
        }
    }

    @Test(arguments: [
        ("task", "tasks"), ("opportunity", "opportunities"), ("day", "days"), ("box", "boxes"), ("branch", "branches"),
        ("bus", "buses"), ("车辆", "车辆列表"),
    ])
    func plurals(_ kind: String, _ plural: String) {
        #expect(pluralOfKind(kind) == plural)
    }

    @Test func ownKindsReferToBuiltInOnes() {
        let vehicle = KindDefinition(
            name: "车辆", titleField: "name",
            fields: [
                FieldDefinition("driver", .reference(kind: "member")),
                FieldDefinition("owner", .reference(kind: "member")),
            ], closedWords: [])
        let schema = Schema(kinds: BuiltInKinds.all + [vehicle])
        #expect(schema.reverseList("车辆列表", of: "member")?.sourceField == "driver")
        #expect(schema.reverseList("车辆列表_by_owner", of: "member")?.sourceField == "owner")
    }
}
