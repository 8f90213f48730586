extension Evaluator {
    /// The world with a field written; a map makes one world for each of its numbers. Packets for
    /// which there is no number stay out.
    func assign(
        _ field: Field, _ operand: Operand, _ world: World, _ table: Int
    ) throws(PacketFilterError) -> [World] {
        let environment = environments[world.environment]
        if case .mapped(let key, let map) = operand {
            var assigned: [World] = []
            for (packets, value) in try values(key, map, environment, table) {
                let bits = try bits(of: value, width: map.width)
                for part in try worlds([world], in: packets) {
                    assigned.append(try write(bits, to: field, of: part))
                }
            }
            return assigned
        }
        let word = try word(operand, environment, in: table)
        var assigned: [World] = []
        for part in try worlds([world], in: word.presence) {
            assigned.append(try write(word.bits, to: field, of: part))
        }
        return assigned
    }

    private func write(
        _ bits: [Diagram], to field: Field, of world: World
    ) throws(PacketFilterError) -> World {
        // An IPv4 address stands in the first bits of its field, a small number in the last.
        let isAddress = field == .source || field == .destination
        let filling = Array(repeating: Diagram.none, count: max(0, field.width - bits.count))
        let whole = isAddress ? bits + filling : filling + bits
        return self.world(world) { $0.bound[field] = Array(whole.suffix(field.width)) }
    }

    /// Notes which keys these packets add to a set.
    func remember(
        _ operands: [Operand], in set: SetReference, _ world: World, _ table: Int
    ) throws(PacketFilterError) {
        let environment = environments[world.environment]
        let key = SetKey(
            table: { if case .ipset = set { -1 } else { table } }(), set: set,
            operands: operands)
        var keys = remembered[key] ?? RememberedKeys()
        if operands.allSatisfy({ !$0.depends(on: environment) }), !environment.isOwn {
            var support = VariableSet()
            for operand in operands {
                let word = try word(operand, environment, in: table)
                for bit in word.bits { support.formUnion(arena.support(of: bit)) }
            }
            let bounds = try project(world.packets, onto: support)
            keys.certain = try arena.union(keys.certain, bounds.certain)
            keys.possible = try arena.union(keys.possible, bounds.possible)
        } else {
            keys.possible = .all
        }
        remembered[key] = keys
    }

    /// The values of the given variables that some packet of the set has.
    private func project(
        _ set: Diagram, onto variables: VariableSet
    ) throws(PacketFilterError) -> RememberedKeys {
        let hidden = space.variables(of: .hidden)
        var others = VariableSet()
        for variable in 0...max(0, arena.support(of: set).last)
        where !variables.contains(variable) && !hidden.contains(variable) {
            others.insert(variable)
        }
        let some = try arena.exists(others, in: set)
        return RememberedKeys(
            certain: try arena.forAll(hidden, in: some),
            possible: try arena.exists(hidden, in: some))
    }
}
