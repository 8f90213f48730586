extension XtablesReader {
    /// The program compares lines byte by byte, and reads them in pieces of 10 KiB.
    mutating func checkLine(_ line: ArraySlice<UInt8>) {
        guard mode != .listing, let first = line.first, first != UInt8(ascii: "#") else { return }
        let isBlank = first == 0x20 || first == 0x09 || line.contains(0x0D) || line.contains(0)
        if isBlank { doubt("blanks where none belong") }
        if line.count > 10_000 { doubt("a line that is too long") }
        if line.starts(with: Array("COMMIT".utf8)), line.count != 6 {
            doubt("a COMMIT with more behind it")
        }
        if XtablesLine.isAmbiguous(line) { doubt("signs that are read in more than one way") }
    }

    /// Follows the jumps from every chain of the kernel: none may lead back, and each rule must be
    /// one that the chain may come to.
    mutating func checkChains(_ table: FilterTable) throws(XtablesError) {
        let edges = table.jumps
        var others = NftWalk(edges: edges)
        for chain in table.chains {
            guard let base = chain.base else {
                if !others.visit(chain.name, depth: 0) { doubt("jumps that never end") }
                continue
            }
            var walk = NftWalk(edges: edges)
            guard walk.visit(chain.name, depth: 0) else {
                doubt("jumps that never end")
                continue
            }
            for demand in walk.seen.flatMap({ demands[$0] ?? [] })
            where !demand.hooks.contains(base.hook) {
                doubt("a rule that its chain may not have", at: demand.place)
            }
        }
    }

    /// Whether a text is `[12:3456]`.
    static func areCounters(_ text: String) -> Bool {
        guard text.hasPrefix("["), text.hasSuffix("]") else { return false }
        let parts = text.dropFirst().dropLast().split(
            separator: ":", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { UInt64($0) != nil }
    }

    /// Notes what of a rule is not certainly taken, and the hooks that it asks for.
    mutating func check(
        _ words: XtablesLine, _ table: String, _ chain: String, _ places: [String: Int]
    ) {
        var check = XtablesRuleCheck(
            words, family: family, table: table, chain: chain, services: services,
            chains: places, ipsets: ruleset.ipsets)
        check.check()
        for message in check.doubts { doubt(message) }
        if check.hooks.count < Hook.allCases.count {
            demands[chain, default: []].append((check.hooks, place))
        }
    }
}
