/// A part of a rule that has a value.
struct NftExpression: Hashable {
    var operand: Operand
    var type: NftType
    /// What must hold for it to have a value.
    var needs: [NftNeed] = []
    /// Where `set` writes, if it can.
    var assigned: Field?
    /// It is more than what a header says: masked, shifted, or mapped.
    var isComputed = false
    /// `set` writes there, and nothing that is decided hangs on it.
    var isIdle = false

    init(
        _ operand: Operand, _ type: NftType, needs: [NftNeed] = [], assigned: Field? = nil
    ) {
        self.operand = operand
        self.type = type
        self.needs = needs
        self.assigned = assigned
    }

    /// A value that nobody knows.
    init(unknown kind: Unknown.Kind, _ name: String, _ type: NftType, needs: [NftNeed] = []) {
        self.init(.unknown(Unknown(kind, name), width: type.width), type, needs: needs)
    }
}

/// What an expression silently asks of the packet, as nft adds it to the rule.
enum NftNeed: Hashable {
    case family(Address.Family)
    /// The family, unless the rule has settled one.
    case usually(Address.Family)
    case transport(UInt8)
    /// An interface with an address of Ethernet; where the family has such headers by itself, nft
    /// does not ask.
    case ethernet
    /// Packets of IP never have it.
    case never

    /// The matches that nft puts before the expression.
    func statements(_ links: [KernelLink]) -> [Statement] {
        switch self {
        case .family(let family), .usually(let family):
            [.match(.field(.family), family == .v4 ? 0 : 1)]
        case .transport(let number): [.match(.field(.transport), UInt128(number))]
        case .ethernet: LinkType.statements(.input, LinkType.ethernet, among: links)
        case .never: [.match(.field(.family), IntervalSet.empty)]
        }
    }
}

/// What a rule has asked for while it is read.
struct NftRuleContext: Hashable {
    var family = FilterTable.Family.inet
    var table = ""
    /// The family and the protocol that its packets must have so far.
    var packetFamily: Address.Family?
    var transport: UInt8?
    var chain = ""
    /// It asks for a protocol in a way that nft does not hold against others.
    var isLoose = false
    /// The protocols and families that it has named, each of which nft holds against the next.
    var namedTransports: Set<UInt128> = []
    var namedFamilies: Set<Address.Family> = []
    /// It asks for the protocol in some way, if not for one.
    var asksTransport = false
    /// A statement was read after which nothing may come.
    var isEnded = false
    /// Groups and selectors that are being read within each other, and operators so far: operands
    /// within operands are read, compared and freed by recursion.
    var depth = 0
    var operators = 0

    static let limit = 64

    init(family: FilterTable.Family = .inet, table: String = "") {
        self.family = family
        self.table = table
        switch family {
        case .ip: packetFamily = .v4
        case .ip6: packetFamily = .v6
        case .inet, .arp, .bridge, .netdev: packetFamily = nil
        }
    }
}
