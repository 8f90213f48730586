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
            // A NUL ends a line of C, and every white space is one.
            let line = line.prefix { $0 != 0 }.map {
                (0x09...0x0D).contains($0) ? UInt8(ascii: " ") : $0
            }
            addFirst(Readable.text(line.prefix { $0 != UInt8(ascii: "#") }), overrides: overrides)
            addLast(Readable.text(line))
        }
    }

    // pam_unix cuts a comment wherever it begins, and parts with spaces and `=`.
    private mutating func addFirst(_ line: String, overrides: Bool) {
        let text = line.drop { $0 == " " }
        let name = text.prefix { $0 != " " && $0 != "=" }.lowercased()
        guard !name.isEmpty, overrides || first[name] == nil else { return }
        first[name] = String(text.drop { $0 != " " && $0 != "=" }.drop { $0 == " " || $0 == "=" })
    }

    // The shadow suite cuts spaces and quotes, and knows no `=`, nor a comment behind a value.
    private mutating func addLast(_ line: String) {
        let text = line.drop { $0 == " " }
        let name = text.prefix { $0 != " " }
        let rest = text[name.endIndex...]
        guard !name.isEmpty, name.first != "#", rest.contains(where: { $0 != " " }) else { return }
        let value = rest.drop { $0 == " " || $0 == "\"" }.prefix { $0 != "\"" }
        values[String(name)] = value.split(separator: " ").joined(separator: " ")
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
