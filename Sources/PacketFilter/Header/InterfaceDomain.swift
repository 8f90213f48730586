/// The interfaces that a packet can come by, as numbers.
///
/// Besides those that exist: one for every name and pattern that a rule knows and no interface
/// bears yet, and *any other interface*, whose name no rule knows.
package struct InterfaceDomain: Hashable, Sendable {
    /// What stands behind a number.
    package struct Member: Hashable, Sendable {
        /// Its name; the pattern (`veth*`) for any interface that only that pattern names; nothing
        /// for any other interface.
        package var name: String?
        /// It exists on the host.
        package var exists: Bool
    }

    /// The length in bits of an interface's number.
    package static let width = 12

    /// The number of a member is its place here.
    package private(set) var members: [Member]

    /// The interfaces that exist, then those that only the rules know, then any other.
    package init(
        existing: [String], mentioned: some Sequence<String>
    ) throws(PacketFilterError) {
        var members = existing.map { Member(name: $0, exists: true) }
        var known = Set(existing)
        for name in mentioned.sorted() where known.insert(name).inserted {
            members.append(Member(name: name, exists: false))
        }
        members.append(Member(name: nil, exists: false))
        guard members.count < InterfaceDomain.absent else {
            throw PacketFilterError(.tooLarge, "list of interfaces")
        }
        self.members = members
    }

    /// The number that stands for no interface at all: a packet to this host leaves by none.
    package static let absent = UInt128((1 << width) - 1)

    /// The number of any other interface.
    package var other: Int { members.count - 1 }

    /// All numbers that stand for something.
    package var all: IntervalSet { IntervalSet([0...UInt128(other)]) }

    /// The number of the interface of this name.
    package func number(of name: String) -> Int? {
        members.firstIndex { $0.name == name }
    }

    /// The numbers of the interfaces that a name, or a pattern that ends in `*`, fits.
    package func numbers(fitting pattern: String) -> IntervalSet {
        let fitting = members.indices.filter { index in
            guard let name = members[index].name else { return pattern == "*" }
            return InterfaceDomain.fits(name, pattern)
        }
        return IntervalSet(fitting.map { UInt128($0)...UInt128($0) })
    }

    private static func fits(_ name: String, _ pattern: String) -> Bool {
        guard pattern.utf8.last == UInt8(ascii: "*") else {
            return name.utf8.elementsEqual(pattern.utf8)
        }
        return name.utf8.starts(with: pattern.utf8.dropLast())
    }
}
