/// A set that rules refer to by its name.
package struct NamedSet: Hashable, Sendable {
    /// What it has until an administrator changes it.
    package var members: ValueSet
    /// What a timeout will remove.
    package var passing: ValueSet
    /// Packets can add members (flag `dynamic`, or a rule that adds to it).
    package var isFilledByPackets: Bool
    /// Its members could not be read.
    package var unknown: Unknown?

    /// A set by its parts.
    package init(
        members: ValueSet = ValueSet(), passing: ValueSet = ValueSet(),
        isFilledByPackets: Bool = false, unknown: Unknown? = nil
    ) {
        self.members = members
        self.passing = passing
        self.isFilledByPackets = isFilledByPackets
        self.unknown = unknown
    }
}

/// Which set a rule means.
package enum SetReference: Hashable, Sendable {
    /// One of the rule's own table.
    case named(String)
    /// One of the kernel's ipsets.
    case ipset(String)
    /// One that is written in the rule.
    case inline(ValueSet)
}
