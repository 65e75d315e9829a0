import Almanac
import BellmanModel
import BellmanStore

/// What needs somebody first, then how things stand today.
struct OverviewPage {
    struct Facts: Sendable {
        var health: HealthReport
        var rules: [RuleReport]
        var channels: [ChannelHealth]
        var counts: [DeliveryState: BoundedCount]
        var dead: [OutboxItem]
        var oldestWaiting: Instant?
        var notices: [OutboxItem]
        var rangToday: BoundedCount
        var coming: [ComingNotice]
        var nextDue: Instant?
        var renewals: BoundedCount
        var questions = WaitingQuestions()
    }

    let context: PageContext
    let facts: Facts
    private var words: PageWords { context.words }

    /// Waiting longer than this is worth a word.
    static let longWaitSeconds = 3600
    static let shownComing = 8
    static let shownBroken = 5

    func html() -> HTML {
        """
        \(attention())
        \(figures())
        <div class="columns">
        <section class="panel" aria-labelledby="h-today"><h2 id="h-today">\(words("Today", "今天")) <small>\(words.weekday(context.today)) \(context.today.description)</small></h2>
        \(today())</section>
        <section class="panel" aria-labelledby="h-next"><h2 id="h-next">\(words("Next", "接下来"))</h2>
        \(coming())</section>
        </div>
        """
    }

    // MARK: Attention

    private struct Alarm {
        let tone: Pieces.Tone
        let title: HTML
        var detail = HTML.nothing
        var path: String?

        var html: HTML {
            let linked: HTML = .with(path) { "<a href=\"\($0)\">\(title)</a>" }
            return "<li class=\"\(tone.rawValue)\"><p><b>\(path == nil ? title : linked)</b></p>\(detail)</li>"
        }
    }

    private func attention() -> HTML {
        let reasons = facts.health.reasons.map { Alarm(tone: .bad, title: "\($0)") }
        let alarms = reasons + questions() + rules() + channels() + deliveries()
        guard !alarms.isEmpty else {
            return """
                <section class="calm"><p><span class="dot good"></span>\
                \(words("Nothing needs you. All is on watch.", "一切正常，无需处理。"))</p></section>
                """
        }
        let ordered = alarms.filter { $0.tone == .bad } + alarms.filter { $0.tone != .bad }
        return """
            <section aria-labelledby="h-attention"><h2 id="h-attention">\(words("Needs attention", "需要处理"))</h2>
            <ul class="alarms">\(HTML.each(ordered) { $0.html })</ul></section>
            """
    }

    private func questions() -> [Alarm] {
        let (open, unasked) = (facts.questions.open, facts.questions.unasked)
        var alarms = unasked.prefix(OverviewPage.shownBroken).map { row in
            let said = row.reason.decisionWords(words.language) ?? row.reason.code
            return Alarm(
                tone: .bad,
                title: "\(words("Nobody could be asked: ", "审批没有问到人："))\(row.key.rule) <bdi>\(row.key.subject)</bdi>",
                detail: "<p class=\"said\">\(said)</p>", path: PagePath.firing(row.firing))
        }
        let rest = unasked.count - OverviewPage.shownBroken
        if rest > 0 {
            let title: HTML =
                "\(words.number(rest, "more question that nobody could be asked", "more questions that nobody could be asked", "项审批也没有问到人"))"
            alarms.append(Alarm(tone: .bad, title: title))
        }
        if !open.isEmpty {
            let title: HTML =
                "\(words.number(open.count, "question waits for a decision", "questions wait for a decision", "项审批待决定"))"
            let names = HTML.each(open.prefix(OverviewPage.shownBroken)) { record in
                let question = ApprovalQuestion(record)
                return
                    "<li><span dir=\"auto\">\(question.rule)</span> <span class=\"dim\">\(question.subject)</span></li>"
            }
            alarms.append(
                Alarm(tone: .wait, title: title, detail: "<ul class=\"names\">\(names)</ul>", path: "/approvals"))
        }
        return alarms
    }

    private func rules() -> [Alarm] {
        let broken = facts.rules.filter { $0.state == .broken }
        let lost = facts.rules.count { $0.state == .lost }
        var alarms = broken.prefix(OverviewPage.shownBroken).map { rule in
            Alarm(
                tone: .bad, title: "\(words("Rule broken: ", "规则有错："))\(rule.title.isEmpty ? rule.id : rule.title)",
                detail: "<p class=\"said\">\(rule.problem)</p>", path: PagePath.rule(rule.id))
        }
        let rest = broken.count - OverviewPage.shownBroken
        if rest > 0 {
            let title: HTML = "\(words("and \(rest) more broken rules", "另有 \(rest) 条规则有错"))"
            alarms.append(Alarm(tone: .bad, title: title, path: "/rules"))
        }
        if lost > 0 {
            let hint = words("They stay on watch until you confirm with ", "它们仍在值守；确认删除请运行 ")
            alarms.append(
                Alarm(
                    tone: .wait,
                    title:
                        "\(words.number(lost, "rule has lost its file", "rules have lost their files", "条规则的文件不见了"))",
                    detail: "<p>\(hint)<code>bellman rules accept</code></p>", path: "/rules"))
        }
        return alarms
    }

