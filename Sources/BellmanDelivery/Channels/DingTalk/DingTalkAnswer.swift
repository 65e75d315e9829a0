import Almanac
import BellmanTransport
import FoundationEssentials

/// The robot answers HTTP 200 to nearly everything; `errcode` decides.
enum DingTalkAnswer {
    private struct Reply: Decodable {
        let errcode: Int
        let errmsg: String?
    }

    private static let tooFastSeconds: Int64 = 60
    private static let quotaSeconds: Int64 = 3_600

    static func judge(_ response: HTTPResponse, now: Instant) -> Judgement {
        guard (200..<300).contains(response.status) else { return AnswerRules.judge(status: response, now: now) }
        guard let reply = try? JSONDecoder().decode(Reply.self, from: Data(response.body)) else {
            // A captive portal or a proxy answered: not delivered.
            return Judgement(.transient, AnswerRules.words(response))
        }
        let message = Markup.oneLine(reply.errmsg ?? "")
        let words = Shortening.cut("errcode \(reply.errcode) \(message)", bytes: AnswerRules.wordsBytes)
        return Judgement(verdict(reply.errcode, message, now), words)
    }

    private static func verdict(_ code: Int, _ message: String, _ now: Instant) -> Verdict {
        switch code {
        case 0: .delivered
        case 310_000: refused(message)
        case 300_001, 300_005: .permanentTarget
        case 130_101, 660_026: .throttled(until: now.adding(seconds: tooFastSeconds))
        case 90_030: .throttled(until: now.adding(seconds: quotaSeconds))
        case 460_101, 101_002, 40_035: .permanentMessage
        case -1: .transient
        default: .permanentMessage
        }
    }

    /// 310000 stands for four troubles that only the words tell apart.
    private static func refused(_ message: String) -> Verdict {
        let text = message.lowercased()
        if text.contains("keyword") || text.contains("关键词") { return .permanentMessage }
        if text.contains("timestamp") || text.contains("时间戳") { return .transient }
        return .permanentTarget
    }
}
