/// All packets of one host, and the variables that tell them apart.
package final class PacketSpace {
    package let arena: DiagramArena
    package let interfaces: InterfaceDomain
    /// The source is asked after the destination.
    let sourceIsLast: Bool

    private var words: [Field: [Diagram]] = [:]
    private var variables: [Unknown: [Diagram]] = [:]
    private var next = Field.variableCount
    /// Who answers for a variable past those of the fields, in their order.
    private var owners: [Unknown] = []

    /// The space over these interfaces.
    ///
    /// What is asked after a field is made anew for each set of its numbers that differs: a long
    /// list of sources comes last, and many rules with a source each come before what the routes
    /// say about destinations.
    package init(
        arena: DiagramArena = DiagramArena(), interfaces: InterfaceDomain,
        sourceIsLast: Bool = false
    ) {
        self.arena = arena
        self.interfaces = interfaces
        self.sourceIsLast = sourceIsLast
    }

    /// The variables of a field, the highest bit first.
    package func variables(of field: Field) -> Range<Int> {
        guard sourceIsLast else { return field.place }
        let first = Field.source.place.lowerBound
        // Whether the destination is named is asked just before it.
        switch field {
        case .unnamedDestination: return first..<(first + 1)
        case .destination: return (first + 1)..<(first + 129)
        case .source: return (first + 129)..<(first + 257)
        default: return field.place
        }
    }

    /// The variable of a field's highest bit.
    package func variable(of field: Field) -> Int { variables(of: field).lowerBound }

    /// The bits of a field as the packet carries it, the highest first.
    package func word(_ field: Field) throws(PacketFilterError) -> [Diagram] {
        if let word = words[field] { return word }
        var word: [Diagram] = []
        for variable in variables(of: field) { word.append(try arena.variable(variable)) }
        if field == .nextHeader { word = try behindExtensions(word) }
        words[field] = word
        return word
    }

    /// The first `next header` names an extension header, or the transport protocol itself
    /// (RFC 8200 §4).
    private func behindExtensions(_ word: [Diagram]) throws(PacketFilterError) -> [Diagram] {
        let extensions = IntervalSet([0, 43, 44, 51, 60].map { $0...$0 })
        let isExtension = try arena.membership(of: word, in: extensions)
        var bits: [Diagram] = []
        for (own, transport) in zip(word, try self.word(.transport)) {
            bits.append(try arena.choose(isExtension, own, transport))
        }
        return bits
    }

    /// The bits of an unknown number; the same question has the same bits.
    package func word(
        _ unknown: Unknown, width: Int
    ) throws(PacketFilterError) -> [Diagram] {
        var word = variables[unknown] ?? []
        while word.count < width {
            word.append(try arena.variable(next))
            owners.append(unknown)
            next += 1
        }
        variables[unknown] = word
        return Array(word[..<width])
    }

    /// The packets for which the answer to an unknown question is yes.
    package func answer(_ unknown: Unknown) throws(PacketFilterError) -> Diagram {
        try word(unknown, width: 1)[0]
    }

    /// The packets whose field, as carried, is one of these numbers.
    package func packets(
        _ field: Field, in numbers: IntervalSet
    ) throws(PacketFilterError) -> Diagram {
        try arena.membership(of: word(field), in: numbers)
    }

    /// The packets whose field, as carried, is this number.
    package func packets(_ field: Field, _ number: UInt128) throws(PacketFilterError) -> Diagram {
        try packets(field, in: IntervalSet(number))
    }

    /// IPv4 packets with an address of these numbers of 32 bits in the field.
    package func packets(
        _ field: Field, ofIPv4 numbers: IntervalSet
    ) throws(PacketFilterError) -> Diagram {
        let word = Array(try word(field)[..<32])
        return try arena.intersection(
            packets(.family, 0), arena.membership(of: word, in: numbers))
    }

    /// IPv6 packets with an address of these numbers of 128 bits in the field.
    package func packets(
        _ field: Field, ofIPv6 numbers: IntervalSet
    ) throws(PacketFilterError) -> Diagram {
        try arena.intersection(packets(.family, 1), packets(field, in: numbers))
    }

    /// The variables of unknown answers of one kind.
    package func variables(of kind: Unknown.Kind) -> VariableSet {
        VariableSet(
            owners.indices.filter { owners[$0].kind == kind }.map { Field.variableCount + $0 })
    }

    /// The unknown questions whose answers decide over the set, in the order of their names.
    package func unknowns(deciding set: Diagram) -> [Unknown] {
        let support = arena.support(of: set, from: Field.variableCount)
        let found = owners.indices.filter { support.contains(Field.variableCount + $0) }
        return Set(found.map { owners[$0] }).sorted { $0.name < $1.name }
    }
}
