import Almanac
import BellmanModel
import BellmanStore
import Mustache

/// The pages for people.
struct PageHandlers: Sendable {
    let dependencies: ServerDependencies
    private let template: MustacheTemplate

    static let mostNotices = 60
    static let mostDead = 20

    /// Throws when the built-in template has a mistake.
    init(dependencies: ServerDependencies) throws {
        self.dependencies = dependencies
        MustacheContentTypes.register(SafeHTML(), named: SafeHTML.name)
        template = try MustacheTemplate(string: InboxTemplate.text)
    }

    func inbox(_ call: Call) throws -> Reply {
        let outbox = dependencies.outbox
        let dead = try outbox.items(state: .dead, channel: nil, limit: PageHandlers.mostDead)
        let facts = InboxFacts(
            items: try outbox.items(state: nil, channel: nil, limit: PageHandlers.mostNotices), dead: dead,
            lastAnswers: try dead.map { try outbox.attempts(notice: $0.notice.id).last?.answer ?? "" },
            counts: try outbox.summary().counts, rules: dependencies.rulesReport().rules,
            health: dependencies.health(), now: dependencies.now())
        let page = InboxPage(
            facts: facts, words: PageWords(language: call.language), time: PageTime(zone: dependencies.zone))
        return .text(template.render(page.model), type: "text/html; charset=utf-8").with(
            "Content-Language", call.language.rawValue)
    }

    func stylesheet(_ call: Call) -> Reply {
        Reply.text(Stylesheet.text, type: "text/css; charset=utf-8").with("Cache-Control", "max-age=3600")
    }

    func icon(_ call: Call) -> Reply {
        Reply.text(Stylesheet.icon, type: "image/svg+xml").with("Cache-Control", "max-age=3600")
    }
}
