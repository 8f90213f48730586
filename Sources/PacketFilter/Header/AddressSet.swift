/// Some addresses of both families.
package struct AddressSet: Hashable, Sendable {
    /// Numbers of 32 bits.
    package var v4: IntervalSet
    /// Numbers of 128 bits.
    package var v6: IntervalSet

    /// A set by its parts.
    package init(v4: IntervalSet = .empty, v6: IntervalSet = .empty) {
        self.v4 = v4
        self.v6 = v6
    }

    /// Every address.
    package static let any = AddressSet(
        v4: IntervalSet([0...IntervalSet.largest(32)]), v6: IntervalSet([0...UInt128.max]))

    /// The addresses of all these prefixes.
    package init(_ prefixes: some Sequence<Prefix>) {
        let prefixes = Array(prefixes)
        self.init(
            v4: IntervalSet(prefixes.filter { $0.family == .v4 }.map(\.range)),
            v6: IntervalSet(prefixes.filter { $0.family == .v6 }.map(\.range)))
    }

    /// It has no address.
    package var isEmpty: Bool { v4.isEmpty && v6.isEmpty }
}

/// The addresses that share their first bits.
package struct Prefix: Hashable, Sendable {
    /// Its first address.
    package var first: Address
    /// How many bits they share.
    package var length: Int

    package var family: Address.Family { first.family }

    /// A prefix by any of its addresses; bits past the length are cleared.
    package init(_ address: Address, length: Int) {
        let mask = IntervalSet.largest(address.family.width - length)
        first = Address(address.family, address.number & ~mask)
        self.length = length
    }

    /// A prefix in CIDR form, or an address alone (RFC 4632 §3.1).
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let name = parts.first, let address = Address(name), parts.count <= 2 else {
            return nil
        }
        guard parts.count == 2 else {
            self.init(address, length: address.family.width)
            return
        }
        guard parts[1].utf8.count <= 3, parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let length = Int(parts[1]), length <= address.family.width,
            // To some programs a zero before it makes the number an octal one.
            String(length) == parts[1]
        else { return nil }
        self.init(address, length: length)
    }

    /// Its addresses, as numbers of the family's width.
    package var range: ClosedRange<UInt128> {
        first.number...(first.number | IntervalSet.largest(family.width - length))
    }
}

extension Prefix: CustomStringConvertible {
    /// The address alone where all its bits are shared.
    package var description: String {
        length == family.width ? first.description : "\(first)/\(length)"
    }
}
