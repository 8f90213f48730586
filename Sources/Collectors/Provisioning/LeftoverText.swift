/// The texts that installers, provisioning and people leave, searched for passwords line by line.
///
/// It takes too much rather than too little: what matches no stored password does no harm.
struct LeftoverText: Sendable {
    /// What the file is.
    enum Kind: Sendable {
        /// YAML or JSON of cloud-init, of an installer, or of Ansible; with MIME parts around it or not.
        case configuration
        /// Commands: a script, or the history of a shell.
        case commands
        /// An answer file of Anaconda; see the Kickstart reference.
        case kickstart
        /// An answer file of the Debian installer, or a database of debconf(7).
        case preseed
        /// Names and passwords in turns, as vsftpd's db_load takes them.
        case pairs
    }

    private(set) var candidates: [PasswordCandidate] = []

    /// Searches a text of one kind.
    init(_ lines: [String], _ kind: Kind) {
        switch kind {
        case .configuration:
            var configuration = ConfigurationScan()
            for (index, line) in lines.enumerated() { configuration.take(line, index + 1) }
            candidates = configuration.candidates + Self.commands(lines) + Self.encoded(in: lines)
        case .commands: candidates = Self.commands(lines)
        case .kickstart: candidates = Self.kickstart(lines) + Self.commands(lines)
        case .preseed: candidates = Self.preseed(lines) + Self.commands(lines)
        case .pairs: candidates = Self.pairs(lines)
        }
    }

    // The line of an encoded text is the one that it begins at.
    private static func encoded(in lines: [String]) -> [PasswordCandidate] {
        EncodedParts(in: lines).parts.flatMap { part in
            LeftoverText(part.lines, .configuration).candidates.map { candidate in
                var candidate = candidate
                candidate.line = part.firstLine
                return candidate
            }
        }
    }

    private static func commands(_ lines: [String]) -> [PasswordCandidate] {
        var commands = CommandScan()
        for (index, line) in lines.enumerated() { commands.take(line, index + 1) }
        return commands.candidates
    }

    /// `rootpw PASSWORD`, `user --name=NAME --password=PASSWORD`; hashes are no candidates by their form.
    private static func kickstart(_ lines: [String]) -> [PasswordCandidate] {
        lines.enumerated().flatMap { index, line -> [PasswordCandidate?] in
            let words = CommandScan.words(of: line)
            switch words.first {
            case "rootpw":
                return words.dropFirst().filter { !$0.hasPrefix("--") }.map {
                    PasswordCandidate($0, for: "root", "rootpw", line: index + 1)
                }
            case "user", "sshpw":
                let name = Self.option("--name", in: words) ?? Self.option("--username", in: words)
                return [
                    Self.option("--password", in: words).flatMap {
                        PasswordCandidate($0, for: name, "--password", line: index + 1)
                    },
                    words[0] == "sshpw"
                        ? words.last.flatMap {
                            PasswordCandidate($0, for: name, "sshpw", line: index + 1)
                        } : nil,
                ]
            default: return []
            }
        }.compactMap(\.self)
    }

    /// The value of `--option=value` or `--option value`.
    static func option(_ name: String, in words: [String]) -> String? {
        for (index, word) in words.enumerated() {
            if word.hasPrefix(name + "=") { return String(word.dropFirst(name.utf8.count + 1)) }
            if word == name { return words.dropFirst(index + 1).first }
        }
        return nil
    }

    /// `d-i passwd/root-password password VALUE`, and `Name:` and `Value:` of debconf's database.
    private static func preseed(_ lines: [String]) -> [PasswordCandidate] {
        var candidates: [PasswordCandidate?] = []
        var question = ""
        for (index, line) in lines.enumerated() {
            let words = line.split(separator: " ", maxSplits: 3).map(String.init)
            if words.count == 4, words[2] == "password" {
                let account = words[1].hasPrefix("passwd/root") ? "root" : nil
                candidates.append(
                    PasswordCandidate(words[3], for: account, item(words[1]), line: index + 1))
            } else if line.hasPrefix("Name: ") {
                question = String(line.dropFirst("Name: ".count))
            } else if line.hasPrefix("Value: "), question.lowercased().contains("passw") {
                candidates.append(
                    PasswordCandidate(
                        String(line.dropFirst("Value: ".count)), for: nil, item(question),
                        line: index + 1))
            }
        }
        return candidates.compactMap(\.self)
    }

    // Only the questions of the installer are named.
    private static func item(_ question: String) -> String {
        let known = ["passwd/root-password", "passwd/user-password"]
        return known.first(where: question.hasPrefix) ?? "another question"
    }

    private static func pairs(_ lines: [String]) -> [PasswordCandidate] {
        lines.indices.dropFirst().compactMap { index in
            index.isMultiple(of: 2)
                ? nil
                : PasswordCandidate(
                    lines[index], for: lines[index - 1], "second line of a pair", line: index + 1)
        }
    }
}
