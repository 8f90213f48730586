/// What the kernel knows about packets besides their header, at one point of their way.
struct Environment: Hashable, Sendable {
    /// Fields whose number is no longer, or was never, the one in the header.
    var bound: FieldWords
    /// The packets that conntrack has an entry for.
    var connection: Diagram = .none
    /// `notrack` was met.
    var isUntracked = false
    /// The nat chains of this hook have translated it.
    var isTranslated = false
    /// A redirect has made this host the destination.
    var isRedirected = false
    /// The packet is one of this host's own.
    var isOwn = false

    // Equal environments are looked up often, and their words are long.
    func hash(into hasher: inout Hasher) {
        hasher.combine(connection)
        for field in [Field.destination, .destinationPort, .source, .output, .mark] {
            let word = bound[field] ?? []
            hasher.combine(word.reduce(0) { $0 &* 31 &+ Int($1.node) })
        }
    }

    /// A packet as it arrives: no mark, no connection, no interface to leave by.
    static let arriving = Environment(bound: [
        .mark: DiagramArena.word(0, width: 32),
        .connectionMark: DiagramArena.word(0, width: 32),
        .connectionStatus: DiagramArena.word(0, width: 32),
        .connectionZone: DiagramArena.word(0, width: 16),
        .priority: DiagramArena.word(0, width: 32),
        // Before conntrack has seen a packet, `ct state` is invalid (nft_ct_get_eval).
        .connectionState: DiagramArena.word(1, width: 8),
        .output: DiagramArena.word(InterfaceDomain.absent, width: InterfaceDomain.width),
    ])
}

/// Words of some fields. Worlds are told apart by them, so comparing equal ones is quick.
struct FieldWords: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    // By the numbers of the fields.
    private var words: [[Diagram]?] = Array(repeating: nil, count: Field.allCases.count)

    init(dictionaryLiteral elements: (Field, [Diagram])...) {
        for (field, word) in elements { self[field] = word }
    }

    subscript(field: Field) -> [Diagram]? {
        get { words[Int(field.rawValue)] }
        set { words[Int(field.rawValue)] = newValue }
    }

    /// The number of each field whose word is one.
    var constants: [UInt128?] { words.map { $0.flatMap(DiagramArena.constant) } }
}

/// Packets that share an environment.
struct World: Hashable, Sendable {
    var packets: Diagram
    /// The number of the environment in its evaluator.
    var environment: Int
}

/// What came out of a chain.
struct Passage {
    var accepted: [World] = []
    /// Neither accepted nor dropped: the caller, or the policy, goes on with them.
    var rest: [World] = []
}

/// What a stretch of rules that change nothing does with each packet.
struct Summary: Hashable, Sendable {
    var accepted = Diagram.none
    var dropped = Diagram.none
    /// Packets that leave the chain undecided (`return`, and what a goto did not decide).
    var returned = Diagram.none
}
