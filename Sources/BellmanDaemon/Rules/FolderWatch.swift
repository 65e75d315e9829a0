import Glibc

/// Tells that something in a folder tree changed, by inotify. It may miss what the kernel drops; the periodic
/// rescan by content is the truth, this only makes it quick.
public final class FolderWatch: Sendable {
    let descriptor: Int32

    /// `nil` where inotify is not to be had.
    public init?() {
        descriptor = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
        if descriptor < 0 { return nil }
    }

    deinit { close(descriptor) }

    private static let mask = UInt32(IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB)

    /// Watches the folder and those below it; called again after each change, since new folders need their own watch.
    public func watch(_ folder: String, depth: Int = 0) {
        guard depth < RulesFolder.depthLimit else { return }
        inotify_add_watch(descriptor, folder, FolderWatch.mask)
        guard let directory = opendir(folder) else { return }
        defer { closedir(directory) }
        while let entry = readdir(directory) {
            guard entry.pointee.d_type == UInt8(DT_DIR) else { continue }
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { watch("\(folder)/\(name)", depth: depth + 1) }
        }
    }

    /// Watches one folder and none below it.
    func watch(alone folder: String) { inotify_add_watch(descriptor, folder, FolderWatch.mask) }

    /// Waits at most the given milliseconds (-1: until it happens); true when something changed.
    func wait(milliseconds: Int32, _ stop: StopSignal) -> Bool {
        guard stop.wait(for: descriptor, milliseconds: milliseconds) else { return false }
        var buffer = [UInt8](repeating: 0, count: 16 * 1024)
        while read(descriptor, &buffer, buffer.count) > 0 {}
        return true
    }
}
