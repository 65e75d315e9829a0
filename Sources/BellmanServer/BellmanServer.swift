import BellmanModel
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// HTTP API and dashboard.
public enum BellmanServer {
    /// Bounds for slow or hostile peers.
    static let idleSeconds: Int64 = 60
    static let mostConnections = 1000
    static let mostHeaderBytes = 32 * 1024
    static let mostHeaders = 100

    /// Ends with the service group it is put in. `onListening` is told the port (nil for a Unix socket) once connections
    /// are accepted.
    ///
    /// Hummingbird's own `Application` is for tests: beside the server it runs a clock for the `Date` header, which wakes
    /// the process every second.
    public static func service(
        _ dependencies: ServerDependencies, logger: Logger,
        onListening: @escaping @Sendable (_ port: Int?) async -> Void = { _ in }
    ) throws -> any Service {
        let responder = BellmanResponder(dependencies, logger: logger)
        let now = dependencies.now
        let server = try builder.buildServer(
            configuration: ServerConfiguration(
                address: dependencies.listen.bindAddress,
                availableConnectionsDelegate: MaximumAvailableConnections(mostConnections, logger: logger)),
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: logger
        ) { request, writer, channel in
            let context = ServerContext(source: .init(channel: channel, logger: logger))
            var response = try await responder.respond(to: request, context: context)
            response.headers[.date] = HTTPDate.text(now())
            try await writer.write(response: response.head, body: response.body)
        } onServerRunning: { channel in
            await onListening(channel.localAddress?.port)
        }
        return ListeningService(server: server, address: dependencies.listen.shown)
    }

    static func application(
        _ dependencies: ServerDependencies, logger: Logger,
        onListening: @escaping @Sendable (_ port: Int?) async -> Void = { _ in }
    ) throws -> Application<BellmanResponder> {
        Application(
            responder: BellmanResponder(dependencies, logger: logger), server: builder,
            configuration: configuration(dependencies, logger),
            onServerRunning: { channel in await onListening(channel.localAddress?.port) }, logger: logger)
    }

    private static var builder: HTTPServerBuilder {
        let decoder = HTTP1Channel.Configuration.DecoderConfiguration(
            maxHeaderFieldSize: mostHeaderBytes, maxHeaderListSize: mostHeaderBytes, maxHeaderFieldCount: mostHeaders)
        return .http1(
            configuration: HTTP1Channel.Configuration(
                idleTimeout: .seconds(idleSeconds), httpDecoderConfiguration: decoder))
    }

    private static func configuration(
        _ dependencies: ServerDependencies, _ logger: Logger
    ) -> ApplicationConfiguration {
        var configuration = ApplicationConfiguration(
            address: dependencies.listen.bindAddress,
            availableConnectionsDelegate: MaximumAvailableConnections(mostConnections, logger: logger))
        configuration.serverName = nil
        return configuration
    }
}

extension ListenAddress {
    var bindAddress: BindAddress {
        switch self {
        case .tcp(let host, let port): .hostname(host, port: port)
        case .unix(let path): .unixDomainSocket(path: path)
        }
    }
}
