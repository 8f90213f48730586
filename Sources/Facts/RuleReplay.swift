/// A command that loads rules at boot.
package struct ReplayStep: Sendable, Hashable {
    package var command: HostCommand
    /// Whether the loader goes on after a failure.
    package var mayFail: Bool

    /// A step by its parts.
    package init(_ command: HostCommand, mayFail: Bool) {
        self.command = command
        self.mayFail = mayFail
    }
}

/// What is loaded into an empty network.
package struct ReplayPlan: Sendable, Hashable {
    /// The interfaces besides `lo`.
    package var interfaces: [String]
    /// Kinds of interface, as `ip-link(8)` names them; the first that can be made stands for all.
    package var kinds: [String]
    /// The steps of each loader; the loaders run one after another.
    package var loaders: [[ReplayStep]]

    /// A plan by its parts.
    package init(interfaces: [String], kinds: [String], loaders: [[ReplayStep]]) {
        self.interfaces = interfaces
        self.kinds = kinds
        self.loaders = loaders
    }
}

/// Loads rules into a network that exists for that alone, so that the kernel says what they are.
package protocol RuleReplay: Sendable {
    /// The host as it is when the plan was carried out; its network is gone with the answer.
    ///
    /// Only the kernel's own files, its answers and programs may be asked of it.
    func host(after plan: ReplayPlan) throws(HostError) -> any HostView
}
