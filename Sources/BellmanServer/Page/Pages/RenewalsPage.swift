import Almanac
import BellmanModel
import BellmanStore

/// Contracts by the day they end, with their money.
struct RenewalsPage {
    static let contractsPerPage = 50
    /// Days back from today where the list begins.
    static let daysBack = 30
    static let quarters = 5
    /// Contracts that the sums look at.
    static let mostSummed = 5_000

    struct Entry {
        let record: Record
        let ends: CivilDate
        let cancelBy: CivilDate?
        let owner: String
        let isOpen: Bool
    }

    let context: PageContext
    let entries: [Entry]
    let sums: QuarterSums
    let next: String?
    private var words: PageWords { context.words }

    func html() -> HTML { "\(sums.html(context))\(list())" }

    private func list() -> HTML {
        let pager = Pieces.pager(context, parameter: "after", next: next, nextWords: words.further)
        guard !entries.isEmpty else {
            return Pieces.empty(
                words("No contracts with an end date.", "没有带到期日的合同。"),
                words("Import them with: bellman import contracts.csv", "可用 bellman import contracts.csv 导入")) + pager
        }
        let heads = [
            words("Ends", "到期"), words("Contract", "合同"), words("Amount", "金额"), words("Cancel by", "最晚退订"),
            words("Usage", "使用率"), words("Owner", "负责人"),
        ]
        let rows = HTML.each(entries) { row($0, heads) }
        return """
            <section aria-labelledby="h-contracts"><h2 id="h-contracts">\(words("Contracts", "合同"))</h2>
            \(Pieces.table(words("Contracts by the day they end", "按到期日排列的合同"), heads, rows))\(pager)</section>
            """
    }

    private func row(_ entry: Entry, _ heads: [String]) -> HTML {
        """
        <tr class="\(entry.isOpen ? "open" : "closed")">\(Pieces.cell(heads[0], ends(entry)))\
        \(Pieces.cell(heads[1], name(entry)))\(Pieces.cell(heads[2], money(entry.record)))\
        \(Pieces.cell(heads[3], cancel(entry)))\(Pieces.cell(heads[4], usage(entry.record)))\
        \(Pieces.cell(heads[5], "\(entry.owner.isEmpty ? "–" : entry.owner)"))</tr>
        """
    }

    private func ends(_ entry: Entry) -> HTML {
        let days = entry.ends.days(since: context.today)
        let tone: Pieces.Tone = !entry.isOpen ? .plain : days < 0 ? .bad : days <= 30 ? .wait : .plain
        return """
            <span class="two"><time datetime="\(entry.ends.description)">\(entry.ends.description)</time> \
            <span class="near \(tone.rawValue)">\(words.distance(days))</span></span>
            """
    }

    private func name(_ entry: Entry) -> HTML {
        let record = entry.record
        let vendor = record.text("vendor")
        let status = record.text("status")
        let title = record.text("name")
        return """
            <span class="two"><b dir="auto">\(title.isEmpty ? record.ref.id : title)</b> \
            <span class="dim line"><span class="code">\(record.ref.id)</span>\
            \(HTML.when(!vendor.isEmpty, "<span dir=\"auto\">\(vendor)</span>"))\
            \(HTML.when(!entry.isOpen && !status.isEmpty, Pieces.badge(.plain, status)))</span></span>
            """
    }

    /// What it costs, and what changed since the last time.
    private func money(_ record: Record) -> HTML {
        guard case .money(let amount) = record["amount"] else { return "–" }
        let currency = record.currency(context.dependencies.currency)
        guard case .money(let last) = record["last_amount"], last != amount else {
            return "<span class=\"money\">\(PageNumbers.money(amount, currency))</span>"
        }
        let (difference, overflows) = amount.units.subtractingReportingOverflow(last.units)
        let change = overflows ? "" : PageNumbers.money(Amount(units: difference), "")
        let sign = difference > 0 ? "+" : ""
        let share = last.units == 0 ? "" : " (\(sign)\(PageNumbers.share(amount.value / last.value - 1)))"
        return """
            <span class="two"><span class="money">\(PageNumbers.money(amount, currency))</span> \
            <span class="change \(difference > 0 ? "up" : "down")">\(sign)\(change)\(share)</span></span>
            """
    }

    private func cancel(_ entry: Entry) -> HTML {
        let isAutomatic = entry.record["auto_renew"] == .bool(true)
        let automatic: HTML = .when(
            isAutomatic, "<span class=\"badge hot\">\(words("renews by itself", "自动续约"))</span>")
        guard let date = entry.cancelBy else { return automatic == .nothing ? "–" : automatic }
        let days = date.days(since: context.today)
        let tone: Pieces.Tone = !entry.isOpen ? .plain : days < 0 ? .bad : days <= 14 ? .wait : .plain
        return """
            <span class="two"><time datetime="\(date.description)">\(date.description)</time> \
            <span class="near \(tone.rawValue)">\(words.distance(days))</span> \(automatic)</span>
            """
    }

