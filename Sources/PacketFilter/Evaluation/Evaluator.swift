/// Follows sets of packets through the chains of a ruleset.
///
/// Packets are kept in worlds: a set, and what the kernel knows about all of its members. Rules
/// that change nothing are summed up without worlds; the others split and join them.
final class Evaluator {
    let space: PacketSpace
    let ruleset: Ruleset
    let network: HostNetwork
    var arena: DiagramArena { space.arena }

    private(set) var environments: [Environment] = []
    private var questions: [ChainIndex: [[FieldQuestion?]]] = [:]
    // For each environment, by the numbers of the fields.
    private var constants: [[UInt128?]] = []
    private var environmentNumbers: [Environment: Int] = [:]
    var matches: [MatchKey: Diagram] = [:]
    var summaries: [SummaryKey: Summary] = [:]
    var firstMatches: [SummaryKey: FirstMatch] = [:]
    var cuts: [ChainIndex: [Int]] = [:]
    var purity: [ChainIndex: [Bool]] = [:]
    var addressTypes: [AddressTypeKey: [Diagram]] = [:]
    /// Keys that packets have added to sets so far.
    var remembered: [SetKey: RememberedKeys] = [:]
    var trace: Trace?
    /// See `passedOn`.
    var knownToPassOn: Diagram?
    /// What was accepted the last time that all packets were followed.
    var decisions: Decisions? = Decisions()
    private(set) lazy var ownAddresses = network.ownAddresses
    private(set) lazy var broadcastAddresses = network.broadcastAddresses
    private(set) lazy var routes4 = RoutingTable(network.routes, family: .v4)
    private(set) lazy var routes6 = RoutingTable(network.routes, family: .v6)

    struct MatchKey: Hashable {
        var rule: RuleIndex
        var statement: Int
        var entry: Int
    }

    struct SummaryKey: Hashable {
        var chain: ChainIndex
        var rules: Range<Int>
        var environment: Int
    }

    struct AddressTypeKey: Hashable {
        var field: Field
        var onInput: Bool
    }

    init(space: PacketSpace, ruleset: Ruleset, network: HostNetwork) {
        self.space = space
        self.ruleset = ruleset
        self.network = network
    }

    /// The number of an environment; equal ones have one number.
    func number(of environment: Environment) -> Int {
        if let number = environmentNumbers[environment] { return number }
        environments.append(environment)
        constants.append(environment.bound.constants)
        environmentNumbers[environment] = environments.count - 1
        return environments.count - 1
    }

    /// A rule matches no packet of an environment, as far as fields of one number tell; most rules
    /// for other ports and addresses are left behind this way.
    func isUnmatched(_ questions: [FieldQuestion?], _ environment: Int) -> Bool {
        let constants = constants[environment]
        for case let question? in questions {
            guard let number = constants[Int(question.field.rawValue)] else { continue }
            if !question.accepts(number) { return true }
        }
        return false
    }

    /// What each rule of a chain asks for before it does anything, as far as it is plain.
    func questions(of index: ChainIndex) -> [[FieldQuestion?]] {
        if let known = questions[index] { return known }
        let found = rules(of: index).map { $0.questions(space.interfaces) }
        questions[index] = found
        return found
    }

    /// The same packets with another environment.
    func world(_ world: World, _ change: (inout Environment) -> Void) -> World {
        var environment = environments[world.environment]
        change(&environment)
        return World(packets: world.packets, environment: number(of: environment))
    }

    /// Worlds of one environment become one; empty ones go.
    func merged(_ worlds: [World]) throws(PacketFilterError) -> [World] {
        if worlds.count < 2 { return worlds.filter { $0.packets != .none } }
        var order: [Int] = []
        var parts: [Int: [Diagram]] = [:]
        for world in worlds where world.packets != .none {
            if parts[world.environment] == nil { order.append(world.environment) }
            parts[world.environment, default: []].append(world.packets)
        }
        guard order.count <= Evaluator.worldLimit else {
            throw PacketFilterError(.tooComplex, "\(Evaluator.worldLimit) environments")
        }
        var merged: [World] = []
        for environment in order {
            merged.append(
                World(
                    packets: try arena.union(parts[environment] ?? []), environment: environment))
        }
        return merged
    }

    /// The part of each world that is in the set.
    func worlds(_ worlds: [World], in set: Diagram) throws(PacketFilterError) -> [World] {
        var parts: [World] = []
        for world in worlds {
            let packets = try arena.intersection(world.packets, set)
            guard packets != .none else { continue }
            parts.append(World(packets: packets, environment: world.environment))
        }
        return parts
    }

    /// The part of each world that is not in the set.
    func worlds(_ worlds: [World], outside set: Diagram) throws(PacketFilterError) -> [World] {
        try self.worlds(worlds, in: arena.complement(set))
    }

    /// All packets of these worlds.
    func packets(of worlds: [World]) throws(PacketFilterError) -> Diagram {
        try arena.union(worlds.map(\.packets))
    }

    func rules(of index: ChainIndex) -> [FilterRule] {
        ruleset.tables[index.table].chains[index.chain].rules
    }

    func target(_ name: String, from index: ChainIndex) throws(PacketFilterError) -> ChainIndex {
        guard let chain = chainNumbers(of: index.table)[name] else {
            throw PacketFilterError(.danglingName, name)
        }
        return ChainIndex(table: index.table, chain: chain)
    }

    private var numbersOfChains: [Int: [String: Int]] = [:]

    private func chainNumbers(of table: Int) -> [String: Int] {
        if let known = numbersOfChains[table] { return known }
        let chains = ruleset.tables[table].chains
        let numbers = Dictionary(
            chains.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        numbersOfChains[table] = numbers
        return numbers
    }

    /// nf_tables allows 16 jumps, x_tables as many as it has chains; more than this is a circle.
    static let depthLimit = 256
    static let worldLimit = 20_000
}
