import Facts

/// The commands of interfaces(5), with the files that it sources.
struct InterfacesFile {
    /// `pre-up`, `up` or `post-up` of an interface, which the shell runs.
    struct Command {
        var text: String
        var interface: String
        var file: HostPath
    }

    private(set) var commands: [Command] = []
    /// The interfaces that are brought up at boot.
    private(set) var automatic: Set<String> = []
    /// Files that could not be seen.
    private(set) var errors: [HostError] = []

    private static let largestCount = 256

    private var seen: Set<HostPath> = []

    /// Reads `/etc/network/interfaces` and what it names.
    init(on host: some HostView) {
        read("/etc/network/interfaces", on: host)
    }

    private mutating func read(_ path: HostPath, on host: some HostView) {
        guard seen.insert(path).inserted else { return }
        guard seen.count <= Self.largestCount else {
            errors.append(HostError(.tooLarge, path))
            return
        }
        do throws(HostError) {
            var interface = ""
            for line in Self.logicalLines(of: try host.read(path)) {
                let words = line.split { $0 == " " || $0 == "\t" }.map(String.init)
                guard let key = words.first, !key.hasPrefix("#") else { continue }
                let rest = words.dropFirst()
                switch key {
                case "auto", "allow-auto": automatic.formUnion(rest)
                case "iface": interface = rest.first ?? ""
                // `script` says to what an interface is mapped when it comes up.
                case "pre-up", "up", "post-up", "script":
                    commands.append(
                        Command(
                            text: rest.joined(separator: " "), interface: interface, file: path))
                case "source", "source-directory":
                    for pattern in rest { try readAll(pattern, key, on: host) }
                default: break
                }
            }
        } catch {
            if error.code != .notFound, error.code != .notRegular { errors.append(error) }
        }
    }

    // Relative patterns begin at /etc/network.
    private mutating func readAll(
        _ pattern: String, _ key: String, on host: some HostView
    ) throws(HostError) {
        let whole = pattern.hasPrefix("/") ? pattern : "/etc/network/" + pattern
        for path in try PathPattern(whole).paths(on: host) {
            let kind = try host.status(of: host.resolve(path)).kind
            if kind == .directory {
                for entry in try host.list(path) { read(path.appending(entry.name), on: host) }
            } else {
                read(path, on: host)
            }
        }
    }

    // A backslash at its end continues a line.
    private static func logicalLines(of bytes: [UInt8]) -> [String] {
        var lines: [String] = []
        var begun = ""
        for raw in bytes.split(separator: 0x0A) {
            let line = String(decoding: raw, as: UTF8.self)
            if line.hasSuffix("\\") {
                begun += line.dropLast() + " "
            } else {
                lines.append(begun + line)
                begun = ""
            }
        }
        return begun.isEmpty ? lines : lines + [begun]
    }
}
