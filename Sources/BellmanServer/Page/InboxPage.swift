import Almanac
import BellmanModel

/// What the inbox page shows, read in one go.
struct InboxFacts: Sendable {
    var items: [OutboxItem]
    var dead: [OutboxItem]
    /// The receiver's last words for each of `dead`.
    var lastAnswers: [String]
    var counts: [DeliveryState: Int]
    var rules: [RuleReport]
    var health: HealthReport
    var now: Instant
}

/// The facts as the names and values of the template. Pure.
struct InboxPage {
    let facts: InboxFacts
    let words: PageWords
    let time: PageTime

    var model: [String: Any] {
        let language = words.language
        let banner = facts.health.reasons
        return [
            "t": words.table, "lang": language == .zh ? "zh-CN" : "en", "otherLang": language == .zh ? "en" : "zh",
            "thisLang": language.rawValue, "version": facts.health.version,
            "zone": time.zoneText(at: facts.now), "days": days(), "hasNotices": !facts.items.isEmpty,
            "rules": rules(), "hasRules": !facts.rules.isEmpty, "dead": deadLetters(), "hasDead": !facts.dead.isEmpty,
            "ready": facts.health.ready, "reasons": banner, "hasReasons": !banner.isEmpty || !facts.health.ready,
            "watermark": facts.health.watermark.map(time.minute) ?? "–",
            "watermarkISO": facts.health.watermark?.iso ?? "", "counts": counts(),
            "rulesFigure": rulesFigure(), "rulesBroken": facts.rules.contains { $0.state == .broken },
        ]
    }

    private func rulesFigure() -> String {
        words.rulesFigure(
            ok: facts.rules.count { $0.state == .ok }, broken: facts.rules.count { $0.state == .broken })
    }

    private func counts() -> [[String: Any]] {
        [DeliveryState.waiting, .held, .sent, .dead].map { state in
            let count = facts.counts[state] ?? 0
            return ["state": state.rawValue, "word": words.state(state), "count": count, "isZero": count == 0]
        }
    }

    // MARK: notices

    /// Newest first, grouped by the local day on which they rang.
    private func days() -> [[String: Any]] {
        let ordered = facts.items.sorted {
            ($0.notice.firedAt, $0.createdAt, $0.notice.id) > ($1.notice.firedAt, $1.createdAt, $1.notice.id)
        }
        var days: [(date: CivilDate, items: [[String: Any]])] = []
        for item in ordered {
            let date = time.date(item.notice.firedAt)
            if days.last?.date != date { days.append((date, [])) }
            days[days.count - 1].items.append(notice(item))
        }
        let today = time.date(facts.now)
        return days.map { day in
            let distance = today.daysSinceEpoch - day.date.daysSinceEpoch
            let heading = words.day(Int(distance), weekday: day.date.weekday, date: day.date.description)
            return ["heading": heading, "items": day.items]
        }
    }

    private func notice(_ item: OutboxItem) -> [String: Any] {
        let notice = item.notice
        let links = notice.links.compactMap { link -> [String: Any]? in
            SafeLink.checked(link.url).map { ["url": $0, "label": link.label.isEmpty ? $0 : link.label] }
        }
        let people = notice.recipients.map { $0.name.isEmpty ? $0.id : $0.name }
        let isHeld = item.state == .held || (item.state == .waiting && item.notBefore > facts.now)
        return [
            "id": notice.id, "title": notice.title, "body": NoticeHTML.render(notice.text),
            "clock": time.clock(notice.firedAt), "iso": notice.firedAt.iso, "channel": notice.channel,
            "state": item.state.rawValue, "stateWord": words.state(item.state),
            "isSent": item.state == .sent, "late": notice.late, "planned": time.minute(notice.scheduledAt),
            "urgent": notice.urgent || notice.priority == .high, "record": notice.record,
            "hasRecord": !notice.record.isEmpty, "ruleTitle": notice.ruleTitle.isEmpty ? notice.rule : notice.ruleTitle,
            "people": people.joined(separator: words.language == .zh ? "、" : ", "), "hasPeople": !people.isEmpty,
            "reason": reason(item), "hasReason": item.state != .sent && !reason(item).isEmpty,
            "isHeld": isHeld, "notBefore": time.minute(item.notBefore), "links": links, "hasLinks": !links.isEmpty,
            "noticeLang": notice.language,
        ]
    }

    private func reason(_ item: OutboxItem) -> String {
        item.reason.detail.isEmpty ? (item.reason.code == "new" ? "" : item.reason.code) : item.reason.detail
    }

    private func deadLetters() -> [[String: Any]] {
        zip(facts.dead, facts.lastAnswers).map { item, answer in
            [
                "title": item.notice.title, "channel": item.notice.channel, "reason": reason(item),
                "hasReason": !reason(item).isEmpty, "answer": answer, "hasAnswer": !answer.isEmpty,
                "attempts": item.attempts, "when": time.minute(item.finishedAt ?? item.createdAt),
                "iso": (item.finishedAt ?? item.createdAt).iso, "id": item.notice.id,
            ]
        }
    }

    // MARK: rules

    /// Broken ones first: they are what somebody must act upon.
    private func rules() -> [[String: Any]] {
        let broken = facts.rules.filter { $0.state == .broken }
        let rest = facts.rules.filter { $0.state != .broken }
        return (broken + rest).map { rule in
            [
                "id": rule.id, "title": rule.title.isEmpty ? rule.id : rule.title, "place": "\(rule.file):\(rule.line)",
                "state": rule.state.rawValue, "stateWord": words.state(rule.state),
                "hasRung": rule.lastRing != nil, "lastRing": rule.lastRing.map(time.minute) ?? "",
                "lastISO": rule.lastRing?.iso ?? "", "nextRing": rule.nextRing, "hasNext": !rule.nextRing.isEmpty,
                "problem": rule.problem, "hasProblem": !rule.problem.isEmpty,
            ]
        }
    }
}
