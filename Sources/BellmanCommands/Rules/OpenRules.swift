import BellmanDaemon

/// Rule files that others than their owner may change, in words for `check`, `status` and `doctor`.
enum OpenRules {
    /// nil where there is none.
    static func words(_ workshop: Workshop) -> String? { words(workshop.rulesFolder.writableByOthers()) }

    static func words(_ paths: [String]) -> String? {
        guard let first = paths.first else { return nil }
        let more = paths.count - 1
        let rest = more == 0 ? "" : Words.pick(" (and \(more) more)", "（另有 \(more) 处）")
        return Words.pick(
            "other users may change \(first)\(rest), and with it what rings and for whom; chmod go-w \(first)",
            "其他用户可以改动 \(first)\(rest)，也就能决定响什么、通知谁；请 chmod go-w \(first)")
    }
}
