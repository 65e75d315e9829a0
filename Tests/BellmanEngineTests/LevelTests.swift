import Almanac
import BellmanModel
import BellmanStore
import BellmanStoreSQLite
import Testing

@Suite struct LevelTests {
    @Test func aFullSpanRingsOnce() throws {
        let world = try World(
            rules: """
                id: level
                when: {while: 'task.status == "blocked"', for: 1 day}
                then: [{notify: {via: inbox}}]
                """)
        try world.tick(.shanghai("2026-07-14T08:00"))
        try world.write("task/T3", ["status": .string("blocked")], at: .shanghai("2026-07-14T17:25"))
        try world.tick(.shanghai("2026-07-15T00:21"))
        #expect(
            try world.store.read { try $0.level(rule: "level", subject: "task/T3") }?.checkAt
                == .shanghai("2026-07-15T17:25"))
        try world.tick(.shanghai("2026-07-17T00:21"))
        #expect(try world.ledgerLines == ["level task/T3 rise=1: fired_late"])
        try world.tick(.shanghai("2026-07-19T00:21"))
        #expect(try world.ledgerLines.count == 1)
    }
}
