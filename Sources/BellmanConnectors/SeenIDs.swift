/// Where each id of a file stood first, by the id's `StableHash`, whose bits are mixed already.
///
/// Many small tables of which one grows at a time: a dictionary of a million ids would double at once, and hold twice
/// what it needs while it does.
struct SeenIDs {
    private static let tables = 64

    private var shards = [Shard](repeating: Shard(), count: tables)

    /// Notes the line of a new id and gives nil; of one that was seen gives its first line.
    mutating func first(_ hash: UInt64, line: Int32) -> Int32? {
        // 0 marks an empty place.
        let key = max(hash, 1)
        return shards[Int(truncatingIfNeeded: key % UInt64(SeenIDs.tables))].first(key, line)
    }

    private struct Shard {
        private var keys: [UInt64] = []
        private var lines: [Int32] = []
        private var count = 0

        mutating func first(_ key: UInt64, _ line: Int32) -> Int32? {
            // At most four fifths full: beyond it a search passes too many neighbours.
            if count * 5 >= keys.count * 4 { grow() }
            let place = place(of: key)
            guard keys[place] == 0 else { return lines[place] }
            keys[place] = key
            lines[place] = line
            count += 1
            return nil
        }

        /// Where the key stands, or the empty place where it belongs.
        private func place(of key: UInt64) -> Int {
            var place = Int(key.multipliedFullWidth(by: UInt64(keys.count)).high)
            while keys[place] != 0, keys[place] != key { place = place + 1 == keys.count ? 0 : place + 1 }
            return place
        }

        private mutating func grow() {
            let (oldKeys, oldLines) = (keys, lines)
            let size = max(16, oldKeys.count * 3 / 2)
            keys = [UInt64](repeating: 0, count: size)
            lines = [Int32](repeating: 0, count: size)
            for index in oldKeys.indices where oldKeys[index] != 0 {
                let place = place(of: oldKeys[index])
                keys[place] = oldKeys[index]
                lines[place] = oldLines[index]
            }
        }
    }
}
