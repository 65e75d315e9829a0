import CEL

extension RuleLanguage {
    /// For this package's fuzzer: what a rule about one kind's dates may name.
    package func momentEnvironment(kind: String) -> CELEnvironment {
        var shape = RuleScopeShape(kind: kind)
        shape.isMoment = true
        return environment(shape)
    }
}
