import Almanac
import BellmanModel

/// What a person sees behind a signed link. One column, no script, one button.
struct ActPage {
    let context: PageContext
    private var words: PageWords { context.words }

    /// Characters of a comment.
    static let commentLimit = 2_000

    enum Trouble {
        case unknownName, noTime
    }

    // MARK: before

    /// The page of `GET`: what would be done, and the button that does it.
    func question(_ ticket: ActTicket, _ sight: ActSight, trouble: Trouble? = nil) -> Reply {
        if let question = sight.question {
            if question.isCancelled { return cancelled(sight) }
            if question.isDecided { return decided(sight, status: 200) }
        }
        let problem: HTML = .with(trouble) { "<p class=\"problem\" role=\"alert\">\(text($0))</p>" }
        let ask: HTML = .when(
            ticket.person.isEmpty,
            """
            <label for="who">\(words("Your name, member id or mail address", "您的姓名、成员编号或邮箱"))</label>
            <input id="who" name="who" required maxlength="200" autocomplete="name">
            """)
        let body: HTML = """
            \(problem)\(facts(ticket, sight))
            <form method="post">
            \(ask)\(HTML.when(ticket.act == .snooze, spans))
            <label for="comment">\(words("Comment (may stay empty)", "意见（可不填）"))</label>
            <textarea id="comment" name="comment" rows="3" maxlength="\(ActPage.commentLimit)"></textarea>
            <button class="main">\(button(ticket.act))</button>
            </form>
            <p class="dim">\(words("Nothing happens until you press the button.", "按下按钮之前，什么都不会发生。"))</p>
            """
        return PageFrame(context).plain(title: title(ticket.act), status: trouble == nil ? 200 : 422, body)
    }

    private func title(_ act: ActTicket.Act) -> String {
        switch act {
        case .acknowledge: words("Take note", "知道了")
        case .snooze: words("Remind me later", "稍后提醒")
        case .decide(let choice):
            words("Decide: \(ApprovalChoice.label(choice, .en))", "审批：\(ApprovalChoice.label(choice, .zh))")
        }
    }

    private func button(_ act: ActTicket.Act) -> String {
        switch act {
        case .acknowledge: words("I take care of it", "知道了，我来处理")
        case .snooze: words("Remind me then", "到时再提醒我")
        case .decide(let choice): ApprovalChoice.label(choice, words.language)
        }
    }

    private var spans: HTML {
        let options = HTML.each(SnoozeSpan.allCases) { span -> HTML in
            let end = span.end(from: context.now, zone: context.dependencies.zone)
            let isFirst = span == .hour
            return """
                <label class="option"><input type="radio" name="until" value="\(span.rawValue)"\(HTML.when(isFirst, " checked"))>\
                <span>\(name(span)) <span class="dim">\(context.stamp(end))</span></span></label>
                """
        }
        return "<fieldset><legend>\(words("When", "什么时候"))</legend>\(options)</fieldset>"
    }

    private func name(_ span: SnoozeSpan) -> String {
        switch span {
        case .hour: words("In an hour", "1 小时后")
        case .tomorrow: words("Tomorrow morning", "明天上午")
        case .monday: words("Next Monday", "下周一")
        }
    }

    private func text(_ trouble: Trouble) -> String {
        switch trouble {
        case .unknownName:
            words(
                "No member has that name; write it as in the list of people, or the mail address.",
                "没有这个成员；请按人员名单里的写法填写，或填邮箱。")
        case .noTime: words("Choose when to be reminded.", "请选择什么时候提醒。")
        }
    }

    /// Who, what, about which record.
    private func facts(_ ticket: ActTicket, _ sight: ActSight) -> HTML {
        let asked: HTML = .with(sight.question) { question in
            let lines = question.question.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            return "<p class=\"asked\" dir=\"auto\"><bdi>\(HTML.each(lines) { "\($0)<br>" })</bdi></p>"
        }
        let record: HTML =
            sight.subject.isEmpty
            ? .nothing
            : "<bdi>\(sight.subjectTitle)</bdi> <span class=\"code dim\">\(sight.subject)</span>"
        let isFor = sight.question.map { $0.approver != ticket.person && !sight.approverName.isEmpty } ?? false
        return """
            \(asked)<dl class="facts wide">\
            \(Pieces.fact(words("You are", "您是"), .when(!sight.person.isEmpty, "<bdi>\(sight.person)</bdi>")))\
            \(Pieces.fact(words("In the place of", "代替"), .when(isFor, "<bdi>\(sight.approverName)</bdi>")))\
            \(Pieces.fact(words("About", "事项"), record))\
            \(Pieces.fact(words.rule, "<bdi>\(sight.rule)</bdi>"))\
            \(Pieces.fact(words("Asked", "提出于"), .with(sight.question) { context.stamp($0.askedAt) }))\
            \(Pieces.fact(words("Number", "编号"), .with(sight.question) { "<span class=\"code\">\($0.id)</span>" }))</dl>
            """
    }

    // MARK: after

