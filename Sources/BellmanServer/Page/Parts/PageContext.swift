import Almanac
import BellmanModel
import BellmanStore

/// What every page needs: who asks, in which language, and how to say times.
struct PageContext: Sendable {
    let dependencies: ServerDependencies
    let head: RequestHead
    let identity: Identity
    let words: PageWords
    let time: PageTime
    let now: Instant

    init(_ call: Call, _ dependencies: ServerDependencies) {
        self.init(head: call.head, identity: call.identity, language: call.language, dependencies)
    }

    init(head: RequestHead, identity: Identity, language: AlmanacLanguage, _ dependencies: ServerDependencies) {
        self.dependencies = dependencies
        self.head = head
        self.identity = identity
        words = PageWords(language: language)
        time = PageTime(zone: dependencies.zone)
        now = dependencies.now()
    }

    var today: CivilDate { time.date(now) }

    /// The address of this page with other values in its query; empty values are left out.
    func address(_ path: String? = nil, _ changes: [(name: String, value: String)]) -> String {
        let changed = Set(changes.map(\.name))
        let kept = path == nil ? head.query.pairs.filter { !changed.contains($0.name) && $0.name != "lang" } : []
        let pairs = kept.map { ($0.name, $0.value) } + changes.filter { !$0.value.isEmpty }.map { ($0.name, $0.value) }
        let query = pairs.map { "\(PercentCoding.encode($0.0))=\(PercentCoding.encode($0.1))" }
        let start = path ?? head.path
        return query.isEmpty ? start : start + "?" + query.joined(separator: "&")
    }

    /// A time as text, with its exact value for programs.
    func stamp(_ instant: Instant) -> HTML {
        "<time datetime=\"\(instant.iso)\">\(time.minute(instant))</time>"
    }

    func stamp(_ instant: Instant?, or words: String) -> HTML { instant.map { stamp($0) } ?? "\(words)" }
}

/// Addresses of pages.
enum PagePath {
    static func rule(_ id: String) -> String { "/rules/\(PercentCoding.encode(id))" }
    static func why(_ rule: String, _ record: String, at: Instant? = nil) -> String {
        "/why?rule=\(PercentCoding.encode(rule))&record=\(PercentCoding.encode(record))"
            + (at.map { "&at=\(PercentCoding.encode($0.iso))" } ?? "")
    }
    static func delivery(_ id: String) -> String { "/deliveries/\(PercentCoding.encode(id))" }
}
