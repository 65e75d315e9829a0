import Almanac
import BellmanModel
import BellmanStore
import BellmanStoreSQLite
import Failpoints
import Glibc

/// Puts a backup in the place of the store.
///
/// What was decided between the backup and now is unknown to it. By default that gap counts as settled: what waited
/// in the backup was perhaps sent, what fell due since perhaps rang, and neither rings again without being asked for.
public struct Restore: Sendable {
    public enum Gap: String, Sendable, CaseIterable {
        /// Nothing rings for the gap.
        case skip
        /// As after down time: the nearest missed milestone of each record rings, late; some people hear twice.
        case ring
    }

    public struct Plan: Sendable {
        public let backup: StoreImage
        /// The store that is there now; nil where there is none, or none that can be read.
        public let present: StoreImage?
        /// Why the present store cannot be read.
        public let presentTrouble: StoreProblem?
        /// What rang after the backup, newest first, as far as the present store tells.
        public let forgotten: [LedgerEntry]
    }

    public struct Outcome: Sendable {
        /// Where the replaced store now is.
        public let keptAs: String?
        public let settledDeliveries: Int
        public let cancelledSteps: Int
    }

    /// Forgotten firings that are listed.
    public static let listed = 200

    private let workshop: Workshop
    private let backup: String
    private var target: String { workshop.configuration.resolve(workshop.configuration.storePath) }

    public init(_ workshop: Workshop, from backup: String) {
        self.workshop = workshop
        self.backup = backup
    }

    /// Looks, and changes nothing.
    public func plan() throws -> Plan {
        let image = try StoreImage.inspect(backup)
        guard TextFile.exists(target) else {
            return Plan(backup: image, present: nil, presentTrouble: nil, forgotten: [])
        }
        do {
            let present = try StoreImage.inspect(target)
            let since = image.watermark ?? .earliest
            return Plan(
                backup: image, present: present, presentTrouble: nil,
                forgotten: try StoreImage.firings(in: target, after: since, limit: Restore.listed))
        } catch let problem as StoreProblem {
            return Plan(backup: image, present: nil, presentTrouble: problem, forgotten: [])
        }
    }

    /// - Parameter newIdentity: for a copy that is to live beside the original: its notices get ids of their own.
    public func run(gap: Gap, newIdentity: Bool, now: Instant) throws -> Outcome {
        let lock = try DaemonLock(path: target)
        defer { lock.release() }
        _ = try StoreImage.inspect(backup)
        let partial = target + StoreImage.restoring
        for suffix in ["", "-wal", "-shm", "-journal", ".mark"] { unlink(partial + suffix) }
        try Failpoint.step(.restoreCopy) { try copy(backup, to: partial) }
        let settled = try Failpoint.step(.restorePrepare) {
            try prepare(partial, gap: gap, newIdentity: newIdentity, numbers: try numbers(), now: now)
        }
        let kept = try setAside(now: now)
        try Failpoint.step(.restoreRename) {
            guard rename(partial, target) == 0 else { throw failure(target) }
            // What was restored is older than the mark of what was replaced, by the administrator's will.
            guard rename(StoreMark.path(ofStore: partial), StoreMark.path(ofStore: target)) == 0 else {
                throw failure(StoreMark.path(ofStore: target))
            }
            if case .failure(let unsynced) = TextFile.syncFolder(of: target) {
                throw StoreProblem.cannotOpen(path: target, why: unsynced.text)
            }
        }
        return Outcome(keptAs: kept, settledDeliveries: settled.deliveries, cancelledSteps: settled.steps)
    }

    private func prepare(
        _ path: String, gap: Gap, newIdentity: Bool, numbers: GivenNumbers, now: Instant
    ) throws -> (deliveries: Int, steps: Int) {
        let instance = try Instance(workshop, role: .daemon, storePath: path)
        var settled = (deliveries: 0, steps: 0)
        if gap == .skip { settled = try Failpoint.step(.gapSettle) { try instance.store.settleGap(now: now) } }
        if newIdentity { try instance.store.setDocument(Instance.storeIDDocument, nil) }
        try Restore.note(instance.store, backup, gap, now)
        try instance.store.leaveOut(numbers)
        try instance.storeID()
        try StoreGuard(instance).mark()
        try instance.store.close()
        try dropEmptyLog(path)
        return settled
    }

