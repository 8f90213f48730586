import Facts
import PacketFilter

/// The way of one packet through one layer of a host's firewall.
struct PacketWay {
    /// What becomes of it.
    enum Outcome {
        case followed(Explanation)
        /// No such packet comes to the rules; why, in a sentence of ours.
        case neverArrives(String)
        /// The rules are too many, or contradict themselves.
        case notDecided(PacketFilterError.Code)
    }

    var layer: Layer
    /// What keeps the layer from being known.
    var gap: Gap?
    /// One for each ruleset that may be in force.
    var outcomes: [Outcome] = []
    /// What listens where it ends; nothing where that is not known.
    var listener: String?
    /// What the question says of an interface, and the host does not.
    var remarks: [String] = []

    /// Follows a packet; `inside` are the interfaces that are declared so.
    init(
        _ layer: FirewallLayer, _ question: PacketQuestion, declared policy: FlowPolicy,
        inside: Set<String>, sockets: HostSockets?
    ) {
        self.layer = layer.layer
        gap = layer.gaps.first
        guard gap == nil else { return }
        remarks = layer.remarks
        for network in [layer.network] + layer.otherNetworks {
            follow(question, on: network, layer, declared: policy, inside: inside, sockets: sockets)
        }
    }

    private mutating func follow(
        _ question: PacketQuestion, on network: HostNetwork, _ layer: FirewallLayer,
        declared policy: FlowPolicy, inside: Set<String>, sockets: HostSockets?
    ) {
        var network = network
        // Somebody who asks about an inside interface wants to know what comes by it.
        network.inside = inside.subtracting([question.interface].compactMap(\.self))
        let question = addressed(question, network)
        for ruleset in layer.rulesets {
            outcomes.append(outcome(ruleset, network, question, policy, sockets))
        }
    }

    // Where only one interface leads outside it is meant.
    private mutating func addressed(
        _ question: PacketQuestion, _ network: HostNetwork
    ) -> PacketQuestion {
        var question = question
        if let name = question.interface {
            let exists = network.interfaces.contains { $0.name == name } || name == "lo"
            let remark = "the host has no interface \(name) now"
            if !exists, !remarks.contains(remark) { remarks.append(remark) }
            return question
        }
        var candidates = network.outside.filter(network.leadsToInternet)
        if candidates.isEmpty { candidates = network.outside }
        if candidates.count == 1 { question.interface = candidates[0].name }
        return question
    }

    private mutating func outcome(
        _ ruleset: Ruleset, _ network: HostNetwork, _ question: PacketQuestion,
        _ policy: FlowPolicy, _ sockets: HostSockets?
    ) -> Outcome {
        let mentioned =
            policy.interfaceNames + network.inside + [question.interface].compactMap(\.self)
        do throws(PacketFilterError) {
            let analysis = try FirewallAnalysis(ruleset, on: network, mentioning: mentioned)
            guard let explanation = try analysis.explain(question, declared: policy) else {
                return .neverArrives(Self.reason(question, network))
            }
            if case .delivered = explanation.end, let sockets {
                listener = try sockets.listener(behind: explanation.packet, in: analysis)
            }
            return .followed(explanation)
        } catch {
            return .notDecided(error.code)
        }
    }

    private static func reason(_ question: PacketQuestion, _ network: HostNetwork) -> String {
        let interface = network.interfaces.first { $0.name == question.interface }
        if question.interface == "lo" || interface?.isLoopback == true {
            return "what comes by the loopback interface is the host's own"
        }
        if question.family == .v6, interface?.hasIPv6 == false {
            return "IPv6 is off on the interface"
        }
        return question.source == nil
            ? "no such packet can come from outside"
            : "the kernel takes no packet with such a source there"
    }
}
