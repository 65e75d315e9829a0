/// What a story came to.
public struct StoryResult: Sendable {
    public let seed: UInt64
    /// What was promised and not held; nil where all was.
    public let violation: String?
    /// The event at which the story ended.
    public let event: Int
    public let simulatedDays: Double
    /// Of these, no node was running.
    public let downDays: Double
    public let hasFaults: Bool
    /// How often each kind of fault befell the world.
    public let faults: [String: Int]
    public let decisions: Int
    public let transmissions: Int
    /// Messages that a receiver took more than once, under the same id.
    public let repeats: Int
    /// SHA-256 of the log, in hexadecimal.
    public let digest: String
    /// The log, or the end of it where something was not held.
    public let history: [String]
}

public enum Story {
    /// Throws where the story cannot begin: a fault of the simulator.
    public static func tell(_ options: StoryOptions) throws -> StoryResult { try World(options).run() }
}

extension Story {
    /// What `StoryOptions.without` may name.
    public static let eventNames = Set(StoryEvent.allCases.map(\.rawValue))
}
