/// What an option of iptables takes.
enum XtablesArgument: Hashable {
    case none
    case number(ClosedRange<UInt64>)
    /// `5` or `5:9`, each at most so large.
    case range(UInt64)
    case mark
    case port
    /// At most 15, of which a range counts twice.
    case ports
    case addresses
    case addressRange
    case address
    case hardware
    case icmp
    case transport
    /// `5/min`.
    case rate
    /// `08:00` or `08:00:30`.
    case time
    case fraction
    case text(Int)
    case oneOf(Set<String>)
    case listOf(Set<String>)
    case tcpFlags
    /// The name of a set and its directions.
    case set
    /// The address and port of a translation.
    case translation
    case netmask
}

/// One option of an extension.
struct XtablesOption: Hashable {
    var argument: XtablesArgument
    /// An exclamation mark may stand before it.
    var negates = false

    static let flag = XtablesOption(argument: .none)

    static func plain(_ argument: XtablesArgument) -> XtablesOption {
        XtablesOption(argument: argument)
    }

    static func negatable(_ argument: XtablesArgument) -> XtablesOption {
        XtablesOption(argument: argument, negates: true)
    }
}

/// An extension, as a match or a target: its options and where it may stand.
struct XtablesExtension: Hashable {
    var options: [String: XtablesOption] = [:]
    /// Of each group one option must be given, and only one.
    var needs: [Set<String>] = []
    /// At least one of these must be given.
    var needsAny: Set<String> = []
    var transports: Set<UInt8>?
    var family: Address.Family?
    var tables: Set<String>?
    var hooks: Set<Hook>?

    /// The names of options that say the same, under one name.
    static let synonyms = [
        "--source-port": "--sport", "--destination-port": "--dport",
        "--source-ports": "--sports", "--destination-ports": "--dports",
    ]
}

extension XtablesArgument {
    /// How many words it takes.
    var count: Int {
        switch self {
        case .none: 0
        case .tcpFlags, .set: 2
        default: 1
        }
    }
}
