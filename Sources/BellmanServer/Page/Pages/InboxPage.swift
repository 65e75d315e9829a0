import Almanac
import BellmanModel
import BellmanStore

/// Notices as they rang, newest first, by day.
struct InboxPage {
    let context: PageContext
    let page: DeliveryPage
    private var words: PageWords { context.words }

    func html() -> HTML {
        guard !page.items.isEmpty else {
            return Pieces.empty(
                words("Nothing has rung yet.", "还没有通知。"),
                words("When a rule rings, its notice appears here within a second.", "规则响起后，通知会在一秒内出现在这里。"))
        }
        let card = NoticeCard(context: context)
        let days = HTML.each(days()) { day in
            """
            <section><h2>\(words.day(day.date, today: context.today))</h2>
            <ol class="cards">\(HTML.each(day.items) { card.html($0) })</ol></section>
            """
        }
        return days
            + Pieces.pager(context, parameter: "before", next: page.next.map { String($0) }, nextWords: words.older)
    }

    private func days() -> [(date: CivilDate, items: [OutboxItem])] {
        let ordered = page.items.sorted {
            ($0.notice.firedAt, $0.createdAt, $0.notice.id) > ($1.notice.firedAt, $1.createdAt, $1.notice.id)
        }
        var days: [(date: CivilDate, items: [OutboxItem])] = []
        for item in ordered {
            let date = context.time.date(item.notice.firedAt)
            if days.last?.date != date { days.append((date, [])) }
            days[days.count - 1].items.append(item)
        }
        return days
    }
}
