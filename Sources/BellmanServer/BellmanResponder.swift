import BellmanModel
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix

/// Between the HTTP library and the pipeline: takes the request apart, puts the reply together.
///
/// The pipeline waits for the store, so it runs on threads of its own and never holds up the tasks of the daemon.
public struct BellmanResponder: HTTPResponder {
    public typealias Context = ServerContext

    private let pipeline: Pipeline

    init(_ dependencies: ServerDependencies, logger: Logger) throws {
        pipeline = try Pipeline(dependencies) { error in
            logger.error("request failed", metadata: ["error": "\(String(reflecting: error))"])
        }
    }

    public func respond(to request: Request, context: ServerContext) async throws -> Response {
        let head = RequestHead(request, source: context.source)
        let began = pipeline.now()
        let reply: Reply
        switch try await onThread({ pipeline.admit(head) }) {
        case .done(let refusal): reply = refusal
        case .goOn(let admission):
            do {
                let body = admission.takesBody ? try await BellmanResponder.body(of: request) : []
                reply = try await onThread { pipeline.answer(head, admission: admission, body: body) }
            } catch let failure as ServerFailure {
                reply = pipeline.refusal(of: failure, head: head)
            }
        }
        pipeline.count(head, reply, since: began)
        return response(reply, isHead: request.method == .head)
    }

    private func onThread<T: Sendable>(_ work: @escaping @Sendable () -> T) async throws -> T {
        try await NIOThreadPool.singleton.runIfActive { work() }
    }

    private static func body(of request: Request) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await part in request.body {
            guard bytes.count + part.readableBytes <= Pipeline.bodyLimit else {
                throw ServerFailure.bodyTooLarge(limit: Pipeline.bodyLimit)
            }
            bytes.append(contentsOf: part.readableBytesView)
        }
        return bytes
    }

    private func response(_ reply: Reply, isHead: Bool) -> Response {
        var fields = HTTPFields()
        for header in reply.headers {
            guard let name = HTTPField.Name(header.name) else { continue }
            fields.append(HTTPField(name: name, value: header.value))
        }
        let response = Response(
            status: .init(code: reply.status), headers: fields,
            body: reply.body.isEmpty ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: reply.body)))
        return isHead ? response.createHeadResponse() : response
    }
}

/// Keeps the peer's address for counting wrong tokens.
public struct ServerContext: RequestContext {
    public var coreContext: CoreRequestContextStorage
    let source: String

    public init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        self.source = source.channel.remoteAddress?.ipAddress ?? ""
    }
}

extension RequestHead {
    fileprivate init(_ request: Request, source: String) {
        method = request.method.rawValue
        let target = request.head.path ?? "/"
        let mark = target.firstIndex(of: "?")
        path = String(target[..<(mark ?? target.endIndex)])
        query = Query(mark.map { String(target[target.index(after: $0)...]) })
        headers = request.headers.map { ($0.name.canonicalName, $0.value) }
        host = request.head.authority
        self.source = source
    }
}