    private func channels() -> [Alarm] {
        facts.channels.filter { $0.state != .working }.map { channel in
            let until: HTML = .with(channel.until) { " \(words("until", "直到")) \(context.stamp($0))" }
            let title: HTML =
                channel.state == .dead
                ? "\(words("Channel out of use: ", "通道停用："))\(channel.name)"
                : "\(words("Channel resting: ", "通道暂歇："))\(channel.name)\(until)"
            let said: HTML = .when(!channel.words.isEmpty, "<p class=\"said\"><bdi>\(channel.words)</bdi></p>")
            return Alarm(tone: ChannelsPage.tone(channel.state), title: title, detail: said, path: "/channels")
        }
    }

    private func deliveries() -> [Alarm] {
        var alarms: [Alarm] = []
        if let dead = facts.counts[.dead], dead.count > 0 {
            let names = HTML.each(facts.dead) { item in
                "<li><a href=\"\(PagePath.delivery(item.notice.id))\" dir=\"auto\">\(item.notice.title)</a> <span class=\"dim\">\(item.notice.channel)</span></li>"
            }
            let title = words.number(
                dead.count, "notice could not be delivered", "notices could not be delivered", "条通知未能送达",
                isCut: dead.isCut)
            alarms.append(
                Alarm(
                    tone: .bad, title: "\(title)",
                    detail: "<ul class=\"names\">\(names)</ul>", path: "/deliveries?state=dead"))
        }
        if let oldest = facts.oldestWaiting, oldest.adding(seconds: OverviewPage.longWaitSeconds) < context.now {
            let title: HTML = "\(words("Notices have been waiting since", "有通知一直在等待，自")) \(context.stamp(oldest))"
            alarms.append(Alarm(tone: .wait, title: title, path: "/deliveries?state=waiting"))
        }
        return alarms
    }

    // MARK: Figures

    private func figures() -> HTML {
        let watch = facts.rules.count { $0.state != .disabled }
        let waiting = bounded(.waiting, .held)
        let week = facts.coming.count
        return """
            <ul class="figures">
            \(figure(words.count((facts.rangToday.count, facts.rangToday.isCut)), words("rang today", "今天已响"), "/inbox", .plain))
            \(figure(words.count(waiting), words("waiting", "待发送"), "/deliveries?state=waiting", waiting.count > 0 ? .wait : .plain))
            \(figure(words.count(bounded(.dead)), words("not delivered", "未送达"), "/deliveries?state=dead", bounded(.dead).count > 0 ? .bad : .plain))
            \(figure(PageNumbers.grouped(week), words("in the next 7 days", "7 天内将响"), "/coming", .plain))
            \(figure(words.count((facts.renewals.count, facts.renewals.isCut)), words("contracts end in 30 days", "30 天内到期的合同"), "/renewals", .plain))
            \(figure(PageNumbers.grouped(watch), words("rules on watch", "值守中的规则"), "/rules", .plain))
            </ul>
            """
    }

    private func bounded(_ states: DeliveryState...) -> (count: Int, isCut: Bool) {
        let counts = states.compactMap { facts.counts[$0] }
        return (counts.reduce(0) { $0 + $1.count }, counts.contains(where: \.isCut))
    }

    private func figure(_ number: String, _ label: String, _ path: String, _ tone: Pieces.Tone) -> HTML {
        "<li><a class=\"\(tone.rawValue)\" href=\"\(path)\"><b>\(number)</b> <span>\(label)</span></a></li>"
    }

    // MARK: Today and next

    private func today() -> HTML {
        guard !facts.notices.isEmpty else {
            return Pieces.empty(
                words("Nothing has rung today.", "今天还没有通知。"),
                words("When a rule rings, its notice appears here within a second.", "规则响起后，通知会在一秒内出现在这里。"))
        }
        let card = NoticeCard(context: context)
        return """
            <ol class="rows">\(HTML.each(facts.notices) { card.line($0) })</ol>
            <p class="more"><a href="/inbox">\(words("The whole inbox", "全部通知"))</a></p>
            """
    }

    private func coming() -> HTML {
        let next: HTML = .with(facts.nextDue) { next in
            "<p class=\"dim\">\(words("Next due", "下次到点")) \(context.stamp(next))</p>"
        }
        guard !facts.coming.isEmpty else {
            return next + Pieces.empty(words("Nothing is due in the next 7 days.", "未来 7 天没有将响的通知。"))
        }
        let rows = HTML.each(facts.coming.prefix(OverviewPage.shownComing)) { notice in
            """
            <li class="row plain"><time datetime="\(notice.at.iso)">\(short(notice.at))</time><span class="what">\
            <span dir="auto">\(notice.subject.isEmpty ? notice.ruleTitle : notice.subject)</span>\
            <span class="dim">\(notice.subject.isEmpty ? notice.detail[context.words.language] ?? "" : notice.ruleTitle)</span></span></li>
            """
        }
        return """
            \(next)<ol class="rows">\(rows)</ol>
            <p class="more"><a href="/coming">\(words("The next 30 days", "未来 30 天"))</a></p>
            """
    }

    /// `Thu 09:00` within a week.
    private func short(_ instant: Instant) -> String {
        "\(words.weekday(context.time.date(instant))) \(context.time.clock(instant))"
    }
}
