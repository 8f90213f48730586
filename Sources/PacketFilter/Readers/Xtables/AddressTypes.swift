/// Matches of the kind that the routing table gives to an address, as `xt_addrtype.c` does them.
enum AddressTypes {
    /// The match of kinds by their RTN_ numbers.
    static func statement(
        _ field: Field, _ types: Set<UInt128>, _ family: Address.Family, onInput: Bool, not: Bool
    ) -> Statement {
        let type = Operand.addressType(of: field, onInput: onInput)
        if family == .v4 { return .match(type, IntervalSet(types.map { $0...$0 }), not: not) }
        // In IPv6 every kind that is named must be right, and the routing table is asked only for
        // some (`match_type6`).
        var addresses = IntervalSet([0...UInt128.max])
        if types.contains(5) { addresses = SpecialAddresses.multicast6 }
        if types.contains(1) {
            addresses = addresses.intersection(
                SpecialAddresses.multicast6.union(IntervalSet(0)).complement(width: 128),
                width: 128)
        }
        if types.contains(0) { addresses = addresses.intersection(IntervalSet(0), width: 128) }
        let asked = types.intersection([2, 4, 7])
        let kinds: Component =
            asked.isEmpty
            ? .anything(width: 8) : .numbers(IntervalSet(asked.map { $0...$0 }))
        return .match(
            [.field(field), type],
            in: .inline(ValueSet(tuples: [[.numbers(addresses), kinds]])), isNegated: not)
    }
}
