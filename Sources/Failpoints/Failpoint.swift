/// Named places at which tests crash, fail or delay the program. Built in debug builds and with the flag
/// `BELLMAN_FAILPOINTS`; elsewhere every call is its body and nothing more, whatever the environment says.
///
/// `BELLMAN_FAILPOINTS=name:nth:mode[,…]` arms points, `BELLMAN_FAILPOINTS=list` prints them, and
/// `BELLMAN_FAILPOINT_HITS=FILE` has every hit appended to a file (docs/failpoints.md).
public enum Failpoint {
    /// Around a step that can fail.
    @inlinable @inline(__always)
    @discardableResult
    public static func step<T>(_ name: FailpointName, _ body: () throws -> T) throws -> T {
        try before(name)
        let result = try body()
        try after(name)
        return result
    }

    /// Around a step that cannot fail, or only with errors of its own.
    @inlinable @inline(__always)
    public static func pass<T, E: Error>(_ name: FailpointName, _ body: () throws(E) -> T) throws(E) -> T {
        _ = fails(name)
        let result = try body()
        passed(name)
        return result
    }

    /// For a step that is no one call: throws in mode `error`.
    @inlinable @inline(__always)
    public static func before(_ name: FailpointName) throws {
        #if DEBUG || BELLMAN_FAILPOINTS
            if ArmedFailpoints.shared.reach(name) { throw FailpointError(name: name) }
        #endif
    }

    /// The end of such a step: throws in mode `lost`.
    @inlinable @inline(__always)
    public static func after(_ name: FailpointName) throws {
        #if DEBUG || BELLMAN_FAILPOINTS
            if ArmedFailpoints.shared.leave(name) { throw FailpointError(name: name) }
        #endif
    }

    /// For a step whose caller tells of failures by other means than throwing: true in mode `error`.
    @inlinable @inline(__always)
    public static func fails(_ name: FailpointName) -> Bool {
        #if DEBUG || BELLMAN_FAILPOINTS
            ArmedFailpoints.shared.reach(name)
        #else
            false
        #endif
    }

    /// The end of such a step.
    @inlinable @inline(__always)
    public static func passed(_ name: FailpointName) {
        #if DEBUG || BELLMAN_FAILPOINTS
            _ = ArmedFailpoints.shared.leave(name)
        #endif
    }

    /// The first thing a program does: answers `list`, and ends it where the variable cannot be read, so that no test
    /// runs without the fault that it asked for.
    public static func begin() {
        #if DEBUG || BELLMAN_FAILPOINTS
            ArmedFailpoints.begin()
        #endif
    }
}

/// What a point in mode `error` or `lost` throws.
public struct FailpointError: Error, Equatable, CustomStringConvertible {
    public let name: FailpointName
    public init(name: FailpointName) { self.name = name }
    public var description: String { "failpoint \(name.rawValue)" }
}
