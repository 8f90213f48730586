/// The keys whose signatures count, always with SHA-256.
package enum KeyAlgorithm: String, Sendable, Hashable, CaseIterable {
    /// ECDSA on NIST P-256: the only one that we make.
    case p256
    /// ECDSA on NIST P-384.
    case p384
    /// RSA of 3072 to 8192 bits with PKCS #1 v1.5 padding.
    case rsa

    /// How long a SubjectPublicKeyInfo is that names the curve and gives both coordinates.
    ///
    /// Any other length is a compressed point or a curve spelled out: the same key under another id.
    var publicDERLength: Int? {
        switch self {
        case .p256: 91
        case .p384: 120
        case .rsa: nil
        }
    }
}
