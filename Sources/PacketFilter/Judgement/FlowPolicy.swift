/// Everything that a site declares about the flows of a host.
package struct FlowPolicy: Hashable, Sendable {
    /// What is said about flows out of the host.
    package enum Egress: Hashable, Sendable {
        case undeclared
        case unrestricted
        case flows([DeclaredFlow])
    }

    /// Nothing: no ingress is declared at all.
    package var ingress: [DeclaredFlow]?
    package var forward: [DeclaredFlow]
    package var egress: Egress
    package var icmp: ICMPBaseline

    /// A policy by its parts.
    package init(
        ingress: [DeclaredFlow]? = nil, forward: [DeclaredFlow] = [],
        egress: Egress = .undeclared, icmp: ICMPBaseline = .essential
    ) {
        self.ingress = ingress
        self.forward = forward
        self.egress = egress
        self.icmp = icmp
    }

    /// The names of interfaces that it knows.
    package var interfaceNames: [String] {
        var flows = (ingress ?? []) + forward
        if case .flows(let leaving) = egress { flows += leaving }
        return flows.compactMap(\.interface)
    }
}
