import Facts

/// Whether the files of modprobe.d(5) keep the kernel from loading what filters packets.
struct ForbiddenModules {
    private(set) var mayBeMissing = false
    /// Files that could not be seen.
    private(set) var errors: [HostError] = []

    private static let directories: [HostPath] = [
        "/etc/modprobe.d", "/usr/local/lib/modprobe.d", "/usr/lib/modprobe.d", "/lib/modprobe.d",
    ]
    private static let beginnings = [
        "nf_", "nft_", "nfnetlink", "x_tables", "xt_", "ip_tables", "iptable_", "ip6_tables",
        "ip6table_", "ip_set", "ipt_", "ip6t_",
    ]

    /// Reads what forbids a module, or runs a command in its place.
    init(of host: some HostView) {
        for directory in Self.directories {
            do throws(HostError) {
                for entry in try host.list(directory) where entry.name.hasSuffix(".conf") {
                    let bytes = try host.read(directory.appending(entry.name))
                    let lines = bytes.split(separator: 0x0A)
                    if lines.contains(where: Self.forbids) { mayBeMissing = true }
                }
            } catch {
                if error.code != .notFound, error.code != .notRegular { errors.append(error) }
            }
        }
    }

    private static func forbids(_ line: ArraySlice<UInt8>) -> Bool {
        let words = String(decoding: line, as: UTF8.self).split { $0 == " " || $0 == "\t" }
        guard words.count > 1, ["install", "blacklist"].contains(words[0]) else { return false }
        // Both signs are one in the name of a module.
        let name = words[1].replacing("-", with: "_")
        return beginnings.contains { name.hasPrefix($0) }
    }
}
