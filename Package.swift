// swift-tools-version: 6.2
import PackageDescription

// Warnings are errors where it is asked for (`make check`); a newer compiler must not break a user's build.
let strict: [SwiftSetting] =
    [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ] + (Context.environment["BELLMAN_STRICT"] == nil ? [] : [.treatAllWarnings(as: .error)])

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: resources, swiftSettings: strict)
}

let model: [Target.Dependency] = ["BellmanModel", "Almanac"]

let package = Package(
    name: "bellman",
    products: [
        .executable(name: "bellman", targets: ["bellman"]),
        .executable(name: "bellman-bench", targets: ["bellman-bench"]),
        // The expression language by itself, for any Swift program (docs/cel.md).
        .library(name: "CEL", targets: ["CEL"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // Lowest first; who may import whom is in docs/architecture.md and checked by `make check`.
        .systemLibrary(name: "CLibcurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CLinux"),
        // Where tests stop, fail or delay the program; nothing of it is left in a release.
        library("Failpoints"),
        library("SourceDiagnostics"),
        library("CEL", ["SourceDiagnostics"]),
        library("Almanac"),
        library("Digests", [.product(name: "Crypto", package: "swift-crypto")]),
        library("BellmanModel", ["Almanac"]),
        library("BellmanRules", model + ["SourceDiagnostics", "CEL", .product(name: "Yams", package: "Yams")]),
        library("BellmanStore", model),
        // A view of a store in which everything can be written and nothing of it stays.
        .target(name: "CShadowVFS", linkerSettings: [.linkedLibrary("sqlite3")]),
        library(
            "BellmanStoreSQLite",
            model + [
                "BellmanStore", "Digests", "Failpoints", "CShadowVFS", .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        library("BellmanEngine", model + ["BellmanRules", "BellmanStore", "Digests", "Failpoints"]),
        library("BellmanTransport", model),
        library("BellmanTransportCurl", model + ["BellmanTransport", "CLibcurl", "Failpoints"]),
        library("BellmanDelivery", model + ["BellmanStore", "BellmanTransport", "Digests", "Failpoints"]),
        library("BellmanConnectors", model + ["BellmanStore", "Failpoints"]),
        library(
            "BellmanServer",
            model + [
                "BellmanStore", .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        library(
            "BellmanDaemon",
            model + [
                "SourceDiagnostics", "BellmanRules", "BellmanStore", "BellmanStoreSQLite", "BellmanEngine",
                "BellmanTransport", "BellmanTransportCurl", "BellmanDelivery", "BellmanConnectors", "BellmanServer",
                "Digests", "CLinux", "Failpoints", .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]),
        library(
            "BellmanCommands",
            model + [
                "SourceDiagnostics", "BellmanRules", "BellmanStore", "BellmanStoreSQLite", "BellmanServer",
                "BellmanDaemon", "BellmanConnectors", "BellmanDelivery",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .executableTarget(name: "bellman", dependencies: ["BellmanCommands", "Failpoints"], swiftSettings: strict),
        library("BellmanTesting", model + ["BellmanStore", "BellmanTransport"]),
        .executableTarget(
            name: "bellman-bench",
            dependencies: model + [
                "BellmanRules", "BellmanStore", "BellmanStoreSQLite", "BellmanEngine", "BellmanTransport",
                "BellmanTransportCurl", "BellmanDelivery", "BellmanConnectors", "SourceDiagnostics", "CEL",
            ], swiftSettings: strict),
        library("BellmanFuzz", model + ["SourceDiagnostics", "CEL", "BellmanRules", "BellmanTesting"]),
        // `make fuzz` builds it with LLVM's coverage guidance when that is asked for; see scripts/fuzz.
        .executableTarget(name: "bellman-fuzz", dependencies: ["BellmanFuzz"], swiftSettings: strict),
        // Simulated power loss: a file system for SQLite, real engine and dispatcher on it. No part of `bellman`.
        .target(name: "CPowerVFS", linkerSettings: [.linkedLibrary("sqlite3")]),
        library(
            "BellmanPower",
            model + [
                "BellmanRules", "BellmanStore", "BellmanStoreSQLite", "BellmanEngine", "BellmanTransport",
                "BellmanDelivery", "BellmanTesting", "SourceDiagnostics", "CPowerVFS",
            ]),
        .executableTarget(name: "bellman-power", dependencies: ["BellmanPower"], swiftSettings: strict),
        // The whole system on virtual time (docs/simulator.md).
        library(
            "BellmanSimulator",
            model + [
                "SourceDiagnostics", "BellmanRules", "BellmanStore", "BellmanEngine", "BellmanDelivery",
                "BellmanTesting", "Digests",
            ]),
        .executableTarget(name: "bellman-sim", dependencies: ["BellmanSimulator"], swiftSettings: strict),

        tests("TidyTests", []),
        tests("FailpointsTests", ["Failpoints"]),
        tests("SourceDiagnosticsTests", ["SourceDiagnostics"]),
        tests("CELTests", ["CEL", "SourceDiagnostics"], resources: ["Cases", "Messages"]),
        tests("AlmanacTests", ["Almanac"]),
        tests("BellmanModelTests", model),
        tests(
            "BellmanRulesTests", model + ["BellmanRules", "SourceDiagnostics"],
            resources: ["Wrong", "Format", "DefaultTexts"]),
        tests(
            "BellmanFuzzTests", ["BellmanFuzz", "CEL", "BellmanRules", "SourceDiagnostics"], resources: ["Crashers"]),
        tests("BellmanStoreSQLiteTests", model + ["BellmanStoreSQLite", "BellmanStore", "BellmanTesting"]),
        tests(
            "BellmanEngineTests",
            model + [
                "BellmanEngine", "BellmanRules", "BellmanStoreSQLite", "BellmanStore", "BellmanTesting",
                "SourceDiagnostics",
            ]),
        tests("BellmanPowerTests", ["BellmanPower", "BellmanTesting", "CPowerVFS"]),
        tests("BellmanSimulatorTests", model + ["BellmanSimulator", "BellmanStore", "BellmanTesting"]),
        tests("BellmanTransportTests", ["BellmanTransport", "BellmanTransportCurl", "BellmanTesting"]),
        tests(
            "BellmanDeliveryTests",
            model + [
                "BellmanDelivery", "BellmanTesting", "BellmanTransport", "BellmanTransportCurl", "BellmanStore",
                "Digests",
            ],
            resources: ["Golden"]),
        tests("BellmanConnectorsTests", model + ["BellmanConnectors", "BellmanStore"]),
        tests(
            "BellmanServerTests",
            model + [
                "BellmanServer", "BellmanStore", "BellmanStoreSQLite", "BellmanTesting",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "NIOCore", package: "swift-nio"),
            ]),
        tests(
            "BellmanDaemonTests",
            model + [
                "BellmanDaemon", "BellmanDelivery", "BellmanEngine", "BellmanRules", "BellmanServer", "BellmanStore",
                "BellmanStoreSQLite", "BellmanTesting", "BellmanTransport", "SourceDiagnostics",
            ], resources: ["RuleTests/Cases", "RuleTests/Notices", "Rehearsal/Plans"]),
    ]
)
