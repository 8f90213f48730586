/// Matches of the type of an interface's link (`ARPHRD_` of if_arp.h).
enum LinkType {
    static let ethernet: UInt16 = 1

    /// Of the interfaces that are known the type is known; any other may be of it.
    static func statements(
        _ field: Field, _ type: UInt16, not: Bool = false, among links: some Sequence<KernelLink>
    ) -> [Statement] {
        let such = links.filter { $0.type == type }.map(\.name).sorted()
        let others = links.filter { $0.type != type }.map(\.name).sorted()
        let unknown = Unknown(.chosen, "the \(field) interface has links of type \(type)")
        return [
            .interface(field, not ? such : others, not: true),
            .match(
                [.field(field), .unknown(unknown, width: 1)],
                in: .inline(
                    ValueSet(tuples: [
                        [.interfaces(not ? others : such), .anything(width: 1)],
                        [.interfaces(["*"]), .number(not ? 0 : 1)],
                    ])), isNegated: false),
        ]
    }
}
