import Foundation
import Testing

@testable import BellmanDelivery

/// The recipe of CONTRIBUTING.md ("Adding a channel, in an hour") holds for every channel there is.
@Suite struct RecipeTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let channels = root.appending(path: "Sources/BellmanDelivery/Channels")

    static let folders: [String] = {
        ((try? FileManager.default.contentsOfDirectory(atPath: channels.path())) ?? []).sorted()
    }()

    private static func text(_ path: String) -> String {
        (try? String(contentsOf: root.appending(path: path), encoding: .utf8)) ?? ""
    }

    @Test func foldersAndTypesAreTheSame() {
        #expect(RecipeTests.folders.map { $0.lowercased() }.sorted() == ChannelRegistry.types)
    }

    /// Nothing leaves through the inbox, so it has no form and no answer.
    @Test(arguments: folders.filter { $0 != "Inbox" }) func followsTheRecipe(_ folder: String) throws {
        for part in ["Channel", "Body", "Answer"] {
            let path = "Sources/BellmanDelivery/Channels/\(folder)/\(folder)\(part).swift"
            #expect(RecipeTests.text(path).contains("\(folder)\(part)"), "\(path)")
        }
        let type = folder.lowercased()
        #expect(throws: Never.self) { try Sample.named(type) }
        #expect(Golden.text("\(type)/notice.txt") != nil && Golden.text("\(type)/bare.txt") != nil, "\(type)")
        if type != "email" { #expect(Golden.text("\(type)/answers.txt") != nil, "\(type)") }
        for page in ["docs/channels.md", "docs/channels.zh-CN.md"] {
            #expect(RecipeTests.text(page).contains("## \(type)\n"), "\(page): \(type)")
        }
    }

    /// Every key that a channel reads is on its page, in both languages.
    @Test(arguments: folders) func keysAreDocumented(_ folder: String) {
        let source = RecipeTests.text("Sources/BellmanDelivery/Channels/\(folder)/\(folder)Channel.swift")
        let calls = ["text", "requiredText", "secret", "requiredSecret", "token", "webURL", "int", "bool", "word"]
        for page in ["docs/channels.md", "docs/channels.zh-CN.md"] {
            let part = RecipeTests.text(page).components(separatedBy: "\n## ").first {
                $0.hasPrefix(folder.lowercased() + "\n")
            }
            for call in calls {
                for piece in source.components(separatedBy: "reader.\(call)(\"").dropFirst() {
                    let key = piece.prefix { $0 != "\"" }
                    #expect(part?.contains("`\(key)`") == true, "\(page): \(folder) \(key)")
                }
            }
        }
    }
}
