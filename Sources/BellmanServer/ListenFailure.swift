import NIOCore
import ServiceLifecycle

/// The configured address cannot be listened on (`listen:`); worded where it is shown.
public struct ListenFailure: Error, Sendable {
    public let address: String
    /// errno(3): the address is in use, not allowed, or not of this machine.
    public let code: Int32
}

/// A server whose failure to bind says which address it was.
struct ListeningService: Service {
    let server: any Service
    let address: String

    func run() async throws {
        do {
            try await server.run()
        } catch let error as IOError {
            throw ListenFailure(address: address, code: error.errnoCode)
        }
    }
}
