import BellmanStore
import Glibc

/// The file system that a store lies on, by the kernel's table of mounts (proc_pid_mountinfo(5)).
///
/// SQLite's write-ahead log needs memory that all processes share and locks that hold, which file systems of several
/// machines do not give (sqlite.org/wal.html: it "does not work over a network filesystem").
enum FileSystemKind {
    /// As the kernel names them, and FUSE's as `fuse.NAME`. 9p and plain FUSE are left out: containers have local disks
    /// by them too, and there SQLite's own locking says whether it works.
    private static let ofSeveralMachines: Set<String> = [
        "nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "ncp", "afs", "coda", "ceph", "lustre", "gpfs", "ocfs2",
        "gfs2",
        "beegfs", "orangefs", "pvfs2", "glusterfs", "davfs", "vboxsf", "vmhgfs", "prl_fs",
        "fuse.sshfs", "fuse.glusterfs", "fuse.ceph", "fuse.ceph-fuse", "fuse.s3fs", "fuse.rclone", "fuse.gcsfuse",
        "fuse.goofys", "fuse.davfs2", "fuse.vmhgfs-fuse", "fuse.juicefs", "fuse.seaweedfs", "fuse.moosefs",
        "fuse.smbnetfs",
    ]
    private static let table = "/proc/self/mountinfo"

    /// Throws for a store that lies, or would be made, on a file system of several machines.
    static func check(_ path: String) throws {
        guard let place = resolved(path) ?? resolved(folder(of: path)), let text = text(of: table),
            let kind = refused(place, mounts: text)
        else { return }
        throw StoreProblem.networkFileSystem(path: path, kind: kind)
    }

    /// The kind of file system, where a store must not lie there.
    /// - Parameter mounts: the text of the mount table.
    static func refused(_ place: String, mounts: String) -> String? {
        kind(of: place, mounts: mounts).flatMap { ofSeveralMachines.contains($0) ? $0 : nil }
    }

    /// The innermost mount that holds the place; of several on one point the last, which covers the others.
    private static func kind(of place: String, mounts: String) -> String? {
        var found: (length: Int, kind: String)?
        for line in mounts.split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard fields.count > 4, let dash = fields.firstIndex(of: "-"), dash + 1 < fields.endIndex else { continue }
            let point = unescaped(fields[4])
            guard holds(point, place), point.utf8.count >= found?.length ?? 0 else { continue }
            found = (point.utf8.count, String(fields[dash + 1]))
        }
        return found?.kind
    }

    private static func holds(_ point: String, _ place: String) -> Bool {
        point == "/" || place == point || place.hasPrefix(point + "/")
    }

    /// Blanks and backslashes stand as three octal digits.
    private static func unescaped(_ field: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(field.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(3)
            if byte == 0x5C, digits.count == 3, let code = UInt8(String(decoding: digits, as: UTF8.self), radix: 8) {
                bytes.append(code)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func resolved(_ path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return String(cString: real)
    }

    private static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    }

    private static func text(of path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { break }
            bytes += buffer.prefix(count)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
