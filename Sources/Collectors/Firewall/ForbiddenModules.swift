import Facts

/// Whether something keeps the kernel from loading what filters packets: the files of modprobe.d(5),
/// its command line, or a setting after which it loads nothing.
struct ForbiddenModules {
    private(set) var mayBeMissing = false
    /// Files that could not be seen.
    private(set) var errors: [HostError] = []

    // What lies below `/run` on a running host is made again at each boot, as far as anybody can tell.
    private static let directories: [HostPath] = [
        "/etc/modprobe.d", "/run/modprobe.d", "/usr/local/lib/modprobe.d", "/usr/lib/modprobe.d",
        "/lib/modprobe.d",
    ]
    // Of modules, and of the names by which the kernel asks for them.
    private static let beginnings = [
        "nf_", "nft_", "nfnetlink", "x_tables", "xt_", "ip_tables", "iptable_", "ip6_tables",
        "ip6table_", "ip_set", "ipt_", "ip6t_", "net_pf_16",
    ]

    /// Reads what forbids a module, makes another of its name, or runs a command in its place.
    init(of host: some HostView, _ commandLine: KernelCommandLine) {
        for directory in Self.directories {
            do throws(HostError) {
                for entry in try host.list(directory) where entry.name.hasSuffix(".conf") {
                    let bytes = try host.read(directory.appending(entry.name))
                    let text = String(decoding: bytes, as: UTF8.self).replacing("\\\n", with: " ")
                    if text.split(separator: "\n").contains(where: Self.forbids) {
                        mayBeMissing = true
                    }
                }
            } catch {
                if error.code != .notFound, error.code != .notRegular { errors.append(error) }
            }
        }
        if commandLine.forbiddenModules.contains(where: Self.isOfFilter) { mayBeMissing = true }
        do throws(HostError) {
            // Nothing says whether the rules are loaded before it is written.
            if try BootSettings(of: host).isSet(["kernel", "modules_disabled"]) {
                mayBeMissing = true
            }
        } catch {
            errors.append(error)
        }
    }

    private static func forbids(_ line: Substring) -> Bool {
        let words = line.split { $0 == " " || $0 == "\t" }
        guard words.count > 1, ["install", "blacklist", "alias"].contains(words[0]) else {
            return false
        }
        return isOfFilter(String(words[1]))
    }

    // Both signs are one in the name of a module; an alias is a pattern.
    private static func isOfFilter(_ text: String) -> Bool {
        let name = text.replacing("-", with: "_")
        let plain = name.prefix { !"*?[".contains($0) }
        if plain.count < name.count {
            return beginnings.contains { plain.hasPrefix($0) || $0.hasPrefix(plain) }
        }
        return beginnings.contains { name.hasPrefix($0) }
    }
}
