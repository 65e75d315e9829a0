import Almanac
import BellmanModel
import BellmanRules
import BellmanStore
import Digests
import Failpoints
import SourceDiagnostics

extension PeopleDesk: SilenceActs {
    /// Silences at the same time; each is looked at whenever something rings.
    public static let silenceLimit = 1_000

    public func silence(_ request: SilenceRequest, by: Person, way: String) throws -> Silence {
        let now = now()
        let reason = request.reason.trimmed
        guard !reason.isEmpty else { throw SilenceProblem.noReason }
        let scope = try checked(request.scope)
        let span = try span(request, now)
        let known = try store.read { try $0.silences(notOverAt: now) }
        guard known.count < PeopleDesk.silenceLimit else {
            throw SilenceProblem.tooMany(limit: PeopleDesk.silenceLimit)
        }
        for attempt in 0...known.count {
            let name = Digests.stableID(scope.text, "\(now)", by.id, reason, "\(attempt)").prefix(8)
            let silence = Silence(
                id: "s-\(name)", scope: scope, from: span.from, until: span.until, recurrence: span.recurrence, by: by,
                at: now, reason: reason)
            if try Failpoint.step(.silenceWrite, { try store.silence(silence, way: way) }) {
                changed()
                return silence
            }
        }
        throw SilenceProblem.tooMany(limit: PeopleDesk.silenceLimit)
    }

    public func endSilence(_ id: String, by: Person, comment: String, way: String) throws -> SilenceEnding {
        let now = now()
        guard let silence = try store.endSilence(id, by: by, at: now, comment: comment, way: way) else {
            return .unknown
        }
        guard silence.ended == Silence.End(at: now, by: by) else { return .already(silence) }
        changed()
        return .ended(silence)
    }

    // MARK: scope

    private func checked(_ asked: SilenceScope) throws(SilenceProblem) -> SilenceScope {
        var scope = asked
        scope.rule = asked.rule?.trimmed.nonEmpty
        scope.tag = asked.tag?.trimmed.nonEmpty
        scope.kind = asked.kind?.trimmed.nonEmpty
        scope.record = asked.record?.trimmed.nonEmpty
        scope.condition = asked.condition?.trimmed.nonEmpty
        guard !scope.isEmpty else { throw .noScope }
        let rules = rules()
        if let id = scope.rule, !rules.contains(where: { $0.id == id }) {
            throw .unknownRule(id, nearest: nearest(id, among: rules.map(\.id)))
        }
        if let tag = scope.tag {
            let tags = Set(rules.flatMap(\.tags)).sorted()
            if !tags.contains(tag) { throw .unknownTag(tag, nearest: nearest(tag, among: tags)) }
        }
        if let kind = scope.kind, language.schema.kind(kind) == nil {
            throw .unknownKind(kind, nearest: nearest(kind, among: language.schema.kindNames))
        }
        if let record = scope.record { try check(record) }
        if let condition = scope.condition {
            guard let kind = scope.kind ?? scope.record.flatMap({ RecordRef($0)?.kind }) else {
                throw .conditionWithoutKind
            }
            scope.kind = kind
            try check(condition, kind: kind)
        }
        return scope
    }

    private func check(_ record: String) throws(SilenceProblem) {
        guard let ref = RecordRef(record) else { throw .badRecord(record) }
        guard language.schema.kind(ref.kind) != nil else {
            throw .unknownKind(ref.kind, nearest: nearest(ref.kind, among: language.schema.kindNames))
        }
        let isThere: Bool
        do { isThere = try store.read { try $0.record(ref) != nil } } catch { isThere = true }
        if !isThere { throw .noRecord(record) }
    }

    private func check(_ condition: String, kind: String) throws(SilenceProblem) {
        do throws(RecordConditionProblem) {
            _ = try RecordCondition(kind: kind, source: condition, language: language)
        } catch {
            func text(_ language: Language) -> String {
                TextRenderer(language: language, color: false).render(error.diagnostics).trimmed
            }
            throw .badCondition(english: text(.en), chinese: text(.zh))
        }
    }

    // MARK: times

    private func span(
        _ request: SilenceRequest, _ now: Instant
    ) throws(SilenceProblem) -> (from: Instant, until: Instant?, recurrence: SilenceRecurrence?) {
        let from =
            try request.from.trimmed.nonEmpty.map { text throws(SilenceProblem) in
                try moment(text, "from", endOfDay: false)
            } ?? now
        var until = try request.until.trimmed.nonEmpty.map { text throws(SilenceProblem) in
            try moment(text, "until", endOfDay: true)
        }
        let length = try request.length.trimmed.nonEmpty.map(period)
        var recurrence: SilenceRecurrence?
        if let every = request.every.trimmed.nonEmpty {
            guard let length else { throw .everyWithoutLength }
            recurrence = try self.recurrence(every, length)
        } else if let length {
            guard until == nil else { throw .lengthAndUntil }
            until = OffsetRule(period: length, at: timing.at, zone: timing.zone, calendar: timing.calendar)
                .instant(for: from)
        } else if until == nil {
            throw .noEnd
        }
        if let until {
            guard until > now else { throw .past(Instant(seconds: until.seconds).iso(in: timing.zone)) }
            guard until > from else { throw .endsBeforeItBegins }
        }
        return (from, until, recurrence)
    }

    private func recurrence(_ every: String, _ length: Period) throws(SilenceProblem) -> SilenceRecurrence {
        do throws(EveryError) {
            return try SilenceRecurrence(every: every, length: length, zone: timing.zone)
        } catch {
            throw .badEvery(english: error.message(.en), chinese: error.message(.zh))
        }
    }

    private func period(_ text: String) throws(SilenceProblem) -> Period {
        guard let period = ActTimes.length(text) else { throw .badLength(text) }
        return period
    }

    private func moment(_ text: String, _ field: String, endOfDay: Bool) throws(SilenceProblem) -> Instant {
        guard
            let moment = ActTimes.moment(
                text, zone: timing.zone,
                day: { date, zone in
                    zone.startOfDay(endOfDay ? date.adding(days: 1) : date)
                })
        else { throw .badTime(field: field, text) }
        return moment
    }
}

extension String {
    var nonEmpty: String? { isEmpty ? nil : self }

    /// Without leading and trailing blanks.
    var trimmed: String {
        var view = self[...].unicodeScalars
        while view.first?.properties.isWhitespace ?? false { view.removeFirst() }
        while view.last?.properties.isWhitespace ?? false { view.removeLast() }
        return String(view)
    }
}
