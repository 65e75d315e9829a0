/// The version that `--version`, the API and logs name.
public enum BellmanVersion {
    public static let text = "0.1.0"
}
