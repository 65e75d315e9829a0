import BellmanModel
import BellmanRules
import BellmanStore

/// Who pointed where: the store keeps references as they are now; the journal tells which came and went since.
///
/// Read once and only when asked: every change after `start`, of which the links that count are kept.
final class LinkHistory: @unchecked Sendable {
    private struct Link: Hashable {
        let kind: String
        let field: String
    }
    private struct Departure {
        let sequence: Int64
        let id: String
    }

    private let view: any EngineView
    private let source: SnapshotSource
    /// Each link with the kind that it leads to.
    private let links: [Link: String]
    private let start: Int64
    private let head: Int64
    private var isRead = false
    private var lastTouched: [Link: Int64] = [:]
    private var departures: [Link: [String: [Departure]]] = [:]
    private(set) var failure: (any Error)?

    init(view: any EngineView, source: SnapshotSource, hops: [ExpressionHop], after start: Int64, through head: Int64) {
        self.view = view
        self.source = source
        self.start = start
        self.head = head
        var links: [Link: String] = [:]
        for hop in hops {
            switch hop.way {
            case .reference(let field): links[Link(kind: hop.source, field: field)] = hop.target
            case .list(let field): links[Link(kind: hop.target, field: field)] = hop.source
            }
        }
        self.links = links
    }

    /// Ids whose reference led to the target right after the write of that sequence; `now` are those of now, `texts`
    /// lead to the target also when it is gone.
    func referrers(
        _ now: [String], kind: String, field: String, target: RecordRef, texts: [String], in past: PastSource
    ) -> [String] {
        read()
        let link = Link(kind: kind, field: field)
        guard let last = lastTouched[link], last > past.sequence else { return now }
        let left = texts.flatMap { departures[link]?[$0] ?? [] }.filter { $0.sequence > past.sequence }.map(\.id)
        return Set(now + left).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.filter { id in
            guard let value = past.record(RecordRef(kind: kind, id: id))?[field] else { return false }
            return value.texts.contains { texts.contains($0) }
                || value.targets(of: target.kind, past).contains(target)
        }
    }

    /// Ids that led to the target once and were changed or deleted since.
    func departed(from target: RecordRef, kind: String, field: String) -> [String] {
        read()
        return (departures[Link(kind: kind, field: field)]?[target.id] ?? []).map(\.id)
    }

    private func read() {
        guard !isRead else { return }
        isRead = true
        guard !links.isEmpty, start < head else { return }
        do {
            var after = start
            while after < head {
                let page = try view.changes(after: after, limit: EngineLimits.changePage)
                guard let last = page.last else { break }
                for change in page where change.sequence <= head { note(change) }
                after = last.sequence
            }
        } catch {
            failure = error
        }
    }

    private func note(_ change: Change) {
        for field in change.fields {
            let link = Link(kind: change.ref.kind, field: field.name)
            guard let target = links[link] else { continue }
            lastTouched[link] = change.sequence
            for text in field.old.texts {
                // A target that is gone was named by its id.
                let id = source.resolve(text, kind: target) ?? text
                departures[link, default: [:]][id, default: []]
                    .append(Departure(sequence: change.sequence, id: change.ref.id))
            }
        }
    }
}

extension FieldValue {
    fileprivate var texts: [String] {
        switch self {
        case .reference(let text), .string(let text): [text]
        case .list(let values): values.flatMap(\.texts)
        default: []
        }
    }
}
