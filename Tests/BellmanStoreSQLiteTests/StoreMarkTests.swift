import Almanac
import BellmanStore
import BellmanTesting
import Foundation
import Glibc
import Testing

@testable import BellmanStoreSQLite

@Suite struct StoreMarkTests {
    let folder: TemporaryFolder
    let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.file("bellman.db")
    }

    private var file: MarkFile { MarkFile(ofStore: path) }

    private func mark(_ number: Int64) -> StoreMark {
        let heads = Dictionary(
            uniqueKeysWithValues: ChainedTable.allCases.map { ($0, ChainHead(sequence: number, link: -number)) })
        return StoreMark(
            store: "abc", at: StoreContract.start.adding(seconds: number),
            reach: StoreReach(watermark: number == 1 ? nil : StoreContract.start, heads: heads))
    }

    private func turn(_ offset: Int) throws {
        let url = URL(fileURLWithPath: StoreMark.path(ofStore: path))
        var bytes = try Data(contentsOf: url)
        bytes[offset] ^= 1
        try bytes.write(to: url)
    }

    @Test func itSaysWhatWasWrittenLast() throws {
        #expect(file.read() == .absent)
        for number in 1...5 as ClosedRange<Int64> {
            try file.write(mark(number))
            #expect(file.read() == .mark(mark(number)))
        }
        var status = stat()
        #expect(stat(StoreMark.path(ofStore: path), &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
    }

    /// A write that a power cut tears leaves the mark before it; no flipped bit is believed.
    @Test func aTornWriteLeavesTheOneBefore() throws {
        try file.write(mark(1))
        try file.write(mark(2))
        for offset in stride(from: MarkFile.slotSize, to: 2 * MarkFile.slotSize, by: 37) {
            try turn(offset)
            #expect(file.read() == .mark(mark(1)), "\(offset)")
            try turn(offset)
        }
        #expect(file.read() == .mark(mark(2)))
        try turn(1_500)
        try file.write(mark(3))
        #expect(file.read() == .mark(mark(3)))
    }

    @Test(arguments: [0, 1, 1_000, 1_023]) func aFileThatIsNoMarkIsSaidToBe(_ size: Int) throws {
        try file.write(mark(1))
        #expect(truncate(StoreMark.path(ofStore: path), off_t(size)) == 0)
        #expect(file.read() == .unreadable)
        try file.write(mark(2))
        #expect(file.read() == .mark(mark(2)))
        file.remove()
        #expect(file.read() == .absent)
    }

    @Test func aFolderThatCannotBeWrittenIsAnError() {
        let file = MarkFile(ofStore: folder.file("no such folder/bellman.db"))
        #expect(throws: StoreProblem.self) { try file.write(mark(1)) }
    }
}
