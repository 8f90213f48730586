extension FlowLister {
    /// The same flow of both families is one.
    func joined(_ flows: [PacketFlow]) throws(PacketFilterError) -> [PacketFlow] {
        var joined: [PacketFlow] = []
        // Where the flow of one family stands that may be the same in the other.
        var alone: [PacketFlow: Int] = [:]
        for flow in flows {
            guard flow.sources == "any", flow.destinations == "any" else {
                joined.append(flow)
                continue
            }
            let bare = bare(flow)
            if let twin = alone[bare], joined[twin].family != flow.family {
                joined[twin].family = nil
                joined[twin].ends.merge(flow.ends) { first, _ in first }
                alone[bare] = nil
            } else {
                if alone[bare] == nil { alone[bare] = joined.count }
                joined.append(flow)
            }
        }
        return joined
    }

    /// What flows of both families must have in common to be one.
    private func bare(_ flow: PacketFlow) -> PacketFlow {
        var bare = flow
        bare.family = nil
        bare.decider = nil
        bare.unknowns = []
        bare.ends = [:]
        bare.witness = Witness(family: .v4, transport: 0, source: Address(.v4, 0))
        return bare
    }
}
