import Almanac
import BellmanModel
import BellmanStore

/// The pages for people: what each one reads, and its parameters.
struct PageHandlers: Sendable {
    let dependencies: ServerDependencies
    private let outlook: Outlook

    init(dependencies: ServerDependencies) {
        self.dependencies = dependencies
        outlook = Outlook(dependencies)
    }

    private var store: any DashboardStore { dependencies.dashboard }

    /// How far figures are counted.
    static let mostCounted = 10_000

    // MARK: Overview and inbox

    func overview(_ call: Call) throws -> Reply {
        let context = PageContext(call, dependencies)
        let midnight = dependencies.zone.startOfDay(context.today)
        let newest = try store.deliveries(state: nil, channel: nil, before: nil, limit: 8).items
        let dates = context.today...context.today.adding(days: 30)
        let ending = try store.dated(
            kind: "contract", field: "expires_on", dates: dates, after: nil, limit: PageHandlers.mostEnding + 1)
        let coming = try outlook.notices(ComingPage.days).filter { $0.at <= context.now.adding(seconds: 7 * 86_400) }
        let facts = OverviewPage.Facts(
            health: dependencies.health(), rules: dependencies.rulesReport(call.language).rules,
            channels: dependencies.channels(),
            counts: try store.deliveryCounts(most: PageHandlers.mostCounted),
            dead: try store.deliveries(state: .dead, channel: nil, before: nil, limit: 3).items,
            oldestWaiting: try store.oldestOpen(),
            notices: newest.filter { $0.notice.firedAt >= midnight }.sorted { $0.notice.firedAt > $1.notice.firedAt },
            rangToday: try store.ringCounts(since: midnight).total, coming: coming,
            nextDue: dependencies.nextRinging().values.min(),
            renewals: BoundedCount(
                ending.prefix(PageHandlers.mostEnding).count { dependencies.isOpen($0.record) },
                isCut: ending.count > PageHandlers.mostEnding),
            questions: try dependencies.records.read { try $0.waitingQuestions() })
        return PageFrame(context).reply(.overview, OverviewPage(context: context, facts: facts).html())
    }

    private static let mostEnding = 500

    func inbox(_ call: Call) throws -> Reply {
        let context = PageContext(call, dependencies)
        let page = try store.deliveries(state: nil, channel: nil, before: try call.place("before"), limit: 40)
        return PageFrame(context).reply(.inbox, InboxPage(context: context, page: page).html())
    }

    func coming(_ call: Call) throws -> Reply {
        let context = PageContext(call, dependencies)
        let skipped = try call.place("from").map { Int(clamping: $0) } ?? 0
        let page = ComingPage(context: context, notices: try outlook.notices(ComingPage.days), skipped: skipped)
        return PageFrame(context).reply(.coming, page.html())
    }

    // MARK: Rules

    func rules(_ call: Call) throws -> Reply {
        let context = PageContext(call, dependencies)
        let page = RulesPage(
            context: context, rules: dependencies.rulesReport(call.language).rules, next: dependencies.nextRinging(),
            rings: try rings(context))
        return PageFrame(context).reply(.rules, page.html())
    }

    func rule(_ call: Call) throws -> Reply {
        let context = PageContext(call, dependencies)
        let id = call.parameters[0]
        guard let rule = dependencies.rulesReport(call.language).rules.first(where: { $0.id == id }) else {
            throw ServerFailure.noRule(id)
        }
        let page = RulePage(
            context: context, rule: rule, next: dependencies.nextRinging(), rings: try rings(context),
            decisions: try store.decisions(
                rule: id, before: try call.place("before"), limit: RulePage.decisionsPerPage),
            source: dependencies.ruleSource(id),
            coming: try outlook.notices(ComingPage.days).filter { $0.rule == id })
        let title = rule.title.isEmpty ? rule.id : rule.title
        return PageFrame(context).reply(.rules, title: title, lead: page.lead, page.html())
    }

    private func rings(_ context: PageContext) throws -> RingCounts {
        try store.ringCounts(since: context.now.adding(seconds: -RulesPage.ringDays * 86_400))
    }

    // MARK: Deliveries

    func deliveries(_ call: Call) throws -> Reply {
        let context = PageContext(call, dependencies)
        let state = try DeliveryHandlers.state(call)
        let channel = call.head.query["channel"].flatMap { $0.isEmpty ? nil : $0 }
        let page = try store.deliveries(
            state: state, channel: channel, before: try call.place("before"), limit: DeliveriesPage.itemsPerPage)
        let named = dependencies.channels().map(\.name) + page.items.map(\.notice.channel) + [channel].compactMap { $0 }
        let body = DeliveriesPage(
            context: context, page: page, counts: try store.deliveryCounts(most: PageHandlers.mostCounted),
            channels: Set(named).sorted(), state: state, channel: channel)
        return PageFrame(context).reply(.deliveries, body.html())
    }

    func delivery(_ call: Call) throws -> Reply {
        let context = PageContext(call, dependencies)
        let id = call.parameters[0]
        guard let item = try dependencies.outbox.item(id: id) else { throw ServerFailure.noDelivery(id) }
        let firing = try dependencies.people?.store.read { view in
            try view.decision(firing: item.notice.firing).map {
                (entry: $0, isAcknowledged: try view.acknowledgement(firing: $0.firing) != nil)
            }
        }
        let page = NoticePage(
            context: context, item: item, attempts: try dependencies.outbox.attempts(notice: id),
            isResent: call.head.query["resent"] != nil, firing: firing ?? nil)
        return PageFrame(context).reply(.deliveries, title: item.notice.title, lead: page.lead, page.html())
    }

    func resend(_ call: Call) throws -> Reply {
        let id = call.parameters[0]
        guard try dependencies.outbox.resend(id: id, now: dependencies.now()) else {
            throw ServerFailure.noDelivery(id)
        }
        dependencies.nudge()
        return .seeOther("\(PagePath.delivery(id))?resent=1")
    }

    // MARK: Channels

    func channels(_ call: Call) throws -> Reply {
        let context = PageContext(call, dependencies)
        let since = context.now.adding(seconds: -ChannelsPage.hours * 3600)
        let page = ChannelsPage(
            context: context, channels: dependencies.channels(), traffic: try store.channelTraffic(since: since))
        return PageFrame(context).reply(.channels, page.html())
    }
}

extension Call {
    /// A place in a list, as links to further pages give it.
    func place(_ name: String) throws(ServerFailure) -> Int64? {
        guard let text = head.query[name], !text.isEmpty else { return nil }
        guard let number = Int64(text), number >= 0 else {
            throw .badQuery(name: name, value: text, good: QueryWords.place(language))
        }
        return number
    }
}

extension QueryWords {
    static func place(_ language: AlmanacLanguage) -> String {
        language.pick(en: "take it from a link to a further page", zh: "请使用翻页链接中的值")
    }
}
