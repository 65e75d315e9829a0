import Almanac
import BellmanModel
import Glibc
import Testing

@testable import BellmanServer

/// Writes the pages as files into the folder `BELLMAN_PAGES`, to be looked at in a browser.
@Suite(.enabled(if: getenv("BELLMAN_PAGES") != nil, "set BELLMAN_PAGES to a folder"))
struct PagesForTheEye {
    @Test func write() throws {
        let folder = String(cString: try #require(getenv("BELLMAN_PAGES")))
        mkdir("\(folder)/assets", 0o755)
        for (name, language) in [("zh", AlmanacLanguage.zh), ("en", .en)] {
            let desk = Desk(try Samples.harness(language)) { dependencies in
                dependencies.outlook = { _ in Samples.coming }
                dependencies.channels = { Samples.channels }
                dependencies.nextRinging = { ["renewal": Harness.now.adding(seconds: 86_400)] }
            }
            for page in ["", "inbox", "coming", "rules", "deliveries", "renewals", "people", "channels"] {
                let file = page.isEmpty ? "overview" : page
                try write(desk.ask("GET", "/" + page).body, to: "\(folder)/\(file)-\(name).html")
            }
            for asset in [Assets.stylesheet, .script, .icon] {
                try write(desk.ask("GET", asset.path).body, to: folder + asset.path.prefix { $0 != "?" })
            }
        }
    }

    private func write(_ bytes: [UInt8], to path: String) throws {
        let handle = try #require(fopen(path, "w"))
        #expect(fwrite(bytes, 1, bytes.count, handle) == bytes.count)
        fclose(handle)
    }
}
