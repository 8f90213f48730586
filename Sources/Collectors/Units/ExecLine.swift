/// A command of a unit's Exec setting; see systemd.service(5), "Command Lines".
struct ExecLine: Sendable, Hashable {
    /// The program and its arguments.
    var words: [String]
    /// Its failure does not count (`-`).
    var mayFail: Bool
    /// It has variables or specifiers, or quotes that do not end: the words are not what is run.
    var isOpen: Bool

    /// Nil of a line without a program.
    init?(_ text: String) {
        let prefixes = text.prefix { "@-:+!|".contains($0) }
        mayFail = prefixes.contains("-")
        let (words, isWhole) = Self.split(String(text.dropFirst(prefixes.count)))
        guard !words.isEmpty else { return nil }
        // With `@` the second word is the name that the program sees.
        self.words = prefixes.contains("@") && words.count > 1 ? [words[0]] + words[2...] : words
        isOpen = !isWhole || text.contains("$") || text.contains("%") || text.contains("\\")
    }

    /// The name of the program without its directory.
    var program: String { String(words[0].split(separator: "/").last ?? "") }

    private static func split(_ text: String) -> ([String], isWhole: Bool) {
        var words: [String] = []
        var word: String?
        var quote: Character?
        for character in text {
            if let open = quote {
                if character == open { quote = nil } else { word?.append(character) }
            } else if character == " " || character == "\t" {
                if let whole = word { words.append(whole) }
                word = nil
            } else if character == "\"" || character == "'", word == nil {
                quote = character
                word = ""
            } else {
                word = (word ?? "") + String(character)
            }
        }
        if let whole = word { words.append(whole) }
        return (words, quote == nil)
    }
}
