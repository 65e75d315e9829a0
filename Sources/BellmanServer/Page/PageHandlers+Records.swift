import Almanac
import BellmanModel
import BellmanStore

/// Pages made of records.
extension PageHandlers {
    // MARK: Renewals

    func renewals(_ call: Call) throws -> Reply {
        let context = PageContext(call, dependencies)
        let today = context.today
        let limit = RenewalsPage.contractsPerPage
        let found = try dependencies.dashboard.dated(
            kind: "contract", field: "expires_on", dates: today.adding(days: -RenewalsPage.daysBack)...CivilDate.latest,
            after: try call.cursor("after"), limit: limit + 1)
        let shown = found.prefix(limit)
        let next = found.count > limit ? shown.last.map { "\($0.date)_\($0.cursor.key)" } : nil
        let owners = try names(of: shown.map { $0.record.text("owner") })
        let entries = shown.map { entry(Renewal(record: $0.record, ends: $0.date), owners: owners) }
        let page = RenewalsPage(context: context, entries: entries, sums: try sums(today), next: next)
        return PageFrame(context).reply(.renewals, page.html())
    }

    private struct Renewal {
        let record: Record
        let ends: CivilDate
    }

    private func entry(_ renewal: Renewal, owners: [String: String]) -> RenewalsPage.Entry {
        let record = renewal.record
        var cancelBy: CivilDate?
        if case .date(let date) = dependencies.derivedMoments("contract", record.fields)["cancel_by"] {
            cancelBy = record["notice_period"].isNull ? nil : date
        }
        let owner = record.text("owner")
        return RenewalsPage.Entry(
            record: record, ends: renewal.ends, cancelBy: cancelBy, owner: owners[owner] ?? owner,
            isOpen: dependencies.isOpen(record))
    }

    private func sums(_ today: CivilDate) throws -> QuarterSums {
        var sums = QuarterSums(from: today)
        let most = RenewalsPage.mostSummed
        let contracts = try dependencies.dashboard.dated(
            kind: "contract", field: "expires_on", dates: sums.dates, after: nil, limit: most + 1)
        for contract in contracts.prefix(most) where dependencies.isOpen(contract.record) {
            sums.add(contract.record, ends: contract.date, standard: dependencies.currency)
        }
        sums.isCut = contracts.count > most
        return sums
    }

    /// Names of members by the text that refers to them; what leads nowhere is left out.
    private func names(of references: [String]) throws -> [String: String] {
        try dependencies.records.read { view in
            var names: [String: String] = [:]
            for text in Set(references) where !text.isEmpty {
                guard case .found(let id) = try view.resolve(text, kind: "member"),
                    let name = try view.record(RecordRef(kind: "member", id: id))?.text("name"), !name.isEmpty
                else { continue }
                names[text] = name
            }
            return names
        }
    }

    // MARK: People

    func people(_ call: Call) throws -> Reply {
        let context = PageContext(call, dependencies)
        let limit = PeoplePage.membersPerPage
        let after = call.head.query["after"].flatMap { $0.isEmpty ? nil : $0 }
        let (members, isMore) = try dependencies.records.read { view -> ([Record], Bool) in
            let ids = try view.identifiers(kind: "member", after: after, limit: limit + 1)
            return (
                try ids.prefix(limit).compactMap { try view.record(RecordRef(kind: "member", id: $0)) },
                ids.count > limit
            )
        }
        let page = PeoplePage(
            context: context, people: try members.map { try person($0, context) },
            channelTypes: Set(dependencies.channels().map(\.type)), next: isMore ? members.last?.ref.id : nil)
        return PageFrame(context).reply(.people, page.html())
    }

    private func person(_ member: Record, _ context: PageContext) throws -> PeoplePage.Person {
        var holdings: [PeoplePage.Holding] = []
        var isCut = false
        for (kind, field, due) in [
            ("task", "assignee", "due"), ("contract", "owner", "expires_on"), ("risk", "owner", ""),
        ] {
            let held = try dependencies.dashboard.holdings(
                kind: kind, field: field, target: member.ref, most: PeoplePage.mostHoldings)
            isCut = isCut || held.count >= PeoplePage.mostHoldings
            holdings += held.filter(dependencies.isOpen).map { holding($0, due: due, context) }
        }
        holdings.sort {
            ($0.due ?? .latest, $0.record.ref) < ($1.due ?? .latest, $1.record.ref)
        }
        return PeoplePage.Person(record: member, holdings: holdings, isCut: isCut)
    }

    private func holding(_ record: Record, due: String, _ context: PageContext) -> PeoplePage.Holding {
        let date: CivilDate? =
            switch record[due] {
            case .date(let date): date
            case .instant(let instant): context.time.date(instant)
            default: nil
            }
        // A contract that has ended is the ledger's affair; a task past its day is overdue.
        let isOverdue = record.ref.kind == "task" && date.map { $0 < context.today } ?? false
        return PeoplePage.Holding(
            record: record, title: dependencies.schema.title(of: record), due: date, isOverdue: isOverdue)
    }
}

extension ServerDependencies {
    func isOpen(_ record: Record) -> Bool { !(schema.kind(record.ref.kind)?.isClosed(record) ?? false) }
}

extension Call {
    /// `2026-10-31_42`: a date and the store's number of a record.
    func cursor(_ name: String) throws(ServerFailure) -> DatedCursor? {
        guard let text = head.query[name], !text.isEmpty else { return nil }
        let parts = text.split(separator: "_")
        guard parts.count == 2, let date = CivilDate(iso: parts[0]), let key = Int64(parts[1]) else {
            throw .badQuery(name: name, value: text, good: QueryWords.place(language))
        }
        return DatedCursor(date: date, key: key)
    }
}
