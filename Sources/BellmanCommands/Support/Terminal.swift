import Glibc

/// The two streams of a command, and whether a person is looking.
enum Terminal {
    static func write(_ text: String) { put(text, to: STDOUT_FILENO) }
    static func line(_ text: String = "") { put(text + "\n", to: STDOUT_FILENO) }
    static func error(_ text: String) { put(text.hasSuffix("\n") ? text : text + "\n", to: STDERR_FILENO) }

    /// Without a line end: the next call writes over it.
    static func progress(_ text: String) { put(text, to: STDERR_FILENO) }

    static var isInteractive: Bool { isatty(STDOUT_FILENO) == 1 }
    static var showsProgress: Bool { isatty(STDERR_FILENO) == 1 }
    static var usesColor: Bool { isInteractive && getenv("NO_COLOR") == nil && !isDumb }

    private static var isDumb: Bool { getenv("TERM").map { String(cString: $0) } == "dumb" }

    /// Columns of the terminal; 100 where there is none.
    static var width: Int {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 100 }
        return Int(size.ws_col)
    }

    static func bytes(_ bytes: [UInt8]) { put(bytes, to: STDOUT_FILENO) }

    private static func put(_ text: String, to descriptor: Int32) { put(Array(text.utf8), to: descriptor) }

    private static func put(_ all: [UInt8], to descriptor: Int32) {
        var bytes = all[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                return
            }
            bytes = bytes.dropFirst(count)
        }
    }
}
