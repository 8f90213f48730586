package import StrictJSON

/// A statement that a trusted key has signed.
package struct VerifiedStatement: Sendable {
    /// The bytes that say it.
    package let payload: VerifiedPayload
    package let statement: Statement
    /// What it says; its form beyond being an object is the caller's to check.
    package var predicate: JSONValue { statement.predicate.value }

    /// Reads a verified payload as a statement of one kind; see `Statement`.
    package init(_ payload: VerifiedPayload, of type: PredicateType) throws(EvidenceError) {
        self.payload = payload
        statement = try Statement(payload.bytes, of: type, at: payload.place)
    }
}
