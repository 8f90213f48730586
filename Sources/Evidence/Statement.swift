import StrictJSON

/// An in-toto statement (version 1) of one of our kinds.
package struct Statement: Sendable {
    /// One thing that the statement is about.
    package struct Subject: Sendable, Hashable {
        package var name: String
        /// Lower-case hexadecimal.
        package var sha256: String
    }

    package let type: PredicateType
    package let subjects: [Subject]
    let predicate: SchemaValue

    private static let family = "https://in-toto.io/Statement/"

    /// Reads bytes as a statement of one kind, strictly.
    ///
    /// A key signs one kind of statement: another kind of ours is refused for the key's role.
    init(
        _ bytes: [UInt8], of type: PredicateType, at place: EvidencePlace
    ) throws(EvidenceError) {
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue(parsing: bytes, limits: .evidence)
        } catch {
            throw EvidenceError(error, in: "payload", at: place)
        }
        let root = SchemaValue(value, at: place, in: "the payload")
        try Statement.checkVersion(root.member("_type"))
        try Statement.checkType(root.member("predicateType"), is: type)
        self.type = type
        predicate = try root.member("predicate")
        var subjects: [Subject] = []
        for subject in try root.member("subject").elements() {
            subjects.append(
                Subject(
                    name: try subject.member("name").text(),
                    sha256: try subject.member("digest").member("sha256").digest()))
        }
        guard !subjects.isEmpty else { throw try root.member("subject").error("is empty") }
        self.subjects = subjects
    }

    private static func checkVersion(_ value: SchemaValue) throws(EvidenceError) {
        let text = try value.text()
        guard text != family + "v1" else { return }
        throw value.error(
            "is not \(family)v1", text.hasPrefix(family) ? .jsonVersion : .jsonSchema)
    }

    private static func checkType(
        _ value: SchemaValue, is expected: PredicateType
    ) throws(EvidenceError) {
        let text = try value.text()
        guard text != expected.uri else { return }
        if PredicateType.allCases.contains(where: { $0.uri == text }) {
            throw value.error("is of a kind that this key may not sign", .trustRole)
        }
        let isOurs = PredicateType.allCases.contains { text.hasPrefix($0.family) }
        throw value.error("is not \(expected.uri)", isOurs ? .jsonVersion : .jsonSchema)
    }
}
