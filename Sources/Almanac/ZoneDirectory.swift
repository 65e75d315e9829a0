import Synchronization

/// Where the system keeps its tz database, which zone it is set to, and which names exist.
enum ZoneDirectory {
    private static let usualPlaces = [
        "/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo",
    ]
    /// `tzdata.zi` is about 110 kB.
    private static let listLimit = 4 << 20

    /// The `TZDIR` folder or the first usual place that exists.
    static let root: String? = {
        let own = SystemFile.environment("TZDIR").map { [$0] } ?? []
        return (own + usualPlaces).first(where: SystemFile.isDirectory)
    }()

    /// What `tzdata.zi` says; read again when the database changed.
    struct List: Sendable {
        /// Zone names and links of the database, where it carries its list; sorted.
        var names: [String] = []
        var set: Set<String> = []
        var version: String?

        static func read() -> List {
            guard let root else { return List() }
            guard let text = SystemFile.text("\(root)/tzdata.zi", limit: listLimit) else {
                return List(version: SystemFile.text("\(root)/+VERSION", limit: listLimit).map(trimmed))
            }
            var list = List()
            list.names = text.split(separator: "\n").compactMap { line in
                let words = line.split(separator: " ")
                if words.first == "Z", words.count > 1 { return String(words[1]) }
                if words.first == "L", words.count > 2 { return String(words[2]) }
                return nil
            }.sorted()
            list.set = Set(list.names)
            let mark = "# version "
            list.version = text.hasPrefix(mark) ? String(text.dropFirst(mark.count).prefix { !$0.isNewline }) : nil
            return list
        }
    }

    private static let kept = Mutex<List?>(nil)

    static var list: List {
        kept.withLock { kept in
            if let kept { return kept }
            let list = List.read()
            kept = list
            return list
        }
    }

    static var names: [String] { list.names }

    static func readListAnew() { kept.withLock { $0 = List.read() } }

    /// The files whose change means a newer database.
    static func listPaths() -> [String] { root.map { ["\($0)/tzdata.zi", "\($0)/+VERSION"] } ?? [] }

    /// What people write for a zone although it is not a name of the database.
    private static let habits = [
        "beijing": "Asia/Shanghai", "asia/beijing": "Asia/Shanghai", "china": "Asia/Shanghai", "北京": "Asia/Shanghai",
        "中国": "Asia/Shanghai", "上海": "Asia/Shanghai", "北京时间": "Asia/Shanghai", "cst": "Asia/Shanghai",
        "utc+8": "Asia/Shanghai", "gmt+8": "Asia/Shanghai", "香港": "Asia/Hong_Kong", "台北": "Asia/Taipei",
    ]

    static func nearest(to name: String) -> String? {
        let wanted = name.lowercased()
        if let habit = habits[wanted] { return habit }
        if let same = names.first(where: { $0.lowercased() == wanted }) { return same }
        let city = wanted.split(separator: "/").last.map(String.init) ?? wanted
        if let same = names.first(where: { $0.lowercased().hasSuffix("/" + city.replacingSpaces()) }) { return same }
        let allowed = max(1, wanted.count / 5)
        var best: (name: String, distance: Int)?
        for candidate in names {
            let distance = editDistance(wanted, candidate.lowercased())
            if distance <= allowed, distance < best?.distance ?? .max { best = (candidate, distance) }
        }
        return best?.name
    }

    /// The system's zone by the usual signs: `TZ`, the link `/etc/localtime`, the text of `/etc/timezone`.
    static func systemName() -> String? {
        if let value = SystemFile.environment("TZ"), !value.isEmpty {
            let name = value.hasPrefix(":") ? String(value.dropFirst()) : value
            return inDatabase(name) ?? name
        }
        if let path = SystemFile.resolvedPath("/etc/localtime"), let name = inDatabase(path) { return name }
        let text = SystemFile.text("/etc/timezone", limit: 4096).map(trimmed)
        return text.flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func inDatabase(_ path: String) -> String? {
        guard path.hasPrefix("/") else { return nil }
        let roots = ([root].compactMap { $0 } + usualPlaces).flatMap { [$0, SystemFile.resolvedPath($0) ?? $0] }
        return roots.first { path.hasPrefix($0 + "/") }.map { String(path.dropFirst($0.count + 1)) }
    }
}

extension String {
    fileprivate func replacingSpaces() -> String { String(map { $0 == " " ? "_" : $0 }) }
}

extension Zone {
    /// The name of the system's zone, or nil where nothing says it.
    public static func systemName() -> String? { ZoneDirectory.systemName() }

    /// The system's zone; UTC where nothing says it or the database does not have it.
    public static func system() -> Zone { systemName().flatMap { try? named($0) } ?? .utc }

    /// The release of the tz database, such as `2025b`, where it carries one.
    public static func databaseVersion() -> String? { ZoneDirectory.list.version }

    /// The name that somebody who wrote this may have meant: a habit such as GMT+8, another case, a city, a slip.
    public static func nearestName(to name: String) -> String? { ZoneDirectory.nearest(to: name) }

    /// All names of the database that carries a list, sorted.
    public static func knownNames() -> [String] { ZoneDirectory.names }
}

/// Insertions, deletions and replacements that turn one word into the other.
func editDistance(_ a: String, _ b: String) -> Int {
    let (left, right) = (Array(a.unicodeScalars), Array(b.unicodeScalars))
    var row = Array(0...right.count)
    for (i, scalar) in left.enumerated() {
        var diagonal = row[0]
        row[0] = i + 1
        for (j, other) in right.enumerated() {
            let replaced = diagonal + (scalar == other ? 0 : 1)
            diagonal = row[j + 1]
            row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
        }
    }
    return row[right.count]
}
