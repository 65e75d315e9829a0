/// The record kinds that every installation has (design: record kinds).
///
/// `created_at` and `updated_at` are kept by the store for every kind and are not listed; `closed` and `open` follow
/// from `status`.
public enum BuiltInKinds {
    public static let all: [KindDefinition] = people + work + purchases + sales + paperwork

    static let people: [KindDefinition] = [
        kind(
            "member", "name",
            [
                .init("name", .string), .init("email", .string), .init("phone", .string), .init("department", .string),
                .init("dingtalk_id", .string), .init("wecom_id", .string), .init("feishu_id", .string),
                .init("slack_id", .string), .init("teams_id", .string), .init("telegram_id", .string),
                .init("manager", .reference(kind: "member"), reverse: "reports"),
                .init("department_head", .reference(kind: "member")),
                .init("role", .string), .init("active", .bool), .init("left_on", .date), .init("timezone", .string),
                .init("quiet_hours", .string),
            ])
    ]

    static let work: [KindDefinition] = [
        kind(
            "project", "name",
            [
                .init("name", .string), .init("status", .string), .init("pattern", .string), .init("channel", .string),
                .init("creator", .reference(kind: "member")),
                .init("manager", .reference(kind: "member"), reverse: "managed_projects"),
                .init("members", .list(.reference(kind: "member")), reverse: "projects"),
                .init("customer", .reference(kind: "customer")),
                .init("starts_on", .date), .init("ends_on", .date), .init("progress", .share),
                .init("budget", .money), .init("spent", .money),
            ]),
        kind(
            "goal", "title",
            [
                .init("title", .string), .init("measure", .string), .init("owner", .reference(kind: "member")),
                .init("project", .reference(kind: "project")), .init("due", .date), .init("status", .string),
            ], closed: ClosedWords.goal),
        kind("task", "title", taskFields),
        kind(
            "risk", "title",
            [
                .init("title", .string), .init("status", .string), .init("project", .reference(kind: "project")),
                .init("owner", .reference(kind: "member")), .init("probability", .int), .init("impact", .int),
                .init("reviewed_on", .date), .init("score", .derived("risk.probability * risk.impact")),
            ], closed: ClosedWords.risk),
        kind(
            "meeting", "title",
            [
                .init("title", .string), .init("location", .string), .init("project", .reference(kind: "project")),
                .init("starts_at", .instant), .init("duration", .duration),
                .init("attendees", .list(.reference(kind: "member"))),
            ]),
    ]

    private static let taskFields: [FieldDefinition] = [
        .init("title", .string), .init("status", .string), .init("waiting_for", .string), .init("note", .text),
        .init("assignee", .reference(kind: "member"), reverse: "tasks"), .init("creator", .reference(kind: "member")),
        .init("project", .reference(kind: "project")), .init("parent", .reference(kind: "task"), reverse: "subtasks"),
        .init("priority", .int), .init("labels", .list(.string)), .init("starts_on", .date), .init("due", .when),
        .init("progress", .share), .init("milestone", .bool), .init("closed_at", .instant),
        .init("overdue", .derived("task.due != null && task.due < today && task.open")),
    ]

    static let purchases: [KindDefinition] = [
        kind(
            "contract", "name",
            [
                .init("name", .string), .init("vendor", .string), .init("product", .string),
                .init("department", .string), .init("status", .string), .init("document", .string),
                .init("price_terms", .string), .init("version", .string), .init("owner", .reference(kind: "member")),
                .init("amount", .money), .init("last_amount", .money), .init("currency", .string), .init("seats", .int),
                .init("starts_on", .date), .init("expires_on", .date), .init("renewed_on", .date),
                .init("auto_renew", .bool), .init("notice_period", .duration), .init("usage", .share),
                .init("measured_on", .date),
                .init("cancel_by", .derived("contract.expires_on.minus(contract.notice_period)")),
            ], closed: ClosedWords.contract),
        kind(
            "module", "name",
            [
                .init("name", .string), .init("contract", .reference(kind: "contract")), .init("usage", .share),
                .init("measured_on", .date),
            ]),
        kind(
            "account", "login",
            [
                .init("login", .string), .init("status", .string), .init("contract", .reference(kind: "contract")),
                .init("member", .reference(kind: "member")), .init("last_active", .instant), .init("expires_on", .date),
                .init("access", .string),
            ], closed: ClosedWords.account),
        kind(
            "material", "name",
            [
                .init("name", .string), .init("unit", .string), .init("project", .reference(kind: "project")),
                .init("buyer", .reference(kind: "member")), .init("stock", .double), .init("minimum", .double),
            ]),
        kind(
            "budget", "department",
            [
                .init("department", .string), .init("period", .string), .init("reserve", .money),
            ]),
    ]

    static let sales: [KindDefinition] = [
        kind(
            "customer", "name",
            [
                .init("name", .string), .init("email", .string), .init("status", .string),
                .init("owner", .reference(kind: "member")), .init("last_contact", .instant),
            ], closed: ClosedWords.customer),
        kind(
            "opportunity", "title",
            [
                .init("title", .string), .init("status", .string), .init("waiting_for", .string),
                .init("customer", .reference(kind: "customer")), .init("owner", .reference(kind: "member")),
                .init("amount", .money), .init("close_on", .date),
            ], closed: ClosedWords.opportunity),
        kind(
            "contact", "summary",
            [
                .init("customer", .reference(kind: "customer")), .init("by", .reference(kind: "member")),
                .init("at", .instant), .init("channel", .string), .init("summary", .text),
            ]),
        kind(
            "feedback", "text",
            [
                .init("customer", .reference(kind: "customer")), .init("text", .text),
                .init("responsible", .reference(kind: "member")), .init("answered_at", .instant),
                .init("status", .string),
            ], closed: ClosedWords.feedback),
    ]

    static let paperwork: [KindDefinition] = [
        kind(
            "document", "title",
            [
                .init("title", .string), .init("version", .string), .init("location", .string),
                .init("project", .reference(kind: "project")), .init("owner", .reference(kind: "member")),
            ]),
        kind(
            "approval", "subject",
            [
                .init("subject", .string), .init("question", .text), .init("approver", .reference(kind: "member")),
                .init("choices", .list(.string)), .init("escalated_to", .list(.reference(kind: "member"))),
                .init("decision", .string), .init("decided_by", .reference(kind: "member")),
                .init("decided_at", .instant), .init("comment", .text), .init("rule", .string),
                .init("firing", .string),
            ]),
    ]

    /// Fields that every kind has besides its own, own kinds too.
    public static let common: [FieldDefinition] = [
        .init("source", .string), .init("url", .string), .init("custom", .custom),
    ]

    private static func kind(
        _ name: String, _ title: String, _ fields: [FieldDefinition], closed: Set<String> = ClosedWords.general
    ) -> KindDefinition {
        KindDefinition(name: name, titleField: title, fields: fields + common, closedWords: closed)
    }
}

extension Schema {
    /// The kinds without any configuration.
    public static let builtIn = Schema(kinds: BuiltInKinds.all)
}
