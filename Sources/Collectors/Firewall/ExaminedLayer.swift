import Facts
import PacketFilter
import Site

/// One layer of a host's firewall, held against what is declared.
struct ExaminedLayer {
    /// The answer about one direction.
    struct Answer: Sendable, Hashable {
        var direction: Direction
        var finding: FirewallFinding
        var witness: Witness?
        var decider: Decider?
        var unknowns: [Unknown] = []
    }

    var layer: Layer
    var answers: [Answer] = []
    var flows: [PacketFlow] = []
    /// What listens behind the flows that run; nil where it is not known, and at boot.
    var listeners: FlowListeners?
    /// What became of the wish to have its files loaded for a trial.
    let replay: String?
    var gaps: [Gap]

    /// Judges every ruleset that may be in force; what holds of all of them holds. Sockets are those
    /// of the layer that runs.
    init(_ layer: FirewallLayer, declared: SiteFile, sockets: HostSockets? = nil) {
        self.layer = layer.layer
        replay = layer.replay
        gaps = layer.gaps
        guard gaps.isEmpty else { return }
        let section = declared.firewall
        let policy = FlowPolicy(section)
        let inside = Set(declared.interfaces?.inside ?? [])
        let networks = ([layer.network] + layer.otherNetworks).map { network in
            var network = network
            network.inside = inside
            return network
        }
        let isContradicted =
            networks.contains { !$0.wronglyInside.isEmpty }
            || inside.contains(where: layer.outward.contain)
            || !inside.isDisjoint(with: layer.defaultWays)
        let names = policy.interfaceNames + inside
        let cases = layer.rulesets.flatMap { ruleset in networks.map { (ruleset, $0) } }
        do throws(PacketFilterError) {
            var answers: [[Answer]] = []
            var flows: [[PacketFlow]] = []
            for (ruleset, network) in cases {
                let analysis = try FirewallAnalysis(ruleset, on: network, mentioning: names)
                answers.append(
                    try Self.answers(of: analysis, policy, section, layer.outward, isContradicted))
                flows.append(try Self.flows(of: analysis, policy))
                // A socket that cannot be held against the rules leaves the verdict as it is.
                if let sockets, let behind = flows.last, cases.count == 1 {
                    listeners = try? FlowListeners(
                        of: sockets, behind: behind, declared: policy.ingress ?? [],
                        environments: declared.environments.map { PacketFilter.DeclaredFlow($0) },
                        in: analysis)
                }
            }
            self.answers = Self.common(answers)
            self.flows = Self.common(flows)
        } catch {
            gaps.append(Self.gap(error, in: layer.layer))
        }
    }

    private static func answers(
        of analysis: FirewallAnalysis, _ policy: FlowPolicy, _ section: FirewallSection?,
        _ outward: OutwardInterfaces, _ isContradicted: Bool
    ) throws(PacketFilterError) -> [Answer] {
        return try analysis.judge(policy).map { judgement in
            var answer = Answer(
                direction: judgement.direction, finding: FirewallFinding(judgement.finding),
                witness: judgement.witness, decider: judgement.decider,
                unknowns: judgement.unknowns)
            if isContradicted, judgement.direction != .output, judgement.holds != false {
                answer.finding = .insideContradicted
            }
            // Where `ingress` is not declared nothing is compared.
            if judgement.direction == .forward, policy.ingress == nil, judgement.holds != true {
                answer.finding = .notDeclared
            }
            if isVacuous(section, judgement.direction, analysis.network, outward) {
                answer.finding = .vacuousDeclaration
            }
            return answer
        }
    }

    private static func isVacuous(
        _ section: FirewallSection?, _ direction: Direction, _ network: HostNetwork,
        _ outward: OutwardInterfaces
    ) -> Bool {
        let lists: [Direction: Site.DeclaredFlow.Direction] = [
            .input: .ingress, .forward: .forward,
        ]
        guard let section, let list = lists[direction] else { return false }
        return Vacuity(of: section).findings.contains { finding in
            guard finding.direction == list else { return false }
            guard let name = finding.interface else { return true }
            return outward.meet(name)
                || network.outside.contains { interface in
                    network.leadsToInternet(interface)
                        && PathPattern.fits(Array(interface.name.utf8), Array(name.utf8))
                }
        }
    }

    private static func flows(
        of analysis: FirewallAnalysis, _ policy: FlowPolicy
    ) throws(PacketFilterError) -> [PacketFlow] {
        var flows = try analysis.flows(
            .input, declared: policy.ingress ?? [], icmp: policy.icmp)
        flows += try analysis.flows(.forward, declared: policy.forward, icmp: policy.icmp)
        // What leaves freely, or was never declared, is no list that anybody reads.
        if case .flows(let declared) = policy.egress {
            flows += try analysis.flows(.output, declared: declared, icmp: policy.icmp)
        }
        return flows
    }

    private static func gap(_ error: PacketFilterError, in layer: Layer) -> Gap {
        switch error.code {
        case .tooComplex, .tooLarge:
            Gap(.tooLarge, in: "", layer: layer, "the rules are too many to be decided")
        case .tooDeep, .danglingName, .malformed:
            Gap(.notParsed, in: "", layer: layer, "the rules contradict themselves")
        }
    }
}

extension ExaminedLayer {
    // Rulesets that disagree leave the answer open.
    private static func common(_ all: [[Answer]]) -> [Answer] {
        guard let first = all.first else { return [] }
        return first.indices.map { index in
            let answers = all.map { $0[index] }
            guard let holds = answers[0].finding.holds,
                answers.allSatisfy({ $0.finding.holds == holds })
            else {
                var answer = answers.first { $0.finding.holds != true } ?? answers[0]
                if answer.finding.holds == false { answer.finding = .dependsOnLoading }
                return answer
            }
            return answers[0]
        }
    }

    // A flow is certain where every ruleset has it for certain.
    private static func common(_ all: [[PacketFlow]]) -> [PacketFlow] {
        guard all.count > 1 else { return all.first ?? [] }
        var seen: Set<String> = []
        return all.joined().compactMap { flow in
            guard seen.insert(flow.identity).inserted else { return nil }
            var flow = flow
            flow.isCertain = all.allSatisfy { flows in
                flows.contains { $0.identity == flow.identity && $0.isCertain }
            }
            return flow
        }
    }
}

extension PacketFlow {
    /// What tells it from other flows of its layer.
    fileprivate var identity: String { "\(direction.rawValue) \(text) \(declaredBy ?? "")" }
}
