import BellmanTransport
import Digests

/// Signatures of Standard Webhooks v1 (standardwebhooks.com, spec §"Signature scheme").
public enum StandardWebhooks {
    /// The HMAC key: `whsec_` + base64 stands for its decoded bytes, any other text for its own. `nil` when what
    /// follows the prefix is no base64 or too short (24 bytes at least).
    public static func key(_ secret: Secret) -> [UInt8]? {
        let text = secret.reveal()
        guard text.hasPrefix(prefix) else { return text.utf8.count >= shortestPlain ? Array(text.utf8) : nil }
        guard let key = TextCoding.decodeBase64(String(text.dropFirst(prefix.count))), key.count >= shortestKey else {
            return nil
        }
        return key
    }

    private static let prefix = "whsec_"
    private static let shortestKey = 24
    private static let shortestPlain = 8

    /// Value of `webhook-signature`: one signature a key, for times of rotation.
    public static func signature(keys: [[UInt8]], id: String, timestamp: Int64, body: [UInt8]) -> String {
        let signed = Array("\(id).\(timestamp).".utf8) + body
        return keys.map { "v1," + TextCoding.base64(Digests.hmacSHA256(key: $0, message: signed)) }
            .joined(separator: " ")
    }
}
