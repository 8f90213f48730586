/// Why a question about packets got no answer.
package struct PacketFilterError: Error, Hashable, Sendable {
    /// What stood in the way: a closed list.
    package enum Code: String, Hashable, Sendable, CaseIterable {
        /// The diagrams grew past their budget of nodes or steps.
        case tooComplex
        /// Chains call each other in a circle, or deeper than the kernel allows.
        case tooDeep
        /// A rule names a chain, set or map that its table does not have.
        case danglingName
        /// A document breaks the grammar of its format.
        case malformed
        /// A document is longer, or nested deeper, than what is read.
        case tooLarge
    }

    package var code: Code
    /// What it is about: a chain, a set, or a place in a document (`line 12`).
    package var object: String

    /// An error by its parts.
    package init(_ code: Code, _ object: String) {
        self.code = code
        self.object = object
    }
}
