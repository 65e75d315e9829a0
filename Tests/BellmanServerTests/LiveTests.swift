import Almanac
import BellmanModel
import BellmanTesting
import Glibc
import HTTPTypes
import HummingbirdTesting
import Logging
import NIOCore
import ServiceLifecycle
import Testing

@testable import BellmanServer

/// Over real sockets.
@Suite struct LiveTests {
    @Test func overTCP() async throws {
        let harness = try Samples.harness(.zh)
        let app = try BellmanServer.application(
            harness.dependencies, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        try await app.test(.live) { client in
            let page = try await client.execute(uri: "/", method: .get)
            #expect(page.status.code == 200)
            #expect(page.headers[.contentLength] == String(page.body.readableBytes))
            let head = try await client.execute(uri: "/", method: .head)
            #expect(head.body.readableBytes == 0)
        }
    }

    /// Starts on a Unix socket, tells when it listens, and ends with its group.
    @Test func onAUnixSocket() async throws {
        var harness = try Harness()
        let path = harness.folder.file("bell.sock")
        harness.dependencies.listen = .unix(path: path)
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let (listening, started) = AsyncStream.makeStream(of: Int?.self)
        let app = try BellmanServer.application(harness.dependencies, logger: logger) { started.yield($0) }
        let group = ServiceGroup(configuration: .init(services: [app], logger: logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            var ports = listening.makeAsyncIterator()
            #expect(await ports.next() == .some(nil))
            #expect(access(path, F_OK) == 0)
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }
}
