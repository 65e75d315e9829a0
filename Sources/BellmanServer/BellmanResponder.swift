import BellmanModel
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// Between the HTTP library and the pipeline: takes the request apart, puts the reply together.
///
/// The pipeline waits for the store, so it runs on threads of its own and never holds up the tasks of the daemon.
public struct BellmanResponder: HTTPResponder {
    public typealias Context = ServerContext

    private let pipeline: Pipeline

    init(_ dependencies: ServerDependencies, logger: Logger) {
        pipeline = Pipeline(dependencies) { error in
            logger.error("request failed", metadata: ["error": "\(String(reflecting: error))"])
        }
    }

    public func respond(to request: Request, context: ServerContext) async throws -> Response {
        let head = RequestHead(request, source: context.source)
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
        if isHead { reply.events?.end() }
        let response = Response(status: .init(code: reply.status), headers: fields, body: body(of: reply))
        return isHead ? response.createHeadResponse() : response
    }

    private func body(of reply: Reply) -> ResponseBody {
        if let events = reply.events { return BellmanResponder.stream(events) }
        return reply.body.isEmpty ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: reply.body))
    }

    /// Goes on until the listener leaves, falls behind or was served long enough, or the daemon stops. The timer runs
    /// only while somebody listens, so that an idle daemon is not woken.
    private static func stream(_ events: EventSubscription) -> ResponseBody {
        ResponseBody { writer in
            let every = TimeAmount.seconds(EventHub.heartbeatSeconds)
            let beat = MultiThreadedEventLoopGroup.singleton.next()
                .scheduleRepeatedTask(initialDelay: every, delay: every) { _ in events.beat() }
            defer {
                beat.cancel()
                events.end()
            }
            try await withGracefulShutdownHandler {
                for await text in events.texts { try await writer.write(ByteBuffer(string: text)) }
            } onGracefulShutdown: {
                events.end()
            }
            try await writer.finish(nil)
        }
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
