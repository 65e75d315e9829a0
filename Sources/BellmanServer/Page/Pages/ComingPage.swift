import Almanac
import BellmanModel

/// The next ninety days: a strip a rule, and the same as a table.
struct ComingPage {
    static let days = 90
    /// As many as are looked for; what comes after them is not on the page.
    static let mostNotices = 5_000
    /// Of a day in a strip.
    private static let unit = 10
    private static let width = days * unit
    static let mostStrips = 24
    static let rowsPerPage = 100

    let context: PageContext
    let notices: [ComingNotice]
    /// Rows of the table that were shown on earlier pages.
    let skipped: Int
    private var words: PageWords { context.words }

    func html() -> HTML {
        guard !notices.isEmpty else {
            return Pieces.empty(
                words("Nothing is due in the next 90 days.", "未来 90 天没有将响的通知。"),
                words(
                    "What rules ring on a change or a condition cannot be foreseen.", "由变更或条件触发的规则无法预知。"))
        }
        let cut: HTML = .when(
            notices.count >= ComingPage.mostNotices,
            "<p class=\"dim\">\(words("Only the first \(ComingPage.mostNotices) are shown.", "只显示最早的 \(ComingPage.mostNotices) 条。"))</p>"
        )
        return "\(HTML.when(skipped == 0, strips()))\(cut)\(table())"
    }

    // MARK: Strips

    private struct Strip {
        let rule: String
        let title: String
        var byDay = [Int](repeating: 0, count: ComingPage.days)
        var total: Int { byDay.reduce(0, +) }
    }

    private func strips() -> HTML {
        var strips: [String: Strip] = [:]
        var order: [String] = []
        var all = Strip(rule: "", title: words("All rules", "全部规则"))
        for notice in notices {
            let day = context.time.date(notice.at).days(since: context.today)
            guard (0..<ComingPage.days).contains(day) else { continue }
            if strips[notice.rule] == nil {
                strips[notice.rule] = Strip(rule: notice.rule, title: notice.ruleTitle)
                order.append(notice.rule)
            }
            strips[notice.rule]?.byDay[day] += 1
            all.byDay[day] += 1
        }
        let rows = order.prefix(ComingPage.mostStrips).compactMap { strips[$0] }
        let most = max(all.byDay.max() ?? 1, 1)
        return """
            <section class="timeline" aria-labelledby="h-line"><h2 id="h-line">\(words("Timeline", "时间线"))</h2>
            <div class="strip head"><span class="label"></span>\(axis())</div>
            <div class="strip all"><span class="label">\(all.title)</span>\(bars(all, most: most))</div>
            \(HTML.each(rows) { row in
                "<div class=\"strip\"><span class=\"label\" dir=\"auto\"><a href=\"\(PagePath.rule(row.rule))\">\(row.title.isEmpty ? row.rule : row.title)</a></span>\(dots(row))</div>"
            })
            </section>
            """
    }

    /// Today, and every fifteenth day by its date.
    private func axis() -> HTML {
        let marks = HTML.each((0..<6).map { $0 * 15 }) { day in
            let date = context.today.adding(days: day)
            return "<span>\(day == 0 ? words("today", "今天") : "\(date.month)/\(date.day)")</span>"
        }
        return "<div class=\"axis\" aria-hidden=\"true\">\(marks)</div>"
    }

    private func bars(_ strip: Strip, most: Int) -> HTML {
        let bars = HTML.each(strip.byDay.enumerated().filter { $0.element > 0 }) { day, count in
            let height = max(3, count * 44 / most)
            return
                "<rect class=\"bar\" x=\"\(day * ComingPage.unit + 2)\" y=\"\(46 - height)\" width=\"6\" height=\"\(height)\" rx=\"2\"/>"
        }
        return
            "<svg viewBox=\"0 0 \(ComingPage.width) 48\" role=\"img\" aria-label=\"\(summary(strip))\">\(weekends(48))\(bars)</svg>"
    }

    private func dots(_ strip: Strip) -> HTML {
        let dots = HTML.each(strip.byDay.enumerated().filter { $0.element > 0 }) { day, count in
            let radius = min(6, 3 + count)
            return "<circle class=\"dot-mark\" cx=\"\(day * ComingPage.unit + 5)\" cy=\"12\" r=\"\(radius)\"/>"
        }
        return """
            <svg viewBox="0 0 \(ComingPage.width) 24" role="img" aria-label="\(summary(strip))">\(weekends(24))\
            <line class="thread" x1="0" y1="12" x2="\(ComingPage.width)" y2="12"/>\(dots)</svg>
            """
    }

    private func weekends(_ height: Int) -> HTML {
        HTML.each((0..<ComingPage.days).filter { context.today.adding(days: $0).weekday > 5 }) { day in
            "<rect class=\"weekend\" x=\"\(day * ComingPage.unit)\" y=\"0\" width=\"\(ComingPage.unit)\" height=\"\(height)\"/>"
        }
    }

    private func summary(_ strip: Strip) -> String {
        let title = strip.title.isEmpty ? strip.rule : strip.title
        let total = words.number(strip.total, "notice", "notices", "条通知")
        guard let first = strip.byDay.firstIndex(where: { $0 > 0 }) else { return "\(title): \(total)" }
        let date = context.today.adding(days: first)
        return words("\(title): \(total), first on \(date)", "\(title)：\(total)，最早 \(date)")
    }

    // MARK: Table

    private func table() -> HTML {
        let shown = notices.dropFirst(skipped).prefix(ComingPage.rowsPerPage)
        let heads = [words.time, words("What", "事项"), words.rule, words("Why", "缘由")]
        var day: CivilDate?
        let rows = HTML.each(shown) { notice -> HTML in
            let date = context.time.date(notice.at)
            let head: HTML = .when(
                date != day,
                "<tr class=\"day\"><th colspan=\"4\" scope=\"rowgroup\">\(words.day(date, today: context.today))</th></tr>"
            )
            day = date
            return head + row(notice, heads)
        }
        let end = skipped + shown.count
        let next = end < notices.count ? String(end) : nil
        let total = words.number(notices.count, "notice", "notices", "条通知")
        return """
            <section aria-labelledby="h-list"><h2 id="h-list">\(words("Day by day", "逐日列表")) <small>\(total)</small></h2>
            \(Pieces.table(words("Notices of the next 90 days", "未来 90 天的通知"), heads, rows, isAgenda: true))
            \(Pieces.pager(context, parameter: "from", next: next, nextWords: words.further))</section>
            """
    }

    private func row(_ notice: ComingNotice, _ heads: [String]) -> HTML {
        let subject: HTML = """
            <span dir="auto">\(notice.subject)</span>\
            \(HTML.when(!notice.record.isEmpty, " <span class=\"code dim\">\(notice.record)</span>"))
            """
        return """
            <tr>\(Pieces.cell(heads[0], "<time datetime=\"\(notice.at.iso)\">\(context.time.clock(notice.at))</time>"))\
            \(Pieces.cell(heads[1], subject))\
            \(Pieces.cell(heads[2], "<a href=\"\(PagePath.rule(notice.rule))\">\(notice.ruleTitle.isEmpty ? notice.rule : notice.ruleTitle)</a>"))\
            \(Pieces.cell(heads[3], "<span class=\"dim\">\(notice.detail[context.words.language] ?? "")</span>"))</tr>
            """
    }
}
