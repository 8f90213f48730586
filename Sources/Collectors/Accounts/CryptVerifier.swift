/// A stored password, taken apart as crypt(5) says; its bytes never leave the collectors.
struct CryptVerifier: Sendable, Hashable {
    var scheme: CryptScheme
    var salt: [UInt8]
    /// Bits of salt, rounded down to what the encoding can carry.
    var saltBits: Int64
    /// Rounds of a SHA or MD5 scheme, passes of argon2; of the others the binary logarithm; nil where there is none.
    var cost: Int64?
    /// The whole string, as crypt(3) takes and gives it.
    var bytes: [UInt8]

    /// Weak where the scheme is, or where no salt was used.
    var strength: Strength { flaw == nil ? .strong : .weak }

    /// What is wrong with it, in a few words.
    var flaw: String? { scheme.flaw ?? (saltBits == 0 ? "no salt" : nil) }

    /// The verifier that these bytes are; nil where they are of no known form.
    init?(_ bytes: [UInt8]) {
        guard let first = bytes.first else { return nil }
        if first == UInt8(ascii: "$") {
            self.init(modular: bytes)
        } else if first == UInt8(ascii: "{") {
            // A store of another product: `{SCHEME}` is none of crypt(5).
            return nil
        } else {
            self.init(traditional: bytes)
        }
    }

    init(
        _ scheme: CryptScheme, _ bytes: [UInt8], salt: some Sequence<UInt8> = [],
        bits: Int64? = nil, cost: Int64? = nil
    ) {
        self.scheme = scheme
        self.bytes = bytes
        self.salt = Array(salt)
        saltBits = bits ?? Int64(self.salt.count * 6)
        self.cost = cost
    }

    // pam_unix gives everything without a dollar that is long enough to bigcrypt(); see passverify.c.
    private init(traditional bytes: [UInt8]) {
        guard bytes.allSatisfy(Self.isItoa64) || bytes.first == UInt8(ascii: "_") else {
            self.init(.clear, bytes)
            return
        }
        switch bytes.count {
        case 20 where bytes[0] == UInt8(ascii: "_") && bytes.dropFirst().allSatisfy(Self.isItoa64):
            self.init(
                .bsdicrypt, bytes, salt: bytes[5..<9], cost: Self.number(bytes[1..<5]))
        case 13 where bytes[0] != UInt8(ascii: "_"):
            self.init(.descrypt, bytes, salt: bytes[..<2])
        case 24...178 where bytes[0] != UInt8(ascii: "_"):
            self.init(.bigcrypt, bytes, salt: bytes[..<2])
        default: self.init(.clear, bytes)
        }
    }

    private init?(modular bytes: [UInt8]) {
        let parts = bytes.split(separator: UInt8(ascii: "$"), omittingEmptySubsequences: false)
            .dropFirst().map(Array.init)
        guard let id = parts.first.flatMap({ String(validating: $0, as: UTF8.self) }) else {
            return nil
        }
        let rest = Array(parts.dropFirst())
        switch id {
        case "y": self.init(yescrypt: .yescrypt, bytes, rest)
        case "gy": self.init(yescrypt: .gostYescrypt, bytes, rest)
        case "sm3y": self.init(yescrypt: .sm3Yescrypt, bytes, rest)
        case "7": self.init(scrypt: bytes, rest)
        case "2a", "2b", "2y": self.init(bcrypt: .bcrypt, bytes, rest)
        case "2x": self.init(bcrypt: .bcryptSignBug, bytes, rest)
        case "6": self.init(rounds: .sha512crypt, bytes, rest, digest: 86)
        case "5": self.init(rounds: .sha256crypt, bytes, rest, digest: 43)
        case "sm3": self.init(rounds: .sm3crypt, bytes, rest, digest: 43)
        case "argon2id": self.init(argon2: .argon2id, bytes, rest)
        case "argon2i": self.init(argon2: .argon2i, bytes, rest)
        case "argon2d": self.init(argon2: .argon2d, bytes, rest)
        default: self.init(weak: id, bytes, rest)
        }
    }

    // Whatever follows the prefix of a weak scheme, it is no verifier as strong as SHA-256.
    private init?(weak id: String, _ bytes: [UInt8], _ rest: [[UInt8]]) {
        switch id {
        case "1": self.init(.md5crypt, bytes, salt: rest.first?.prefix(8) ?? [], cost: 1000)
        case "apr1": self.init(.apr1, bytes, salt: rest.first?.prefix(8) ?? [], cost: 1000)
        case "3": self.init(.nt, bytes)
        case "sha1":
            self.init(
                .sha1crypt, bytes, salt: rest.dropFirst().first ?? [],
                cost: rest.first.flatMap(Self.decimal))
        // `$md5,rounds=N$` as well as `$md5$`.
        case "md5": self.init(.sunmd5, bytes, salt: rest.first ?? [])
        case let id where id.hasPrefix("md5,"):
            self.init(.sunmd5, bytes, salt: rest.first ?? [])
        default: return nil
        }
    }
}
