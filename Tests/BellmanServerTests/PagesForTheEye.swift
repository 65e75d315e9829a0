import Almanac
import BellmanModel
import Glibc
import Testing

@testable import BellmanServer

/// Writes the pages as files into the folder `BELLMAN_PAGES`, to be looked at in a browser.
@Suite(.enabled(if: getenv("BELLMAN_PAGES") != nil, "set BELLMAN_PAGES to a folder"))
struct PagesForTheEye {
    @Test func write() async throws {
        let folder = String(cString: try #require(getenv("BELLMAN_PAGES")))
        mkdir("\(folder)/assets", 0o755)
        let full = try Samples.harness(.zh)
        let empty = try Samples.harness(.en, empty: true)
        for (harness, path, file) in [
            (full, "/", "zh.html"), (full, "/?lang=en", "en.html"), (empty, "/", "empty.html"),
            (full, "/assets/bellman.css", "assets/bellman.css"), (full, "/assets/bellman.svg", "assets/bellman.svg"),
        ] {
            let bytes = Array(try await harness.send("GET", path).text.utf8)
            let handle = try #require(fopen("\(folder)/\(file)", "w"))
            #expect(fwrite(bytes, 1, bytes.count, handle) == bytes.count)
            fclose(handle)
        }
    }
}
