import BellmanModel
import Testing

@testable import BellmanServer

@Suite struct EventTests {
    private func event(_ number: Int) -> LiveEvent {
        LiveEvent(.firing, [.init("rule", .string("a\nb")), .init("n", .int(Int64(number)))])
    }

    private func next(_ iterator: inout AsyncStream<String>.Iterator) async -> String { await iterator.next() ?? "end" }

    @Test func listenersHearInOrder() async throws {
        let hub = EventHub()
        let one = try #require(hub.subscribe(lastID: nil))
        let two = try #require(hub.subscribe(lastID: nil))
        hub.publish(event(1))
        hub.publish(LiveEvent(.tick))
        for subscription in [one, two] {
            var texts = subscription.texts.makeAsyncIterator()
            #expect(await next(&texts) == "retry: 5000\n\n")
            let first = await next(&texts)
            #expect(first.contains("\nevent: firing\ndata: {\"id\":\""))
            #expect(first.hasSuffix("\",\"rule\":\"a\\nb\",\"n\":1}\n\n"), "one line of data whatever the text")
            #expect(await next(&texts).contains("\nevent: tick\n"))
        }
        one.beat()
        one.end()
        #expect(hub.listenerCount == 1)
        hub.close()
        #expect(hub.subscribe(lastID: nil) == nil)
    }

    @Test func whoComesBackMissesNothing() async throws {
        let hub = EventHub()
        let first = try #require(hub.subscribe(lastID: nil))
        hub.publish(event(1))
        hub.publish(event(2))
        hub.publish(event(3))
        var heard = first.texts.makeAsyncIterator()
        _ = await next(&heard)
        let text = await next(&heard)
        let id = String(text.dropFirst("id: ".count).prefix { $0 != "\n" })
        var again = try #require(hub.subscribe(lastID: id)).texts.makeAsyncIterator()
        _ = await next(&again)
        #expect(await next(&again).contains("\"n\":2"))
        #expect(await next(&again).contains("\"n\":3"))
        for unknown in ["x", "", "abc-1", "\(id)0", "\(id.prefix { $0 != "-" })--1"] {
            var texts = try #require(hub.subscribe(lastID: unknown)).texts.makeAsyncIterator()
            _ = await next(&texts)
            #expect(await next(&texts).contains("\nevent: resync\n"), "\(unknown)")
        }
        for number in 0...EventHub.remembered { hub.publish(event(number)) }
        var late = try #require(hub.subscribe(lastID: id)).texts.makeAsyncIterator()
        _ = await next(&late)
        #expect(await next(&late).contains("\nevent: resync\n"), "too much was missed")
    }

    @Test func slowListenersAreLetGo() async throws {
        let hub = EventHub()
        let slow = try #require(hub.subscribe(lastID: nil))
        let quick = try #require(hub.subscribe(lastID: nil))
        var heard = quick.texts.makeAsyncIterator()
        _ = await next(&heard)
        for number in 0..<(EventHub.backlog + EventHub.remembered + 1) {
            hub.publish(event(number))
            #expect(await next(&heard).contains("firing"))
        }
        #expect(hub.listenerCount == 1)
        var count = 0
        for await _ in slow.texts { count += 1 }
        #expect(count == EventHub.backlog + EventHub.remembered, "it ends after what was kept for it")
    }

    @Test func listenersAreBounded() throws {
        let hub = EventHub()
        let all = (0..<EventHub.mostListeners).compactMap { _ in hub.subscribe(lastID: nil) }
        #expect(all.count == EventHub.mostListeners)
        var harness = try Harness()
        harness.dependencies.events = hub
        let desk = Desk(harness)
        let refused = desk.ask("GET", "/v1/events")
        #expect(refused.status == 503)
        #expect(refused.header("Retry-After") == "5")
        all[0].end()
        let taken = desk.ask("GET", "/v1/events", headers: ["last-event-id": "old-1"])
        #expect(taken.status == 200)
        #expect(taken.header("Content-Type") == "text/event-stream; charset=utf-8")
        taken.events?.end()
        #expect(hub.listenerCount == EventHub.mostListeners - 1)
    }

    @Test func aStreamIsServedForAWhileOnly() async throws {
        let hub = EventHub()
        let subscription = try #require(hub.subscribe(lastID: nil))
        for _ in 0...EventHub.mostBeats { subscription.beat() }
        var count = 0
        for await text in subscription.texts where text == ": \n\n" { count += 1 }
        #expect(count == EventHub.mostBeats)
        #expect(hub.listenerCount == 0)
    }
}
