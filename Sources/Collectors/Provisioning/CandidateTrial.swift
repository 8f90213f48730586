import Crypt

/// Tries candidates against the stored passwords, within bounds.
struct CandidateTrial: ~Copyable {
    /// What a trial says.
    enum Outcome: Equatable {
        /// It is the password of this account.
        case matches(String)
        case matchesNone
        /// More trials, or dearer ones, than a scan makes.
        case tooMany
        /// The library, or the scheme, is not there.
        case notAvailable
    }

    /// Hashes that one scan makes.
    private static let limit = 256

    private let library: CryptLibrary?
    private let stored: [(account: String, verifier: CryptVerifier)]
    private var outcomes: [[UInt8]: Outcome] = [:]
    private var made = 0

    /// Trials against these, each verifier once.
    init(against passwords: [StoredPassword]) {
        var seen: Set<[UInt8]> = []
        stored = passwords.filter { $0.kind == .user }.compactMap { password in
            guard let verifier = password.field?.verifier,
                seen.insert(verifier.bytes).inserted
            else { return nil }
            return (password.name, verifier)
        }
        library = CryptLibrary()
    }

    /// Whether the candidate is the password of anybody; its own account is tried first.
    mutating func outcome(of candidate: PasswordCandidate) -> Outcome {
        if let known = outcomes[candidate.password] { return known }
        let first = stored.filter { $0.account == candidate.account }
        let rest = stored.filter { $0.account != candidate.account }
        var outcome = Outcome.matchesNone
        for (account, verifier) in first + rest {
            switch isMatch(candidate.password, verifier) {
            case .matches: outcome = .matches(account)
            case .matchesNone: continue
            case let doubt:
                outcome = doubt
                continue
            }
            break
        }
        outcomes[candidate.password] = outcome
        return outcome
    }

    private mutating func isMatch(_ password: [UInt8], _ verifier: CryptVerifier) -> Outcome {
        if verifier.scheme == .clear {
            return verifier.bytes == password ? .matches("") : .matchesNone
        }
        guard made < Self.limit, verifier.isAffordable else { return .tooMany }
        made += 1
        guard let hash = library?.hash(of: password, like: verifier.bytes) else {
            return .notAvailable
        }
        return hash == verifier.bytes ? .matches("") : .matchesNone
    }
}

extension CryptVerifier {
    /// Whether one hash takes less than about a second, and no great memory.
    fileprivate var isAffordable: Bool {
        let cost = cost ?? 0
        return switch scheme {
        case .sha512crypt, .sha256crypt, .sm3crypt, .sha1crypt, .sunmd5: cost <= 1_000_000
        case .bcrypt, .bcryptSignBug: cost <= 13
        case .yescrypt, .gostYescrypt, .sm3Yescrypt, .scrypt: cost <= 15 && hasUsualBlocks
        case .bsdicrypt: cost <= 1_000_000
        case .md5crypt, .apr1, .nt, .descrypt, .bigcrypt, .clear: true
        // libcrypt has none of them.
        case .argon2id, .argon2i, .argon2d: true
        }
    }

    // Blocks of r × 128 bytes, N of them: `T` is 32 of them, and `U....` the same for scrypt.
    private var hasUsualBlocks: Bool {
        let parts = bytes.split(separator: UInt8(ascii: "$"), omittingEmptySubsequences: false)
        guard parts.count > 2 else { return false }
        let parameters = Array(parts[2])
        if scheme == .scrypt {
            return parameters.dropFirst().prefix(10).elementsEqual("U..../....".utf8)
        }
        return parameters.count == 3 && parameters[2] <= UInt8(ascii: "T")
    }
}
