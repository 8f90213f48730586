/// One step of an XML document, and where it stands.
package struct XMLEvent: Sendable, Hashable {
    /// What stands there.
    package enum Kind: Sendable, Hashable {
        /// An element begins; its attributes by name.
        case start([String: String])
        /// An element ends; the text since the last beginning or end of an element.
        case end(String)
    }

    package var kind: Kind
    /// The name of the element.
    package var name: String
    /// Counted from 1.
    package var line: Int

    /// An event by its parts.
    package init(_ kind: Kind, _ name: String, line: Int) {
        self.kind = kind
        self.name = name
        self.line = line
    }
}
