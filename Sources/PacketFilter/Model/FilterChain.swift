/// Rules that a packet walks in order.
package struct FilterChain: Hashable, Sendable {
    package var name: String
    /// Where packets enter it; nothing: only by jump and goto.
    package var base: BaseChain?
    package var rules: [FilterRule]

    /// A chain by its parts.
    package init(_ name: String, base: BaseChain? = nil, rules: [FilterRule] = []) {
        self.name = name
        self.base = base
        self.rules = rules
    }
}

/// How a chain hangs in the packet's way.
package struct BaseChain: Hashable, Sendable {
    /// What the chain is for.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case filter
        /// Sees only the first packet of a connection, at a place of its own.
        case nat
        case route
    }

    package var kind: Kind
    package var hook: Hook
    /// Smaller comes first.
    package var priority: Int
    /// What becomes of packets that no rule decided: accepted, or dropped.
    package var accepts: Bool
    /// The devices of an ingress or egress chain.
    package var devices: [String]

    /// A hook by its parts.
    package init(
        _ kind: Kind, _ hook: Hook, priority: Int, accepts: Bool = true, devices: [String] = []
    ) {
        self.kind = kind
        self.hook = hook
        self.priority = priority
        self.accepts = accepts
        self.devices = devices
    }
}

/// A place in a packet's way through the kernel (`nft(8)`, "address families").
package enum Hook: String, Hashable, Sendable, CaseIterable {
    case ingress
    case prerouting
    case input
    case forward
    case output
    case postrouting
    case egress
}
