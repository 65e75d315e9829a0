import BellmanTesting
import Glibc
import Testing

@testable import BellmanDaemon

/// What may stand in a rules folder besides rule files (docs/faults.md, C5, C7, C8, C10).
@Suite struct RulesFolderTests {
    private let folder: TemporaryFolder
    private let root: String

    init() throws {
        folder = try TemporaryFolder()
        root = folder.file("rules")
        mkdir(root, 0o755)
    }

    private func write(_ name: String, _ text: String = "id: a\n") throws {
        try TextFile.write(text, to: "\(root)/\(name)").get()
    }

    private func names() throws -> [String] { try RulesFolder(path: root).scan().get().files.map(\.path) }

    @Test func leftoversOfEditorsAreNoRules() throws {
        for name in [
            "a.yaml", "b.yml", "a.yaml~", ".a.yaml.swp", "a.yaml.swp", ".#a.yaml", "a.yaml.tmp", "#a.yaml#", "4913",
            "a.yaml.bak", "a.test.yaml", ".hidden.yaml", "notes.txt",
        ] { try write(name) }
        #expect(try names() == ["a.yaml", "b.yml"])
    }

    /// Kubernetes: `a.yaml` → `..data/a.yaml`, and `..data` → a folder that is swapped as a whole.
    @Test func mountedMapsAreFollowedThroughTheirSwap() throws {
        mkdir("\(root)/..one", 0o755)
        mkdir("\(root)/..two", 0o755)
        try write("..one/a.yaml", "id: one\n")
        try write("..two/a.yaml", "id: two\n")
        symlink("..one", "\(root)/..data")
        symlink("..data/a.yaml", "\(root)/a.yaml")
        var memory = RulesFolder.Memory()
        let first = try RulesFolder(path: root).scan(&memory).get()
        #expect(first.files.map(\.text) == ["id: one\n"])
        symlink("..two", "\(root)/..next")
        #expect(rename("\(root)/..next", "\(root)/..data") == 0)
        let second = try RulesFolder(path: root).scan(&memory).get()
        #expect(second.files.map(\.path) == ["a.yaml"])
        #expect(second.files.map(\.text) == ["id: two\n"])
    }

    @Test func nothingLeadsOutAndNothingBlocks() throws {
        try write("good.yaml")
        try TextFile.write("secret\n", to: folder.file("outside.yaml")).get()
        mkdir(folder.file("elsewhere"), 0o755)
        try TextFile.write("id: b\n", to: folder.file("elsewhere/b.yaml")).get()
        symlink(folder.file("outside.yaml"), "\(root)/absolute.yaml")
        symlink("../outside.yaml", "\(root)/up.yaml")
        symlink("../elsewhere", "\(root)/folder")
        symlink("loop.yaml", "\(root)/loop.yaml")
        symlink(".", "\(root)/self")
        symlink("/dev/zero", "\(root)/device.yaml")
        mkfifo("\(root)/pipe.yaml", 0o644)
        mkdir("\(root)/folder.yaml", 0o755)
        let found = try RulesFolder(path: root).scan().get()
        #expect(Set(found.files.map { $0.path.split(separator: "/").last ?? "" }) == ["good.yaml"])
        #expect(!found.files.contains { $0.text.contains("secret") })
        #expect(found.troubles.count == RulesFolder.depthLimit + 1, "the pipe is named, wherever it is seen")
    }

    /// Between the look and the reading a plain file may become a link.
    @Test(arguments: ["up.yaml", "absolute.yaml", "sub/up.yaml", "../outside.yaml", "way/outside.yaml"])
    func whatBecameALinkIsNotFollowedOut(_ name: String) throws {
        try TextFile.write("secret\n", to: folder.file("outside.yaml")).get()
        mkdir("\(root)/sub", 0o755)
        symlink("../outside.yaml", "\(root)/up.yaml")
        symlink(folder.file("outside.yaml"), "\(root)/absolute.yaml")
        symlink("../../outside.yaml", "\(root)/sub/up.yaml")
        symlink("..", "\(root)/way")
        guard case .failure(let failure) = TextFile.read(name, beneath: root, limit: 100) else {
            Issue.record("\(name) was read")
            return
        }
        #expect(failure.code == EXDEV)
    }

    @Test func sizesAreLookedAtBeforeTheFileIsRead() throws {
        try write("small.yaml", String(repeating: "#", count: RulesFolder.sizeLimit))
        try write("large.yaml", String(repeating: "#", count: RulesFolder.sizeLimit + 1))
        truncate("\(root)/large.yaml", 50 << 20)
        let found = try RulesFolder(path: root).scan().get()
        #expect(found.files.map(\.path) == ["small.yaml"])
        #expect(found.troubles.count == 1)
    }

    @Test func whatOthersMayChangeIsNamed() throws {
        mkdir("\(root)/team", 0o755)
        for (name, mode) in [("a.yaml", 0o644), ("b.yaml", 0o664), ("team/c.yaml", 0o646), ("d.txt", 0o666)] {
            try write(name)
            chmod("\(root)/\(name)", mode_t(mode))
        }
        let rules = RulesFolder(path: root)
        #expect(rules.writableByOthers() == ["\(root)/b.yaml", "\(root)/team/c.yaml"])
        chmod("\(root)/team", 0o775)
        chmod(root, 0o757)
        #expect(rules.writableByOthers() == [root, "\(root)/team", "\(root)/b.yaml", "\(root)/team/c.yaml"])
    }
}
