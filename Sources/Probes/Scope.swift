package import Facts

/// What the judge knows of a host besides its facts.
package struct Scope: Sendable, Hashable {
    /// The declared role, if one is declared.
    package var role: Role?
    package var kind: HostKind

    /// A scope by its parts.
    package init(role: Role?, kind: HostKind) {
        self.role = role
        self.kind = kind
    }
}
