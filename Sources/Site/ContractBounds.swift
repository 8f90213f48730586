/// How loose a host's own declaration may be: what the contract promised, in numbers.
package struct ContractBounds: Sendable, Hashable {
    /// Seconds without use after which a workstation must lock.
    package var idleSeconds: Int64
    /// Seconds that a desktop may take beyond that.
    package var idleToleranceSeconds: Int64
    package var graceDays: GraceDays

    /// Nothing may be declared.
    package static let none = ContractBounds(
        idleSeconds: 0, idleToleranceSeconds: 0, graceDays: .none)

    /// Bounds by their parts.
    package init(idleSeconds: Int64, idleToleranceSeconds: Int64, graceDays: GraceDays) {
        self.idleSeconds = idleSeconds
        self.idleToleranceSeconds = idleToleranceSeconds
        self.graceDays = graceDays
    }
}
