/// The parsers that read what others wrote, for libFuzzer; which one, the build says (run.sh).
///
/// A parser may refuse, but not crash, hang or eat memory.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    var ruleset = Ruleset()
    #if NFT
        try? ruleset.read(nftListing: bytes)
        _ = Ruleset().loading(
            nftFile: bytes, path: "rules.nft",
            presence: { $0 == "eth0" ? .present : .absent }, include: { _ in .missing })
    #elseif XTABLES
        try? ruleset.read(xtablesListing: bytes, family: .v4, engine: .nftables)
        _ = Ruleset().loading(
            xtablesFile: bytes, path: "rules.v6", family: .v6, engine: .legacy)
    #elseif IPSET
        try? ruleset.read(ipsetListing: bytes)
    #endif
    return 0
}
