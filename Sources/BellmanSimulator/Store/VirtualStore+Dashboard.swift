import Almanac
import BellmanModel
import BellmanStore

/// What pages need, by looking through everything: no page asks a simulated store.
extension VirtualStore: DashboardStore {
    public func deliveryCounts(most: Int) throws -> [DeliveryState: BoundedCount] {
        let counts = try summary().counts
        return Dictionary(
            uniqueKeysWithValues: DeliveryState.allCases.map { state in
                let count = counts[state] ?? 0
                return (state, BoundedCount(min(count, most), isCut: count > most))
            })
    }

    public func oldestOpen() throws -> Instant? { try summary().oldestWaiting }

    public func deliveries(state wanted: DeliveryState?, channel: String?, before: Int64?, limit: Int) throws
        -> DeliveryPage
    {
        let places = state.outbox.rows.indices.reversed().filter { place in
            let item = state.outbox.rows[place].item
            return before.map { Int64(place) < $0 } ?? true && wanted.map { $0 == item.state } ?? true
                && channel.map { $0 == item.notice.channel } ?? true
        }
        let page = places.prefix(limit)
        return DeliveryPage(
            items: page.map { state.outbox.rows[$0].item },
            next: places.count > limit ? page.last.map { Int64($0) } : nil)
    }

    public func ringCounts(since: Instant) throws -> RingCounts {
        let rang = state.ledger.entries.filter { $0.outcome.rang && $0.decidedAt > since }
        return RingCounts(byRule: Dictionary(grouping: rang, by: \.key.rule).mapValues(\.count), isCut: false)
    }

    public func decisions(rule: String, before: Int64?, limit: Int) throws -> DecisionPage {
        let places = state.ledger.entries.indices.reversed().filter { place in
            state.ledger.entries[place].key.rule == rule && before.map { Int64(place) < $0 } ?? true
        }
        let page = places.prefix(limit)
        return DecisionPage(
            entries: page.map { state.ledger.entries[$0] },
            next: places.count > limit ? page.last.map { Int64($0) } : nil)
    }

    public func channelTraffic(since: Instant) throws -> TrafficReport {
        var report: [String: ChannelTraffic] = [:]
        for row in state.outbox.rows {
            let channel = row.item.notice.channel
            if row.isOpen { report[channel, default: ChannelTraffic()].waiting += 1 }
            for attempt in state.outbox.attempts[row.item.notice.id] ?? [] {
                let isSent = attempt.verdict == "delivered"
                if isSent {
                    let last = report[channel]?.lastSuccess ?? attempt.at
                    report[channel, default: ChannelTraffic()].lastSuccess = max(last, attempt.at)
                }
                guard attempt.at > since else { continue }
                if isSent {
                    report[channel, default: ChannelTraffic()].sent += 1
                } else {
                    report[channel, default: ChannelTraffic()].failed += 1
                }
            }
        }
        return TrafficReport(byChannel: report, isCut: false)
    }

    public func dated(
        kind: String, field: String, dates: ClosedRange<CivilDate>, after: DatedCursor?, limit: Int
    ) throws -> [DatedRecord] {
        let range = Int64(dates.lowerBound.daysSinceEpoch)...Int64(dates.upperBound.daysSinceEpoch)
        let found = state.records.found(.init(kind: kind, field: field), isDate: true, range)
        var result: [DatedRecord] = []
        for (place, moment) in found.enumerated() {
            guard let record = state.records.all[RecordRef(kind: kind, id: moment.id)] else { continue }
            let cursor = DatedCursor(date: CivilDate(clampingDays: Int(moment.value)), key: Int64(place))
            if let after, (cursor.date, cursor.key) <= (after.date, after.key) { continue }
            result.append(DatedRecord(record: record, cursor: cursor))
        }
        return Array(result.prefix(limit))
    }

    public func holdings(kind: String, field: String, target: RecordRef, most: Int) throws -> [Record] {
        try read { view in
            try view.referrers(kind: kind, field: field, target: target).prefix(most).compactMap {
                try view.record(RecordRef(kind: kind, id: $0))
            }
        }
    }

    public func words(kind: String, field: String) throws -> [String] {
        var counts: [String: Int] = [:]
        for id in state.records.ids[kind] ?? [] {
            if case .string(let text)? = state.records.all[RecordRef(kind: kind, id: id)]?[field] {
                counts[text, default: 0] += 1
            }
        }
        return counts.sorted { $0.value != $1.value ? $0.value > $1.value : isBefore($0.key, $1.key) }.map(\.key)
    }
}
