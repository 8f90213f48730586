import PacketFilter

/// A named service of firewalld(1); see firewalld.service(5).
struct FirewalldService {
    private(set) var matches: [FirewalldMatch] = []
    /// Addresses that it is limited to; where there are any, a family without one has no rule.
    private(set) var destinations: [Address.Family: FirewalldPeer] = [:]
    private(set) var includes: [String] = []
    /// Helpers of connection tracking by name: they open nothing by themselves.
    private(set) var helpers: [String] = []

    /// Reads a file; `protocols` are the host's names of protocols.
    init(
        _ document: FirewalldDocument, _ protocols: FirewalldProtocols
    ) throws(FirewalldProblem) {
        for step in document.steps {
            guard let attributes = step.attributes else { continue }
            let isTaken: Bool
            switch step.name {
            case "service", "short", "description": isTaken = true
            case "port" where attributes["port"] == "":
                isTaken = add(protocols.match(attributes["protocol"]))
            case "port":
                isTaken = add(.ports(attributes["port"], attributes["protocol"], "dport"))
            case "source-port":
                isTaken = add(.ports(attributes["port"], attributes["protocol"], "sport"))
            case "protocol": isTaken = add(protocols.match(attributes["value"]))
            case "destination": isTaken = addDestinations(attributes)
            case "include": isTaken = Self.add(attributes["service"], to: &includes)
            case "helper": isTaken = Self.add(attributes["name"], to: &helpers)
            // Names of kernel modules stand for helpers in a way that is not followed.
            default: isTaken = false
            }
            guard isTaken else { throw FirewalldProblem(.unclear, step.place) }
        }
    }

    private mutating func add(_ match: FirewalldMatch?) -> Bool {
        guard let match else { return false }
        matches.append(match)
        return true
    }

    private static func add(_ name: String?, to names: inout [String]) -> Bool {
        guard let name else { return false }
        names.append(name)
        return true
    }

    private mutating func addDestinations(_ attributes: [String: String]) -> Bool {
        for (key, family) in [("ipv4", Address.Family.v4), ("ipv6", .v6)] {
            guard let text = attributes[key] else { continue }
            guard let peer = FirewalldPeer(address: text), peer.family == family else {
                return false
            }
            // The first one counts.
            destinations[family] = destinations[family] ?? peer
        }
        return true
    }
}
