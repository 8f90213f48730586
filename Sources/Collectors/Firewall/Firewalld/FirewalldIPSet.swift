import Facts
import PacketFilter

/// A set of addresses of firewalld(1); see firewalld.ipset(5).
struct FirewalldIPSet: Hashable {
    let name: String
    /// Nil of hardware addresses.
    private(set) var family: Address.Family? = .v4
    private(set) var entries: [String] = []

    private static let greatestCount = 200_000

    /// Reads a file; types other than single addresses, networks and hardware addresses are not
    /// followed.
    init(named name: String, _ document: FirewalldDocument) throws(FirewalldProblem) {
        self.name = name
        var type: String?
        var seen: Set<String> = []
        for step in document.steps {
            guard let attributes = step.attributes else {
                if step.name == "entry", seen.insert(step.text).inserted {
                    entries.append(step.text)
                }
                continue
            }
            switch step.name {
            case "ipset" where type == nil: type = attributes["type"]
            case "short", "description", "entry": break
            case "option": try take(attributes, step.place)
            default: throw FirewalldProblem(.unclear, step.place)
            }
        }
        let place = SourcePlace(file: document.file, line: 1)
        guard let type, ["hash:ip", "hash:net", "hash:mac"].contains(type),
            entries.count <= Self.greatestCount,
            name.wholeMatch(of: /[A-Za-z][A-Za-z0-9_-]*/) != nil
        else { throw FirewalldProblem(.unclear, place) }
        if type == "hash:mac" {
            family = nil
            guard entries.allSatisfy({ FirewalldPeer(hardware: $0) != nil }) else {
                throw FirewalldProblem(.unclear, place)
            }
        } else {
            try checkAddresses(place)
        }
    }

    private mutating func take(
        _ attributes: [String: String], _ place: SourcePlace
    ) throws(FirewalldProblem) {
        switch (attributes["name"], attributes["value"]) {
        case ("family", "inet"): break
        case ("family", "inet6"): family = .v6
        case ("hashsize", let value?) where UInt32(value) != nil: break
        case ("maxelem", let value?) where UInt32(value).map({ $0 > 65_535 }) == true: break
        case ("timeout", "0"): break
        // Members that come and go are nobody's file.
        default: throw FirewalldProblem(.unclear, place)
        }
    }

    // nft refuses members that overlap, and then firewalld all of its files.
    private func checkAddresses(_ place: SourcePlace) throws(FirewalldProblem) {
        var ranges: [ClosedRange<UInt128>] = []
        for entry in entries {
            let parts = entry.split(separator: "/", omittingEmptySubsequences: false)
            guard FirewalldPeer(address: entry)?.family == family, let address = Address(parts[0]),
                let length = parts.count == 1 ? address.family.width : Int(parts[1]), length > 0,
                address.number != 0
            else { throw FirewalldProblem(.unclear, place) }
            let rest = (UInt128(1) << UInt128(address.family.width - length)) - 1
            guard address.number & rest == 0 else { throw FirewalldProblem(.unclear, place) }
            ranges.append(address.number...(address.number | rest))
        }
        ranges.sort { $0.lowerBound < $1.lowerBound }
        for (left, right) in zip(ranges, ranges.dropFirst())
        where left.upperBound >= right.lowerBound {
            throw FirewalldProblem(.unclear, place)
        }
    }

    /// The set in nft(8)'s language.
    var lines: [String] {
        let type = family.map { $0 == .v4 ? "ipv4_addr" : "ipv6_addr" } ?? "ether_addr"
        let elements =
            entries.isEmpty ? [] : ["elements = { \(entries.joined(separator: ", ")) }"]
        return ["set \(name) {", "type \(type)"] + (family == nil ? [] : ["flags interval"])
            + elements + ["}"]
    }
}
