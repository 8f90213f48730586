package import Linux
package import OpenSSL
package import StrictJSON

/// Why evidence was not accepted, or could not be made.
package struct EvidenceError: Error, Sendable, Hashable {
    package var code: EvidenceCode
    /// The file as it was given.
    package var file: String
    /// Counted from 1; nil where it is not about one line.
    package var line: Int?
    /// What is wrong, in our own words and the names of our format alone.
    package var message: String
    /// What to do about it.
    package var hint: String?

    /// An error by its parts.
    package init(
        _ code: EvidenceCode, at place: EvidencePlace, _ message: String, hint: String? = nil
    ) {
        self.code = code
        file = place.file
        line = place.line
        self.message = message
        self.hint = hint
    }

    /// An error of the strict scanner in what stands at a place.
    package init(_ error: JSONError, in part: String, at place: EvidencePlace) {
        self.init(
            EvidenceCode(error.code), at: place,
            "\(error.code.sentence), in the \(part) at byte \(error.offset)")
    }

    /// An error of the file system with our own state, or with a file that was given.
    package init(_ error: StateError) {
        self.init(
            EvidenceCode(error.code), at: EvidencePlace(error.path), error.code.sentence,
            hint: error.code.hint)
    }

    /// An error of OpenSSL with our own key.
    package init(_ error: OpenSSLError, at place: EvidencePlace) {
        let reason = error.reason.map { ": \($0)" } ?? ""
        self.init(.keyUnusable, at: place, "OpenSSL cannot use the key\(reason)")
    }
}

/// Where evidence stands.
package struct EvidencePlace: Sendable, Hashable {
    /// The file as it was given.
    package var file: String
    /// Counted from 1; nil is the whole file.
    package var line: Int?

    /// A place by its parts.
    package init(_ file: String, line: Int? = nil) {
        self.file = file
        self.line = line
    }
}

extension StateError.Code {
    fileprivate var hint: String? {
        switch self {
        case .mode: "take the rights from group and others with chmod go="
        case .owner: "run as the user to whom the state belongs"
        case .full: "make space; nothing that was stored is lost"
        case .busy: "another run holds it; try again when it is done"
        case .kind: "name the directory itself, not a link to it"
        case .notFound, .exists, .notPermitted, .tooLarge, .readOnly, .failed: nil
        }
    }
}
