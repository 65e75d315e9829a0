import Almanac
import BellmanTransport
import Testing

@testable import BellmanDelivery

@Suite struct AnswerTests {
    private func http(_ status: Int, _ body: String = "", _ headers: [HTTPHeader] = []) -> WireAnswer {
        .http(HTTPResponse(status: status, headers: headers, body: Array(body.utf8)))
    }

    @Test(
        arguments: [
            ("7", 7), ("0", 1), ("-5", 60), ("99999999999999999999", 86_400), ("soon", 60),
            ("Tue, 14 Nov 2023 22:13:50 GMT", 30), ("Sun, 06 Nov 1994 08:49:37 GMT", 1),
            ("Sun, 06 Nov 2094 08:49:37 GMT", 86_400),
        ] as [(String, Int64)]) func retryAfter(text: String, seconds: Int64) throws
    {
        let answer = http(429, "", [HTTPHeader("retry-after", text)])
        let verdict = try Sample.webhook().classify(answer, now: start).verdict
        #expect(verdict == .throttled(until: start.adding(seconds: seconds)))
    }

    @Test(arguments: [
        (250, "delivered"), (421, "transient"), (450, "transient"), (451, "transient"), (550, "permanent_message"),
        (552, "permanent_message"), (554, "permanent_message"), (535, "permanent_target"), (530, "permanent_target"),
    ]) func mail(code: Int, verdict: String) throws {
        let answer = WireAnswer.mail(MailReply(code: code, text: "words"))
        #expect(try Sample.email().classify(answer, now: start).verdict.word == verdict)
    }

    @Test func failures() throws {
        let channel = try Sample.webhook()
        func verdict(_ failure: TransportFailure) -> Verdict { channel.classify(.failure(failure), now: start).verdict }
        #expect(verdict(TransportFailure(.cannotConnect)) == .transient)
        #expect(verdict(TransportFailure(.timeout, mayHaveArrived: true)) == .ambiguous)
        #expect(verdict(TransportFailure(.addressRefused)) == .permanentTarget)
        #expect(verdict(TransportFailure(.tls)) == .transient)
    }

    @Test func configuration() {
        func kind(_ type: String, _ values: [String: SettingValue], allowPrivate: Bool = false) -> ChannelProblem.Kind?
        {
            do throws(ChannelProblem) {
                _ = try ChannelRegistry.make(
                    ChannelSettings(name: "c", type: type, values: values, allowPrivate: allowPrivate))
                return nil
            } catch { return error.kind }
        }
        let url = SettingValue.text("https://example.com/hook")
        #expect(kind("webhook", ["url": url]) == nil)
        #expect(kind("webhook", ["url": .text("http://example.com")]) == .plainHTTP)
        #expect(kind("webhook", ["url": .text("http://10.0.0.1")], allowPrivate: true) == nil)
        #expect(kind("webhook", ["url": .text("ftp://example.com")]) == .badURL)
        #expect(kind("webhook", ["url": url, "secrt": url]) == .unknownKey(suggestion: "secret"))
        #expect(kind("webhook", ["url": url, "secret": .text("literal12")]) == .literalSecret)
        #expect(kind("webhok", ["url": url]) == .unknownType(suggestion: "webhook"))
        #expect(kind("dingtalk", ["url": url]) == .literalSecret)
        #expect(kind("webhook", [:]) == .missing)
        let mail: [String: SettingValue] = ["relay": .text("smtp://mail.example.com"), "from": .text("a@b.c")]
        #expect(kind("email", mail) == nil)
        #expect(kind("email", mail.merging(["tls": .text("none")]) { $1 }) == .plainMail)
        #expect(kind("email", mail.merging(["from": .text("a\r\nb@c")]) { $1 }) == .badAddress)
        let secret = SettingValue.secret(Secret("https://example.com/hooks/abc"))
        for type in ["wecom", "feishu", "slack", "teams", "discord", "mattermost"] {
            #expect(kind(type, ["url": secret]) == nil, "\(type)")
            #expect(kind(type, ["url": url]) == .literalSecret, "\(type)")
            #expect(kind(type, [:]) == .missing, "\(type)")
            #expect(kind(type, ["url": secret, "ur": url]) == .unknownKey(suggestion: "url"), "\(type)")
            #expect(kind(type, ["url": .secret(Secret("http://10.0.0.1/x"))]) == .plainHTTP, "\(type)")
        }
        let token = SettingValue.secret(Secret("123456:AAtokentoken"))
        #expect(kind("telegram", ["token": token]) == nil)
        #expect(kind("telegram", ["token": .text("123456:AAtokentoken")]) == .literalSecret)
        #expect(kind("telegram", ["token": .secret(Secret("1/../x"))]) == .badSecret(expected: "123456789:AA…"))
        #expect(kind("slack", ["token": token]) == .missing)
        #expect(kind("slack", ["token": token, "channel": .text("C1")]) == nil)
        #expect(kind("slack", ["token": .secret(Secret("a\r\nb: c")), "channel": .text("C1")]) != nil)
        #expect(kind("discord", ["url": secret, "thread_id": .text("7&wait=false")]) == .wrongType(expected: "int"))
        #expect(kind("ntfy", ["topic": .text("open-topic")]) == .literalSecret)
        #expect(kind("ntfy", ["topic": .text("t"), "token": token]) == nil)
        #expect(kind("ntfy", ["topic": .text("a/b"), "token": token]) == .wrongType(expected: "A-Z a-z 0-9 - _"))
        #expect(kind("ntfy", ["topic": .text("t"), "username": .text("u")]) == .passwordWithoutUser)
        #expect(kind("gotify", ["url": url, "token": token]) == nil && kind("gotify", ["url": url]) == .missing)
        #expect(
            DiscordChannel.address("https://d/1?wait=false&x=1", thread: "7") == "https://d/1?x=1&wait=true&thread_id=7"
        )
        let problem = ChannelProblem(channel: "chat", key: "url", kind: .literalSecret)
        #expect(DeliveryWording("en").text(problem).hasPrefix("Channel chat, url: a secret may not"))
    }

    /// Endpoints stand among the channels, but are none to people.
    @Test(arguments: [
        (
            AdminFact.deadLetters(channel: "endpoint:erp", count: 1, words: ""),
            "Endpoint erp: 1 call could not be delivered", "端点 erp：1 次调用未能送达"
        ),
        (
            .deadLetters(channel: "chat", count: 1, words: ""), "Channel chat: 1 notice could not be delivered",
            "通道 chat：1 条提醒未能送达"
        ),
        (
            .deadLetters(channel: "chat", count: 2, words: ""), "Channel chat: 2 notices could not be delivered",
            "通道 chat：2 条提醒未能送达"
        ),
        (.channelDead(channel: "endpoint:erp", words: ""), "Endpoint erp is out of use", "端点 erp 已停用"),
        (.channelDead(channel: "chat", words: ""), "Channel chat is out of use", "通道 chat 已停用"),
        (.unknownChannel("endpoint:erp"), "There is no endpoint erp", "端点 erp 不存在"),
    ]) func endpointsAreCalledSo(_ fact: AdminFact, _ english: String, _ chinese: String) {
        #expect(DeliveryWording("en").title(fact) == english)
        #expect(DeliveryWording("zh").title(fact) == chinese)
    }
}
