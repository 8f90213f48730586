import PacketFilter
import Testing

/// A loader's file and what the loader makes of it.
struct LoaderCase: Sendable, CustomTestStringConvertible {
    enum Answer: Sendable { case loaded, refused, doubtful, unclear }

    /// A sentence about the file.
    var testDescription: String
    var text: String

    init(_ sentence: String, _ text: String) {
        testDescription = sentence
        self.text = text
    }

    /// A rule in a chain; what it names stands before the chain.
    init(
        _ sentence: String, rule: String, in hook: String = "filter hook input priority 0",
        of family: String = "inet", beside items: String = ""
    ) {
        self.init(
            sentence,
            """
            table \(family) t {
              \(items)
              chain u { counter; }
              chain c {
                type \(hook);
                \(rule)
              }
            }

            """.replacing("chain u { counter; }", with: "chain u {\n    counter\n  }"))
    }

    private static func answer(_ outcome: LoadOutcome) -> Answer {
        switch outcome {
        case .loaded: .loaded
        case .refused: .refused
        case .doubtful: .doubtful
        case .unclear: .unclear
        }
    }

    /// What `nft -f` makes of it on a host with `lo` and `eth0`.
    var nft: Answer {
        LoaderCase.answer(
            Ruleset().loading(
                nftFile: Array(text.utf8), path: "file",
                presence: { ["lo", "eth0"].contains($0) ? .present : .absent },
                include: { _ in .missing }))
    }

    /// What `iptables-restore` of an engine makes of it.
    func xtables(_ engine: FilterTable.Engine, _ family: Address.Family = .v4) -> Answer {
        LoaderCase.answer(
            Ruleset().loading(
                xtablesFile: Array(text.utf8), path: "file", family: family, engine: engine))
    }

    /// What `ipset restore` makes of it.
    var ipset: Answer {
        LoaderCase.answer(Ruleset().loading(ipsetFile: Array(text.utf8), path: "file"))
    }
}
