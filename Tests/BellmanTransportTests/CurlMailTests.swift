import BellmanTesting
import BellmanTransport
import BellmanTransportCurl
import Testing

@Suite struct CurlMailTests {
    private func envelope(
        _ port: Int, security: MailSecurity = .none, user: String? = nil, recipient: String = "wang@example.com",
        allowPrivate: Bool = true
    ) -> MailEnvelope {
        let relay = MailRelay(
            host: "127.0.0.1", port: port, security: security, username: user,
            password: user.map { _ in Secret("pass") }, greetingName: "bellman.example.com",
            allowPrivate: allowPrivate)
        return MailEnvelope(
            relay: relay, sender: "bell@example.com", recipient: recipient,
            message: Array("Subject: hi\r\n\r\nfirst\r\n.\r\n..two\r\n".utf8))
    }

    @Test func delivers() async throws {
        let server = try #require(LoopbackSMTPServer())
        let reply = try await CurlMailTransport().send(envelope(server.port)).get()
        #expect(reply == MailReply(code: 250, text: "2.0.0 Ok: queued"))
        let message = try #require(server.messages.first)
        #expect(message.recipients == ["<wang@example.com>"] && message.sender.hasPrefix("<bell@example.com>"))
        #expect(message.lines == ["Subject: hi", "", "first", ".", "..two"])
        #expect(server.commands.first == "EHLO bellman.example.com")
    }

    @Test func refusalIsAReply() async throws {
        let server = try #require(
            LoopbackSMTPServer { $0 == 0 ? .refuseRecipient("450 4.2.0 Greylisted") : .accept })
        let transport = CurlMailTransport()
        #expect(try await transport.send(envelope(server.port)).get() == MailReply(code: 450, text: "4.2.0 Greylisted"))
        #expect(try await transport.send(envelope(server.port)).get().code == 250)
        #expect(server.messages.count == 1)
    }

    @Test func hangUpAfterTheDotMayHaveArrived() async throws {
        let server = try #require(LoopbackSMTPServer { _ in .closeAfterDot })
        guard case .failure(let failure) = await CurlMailTransport().send(envelope(server.port)) else {
            Issue.record("answer")
            return
        }
        #expect(failure.mayHaveArrived)
    }

    @Test func logsIn() async throws {
        let server = try #require(LoopbackSMTPServer(offersLogin: true))
        #expect(try await CurlMailTransport().send(envelope(server.port, user: "bell")).get().code == 250)
        #expect(server.messages.first?.login == "AGJlbGwAcGFzcw==")
    }

    @Test func wrongLoginIsAuthentication() async throws {
        let server = try #require(
            LoopbackSMTPServer(offersLogin: true) { _ in .refuseLogin("535 5.7.8 Bad credentials") })
        guard case .failure(let failure) = await CurlMailTransport().send(envelope(server.port, user: "bell")) else {
            Issue.record("answer")
            return
        }
        #expect(failure.kind == .authentication && server.messages.isEmpty)
    }

    @Test func noLoginOfferedSendsNothing() async throws {
        let server = try #require(LoopbackSMTPServer())
        guard case .failure(let failure) = await CurlMailTransport().send(envelope(server.port, user: "bell")) else {
            Issue.record("answer")
            return
        }
        #expect(failure.kind == .authentication && server.messages.isEmpty)
    }

    @Test func noStartTLSSendsNothing() async throws {
        let server = try #require(LoopbackSMTPServer())
        let outcome = await CurlMailTransport().send(envelope(server.port, security: .startTLS))
        guard case .failure(let failure) = outcome else {
            Issue.record("answer")
            return
        }
        #expect(failure.kind == .tls && server.messages.isEmpty)
    }

    @Test func privateRelayNeedsAllowPrivate() async throws {
        let server = try #require(LoopbackSMTPServer())
        let outcome = await CurlMailTransport().send(envelope(server.port, allowPrivate: false))
        guard case .failure(let failure) = outcome else {
            Issue.record("answer")
            return
        }
        #expect(failure.kind == .addressRefused && server.connections == 0)
    }

    @Test(arguments: ["a@b.c>\r\nRCPT TO:<x@y.z", "a b@c.d", "a@b@c", "王@例子.中国", "@b.c", "a@", "<a@b.c>"])
    func badRecipientsAreRefused(recipient: String) async throws {
        let server = try #require(LoopbackSMTPServer())
        let outcome = await CurlMailTransport().send(envelope(server.port, recipient: recipient))
        guard case .failure(let failure) = outcome else {
            Issue.record("answer")
            return
        }
        #expect(failure.kind == .invalidRequest && server.connections == 0)
    }
}
