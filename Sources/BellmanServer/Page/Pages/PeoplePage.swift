import Almanac
import BellmanModel
import BellmanStore

/// Members with what is open in their hands, and whether they can be reached.
struct PeoplePage {
    static let membersPerPage = 25
    /// Records of one sort that are looked at for one member.
    static let mostHoldings = 200
    static let shownItems = 8

    struct Holding {
        let record: Record
        let title: String
        let due: CivilDate?
        let isOverdue: Bool
    }

    struct Person {
        let record: Record
        let holdings: [Holding]
        let isCut: Bool
    }

    let context: PageContext
    let people: [Person]
    let channelTypes: Set<String>
    let next: String?
    private var words: PageWords { context.words }

    func html() -> HTML {
        let pager = Pieces.pager(context, parameter: "after", next: next, nextWords: words.further)
        guard !people.isEmpty else {
            return Pieces.empty(
                words("No members.", "还没有成员。"),
                words("Import them with: bellman import members.csv", "可用 bellman import members.csv 导入")) + pager
        }
        return "<ul class=\"people\">\(HTML.each(people, card))</ul>\(pager)"
    }

    private func card(_ person: Person) -> HTML {
        let record = person.record
        let name = record.text("name")
        let department = record.text("department")
        let overdue = person.holdings.count(where: \.isOverdue)
        let isGone = record["active"] == .bool(false)
        return """
            <li class="card \(isGone ? "gone" : "plain")">
            <div class="line"><h2 dir="auto">\(name.isEmpty ? record.ref.id : name)</h2>\
            \(HTML.when(!department.isEmpty, "<span class=\"dim\" dir=\"auto\">\(department)</span>"))\
            \(HTML.when(isGone, Pieces.badge(.plain, words("left", "已离开"))))</div>
            <p class="load">\(load(person, overdue: overdue))</p>
            \(reach(record))\(items(person))</li>
            """
    }

    private func load(_ person: Person, overdue: Int) -> HTML {
        let count = PageNumbers.grouped(person.holdings.count) + (person.isCut ? "+" : "")
        let open: HTML =
            person.holdings.isEmpty ? "\(words("nothing open", "没有未完事项"))" : "<b>\(count)</b> \(words("open", "项未完"))"
        let late: HTML = .when(
            overdue > 0, " \(Pieces.badge(.bad, words("\(overdue) overdue", "\(overdue) 项逾期")))")
        return open + late
    }

    // MARK: Addresses

    private static let addresses: [(type: String, fields: [String])] = [
        ("email", ["email"]), ("dingtalk", ["dingtalk_id", "phone"]), ("wecom", ["wecom_id", "phone"]),
        ("feishu", ["feishu_id"]), ("slack", ["slack_id"]), ("teams", ["teams_id", "email"]),
        ("telegram", ["telegram_id"]),
    ]

    /// Which ways there are to this person; those of configured channels that lack an address are marked.
    private func reach(_ record: Record) -> HTML {
        let ways = HTML.each(PeoplePage.addresses) { type, fields -> HTML in
            let has = fields.contains { !record.text($0).isEmpty }
            guard channelTypes.contains(type) || (has && type == "email") else { return .nothing }
            let label = words.channelType(type)
            return has
                ? "<li class=\"has\"><span aria-hidden=\"true\">✓</span> \(label)</li>"
                : "<li class=\"lacks\"><span aria-hidden=\"true\">✗</span> \(words("no address for", "缺少地址：")) \(label)</li>"
        }
        guard ways != .nothing else {
            return "<p class=\"reach dim\">\(words("no address known", "没有可用的联系方式"))</p>"
        }
        return "<ul class=\"reach\" aria-label=\"\(words("Reached by", "联系方式"))\">\(ways)</ul>"
    }

    // MARK: Items

    private func items(_ person: Person) -> HTML {
        guard !person.holdings.isEmpty else { return .nothing }
        let shown = HTML.each(person.holdings.prefix(PeoplePage.shownItems), item)
        let rest = person.holdings.count - PeoplePage.shownItems
        let more: HTML = .when(
            rest > 0,
            "<li class=\"dim\">\(words("and \(PageNumbers.grouped(rest)) more", "另有 \(PageNumbers.grouped(rest)) 项"))</li>"
        )
        let id = "p-\(PercentCoding.encode(person.record.ref.id))"
        return """
            <details id="\(id)"><summary>\(words("What is open", "查看未完事项"))</summary>
            <ul class="names">\(shown)\(more)</ul></details>
            """
    }

    private func item(_ holding: Holding) -> HTML {
        let due: HTML = .with(holding.due) { date in
            holding.isOverdue
                ? " <span class=\"near bad\"><time datetime=\"\(date.description)\">\(date.description)</time></span>"
                : " <span class=\"dim\"><time datetime=\"\(date.description)\">\(date.description)</time></span>"
        }
        return """
            <li><span class="dim">\(words.kind(holding.record.ref.kind))</span> <span dir="auto">\(holding.title)</span>\(due)</li>
            """
    }
}

extension PageWords {
    func kind(_ kind: String) -> String {
        switch kind {
        case "task": self("task", "任务")
        case "contract": self("contract", "合同")
        case "risk": self("risk", "风险")
        default: kind
        }
    }
}
