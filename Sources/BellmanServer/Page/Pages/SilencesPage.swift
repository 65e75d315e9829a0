import Almanac
import BellmanModel
import BellmanStore

/// What should not ring for a time, and the form that makes another one.
struct SilencesPage {
    let context: PageContext
    let silences: [Silence]
    let calendar: WorkingCalendar
    let rules: [String]
    let isAll: Bool
    private var words: PageWords { context.words }

    func html() -> HTML { "\(links)\(list)\(form)" }

    private var links: HTML {
        let other: HTML =
            isAll
            ? "<a href=\"/silences\">\(words("only those that are not over", "只看未结束的"))</a>"
            : "<a href=\"/silences?all=1\">\(words("also those that are over", "也看已结束的"))</a>"
        return "<p class=\"links\">\(other) <a href=\"/acts\">\(words("Audit log", "操作记录"))</a></p>"
    }

    private var list: HTML {
        guard !silences.isEmpty else { return Pieces.empty(words("Nothing is silenced.", "没有静默。")) }
        let heads = [
            words("What", "静默什么"), words("When", "何时"), words.state, words("Who and why", "谁、为什么"), "",
        ]
        let rows = HTML.each(silences) { silence in
            """
            <tr>\(Pieces.cell(heads[0], "<span class=\"code\">\(silence.scope.text)</span><br><span class=\"code dim\">\(silence.id)</span>"))\
            \(Pieces.cell(heads[1], when(silence)))\(Pieces.cell(heads[2], state(silence)))\
            \(Pieces.cell(heads[3], "\(silence.by.id), \(context.stamp(silence.at))<br>\(silence.reason)"))\
            \(Pieces.cell(heads[4], end(silence)))</tr>
            """
        }
        return Pieces.table(words("Silences, newest first", "静默，新的在前"), heads, rows)
    }

    private func when(_ silence: Silence) -> HTML {
        let until: HTML = context.stamp(silence.over, or: words("until ended", "直到手动结束"))
        let span: HTML = "\(context.stamp(silence.from)) – \(until)"
        guard let recurrence = silence.recurrence else { return span }
        let length = recurrence.length.text(words.language)
        return
            "\(words("every \(recurrence.every), for \(length)", "每逢 \(recurrence.every)，每次 \(length)"))<br><span class=\"dim\">\(span)</span>"
    }

    private func state(_ silence: Silence) -> HTML {
        if let ended = silence.ended {
            return Pieces.badge(.plain, words("ended by \(ended.by.id)", "已由 \(ended.by.id) 结束"))
        }
        if silence.over.map({ $0 <= context.now }) ?? false { return Pieces.badge(.plain, words("over", "已过期")) }
        return silence.covers(context.now, calendar: calendar)
            ? Pieces.badge(.wait, words("silent now", "静默中")) : Pieces.badge(.good, words("not now", "现在不静默"))
    }

    private func end(_ silence: Silence) -> HTML {
        guard let guardField, silence.over.map({ $0 > context.now }) ?? true else { return .nothing }
        return """
            <form method="post" action="/silences/\(PercentCoding.encode(silence.id))/end">\(guardField)\
            <button>\(words("End", "结束"))</button></form>
            """
    }

    /// Nil for whoever may not silence.
    private var guardField: HTML? {
        guard let token = context.identity.formToken, context.identity.role?.allows(.writing) ?? false else {
            return nil
        }
        return "<input type=\"hidden\" name=\"\(FormGuard.field)\" value=\"\(token)\">"
    }

    private var form: HTML {
        guard let guardField else {
            return
                "<p class=\"dim\">\(words("To silence something takes a token of role manager or admin.", "设静默需要 manager 或 admin 角色的令牌。"))</p>"
        }
        let options = HTML.each(rules) { "<option>\($0)</option>" }
        return """
            <section class="panel" aria-labelledby="h-new"><h2 id="h-new">\(words("Silence something", "新设静默"))</h2>
            <form class="act" method="post" action="/silences">\(guardField)
            <label>\(words.rule) <select name="rule"><option value="">\(words("any", "不限"))</option>\(options)</select></label>
            \(field("tag", words("Tag", "标签"), ""))\(field("kind", words("Kind", "类别"), "task"))
            \(field("record", words("Record", "记录"), "task/T-1"))
            \(field("if", words("Expression", "表达式"), "task.priority == \"low\""))
            \(field("for", words("For", "多久"), words("3 days", "3 天")))
            \(field("until", words("Until", "到何时"), "2026-12-31"))
            \(field("every", words("Every", "每逢"), words("friday at 18:00", "每周五 18:00")))
            <label>\(words("Reason", "原因")) <input name="reason" required maxlength="500"></label>
            <button class="main">\(words("Silence", "静默"))</button></form></section>
            """
    }

    private func field(_ name: String, _ title: String, _ example: String) -> HTML {
        "<label>\(title) <input name=\"\(name)\" placeholder=\"\(example)\" maxlength=\"500\"></label>"
    }
}

/// Lines of the audit log.
struct ActList {
    let context: PageContext
    private var words: PageWords { context.words }

    func html(_ entries: [ActEntry]) -> HTML {
        let heads = [
            words.time, words("Who", "谁"), words("What", "做了什么"), words("To what", "对象"), words("Why", "说明"),
        ]
        let rows = HTML.each(entries) { entry in
            """
            <tr>\(Pieces.cell(heads[0], context.stamp(entry.at)))\(Pieces.cell(heads[1], "\(entry.by.id)"))\
            \(Pieces.cell(heads[2], "\(words.act(entry.verb)) <span class=\"dim\">\(words.way(entry.way)) \(words.facts(entry))</span>"))\
            \(Pieces.cell(heads[3], target(entry)))\(Pieces.cell(heads[4], "\(entry.comment)"))</tr>
            """
        }
        return Pieces.table(words("Acts, newest first", "操作，新的在前"), heads, rows)
    }

    private func target(_ entry: ActEntry) -> HTML {
        entry.target.hasPrefix("f-")
            ? "<a class=\"code\" href=\"\(PagePath.firing(entry.target))\">\(entry.target)</a>"
            : "<span class=\"code\">\(entry.target)</span>"
    }
}

extension PageWords {
    func act(_ verb: String) -> String {
        switch verb {
        case "ack": self("acknowledged", "确认")
        case "snooze": self("put off", "推迟")
        case "silence": self("silenced", "设静默")
        case "silence_end": self("ended the silence", "结束静默")
        case "decide": self("decided", "审批")
        default: verb
        }
    }

    /// The answer that was given is named as the buttons name it.
    func facts(_ entry: ActEntry) -> String {
        entry.verb == "decide" ? ApprovalChoice.label(entry.facts, language) : entry.facts
    }

    func way(_ way: String) -> String {
        switch way {
        case "link": self("by link", "通过链接")
        case "command": self("by command", "通过命令")
        case "api": self("by API", "通过 API")
        case "page": self("on the page", "在页面上")
        case "edit": self("by an edit", "直接修改记录")
        default: way
        }
    }
}
