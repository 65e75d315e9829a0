import Almanac
import BellmanEngine
import BellmanModel

/// What is said of the self-audit, wherever it is said: log, admin channel, dashboard, `status`, `doctor`.
public struct AuditWording: Sendable, LocalWording {
    let language: AlmanacLanguage
    let zone: Zone

    public init(_ language: AlmanacLanguage, _ zone: Zone) {
        self.language = language
        self.zone = zone
    }

    // MARK: the whole

    public func title(_ count: Int) -> String {
        pick(
            count == 1 ? "The self-audit found a difference" : "The self-audit found \(count) differences",
            "自查发现 \(count) 处不符")
    }

    /// One line: what was compared, and what came of it.
    public func result(_ total: Int, from: Instant, through: Instant, at: Instant) -> String {
        let window = pick("\(shown(from)) to \(shown(through))", "\(shown(from)) 至 \(shown(through))")
        guard total > 0 else {
            return pick(
                "\(shown(at)): nothing lost, nothing invented (\(window))", "\(shown(at))：无遗漏，无凭空多出（\(window)）")
        }
        return pick(
            "\(shown(at)): \(title(total)) (\(window)); list them with: bellman doctor --audit",
            "\(shown(at))：\(title(total))（\(window)）；列出请运行 bellman doctor --audit")
    }

    /// What was looked at.
    public func extent(_ report: AuditReport) -> String {
        pick(
            "\(shown(report.from)) to \(shown(report.through)): \(report.expected) occurrences of \(report.rules) rules asked for, \(report.ledgerRows) ledger rows, \(report.records) records and \(report.changes) changes read",
            "\(shown(report.from)) 至 \(shown(report.through))：核对 \(report.rules) 条规则的 \(report.expected) 次触发，读了 \(report.ledgerRows) 行账本、\(report.records) 条记录、\(report.changes) 次变更"
        )
    }

    public var never: String {
        pick("not yet; the daemon does it every night", "还没有做过；守护进程每晚做一次")
    }

    public func failed(_ why: String) -> String {
        pick("the self-audit could not be done: \(why)", "自查没有做成：\(why)")
    }

    // MARK: one finding

    public func name(_ kind: AuditFinding.Kind) -> String {
        switch kind {
        case .missing: pick("not decided", "没有判定")
        case .invented: pick("without cause", "没有来由")
        case .mistimed: pick("wrong time", "时刻不符")
        case .unheard: pick("no notice", "没有通知")
        case .rowsGone: pick("rows gone", "记录缺失")
        case .overdue: pick("waits too long", "等待过久")
        case .stuckClaim: pick("held by nobody", "占用未还")
        }
    }

    /// What is the matter, in a sentence.
    public func fact(_ finding: AuditFinding) -> String {
        let at = finding.at.map(shown) ?? ""
        switch (finding.kind, finding.detail) {
        case (.missing, _):
            return pick(
                "should have been decided at \(at); the ledger has nothing", "应于 \(at) 判定，账本里没有")
        case (.unheard, _):
            return pick("rang at \(at), but the outbox has no notice of it", "\(at) 已响铃，发件箱里却没有它的通知")
        case (_, .ledgerRows(let first, let last)): return rows(first, last, pick("ledger", "账本"))
        case (_, .outboxRows(let first, let last)): return rows(first, last, pick("outbox", "发件箱"))
        case (.overdue, .notice(let id, let channel, let since)):
            return pick(
                "\(id) waits for \(channel) since \(shown(since)), beyond its max_age",
                "\(id) 从 \(shown(since)) 起等待通道 \(channel)，已超过 max_age")
        case (_, .notice(let id, let channel, let since)):
            return pick(
                "\(id) for \(channel) is held for sending; that should have ended at \(shown(since))",
                "\(id)（通道 \(channel)）被占用待发，本应在 \(shown(since)) 结束")
        default: return cause(finding.detail, at)
        }
    }

    private func rows(_ first: Int64, _ last: Int64, _ table: String) -> String {
        first == last
            ? pick("row \(first) of the \(table) is gone", "\(table)第 \(first) 行缺失")
            : pick("rows \(first) to \(last) of the \(table) are gone", "\(table)第 \(first) 至 \(last) 行缺失")
    }

