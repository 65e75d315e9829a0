import Almanac
import BellmanModel
import CEL

/// A meeting as an `invite` step finds it at one moment.
public struct Meeting: Sendable {
    public let title: String
    public let start: Invitation.Start
    /// Whole seconds for an instant, whole days × 86,400 for a date.
    public let seconds: Int64
    public let location: String
    public let people: [Recipient]
}

public enum MeetingVerdict: Sendable {
    case meeting(Meeting)
    /// It has no time.
    case timeless
    /// In words.
    case broken(String)
}

extension RuleEvaluator {
    private static let hour = Period(microseconds: 3_600 * 1_000_000)
    /// No meeting is longer: a slip in a record must not block somebody's calendar for years. Seconds.
    static let longestMeeting: Int64 = 366 * 86_400

    public func meeting(_ action: InviteAction, _ facts: FiringFacts) -> MeetingVerdict {
        do {
            guard let start = try start(action, facts) else { return .timeless }
            let own = DefaultTexts(rule: rule, facts: facts, world: world).subjectName
            let title = if let template = action.title { try plain(template, facts) } else { own }
            let location: String
            if let template = action.location {
                location = try plain(template, facts)
            } else if case .string(let place)? = facts.record?["location"] {
                location = place
            } else {
                location = ""
            }
            return .meeting(
                Meeting(
                    title: RuleEvaluator.oneLine(title), start: start, seconds: try seconds(action, start, facts),
                    location: RuleEvaluator.oneLine(location), people: try invitees(action, facts)))
        } catch let failure as AssignmentFailure {
            return .broken(failure.text)
        } catch let failure as CELFailure {
            return .broken(failure.message(language))
        } catch {
            return .broken("\(error)")
        }
    }

    private func start(_ action: InviteAction, _ facts: FiringFacts) throws -> Invitation.Start? {
        switch evaluate(action.startsAt, facts) {
        case .success(.null): return nil
        case .success(.timestamp(let stamp)): return .instant(stamp.instant)
        case .success(.opaque(let value)) where value is DateValue:
            return (value as? DateValue).map { .date($0.date) }
        case .success(let value): throw AssignmentFailure(text: "starts_at ← \(value.typeName)")
        case .failure(let failure):
            if failure.emptyPath != nil { return nil }
            throw failure
        }
    }

    /// An expression that fails must not look like people who left.
    private func invitees(_ action: InviteAction, _ facts: FiringFacts) throws -> [Recipient] {
        var seen: Set<String> = []
        var found: [Recipient] = []
        for expression in action.to {
            switch evaluate(expression, facts) {
            case .success(let value): found += recipients(value).filter { seen.insert($0.id).inserted }
            case .failure(let failure): if failure.emptyPath == nil { throw failure }
            }
        }
        return found
    }

    // MARK: length

    private func seconds(
        _ action: InviteAction, _ start: Invitation.Start, _ facts: FiringFacts
    ) throws -> Int64 {
        let period = try length(action, facts)
        let zone = rule.timing.zone
        let begin: Instant
        switch start {
        case .instant(let instant): begin = instant
        case .date(let date): begin = zone.startOfDay(date)
        }
        let shift = OffsetRule(
            period: period ?? RuleEvaluator.hour, at: rule.timing.at, zone: zone, calendar: rule.timing.calendar)
        let end = shift.instant(for: begin)
        if case .date(let date) = start {
            guard period != nil, end > begin else { return 86_400 }
            // The day in which it ends is still a part of it.
            let last = zone.date(end.adding(microseconds: -1))
            return min(Int64(last.daysSinceEpoch - date.daysSinceEpoch + 1) * 86_400, RuleEvaluator.longestMeeting)
        }
        return min(max(0, end.seconds - begin.seconds), RuleEvaluator.longestMeeting)
    }

    /// nil where neither the rule nor the record says.
    private func length(_ action: InviteAction, _ facts: FiringFacts) throws -> Period? {
        switch action.duration {
        case .fixed(let period): return period
        case .template(let template): return try length(template, facts)
        case nil:
            if case .period(let own)? = facts.record?["duration"], !own.isNegative, !own.isZero { return own }
            return nil
        }
    }

    private func length(_ template: Template, _ facts: FiringFacts) throws -> Period? {
        if let expression = template.single {
            switch evaluate(expression, facts) {
            case .success(.null): return nil
            case .success(.opaque(let value)):
                if let period = value as? PeriodValue { return try positive(period.period, value.text) }
            case .success(.duration(let span)):
                return try positive(Period(microseconds: span.nanoseconds / 1_000), "\(span)")
            case .success: break
            case .failure(let failure):
                if failure.emptyPath != nil { return nil }
                throw failure
            }
        }
        let text = try plain(template, facts)
        guard let period = try? Period.parse(text) else { throw AssignmentFailure(text: "duration ← \(text)") }
        return try positive(period, text)
    }

    private func positive(_ period: Period, _ text: String) throws -> Period {
        guard !period.isNegative, !period.isZero else { throw AssignmentFailure(text: "duration ← \(text)") }
        return period
    }

    // MARK: words

    /// The words of an invitation's mail, and the whole of it where it only reaches the inbox.
    public func words(_ told: Invitation, isUpdate: Bool, _ facts: FiringFacts?) -> RenderedMessage {
        let words = InvitationWords(told, isChinese: world.presentation.language == .zh, zone: rule.timing.zone)
        let links = facts.map { DefaultTexts(rule: rule, facts: $0, world: world).links } ?? []
        return RenderedMessage(
            title: words.title(isUpdate: isUpdate), text: words.text(isUpdate: isUpdate), links: links)
    }
}

/// How invitations speak.
struct InvitationWords {
    private let told: Invitation
    private let isChinese: Bool
    private let zone: Zone

