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
        return response(reply, isHead: request.method == .head, channel: context.channel)
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

    private func response(_ reply: Reply, isHead: Bool, channel: any NIOCore.Channel) -> Response {
        var fields = HTTPFields()
        for header in reply.headers {
            guard let name = HTTPField.Name(header.name) else { continue }
            fields.append(HTTPField(name: name, value: header.value))
        }
        if isHead { reply.events?.end() }
        let response = Response(status: .init(code: reply.status), headers: fields, body: body(of: reply, channel))
        return isHead ? response.createHeadResponse() : response
    }

    private func body(of reply: Reply, _ channel: any NIOCore.Channel) -> ResponseBody {
        if let events = reply.events { return BellmanResponder.stream(events, channel) }
        return reply.body.isEmpty ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: reply.body))
    }

    /// Goes on until the listener leaves, falls behind or was served long enough, or the daemon stops. The timer runs
    /// only while somebody listens, so that an idle daemon is not woken.
    private static func stream(_ events: EventSubscription, _ channel: any NIOCore.Channel) -> ResponseBody {
        ResponseBody { writer in
            try await channel.pipeline.addHandler(LeavingWatch { events.end() }, position: .first)
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

/// Sees that the peer has left while an answer goes on. The library lets the reading half of a connection close and
/// would notice only at the next write.
private final class LeavingWatch: ChannelInboundHandler, Sendable {
    typealias InboundIn = NIOAny

    private let left: @Sendable () -> Void

    init(_ left: @escaping @Sendable () -> Void) { self.left = left }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .inputClosed? = event as? ChannelEvent { left() }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        left()
        context.fireChannelInactive()
    }
}

/// Keeps the peer's address for counting wrong tokens.
public struct ServerContext: RequestContext {
    public var coreContext: CoreRequestContextStorage
    let source: String
    let channel: any NIOCore.Channel

    public init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        self.source = source.channel.remoteAddress?.ipAddress ?? ""
        channel = source.channel
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
