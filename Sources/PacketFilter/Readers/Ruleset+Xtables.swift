extension Ruleset {
    /// Puts the tables of a listing (`iptables-save`, `ip6tables-save`) in.
    ///
    /// Tables of the same name and engine are replaced, so that a listing of `iptables-nft-save`
    /// takes the place of what nft cannot say. A cut document throws `malformed`.
    package mutating func read(
        xtablesListing bytes: [UInt8], family: Address.Family, engine: FilterTable.Engine
    ) throws(PacketFilterError) {
        var reader = XtablesReader(
            family: family, engine: engine, mode: .listing, path: "rules", into: self,
            services: .common)
        do throws(XtablesError) {
            try reader.read(bytes)
        } catch {
            throw PacketFilterError(.malformed, "line \(reader.place.line)")
        }
        self = reader.ruleset
    }

    /// What `iptables-restore` or `ip6tables-restore` makes of a file, for a host that has these
    /// rules already; `keepsRules` is `--noflush`.
    ///
    /// Each table is loaded when it is committed: after an error, those before it are there.
    package func loading(
        xtablesFile bytes: [UInt8], path: String, family: Address.Family,
        engine: FilterTable.Engine, keepsRules: Bool = false, services: Services = .common
    ) -> LoadOutcome {
        var reader = XtablesReader(
            family: family, engine: engine, mode: .file(keepsRules: keepsRules), path: path,
            into: self, services: services)
        do throws(XtablesError) {
            try reader.read(bytes)
        } catch {
            let problem = LoadProblem(reader.place, error.message)
            return error.code == .refused
                ? .refused(reader.ruleset, problem)
                : .doubtful(reader.ruleset, reader.doubts + [problem])
        }
        return reader.doubts.isEmpty
            ? .loaded(reader.ruleset) : .doubtful(reader.ruleset, reader.doubts)
    }

    /// What `ipset restore` makes of a file, for a host that has these sets already.
    ///
    /// Lines are carried out one by one: after an error, what is in those before it is there.
    package func loading(ipsetFile bytes: [UInt8], path: String) -> LoadOutcome {
        var reader = IpsetReader(.file(path: path), sets: ipsets)
        let problem = reader.load(bytes)
        var after = self
        after.ipsets = reader.sets
        if let problem { return .refused(after, problem) }
        return reader.doubts.isEmpty ? .loaded(after) : .doubtful(after, reader.doubts)
    }

    /// Puts the sets of a listing (`ipset save`) in; they must come before the rules that ask
    /// them.
    package mutating func read(ipsetListing bytes: [UInt8]) throws(PacketFilterError) {
        var reader = IpsetReader()
        try reader.read(bytes)
        ipsets.merge(reader.sets) { _, new in new }
    }
}
