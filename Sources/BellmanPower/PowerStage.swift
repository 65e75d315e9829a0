import CPowerVFS

/// The simulated disk. There is one in a process: SQLite knows its file systems by name, for all connections.
enum PowerStage {
    /// What is done wrong on purpose, to see that it is found.
    struct Plants: OptionSet {
        let rawValue: Int32

        /// The connection that writes stays at `synchronous = NORMAL`.
        static let normal = Plants(rawValue: Int32(POWER_PLANT_NORMAL))
        /// Syncs do nothing, as with `synchronous = OFF`.
        static let noSync = Plants(rawValue: Int32(POWER_PLANT_NO_SYNC))
        /// A torn write damages its neighbour.
        static let tornNeighbour = Plants(rawValue: Int32(POWER_PLANT_TORN_NEIGHBOUR))
    }

    static var isOff: Bool { power_is_off() != 0 }
    static var events: Int { power_events() }
    static var unsyncedBytes: Int { power_unsynced() }
    static var openFiles: Int { power_open_files() }

    /// - Parameter checkpointPages: length of the log at which the store writes it back; 0 for its own.
    static func begin(folder: String, seed: UInt64, plants: Plants, checkpointPages: Int) throws {
        guard power_begin(folder, seed, plants.rawValue) == 0 else { throw PowerTrouble.disk("cannot be registered") }
        power_checkpoint_pages(Int32(checkpointPages))
    }

    static func end() { power_end() }

    /// The power goes at that event from now: a write, a sync, a change of a name or of a size, a message that leaves.
    static func setFuse(_ events: Int) { power_fuse(events) }

    /// One of the states that the disk may show after the loss, in another folder.
    /// - Parameter survivors: of a hundred unsynced sectors.
    static func show(in folder: String, survivors: Int) throws {
        guard power_show(folder, Int32(survivors)) == 0 else { throw PowerTrouble.disk("\(folder) cannot be written") }
    }

    /// The state that was shown last is the truth from now on, and the power is on. All connections must be closed.
    static func resume() throws {
        guard openFiles == 0 else { throw PowerTrouble.disk("\(openFiles) files are still open") }
        guard power_resume() == 0 else { throw PowerTrouble.disk("the state after the loss cannot be kept") }
    }

    /// What the dying process saw, as files in another folder.
    static func copySeen(to folder: String) throws {
        guard power_copy_seen(folder) == 0 else { throw PowerTrouble.disk("\(folder) cannot be written") }
    }
}

/// The driver itself cannot go on. What it finds wrong in the store is a `PowerFinding`.
enum PowerTrouble: Error {
    case disk(String)
    case rules(String)
}

/// A connection beside the store that reads all its rows. One user at a time.
final class StoreReader: @unchecked Sendable {
    private let reader: OpaquePointer

    /// Nil where the file is no database that SQLite opens.
    init?(path: String) {
        guard let opened = power_reader_open(path) else { return nil }
        reader = opened
    }

    deinit { power_reader_close(reader) }

    /// One number for all rows of all tables; nil when they cannot be read.
    var digest: UInt64? {
        let digest = power_reader_digest(reader)
        return digest == 0 ? nil : digest
    }

    /// SQLite's full check finds nothing.
    var isSound: Bool { power_reader_is_sound(reader) != 0 }

    /// The first number that a question gives; nil for none. Below -1 when it cannot be asked.
    func number(_ sql: String, _ text: String? = nil) -> Int64? {
        let answer = power_reader_number(reader, sql, text)
        return answer == -1 ? nil : answer
    }
}
