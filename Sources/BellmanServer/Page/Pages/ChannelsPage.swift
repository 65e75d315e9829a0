import Almanac
import BellmanModel
import BellmanStore

/// The ways out, and how they are.
struct ChannelsPage {
    static let hours = 24

    let context: PageContext
    let channels: [ChannelHealth]
    let traffic: TrafficReport
    private var words: PageWords { context.words }

    static func tone(_ state: ChannelHealth.State) -> Pieces.Tone {
        switch state {
        case .working: .good
        case .resting: .wait
        case .dead: .bad
        }
    }

    func html() -> HTML {
        let known = Set(channels.map(\.name))
        // Channels that left the configuration and still have traffic.
        let others = traffic.byChannel.keys.filter { !known.contains($0) }.sorted()
        guard !channels.isEmpty || !others.isEmpty else {
            return Pieces.empty(
                words("Only the inbox is configured.", "只配置了收件箱。"),
                words("Add channels to bellman.yaml.", "请在 bellman.yaml 中添加通道。"))
        }
        let order: [ChannelHealth.State] = [.dead, .resting, .working]
        let ordered = order.flatMap { state in channels.filter { $0.state == state } }
        let cut: HTML = .when(
            traffic.isCut,
            "<p class=\"dim\">\(words("There were so many tries that only the newest are counted.", "尝试次数很多，只统计了最近的部分。"))</p>"
        )
        return """
            <ul class="channels">\(HTML.each(ordered, card))\(HTML.each(others, stranger))</ul>\(cut)
            """
    }

    private func card(_ channel: ChannelHealth) -> HTML {
        let until: HTML = .with(channel.until) { until in
            .when(
                channel.state == .resting, " <span class=\"dim\">\(words("until", "直到")) \(context.stamp(until))</span>"
            )
        }
        return """
            <li class="card \(ChannelsPage.tone(channel.state).rawValue)">
            <div class="line"><h2 dir="auto">\(channel.name)</h2><span class="tag">\(words.channelType(channel.type))</span>\
            \(Pieces.badge(ChannelsPage.tone(channel.state), words.state(channel.state)))\(until)</div>
            \(HTML.when(!channel.words.isEmpty, "<p class=\"said\"><bdi>\(channel.words)</bdi></p>"))
            \(HTML.when(channel.state == .dead, mend))
            \(figures(channel.name, waiting: channel.waiting))</li>
            """
    }

    private var mend: HTML {
        """
        <p class="dim">\(words("Mend it in bellman.yaml; Bellman tries again when the configuration is read anew.", "请在 bellman.yaml 中修正；重新读取配置后会再次尝试。"))</p>
        """
    }

    private func stranger(_ name: String) -> HTML {
        """
        <li class="card plain"><div class="line"><h2 dir="auto">\(name)</h2>\
        \(Pieces.badge(.plain, words("not configured any more", "已不在配置中")))</div>\(figures(name, waiting: 0))</li>
        """
    }

    private func figures(_ name: String, waiting: Int) -> HTML {
        let traffic = traffic.byChannel[name] ?? ChannelTraffic()
        let list = context.address("/deliveries", [("channel", name)])
        let failed: HTML =
            traffic.failed > 0 ? "<b class=\"bad\">\(PageNumbers.grouped(traffic.failed))</b>" : "0"
        let success: HTML = context.stamp(traffic.lastSuccess, or: words("none in 24 hours", "24 小时内没有"))
        return """
            <dl class="facts">\(Pieces.fact(words("sent in 24 h", "24 小时送出"), "\(PageNumbers.grouped(traffic.sent))"))\
            \(Pieces.fact(words("failed tries", "失败次数"), failed))\
            \(Pieces.fact(words("waiting", "待发送"), "\(PageNumbers.grouped(max(waiting, traffic.waiting)))"))\
            \(Pieces.fact(words("last success", "最近成功"), success))</dl>
            <p class="more"><a href="\(list)">\(words("Its notices", "查看通知"))</a></p>
            """
    }
}
