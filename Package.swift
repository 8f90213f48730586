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
func tests(
    _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []
) -> Target {
    .testTarget(
        name: name, dependencies: dependencies, path: "Tests/\(name)", exclude: exclude,
        swiftSettings: strict)
}

let argumentParser = Target.Dependency.product(
    name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "assay",
    products: [.executable(name: "assay", targets: ["assay"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
    ],
    targets: [
        // C libraries, and the Swift that makes them safe.
        .systemLibrary(
            name: "COpenSSL", path: "Sources/Adapters/COpenSSL", pkgConfig: "libcrypto",
            providers: [.apt(["libssl-dev"])]),
        .systemLibrary(
            name: "CSQLite", path: "Sources/Adapters/CSQLite",
            providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(
            name: "CLibYAML", path: "Sources/Adapters/CLibYAML",
            providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(
            name: "CExpat", path: "Sources/Adapters/CExpat", providers: [.apt(["libexpat1-dev"])]),
        .target(name: "CLinux", path: "Sources/Adapters/CLinux"),
        target("OpenSSL", ["COpenSSL"], path: "Sources/Adapters/OpenSSL"),
        target(
            "SQLite", ["CSQLite"], path: "Sources/Adapters/SQLite",
            // The archive, not the shared library: the binary is one file to copy.
            linkerSettings: [.linkedLibrary(":libsqlite3.a"), .linkedLibrary("m")]),
        target(
            "YAML", ["CLibYAML"], path: "Sources/Adapters/YAML",
            linkerSettings: [.linkedLibrary(":libyaml.a")]),
        target(
            "XML", ["CExpat"], path: "Sources/Adapters/XML",
            linkerSettings: [.linkedLibrary(":libexpat.a")]),
        target("Linux", ["CLinux"], path: "Sources/Adapters/Linux"),
        .target(name: "CNetlink", path: "Sources/Adapters/CNetlink"),
        target("Netlink", ["CNetlink", "Linux"], path: "Sources/Adapters/Netlink"),
        // The host's libcrypt, opened at run time.
        target("Crypt", path: "Sources/Adapters/Crypt"),

        // What a fact is, and what people write about facts.
        target("StrictJSON"),
        target("Documents", ["YAML", "OpenSSL"]),
        target("Facts", ["StrictJSON", "SQLite", "OpenSSL", "Linux", "Netlink"]),
        target("PacketFilter"),
        target("Site", ["Facts", "Documents"]),
        target(
            "Collectors",
            [
                "Facts", "StrictJSON", "OpenSSL", "Linux", "Crypt", "Netlink", "PacketFilter",
                "Site", "XML",
            ]),
        // The built-in probes become a source file, so that the binary needs no other file.
        .executableTarget(
            name: "embed-probes", path: "Plugins/embed-probes", swiftSettings: strict),
        .plugin(
            name: "EmbedProbes", capability: .buildTool(), dependencies: ["embed-probes"]),
        target("BuiltInProbes", path: "probes", plugins: [.plugin(name: "EmbedProbes")]),
        target(
            "Probes",
            ["BuiltInProbes", "Facts", "Documents", "Site", "SQLite", "StrictJSON", "OpenSSL"]),

        // What is said about them, and to whom.
        target("Evidence", ["StrictJSON", "OpenSSL", "Linux"]),
        target("Reports", ["Facts", "Probes", "Evidence", "StrictJSON"]),
        target(
            "Agent",
            [
                "Collectors", "Documents", "Evidence", "Facts", "Linux", "Netlink", "OpenSSL",
                "PacketFilter", "Probes", "Reports", "SQLite", "Site", "StrictJSON",
            ]),
        target(
            "Commands",
            [
                "Agent", "Collectors", "Evidence", "Facts", "Linux", "Probes", "Reports", "Site",
                "StrictJSON", "Documents", "OpenSSL", argumentParser,
            ]),
        .executableTarget(
            name: "assay", dependencies: ["Commands"], path: "Sources/assay", swiftSettings: strict),

        tests("ProbesTests", ["Probes", "Site", "Facts", "Documents", "SQLite"]),
        tests(
            "CollectorsTests",
            ["Collectors", "Facts", "Crypt", "Netlink", "PacketFilter", "Site", "Documents"]),
        tests("NetlinkTests", ["Netlink"]),
        .executableTarget(
            name: "HostReader", dependencies: ["Facts", "Linux"], path: "Tests/HostReader",
            swiftSettings: strict),
        .executableTarget(
            name: "HostileWorker", dependencies: ["Agent", "Facts", "Linux", "Site"],
            path: "Tests/HostileWorker", swiftSettings: strict),
        tests(
            "AgentTests",
            ["Agent", "Facts", "Linux", "Netlink", "HostileWorker", "Probes", "assay"]),
        tests("PacketFilterTests", ["PacketFilter"], exclude: ["Dumps"]),
        tests(
            "TranscriptTests", ["Linux", "assay"], exclude: ["host.sh", "stories"]),
        tests("FactsTests", ["Facts", "HostReader", "Linux", "OpenSSL", "StrictJSON"]),

        tests("OpenSSLTests", ["OpenSSL"]),
        tests("XMLTests", ["XML"]),
        tests(
            "EvidenceTests", ["Evidence", "OpenSSL", "StrictJSON", "Linux"],
            exclude: ["verify.yaml"]),
        tests("StrictJSONTests", ["StrictJSON"]),
        tests("DocumentsTests", ["Documents"]),
        tests("SiteTests", ["Site", "Documents", "Facts"]),
        tests("ProbeCases", ["Probes", "Collectors", "Facts", "Documents", "Site"]),

        // What real hosts are tested with. It shares the reader of YAML with the product, and no
        // type of a verdict, so that no mistake cancels out.
        target("HostCases", ["Documents"], path: "Tests/Hosts/HostCases"),
        .executableTarget(
            name: "host-cases", dependencies: ["Documents", "HostCases", argumentParser],
            path: "Tests/Hosts/Runner", swiftSettings: strict),
        .executableTarget(
            name: "benchmarks",
            dependencies: ["Evidence", "Linux", "OpenSSL", "PacketFilter", "StrictJSON"],
            path: "Tests/Benchmarks", exclude: ["run.sh", "tree.sh"], swiftSettings: strict),
        tests("HostCasesTests", ["Documents", "HostCases"]),

        // What the model says, for the test against the kernel (Tests/Firewall).
        .executableTarget(
            name: "firewall-oracle", dependencies: ["PacketFilter"],
            path: "Tests/Firewall/Oracle", swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)
