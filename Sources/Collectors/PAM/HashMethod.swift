/// How new passwords are hashed, by the names of pam_unix(8) and login.defs(5).
enum HashMethod: String, Sendable, CaseIterable {
    case md5
    case bigcrypt
    case sha256
    case sha512
    case blowfish
    case des
    case gostYescrypt = "gost_yescrypt"
    case yescrypt

    var strength: Strength {
        switch self {
        case .md5, .bigcrypt, .des: .weak
        case .sha256, .sha512, .blowfish, .gostYescrypt, .yescrypt: .strong
        }
    }

    /// The method that a value of ENCRYPT_METHOD names to pam_unix: without regard to case, and to what follows.
    init?(pamUnixValue value: String) {
        let value = value.lowercased()
        guard let method = Self.allCases.first(where: { value.utf8.starts(with: $0.rawValue.utf8) })
        else {
            return nil
        }
        self = method
    }

    /// The method that ENCRYPT_METHOD names to the tools of the shadow suite; anything else is DES to them.
    init(shadowValue value: String) {
        switch value {
        case "MD5": self = .md5
        case "SHA256": self = .sha256
        case "SHA512": self = .sha512
        case "BCRYPT": self = .blowfish
        case "YESCRYPT": self = .yescrypt
        default: self = .des
        }
    }

    /// Every option of pam_unix, in the order of its table: an argument is the first that it begins with.
    private static let options = [
        "audit", "use_first_pass", "try_first_pass", "authtok_type=", "use_authtok", "shadow",
        "md5", "nullok", "debug", "nodelay", "nis", "bigcrypt", "likeauth", "remember=", "noreap",
        "broken_shadow", "sha256", "sha512", "rounds=", "blowfish", "minlen=", "quiet",
        "no_pass_expiry", "des", "gost_yescrypt", "yescrypt", "nullresetok",
    ]

    /// The method that arguments of pam_unix ask for: the last one counts.
    init?(pamUnixArguments arguments: [String]) {
        let methods = arguments.compactMap { argument in
            // By bytes: a mark that combines with the last character belongs to what follows.
            Self.options.first { argument.utf8.starts(with: $0.utf8) }
                .flatMap(HashMethod.init(rawValue:))
        }
        guard let last = methods.last else { return nil }
        self = last
    }
}
