/// What is true of one direction, held against what is declared.
package struct FlowJudgement: Hashable, Sendable {
    /// The answer, and why: a closed list.
    package enum Finding: String, Hashable, Sendable, CaseIterable {
        /// Nothing can pass that is not declared.
        case allDeclared
        /// A flow certainly passes that nobody declared.
        case undeclaredFlow
        /// A flow may pass that nobody declared.
        case possiblyUndeclaredFlow
        /// Nothing is declared, and nothing but the ICMP baseline passes.
        case nothingEnters
        /// Nothing is declared, and every TCP and UDP flow passes.
        case everythingEnters
        /// Nothing is declared.
        case notDeclared
        /// The declaration is so wide that it says nothing.
        case vacuousDeclaration
        /// Flows out of the host need no declaration.
        case unrestricted
    }

    package var direction: Direction
    package var finding: Finding
    /// One undeclared packet.
    package var witness: Witness?
    /// What let that packet through.
    package var decider: Decider?
    /// Whose answers would decide.
    package var unknowns: [Unknown] = []

    /// True: the promise holds; false: it is broken; nothing: it cannot be known.
    package var holds: Bool? {
        switch finding {
        case .allDeclared, .nothingEnters, .unrestricted: true
        case .undeclaredFlow, .everythingEnters, .vacuousDeclaration: false
        case .possiblyUndeclaredFlow, .notDeclared: nil
        }
    }
}
