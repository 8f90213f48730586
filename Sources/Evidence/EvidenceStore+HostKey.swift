package import OpenSSL

extension EvidenceStore {
    private static let keyName = "host.pem"

    /// The host's own key, `keys/host.pem`, mode 0600 in a 0700 directory.
    ///
    /// It is made where there is none and `creating` is said. A key that others than its owner
    /// could read, or that another user put there, is refused.
    package func hostKey(creating: Bool = true) throws(EvidenceError) -> PrivateKey {
        let pem = try secret(EvidenceStore.keyName) { (place) throws(EvidenceError) in
            guard creating else {
                throw EvidenceError(
                    .stateNotFound, at: place, "there is no key yet",
                    hint: "the first scan makes one")
            }
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
