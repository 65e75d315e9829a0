/// A bar on the terminal's last line; silent where no person looks.
final class ProgressBar {
    private let title: String
    private var lastPercent = -1
    private var isShown = false

    init(title: String) { self.title = title }

    func show(done: Int, of total: Int, rows: Int) {
        guard Terminal.showsProgress, total > 0 else { return }
        let percent = min(100, done * 100 / total)
        guard percent != lastPercent else { return }
        lastPercent = percent
        isShown = true
        let filled = percent / 4
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 25 - filled)
        Terminal.progress("\r\(title) \(bar) \(percent)% \(rows)")
    }

    func finish() {
        if isShown { Terminal.progress("\r\u{1B}[K") }
    }
}
