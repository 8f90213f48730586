import Facts
import PacketFilter

/// One file, or one text of a script, that is loaded at boot, and how.
struct LoaderStep: Hashable {
    /// What reads the file.
    enum Reader: Hashable {
        case nft
        case xtables(Address.Family, keepsRules: Bool)
        case ipset
    }

    /// Where the rules come from.
    enum Source: Hashable {
        case file(HostPath)
        /// What a script pipes into the program, and what that text is called.
        case text(String, name: String)
        /// What firewalld makes of its files.
        case firewalld(FirewalldRules)
    }

    var reader: Reader
    var source: Source
    /// The program that loads it.
    var program: HostPath
    /// The loader goes on after a failure.
    var mayFail: Bool
    /// A file that is not there is passed over.
    var isOptional: Bool

    /// A step by its parts.
    init(
        _ reader: Reader, _ source: Source, by program: HostPath, mayFail: Bool = false,
        isOptional: Bool = false
    ) {
        self.reader = reader
        self.source = source
        self.program = program
        self.mayFail = mayFail
        self.isOptional = isOptional
    }

    /// The file that a command loads and nothing else; nil of any other command.
    init?(_ line: ExecLine) {
        guard !line.isOpen, let first = line.words.first, first.hasPrefix("/") else { return nil }
        let arguments = Array(line.words.dropFirst())
        let program = HostPath(first)
        switch line.program {
        case "nft":
            guard arguments.count == 2, ["-f", "--file"].contains(arguments[0]),
                arguments[1].hasPrefix("/")
            else { return nil }
            self.init(.nft, .file(HostPath(arguments[1])), by: program, mayFail: line.mayFail)
        case let name where Self.restorers.contains(name):
            let flags = arguments.filter { $0.hasPrefix("-") }
            let files = arguments.filter { !$0.hasPrefix("-") }
            guard files.count == 1, files[0].hasPrefix("/"), flags.allSatisfy(Self.plain.contains)
            else { return nil }
            let family: Address.Family = name.hasPrefix("ip6") ? .v6 : .v4
            let keepsRules = flags.contains { ["-n", "--noflush"].contains($0) }
            self.init(
                .xtables(family, keepsRules: keepsRules), .file(HostPath(files[0])), by: program,
                mayFail: line.mayFail)
        default: return nil
        }
    }

    private static let restorers: Set<String> = [
        "iptables-restore", "iptables-nft-restore", "iptables-legacy-restore",
        "ip6tables-restore", "ip6tables-nft-restore", "ip6tables-legacy-restore",
    ]
    // `-c` restores counters, `-w` waits for a lock.
    private static let plain: Set<String> = ["-n", "--noflush", "-c", "--counters", "-w", "--wait"]
}
