/// A question whose answer is not known when the rules are read.
package struct Unknown: Hashable, Sendable {
    /// Who could answer.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The sender of a packet or the clock: a rate, a knock, an hour. What opens then is open.
        case chosen
        /// A process on the host: its user, its socket, its mark.
        case process
        /// Something on the host that we do not see: a verdict of a program, an opaque match.
        case hidden
    }

    package var kind: Kind
    /// What is asked, such as `xt match "string"`; equal names are one question.
    package var name: String

    /// A question by its parts.
    package init(_ kind: Kind, _ name: String) {
        self.kind = kind
        self.name = name
    }
}
