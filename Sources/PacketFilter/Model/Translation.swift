/// A change of addresses or ports that a whole connection keeps.
package struct Translation: Hashable, Sendable {
    /// Which end, and how its address is found.
    package enum Kind: Hashable, Sendable {
        case destination
        case source
        /// To the first address of the interface by which the packet came.
        case redirect
        /// From the address of the interface by which the packet leaves.
        case masquerade
    }

    /// A number to be written.
    package enum Target: Hashable, Sendable {
        case operand(Operand)
        /// One of these; the kernel takes one by a hash of the packet.
        case oneOf(ClosedRange<UInt128>)
        /// The first bits are these, the others stay.
        case prefix(UInt128, length: Int)
    }

    package var kind: Kind
    /// The family of the address; nothing: that of the packet.
    package var family: Address.Family?
    package var address: Target?
    package var port: Target?

    /// A translation by its parts.
    package init(
        _ kind: Kind, family: Address.Family? = nil, address: Target? = nil, port: Target? = nil
    ) {
        self.kind = kind
        self.family = family
        self.address = address
        self.port = port
    }
}
