import Almanac
import BellmanDelivery
import BellmanModel
import BellmanRules
import BellmanStore
import BellmanStoreSQLite
import Synchronization

/// The daemon and its own store: a store that is not what it was is shown and nothing more, and the mark beside it
/// follows what is committed.
extension Daemon {
    private var storeWording: StoreGuardWording {
        StoreGuardWording(instance.configuration.language, instance.configuration.timing.zone)
    }

    /// Said at every start: to the log, and past the store to the admin channel.
    func tellStore() {
        let words = storeWording
        if let remark = storeFinding.remark { log.write(.storeRemark, [("what", words.text(remark))]) }
        guard let doubt = storeFinding.doubt else { return }
        log.write(.storeHeld, [("why", words.fact(doubt)), ("mend", words.remedy(doubt))])
        health.withLock { $0.storeDoubt = words.text(doubt) }
        tellDirectly(title: words.title(doubt), text: words.text(doubt))
    }

    /// Writes the mark when something was committed. It is late by a moment at most and never early: who dies in
    /// between leaves a mark that is behind its store, which is no fault.
    func markLoop() async {
        for await _ in marks.stream { writeMark() }
    }

    func writeMark() {
        guard storeFinding.doubt == nil else { return }
        do {
            try marked.withLock { marked in
                marked.reach = try StoreGuard(instance).mark(after: marked.reach)
                marked.trouble = nil
            }
        } catch {
            let words = "\(error)"
            let isNew = marked.withLock { marked -> Bool in
                defer { marked.trouble = words }
                return marked.trouble != words
            }
            if isNew { log.write(.markUnwritten, [("error", words)]) }
        }
    }
}

/// Asks for the mark to be written; what is asked for while it is being written counts once.
struct MarkBell: Sendable {
    let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() { (stream, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1)) }

    func ring() { continuation.yield() }
}
