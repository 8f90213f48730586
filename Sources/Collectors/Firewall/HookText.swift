import Linux

/// Which part of a file is run by whoever reads it.
enum HookText {
    case whole
    /// The scripts of logrotate(8), which stand between two words of their own.
    case rotation
    /// The hooks of apt.conf(5).
    case upgrades
    /// The lines of pam.d(5) that run a program.
    case logins

    private static let begins: Set<String> = [
        "prerotate", "postrotate", "firstaction", "lastaction", "preremove",
    ]
    private static let hooks = ["Invoke", "Install-Pkgs", "Post-", "Pre-"].map { Array($0.utf8) }
    private static let runners = ["pam_exec.so", "pam_script.so"].map { Array($0.utf8) }

    /// That part of a file.
    func part(of bytes: [UInt8]) -> [UInt8] {
        switch self {
        case .whole: return bytes
        case .rotation: return Self.scripts(in: bytes)
        case .upgrades:
            return Self.hooks.contains { ByteSearch.contains($0, in: bytes) } ? bytes : []
        case .logins:
            let lines = bytes.split(separator: 0x0A).filter { line in
                Self.runners.contains { ByteSearch.contains($0, in: Array(line)) }
            }
            return Array(lines.joined(separator: [0x0A]))
        }
    }

    private static func scripts(in bytes: [UInt8]) -> [UInt8] {
        var scripts: [UInt8] = []
        var isInside = false
        for line in bytes.split(separator: 0x0A) {
            let word = String(decoding: line.split { $0 <= 0x20 }.first ?? [], as: UTF8.self)
            if word == "endscript" { isInside = false }
            if isInside { scripts += line + [0x0A] }
            if begins.contains(word) { isInside = true }
        }
        return scripts
    }
}
