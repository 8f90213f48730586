/// What a statement of ours is about; only these are made and read.
package enum PredicateType: String, Sendable, Hashable, CaseIterable {
    case report, gate, fleet, seal, register, attestation, waiver

    /// The URI in the statement.
    package var uri: String { "urn:assay:predicate:\(rawValue):v1" }

    /// The prefix of every URI of a kind, whatever its version.
    var family: String { "urn:assay:predicate:\(rawValue):" }
}
