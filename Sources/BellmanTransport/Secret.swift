/// A value that must never be seen: it has no description, and a dump or a mirror of what holds it shows nothing.
public struct Secret: Sendable, Hashable {
    private let value: String

    public init(_ value: String) { self.value = value }

    /// The value itself, for the one place that puts it on the wire.
    public func reveal() -> String { value }

    public var isEmpty: Bool { value.isEmpty }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "(secret)" }
    public var debugDescription: String { "(secret)" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
