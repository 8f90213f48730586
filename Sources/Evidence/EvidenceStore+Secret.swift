import Linux
import OpenSSL

extension EvidenceStore {
    private static let secretLimit = 16 << 10

    /// What keyed pseudonyms are made with: 32 random bytes that never leave the host.
    package func pseudonymKey() throws(EvidenceError) -> [UInt8] {
        try secret("pseudonyms.key") { (place) throws(EvidenceError) in
            do throws(OpenSSLError) {
                return try randomBytes(32)
            } catch {
                throw EvidenceError(error, at: place)
            }
        }
    }

    /// The content of `keys/<name>`, made at the first time: mode 0600 in a 0700 directory.
    ///
    /// A file that others than its owner could read, or that another user put there, is refused.
    func secret(
        _ name: String, made make: (EvidencePlace) throws(EvidenceError) -> [UInt8]
    ) throws(EvidenceError) -> [UInt8] {
        if let stored = try stored(name) { return stored }
        let made = try make(place(of: name))
        do throws(StateError) {
            try root.directory("keys", creating: true)
                .create(StateDirectory.Contents(name, made))
            return made
        } catch {
            // Another process may have been first; then its secret is the host's.
            if error.code == .exists, let stored = try stored(name) { return stored }
            throw EvidenceError(error)
        }
    }

    /// Where a secret is, for messages.
    func place(of name: String) -> EvidencePlace {
        EvidencePlace("\(root.path)/keys/\(name)")
    }

    /// The content of `keys/<name>`; nil where there is none.
    func stored(_ name: String) throws(EvidenceError) -> [UInt8]? {
        do throws(StateError) {
            return try root.directory("keys", creating: false).file(name)
                .readAll(limit: EvidenceStore.secretLimit)
        } catch  where error.code == .notFound {
            return nil
        } catch {
            throw EvidenceError(error)
        }
    }
}
