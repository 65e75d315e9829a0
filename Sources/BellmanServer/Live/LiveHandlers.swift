/// `GET /v1/events`: server-sent events.
struct LiveHandlers: Sendable {
    let dependencies: ServerDependencies

    func events(_ call: Call) throws -> Reply {
        guard let subscription = dependencies.events.subscribe(lastID: call.head.header("last-event-id")) else {
            throw ServerFailure.tooManyListeners(limit: EventHub.mostListeners)
        }
        var reply = Reply(
            200,
            headers: [
                ("Content-Type", "text/event-stream; charset=utf-8"), ("Cache-Control", "no-store"),
                // nginx would hold events back until its buffer is full.
                ("X-Accel-Buffering", "no"),
            ])
        reply.events = subscription
        return reply
    }
}
