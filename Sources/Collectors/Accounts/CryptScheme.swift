/// What a stored password was made with: the schemes of crypt(5), and what is none of them.
package enum CryptScheme: String, Sendable, Hashable, CaseIterable {
    case yescrypt
    case gostYescrypt = "gost-yescrypt"
    case sm3Yescrypt = "sm3-yescrypt"
    case scrypt
    case bcrypt
    /// bcrypt with the sign bug of old crypt_blowfish, `$2x$`.
    case bcryptSignBug = "bcrypt with the sign bug"
    case sha512crypt
    case sha256crypt
    case sm3crypt
    case argon2id
    case argon2i
    case argon2d
    case sha1crypt
    case sunmd5
    case md5crypt
    /// Apache's variant of md5crypt, `$apr1$`.
    case apr1
    case nt = "NT"
    case bsdicrypt
    /// Thirteen characters: DES, or a password of that length in clear text.
    case descrypt = "descrypt or clear text"
    case bigcrypt = "bigcrypt or clear text"
    case clear = "clear text"

    /// Why it is weaker than salted SHA-256; nil where it is not.
    package var flaw: String? {
        switch self {
        case .yescrypt, .gostYescrypt, .sm3Yescrypt, .scrypt, .bcrypt: nil
        case .sha512crypt, .sha256crypt, .sm3crypt, .argon2id, .argon2i, .argon2d: nil
        case .bcryptSignBug: "characters beyond ASCII hide others"
        case .sha1crypt: "built on SHA-1"
        case .sunmd5, .md5crypt, .apr1: "built on MD5"
        case .nt: "MD4 without a salt"
        case .bsdicrypt: "built on DES"
        case .descrypt, .bigcrypt: "built on DES, or not hashed at all"
        case .clear: "not hashed at all"
        }
    }

    /// The kin whose salts are compared: one salt makes one hash in all of them.
    var family: CryptScheme {
        switch self {
        case .bcryptSignBug: .bcrypt
        case .bigcrypt: .descrypt
        case .argon2i, .argon2d: .argon2id
        case .yescrypt, .gostYescrypt, .sm3Yescrypt, .scrypt, .bcrypt, .sha512crypt, .sha256crypt,
            .sm3crypt, .argon2id, .sha1crypt, .sunmd5, .md5crypt, .apr1, .nt, .bsdicrypt,
            .descrypt, .clear:
            self
        }
    }
}

/// How a verifier, or what makes one, compares with salted SHA-256.
package enum Strength: String, Sendable, Hashable {
    case strong
    case weak
}
