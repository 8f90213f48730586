/// The parsers that read what others wrote, for libFuzzer; the program's name ends with the one to
/// run (run.sh).
///
/// A parser may refuse, but not crash, hang or eat memory.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    parser.read(unsafe Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}

private let parser: Parser = {
    let name = CommandLine.arguments.first?.split(separator: "-").last ?? ""
    guard let parser = Parser(rawValue: String(name)) else { fatalError("no parser \(name)") }
    return parser
}()

private enum Parser: String {
    /// What `nft list ruleset` prints.
    case nft
    /// A file for `nft -f`, held against what nft and the kernel refuse; it may include its own
    /// beginning.
    case nftfile
    /// What `iptables-save` prints, and a file for `ip6tables-restore`.
    case xtables
    /// What `ipset save` prints, and a file for `ipset restore`.
    case ipset
    /// What the kernel tells of its rules.
    case netlink

    func read(_ bytes: [UInt8]) {
        var ruleset = Ruleset()
        switch self {
        case .nft: try? ruleset.read(nftListing: bytes)
        case .nftfile:
            let beginning = IncludedFile(path: "part.nft", bytes: Array(bytes.prefix(64)))
            _ = ruleset.loading(
                nftFile: bytes, path: "rules.nft",
                presence: { $0 == "eth0" ? .present : .absent },
                include: { $0 == "part.nft" ? .files([beginning]) : .missing })
        case .xtables:
            try? ruleset.read(xtablesListing: bytes, family: .v4, engine: .nftables)
            _ = Ruleset().loading(
                xtablesFile: bytes, path: "rules.v6", family: .v6, engine: .legacy)
        case .ipset:
            try? ruleset.read(ipsetListing: bytes)
            _ = Ruleset().loading(ipsetFile: bytes, path: "ipsets")
        case .netlink:
            ruleset.ipsets["bad"] = IPSet(parts: [.address])
            let names = KernelNames(
                links: [1: KernelLink("lo", type: 772), 2: KernelLink("eth0", type: 1)],
                ipsets: [0: "bad"])
            _ = try? ruleset.read(kernelDump: KernelDump(bytes), names: names)
        }
    }
}
