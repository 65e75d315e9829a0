extension Story {
    /// A smaller story of the same seed that still breaks a promise: kinds of events that it does not need are left
    /// out, and so are the days after the trouble. The violation may be another than the first one.
    public static func shrink(_ failed: StoryOptions) throws -> StoryOptions {
        var best = failed
        best.keepsLog = false
        for kind in StoryEvent.allCases where !best.without.contains(kind.rawValue) {
            var smaller = best
            smaller.without.insert(kind.rawValue)
            if try tell(smaller).violation != nil { best = smaller }
        }
        while best.days > 1 {
            var smaller = best
            smaller.days = best.days / 2
            guard try tell(smaller).violation != nil else { break }
            best = smaller
        }
        return best
    }
}
