/// What a state is labelled with, and what a scan answers.
package enum Answer: String, Sendable, Hashable, CaseIterable {
    case pass
    case fail
    case unknown
    case notApplicable

    /// The worst of several: fail over unknown over pass over not applicable.
    package static func worst(_ answers: [Answer]) -> Answer {
        let order: [Answer] = [.fail, .unknown, .pass]
        return order.first(where: answers.contains) ?? .notApplicable
    }
}
