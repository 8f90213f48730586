import Facts
import Linux

/// Whether a command, or a script that it leads to, names a program that changes the rules.
///
/// Words that are paths are followed: scripts run scripts, read settings and source functions;
/// those of packages are not followed further. Machine code says nothing, and is known by its name alone.
final class CommandSearch<View: HostView> {
    /// What a text says.
    private struct Text {
        var changesRules = false
        var changesForwarding = false
        /// Paths, or ends of paths, that stand in it.
        var paths: Set<HostPath> = []
        /// Words with a stroke that begin elsewhere than at the root.
        var ends: Set<String> = []
    }

    private let host: View
    // Units that load rules: who stops them takes the rules away.
    private let loaders: Set<String>
    private let ownPrograms: [String: HostPath]
    private var texts: [HostPath: Text] = [:]
    /// Directories of programs of the administrator that could not be seen.
    let errors: [HostError]

    private static var largestScript: Int { 1 << 20 }
    private static var largestCount: Int { 512 }
    private static var stoppers: [String] { ["systemctl", "service", "invoke-rc.d"] }
    // What is written there is no program's.
    private static var apart: [String] {
        ["/proc/", "/sys/", "/dev/", "/run/", "/var/run/", "/var/log/", "/var/cache/"]
    }
    // Names of programs without a directory are looked for where the administrator puts them.
    private static var ownDirectories: [HostPath] { ["/usr/local/sbin", "/usr/local/bin"] }

    /// A search for what changes the rules, or stops one of these units.
    init(host: View, loaders: Set<String>) {
        self.host = host
        self.loaders = loaders.union(loaders.compactMap { UnitName($0)?.stem })
        var programs: [String: HostPath] = [:]
        var errors: [HostError] = []
        for directory in Self.ownDirectories {
            do throws(HostError) {
                for entry in try host.list(directory) where entry.kind != .directory {
                    programs[entry.name.description] = directory.appending(entry.name)
                }
            } catch {
                if error.code != .notFound { errors.append(error) }
            }
        }
        ownPrograms = programs
        self.errors = errors
    }

    /// Whether a text, or what it leads to, names such a program, or cannot be seen.
    func mayChangeRules(_ text: some Sequence<UInt8>) -> Bool {
        reaches(Array(text)) { $0.changesRules }
    }

    /// Whether a text, or what it leads to, names settings of forwarding.
    func mayChangeForwarding(_ text: some Sequence<UInt8>) -> Bool {
        reaches(Array(text)) { $0.changesForwarding }
    }

    private func reaches(_ bytes: [UInt8], _ isSuch: (Text) -> Bool) -> Bool {
        let first = read(bytes)
        var waiting = [first]
        var seen: Set<HostPath> = []
        while let text = waiting.popLast() {
            if isSuch(text) { return true }
            guard seen.count < Self.largestCount else { return true }
            for path in text.paths where seen.insert(path).inserted { waiting.append(at(path)) }
            for path in paths(ending: text) where seen.insert(path).inserted {
                waiting.append(at(path))
            }
        }
        return false
    }

    // `cd /opt/x && ./y` and `$DIRECTORY/y`: the directory is one of those that the text names.
    private func paths(ending text: Text) -> [HostPath] {
        guard !text.ends.isEmpty else { return [] }
        let directories = text.paths.filter { kind(of: $0) == .directory }.sorted().prefix(16)
        return directories.flatMap { directory in
            text.ends.sorted().prefix(64).flatMap { end -> [HostPath] in
                let rest = end.split(separator: "/").dropFirst().joined(separator: "/")
                return [end, rest].filter { !$0.isEmpty }.map { directory.appending(HostPath($0)) }
            }
        }
    }

    private func at(_ path: HostPath) -> Text {
        if let known = texts[path] { return known }
        texts[path] = Text()
        let text = readFile(path)
        texts[path] = text
        return text
    }

