import Almanac
import BellmanConnectors
import BellmanDaemon
import BellmanModel

/// The sample data of `init` and `demo`, with dates around today.
enum SampleFiles {
    /// In the order in which references resolve.
    static let kinds = ["member", "customer", "project", "contract", "account", "task"]

    static func all(_ language: AlmanacLanguage) throws -> [(kind: String, text: String)] {
        let zone = Zone.system()
        let samples = SampleData(today: zone.date(SystemClock().now()), language: language == .zh ? .zh : .en)
        return samples.files.map { ($0.kind, $0.text) }
    }
}
