import Almanac
import BellmanTransport

/// Where a chat channel posts JSON to.
struct HookEndpoint: Sendable {
    let url: Secret
    let headers: [HTTPHeader]
    let allowPrivate: Bool
    private let redaction: Redaction

    /// `secrets` are those that an answer might echo, besides the address itself.
    init(_ url: Secret, secrets: [Secret?] = [], headers: [HTTPHeader] = [], allowPrivate: Bool) {
        self.url = url
        self.headers = [HTTPHeader("Content-Type", "application/json; charset=utf-8")] + headers
        self.allowPrivate = allowPrivate
        redaction = Redaction([url] + secrets)
    }

    /// `signed` is the address of this one attempt.
    func post(_ body: [UInt8], to signed: Secret? = nil) -> WireRequest {
        .http(
            HTTPRequest(
                method: "POST", url: signed ?? url, headers: headers, body: body, allowPrivate: allowPrivate))
    }

    func judge(_ answer: WireAnswer, now: Instant, _ read: (VendorAnswer) -> Judgement) -> Judgement {
        switch answer {
        case .http(let response): return read(VendorAnswer(response, redaction: redaction, now: now))
        case .failure(let failure):
            let judgement = AnswerRules.judge(failure)
            return Judgement(judgement.verdict, redaction.clean(judgement.words))
        case .mail, .local: return Judgement(.delivered, "")
        }
    }
}
