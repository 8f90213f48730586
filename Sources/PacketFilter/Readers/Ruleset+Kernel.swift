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

/// What rules call by numbers, by those numbers.
package struct KernelNames: Hashable, Sendable {
    /// The interfaces that exist.
    package var links: [UInt32: KernelLink]
    /// The names of ipsets, which are to be read before the rules.
    package var ipsets: [UInt16: String]

    /// The numbers of one moment.
    package init(links: [UInt32: KernelLink] = [:], ipsets: [UInt16: String] = [:]) {
        self.links = links
        self.ipsets = ipsets
    }
}

/// Extensions of iptables in one table whose parameters were not read.
package struct OpaqueExtensions: Hashable, Sendable {
    package var family: FilterTable.Family
    package var table: String
    /// Their names, such as `set`.
    package var names: Set<String>
}

extension Ruleset {
    /// Puts the tables of nf_tables in, as the kernel told them.
    ///
    /// What is not understood becomes an unknown in its place; a dump that is cut or damaged throws
    /// `malformed`, one that is too large `tooLarge`. The answer is what `iptables-save` may tell
    /// better.
    @discardableResult
    package mutating func read(
        kernelDump dump: KernelDump, names: KernelNames = KernelNames()
    ) throws(PacketFilterError) -> [OpaqueExtensions] {
        var reader = KernelReader(names: names, ipsets: ipsets)
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
        return reader.opaqueExtensions.sorted { $0.key < $1.key }.map { place, names in
            let table = reader.tables[place]
            return OpaqueExtensions(family: table.family, table: table.name, names: names)
        }
    }
}
