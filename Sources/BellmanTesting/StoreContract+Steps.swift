import Almanac
import BellmanModel
import BellmanStore

extension StoreContract {
    static let steps: [ContractCheck] = [
        ContractCheck(name: "a waiting step runs once and may ring", run: stepRunsOnce),
        ContractCheck(name: "a step of a lost firing is not kept", run: stepOfLostFiring),
        ContractCheck(name: "a waiting step can be put off, a finished one not", run: stepPutOff),
    ]

    private static func step(_ number: Int, _ state: PendingStep.State = .waiting, due: Int = 60) -> PendingStep {
        PendingStep(
            firing: "f-r-1", step: number, key: entry("r", "1").key, dueAt: minutes(due), state: state,
            reason: Reason(state.rawValue), context: "{\"days\":3}")
    }

    private static func fire(_ store: any CompleteStore) throws {
        _ = try store.tick { _ in
            commit {
                $0.ledger = [entry("r", "1")]
                $0.steps = [step(1), step(2, due: 90)]
            }
        }
    }

    @Sendable private static func stepRunsOnce(_ store: any CompleteStore) throws {
        try fire(store)
        try store.read { view in
            try expectEqual(try view.nextTimer(), minutes(60), "timer")
            try expectEqual(try view.stepsDue(through: minutes(60)), [step(1)], "due")
        }
        let run = commit {
            $0.steps = [step(1, .done), step(3, due: 120)]
            $0.outbox = [item("n1", firing: "f-r-1")]
        }
        try expectEqual(try store.tick { _ in run }.queued, 1, "rings")
        let again = commit {
            $0.steps = [step(1, .done), step(4)]
            $0.outbox = [item("n2", firing: "f-r-1")]
        }
        try expectEqual(try store.tick { _ in again }.queued, 0, "a second run rings nothing")
        let found = try store.read { try $0.steps(firing: "f-r-1") }
        try expectEqual(found.map(\.step), [1, 2, 3], "steps")
        try expectEqual(found.map(\.state), [.done, .waiting, .waiting], "states")
    }

    @Sendable private static func stepOfLostFiring(_ store: any CompleteStore) throws {
        try fire(store)
        _ = try store.tick { _ in
            commit {
                $0.ledger = [entry("r", "1")]
                $0.steps = [step(7)]
            }
        }
        try expectEqual(try store.read { try $0.steps(firing: "f-r-1").map(\.step) }, [1, 2], "not kept")
    }

    @Sendable private static func stepPutOff(_ store: any CompleteStore) throws {
        try fire(store)
        _ = try store.tick { _ in commit { $0.steps = [step(1, due: 80), step(2, .cancelled)] } }
        _ = try store.tick { _ in commit { $0.steps = [step(2, due: 200)] } }
        let found = try store.read { try $0.steps(firing: "f-r-1") }
        try expectEqual(found.map(\.dueAt), [minutes(80), minutes(90)], "due")
        try expectEqual(found.map(\.state), [.waiting, .cancelled], "state")
    }
}
