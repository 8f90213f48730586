/// What the password field of an account holds; see shadow(5) and crypt(5).
enum PasswordField: Sendable, Hashable {
    /// Nothing: no password is asked for.
    case empty
    /// A mark that no password can match.
    case mark
    /// A stored password; behind `!` it is still one, and unlocking gives it back.
    case verifier(CryptVerifier, isLocked: Bool)
    /// Something of no known form.
    case unknown

    /// Marks that are neither a hash nor a password, before or behind `!`.
    ///
    /// pwconv(8) copies the `x` of passwd where there was no shadow line: no password can match it.
    private static let marks: [[UInt8]] = ["NP", "LK", "locked", "x"].map { Array($0.utf8) }

    /// Reads the bytes of the field.
    init(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else {
            self = .empty
            return
        }
        let rest = Array(bytes.drop { $0 == UInt8(ascii: "!") })
        let isLocked = rest.count < bytes.count
        if rest.isEmpty || Self.marks.contains(rest) {
            self = .mark
        } else if rest.first == UInt8(ascii: "*") {
            self.init(behindStar: rest)
        } else if let verifier = CryptVerifier(rest) {
            self = .verifier(verifier, isLocked: isLocked)
        } else {
            self = .unknown
        }
    }

    // `*LOCKED*$1$…` of other systems: a mark, and behind it a verifier that is still stored.
    private init(behindStar bytes: [UInt8]) {
        guard let dollar = bytes.firstIndex(of: UInt8(ascii: "$")),
            let verifier = CryptVerifier(Array(bytes[dollar...]))
        else {
            self = .mark
            return
        }
        self = .verifier(verifier, isLocked: true)
    }

    /// The stored password, if there is one.
    var verifier: CryptVerifier? {
        guard case .verifier(let verifier, _) = self else { return nil }
        return verifier
    }

    /// The state as a cell: `empty`, `none`, `set`, `locked` or `clear`.
    var state: String {
        switch self {
        case .empty: "empty"
        case .mark: "none"
        case .verifier(let verifier, let isLocked):
            isLocked ? "locked" : verifier.scheme == .clear ? "clear" : "set"
        case .unknown: "set"
        }
    }
}
