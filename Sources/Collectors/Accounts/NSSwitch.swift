import Facts

/// Which services answer for a database; see nsswitch.conf(5).
struct NSSwitch: Sendable {
    private var asked: [String: [String]] = [:]

    /// Reads the bytes of the file: the first line of a database counts.
    init(_ bytes: [UInt8]) {
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            let text = Readable.text(
                line.prefix { $0 != UInt8(ascii: "#") }.map {
                    $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: "\r") ? UInt8(ascii: " ") : $0
                })
            let parts = text.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { continue }
            let database = parts[0].split(separator: " ").joined()
            if asked[database] == nil { asked[database] = Self.services(in: parts[1]) }
        }
    }

    /// The services in their order, each once: a second mention answers nothing new.
    ///
    /// What is not named is read from files; shadow follows passwd, and gshadow follows group.
    func services(of database: String) -> [String] {
        let elder = ["shadow": "passwd", "gshadow": "group"][database]
        return asked[database] ?? elder.flatMap { asked[$0] } ?? ["files"]
    }

    // Actions in brackets decide only when the next one is asked, so they are passed over.
    private static func services(in text: Substring) -> [String] {
        var services: [String] = []
        var isAction = false
        for word in text.split(separator: " ") {
            if word.hasPrefix("[") { isAction = true }
            if !isAction, !services.contains(String(word)) { services.append(String(word)) }
            if word.hasSuffix("]") { isAction = false }
        }
        return services
    }

    /// What the host has, or glibc's own default where it has none; an error where it was not read.
    static func read(on host: some HostView) throws(HostError) -> NSSwitch {
        for path: HostPath in ["/etc/nsswitch.conf", "/usr/etc/nsswitch.conf"] {
            do throws(HostError) {
                return NSSwitch(try host.read(path))
            } catch {
                if error.code != .notFound { throw error }
            }
        }
        return NSSwitch([])
    }

    /// What the host has, if it can be read; its own table says why not.
    static func asked(on host: some HostView) -> NSSwitch? {
        do throws(HostError) {
            return try read(on: host)
        } catch {
            return nil
        }
    }
}
