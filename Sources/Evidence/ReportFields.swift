/// What a chain, a gate and a seal must know of a report; the rest is in its predicate.
package struct ReportFields: Sendable, Hashable {
    /// Why a scan was made.
    package enum Purpose: String, Sendable, Hashable, CaseIterable {
        case scheduled, gate, manual
    }

    /// What a report comes to.
    package enum Verdict: String, Sendable, Hashable, CaseIterable {
        case pass, fail, unknown, notApplicable
    }

    /// A random UUID.
    package var reportId: String
    package var purpose: Purpose
    /// The host that was judged, be it the signing one or an image; nil where it has no id.
    package var hostId: String?
    package var startedAt: Timestamp
    package var finishedAt: Timestamp
    /// Nil for a report that stands alone.
    package var chain: ChainLink?
    package var overall: Verdict
}
