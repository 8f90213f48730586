/// Reads YAML or JSON line by line, as far as passwords can stand in it.
///
/// It is no YAML parser: it looks for keys that speak of passwords, for `name:password` below
/// `chpasswd`, and for the `name` in the same element of a list.
struct ConfigurationScan {
    private(set) var candidates: [PasswordCandidate] = []
    /// The indentation of `chpasswd`, while the lines below it are read.
    private var chpasswd: Int?
    /// The indentation of the element, its name, and its first candidate.
    private var element: (indentation: Int, name: String?, first: Int)?
    private var isRandomList = false

    /// Takes the next line.
    mutating func take(_ line: String, _ number: Int) {
        var text = line.drop { $0 == " " || $0 == "\t" }
        var indentation = line.utf8.count - text.utf8.count
        guard let first = text.first, first != "#" else { return }
        if let chpasswd, indentation <= chpasswd, !text.hasPrefix("- ") { self.chpasswd = nil }
        if let element, indentation < element.indentation { self.element = nil }
        // The log of cloud-init prints what it drew, one account a line.
        if text.contains("random' passwords") { isRandomList = true }
        while text.hasPrefix("- ") {
            text = text.dropFirst(2).drop { $0 == " " }
            indentation += 2
            element = (indentation, nil, candidates.count)
        }
        if text.contains("{") || text.contains("[") {
            takeFlow(text, number)
            return
        }
        takePair(text, indentation, number)
    }

    private mutating func takePair(_ text: Substring, _ indentation: Int, _ number: Int) {
        guard let (key, value) = Self.pair(text) else {
            takeNamed(Self.plain(text), number)
            return
        }
        switch key.lowercased() {
        case "chpasswd": chpasswd = indentation
        case "name", "username", "user":
            guard element != nil, !value.isEmpty else { return }
            element?.name = value
            for index in candidates.indices.dropFirst(element?.first ?? 0)
            where candidates[index].account == nil { candidates[index].account = value }
        case let key where Self.isPassword(key):
            add(value, for: element?.name, Self.item(key), number)
        default:
            // `ubuntu: secret` below `chpasswd` is no pair of YAML to cloud-init, but to people.
            if chpasswd != nil { add(value, for: key, "chpasswd", number) }
        }
    }

    /// `name:password` without a space: a line of `chpasswd`, or of the log.
    private mutating func takeNamed(_ text: String, _ number: Int) {
        guard chpasswd != nil || isRandomList, let colon = text.firstIndex(of: ":") else {
            isRandomList = isRandomList && text.contains("random' passwords")
            return
        }
        let name = String(text[..<colon])
        add(String(text[text.index(after: colon)...]), for: name, "chpasswd", number)
    }

    // `- {name: ubuntu, plain_text_passwd: secret}`: the braces on one line make an element.
    private mutating func takeFlow(_ text: Substring, _ number: Int) {
        let parts = Self.parts(of: text)
        let isChpasswd = chpasswd != nil || text.contains("chpasswd")
        let pairs = parts.map { Self.pair($0[...]) }
        let name = pairs.lazy.compactMap { $0 }.first {
            ["name", "user"].contains($0.0.lowercased())
        }
        for (part, pair) in zip(parts, pairs) {
            if let (key, value) = pair, Self.isPassword(key) {
                add(value, for: name?.1 ?? element?.name, Self.item(key), number)
            } else if isChpasswd {
                let text = pair.map { $0.1 } ?? Self.plain(part[...])
                for line in text.replacing("\\n", with: "\n").split(separator: "\n") {
                    guard let colon = line.firstIndex(of: ":") else { continue }
                    add(
                        String(line[line.index(after: colon)...]), for: String(line[..<colon]),
                        "chpasswd", number)
                }
            }
        }
    }

    private mutating func add(_ value: String, for account: String?, _ item: String, _ line: Int) {
        // More than are tried: the table says so.
        guard candidates.count <= PasswordCandidate.limit,
            let candidate = PasswordCandidate(value, for: account, item, line: line)
        else {
            return
        }
        candidates.append(candidate)
    }

    private static func isPassword(_ key: String) -> Bool {
        let key = key.lowercased()
        return (key.contains("passw") || key == "pass" || key.hasSuffix("_pass"))
            && ![
                "lock_passwd", "lock-passwd", "ssh_pwauth", "chpasswd", "hashed_passwd",
                "hashed-passwd",
            ].contains(key)
    }

    // A key that is not understood may be a part of a password itself.
    private static func item(_ key: String) -> String {
        let known = [
            "plain_text_passwd", "passwd", "password", "pass", "user_password", "root_password",
            "ansible_password", "ansible_ssh_pass", "ansible_become_pass",
            "ansible_become_password", "ansible_sudo_pass",
        ]
        return known.first { $0 == key.lowercased() } ?? "another key"
    }

    /// The key and the plain value of `key: value`, or of `key=value` in an inventory.
    private static func pair(_ text: Substring) -> (String, String)? {
        for separator in [": ", ":\t", "="] {
            guard let range = text.firstRange(of: separator) else { continue }
            let key = plain(text[..<range.lowerBound])
            guard !key.isEmpty, !key.contains(" ") || separator == "=" else { continue }
            let last = key.split(separator: " ").last.map(String.init) ?? key
            return (last, plain(text[range.upperBound...]))
        }
        guard text.last == ":" else { return nil }
        return (plain(text.dropLast()), "")
    }

    /// A scalar without its quotes, the comma of JSON, or a comment.
    private static func plain(_ text: Substring) -> String {
        var text = text.drop { $0 == " " || $0 == "\t" }
        while let last = text.last, " \t\r,".contains(last) { text = text.dropLast() }
        if let quote = text.first, quote == "\"" || quote == "'" {
            let inner = text.dropFirst()
            guard let end = inner.firstIndex(of: quote) else { return String(inner) }
            return String(inner[..<end])
        }
        if let comment = text.firstRange(of: " #") { text = text[..<comment.lowerBound] }
        while text.last == " " { text = text.dropLast() }
        return String(text)
    }

    /// What stands between braces, brackets and commas, outside of quotes.
    private static func parts(of text: Substring) -> [String] {
        var parts: [String] = []
        var part = ""
        var quote: Character?
        for character in text {
            if let open = quote {
                if character == open { quote = nil }
                part.append(character)
            } else if "{}[],".contains(character) {
                parts.append(part)
                part = ""
            } else {
                if character == "\"" || character == "'" { quote = character }
                part.append(character)
            }
        }
        return (parts + [part]).filter { $0.contains { $0 != " " } }
    }
}
