/// Stretches of constant offset, in order, all times in seconds since 1970.
///
/// The rule at the end of a zone file holds for ever, and the Gregorian calendar repeats every 400 years to the weekday;
/// so the table holds one such cycle after the last listed change, and later times are mapped back into it.
struct ZoneTable: Sendable, Equatable {
    /// `starts[0]` is `Int64.min`; strictly ascending.
    let starts: [Int64]
    let offsets: [Int32]
    /// Where the repeating cycle begins, or nil where the last offset simply stays.
    let cycleStart: Int64?

    final class Box: Sendable {
        let table: ZoneTable
        init(_ table: ZoneTable) { self.table = table }
    }

    static let cycle: Int64 = 146_097 * 86_400

    struct Span {
        var start: Int64
        var end: Int64
        var offset: Int
        var previousOffset: Int
    }

    init(fixed offset: Int) {
        starts = [.min]
        offsets = [Int32(offset)]
        cycleStart = nil
    }

    /// `changes` must ascend by time; changes to the offset already in force are dropped.
    init(initial: Int, changes: [(at: Int64, offset: Int)], cycleStart: Int64?) {
        var starts: [Int64] = [.min]
        var offsets = [Int32(initial)]
        for change in changes {
            if starts.last == change.at {  // of two changes at one instant the later one counts
                offsets[offsets.count - 1] = Int32(change.offset)
            } else if offsets.last != Int32(change.offset) {
                starts.append(change.at)
                offsets.append(Int32(change.offset))
            }
        }
        self.starts = starts
        self.offsets = offsets
        self.cycleStart = cycleStart
    }

    /// The stretch that holds the second.
    func span(at second: Int64) -> Span {
        guard let cycleStart, second >= cycleStart + ZoneTable.cycle else { return span(index: index(of: second)) }
        let shift = (second - cycleStart) / ZoneTable.cycle * ZoneTable.cycle
        var found = span(index: index(of: second - shift))
        if found.start != .min { found.start += shift }
        if found.end != .max { found.end += shift }
        return found
    }

    /// The earliest stretch that ends, on its own wall clock, after the given wall-clock second.
    ///
    /// Offsets are under a day, so a stretch that holds the UTC reading of the day before cannot be too late.
    func firstSpan(endingAfterLocal wall: Int64) -> Span {
        var found = span(at: wall - 86_400)
        while found.end != .max, wall >= found.end + Int64(found.offset) { found = span(at: found.end) }
        return found
    }

    private func span(index: Int) -> Span {
        Span(
            start: starts[index], end: index + 1 < starts.count ? starts[index + 1] : .max,
            offset: Int(offsets[index]), previousOffset: Int(offsets[index == 0 ? 0 : index - 1]))
    }

    private func index(of second: Int64) -> Int {
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= second { low = middle } else { high = middle }
        }
        return low
    }
}
