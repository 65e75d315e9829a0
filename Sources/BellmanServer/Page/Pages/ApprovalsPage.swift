import Almanac
import BellmanModel

/// Open questions with the form to decide them, and what was decided lately.
struct ApprovalsPage {
    struct Entry {
        let question: ApprovalQuestion
        let approver: String
        let decider: String
        let deputies: [String]
        var subject = ""
    }

    let context: PageContext
    let open: [Entry]
    let openCount: Int
    let decided: [Entry]
    /// What became of a decision that was not taken.
    let outcome: ActOutcome?
    /// Id of the question that was decided just now.
    let done: String
    private var words: PageWords { context.words }

    static let mostOpen = 200
    static let mostDecided = 100
    static let days: Int64 = 90

    var status: Int {
        switch outcome {
        case nil, .done: 200
        case .already: 409
        case .unknown: 404
        case .refused(.notYours): 403
        case .refused(.cancelled): 410
        case .refused: 422
        }
    }

    func html() -> HTML {
        let told: HTML = .when(
            !done.isEmpty,
            "<p class=\"done\" role=\"status\">\(words("Recorded", "已记录")) <span class=\"code\">\(done)</span></p>")
        let problem: HTML = .with(outcome) { "<p class=\"problem\" role=\"alert\">\(text($0))</p>" }
        let more: HTML = .when(
            openCount > open.count,
            "<p class=\"dim\">\(words("\(openCount - open.count) more are open.", "另有 \(openCount - open.count) 项待决定。"))</p>"
        )
        let waiting =
            open.isEmpty
            ? Pieces.empty(words("Nothing waits for a decision.", "没有待决定的审批。"))
            : "<ul class=\"cards\">\(HTML.each(open, card))</ul>\(more)"
        let past =
            decided.isEmpty
            ? Pieces.empty(
                words("Nothing was decided in the last \(ApprovalsPage.days) days.", "最近 \(ApprovalsPage.days) 天没有决定。"))
            : table
        return """
            \(told)\(problem)
            <section aria-labelledby="h-open"><h2 id="h-open">\(words("Open", "待决定"))</h2>\(waiting)</section>
            <section aria-labelledby="h-decided"><h2 id="h-decided">\(words("Decided", "已决定"))</h2>\(past)</section>
            """
    }

    private func text(_ outcome: ActOutcome) -> String {
        switch outcome {
        case .done, .unknown: ""
        case .already(let by, let at, let choice):
            words(
                "\(by.id) decided already: \(ApprovalChoice.label(choice, .en)), \(context.time.minute(at)). The first answer stays.",
                "\(by.id) 已于 \(context.time.minute(at)) 决定：\(ApprovalChoice.label(choice, .zh))。以第一次答复为准。")
        case .refused(.notYours):
            words(
                "The question was put to somebody else; nothing was decided.", "这个问题问的是别人；没有作出任何决定。")
        case .refused(.cancelled): words("The question was taken back.", "审批已取消。")
        case .refused(.badChoice), .refused(.past): words("That is none of the choices.", "这不是可选的答复。")
        }
    }

    // MARK: open

    private func card(_ entry: Entry) -> HTML {
        let question = entry.question
        let lines = question.question.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        return """
            <li class="card wait">
            <div class="line"><time datetime="\(question.askedAt.iso)">\(context.time.minute(question.askedAt))</time>\
            <span class="tag code">\(question.id)</span></div>
            <h3 dir="auto">\(entry.subject.isEmpty ? question.rule : entry.subject)</h3>
            <div class="body" dir="auto"><p>\(HTML.each(lines) { "\($0)<br>" })</p></div>
            <dl class="facts">\(Pieces.fact(words("Approver", "审批人"), "<bdi>\(entry.approver)</bdi>"))\
            \(Pieces.fact(words("Told too", "已转告"), .when(!entry.deputies.isEmpty, "<bdi>\(words.list(entry.deputies))</bdi>")))\
            \(Pieces.fact(words("Record", "记录"), .when(!question.subject.isEmpty, "<span class=\"code\">\(question.subject)</span>")))</dl>
            \(form(question))
            </li>
            """
    }

    /// The buttons, or what it takes to have them.
    private func form(_ question: ApprovalQuestion) -> HTML {
        guard let token = context.identity.formToken, let role = context.identity.role else {
            return """
                <p class="dim">\(words("To decide here,", "要在此审批，请")) <a href="/login?next=%2Fapprovals">\(words("sign in", "登录"))</a>\
                \(words(", or run", "，或运行")) <code>bellman approve \(question.id)</code></p>
                """
        }
        guard role.allows(.editing) else {
            return
                "<p class=\"dim\">\(words("To decide takes a token of role member or above.", "审批需要 member 或更高角色的令牌。"))</p>"
        }
        let buttons = HTML.each(question.choices) { choice -> HTML in
            let isFirst = choice == question.choices.first
            return """
                <button\(HTML.when(isFirst, " class=\"main\"")) name="choice" value="\(choice)">\
                \(ApprovalChoice.label(choice, words.language))</button>
                """
        }
        return """
            <form class="decide" method="post" action="/approvals/\(PercentCoding.encode(question.id))">
            <input type="hidden" name="\(FormGuard.field)" value="\(token)">
            <input name="comment" maxlength="\(ActPage.commentLimit)" aria-label="\(words("Comment", "意见"))" placeholder="\(words("Comment", "意见"))">
            \(buttons)</form>
            """
    }

    // MARK: decided

    private var table: HTML {
        let heads = [
            words.time, words("About", "事项"), words("Answer", "答复"), words("By", "答复人"), words("Comment", "意见"),
        ]
        let rows = HTML.each(decided) { entry -> HTML in
            let question = entry.question
            let tone: Pieces.Tone =
                question.isCancelled ? .plain : question.decision == question.choices.first ? .good : .bad
            return """
                <tr>\(Pieces.cell(heads[0], .with(question.decidedAt) { context.stamp($0) }))\
                \(Pieces.cell(heads[1], "<bdi>\(entry.subject.isEmpty ? question.rule : entry.subject)</bdi> <span class=\"code dim\">\(question.id)</span>"))\
                \(Pieces.cell(heads[2], Pieces.badge(tone, ApprovalChoice.label(question.decision, words.language))))\
                \(Pieces.cell(heads[3], "<bdi>\(entry.decider)</bdi>"))\(Pieces.cell(heads[4], "<bdi>\(question.comment)</bdi>"))</tr>
                """
        }
        return Pieces.table(
            words("Decided in the last \(ApprovalsPage.days) days", "最近 \(ApprovalsPage.days) 天的决定"), heads, rows)
    }
}
