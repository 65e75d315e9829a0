extension CELEnvironment {
    /// Every overload of every function, by name and then as declared: for reference pages.
    public var catalogue: [CELFunction] { functions.keys.sorted().flatMap { functions[$0]?.all ?? [] } }
}
