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
            guard error.code == .refused, reader.isFollowed else {
                return .unclear(reader.doubts + [problem])
            }
            return reader.interrupted.isEmpty
                ? .refused(reader.ruleset, problem)
                : .doubtful(
                    loaded: nil, refused: reader.interrupted + [reader.ruleset],
                    reader.doubts + [problem])
        }
        if !reader.isFollowed { return .unclear(reader.doubts) }
        return reader.doubts.isEmpty
            ? .loaded(reader.ruleset)
            : .doubtful(
                loaded: reader.ruleset, refused: reader.interrupted, reader.doubts)
    }

    /// What `ipset restore` makes of a file, for a host that has these sets already.
    ///
    /// Lines are carried out one by one: after an error, what is in those before it is there.
    package func loading(ipsetFile bytes: [UInt8], path: String) -> LoadOutcome {
        var reader = IpsetReader(.file(path: path), sets: ipsets)
        let problem = reader.load(bytes)
        var after = self
        after.ipsets = reader.sets
        guard reader.isFollowed else {
            return .unclear(reader.doubts + (problem.map { [$0] } ?? []))
        }
        if reader.doubts.isEmpty { return problem.map { .refused(after, $0) } ?? .loaded(after) }
        // It may end at any of the lines that are in doubt.
        var part = after
        for name in part.ipsets.keys where part.ipsets[name] != ipsets[name] {
            let unknown = Unknown(.hidden, "how much of ipset \(name) is restored")
            part.ipsets[name]?.members.unknown = unknown
        }
        return .doubtful(
            loaded: problem == nil ? after : nil,
            refused: [self, part] + (problem == nil ? [] : [after]),
            reader.doubts + (problem.map { [$0] } ?? []))
    }

    /// Puts the sets of a listing (`ipset save`) in; they must come before the rules that ask
    /// them.
    package mutating func read(ipsetListing bytes: [UInt8]) throws(PacketFilterError) {
        var reader = IpsetReader()
        try reader.read(bytes)
        ipsets.merge(reader.sets) { _, new in new }
    }
}
