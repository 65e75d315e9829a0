import Almanac
import BellmanModel

/// What one step of one firing told people, through however many channels.
struct TestRing: Sendable {
    let firing: String
    let step: Int
    let at: Instant
    let rule: String
    /// `kind/id`, or empty.
    let record: String
    /// Ids, in the order of the rule.
    let people: [String]
    /// As the rule names them.
    let channels: [String]
    let title: String
    let text: String
    let links: [Link]
    let late: Bool
    let priority: Priority
    let notices: [Notice]

    /// From the notices of one step of one firing, in the order in which they were made.
    ///
    /// `at` is when they came, where that is later than they were made (a snooze).
    init?(_ notices: [Notice], at: Instant? = nil) {
        guard let first = notices.first else { return nil }
        firing = first.firing
        step = first.step
        self.at = at ?? first.firedAt
        rule = first.rule
        record = first.record
        var people: [String] = []
        var channels: [String] = []
        for notice in notices {
            for person in notice.recipients where !people.contains(person.id) { people.append(person.id) }
            if !channels.contains(notice.channel) { channels.append(notice.channel) }
        }
        self.people = people
        self.channels = channels
        title = first.title
        text = first.text.map(\.words).joined()
        links = first.links
        late = first.late
        priority = first.priority
        self.notices = notices
    }

    /// Everything in which `contains` looks.
    var words: String { ([title, text] + links.flatMap { [$0.label, $0.url] }).joined(separator: "\n") }
}

/// What came of a test's story.
struct TestStoryOutcome: Sendable {
    /// By time, then rule, record and step.
    var rings: [TestRing] = []
    var decisions: [LedgerEntry] = []
    /// Steps that waited, whatever became of them.
    var steps: [PendingStep] = []
    /// What went wrong in actions of rules.
    var troubles: [String] = []
    var isCut = false
    /// People's acts that came to nothing, with the line of each.
    var undone: [(line: Int, why: String)] = []
    /// What `at_end` expects and is otherwise.
    var atEnd: [TestDifference] = []
}
