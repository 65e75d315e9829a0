import Almanac
import BellmanDelivery
import BellmanModel
import BellmanStore
import BellmanStoreSQLite
import Digests
import Failpoints
import Glibc

/// The key of links in messages: a file beside the store, for its owner alone.
///
/// It is in no backup, since who has it could decide for anybody; a store that was put back makes a new one, and links
/// of before are invalid then.
struct ActKey {
    /// Where the store's key is kept.
    static func path(ofStore store: String) -> String { store + ".key" }

    /// Why there are no links.
    struct Trouble: Error, CustomStringConvertible {
        let path: String
        let why: String
        var description: String { "\(path): \(why)" }
    }

    let bytes: [UInt8]
    /// Made just now.
    let isNew: Bool

    private static let fileLimit = 1_024

    /// Reads the key, or makes one where there is none.
    init(store: String) throws(Trouble) {
        let path = ActKey.path(ofStore: store)
        if let found = try ActKey.read(path) {
            (bytes, isNew) = (found, false)
            return
        }
        var generator = SystemRandomNumberGenerator()
        let fresh = (0..<ActLinks.keyBytes).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        try Failpoint.pass(.keyFile) { () throws(Trouble) in try ActKey.keep(fresh, path) }
        // Another process may have been quicker: its key is the key.
        guard let kept = try ActKey.read(path) else { throw Trouble(path: path, why: "is gone again") }
        (bytes, isNew) = (kept, kept == fresh)
    }

    private static func read(_ path: String) throws(Trouble) -> [UInt8]? {
        switch TextFile.read(path, limit: fileLimit) {
        case .failure(let failure):
            if failure.isMissing { return nil }
            throw Trouble(path: path, why: failure.text)
        case .success(let bytes):
            let line = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).first ?? ""
            guard let key = TextCoding.decodeHex(String(line)), key.count == ActLinks.keyBytes else {
                throw Trouble(path: path, why: "holds no key; delete it, and a new one is made")
            }
            return key
        }
    }

    /// Whole or not at all, and never over another's.
    private static func keep(_ key: [UInt8], _ path: String) throws(Trouble) {
        let draft = "\(path).\(getpid()).\(UInt32.random(in: .min ... .max))"
        defer { unlink(draft) }
        if case .failure(let failure) = TextFile.write(TextCoding.hex(key) + "\n", to: draft, mode: 0o600) {
            throw Trouble(path: path, why: failure.text)
        }
        guard link(draft, path) == 0 || errno == EEXIST else {
            throw Trouble(path: path, why: String(cString: strerror(errno)))
        }
        // Links leave with the first notice: after a loss of power they must still be known.
        if case .failure(let failure) = TextFile.syncFolder(of: path) {
            throw Trouble(path: path, why: failure.text)
        }
    }
}

extension Instance {
    private static let keyDocument = "acts/key"

    /// What makes and reads the links in messages; nil without a public address. A key that cannot be read is told to the
    /// admin channel: notices leave all the same, without links.
    func actLinks() -> ActLinks? {
        guard !configuration.publicURL.isEmpty else { return nil }
        do {
            let key = try ActKey(store: store.path)
            try noteKey(key)
            return ActLinks(publicURL: configuration.publicURL, key: key.bytes)
        } catch {
            let isChinese = configuration.language == .zh
            _ = try? adminDesk.tell(
                "act-key", title: isChinese ? "消息里暂无操作链接：链接密钥不可用" : "No links in messages: their key cannot be used",
                text: isChinese
                    ? "\(error)。bellman approve、ack、snooze 命令照常可用。"
                    : "\(error). The commands bellman approve, ack and snooze work as before.", at: clock.now())
            return nil
        }
    }

    /// A store that had another key before says so once: links in older messages do nothing any more.
    private func noteKey(_ key: ActKey) throws {
        let mark = String(TextCoding.hex(Digests.sha256(key.bytes)).prefix(16))
        let before = try store.document(Instance.keyDocument)
        guard before != mark else { return }
        try store.setDocument(Instance.keyDocument, mark)
        guard before != nil else { return }
        let isChinese = configuration.language == .zh
        try adminDesk.tell(
            "act-key-new/\(mark)",
            title: isChinese
                ? "链接密钥已更换，旧消息里的链接失效" : "The key of links is another one: links in older messages are invalid",
            text: isChinese
                ? "密钥文件 \(ActKey.path(ofStore: store.path)) 不见了或被换过。未决定的审批可用 bellman approve 答复。"
                : "The key file \(ActKey.path(ofStore: store.path)) was lost or replaced. Open questions are answered with: bellman approve",
            at: clock.now())
    }
}
