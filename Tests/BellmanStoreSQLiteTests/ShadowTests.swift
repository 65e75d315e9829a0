import Almanac
import BellmanModel
import BellmanStore
import BellmanTesting
import Foundation
import Glibc
import Testing

@testable import BellmanStoreSQLite

/// A shadow shows the store as it was when it was opened, takes every write, and leaves nothing behind.
@Suite struct ShadowTests {
    let folder: TemporaryFolder
    let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("bellman.db")
    }

    private func open(_ role: StoreRole, at path: String? = nil) throws -> SQLiteStore {
        try SQLiteStore(path: path ?? self.path, role: role, schema: StoreContract.schema, deriver: CancelByDeriver())
    }

    private func write(_ store: SQLiteStore, _ ids: Range<Int>, _ title: String) throws {
        let writes = ids.map {
            RecordWrite(ref: RecordRef(kind: "task", id: "\($0)"), fields: ["title": .string(title)], actor: "test")
        }
        _ = try store.write(writes, at: StoreContract.start)
    }

    private func titles(_ store: SQLiteStore) throws -> [String] {
        try store.read { view in
            try view.identifiers(kind: "task", after: nil, limit: Int.max).map { id in
                guard case .string(let text)? = try view.record(RecordRef(kind: "task", id: id))?["title"] else {
                    return ""
                }
                return text
            }
        }
    }

    /// Every byte of the store and of its log.
    private func bytes() -> [Data?] {
        ["", "-wal"].map { FileManager.default.contents(atPath: path + $0) }
    }

    @Test func whatIsWrittenInItStaysInIt() throws {
        let store = try open(.daemon)
        try write(store, 0..<300, "before")
        let was = bytes()
        let shadow = try open(.shadow)
        #expect(try titles(shadow) == titles(store))
        // More than a log's worth, so that the shadow writes its own log back.
        for round in 0..<12 { try write(shadow, 0..<2_000, "shadow \(round)") }
        #expect(try Set(titles(shadow)) == ["shadow 11"])
        #expect(try shadow.integrityProblems() == [])
        #expect(try shadow.chainFaults() == [])
        #expect(bytes() == was)
        try shadow.close()
        #expect(bytes() == was)
        #expect(try Set(titles(store)) == ["before"])
        try write(store, 0..<1, "after")
        #expect(try store.integrityProblems() == [])
    }

    /// Whatever is written, written back and begun anew meanwhile.
    @Test(arguments: 1...20) func itStaysAsItWas(_ seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let store = try open(.daemon)
        var shadows: [(store: SQLiteStore, titles: [String])] = []
        for round in 0..<30 {
            switch Int.random(in: 0..<6, using: &random) {
            case 0: store.checkpoint()
            case 1: shadows.append((try open(.shadow), try titles(store)))
            case 2 where !shadows.isEmpty:
                let one = shadows.remove(at: Int.random(in: shadows.indices, using: &random))
                #expect(try titles(one.store) == one.titles, "seed \(seed), round \(round)")
                #expect(try one.store.integrityProblems() == [], "seed \(seed), round \(round)")
                try one.store.close()
            default:
                let first = Int.random(in: 0..<200, using: &random)
                try write(store, first..<(first + Int.random(in: 1..<400, using: &random)), "round \(round)")
            }
        }
        for one in shadows {
            #expect(try titles(one.store) == one.titles, "seed \(seed)")
            try one.store.close()
        }
        #expect(try store.integrityProblems() == [])
        try store.close()
    }

    /// Closing any descriptor of a file drops a process's locks on it (fcntl): another process could then take the log
    /// away from under this one.
    @Test func theLocksOfTheProcessStay() throws {
        let store = try open(.daemon)
        try write(store, 0..<10, "a")
        let was = try locks()
        #expect(!was.isEmpty)
        let shadow = try open(.shadow)
        #expect(try titles(shadow).count == 10)
        try shadow.close()
        #expect(try locks() == was)
        #expect(try titles(store).count == 10)
    }

    /// Kernel's list of locks of this process on the store and its shared memory.
    private func locks() throws -> [String] {
        let inodes = try ["", "-shm"].map { suffix -> String in
            var status = stat()
            try #require(stat(path + suffix, &status) == 0)
            return ":\(status.st_ino) "
        }
        let text = try String(contentsOfFile: "/proc/locks", encoding: .utf8)
        return text.split(separator: "\n").compactMap { line in
            guard inodes.contains(where: line.contains) else { return nil }
            return line.split(separator: " ").dropFirst().joined(separator: " ")
        }.sorted()
    }

    @Test(arguments: ["a b.db", "100%.db", "what?.db", "#1.db", "存储.db", "a&vfs=unix.db"])
    func anyNameWillDo(_ name: String) throws {
        let path = folder.file(name)
        let store = try open(.daemon, at: path)
        try write(store, 0..<3, "here")
        let shadow = try open(.shadow, at: path)
        #expect(try titles(shadow) == ["here", "here", "here"])
        try write(shadow, 0..<3, "there")
        try shadow.close()
        try store.close()
        #expect(try titles(open(.command, at: path)) == ["here", "here", "here"])
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { !$0.hasPrefix(name) }
        #expect(names == [])
    }

    /// After the daemon has ended and its log is gone.
    @Test func aStoreAtRestIsSeenToo() throws {
        let store = try open(.daemon)
        try write(store, 0..<5, "rest")
        try store.close()
        let shadow = try open(.shadow)
        try write(shadow, 0..<5, "shadow")
        #expect(try Set(titles(shadow)) == ["shadow"])
        try shadow.close()
        #expect(try Set(titles(open(.command))) == ["rest"])
    }

    @Test func aMissingStoreIsNotMade() throws {
        #expect(throws: StoreProblem.self) { _ = try open(.shadow) }
        #expect(!FileManager.default.fileExists(atPath: path))
    }
}
