/// Writes the addresses of one flow.
struct AddressWriter {
    let lister: FlowLister
    let draft: FlowLister.Draft

    private var family: Address.Family { draft.family }

    /// IPv6 addresses with which no packet comes may be named or not: the shorter text is taken.
    static func text(
        _ numbers: IntervalSet, _ family: Address.Family, without refused: IntervalSet
    ) -> String {
        let text = NumberText.text(numbers, family)
        guard family == .v6 else { return text }
        let width = family.width
        let other = NumberText.text(
            numbers.intersection(refused.complement(width: width), width: width), family)
        return other.utf8.count < text.utf8.count ? other : text
    }

    /// Destinations; all addresses that nobody names stand for the unnamed one.
    func destinations(_ numbers: IntervalSet) throws(PacketFilterError) -> String {
        if draft.isUnnamed == true { return "another address of this host" }
        if numbers.complement(width: family.width).isEmpty { return "any" }
        guard lister.direction == .input else { return NumberText.text(numbers, family) }
        let arena = lister.analysis.space.arena
        let bits = lister.space.variables(of: .destination).prefix(family.width)
        let ends = try Decomposition(arena: arena).exactParts(
            of: draft.known, bits.startIndex..<bits.endIndex)
        let named = IntervalSet(ends.flatMap(\.numbers.ranges))
        if numbers == named.complement(width: family.width) {
            return "another address of this host"
        }
        return Self.text(numbers, family, without: SpecialAddresses.refusedMulticast6)
    }
}
