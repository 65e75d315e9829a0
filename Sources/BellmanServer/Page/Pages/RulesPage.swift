import Almanac
import BellmanModel
import BellmanStore

/// All rules: what somebody must act upon first.
struct RulesPage {
    let context: PageContext
    let rules: [RuleReport]
    let next: [String: Instant]
    let rings: RingCounts
    private var words: PageWords { context.words }

    static let ringDays = 30

    func html() -> HTML {
        guard !rules.isEmpty else {
            return Pieces.empty(
                words("No rules are loaded.", "没有加载规则。"),
                words("Put a .yaml file into the rules folder; it is read at once.", "把 .yaml 文件放进规则文件夹，即刻生效。"))
        }
        let groups: [RuleReport.State] = [.broken, .lost, .ok, .disabled]
        let ordered = groups.flatMap { state in rules.filter { $0.state == state } }
        let cut: HTML = .when(
            rings.isCut,
            "<p class=\"dim\">\(words("So much was decided in 30 days that only the newest part is counted.", "30 天内的记录很多，只统计了最近的部分。"))</p>"
        )
        let asks: HTML = .when(
            context.dependencies.trust != nil,
            "<p class=\"links\"><a href=\"/why\">\(words("Why did it ring, or not?", "为什么响，为什么没响"))</a> <a href=\"/whatif\">\(words("What if a rule were otherwise?", "如果规则改成这样…"))</a></p>"
        )
        return "\(asks)<ul class=\"rules\">\(HTML.each(ordered, item))</ul>\(cut)"
    }

    static func tone(_ state: RuleReport.State) -> Pieces.Tone {
        switch state {
        case .ok: .good
        case .broken: .bad
        case .lost: .wait
        case .disabled: .plain
        }
    }

    private func item(_ rule: RuleReport) -> HTML {
        """
        <li class="\(RulesPage.tone(rule.state).rawValue)">
        <div class="line"><h2 dir="auto"><a href="\(PagePath.rule(rule.id))">\(rule.title.isEmpty ? rule.id : rule.title)</a></h2>\
        \(Pieces.badge(RulesPage.tone(rule.state), words.state(rule.state)))\(tags(rule))</div>
        \(HTML.when(!rule.problem.isEmpty, "<p class=\"problem\">\(rule.problem)</p>"))
        <dl class="facts">\(RuleTimes(context: context, next: next, rings: rings).facts(rule))</dl>
        </li>
        """
    }

    private func tags(_ rule: RuleReport) -> HTML {
        HTML.each(rule.tags) { "<span class=\"tag\">\($0)</span>" }
    }
}

/// When a rule rang and will ring.
struct RuleTimes {
    let context: PageContext
    let next: [String: Instant]
    let rings: RingCounts
    private var words: PageWords { context.words }

    func facts(_ rule: RuleReport) -> HTML {
        let count = rings.byRule[rule.id] ?? 0
        return Pieces.fact(words("last rang", "上次响起"), context.stamp(rule.lastRing, or: words("never yet", "尚未响起")))
            + Pieces.fact(words("rings next", "下次响起"), nextRing(rule))
            + Pieces.fact(
                words("in 30 days", "30 天内"), "\(words.number(count, "time", "times", "次", isCut: rings.isCut))")
    }

    private func nextRing(_ rule: RuleReport) -> HTML {
        if rule.state == .disabled { return "–" }
        if let at = next[rule.id] { return context.stamp(at) }
        return rule.nextRing.isEmpty ? "–" : "\(rule.nextRing)"
    }
}