    /// What the replaced store handed out; a guess that is surely above where it is gone or cannot be read.
    private func numbers() throws -> GivenNumbers {
        if TextFile.exists(target), let given = try? StoreImage.givenNumbers(in: target) { return given }
        var known = try StoreImage.givenNumbers(in: backup)
        if case .mark(let mark) = MarkFile(ofStore: target).read() {
            known.journal = max(known.journal, mark.reach.head(.journal).sequence)
        }
        return known.leavingRoom
    }

    /// Kept in the store: the self-audit asks for nothing that lies in a gap that was settled.
    static func note(_ store: SQLiteStore, _ source: String, _ gap: Gap, _ now: Instant) throws {
        try store.setDocument("restore/\(now.description)", "\(source) gap=\(gap.rawValue)")
    }

    /// A log that was written back holds nothing; one that was not must never be parted from its file.
    private func dropEmptyLog(_ path: String) throws {
        var status = stat()
        if stat(path + "-wal", &status) == 0, status.st_size > 0 {
            throw StoreProblem.other(path: path, why: "its log could not be written back")
        }
        for suffix in ["-wal", "-shm"] { unlink(path + suffix) }
    }

    /// The replaced store stays beside, with its log, until someone deletes it.
    ///
    /// Without a log it gets its second name while it keeps the first, so that at every moment there is a store under the
    /// name that the daemon opens. With one (it could not be read) the file goes before its log: what a crash leaves
    /// between the two is a log without its file, which no daemon starts from.
    private func setAside(now: Instant) throws -> String? {
        guard ["", "-wal"].contains(where: { TextFile.exists(target + $0) }) else { return nil }
        // One that is sound becomes one file first, so that nothing can part it from its log.
        StoreImage.writeBack(target)
        let kept = Restore.freeName(target, now)
        try? dropEmptyLog(target)
        let beside = ["-wal", "-shm", "-journal"].filter { TextFile.exists(target + $0) }
        let isLinked = try Failpoint.step(.restoreAside) { beside.isEmpty && link(target, kept) == 0 }
        if isLinked {
            try moveMark(from: target, to: kept)
            return kept
        }
        defer { try? moveMark(from: target, to: kept) }
        for suffix in [""] + beside where TextFile.exists(target + suffix) {
            guard rename(target + suffix, kept + suffix) == 0 else { throw failure(target + suffix) }
        }
        return kept
    }

    /// Two restores may fall into one second, and neither may lose what the other put aside.
    private static func freeName(_ target: String, _ now: Instant) -> String {
        let first = "\(target).replaced-\(now.description.prefix(19).filter { $0 != ":" && $0 != "-" })"
        var (name, number) = (first, 1)
        while ["", "-wal", ".mark"].contains(where: { TextFile.exists(name + $0) }) {
            number += 1
            name = "\(first)-\(number)"
        }
        return name
    }

    private func moveMark(from store: String, to kept: String) throws {
        let mark = StoreMark.path(ofStore: store)
        guard TextFile.exists(mark) else { return }
        guard rename(mark, StoreMark.path(ofStore: kept)) == 0 else { throw failure(mark) }
    }

    private func copy(_ source: String, to target: String) throws {
        let input = open(source, O_RDONLY | O_CLOEXEC)
        guard input >= 0 else { throw failure(source) }
        defer { close(input) }
        let output = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard output >= 0 else { throw failure(target) }
        defer { close(output) }
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = read(input, &buffer, buffer.count)
            if count == 0 { break }
            guard count > 0 else { throw failure(source) }
            var done = 0
            while done < count {
                let written = buffer[done..<count].withUnsafeBytes { write(output, $0.baseAddress, $0.count) }
                guard written > 0 else { throw failure(target) }
                done += written
            }
        }
        guard fsync(output) == 0 else { throw failure(target) }
    }

    private func failure(_ path: String) -> StoreProblem {
        errno == ENOSPC ? .diskFull(path: path) : .cannotOpen(path: path, why: String(cString: strerror(errno)))
    }
}
