extension FlowLister {
    /// A flow of which only the first parts are known.
    struct Draft {
        var label: Label
        var interface: String?
        var interfaceNumber: UInt128 = 0
        var family = Address.Family.v4
        var isUnnamed: Bool?
        var transports = IntervalSet.empty
        var destinationPorts: IntervalSet?
        var sourcePorts: IntervalSet?
        var icmpTypes: IntervalSet?
        /// The addresses that packets can have.
        var sources = IntervalSet.empty
        var destinations = IntervalSet.empty

        init(label: Label, interface: String?) {
            self.label = label
            self.interface = interface
        }
    }

    /// Addresses that no packet has belong to a flow where that makes it shorter.
    func shorter(_ set: IntervalSet, among possible: IntervalSet, width: Int) -> IntervalSet {
        let exact = set.intersection(possible, width: width)
        return exact.ranges.count < set.ranges.count ? exact : set
    }
}
