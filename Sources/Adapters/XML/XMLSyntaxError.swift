/// Why a document is not read.
package struct XMLSyntaxError: Error, Sendable, Hashable {
    /// A closed list.
    package enum Code: Sendable, Hashable, CaseIterable {
        /// No reader of XML 1.0 takes it.
        case notWellFormed
        /// It has a document type, or an encoding that only some readers know.
        case notFollowed
        /// It is larger, deeper or of more elements than is read.
        case tooLarge
    }

    package var code: Code
    /// Counted from 1.
    package var line: Int

    /// An error by its parts.
    package init(_ code: Code, line: Int) {
        self.code = code
        self.line = line
    }
}
