import Documents
import Facts

/// What the firewall is meant to let through.
package struct FirewallSection: Sendable, Hashable {
    /// Which ICMP messages may enter.
    package enum ICMP: String, Sendable, Hashable, CaseIterable {
        /// Those that IP does not work without.
        case essential
        case any, none
    }

    /// What may leave.
    package enum Egress: Sendable, Hashable {
        case unrestricted(reason: String?)
        case listed([DeclaredFlow])
    }

    /// Nil where the list is not declared.
    package var ingress: [DeclaredFlow]?
    package var forward: [DeclaredFlow]
    /// Nil where it is not declared.
    package var egress: Egress?
    package var icmp: ICMP
    /// The unit that loads the rules at boot, when it is not a loader that we know.
    package var persistenceUnit: String?

    /// Every declared flow.
    package var flows: [DeclaredFlow] {
        guard case .listed(let flows) = egress else { return (ingress ?? []) + forward }
        return (ingress ?? []) + forward + flows
    }

    init?(from reader: inout MappingReader) {
        ingress = reader.node("ingress") == nil ? nil : Self.flows(.ingress, from: &reader)
        forward = Self.flows(.forward, from: &reader)
        egress = Self.egress(from: &reader)
        icmp = reader.optionalChoice("icmp", of: ICMP.self) ?? .essential
        persistenceUnit = reader.section("persistence") { $0.text("unit") }
        if let unit = persistenceUnit, unit.wholeMatch(of: /[A-Za-z0-9:_.@\\-]+\.[a-z]+/) == nil {
            reader.error("'unit' is no name of a unit", in: "persistence")
        }
    }

    private static func egress(from reader: inout MappingReader) -> Egress? {
        let reason = reader.optionalText("egress_reason")
        guard let node = reader.node("egress") else {
            if reason != nil { reader.error("a reason of no 'egress'", in: "egress_reason") }
            return nil
        }
        guard node.text != nil else { return .listed(flows(.egress, from: &reader)) }
        guard node.text == "unrestricted" else {
            reader.error("'egress' must be unrestricted or a list", at: node.mark)
            return nil
        }
        if reason == nil {
            reader.warning(
                "unrestricted egress without a reason", at: node.mark,
                hint: "say in 'egress_reason' what needs it")
        }
        return .unrestricted(reason: reason)
    }

    // The same flow twice would be two rows with one key.
    private static func flows(
        _ direction: DeclaredFlow.Direction, from reader: inout MappingReader
    ) -> [DeclaredFlow] {
        let all = reader.sections(direction.rawValue) { DeclaredFlow(direction, from: &$0) }
        var flows: [String: DeclaredFlow] = [:]
        return all.filter { flow in
            guard let first = flows[flow.text] else {
                flows[flow.text] = flow
                return true
            }
            reader.warning(
                "the same flow is declared twice", at: flow.mark,
                hint: "it stands in \(first.mark.file) line \(first.mark.line) already")
            return false
        }
    }
}

extension FirewallSection {
    static let table = FactTable<FirewallSection?>(
        "site_firewall", "What the firewall is meant to do, as the operator declares it.",
        key: .column("declaration"), layer: .both,
        columns: [
            .text("declaration", \.declaration, "Always `firewall`."),
            .truth("declared", \.isDeclared, "Whether the section is there."),
            .truth("ingress_declared", \.isIngressDeclared, "Whether `ingress` is there."),
            .text("egress", \.egressWord, "`unrestricted`, `listed`, or absent."),
            .text("egress_reason", \.egressReason, "Why it is unrestricted."),
            .text("icmp", \.icmpWord, "`essential`, `any` or `none`."),
            .text("persistence_unit", \.unit, "The unit that loads the rules at boot."),
        ])

    static func flowTable(_ direction: DeclaredFlow.Direction) -> FactTable<DeclaredFlow> {
        FactTable(
            "site_\(direction.rawValue)",
            "Flows that the operator declares necessary, list `\(direction.rawValue)`.",
            key: .column("flow"), layer: .both,
            columns: [
                .text("flow", \.text, "The flow in one line."),
                .text("proto", \.protocolText, "Protocols by commas, or `any`."),
                .text("dport", \.destinationPortText, "Ports and ranges by commas, or `any`."),
                .text("sport", \.sourcePortText, "Ports and ranges by commas, or `any`."),
                .text("from", \.sourceText, "Networks by commas, or `any`."),
                .text("to", \.destinationText, "Networks by commas, or `any`."),
                .integer("family", \.familyNumber, "4, 6, or absent for both."),
                .text("interface", \.interface, "One interface, or absent for all."),
                .text("purpose", \.purpose, "What it is needed for."),
            ])
    }
}

extension FirewallSection? {
    fileprivate var declaration: String { "firewall" }
    fileprivate var isDeclared: Bool { self != nil }
    fileprivate var isIngressDeclared: Bool { self?.ingress != nil }
    fileprivate var icmpWord: String { self?.icmp.rawValue ?? "essential" }
    fileprivate var unit: String? { self?.persistenceUnit }

    fileprivate var egressWord: String? {
        switch self?.egress {
        case .unrestricted: "unrestricted"
        case .listed: "listed"
        case nil: nil
        }
    }

    fileprivate var egressReason: String? {
        guard case .unrestricted(let reason) = self?.egress else { return nil }
        return reason
    }
}

extension DeclaredFlow {
    fileprivate var protocolText: String { protocols.text(\.rawValue) }
    fileprivate var destinationPortText: String { destinationPorts.text(\.text) }
    fileprivate var sourcePortText: String { sourcePorts.text(\.text) }
    fileprivate var sourceText: String { sources.text(\.text) }
    fileprivate var destinationText: String { destinations.text(\.text) }
    fileprivate var familyNumber: Int64? { family?.rawValue }
}
