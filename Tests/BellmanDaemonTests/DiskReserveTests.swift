import BellmanTesting
import Glibc
import Testing

@testable import BellmanDaemon

@Suite struct DiskReserveTests {
    private func status(_ path: String) -> stat? {
        var status = stat()
        return stat(path, &status) == 0 ? status : nil
    }

    @Test func itsRoomIsRealAndGivenBackOnce() throws {
        let folder = try TemporaryFolder()
        let reserve = DiskReserve(store: folder.file("bellman.db"))
        #expect(!reserve.isHeld && !reserve.release())
        #expect(reserve.hold() && reserve.isHeld)
        let held = try #require(status(folder.file("bellman.db.reserve")))
        #expect(Int64(held.st_size) == DiskReserve.size)
        #expect(Int64(held.st_blocks) * 512 >= DiskReserve.size, "a hole is no room")
        #expect(held.st_mode & 0o777 == 0o600)
        #expect(reserve.hold(), "held already")
        #expect(reserve.release())
        #expect(!reserve.isHeld && !reserve.release())
    }

    @Test func limitsAreWhatTheGuideSays() {
        #expect(DiskReserve.size == 1_048_576)
        #expect(DiskReserve.roomMegabytes == 4)
        #expect(SelfWatch.longLogMegabytes == 256)
    }

    @Test func whereNothingCanBeMadeThereIsNone() throws {
        let folder = try TemporaryFolder()
        let reserve = DiskReserve(store: folder.file("gone/bellman.db"))
        #expect(!reserve.hold())
        #expect(!reserve.isHeld)
    }
}
