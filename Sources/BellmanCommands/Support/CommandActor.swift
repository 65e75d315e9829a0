import Glibc

/// Who works at the keyboard, for the journal.
enum CommandActor {
    static var name: String {
        for variable in ["SUDO_USER", "USER", "LOGNAME"] {
            if let value = getenv(variable), value.pointee != 0 { return String(cString: value) }
        }
        if let entry = getpwuid(getuid()) { return String(cString: entry.pointee.pw_name) }
        return "uid \(getuid())"
    }
}
