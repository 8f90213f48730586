/// One password of a boot loader, as a line of its configuration has it.
struct BootLoaderPassword: Sendable, Equatable {
    /// How it is stored; nil is a form that is not known.
    struct Form: Sendable, Equatable {
        var scheme: String
        var saltBits: Int64?
        var cost: Int64?
        var strength: Strength
    }

    /// The superuser's name; nil where there is one password for all.
    var user: String?
    /// Its place in the file, counted from 1.
    var line: Int
    var form: Form?

    private static let clear = Form(
        scheme: CryptScheme.clear.rawValue, saltBits: 0, cost: nil, strength: .weak)

    /// The passwords of GRUB 2, see its manual: `password USER CLEAR`, `password_pbkdf2 USER HASH`.
    static func grub(_ lines: [String]) -> [BootLoaderPassword] {
        lines.enumerated().flatMap { index, line in
            statements(of: line).compactMap { words -> BootLoaderPassword? in
                if let first = words.first, first.hasPrefix("GRUB2_PASSWORD=") {
                    let value = String(first.dropFirst("GRUB2_PASSWORD=".count))
                    return BootLoaderPassword(user: nil, line: index + 1, form: pbkdf2(value))
                }
                guard words.count >= 3, words[0] == "password" || words[0] == "password_pbkdf2",
                    // The file `user.cfg` holds it.
                    !words[2].contains("GRUB2_PASSWORD")
                else { return nil }
                let isClear = words[0] == "password" && !words[2].contains("$")
                return BootLoaderPassword(
                    user: words[1], line: index + 1,
                    form: isClear ? clear : words[0] == "password" ? nil : pbkdf2(words[2]))
            }
        }
    }

    /// The passwords of GRUB legacy: `password [--md5|--encrypted] PASSWORD`.
    static func legacyGRUB(_ lines: [String]) -> [BootLoaderPassword] {
        lines.enumerated().compactMap { index, line in
            let words = words(of: line)
            guard words.count >= 2, words[0] == "password" else { return nil }
            let value = words.dropFirst().first { !$0.hasPrefix("--") } ?? ""
            return BootLoaderPassword(user: nil, line: index + 1, form: crypt(value))
        }
    }

    /// The passwords of LILO and SYSLINUX: `password=…`, `MENU MASTER PASSWD …`, `MENU PASSWD …`.
    static func others(_ lines: [String]) -> [BootLoaderPassword] {
        lines.enumerated().compactMap { index, line in
            var words = words(of: line.replacing("=", with: " "))
            let isMenu = words.first?.lowercased() == "menu"
            if isMenu { words.removeFirst() }
            if isMenu, words.first?.lowercased() == "master" { words.removeFirst() }
            guard words.count >= 2, words[0].lowercased() == (isMenu ? "passwd" : "password")
            else { return nil }
            return BootLoaderPassword(user: nil, line: index + 1, form: crypt(words[1]))
        }
    }

    private static func crypt(_ value: String) -> Form? {
        guard let verifier = CryptVerifier(Array(value.utf8)) else { return nil }
        return Form(
            scheme: verifier.scheme.rawValue, saltBits: verifier.saltBits, cost: verifier.cost,
            strength: verifier.strength)
    }

    /// `grub.pbkdf2.sha512.ITERATIONS.SALT.HASH`, the last two in hexadecimal.
    private static func pbkdf2(_ value: String) -> Form? {
        let parts = value.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "grub", parts[1] == "pbkdf2", parts[2] == "sha512",
            let cost = Int64(parts[3]), cost > 0, parts[5].utf8.count >= 64,
            (parts[4] + parts[5]).allSatisfy(\.isHexDigit)
        else { return nil }
        let bits = Int64(parts[4].utf8.count / 2 * 8)
        return Form(
            scheme: "PBKDF2-SHA512", saltBits: bits, cost: cost,
            strength: bits == 0 ? .weak : .strong)
    }

    // `if …; then password root x; fi` is three statements.
    private static func statements(of line: String) -> [[String]] {
        line.split(separator: ";").map { statement in
            Array(words(of: String(statement)).drop { ["then", "else", "do", "{"].contains($0) })
        }
    }

    private static func words(of line: String) -> [String] {
        let text = line.prefix { $0 != "#" }
        return text.split { $0 == " " || $0 == "\t" }.map { word in
            word.filter { $0 != "\"" && $0 != "'" }
        }
    }
}
