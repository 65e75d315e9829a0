import BellmanModel

/// Which records belong to which group of an aggregate rule, kept up to date by changes alone.
public protocol GatheringView {}