    private func cause(_ detail: AuditFinding.Detail, _ at: String) -> String {
        switch detail {
        case .unreadableKey: pick("its name says no occurrence", "它的名称不成其为一次触发")
        case .noSuchRecord: pick("there never was such a record", "从来没有这条记录")
        case .noSuchDate:
            pick("the record never had such a date for this rule", "这条记录从来没有过这条规则所指的日期")
        case .noSuchRun: pick("the schedule has no such time", "时间表里没有这个时刻")
        case .noSuchChange: pick("the journal has no such change", "变更日志里没有这次变更")
        case .changeOfAnother(let record): pick("that change was one of \(record)", "那次变更属于 \(record)")
        case .noMatch: pick("the rule has no trigger for it", "规则没有与之相符的触发条件")
        case .wrongSubject: pick("the rule is not about that", "规则与此无关")
        case .shouldBe(let instant):
            pick("decided for \(at); the rule says \(shown(instant))", "按 \(at) 判定，规则应为 \(shown(instant))")
        case .decidedBefore(let instant):
            pick("decided at \(shown(instant)), before its time \(at)", "在 \(shown(instant)) 就已判定，早于应到的 \(at)")
        case .none, .ledgerRows, .outboxRows, .notice: ""
        }
    }

    /// What to do about it.
    public func remedy(_ finding: AuditFinding) -> String {
        switch finding.kind {
        case .missing:
            pick(
                "tell by hand whom it concerns, and keep a copy of the store: bellman backup FILE",
                "请人工通知相关的人，并留一份存储：bellman backup 文件")
        case .invented, .mistimed:
            pick(
                "look what was sent: bellman firings list --rule \(finding.key.rule)",
                "看看发出了什么：bellman firings list --rule \(finding.key.rule)")
        case .unheard: pick("tell by hand whom it concerns", "请人工通知相关的人")
        case .rowsGone:
            pick("the store lost data: bellman doctor; a backup may have them", "存储丢了数据：请运行 bellman doctor；备份里或许还有")
        case .overdue, .stuckClaim:
            pick("is the daemon running? bellman status", "守护进程在运行吗？请看 bellman status")
        }
    }

    /// `rule record occurrence`, without the parts that it has not.
    public func subject(_ finding: AuditFinding) -> String {
        [finding.key.rule, finding.key.subject, finding.key.occurrence].filter { !$0.isEmpty }.joined(separator: " ")
    }

    public func line(_ finding: AuditFinding) -> String {
        let subject = subject(finding)
        return subject.isEmpty ? fact(finding) : subject + pick(": ", "：") + fact(finding)
    }

    // MARK: what was not judged

    public func text(_ gap: AuditGap) -> String {
        switch gap {
        case .ruleEdited(let rule, let since):
            pick("\(rule) is as it is now since \(shown(since)) only", "\(rule) 自 \(shown(since)) 起才是现在的样子")
        case .notArmed(let rule): pick("\(rule) was not in force yet", "\(rule) 尚未生效")
        case .derivedDate(let rule, let field):
            pick("\(rule): \(field) is computed by an expression", "\(rule)：\(field) 由表达式算出")
        case .level(let rule): pick("\(rule): `while` is not computed again", "\(rule)：while 条件不重新计算")
        case .groups(let rule):
            pick("\(rule): one row a run is asked for, not one a group", "\(rule)：每个时刻只核对一行，不逐组核对")
        case .restored(let at):
            pick(
                "a backup was restored at \(shown(at)); what fell due before counts as settled",
                "\(shown(at)) 恢复过备份，此前到期的都算已了结")
        case .clockSetBack:
            pick("the clock was set back; dates that were moved are not asked for", "时钟被回拨过，改动过的日期不核对")
        case .notTicked(let since): pick("nothing was decided since \(shown(since))", "\(shown(since)) 之后没有判定过")
        case .neverTicked: pick("this store never decided anything", "这个存储还没有判定过")
        case .rowsOfOtherRules(let count):
            pick("\(count) ledger rows of rules that are gone or switched off", "\(count) 行属于已删除或停用的规则")
        case .rowsBeforeEdit(let count):
            pick("\(count) ledger rows of former texts of rules", "\(count) 行出自规则从前的写法")
        case .movedUnseen(let count):
            pick("\(count) dates that were moved before a known tick", "\(count) 个日期在已知的判定之前就被改动")
        case .beyondCap(let count):
            pick("\(count) runs beyond the cap of one catch-up", "\(count) 个时刻超出一次补响的上限")
        }
    }
}
