import BellmanModel

/// Invitations that are out, as decisions see them: in the snapshot of the tick.
public protocol InvitationView {}
