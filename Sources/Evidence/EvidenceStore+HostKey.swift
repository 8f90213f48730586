package import OpenSSL

extension EvidenceStore {
    private static let keyName = "host.pem"

    /// The host's own key, made at the first time: `keys/host.pem`, mode 0600 in a 0700 directory.
    ///
    /// A key that others than its owner could read, or that another user put there, is refused.
    package func hostKey() throws(EvidenceError) -> PrivateKey {
        let pem = try secret(EvidenceStore.keyName) { (place) throws(EvidenceError) in
            do throws(OpenSSLError) {
                return try PrivateKey.generate().pem()
            } catch {
                throw EvidenceError(error, at: place)
            }
        }
        do throws(OpenSSLError) {
            return try PrivateKey(pem: pem)
        } catch {
            throw EvidenceError(error, at: place(of: EvidenceStore.keyName))
        }
    }
}
