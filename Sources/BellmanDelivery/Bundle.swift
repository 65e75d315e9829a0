import BellmanModel

/// Several notices of one channel and recipient as one message.
public enum Bundle {
    /// Notices that are listed one by one; the rest is counted.
    public static let listed = 40

    public static func combine(_ notices: [Notice], id: String) -> OutgoingMessage {
        let sorted = notices.sorted(by: precedes)
        let language = sorted.first?.language ?? "en"
        let wording = DeliveryWording(language)
        var text: [TextPart] = []
        for (index, notice) in sorted.prefix(listed).enumerated() {
            if index > 0 { text.append(.authored("\n")) }
            text.append(.authored("- "))
            text += entry(notice)
        }
        if sorted.count > listed {
            text.append(.authored("\n\n" + wording.notShown(sorted.count - listed)))
        }
        return OutgoingMessage(
            id: id, title: wording.bundleTitle(sorted.count), text: text, links: [],
            recipients: everyone(sorted), language: language, notices: sorted)
    }

    /// Urgent first, then by priority, then oldest; the id makes the order total.
    private static func precedes(_ a: Notice, _ b: Notice) -> Bool {
        if a.urgent != b.urgent { return a.urgent }
        if a.priority != b.priority { return a.priority > b.priority }
        return (a.scheduledAt, a.id) < (b.scheduledAt, b.id)
    }

    private static func entry(_ notice: Notice) -> [TextPart] {
        guard let link = notice.links.first, let url = Markup.safeURL(link.url) else { return [.value(notice.title)] }
        return [.value(notice.title), .authored(" [\(Markup.linkMark)](\(url))")]
    }

    private static func everyone(_ notices: [Notice]) -> [Recipient] {
        var seen: Set<String> = []
        return notices.flatMap(\.recipients).filter { seen.insert($0.id).inserted }
    }
}
