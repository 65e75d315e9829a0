import Almanac
import BellmanModel
import BellmanStore
import BellmanTesting
import Glibc
import Testing

@testable import BellmanStoreSQLite

/// Where a store lies, and whether it is still there (docs/faults.md, A6, A7, A13).
@Suite struct StorePlaceTests {
    private static let table = """
        22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda1 rw
        30 22 0:25 / /mnt/nfs rw,relatime shared:2 - nfs4 host:/x rw
        31 30 254:1 / /mnt/nfs/disk rw,relatime - xfs /dev/vdb rw
        32 22 0:26 / /mnt/my\\040share rw,relatime master:3 propagate_from:2 - cifs //host/x rw
        33 22 0:27 / /mnt/ssh rw - fuse.sshfs a@b:/ rw
        34 22 0:28 / /mnt/local rw - fuseblk /dev/sdb1 rw
        35 22 0:29 / /over rw - nfs host:/y rw
        36 22 0:30 / /over rw - overlay overlay rw
        37 22 0:31 / /p rw - 9p share rw
        38 22 0:32 / /gl rw - fuse.glusterfs host:/v rw
        39 22 0:33 / /smb rw - smb3 //host/z rw
        nonsense
        40 22 0:34 / /cut rw -
        """

    @Test(arguments: [
        ("/var/lib/bellman.db", nil), ("/mnt/nfs", "nfs4"), ("/mnt/nfs/a/b.db", "nfs4"), ("/mnt/nfs/disk/b.db", nil),
        ("/mnt/nfsx/b.db", nil), ("/mnt/my share/b.db", "cifs"), ("/mnt/ssh/b.db", "fuse.sshfs"),
        ("/mnt/local/b.db", nil), ("/over/b.db", nil), ("/p/b.db", nil), ("/gl/b.db", "fuse.glusterfs"),
        ("/smb/b.db", "smb3"), ("/cut/b.db", nil),
    ]) func fileSystemsOfSeveralMachinesAreRefused(_ place: String, _ kind: String?) {
        #expect(FileSystemKind.refused(place, mounts: StorePlaceTests.table) == kind)
    }

    private func store(_ path: String) throws -> SQLiteStore {
        try SQLiteStore(path: path, role: .daemon, schema: StoreContract.schema, deriver: CancelByDeriver())
    }

    private func write(_ id: String, _ store: SQLiteStore) throws {
        _ = try store.write(
            [RecordWrite(ref: RecordRef(kind: "task", id: id), fields: [:], actor: "test")],
            at: Instant(microseconds: 1_800_000_000_000_000))
    }

    /// What would be written would be gone with the process.
    @Test func aStoreThatWasMovedIsNotWritten() throws {
        let folder = try TemporaryFolder()
        let (path, away) = (folder.file("bellman.db"), folder.file("away.db"))
        let store = try store(path)
        try write("a", store)
        #expect(rename(path, away) == 0)
        #expect(throws: StoreProblem.moved(path: path)) { try write("b", store) }
        #expect(try store.read { try $0.count(kind: "task") } == 1, "what is there can be read")
        close(open(path, O_CREAT | O_WRONLY, 0o600))
        #expect(throws: StoreProblem.moved(path: path)) { try write("b", store) }
        #expect(store.failure == nil)
        #expect(rename(away, path) == 0)
        try write("b", store)
        #expect(try store.read { try $0.count(kind: "task") } == 2)
        try store.close()
    }

    @Test func aSyncThatFailedEndsTheUseOfTheStore() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("bellman.db")
        let store = try store(path)
        try write("a", store)
        let failed = StoreProblem.syncFailed(path: path, why: "as the disk says")
        #expect(throws: failed) { try store.connection.withoutTransaction { _ in throw failed } }
        #expect(store.failure == failed)
        #expect(throws: failed) { try write("b", store) }
        #expect(throws: failed) { try store.read { try $0.count(kind: "task") } }
        #expect(throws: failed) { try store.close() }
        store.checkpoint()
        let next = try self.store(path)
        #expect(try next.read { try $0.count(kind: "task") } == 1)
        try next.close()
    }

    @Test func otherTroublesPass() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("bellman.db")
        let store = try store(path)
        for (number, problem) in [
            StoreProblem.diskFull(path: path), .busy(path: path), .other(path: path, why: "disk I/O error"),
        ].enumerated() {
            #expect(throws: problem) { try store.connection.withoutTransaction { _ in throw problem } }
            #expect(store.failure == nil)
            try write("\(number)", store)
        }
        try store.close()
    }
}
