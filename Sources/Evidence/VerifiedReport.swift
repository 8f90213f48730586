package import StrictJSON

/// A report that a trusted key has signed, and that is what reports have to be.
package struct VerifiedReport: Sendable {
    /// The bytes that say it; `payload.sha256` is the report's identity.
    package let payload: VerifiedPayload
    package let fields: ReportFields
    /// The fact tables that it was judged from, and the release of a gate.
    package let subjects: [Statement.Subject]
    /// All that it says.
    package let predicate: JSONValue

    /// Reads a verified payload as a report; see `reports/report-v1.md`.
    package init(_ payload: VerifiedPayload) throws(EvidenceError) {
        self.payload = payload
        let statement = try Statement(payload.bytes, of: .report, at: payload.place)
        fields = try ReportSchema.fields(of: statement)
        subjects = statement.subjects
        predicate = statement.predicate.value
    }
}
