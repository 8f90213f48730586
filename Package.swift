// swift-tools-version: 6.2
import PackageDescription

/// The rules every target of ours is built with.
let strict: [SwiftSetting] = [
    // SE-0335: an existential is written `any`, so that its cost is seen.
    .enableUpcomingFeature("ExistentialAny"),
    // SE-0409: an import is internal unless it says otherwise, so that modules do not leak into each other.
    .enableUpcomingFeature("InternalImportsByDefault"),
    // SE-0444: a member is visible only where its module is imported.
    .enableUpcomingFeature("MemberImportVisibility"),
    // SE-0461: an async function stays on its caller's executor.
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    // SE-0458: every use of unsafe memory is written `unsafe`, and that word stands only in Sources/Adapters.
    .strictMemorySafety(),
    // SE-0480: a warning is an error; what is tolerated is written in the code.
    .treatAllWarnings(as: .error),
]

/// A target of ours with the strict settings.
func target(
    _ name: String, _ dependencies: [Target.Dependency] = [], path: String? = nil,
    exclude: [String] = [], linkerSettings: [LinkerSetting] = [], plugins: [Target.PluginUsage] = []
) -> Target {
    .target(
        name: name, dependencies: dependencies, path: path ?? "Sources/\(name)", exclude: exclude,
        swiftSettings: strict, linkerSettings: linkerSettings, plugins: plugins)
}

/// A test target of ours with the strict settings.
func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(
        name: name, dependencies: dependencies, path: "Tests/\(name)", swiftSettings: strict)
}

let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let argumentParser = Target.Dependency.product(
    name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "assay",
    products: [.executable(name: "assay", targets: ["assay"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // C libraries, and the Swift that makes them safe.
        .systemLibrary(
            name: "COpenSSL", path: "Sources/Adapters/COpenSSL", pkgConfig: "libcrypto",
            providers: [.apt(["libssl-dev"])]),
        .systemLibrary(
            name: "CSQLite", path: "Sources/Adapters/CSQLite",
            providers: [.apt(["libsqlite3-dev"])]),
        .target(name: "CLinux", path: "Sources/Adapters/CLinux"),
        target("OpenSSL", ["COpenSSL"], path: "Sources/Adapters/OpenSSL"),
        target(
            "SQLite", ["CSQLite"], path: "Sources/Adapters/SQLite",
            // The archive, not the shared library: the binary is one file to copy.
            linkerSettings: [.linkedLibrary(":libsqlite3.a"), .linkedLibrary("m")]),
        target("Linux", ["CLinux"], path: "Sources/Adapters/Linux"),

        // What a fact is, and what people write about facts.
        target("StrictJSON"),
        target("Documents", [yams]),
        target("Facts", ["StrictJSON", "SQLite", "OpenSSL", "Linux"]),
        target("Collectors", ["Facts", "StrictJSON", "Linux"]),
        target("PacketFilter"),
        target("Site", ["Facts", "Documents"]),
        target("Probes", ["Facts", "Documents", "SQLite", "StrictJSON", "OpenSSL"]),

        // What is said about them, and to whom.
        target("Evidence", ["StrictJSON", "OpenSSL", "Linux"]),
        target("Reports", ["Facts", "Probes", "Evidence", "StrictJSON"]),
        target(
            "Agent",
            ["Facts", "Collectors", "Site", "Probes", "Reports", "Evidence", "StrictJSON", "Linux"]
        ),
        target(
            "Commands",
            [
                "Agent", "Collectors", "Evidence", "Facts", "Linux", "Probes", "Reports", "Site",
                "StrictJSON", "Documents", "OpenSSL", argumentParser,
            ]),
        .executableTarget(
            name: "assay", dependencies: ["Commands"], path: "Sources/assay", swiftSettings: strict),

        tests("PacketFilterTests", ["PacketFilter"]),
        // What the model says, for the test against the kernel (Tests/Firewall).
        .executableTarget(
            name: "firewall-oracle", dependencies: ["PacketFilter"],
            path: "Tests/Firewall/Oracle", swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)
