import Almanac
import BellmanModel
import BellmanRules
import BellmanStore
import Digests

/// `call`: a POST to an endpoint, through the outbox like any notice.
extension Tick {
    mutating func call(
        _ rule: Rule, _ action: CallAction, _ step: Step, _ facts: FiringFacts, _ evaluator: RuleEvaluator
    ) {
        let name = EngineSettings.channelName(ofEndpoint: action.endpoint)
        let isChinese = core.settings.presentation.language == .zh
        guard let channel = core.settings.channels[name] else {
            let words = isChinese ? "没有端点 \(action.endpoint)" : "there is no endpoint \(action.endpoint)"
            commit.troubles.append("\(rule.id): \(words)")
            return
        }
        let body: JSONValue?
        switch evaluator.body(action, facts) {
        case .success(let found): body = found
        case .failure(let failure):
            commit.troubles.append("\(rule.id): call \(action.endpoint): \(failure.text)")
            return
        }
        let size = body.map { JSONText.write($0).utf8.count } ?? 0
        guard size <= EngineLimits.callBytes else {
            let words =
                isChinese
                ? "内容有 \(size) 字节，超过 \(EngineLimits.callBytes)"
                : "the body has \(size) bytes, over \(EngineLimits.callBytes)"
            commit.troubles.append("\(rule.id): call \(action.endpoint): \(words)")
            return
        }
        let message = evaluator.defaultMessage(facts)
        let notice = Notice(
            id: Digests.noticeID(
                firing: facts.firing, step: step.number, channel: channel.name, recipient: "",
                repetition: facts.repetition),
            firing: facts.firing, rule: rule.id, ruleTitle: rule.title, record: facts.record?.ref.description ?? "",
            step: step.number, channel: channel.name, recipientKey: "", recipients: [], title: message.title,
            text: message.text, links: message.links, priority: .normal, urgent: rule.urgent,
            scheduledAt: facts.scheduledAt, firedAt: now, late: facts.late,
            language: core.settings.presentation.language.rawValue, payload: .call(body: body))
        commit.outbox.append(OutboxItem(notice: notice, notBefore: now, createdAt: now))
    }
}

extension EngineSettings {
    /// Endpoints stand among the channels under names that no channel can have.
    public static func channelName(ofEndpoint name: String) -> String { endpointPrefix + name }
    public static let endpointPrefix = "endpoint:"
}
