import Documents

/// Addresses that share their first bits (RFC 4632).
package struct Network: Sendable, Hashable {
    /// The first address.
    package var address: IPAddress
    /// How many bits the addresses share.
    package var length: Int

    /// Addresses that a family has.
    package static func all(_ family: IPAddress.Family) -> Network {
        Network(address: IPAddress(family: family, bits: 0), length: 0)
    }

    /// A network by its parts; bits beyond the length are cleared.
    package init(address: IPAddress, length: Int) {
        self.length = length
        let host = Self.hostBits(address.family.width - length)
        self.address = IPAddress(family: address.family, bits: address.bits & ~host)
    }

    /// Version of IP.
    package var family: IPAddress.Family { address.family }

    /// The last address.
    package var last: UInt128 { address.bits | Self.hostBits(family.width - length) }

    /// `address/length`, and the address alone where it is the only one.
    package var text: String {
        length == family.width ? address.text : "\(address.text)/\(length)"
    }

    /// Whether every address of another network is one of this.
    package func contains(_ other: Network) -> Bool {
        family == other.family && address.bits <= other.address.bits && other.last <= last
    }

    /// Whether an address is one of both.
    package func overlaps(_ other: Network) -> Bool {
        contains(other) || other.contains(self)
    }

    /// An address, or `address/length`; a mistake is reported, and then it is nil.
    init?(_ node: YAMLNode, _ key: String, in reader: inout MappingReader) {
        guard let text = reader.text(node, key) else { return nil }
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = IPAddress(String(parts[0])),
            let length = parts.count == 1 ? address.family.width : Self.length(parts[1]),
            length <= address.family.width
        else {
            reader.error(
                "\(Quoted.text(text)) is no address and no network", at: node.mark,
                hint: "write such as 10.10.0.0/16 or fd00:10::/48")
            return nil
        }
        self.init(address: address, length: length)
        if self.address != address {
            reader.error(
                "\(Quoted.text(text)) has bits beyond its length", at: node.mark,
                hint: "did you mean '\(self.text)'?")
            return nil
        }
    }

    private static func length(_ text: Substring) -> Int? {
        text.wholeMatch(of: /0|[1-9][0-9]{0,2}/) == nil ? nil : Int(text)
    }

    private static func hostBits(_ count: Int) -> UInt128 {
        count == 128 ? .max : (1 << UInt128(count)) - 1
    }
}
