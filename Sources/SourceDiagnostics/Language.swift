/// The languages every message exists in.
public enum Language: String, Sendable, CaseIterable { case en, zh }

/// How grave a finding is.
public enum Severity: String, Sendable, CaseIterable { case error, warning, note }
