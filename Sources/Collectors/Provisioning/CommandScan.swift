/// Reads commands of a shell line by line, as far as they carry passwords.
struct CommandScan {
    private(set) var candidates: [PasswordCandidate] = []
    /// The word that ends the document that chpasswd(8) reads.
    private var documentEnd: String?

    /// Takes the next line.
    mutating func take(_ line: String, _ number: Int) {
        if let end = documentEnd {
            let text = line.drop { $0 == " " || $0 == "\t" }
            if text == end { documentEnd = nil } else { takeNamed(String(text), number) }
            return
        }
        guard line.utf8.count <= 4096, Self.isOfInterest(line) else { return }
        let words = Self.words(of: line)
        // `sh -c "echo root:secret | chpasswd"`: the quotes hold a command.
        for word in words where word.contains(" ") && word.utf8.count < line.utf8.count {
            take(word, number)
        }
        let programs = words.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
        if programs.contains("chpasswd") {
            takeDocument(words)
            for word in words { takeNamed(word, number) }
        }
        if programs.contains("passwd") {
            let account = words.last { !$0.hasPrefix("-") && !$0.contains("|") && $0 != "passwd" }
            for word in words { takeLines(of: word, for: account, "passwd", number) }
        }
        if let program = ["sshpass", "mysql", "mariadb", "mysqldump", "mysqladmin"].first(
            where: programs.contains)
        {
            for (index, word) in words.enumerated() where word.hasPrefix("-p") {
                let value =
                    word == "-p" ? words.dropFirst(index + 1).first : String(word.dropFirst(2))
                add(value ?? "", for: nil, program, number)
            }
        }
        for word in words { takeAssignment(word, number) }
        if let value = LeftoverText.option("--password", in: words) {
            add(value, for: nil, "--password", number)
        }
    }

    private static func isOfInterest(_ line: String) -> Bool {
        let line = line.lowercased()
        return ["pass", "pwd", "mysql", "mariadb"].contains { line.contains($0) }
    }

    // `chpasswd <<EOF`, and `<<-`; `<<<` gives its word at once.
    private mutating func takeDocument(_ words: [String]) {
        for (index, word) in words.enumerated() where word.hasPrefix("<<") && word != "<<<" {
            let rest = word.dropFirst(2).drop { $0 == "-" }
            documentEnd = rest.isEmpty ? words.dropFirst(index + 1).first : String(rest)
        }
    }

    private mutating func takeNamed(_ text: String, _ number: Int) {
        for line in text.replacing("\\n", with: "\n").split(separator: "\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            add(
                String(line[line.index(after: colon)...]), for: String(line[..<colon]), "chpasswd",
                number)
        }
    }

    private mutating func takeLines(
        of text: String, for account: String?, _ item: String, _ number: Int
    ) {
        guard text != account, !["echo", "printf", "passwd", "|", "sudo"].contains(text),
            !text.hasPrefix("-")
        else { return }
        for line in text.replacing("\\n", with: "\n").split(separator: "\n") {
            add(String(line), for: account, item, number)
        }
    }

    // `ROOT_PASSWORD=secret`, with `export` before it or not.
    private mutating func takeAssignment(_ word: String, _ number: Int) {
        guard let equals = word.firstIndex(of: "="), equals != word.startIndex else { return }
        let name = word[..<equals]
        guard name.lowercased().contains("pass"), !name.hasPrefix("-"),
            name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" })
        else { return }
        add(String(word[word.index(after: equals)...]), for: nil, "a variable", number)
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

    /// The words of a command, without their quotes; a pipe is a word.
    static func words(of line: String) -> [String] {
        var words: [String] = []
        var word = ""
        var quote: Character?
        for character in line {
            if let closing = quote {
                guard character == closing else {
                    word.append(character)
                    continue
                }
                quote = nil
                // A quoted command ends here, whatever bracket of a list follows it.
                if word.contains(" ") {
                    words.append(word)
                    word = ""
                }
            } else if character == "\"" || character == "'" {
                quote = character
            } else if " \t;&|".contains(character) {
                if !word.isEmpty { words.append(word) }
                word = ""
                if character == "|" { words.append("|") }
            } else {
                word.append(character)
            }
        }
        return word.isEmpty ? words : words + [word]
    }
}
