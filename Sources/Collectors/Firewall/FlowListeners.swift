import PacketFilter

/// What stands behind the flows into a running host.
struct FlowListeners {
    /// How strangers reach a socket.
    struct Reach {
        /// In the order of the layer's flows; empty where nobody does.
        var flows: [PacketFlow] = []
        /// Whatever is not seen.
        var isCertain = false
        /// It is reached by a flow that nobody declares: for certain, possibly, or not (nil).
        var isUndeclared: Bool?
        /// The environments from whose networks it is reached, and whether for certain.
        var environments: [(name: String, isCertain: Bool)] = []
    }

    /// What becomes of a flow that is declared.
    struct Use {
        var flow: DeclaredFlow
        /// The rules let in something of it: for certain, possibly, or nothing (nil).
        var isLetIn: Bool?
        /// The sockets that something of it reaches, or may reach.
        var sockets: [ListeningSocket] = []
    }

    let sockets: HostSockets
    /// What listens behind a flow.
    private(set) var listeners: [PacketFlow: String] = [:]
    /// Every socket of the host.
    private(set) var reached: [ListeningSocket: Reach] = [:]
    /// Every flow that is declared into the host, in the order of the declaration.
    private(set) var uses: [Use]

    /// Holds every socket against every flow into the host, and against what comes from the networks
    /// of environments.
    init(
        of sockets: HostSockets, behind flows: [PacketFlow], declared: [DeclaredFlow],
        environments: [DeclaredFlow] = [], in analysis: FirewallAnalysis
    ) throws(PacketFilterError) {
        let arena = analysis.space.arena
        let origins = try environments.map { flow throws(PacketFilterError) in
            (name: flow.name, packets: try analysis.packets(declared: flow, .input))
        }
        var entering: [(flow: PacketFlow, packets: Diagram)] = []
        for flow in flows where flow.direction == .input {
            entering.append((flow, try analysis.packets(of: flow)))
        }
        self.sockets = sockets
        var declarations: [Diagram] = []
        uses = []
        let all = try analysis.bounds(.input)
        for flow in declared {
            let packets = try analysis.packets(declared: flow, .input)
            let isCertain = try arena.meet(packets, all.certain)
            let isLetIn: Bool? =
                try isCertain ? true : arena.meet(packets, all.possible) ? false : nil
            declarations.append(packets)
            uses.append(Use(flow: flow, isLetIn: isLetIn))
        }
        var behind: [PacketFlow: [ListeningSocket]] = [:]
        for socket in sockets.sockets {
            let bounds = try analysis.bounds(of: analysis.packets(reaching: socket), .input)
            var reach = Reach(isCertain: bounds.certain != .none)
            for (flow, packets) in entering
            where flow.transports.contains(UInt128(socket.transport)) {
                if try !arena.meet(bounds.possible, packets) { continue }
                behind[flow, default: []].append(socket)
                reach.flows.append(flow)
                guard flow.declaredBy == nil, reach.isUndeclared != true else { continue }
                reach.isUndeclared =
                    try flow.isCertain ? arena.meet(bounds.certain, packets) : false
            }
            for (name, packets) in origins where try arena.meet(bounds.possible, packets) {
                let isCertain = try arena.meet(bounds.certain, packets)
                reach.environments.append((name, isCertain))
            }
            reached[socket] = reach
            if reach.flows.isEmpty { continue }
            for (index, packets) in declarations.enumerated()
            where try arena.meet(bounds.possible, packets) {
                uses[index].sockets.append(socket)
            }
        }
        listeners = behind.compactMapValues { sockets.text(of: $0) }
    }
}
