import Synchronization

/// A time zone: which offset from UTC was, is and will be in force at any instant.
///
/// Instances are cached by name; two zones are equal when their names are. What a zone says changes only when a newer
/// tz database is read (`Zone.readAnew()`), and then for all who hold it.
public final class Zone: Sendable, Hashable, CustomStringConvertible {
    /// The name in the tz database, `UTC`, or an offset such as `+08:00`.
    public let name: String
    /// Points to a `ZoneTable.Box` that is never freed: whoever reads an older one may do so for ever.
    private let box: Atomic<Unmanaged<ZoneTable.Box>>

    init(name: String, table: ZoneTable) {
        self.name = name
        box = Atomic(Unmanaged.passRetained(ZoneTable.Box(table)))
    }

    var table: ZoneTable { box.load(ordering: .acquiring)._withUnsafeGuaranteedRef { $0.table } }

    /// The stretch of constant offset that holds the second. Without a copy of the table: this is asked millions of times.
    func span(at second: Int64) -> ZoneTable.Span {
        box.load(ordering: .acquiring)._withUnsafeGuaranteedRef { $0.table.span(at: second) }
    }

    func firstSpan(endingAfterLocal wall: Int64) -> ZoneTable.Span {
        box.load(ordering: .acquiring)._withUnsafeGuaranteedRef { $0.table.firstSpan(endingAfterLocal: wall) }
    }

    /// Tables are a few kilobytes and change a few times a year: the old one stays, so that reading needs no lock.
    func take(_ table: ZoneTable) {
        box.store(Unmanaged.passRetained(ZoneTable.Box(table)), ordering: .releasing)
    }

    public static let utc = Zone(name: "UTC", table: ZoneTable(fixed: 0))

    /// A zone that keeps one offset for ever. Seconds east of Greenwich, less than a day either way (else clamped).
    public static func fixed(_ seconds: Int) -> Zone {
        let clamped = min(max(seconds, -86_399), 86_399)
        return clamped == 0 ? .utc : Zone(name: offsetText(clamped), table: ZoneTable(fixed: clamped))
    }

    private static let cache = Mutex<[String: Zone]>([:])

    /// Zones that were read from the database.
    static var known: [Zone] { cache.withLock { Array($0.values) } }

    /// The zone of that name from the system's tz database. `UTC` needs no database.
    public static func named(_ name: String) throws(ZoneError) -> Zone {
        if name == "UTC" || name == "Etc/UTC" || name == "Z" { return .utc }
        if let known = cache.withLock({ $0[name] }) { return known }
        let zone = Zone(name: name, table: try ZoneFile.load(name))
        return cache.withLock { cache in
            // Somebody else read it meanwhile: all must hold the one that takes newer tables.
            if let known = cache[name] { return known }
            cache[name] = zone
            return zone
        }
    }

    /// The zone of that name, without a reason where there is none. Names that the database does not list are refused
    /// from memory, so that an expression which makes up names neither touches the disk nor waits for suggestions.
    public static func find(_ name: String) -> Zone? {
        if let known = cache.withLock({ $0[name] }) { return known }
        let isListed =
            name == "Z" || name == "UTC" || ZoneDirectory.list.names.isEmpty || ZoneDirectory.list.set.contains(name)
        return isListed ? try? named(name) : nil
    }

    public static func == (a: Zone, b: Zone) -> Bool { a === b || a.name == b.name }
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
    public var description: String { name }

    static func offsetText(_ seconds: Int) -> String {
        let size = abs(seconds)
        let base = "\(seconds < 0 ? "-" : "+")\(padded(size / 3600, 2)):\(padded(size / 60 % 60, 2))"
        return size % 60 == 0 ? base : "\(base):\(padded(size % 60, 2))"
    }
}

extension Zone {
    /// Seconds east of UTC in force at the instant.
    public func offset(at instant: Instant) -> Int { span(at: instant.seconds).offset }

    /// The wall clock at the instant, whole seconds.
    public func local(_ instant: Instant) -> CivilDateTime {
        let second = instant.seconds
        return CivilDateTime(localSeconds: second.clampedAdding(Int64(span(at: second).offset)))
    }

    public func date(_ instant: Instant) -> CivilDate { local(instant).date }

    /// What a wall-clock reading means in a zone.
    public enum Reading: Hashable, Sendable {
        case once(Instant)
        /// The clock jumped over it: `shifted` is the reading moved later by the length of the gap (in seconds),
        /// `end` the first instant after the jump.
        case gap(shifted: Instant, end: Instant, seconds: Int)
        case twice(first: Instant, second: Instant)

        /// The instant that a deadline at this reading has: a gap moves later, of two passes the first.
        public var instant: Instant {
            switch self {
            case .once(let instant): instant
            case .gap(let shifted, _, _): shifted
            case .twice(let first, _): first
            }
        }
    }

    public func reading(_ local: CivilDateTime) -> Reading {
        let wall = local.localSeconds
        let span = self.firstSpan(endingAfterLocal: wall)
        if span.start != .min, wall < span.start + Int64(span.offset) {
            let shifted = Instant(seconds: wall - Int64(span.previousOffset))
            return .gap(shifted: shifted, end: Instant(seconds: span.start), seconds: span.offset - span.previousOffset)
        }
        let first = Instant(seconds: wall - Int64(span.offset))
        guard span.end != .max else { return .once(first) }
        let next = self.span(at: span.end)
        let second = wall - Int64(next.offset)
        return second >= next.start && second < next.end
            ? .twice(first: first, second: Instant(seconds: second)) : .once(first)
    }

    /// A time in a gap moves later by the length of the gap, of a repeated time it is the first (RFC 5545, 3.3.5).
    public func resolve(_ date: CivilDate, _ time: LocalTime) -> Instant {
        Instant(seconds: resolve(localSeconds: Int64(date.daysSinceEpoch) * 86_400 + Int64(time.secondOfDay)))
    }

    public func resolve(_ local: CivilDateTime) -> Instant {
        Instant(seconds: resolve(localSeconds: local.localSeconds))
    }

    func resolve(localSeconds wall: Int64) -> Int64 {
        let span = self.firstSpan(endingAfterLocal: wall)
        let inGap = span.start != .min && wall < span.start + Int64(span.offset)
        return wall - Int64(inGap ? span.previousOffset : span.offset)
    }

    /// The first instant of a day: 00:00, or the end of the gap where midnight is jumped over.
    public func startOfDay(_ date: CivilDate) -> Instant {
        if case .gap(_, let end, _) = reading(CivilDateTime(date: date, time: .midnight)) { return end }
        return resolve(date, .midnight)
    }

    /// A change of the offset.
    public struct Transition: Hashable, Sendable {
        public let at: Instant
        public let offsetBefore: Int
        public let offsetAfter: Int
    }

    /// The first change of the offset strictly after the instant, or nil where none will come.
    public func nextTransition(after instant: Instant) -> Transition? {
        let span = self.span(at: instant.seconds)
        guard span.end != .max else { return nil }
        let next = self.span(at: span.end)
        return Transition(at: Instant(seconds: span.end), offsetBefore: span.offset, offsetAfter: next.offset)
    }
}
