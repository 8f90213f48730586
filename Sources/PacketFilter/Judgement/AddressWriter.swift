/// Writes the addresses of one flow.
struct AddressWriter {
    let lister: FlowLister
    let draft: FlowLister.Draft

    private var family: Address.Family { draft.family }

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
        return NumberText.text(numbers, family)
    }
}
