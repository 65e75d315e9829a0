import Almanac
import BellmanStore
import Digests
import Glibc

/// The high-water mark of a store, kept in a small file beside it (`<store>.mark`): which store it is, how far it has
/// come, and when that was. It is written after a commit is on the disk, so it may be older than the store, never
/// newer; a store that lacks what its mark says is an older copy that was put back, or has lost rows.
public struct StoreMark: Sendable, Hashable {
    /// The store's own id.
    public var store: String
    /// By the machine's clock when it was written.
    public var at: Instant
    public var reach: StoreReach

    public init(store: String, at: Instant, reach: StoreReach) {
        self.store = store
        self.at = at
        self.reach = reach
    }

    public static func path(ofStore path: String) -> String { path + ".mark" }
}

/// Reads and writes the mark. Two slots are written in turn, each with a checksum: a write that a power cut tears
/// leaves the other.
public struct MarkFile: Sendable {
    public enum Reading: Sendable, Hashable {
        case absent
        /// There is a file, but neither slot can be read.
        case unreadable
        case mark(StoreMark)
    }

    private let path: String
    static let slotSize = 1_024
    private static let firstLine = "bellman mark 1"

    public init(ofStore path: String) { self.path = StoreMark.path(ofStore: path) }

    public func read() -> Reading {
        guard let bytes = try? contents() else { return access(path, F_OK) == 0 ? .unreadable : .absent }
        guard let best = slots(bytes).compactMap({ $0 }).max(by: { $0.turn < $1.turn }) else { return .unreadable }
        return .mark(best.mark)
    }

    /// Durable when this returns. Throws `StoreProblem`.
    public func write(_ mark: StoreMark) throws {
        let found = slots((try? contents()) ?? [])
        let turns = found.map { $0?.turn ?? 0 }
        let slot = turns[0] <= turns[1] ? 0 : 1
        let isNew = access(path, F_OK) != 0
        let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw failure() }
        defer { close(descriptor) }
        let bytes = MarkFile.text(mark, turn: max(turns[0], turns[1]) + 1)
        let written = pwrite(descriptor, bytes, bytes.count, off_t(slot * MarkFile.slotSize))
        guard written == bytes.count, fdatasync(descriptor) == 0 else { throw failure() }
        if isNew { try StoreFile.syncFolder(of: path) }
    }

    public func remove() { unlink(path) }

    private func failure() -> StoreProblem {
        errno == ENOSPC ? .diskFull(path: path) : .cannotOpen(path: path, why: String(cString: strerror(errno)))
    }

    private func contents() throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure() }
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 2 * MarkFile.slotSize)
        let count = Glibc.read(descriptor, &buffer, buffer.count)
        guard count >= 0 else { throw failure() }
        return Array(buffer.prefix(count))
    }

    private struct Slot {
        let turn: UInt64
        let mark: StoreMark
    }

    private func slots(_ bytes: [UInt8]) -> [Slot?] {
        [0, 1].map { slot in
            let start = slot * MarkFile.slotSize
            return start < bytes.count ? MarkFile.parse(bytes[start...].prefix(MarkFile.slotSize)) : nil
        }
    }

    // MARK: Text

    /// Lines that people can read; spaces fill the slot, and the last word is a checksum over all before it.
    private static func text(_ mark: StoreMark, turn: UInt64) -> [UInt8] {
        var lines = [firstLine, "turn \(turn)", "store \(mark.store)", "at \(mark.at.microseconds)"]
        if let watermark = mark.reach.watermark { lines.append("watermark \(watermark.microseconds)") }
        for table in ChainedTable.allCases {
            let head = mark.reach.head(table)
            lines.append("\(table.rawValue) \(head.sequence) \(head.link)")
        }
        var bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
        bytes += [UInt8](repeating: 0x20, count: max(0, slotSize - bytes.count - sumSize))
        return bytes + Array("sum \(TextCoding.hex(Array(Digests.sha256(bytes).prefix(sumBytes))))\n".utf8)
    }

    private static let sumBytes = 16
    private static let sumSize = 4 + 2 * sumBytes + 1

    private static func parse(_ slot: ArraySlice<UInt8>) -> Slot? {
        guard slot.count == slotSize else { return nil }
        let body = Array(slot.dropLast(sumSize))
        let sum = "sum \(TextCoding.hex(Array(Digests.sha256(body).prefix(sumBytes))))\n"
        guard Array(slot.suffix(sumSize)) == Array(sum.utf8) else { return nil }
        let lines = String(decoding: body, as: UTF8.self).split(separator: "\n").map { $0.split(separator: " ") }
        var words: [Substring: [Substring]] = [:]
        for line in lines.dropFirst() { if let name = line.first { words[name] = Array(line.dropFirst()) } }
        func number(_ name: String, _ place: Int = 0) -> Int64? {
            guard let values = words[Substring(name)], place < values.count else { return nil }
            return Int64(values[place])
        }
        guard lines.first?.joined(separator: " ") == firstLine, let turn = number("turn"), let at = number("at"),
            let store = words["store"]?.first
        else { return nil }
        var reach = StoreReach(watermark: number("watermark").map(Instant.init(microseconds:)), heads: [:])
        for table in ChainedTable.allCases {
            guard let sequence = number(table.rawValue), let link = number(table.rawValue, 1) else { continue }
            reach.heads[table] = ChainHead(sequence: sequence, link: link)
        }
        return Slot(
            turn: UInt64(max(0, turn)),
            mark: StoreMark(store: String(store), at: Instant(microseconds: at), reach: reach))
    }
}
