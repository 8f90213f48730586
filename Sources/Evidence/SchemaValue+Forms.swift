/// The forms that several members of our statements have.
extension SchemaValue {
    /// 64 lower-case hexadecimal digits.
    func digest() throws(EvidenceError) -> String {
        try text("64 lower-case hexadecimal digits") { $0.isHexadecimal(64) }
    }

    /// The id of a host: 32 lower-case hexadecimal digits.
    func hostId() throws(EvidenceError) -> String {
        try text("32 lower-case hexadecimal digits") { $0.isHexadecimal(32) }
    }

    func code() throws(EvidenceError) -> String {
        try text("a code: a letter, then letters, digits, - and _, at most 64") { $0.isCode }
    }

    func filledText() throws(EvidenceError) -> String {
        try text("a text of at least one character") { !$0.isEmpty }
    }

    func time() throws(EvidenceError) -> Timestamp {
        guard let time = Timestamp(try text()) else {
            throw error("is not a time such as 2026-01-31T00:00:00Z", .jsonTime)
        }
        return time
    }
}
