import CEL

/// How much of what is made gets past the first gate.
public enum Understanding {
    public static func compiles(_ input: [UInt8]) -> Bool {
        Worlds.everything.compile(String(decoding: input, as: UTF8.self)).program != nil
    }
}