    init(_ told: Invitation, isChinese: Bool, zone: Zone) {
        self.told = told
        self.isChinese = isChinese
        self.zone = zone
    }

    private func say(_ zh: String, _ en: String) -> String { isChinese ? zh : en }

    func title(isUpdate: Bool) -> String {
        switch told.method {
        case .cancel: say("会议取消：\(told.title)", "Cancelled: \(told.title)")
        case .request where isUpdate: say("会议有变：\(told.title)", "Changed: \(told.title)")
        case .request: say("会议邀请：\(told.title)", "Invitation: \(told.title)")
        }
    }

    /// What is asked of the reader, then one line a fact.
    func text(isUpdate: Bool) -> [TextPart] {
        var parts: [TextPart] = [.authored(lead(isUpdate))]
        func line(_ zh: String, _ en: String, _ value: String) {
            parts += [.authored("\n- \(say(zh + "：", en + ": "))"), .value(value)]
        }
        line("会议", "Meeting", told.title)
        line("时间", "Time", time)
        if !told.location.isEmpty { line("地点", "Place", told.location) }
        if told.method == .request, !told.attendees.isEmpty {
            let names = told.attendees.map(\.name)
            let shown = names.prefix(InvitationWords.namesShown).joined(separator: say("、", ", "))
            let more = names.count - InvitationWords.namesShown
            line("参加人", "Attendees", more > 0 ? shown + say("等 \(names.count) 人", " and \(more) more") : shown)
        }
        return parts
    }

    private static let namesShown = 20

    private func lead(_ isUpdate: Bool) -> String {
        switch told.method {
        case .cancel where told.uninvites: say("您不需要再参加这个会议。", "You no longer need to attend this meeting.")
        case .cancel: say("这个会议取消了，不用参加。", "This meeting will not take place.")
        case .request where isUpdate:
            say("会议的安排有变，请按下面的为准，并重新答复。", "The meeting has changed. This is how it stands now; please answer again.")
        case .request: say("请您参加会议，并在日历里答复。", "You are invited. Please answer from your calendar.")
        }
    }

    private var time: String {
        switch told.start {
        case .date(let date):
            let days = Int(told.seconds / 86_400)
            let last = date.adding(days: max(0, days - 1))
            return days > 1 ? "\(date) – \(last)" : "\(date) \(say("（全天）", "(all day)"))"
        case .instant(let start):
            let (begin, end) = (zone.local(start), zone.local(start.adding(seconds: told.seconds)))
            let from = "\(begin.date) \(begin.time)"
            let to = begin.date == end.date ? "\(end.time)" : "\(end.date) \(end.time)"
            return "\(from)–\(to) (\(told.zone))"
        }
    }
}

extension InviteAction {
    /// Everything that decides what is told.
    var expressions: [Expression] {
        to + [startsAt] + (title?.expressions ?? []) + (location?.expressions ?? [])
            + (duration.map(\.expressions) ?? [])
    }
}

extension InviteAction.Length {
    fileprivate var expressions: [Expression] {
        if case .template(let template) = self { template.expressions } else { [] }
    }
}

extension Template {
    var expressions: [Expression] {
        parts.compactMap { if case .value(let expression) = $0 { expression } else { nil } }
    }
}

extension Expression {
    /// It reads what only the firing knew, so that it cannot be asked again later.
    var readsTheFiring: Bool {
        let passing: Set<ScopeSlot> = [.old, .records, .group, .approval, .acknowledged, .late]
        return names.contains { passing.contains($0.name) }
    }
}

extension Rule {
    /// The `invite` steps, also inside branches.
    public var inviteSteps: [(step: Step, action: InviteAction)] { Rule.inviteSteps(in: steps) }

    private static func inviteSteps(in steps: [Step]) -> [(step: Step, action: InviteAction)] {
        steps.flatMap { step -> [(step: Step, action: InviteAction)] in
            switch step.action {
            case .invite(let action): [(step, action)]
            case .approve(let action): action.choices.flatMap { inviteSteps(in: action.branches[$0] ?? []) }
            default: []
            }
        }
    }

    /// Whether the step's invitations follow the record: all that decides them can be read again.
    public func follows(_ action: InviteAction) -> Bool {
        kind != nil && gathering == nil && !action.expressions.contains(where: \.readsTheFiring)
    }

    /// How what its invitations read hangs together; nil where none follows its record.
    public var invitationHops: [ExpressionHop]? {
        let followed = inviteSteps.filter { follows($0.action) }
        guard !followed.isEmpty else { return nil }
        var expressions = [condition, exclusion].compactMap { $0 }
        for case .level(let level) in triggers { expressions.append(level.expression) }
        for (step, action) in followed {
            expressions += action.expressions + [step.condition, step.exclusion].compactMap { $0 }
        }
        var seen: Set<ExpressionHop> = []
        return expressions.flatMap(\.hops).filter { seen.insert($0).inserted }
    }
}

extension RuleEvaluator {
    /// The rule's condition, asked again of a meeting that is out. What only the firing knew is not asked.
    public func stillInvites(_ step: Step, _ facts: FiringFacts) -> ConditionVerdict {
        for expression in [rule.condition, step.condition].compactMap({ $0 }) where !expression.readsTheFiring {
            let verdict = holds(expression, facts)
            if verdict != .holds { return verdict }
        }
        for expression in [rule.exclusion, step.exclusion].compactMap({ $0 }) where !expression.readsTheFiring {
            switch holds(expression, facts) {
            case .holds: return .fails
            case .broken(let why): return .broken(why)
            case .fails, .empty: break
            }
        }
        return .holds
    }

    public func isClosed(_ record: Record) -> Bool {
        guard case .bool(true)? = RecordObject(record, world).member("closed") else { return false }
        return true
    }
}
