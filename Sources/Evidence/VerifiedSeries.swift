/// Reports that were all verified, and that follow each other as they must.
package struct VerifiedSeries: Sendable {
    /// One report.
    package struct Entry: Sendable, Hashable {
        package var place: EvidencePlace
        /// The report's identity: lower-case hexadecimal SHA-256 of its payload.
        package var sha256: String
        /// The key that signed it.
        package var keyId: String
        package var fields: ReportFields
    }

    /// The reports of one host and one key.
    package struct Chain: Sendable, Hashable {
        package var hostId: String
        package var keyId: String
        /// The first report that was given: above 1 the series begins before it.
        package var first: ChainLink
        package var last: ChainLink
        /// The identity of the last report.
        package var lastSha256: String
    }

    /// Every report in the order in which it was read.
    package let entries: [Entry]
    /// Every series, in the order in which it was first met.
    package let chains: [Chain]
}