    private func readFile(_ path: HostPath) -> Text {
        guard !Self.apart.contains(where: { path.hasPrefix($0) }) else { return Text() }
        do throws(HostError) {
            let bytes = try host.read(path, limit: Self.largestScript)
            // Machine code; no script has a zero in it.
            if bytes.prefix(512).contains(0) { return Text() }
            var text = read(bytes)
            if Self.isRules(bytes) { text.changesRules = true }
            // What packages bring is known by the names in it: where it leads is the package's.
            if Self.isPackaged(path) { (text.paths, text.ends) = ([], []) }
            return text
        } catch {
            switch error.code {
            case .notFound, .notRegular, .tooLarge: return Text()
            default: return Text(changesRules: true)
            }
        }
    }

    private static func isPackaged(_ path: HostPath) -> Bool {
        let places = ["/usr/", "/bin/", "/sbin/", "/lib/"]
        return places.contains { path.hasPrefix($0) } && !path.hasPrefix("/usr/local/")
    }

    private func kind(of path: HostPath) -> FileKind? {
        guard let target = try? host.resolve(path) else { return nil }
        return try? host.status(of: target).kind
    }

    private func read(_ bytes: [UInt8]) -> Text {
        var text = Text()
        text.changesRules = FilterPrograms.areNamed(in: bytes)
        text.changesForwarding = ForwardingNames.areNamed(in: bytes)
        let mayStop = Self.stoppers.contains { ByteSearch.contains(Array($0.utf8), in: bytes) }
        for line in bytes.split(separator: 0x0A) {
            let plain = line.drop { $0 == 0x20 || $0 == 0x09 }
            if plain.first == UInt8(ascii: "#") { continue }
            if mayStop, isStop(plain) { text.changesRules = true }
            // `cd` or a variable says where a path begins.
            let isOpen =
                plain.contains(UInt8(ascii: "$")) || plain.starts(with: "cd ".utf8)
                || ByteSearch.contains(Array(" cd ".utf8), in: Array(plain))
            for word in plain.split(whereSeparator: { !Self.isOfPath($0) })
            where !ownPrograms.isEmpty || word.contains(0x2F) {
                take(String(decoding: word, as: UTF8.self), isOpen: isOpen, &text)
            }
        }
        return text
    }

    private func isStop(_ line: ArraySlice<UInt8>) -> Bool {
        let words = Set(
            line.split { !Self.isOfPath($0) }.map { word in
                String(decoding: word.split(separator: 0x2F).last ?? [], as: UTF8.self)
            })
        return !words.isDisjoint(with: Self.stoppers)
            && !words.isDisjoint(with: ["stop", "disable", "mask", "kill", "isolate"])
            && (words.contains("isolate") || !words.isDisjoint(with: loaders))
    }

    private func take(_ word: String, isOpen: Bool, _ text: inout Text) {
        if word.hasPrefix("/") { text.paths.insert(HostPath(word)) }
        if word.contains("/") {
            // Behind a variable the stroke is no root.
            if isOpen || !word.hasPrefix("/") { text.ends.insert(word) }
        } else if let path = ownPrograms[word] {
            text.paths.insert(path)
        }
    }

    // A file that begins with `#!/usr/sbin/nft -f` is rules.
    private static func isRules(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: "#!".utf8)
            && bytes.prefix { $0 != 0x0A }.split { $0 == 0x2F || $0 == 0x20 }.contains {
                $0.elementsEqual("nft".utf8)
            }
    }

    private static func isOfPath(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."),
            UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "@"),
            UInt8(ascii: "~"), UInt8(ascii: ","):
            true
        default: byte >= 0x80
        }
    }
}

/// Settings of the kernel that decide whether packets are forwarded, or taken at all.
enum ForwardingNames {
    private static let names = [
        "ip_forward", "/forwarding", ".forwarding", "disable_ipv6", "route_localnet",
    ]

    /// Whether a text names one of them outside of comments.
    static func areNamed(in text: [UInt8]) -> Bool {
        let found = names.filter { ByteSearch.contains(Array($0.utf8), in: text) }
        guard !found.isEmpty else { return false }
        let lines = text.split(separator: 0x0A).filter { line in
            line.drop { $0 == 0x20 || $0 == 0x09 }.first != UInt8(ascii: "#")
        }
        return lines.contains { line in
            found.contains { ByteSearch.contains(Array($0.utf8), in: Array(line)) }
        }
    }
}
