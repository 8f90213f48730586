import PacketFilter

/// A set of a million networks that is read, and asked by one rule.
struct LargeSetCase {
    /// What it is, in words of a command line.
    var name: String
    private var read: () throws -> Ruleset

    private static let count = 1_000_000

    /// All of them; the same ones in every run.
    static var all: [LargeSetCase] {
        [
            LargeSetCase(name: "a-set-of-1000000-in-a-listing") {
                try listing("set s { type ipv4_addr; flags interval; elements = { \(list) }; }")
            },
            LargeSetCase(name: "a-set-of-1000000-in-a-rule") {
                try listing("", source: "{ \(list) }")
            },
            LargeSetCase(name: "a-set-of-1000000-added-one-by-one") {
                let set = "add table t\nadd set t s { type ipv4_addr; flags interval; }\n"
                let elements = networks.map { "add element t s { \($0) }\n" }
                let chain = """
                    table ip t {
                      chain c { type filter hook input priority 0; policy accept; ip saddr @s drop; }
                    }

                    """
                let outcome = Ruleset().loading(
                    nftFile: Array((set + elements.joined() + chain).utf8), path: "rules.nft",
                    presence: { _ in .present }, include: { _ in .missing })
                return try loaded(outcome)
            },
            LargeSetCase(name: "an-ipset-of-1000000") {
                var ruleset = Ruleset()
                try ruleset.read(ipsetListing: Array(ipset.utf8))
                try ruleset.read(
                    xtablesListing: Array(filter.utf8), family: .v4, engine: .nftables)
                return ruleset
            },
            LargeSetCase(name: "an-ipset-of-1000000-in-a-file") {
                let sets = try loaded(
                    Ruleset().loading(ipsetFile: Array(ipset.utf8), path: "ipsets"))
                let outcome = sets.loading(
                    xtablesFile: Array(filter.utf8), path: "rules.v4", family: .v4,
                    engine: .nftables)
                return try loaded(outcome)
            },
        ]
    }

    /// Networks in no order, of which few touch.
    private static var networks: some Sequence<String> {
        (0..<UInt32(count)).lazy.map { number in
            let place = number &* 9_600_131 & 0xFF_FFFF
            return "\(place >> 16).\(place >> 8 & 255).\(place & 255).0/24"
        }
    }

    private static var list: String { networks.joined(separator: ", ") }

    private static func listing(_ set: String, source: String = "@s") throws -> Ruleset {
        let text = """
            table ip t {
            \(set)
            chain c { type filter hook input priority 0; policy accept; ip saddr \(source) drop; }
            }

            """
        var ruleset = Ruleset()
        try ruleset.read(nftListing: Array(text.utf8))
        return ruleset
    }

    private static var ipset: String {
        "create s hash:net family inet hashsize 1024 maxelem 1000000\n"
            + networks.map { "add s \($0)\n" }.joined()
    }

    private static let filter = """
        *filter
        :INPUT ACCEPT [0:0]
        -A INPUT -m set --match-set s src -j DROP
        COMMIT

        """

    private static func loaded(_ outcome: LoadOutcome) throws -> Ruleset {
        switch outcome {
        case .loaded(let ruleset): return ruleset
        case .refused(_, let problem): throw Program.Failed(description: "\(problem)")
        case .doubtful(_, _, let problems), .unclear(let problems):
            throw Program.Failed(description: "\(problems.first.map { "\($0)" } ?? "a doubt")")
        }
    }

    /// Measures this case in this process.
    func run() throws -> FirewallBenchmark.Run {
        let clock = ContinuousClock()
        let begin = clock.now
        let ruleset = try read()
        let end = clock.now
        let peakOfReading = FirewallCase.peak()
        var flows = 0
        do throws(PacketFilterError) {
            _ = try FirewallAnalysis(ruleset, on: .server).judge(FlowPolicy())
        } catch {
            guard error.code == .tooComplex else { throw error }
            flows = -1
        }
        return FirewallBenchmark.Run(
            reading: end - begin, judging: clock.now - end, listing: .zero,
            peakOfReading: peakOfReading, peak: FirewallCase.peak(), flows: flows)
    }
}
