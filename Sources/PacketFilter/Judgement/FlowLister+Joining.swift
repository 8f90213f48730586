extension FlowLister {
    /// The same flow of both families is one.
    func joined(_ flows: [PacketFlow]) throws(PacketFilterError) -> [PacketFlow] {
        var joined: [PacketFlow] = []
        for flow in flows {
            var bare = flow
            bare.family = nil
            let twin = joined.firstIndex { other in
                other.family != flow.family && other.family != nil
                    && other.interface == flow.interface
                    && other.transports == flow.transports
                    && other.destinationPorts == flow.destinationPorts
                    && other.sourcePorts == flow.sourcePorts && other.icmpTypes == flow.icmpTypes
                    && other.sources == "any" && flow.sources == "any"
                    && other.destinations == "any" && flow.destinations == "any"
            }
            guard let twin else {
                joined.append(flow)
                continue
            }
            joined[twin].family = nil
            joined[twin].packets = try arena.union(joined[twin].packets, flow.packets)
        }
        return joined
    }
}
