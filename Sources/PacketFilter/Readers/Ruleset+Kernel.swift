/// An interface as rules can ask for it.
package struct KernelLink: Hashable, Sendable {
    package var name: String
    /// The type of its link (`ARPHRD_` of if_arp.h): 1 is Ethernet.
    package var type: UInt16

    /// A link by its parts.
    package init(_ name: String, type: UInt16) {
        self.name = name
        self.type = type
    }
}

extension Ruleset {
    /// Puts the tables of nf_tables in, as the kernel told them.
    ///
    /// `links` are the interfaces by their numbers, for which some rules ask. What is not understood
    /// becomes an unknown in its place; a dump that is cut or damaged throws
    /// `malformed`, one that is too large `tooLarge`. The answer is the tables, by family and name,
    /// that have extensions of iptables whose parameters were not read.
    @discardableResult
    package mutating func read(
        kernelDump dump: KernelDump, links: [UInt32: KernelLink]
    ) throws(PacketFilterError) -> [FilterTable] {
        var reader = KernelReader(links: links)
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
