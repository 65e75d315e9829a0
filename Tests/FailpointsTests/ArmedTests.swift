#if DEBUG
    import Testing

    @testable import Failpoints

    /// The crash itself is shown by the black-box scripts.
    @Suite struct ArmedTests {
        @Test func anErrorComesOnceAtItsHit() {
            let armed = ArmedFailpoints("claim:2:error,commit:1:error", hits: nil)
            #expect([1, 2, 3].map { _ in armed.reach(.claim) } == [false, true, false])
            #expect(armed.reach(.commit))
            #expect(!armed.reach(.dueScan))
            #expect(!armed.leave(.claim))
        }

        @Test func aLostAnswerIsToldAtTheEnd() {
            let armed = ArmedFailpoints("claim:2:lost", hits: nil)
            #expect(!armed.reach(.claim))
            #expect(!armed.leave(.claim))
            #expect(!armed.reach(.claim))
            #expect(armed.leave(.claim))
            #expect(!armed.leave(.claim))
        }

        @Test(arguments: [
            "claim", "claim:1", "claim:0:error", "claim:x:error", "nothing:1:error", "claim:1:explode", "send:1:error",
            "http-start:1:lost", "claim:1:error:", "claim:1:error;commit:1:error",
        ])
        func whatCannotBeReadIsWrong(_ text: String) {
            #expect(ArmedFailpoints(text, hits: nil).isWrong)
        }

        @Test(arguments: ["", "list", "claim:1:error", "send:12:delay,commit:3:crash-after"])
        func whatCanBeReadIsNot(_ text: String) {
            #expect(!ArmedFailpoints(text, hits: nil).isWrong)
        }
    }
#endif
