import Almanac
import BellmanConnectors
import BellmanModel
import Testing

@Suite struct ColumnMappingTests {
    static func kind(_ name: String) throws -> KindDefinition { try #require(Schema.builtIn.kind(name)) }

    static func columns(_ header: [String], kind name: String, explicit: [String: String] = [:]) throws -> [String:
        String]
    {
        let mapping = try ColumnMapping.resolve(header: header, kind: try kind(name), explicit: explicit)
        return Dictionary(mapping.columnsByField.map { ($0.field, $0.column) }) { old, _ in old }
    }

    /// Headers as the trackers write them.
    static let headers: [(kind: String, header: [String], expected: [String: String])] = [
        (
            "task",
            [
                "Summary", "Issue key", "Issue id", "Status", "Project key", "Project name", "Priority", "Assignee",
                "Reporter", "Resolved", "Due date", "Labels", "Labels", "Parent",
            ],
            [
                "title": "Summary", "id": "Issue key", "status": "Status", "project": "Project name",
                "priority": "Priority", "assignee": "Assignee", "creator": "Reporter", "closed_at": "Resolved",
                "due": "Due date", "labels": "Labels", "parent": "Parent",
            ]
        ),
        (
            "task",
            [
                "Task ID", "Created At", "Completed At", "Last Modified", "Name", "Section/Column", "Assignee",
                "Assignee Email", "Start Date", "Due Date", "Tags", "Notes", "Projects", "Parent task",
            ],
            [
                "id": "Task ID", "closed_at": "Completed At", "title": "Name", "status": "Section/Column",
                "assignee": "Assignee", "starts_on": "Start Date", "due": "Due Date", "labels": "Tags", "note": "Notes",
                "project": "Projects", "parent": "Parent task",
            ]
        ),
        (
            "task",
            [
                "Card ID", "Card Name", "Card URL", "Card Description", "Labels", "Members", "Due Date", "List Name",
                "Board Name",
            ],
            [
                "id": "Card ID", "title": "Card Name", "url": "Card URL", "note": "Card Description",
                "labels": "Labels", "assignee": "Members", "due": "Due Date", "status": "List Name",
                "project": "Board Name",
            ]
        ),
        (
            "task",
            [
                "#", "Project", "Parent task", "Status", "Priority", "Subject", "Author", "Assignee", "Start date",
                "Due date", "% Done",
            ],
            [
                "id": "#", "project": "Project", "parent": "Parent task", "status": "Status", "priority": "Priority",
                "title": "Subject", "creator": "Author", "assignee": "Assignee", "starts_on": "Start date",
                "due": "Due date", "progress": "% Done",
            ]
        ),
        (
            "task",
            ["Unique ID", "Name", "Start", "Finish", "Resource Names", "% Complete", "Milestone", "Notes", "Summary"],
            [
                "id": "Unique ID", "title": "Name", "starts_on": "Start", "due": "Finish", "assignee": "Resource Names",
                "progress": "% Complete", "milestone": "Milestone", "note": "Notes",
            ]
        ),
        (
            "task",
            [
                "Title", "Description", "Issue ID", "URL", "State", "Author", "Assignee", "Due Date", "Labels",
                "Closed At (UTC)",
            ],
            [
                "title": "Title", "note": "Description", "id": "Issue ID", "url": "URL", "status": "State",
                "creator": "Author", "assignee": "Assignee", "due": "Due Date", "labels": "Labels",
                "closed_at": "Closed At (UTC)",
            ]
        ),
        (
            "task", ["任务名称", "负责人", "开始日期", "截止日期", "进度", "状态", "优先级", "任务ID", "父任务ID", "所属项目", "里程碑"],
            [
                "title": "任务名称", "assignee": "负责人", "starts_on": "开始日期", "due": "截止日期", "progress": "进度",
                "status": "状态", "priority": "优先级", "id": "任务ID", "parent": "父任务ID", "project": "所属项目",
                "milestone": "里程碑",
            ]
        ),
        (
            "task", ["编号", "所属项目", "任务名称", "优先级", "预计开始", "截止日期", "任务状态", "指派给", "由谁创建", "实际完成", "进度"],
            [
                "id": "编号", "project": "所属项目", "title": "任务名称", "priority": "优先级", "starts_on": "预计开始", "due": "截止日期",
                "status": "任务状态", "assignee": "指派给", "creator": "由谁创建", "closed_at": "实际完成", "progress": "进度",
            ]
        ),
        (
            "task", ["标题", "执行者", "截止时间", "标签", "项目"],
            ["title": "标题", "assignee": "执行者", "due": "截止时间", "labels": "标签", "project": "项目"]
        ),
        (
            "task", ["概要", "经办人", "报告人", "到期日", "问题关键字"],
            ["title": "概要", "assignee": "经办人", "creator": "报告人", "due": "到期日", "id": "问题关键字"]
        ),
        (
            "contract", ["合同编号", "合同名称", "供应商", "负责人", "金额", "到期日期", "自动续费", "通知期", "席位"],
            [
                "id": "合同编号", "name": "合同名称", "vendor": "供应商", "owner": "负责人", "amount": "金额", "expires_on": "到期日期",
                "auto_renew": "自动续费", "notice_period": "通知期", "seats": "席位",
            ]
        ),
        (
            "contract",
            [
                "Contract Number", "Contract Name", "Supplier", "Contract Value", "Expiry Date", "Auto-Renew",
                "Licenses",
            ],
            [
                "id": "Contract Number", "name": "Contract Name", "vendor": "Supplier", "amount": "Contract Value",
                "expires_on": "Expiry Date", "auto_renew": "Auto-Renew", "seats": "Licenses",
            ]
        ),
        (
            "member", ["工号", "姓名", "手机号", "邮箱", "部门", "直属上级", "职位"],
            [
                "id": "工号", "name": "姓名", "phone": "手机号", "email": "邮箱", "department": "部门", "manager": "直属上级",
                "role": "职位",
            ]
        ),
        (
            "account", ["User", "Email", "Status", "Last sign-in"],
            ["login": "User", "status": "Status", "last_active": "Last sign-in"]
        ),
        ("customer", ["客户名称", "客户经理", "最近联系时间"], ["name": "客户名称", "owner": "客户经理", "last_contact": "最近联系时间"]),
        (
            "project", ["项目名称", "项目经理", "开始日期", "结束日期", "预算"],
            ["name": "项目名称", "manager": "项目经理", "starts_on": "开始日期", "ends_on": "结束日期", "budget": "预算"]
        ),
        ("contract", ["expires_on", "Ｎａｍｅ"], ["expires_on": "expires_on", "name": "Ｎａｍｅ"]),
    ]

    @Test(arguments: headers.indices) func knowsTheHeader(_ index: Int) throws {
        let (kind, header, expected) = Self.headers[index]
        let found = try Self.columns(header, kind: kind)
        for (field, column) in expected { #expect(found[field] == column, "\(kind).\(field)") }
        #expect(found.count == expected.count, "\(kind): \(found)")
    }

    /// A title stands for one field of a kind, else its meaning hung on the order of fields.
    @Test func everyBuiltInFieldsOwnNameIsKnown() throws {
        for kind in BuiltInKinds.all {
            for field in kind.fields {
                if case .derived = field.type { continue }
                #expect(
                    try Self.columns(["id", field.name], kind: kind.name)[field.name] == field.name,
                    "\(kind.name).\(field.name)")
            }
        }
    }

    @Test func theRestGoesToCustom() throws {
        let mapping = try ColumnMapping.resolve(header: ["title", "工时", ""], kind: try Self.kind("task"))
        #expect(mapping.targets.suffix(2) == [.custom("工时"), .custom("column 3")])
        #expect(mapping.notes.contains(.toCustom(["工时", "column 3"])))
    }

    @Test func explicitMapsWin() throws {
        let found = try Self.columns(["A", "负责人", "截止日期"], kind: "task", explicit: ["title": "A", "creator": "负责人"])
        #expect(found == ["title": "A", "creator": "负责人", "due": "截止日期"])
    }

    @Test func problemsComeAllAtOnceWithRemedies() throws {
        let error = #expect(throws: ImportProblem.self) {
            try Self.columns(["标题", "负责人", "经办人"], kind: "task", explicit: ["titel": "标题", "due": "标提"])
        }
        #expect(
            error
                == .several([
                    .unknownColumn("标提", nearest: "标题"), .unknownField("titel", kind: "task", nearest: "title"),
                    .twoColumns(field: "assignee", columns: ["负责人", "经办人"]),
                ]))
        let words = try #require(error).words(.zh)
        #expect(words.contains("--map assignee=负责人"))
        #expect(words.contains("是否指 title"))
        #expect(throws: ImportProblem.noKnownColumn(kind: "task", header: ["x", "y"])) {
            try Self.columns(["x", "y"], kind: "task")
        }
    }
}
