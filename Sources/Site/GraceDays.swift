/// Days that an available security update may wait, by its severity.
package struct GraceDays: Sendable, Hashable {
    package var critical: Int64
    package var high: Int64
    package var medium: Int64
    package var low: Int64

    /// No update may wait.
    package static let none = GraceDays(critical: 0, high: 0, medium: 0, low: 0)

    /// Days by their severities.
    package init(critical: Int64, high: Int64, medium: Int64, low: Int64) {
        self.critical = critical
        self.high = high
        self.medium = medium
        self.low = low
    }
}
