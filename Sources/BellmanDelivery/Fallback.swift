import Almanac
import BellmanModel
import Digests

/// A notice on its way through another channel.
enum Fallback {
    /// The same notice for the other channel. Where a room's notice goes to a direct channel, one for each person.
    static func items(_ item: OutboxItem, to channel: String, isRoom: Bool, _ now: Instant) -> [OutboxItem] {
        let notice = item.notice
        let people = isRoom || !notice.recipientKey.isEmpty ? [notice.recipients] : notice.recipients.map { [$0] }
        return people.map { recipients in
            let key = isRoom ? "" : (recipients.first?.id ?? notice.recipientKey)
            let copy = notice.sent(through: channel, key: key, recipients: recipients)
            return OutboxItem(notice: copy, notBefore: now, reason: Reason("fallback", notice.channel), createdAt: now)
        }
    }

    /// Fallbacks that would lead back to where they began are taken out, as are those to nowhere.
    static func withoutCircles(_ policies: [String: ChannelPolicy]) -> [String: ChannelPolicy] {
        var result = policies
        for name in policies.keys.sorted() {
            var seen: Set<String> = [name]
            var next = result[name]?.fallback
            while let channel = next, seen.insert(channel).inserted { next = result[channel]?.fallback }
            guard let fallback = result[name]?.fallback else { continue }
            if next != nil || policies[fallback] == nil { result[name]?.fallback = nil }
        }
        return result
    }
}

extension Notice {
    fileprivate func sent(through channel: String, key: String, recipients: [Recipient]) -> Notice {
        // Somebody whom the rule tells through both channels is told once. A repetition, what was put off, and what
        // stands for several people in a room have no other notice of their own.
        let own = Digests.noticeID(firing: firing, step: step, channel: self.channel, recipient: recipientKey)
        let isFirst = !firing.isEmpty && !key.isEmpty && id == own && payload == nil
        return Notice(
            id: isFirst
                ? Digests.noticeID(firing: firing, step: step, channel: channel, recipient: key)
                : Digests.stableID(id, "fallback", channel, key), firing: firing,
            rule: rule, ruleTitle: ruleTitle,
            record: record, step: step, channel: channel, recipientKey: key, recipients: recipients, title: title,
            text: text, links: links, priority: priority, urgent: urgent, scheduledAt: scheduledAt, firedAt: firedAt,
            late: late, language: language, acts: acts, payload: payload)
    }
}
