extension Ruleset {
    /// Puts the tables of nf_tables in, as the kernel told them.
    ///
    /// `interfaces` are the names of interfaces by their numbers, which some rules ask for. What is
    /// not understood becomes an unknown in its place; a dump that is cut or damaged throws
    /// `malformed`, one that is too large `tooLarge`. The answer is the tables, by family and name,
    /// that have extensions of iptables whose parameters were not read.
    @discardableResult
    package mutating func read(
        kernelDump dump: KernelDump, interfaces: [UInt32: String]
    ) throws(PacketFilterError) -> [FilterTable] {
        var reader = KernelReader(interfaces: interfaces)
        do throws(KernelError) {
            try reader.read(dump)
        } catch {
            let code: PacketFilterError.Code = error == .tooLarge ? .tooLarge : .malformed
            throw PacketFilterError(code, "nf_tables")
        }
        for (name, family) in reader.lists {
            ipsets[name, default: IPSet(parts: [.address], family: family)]
                .members.isFilledByPackets = true
        }
        replace(reader.tables)
        return reader.opaqueExtensions.keys.sorted().map { reader.tables[$0] }
    }
}
