/// What a token may do. The store keeps the word.
public enum Role: String, Sendable, CaseIterable, Codable {
    case admin, manager, member, guest

    func allows(_ need: Need) -> Bool {
        switch need {
        case .nothing, .nothingHere, .reading: true
        case .editing: self != .guest
        case .writing: self == .admin || self == .manager
        }
    }
}

/// What a route asks of its caller.
enum Need: String, Sendable, CaseIterable {
    /// Open to all, always.
    case nothing
    /// Open to callers on this machine, else like `reading`.
    case nothingHere
    case reading
    /// Changing fields of a record that exists.
    case editing
    case writing
}

/// Who asks, as far as a token says.
struct Identity: Sendable, Hashable {
    let name: String
    let role: Role?
    /// What the forms of this person's pages carry; nil for callers without a session.
    var formToken: String?

    /// A read on loopback before any token exists.
    static let nobody = Identity(name: "", role: nil)
}
