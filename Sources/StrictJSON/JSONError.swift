/// Why a text was not accepted as JSON, and where.
package struct JSONError: Error, Sendable, Hashable {
    /// What rule was broken: a closed list, stable for machines.
    package enum Code: String, Sendable, Hashable, CaseIterable {
        /// It is not JSON (RFC 8259), not UTF-8, or more than one document.
        case syntax = "json.syntax"
        /// Two members of one object have one name.
        case duplicate = "json.duplicate"
        /// A member's name is not ASCII.
        case key = "json.key"
        /// A text holds U+0000 or half a surrogate pair.
        case string = "json.string"
        /// A number is not of the agreed kind.
        case number = "json.number"
        /// It is larger, deeper or longer than what is read.
        case limit = "json.limit"
    }

    package var code: Code
    /// Where, in bytes from the beginning of the document.
    package var offset: Int

    /// An error by its parts.
    package init(_ code: Code, at offset: Int) {
        self.code = code
        self.offset = offset
    }
}

extension JSONError.Code {
    /// What was wrong, in our own words alone.
    package var sentence: String {
        switch self {
        case .syntax: "not one JSON document in UTF-8"
        case .duplicate: "an object has two members of one name"
        case .key: "a member's name is not ASCII"
        case .string: "a text holds U+0000 or half a surrogate pair"
        case .number: "a number is not an integer from 0 to 2^53 - 1"
        case .limit: "larger, deeper or longer than what is read"
        }
    }
}
