import Synchronization

/// The tz database changes a few times a year, usually under a running process (a package upgrade).
extension Zone {
    /// The files that zones in use were read from, as they stood when they were last looked at.
    public struct DatabaseMark: Sendable, Hashable {
        /// Nil for a file that was not there: when it comes back, that is a change too.
        let files: [String: SystemFile.Mark?]

        /// Some file that both looked at is another one now, is gone, or came back. A zone that was not in use then is
        /// no change.
        public func differs(from earlier: DatabaseMark) -> Bool {
            earlier.files.contains { (files[$0.key] ?? nil) != $0.value }
        }
    }

    /// What it costs to ask whether the database changed: one look at each file in use, nothing is read.
    public static func databaseMark() -> DatabaseMark {
        var files: [String: SystemFile.Mark?] = [:]
        let zones = ZoneDirectory.root.map { root in known.map { "\(root)/\($0.name)" } } ?? []
        for path in zones + ZoneDirectory.listPaths() {
            files.updateValue(SystemFile.mark(path), forKey: path)
        }
        return DatabaseMark(files: files)
    }

    /// What reading the database anew came to.
    public struct Refresh: Sendable, Hashable {
        /// Zones in use that changed, sorted.
        public let changed: [String]
        /// The release before and now, where the database says it.
        public let from: String?
        public let to: String?

        public var isNews: Bool { !changed.isEmpty || from != to }
    }

    /// Reads every zone in use, and the list of names, again. Whoever holds a zone sees what it says now. A zone whose
    /// file cannot be read at this moment (in the middle of an upgrade) stays as it was.
    ///
    /// Call it between two evaluations: one evaluation should see one state of a zone.
    public static func readAnew() -> Refresh {
        let from = databaseVersion()
        ZoneDirectory.readListAnew()
        var changed: [String] = []
        for zone in known {
            guard let table = try? ZoneFile.load(zone.name), table != zone.table else { continue }
            zone.take(table)
            changed.append(zone.name)
        }
        return Refresh(changed: changed.sorted(), from: from, to: databaseVersion())
    }

    /// False in a minimal container: no zone but UTC can be had there. An empty folder is no database either.
    public static var hasDatabase: Bool {
        guard let root = ZoneDirectory.root else { return false }
        return ["UTC", "Etc/UTC", "tzdata.zi", "Asia/Shanghai"].contains { SystemFile.mark("\(root)/\($0)") != nil }
    }
}
