import Almanac
import BellmanModel
import BellmanStore

/// Notices by state and channel.
struct DeliveriesPage {
    static let itemsPerPage = 50

    let context: PageContext
    let page: DeliveryPage
    let counts: [DeliveryState: BoundedCount]
    let channels: [String]
    let state: DeliveryState?
    let channel: String?
    private var words: PageWords { context.words }

    func html() -> HTML { "\(tabs())\(filter())\(list())" }

    private func tabs() -> HTML {
        let all: HTML = tab(nil, words("all", "全部"), "")
        let each = HTML.each([DeliveryState.dead, .waiting, .held, .sent, .dropped]) { state in
            let count = counts[state].map { words.count(($0.count, $0.isCut)) } ?? "0"
            return tab(state, words.state(state), count)
        }
        return "<nav class=\"tabs\" aria-label=\"\(words.state)\"><ul>\(all)\(each)</ul></nav>"
    }

    private func tab(_ state: DeliveryState?, _ label: String, _ count: String) -> HTML {
        let address = context.address("/deliveries", [("state", state?.rawValue ?? ""), ("channel", channel ?? "")])
        let inner: HTML = "\(label)\(HTML.when(!count.isEmpty, " <b>\(count)</b>"))"
        return state == self.state
            ? "<li><a href=\"\(address)\" aria-current=\"true\">\(inner)</a></li>"
            : "<li><a href=\"\(address)\">\(inner)</a></li>"
    }

    private func filter() -> HTML {
        guard channels.count > 1 || channel != nil else { return .nothing }
        let options = HTML.each(channels) { name in
            name == channel ? "<option selected>\(name)</option>" : "<option>\(name)</option>"
        }
        return """
            <form class="filter" method="get" action="/deliveries">
            \(HTML.with(state) { "<input type=\"hidden\" name=\"state\" value=\"\($0.rawValue)\">" })
            <label for="f-channel">\(words.channel)</label>
            <select id="f-channel" name="channel"><option value="">\(words("all", "全部"))</option>\(options)</select>
            <button>\(words("Show", "显示"))</button></form>
            """
    }

    private func list() -> HTML {
        let pager = Pieces.pager(
            context, parameter: "before", next: page.next.map { String($0) }, nextWords: words.older)
        guard !page.items.isEmpty else {
            return Pieces.empty(words("No notices of this sort.", "没有这类通知。")) + pager
        }
        let heads = [
            words("Rang", "响起"), words("Notice", "通知"), words.channel, words("To", "收件人"), words.state,
        ]
        let rows = HTML.each(page.items) { row($0, heads) }
        return Pieces.table(words("Notices, newest first", "通知，新的在前"), heads, rows) + pager
    }

    private func row(_ item: OutboxItem, _ heads: [String]) -> HTML {
        let notice = item.notice
        let reason = words.reason(item.reason)
        let people = NoticeCard.people(notice, words)
        let tries: HTML = .when(
            item.attempts > 1 || (item.attempts > 0 && item.state != .sent),
            " <span class=\"dim\">\(words.number(item.attempts, "try", "tries", "次尝试"))</span>")
        let state: HTML = """
            \(Pieces.badge(Pieces.tone(item.state), words.state(item.state)))\(tries)\
            \(HTML.when(item.state != .sent && !reason.isEmpty, "<br><span class=\"dim why\">\(reason)</span>"))
            """
        return """
            <tr>\(Pieces.cell(heads[0], context.stamp(notice.firedAt)))\
            \(Pieces.cell(heads[1], "<a href=\"\(PagePath.delivery(notice.id))\" dir=\"auto\">\(notice.title)</a>"))\
            \(Pieces.cell(heads[2], "<span class=\"tag\">\(notice.channel)</span>"))\
            \(Pieces.cell(heads[3], "\(people.isEmpty ? "–" : people)"))\(Pieces.cell(heads[4], state))</tr>
            """
    }
}
