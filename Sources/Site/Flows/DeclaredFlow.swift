package import Documents

/// New connections that the operator declares necessary.
package struct DeclaredFlow: Sendable, Hashable {
    /// Which list of the firewall section it stands in.
    package enum Direction: String, Sendable, Hashable, CaseIterable {
        case ingress, forward, egress
    }

    package var direction: Direction
    package var protocols: Selection<IPProtocol>
    package var destinationPorts: Selection<PortRange>
    package var sourcePorts: Selection<PortRange>
    package var sources: Selection<Network>
    package var destinations: Selection<Network>
    /// Nil is both.
    package var family: IPAddress.Family?
    /// Nil is every one.
    package var interface: String?
    package var purpose: String?
    package var mark: Mark

    /// The flow as one line, such as `tcp 80,443 from any`.
    package var text: String {
        var words = [protocols.text(\.rawValue)]
        if destinationPorts != .any { words.append(destinationPorts.text(\.text)) }
        if sourcePorts != .any { words.append("source port \(sourcePorts.text(\.text))") }
        if sources != .any || direction != .egress { words.append("from \(sources.text(\.text))") }
        if destinations != .any || direction == .egress {
            words.append("to \(destinations.text(\.text))")
        }
        if let family { words.append("by IPv\(family.rawValue)") }
        if let interface { words.append("on \(interface)") }
        return words.joined(separator: " ")
    }

    init?(_ direction: Direction, from reader: inout MappingReader) {
        self.direction = direction
        mark = reader.mark
        protocols = .any
        if reader.requiredNode("proto") != nil {
            protocols = reader.selection("proto") { $1.choice($0, "proto") }
        }
        destinationPorts = reader.selection("dport") { PortRange($0, "dport", in: &$1) }
        sourcePorts = reader.selection("sport") { PortRange($0, "sport", in: &$1) }
        sources = .any
        if direction != .egress {
            sources = reader.selection("from") { Network($0, "from", in: &$1) }
        }
        destinations = reader.selection("to") { Network($0, "to", in: &$1) }
        family = Self.family(from: &reader)
        interface = reader.interfaceName("interface")
        purpose = direction == .egress ? reader.optionalText("purpose") : reader.text("purpose")
        checkPorts(in: &reader)
        checkFamilies(in: &reader)
    }

    private static func family(from reader: inout MappingReader) -> IPAddress.Family? {
        guard let number = reader.optionalInteger("family", in: 4...6) else { return nil }
        if let family = IPAddress.Family(rawValue: number) { return family }
        reader.error("'family' must be 4 or 6", in: "family")
        return nil
    }

    private func checkPorts(in reader: inout MappingReader) {
        let isWithoutPorts =
            switch protocols {
            case .any: true
            case .of(let protocols): protocols.contains { !$0.hasPorts }
            }
        guard isWithoutPorts, reader.keys.contains("proto") else { return }
        for (key, ports) in [("dport", destinationPorts), ("sport", sourcePorts)]
        where ports != .any {
            reader.error(
                "'\(key)' needs protocols that have ports", in: key,
                hint: "name them in 'proto', such as [tcp, udp]")
        }
    }

    private func checkFamilies(in reader: inout MappingReader) {
        var possible = Set(IPAddress.Family.allCases)
        if let family { possible = [family] }
        for selection in [sources, destinations] {
            guard case .of(let networks) = selection, !networks.isEmpty else { continue }
            possible.formIntersection(networks.map(\.family))
        }
        if possible.isEmpty {
            reader.error("its addresses are of different families", at: mark)
        }
    }
}

extension MappingReader {
    /// A name that an interface of Linux can have; missing, it is nil.
    mutating func interfaceName(_ key: String) -> String? {
        node(key).flatMap { interfaceName($0, key) }
    }

    /// The name of an interface that a value is; a mistake is reported, and then it is nil.
    mutating func interfaceName(_ node: YAMLNode, _ key: String) -> String? {
        guard let name = text(node, key) else { return nil }
        // dev_valid_name() of the kernel: 1 to 15 bytes, no slash, colon or white space.
        let isValid =
            name.utf8.count <= 15 && name != "." && name != ".."
            && !name.contains { $0.isWhitespace || $0 == "/" || $0 == ":" }
        guard isValid else {
            error("\(Quoted.text(name)) is no name of an interface", at: node.mark)
            return nil
        }
        return name
    }
}
