// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
] + (Context.environment["BELLMAN_STRICT"] == nil ? [] : [.treatAllWarnings(as: .error)])

let package = Package(
    name: "bellman",
    dependencies: [
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        .target(name: "Almanac", swiftSettings: strict),
        .target(name: "BellmanModel", dependencies: ["Almanac"], swiftSettings: strict),
        .target(name: "BellmanStore", dependencies: ["BellmanModel", "Almanac"], swiftSettings: strict),
    ]
)
