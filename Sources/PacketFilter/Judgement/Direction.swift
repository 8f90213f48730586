/// The way of a flow, as the host sees it.
package enum Direction: String, Hashable, Sendable, CaseIterable {
    /// Into the host.
    case input
    /// Through the host.
    case forward
    /// Out of the host.
    case output
}
