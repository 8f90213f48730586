/// Which salts made more than one hash, and which verifiers stand at several accounts.
///
/// The salts stay in here: a fact only says whether there is another.
struct SaltComparison {
    private struct Salt: Hashable {
        var family: CryptScheme
        var bytes: [UInt8]
    }

    private var hashes: [Salt: Set<[UInt8]>] = [:]
    private var names: [[UInt8]: Set<String>] = [:]

    /// Compares these; a copy of an account's own verifier is the same hash, and shares nothing.
    init(of passwords: [StoredPassword]) {
        for password in passwords {
            guard let verifier = password.field?.verifier else { continue }
            names[verifier.bytes, default: []].insert(password.name)
            guard !verifier.salt.isEmpty else { continue }
            hashes[Self.salt(of: verifier), default: []].insert(verifier.bytes)
        }
    }

    private static func salt(of verifier: CryptVerifier) -> Salt {
        Salt(family: verifier.scheme.family, bytes: verifier.salt)
    }

    /// Whether another hash was made with this verifier's salt.
    func isShared(_ verifier: CryptVerifier) -> Bool {
        hashes[Self.salt(of: verifier), default: []].count > 1
    }

    /// The first other name, in the order of names, that has the very same verifier.
    func other(than name: String, with verifier: CryptVerifier) -> String? {
        names[verifier.bytes, default: []].filter { $0 != name }.min()
    }
}