    private func usage(_ record: Record) -> HTML {
        guard case .double(let share) = record["usage"], share.isFinite else { return "–" }
        let width = Int((min(max(share, 0), 1) * 100).rounded())
        let tone = share < 0.4 ? "low" : "fine"
        return """
            <span class="usage"><svg viewBox="0 0 100 8" role="img" aria-label="\(words("used", "使用率")) \(PageNumbers.share(share))">\
            <rect class="track" x="0" y="0" width="100" height="8" rx="4"/>\
            <rect class="fill \(tone)" x="0" y="0" width="\(width)" height="8" rx="4"/></svg> \(PageNumbers.share(share))</span>
            """
    }
}

/// What ends in which quarter, by currency.
struct QuarterSums {
    struct Quarter: Hashable, Comparable {
        let year: Int
        /// 1 to 4.
        let number: Int

        init(_ date: CivilDate) {
            year = date.year
            number = (date.month - 1) / 3 + 1
        }

        static func < (a: Quarter, b: Quarter) -> Bool { (a.year, a.number) < (b.year, b.number) }
        var firstDay: CivilDate { CivilDate(year: year, month: number * 3 - 2, day: 1) ?? .epoch }
        var next: Quarter { Quarter(firstDay.adding(months: 3)) }
        func text(_ words: PageWords) -> String { words("Q\(number) \(year)", "\(year) 年第 \(number) 季度") }
    }

    struct Cell {
        var units: Int64 = 0
        var count = 0
    }

    let quarters: [Quarter]
    private(set) var byCurrency: [String: [Quarter: Cell]] = [:]
    /// There are more contracts than were summed.
    var isCut = false

    init(from today: CivilDate) {
        var quarters = [Quarter(today)]
        while quarters.count < RenewalsPage.quarters { quarters.append(quarters[quarters.count - 1].next) }
        self.quarters = quarters
    }

    var dates: ClosedRange<CivilDate> {
        let first = quarters[0].firstDay
        return first...max(first, quarters[quarters.count - 1].next.firstDay.adding(days: -1))
    }

    mutating func add(_ record: Record, ends: CivilDate, standard: String) {
        guard case .money(let amount) = record["amount"] else { return }
        var cell = byCurrency[record.currency(standard), default: [:]][Quarter(ends)] ?? Cell()
        let (sum, overflows) = cell.units.addingReportingOverflow(amount.units)
        cell.units = overflows ? .max : sum
        cell.count += 1
        byCurrency[record.currency(standard), default: [:]][Quarter(ends)] = cell
    }

    func html(_ context: PageContext) -> HTML {
        guard !byCurrency.isEmpty else { return .nothing }
        let words = context.words
        let heads = [words("Currency", "币种")] + quarters.map { $0.text(words) }
        let rows = HTML.each(byCurrency.keys.sorted()) { row($0, heads, words) }
        let cut: HTML = .when(
            isCut,
            "<p class=\"dim\">\(words("Of the first \(RenewalsPage.mostSummed) contracts.", "仅统计前 \(RenewalsPage.mostSummed) 份合同。"))</p>"
        )
        return """
            <section aria-labelledby="h-sums"><h2 id="h-sums">\(words("Money by quarter", "各季度金额"))</h2>
            \(Pieces.table(words("Open contracts that end in each quarter", "各季度到期的有效合同"), heads, rows))\(cut)</section>
            """
    }

    private func row(_ currency: String, _ heads: [String], _ words: PageWords) -> HTML {
        let cells = byCurrency[currency] ?? [:]
        let most = max(cells.values.map(\.units).max() ?? 1, 1)
        let columns = HTML.each(quarters.enumerated()) { index, quarter in
            cells[quarter].map { Pieces.cell(heads[index + 1], cell($0, of: most, words)) }
                ?? "<td class=\"none\">–</td>"
        }
        return "<tr><th scope=\"row\">\(currency)</th>\(columns)</tr>"
    }

    private func cell(_ cell: Cell, of most: Int64, _ words: PageWords) -> HTML {
        let width = max(1, Int(Double(max(cell.units, 0)) / Double(most) * 100))
        return """
            <span class="sum"><span class="money">\(PageNumbers.money(Amount(units: cell.units), ""))</span> \
            <span class="dim">\(words.number(cell.count, "contract", "contracts", "份"))</span>\
            <svg viewBox="0 0 100 4" preserveAspectRatio="xMinYMid" aria-hidden="true" focusable="false"><rect class="fill fine" x="0" y="0" width="\(width)" height="4" rx="2"/></svg></span>
            """
    }
}

extension Record {
    /// A field as text; empty when it is none.
    func text(_ field: String) -> String {
        switch self[field] {
        case .string(let text), .reference(let text): text
        default: ""
        }
    }

    func currency(_ standard: String) -> String {
        let own = text("currency")
        return own.isEmpty ? standard : own
    }
}
