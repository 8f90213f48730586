import Facts

/// The settings of login.defs(5), as the programs that read them take them.
struct LoginDefinitions: Sendable {
    /// What the tools of the shadow suite take, by the name as it is written: the last line.
    private(set) var values: [String: String] = [:]
    /// What pam_unix takes, by the name in lower case: the first line, up to its end.
    private var first: [String: String] = [:]

    /// The value that pam_unix takes, whatever the case of the name.
    func pamValue(of name: String) -> String? { first[name.lowercased()] }

    /// Adds the bytes of a file; what a later file says counts for everybody where libeconf reads.
    private mutating func add(_ bytes: [UInt8], overrides: Bool) {
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            let text = Readable.text(
                line.prefix { $0 != UInt8(ascii: "#") }.map {
                    $0 == UInt8(ascii: "\t") ? UInt8(ascii: " ") : $0
                })
            let trimmed = text.drop { $0 == " " }
            guard let end = trimmed.firstIndex(where: { $0 == " " || $0 == "=" }) else {
                continue
            }
            let name = String(trimmed[..<end])
            let rest = trimmed[end...]
            let raw = String(rest.drop { $0 == " " || $0 == "=" })
            if overrides || first[name.lowercased()] == nil { first[name.lowercased()] = raw }
            // The shadow suite cuts spaces and quotes, and knows no `=`.
            let value = rest.drop { $0 == " " || $0 == "\"" }.prefix { $0 != "\"" }
            values[name] = value.split(separator: " ").joined(separator: " ")
        }
    }

    /// Reads the files; without any, every setting has its built-in default.
    ///
    /// Where a vendor's file is in `/usr/etc`, the programs use libeconf: `/etc` comes first, and
    /// fragments override it. Elsewhere nothing but `/etc/login.defs` is read.
    init(on host: some HostView) throws(HostError) {
        let vendor = try Self.bytes("/usr/etc/login.defs", host)
        if let bytes = try Self.bytes("/etc/login.defs", host) ?? vendor {
            add(bytes, overrides: vendor != nil)
        }
        guard vendor != nil else { return }
        for directory: HostPath in ["/usr/etc/login.defs.d", "/etc/login.defs.d"] {
            do throws(HostError) {
                for entry in try host.list(directory) where entry.name.hasSuffix(".defs") {
                    add(try host.read(directory.appending(entry.name)), overrides: true)
                }
            } catch {
                if error.code != .notFound { throw error }
            }
        }
    }

    private static func bytes(
        _ path: HostPath, _ host: some HostView
    ) throws(HostError) -> [UInt8]? {
        do throws(HostError) {
            return try host.read(path)
        } catch {
            if error.code == .notFound { return nil }
            throw error
        }
    }
}
