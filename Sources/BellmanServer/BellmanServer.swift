import BellmanModel
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix

/// HTTP API and dashboard. `make` gives an application whose `run()` ends with the service group it is put in.
public enum BellmanServer {
    /// Bounds for slow or hostile peers.
    static let idleSeconds: Int64 = 60
    static let mostConnections = 1000
    static let mostHeaderBytes = 32 * 1024
    static let mostHeaders = 100

    /// `onListening` is told the port (nil for a Unix socket) once connections are accepted.
    public static func make(
        _ dependencies: ServerDependencies, logger: Logger,
        onListening: @escaping @Sendable (_ port: Int?) async -> Void = { _ in }
    ) throws -> Application<BellmanResponder> {
        let decoder = HTTP1Channel.Configuration.DecoderConfiguration(
            maxHeaderFieldSize: mostHeaderBytes, maxHeaderListSize: mostHeaderBytes, maxHeaderFieldCount: mostHeaders)
        let channel = HTTP1Channel.Configuration(
            idleTimeout: .seconds(idleSeconds), httpDecoderConfiguration: decoder)
        var configuration = ApplicationConfiguration(
            address: dependencies.listen.bindAddress,
            availableConnectionsDelegate: MaximumAvailableConnections(mostConnections, logger: logger))
        configuration.serverName = nil
        return Application(
            responder: BellmanResponder(dependencies, logger: logger), server: .http1(configuration: channel),
            configuration: configuration,
            onServerRunning: { channel in await onListening(channel.localAddress?.port) }, logger: logger)
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
