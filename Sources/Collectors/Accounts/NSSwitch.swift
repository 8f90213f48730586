import Facts

/// Which services answer for a database; see nsswitch.conf(5).
struct NSSwitch: Sendable {
    private var asked: [String: [String]] = [:]

    /// Reads the bytes of the file.
    ///
    /// Of several lines of one database glibc takes the last, and before 2.33 took the first: whoever
    /// is named in any of them may be asked.
    init(_ bytes: [UInt8]) {
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            let text = Readable.text(
                line.prefix { $0 != UInt8(ascii: "#") && $0 != 0 }.map {
                    (0x09...0x0D).contains($0) ? UInt8(ascii: " ") : $0
                })
            // The colon may have spaces before it, and glibc does without it.
            let name = text.drop { $0 == " " }.prefix { $0 != " " && $0 != ":" }
            let rest = text[name.endIndex...].drop { $0 == " " || $0 == ":" }
            for service in Self.services(in: rest)
            where !asked[String(name), default: []].contains(service) {
                asked[String(name), default: []].append(service)
            }
        }
    }

    /// The services in their order, each once: a second mention answers nothing new.
    ///
    /// What is not named is read from files; shadow follows passwd, and gshadow follows group.
    func services(of database: String) -> [String] {
        let elder = ["shadow": "passwd", "gshadow": "group"][database]
        return asked[database] ?? elder.flatMap { asked[$0] } ?? ["files"]
    }

    // Actions in brackets decide only when the next one is asked, so they are passed over; a bracket
    // needs no space around it.
    private static func services(in text: Substring) -> [String] {
        var bare = ""
        var isAction = false
        for character in text {
            if character == "[" { isAction = true }
            bare.append(isAction ? " " : character)
            if character == "]" { isAction = false }
        }
        return bare.split(separator: " ").map(String.init)
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
