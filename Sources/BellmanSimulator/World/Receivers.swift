import Almanac
import BellmanDelivery
import BellmanModel
import BellmanStore

/// The world outside: chat rooms, mail servers, hooks. They count what they took, by id.
struct Receivers {
    enum Trouble: String, CaseIterable {
        /// Says that it cannot, and takes nothing.
        case failing
        /// Takes it, and the answer never comes.
        case mute
        /// Takes nothing and says nothing.
        case deaf
        /// Refuses the message for good.
        case refusing
        /// Refuses everything for good: the robot is gone.
        case gone
        /// Too many; asks to wait.
        case throttling
        /// Sometimes one, sometimes another.
        case flaky
    }

    private struct Letter {
        var notices: Set<String>
        var accepted = 0
    }

    var troubles: [String: (kind: Trouble, until: Micros)] = [:]
    private var letters: [String: Letter] = [:]
    private var envelope: [String: String] = [:]
    private var taken: Set<String> = []
    /// What the number of a change stood for when its notice first left.
    private var numbers: [String: Instant] = [:]
    private(set) var transmissions = 0
    private(set) var repeats = 0

    func hasAccepted(_ notice: String) -> Bool { taken.contains(notice) }

    /// Somebody asked for it to be sent once more, by itself.
    mutating func expectAgain(_ notice: String) { envelope[notice] = nil }

    mutating func expectAllAgain() { envelope = [:] }

    /// What a store that was put back knows nothing of may be decided anew, by the same key, and leave in another company.
    mutating func expectAgain(unless isKnown: (String) -> Bool) { envelope = envelope.filter { isKnown($0.key) } }

    // MARK: taking

    /// What came of a message, and whether its ids hold what ids promise.
    mutating func take(
        _ message: ClaimedMessage, id: String, numbers: [String: Instant], now: Micros, wall: Instant,
        _ dice: inout Dice
    ) -> (answer: Judgement, delay: Micros, problem: String?) {
        transmissions += 1
        let problem = check(message, id) ?? check(numbers)
        let channel = message.items.first?.notice.channel ?? ""
        var kind = troubles[channel].flatMap { $0.until > now ? $0.kind : nil }
        if kind == .flaky {
            kind = dice.chance(40) ? nil : dice.pick([.failing, .mute, .deaf, .throttling])
        }
        if channel == "inbox" { kind = nil }
        let quick = dice.micros(1_000...2 * PlainTime.second)
        switch kind {
        case nil, .flaky:
            accept(message, id)
            return (Judgement(.delivered, "ok"), channel == "inbox" ? 0 : quick, problem)
        case .mute:
            accept(message, id)
            return (Judgement(.ambiguous, "no answer"), 30 * PlainTime.second, problem)
        case .deaf: return (Judgement(.ambiguous, "no answer"), 30 * PlainTime.second, problem)
        case .failing: return (Judgement(.transient, "503"), quick, problem)
        case .refusing: return (Judgement(.permanentMessage, "400"), quick, problem)
        case .gone: return (Judgement(.permanentTarget, "410"), quick, problem)
        case .throttling:
            let until = wall.adding(seconds: Int64(dice.int(1...3_600)))
            return (Judgement(.throttled(until: until), "429"), quick, problem)
        }
    }

    private mutating func accept(_ message: ClaimedMessage, _ id: String) {
        letters[id]?.accepted += 1
        for item in message.items { taken.insert(item.notice.id) }
        if (letters[id]?.accepted ?? 0) > 1 { repeats += 1 }
    }

    /// A notice keeps its id, a bundle its members, and an id its meaning.
    private mutating func check(_ message: ClaimedMessage, _ id: String) -> String? {
        let notices = Set(message.items.map(\.notice.id))
        if let letter = letters[id] {
            guard notices.isSubset(of: letter.notices) else {
                return "message \(id) left with other notices than before"
            }
        } else {
            letters[id] = Letter(notices: notices)
        }
        for item in message.items {
            let notice = item.notice
            if let former = envelope.updateValue(id, forKey: notice.id), former != id {
                return "notice \(notice.id) left as \(former) and again as \(id)"
            }
        }
        return nil
    }

    private mutating func check(_ found: [String: Instant]) -> String? {
        for (notice, at) in found.sorted(by: { $0.key < $1.key }) {
            if let known = numbers.updateValue(at, forKey: notice), known != at {
                return "id \(notice) stands for two occurrences: \(known) and \(at)"
            }
        }
        return nil
    }
}
