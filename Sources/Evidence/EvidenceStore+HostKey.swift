import Linux
package import OpenSSL

extension EvidenceStore {
    private static let keyName = "host.pem"
    private static let keyLimit = 16 << 10

    /// The host's own key, `keys/host.pem`, mode 0600 in a 0700 directory.
    ///
    /// It is made where there is none and `creating` is said. A key that others than its owner
    /// could read, or that another user put there, is refused.
    package func hostKey(creating: Bool = true) throws(EvidenceError) -> PrivateKey {
        let stored = try storedKey()
        guard creating || stored != nil else {
            throw EvidenceError(
                .stateNotFound, at: keyPlace, "there is no key yet",
                hint: "the first scan makes one")
        }
        let pem = if let stored { stored } else { try makeKey() }
        do throws(OpenSSLError) {
            return try PrivateKey(pem: pem)
        } catch {
            throw EvidenceError(error, at: keyPlace)
        }
    }

    private var keyPlace: EvidencePlace {
        EvidencePlace("\(root.path)/keys/\(EvidenceStore.keyName)")
    }

    private func storedKey() throws(EvidenceError) -> [UInt8]? {
        do throws(StateError) {
            return try root.directory("keys", creating: false).file(EvidenceStore.keyName)
                .readAll(limit: EvidenceStore.keyLimit)
        } catch  where error.code == .notFound {
            return nil
        } catch {
            throw EvidenceError(error)
        }
    }

    private func makeKey() throws(EvidenceError) -> [UInt8] {
        let pem: [UInt8]
        do throws(OpenSSLError) {
            pem = try PrivateKey.generate().pem()
        } catch {
            throw EvidenceError(error, at: keyPlace)
        }
        do throws(StateError) {
            try root.directory("keys", creating: true)
                .create(StateDirectory.Contents(EvidenceStore.keyName, pem))
            return pem
        } catch {
            // Another process may have been first; then its key is the host's.
            if error.code == .exists, let stored = try storedKey() { return stored }
            throw EvidenceError(error)
        }
    }
}
