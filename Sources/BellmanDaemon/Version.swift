import Almanac

/// The version that `--version`, the API and logs name.
public enum BellmanVersion {
    public static let text = "0.1.0"
    /// No machine that runs this version can be earlier: set with every release. 2026-08-01T00:00:00Z.
    public static let released = Instant(seconds: 1_785_542_400)
}