    func outcome(_ outcome: ActOutcome, _ ticket: ActTicket, _ sight: ActSight, until: Instant?) -> Reply {
        switch outcome {
        case .done: return done(ticket, sight, until: until)
        case .already(let by, let at, let choice):
            if sight.question != nil { return decided(sight, status: 409) }
            let who = sight.deciderName.isEmpty ? by.id : sight.deciderName
            return already(who, at, choice, comment: sight.acknowledged?.comment ?? "", sight, status: 409)
        case .unknown: return gone()
        case .refused(.cancelled): return cancelled(sight)
        case .refused(.badChoice):
            return plain(
                409, words("This answer is no longer possible", "这个答复已不可用"),
                words(
                    "The question has other choices now. Open the newest notice, or decide with the command.",
                    "可选的答复已改变。请打开最新的提醒，或用命令答复。"), command: true)
        case .refused(.notYours):
            return plain(
                403, words("This question was put to somebody else", "这个问题问的是别人"),
                words("Nothing was decided.", "没有作出任何决定。"), command: true)
        case .refused(.past):
            return plain(
                422, words("That time is over already", "这个时间已经过去"),
                words("Choose a later one.", "请选择更晚的时间。"), command: false)
        }
    }

    private func done(_ ticket: ActTicket, _ sight: ActSight, until: Instant?) -> Reply {
        let said: HTML
        switch ticket.act {
        case .acknowledge: said = "\(words("Noted: you take care of it.", "已记录：由您处理。"))"
        case .snooze:
            said = "\(words("You will be reminded again: ", "将再次提醒您："))\(context.stamp(until ?? context.now))"
        case .decide(let choice):
            said = "\(words("Recorded: ", "已记录："))<strong>\(ApprovalChoice.label(choice, words.language))</strong>"
        }
        return PageFrame(context).plain(
            title: words("Thank you", "谢谢"),
            "<p class=\"done\" role=\"status\">\(said)</p>\(facts(ticket, sight))\(closing)")
    }

    private var closing: HTML { "<p class=\"dim\">\(words("You may close this page.", "可以关闭本页。"))</p>" }

    /// Who decided what, and when.
    private func decided(_ sight: ActSight, status: Int) -> Reply {
        let question = sight.question
        return already(
            sight.deciderName.isEmpty ? "–" : sight.deciderName, question?.decidedAt,
            question?.decision ?? "", comment: question?.comment ?? "", sight, status: status)
    }

    private func already(
        _ who: String, _ at: Instant?, _ choice: String, comment: String, _ sight: ActSight, status: Int
    ) -> Reply {
        let what: HTML =
            choice.isEmpty ? "\(words("Taken care of", "已认领"))" : "\(ApprovalChoice.label(choice, words.language))"
        let body: HTML = """
            <dl class="facts wide">\(Pieces.fact(words("Answer", "答复"), "<strong>\(what)</strong>"))\
            \(Pieces.fact(words("By", "答复人"), "<bdi>\(who)</bdi>"))\
            \(Pieces.fact(words("When", "时间"), .with(at) { context.stamp($0) }))\
            \(Pieces.fact(words("Comment", "意见"), .when(!comment.isEmpty, "<bdi>\(comment)</bdi>")))\
            \(Pieces.fact(words("About", "事项"), .when(!sight.subject.isEmpty, "<bdi>\(sight.subjectTitle)</bdi>")))</dl>
            <p class="dim">\(words("The first answer stays; nothing was changed.", "以第一次答复为准；这次没有改动。"))</p>
            """
        return PageFrame(context).plain(title: words("Answered already", "已有答复"), status: status, body)
    }

    private func cancelled(_ sight: ActSight) -> Reply {
        let why = sight.question?.comment ?? ""
        let body: HTML = """
            <p class="problem">\(words("The question was taken back; no answer is needed.", "审批已取消，无需答复。"))</p>
            <dl class="facts wide">\(Pieces.fact(words("Why", "缘由"), .when(!why.isEmpty, "<bdi>\(why)</bdi>")))\
            \(Pieces.fact(words("When", "时间"), .with(sight.question?.decidedAt) { context.stamp($0) }))</dl>
            """
        return PageFrame(context).plain(title: words("No longer open", "已取消"), status: 410, body)
    }

    // MARK: links that do nothing

    func refusal(_ problem: ActTicketProblem) -> Reply {
        switch problem {
        case .invalid:
            plain(
                403, words("This link is not valid", "链接无效"),
                words(
                    "It was cut short or changed on its way, or Bellman's key for links was replaced since. Copy the whole link from the message, or ask for a new notice.",
                    "链接不完整或被改动过，或者更夫的链接密钥已更换。请从消息里复制完整的链接，或请人重新发送提醒。"), command: true)
        case .expired:
            plain(
                410, words("This link has expired", "链接已过期"),
                words("Ask for a new notice, or use the command.", "请索取新的提醒，或使用命令。"), command: true)
        }
    }

    func gone() -> Reply {
        plain(
            410, words("This is no longer there", "该事项已不存在"),
            words("What the link was about was deleted.", "链接所指的内容已被删除。"), command: false)
    }

    func used() -> Reply {
        plain(
            409, words("This link was used already", "链接已使用过"),
            words("The notice was put off before; nothing was changed.", "提醒此前已推迟；这次没有改动。"), command: false)
    }

    private func plain(_ status: Int, _ title: String, _ text: String, command: Bool) -> Reply {
        let way: HTML = .when(
            command,
            """
            <p class="dim">\(words("On the server, open questions are listed and answered with", "在服务器上可列出并答复审批：")) \
            <code>bellman approve</code></p>
            """)
        return PageFrame(context).plain(title: title, status: status, "<p class=\"problem\">\(text)</p>\(way)")
    }
}
