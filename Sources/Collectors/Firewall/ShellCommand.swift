/// A word of the shell, without its quotes.
struct ShellWord: Hashable {
    /// Its characters; nil stands for what an expansion or a pattern of names brings.
    var characters: [Character?] = []
    /// The variables that are expanded in it, in their order.
    var variables: [String] = []
    /// The programs whose output stands in it; empty for one whose name is not known.
    var programs: [String] = []
    /// It has characters that are written as numbers.
    var hasNumbers = false

    /// A word of which nothing is known.
    static let hidden = ShellWord(characters: [nil], programs: [""])

    /// The text of a word in which nothing is expanded.
    var text: String? {
        let plain = characters.compactMap(\.self)
        return plain.count == characters.count ? String(plain) : nil
    }

    /// Its text with an expansion of nothing known where one stands.
    var withHoles: String { characters.map { $0.map(String.init) ?? "${_}" }.joined() }

    /// It says nothing about the name of the program that it may be.
    var isHidden: Bool { !name.isEmpty && name.allSatisfy { $0 == nil } }

    /// The directory before the last stroke, where it is plain and begins at the root.
    var directory: String? {
        guard let stroke = characters.lastIndex(of: "/"), characters.first == "/" else {
            return nil
        }
        let plain = characters[...stroke].compactMap(\.self)
        return plain.count == stroke + 1 ? String(plain) : nil
    }

    /// What follows the last stroke.
    var name: ArraySlice<Character?> {
        characters[(characters.lastIndex(of: "/").map { $0 + 1 } ?? characters.startIndex)...]
    }

    /// The variable that is set by the word, and what it is set to.
    var assignment: (name: String, value: ShellWord, isAdded: Bool)? {
        guard let equals = characters.firstIndex(of: "=") else { return nil }
        var name = characters[..<equals].compactMap(\.self)
        guard name.count == equals, let first = name.first, first == "_" || first.isLetter
        else { return nil }
        let isAdded = name.last == "+"
        if isAdded { name.removeLast() }
        guard name.allSatisfy({ $0 == "_" || $0.isLetter || $0.isNumber }) else { return nil }
        var value = self
        value.characters = Array(characters[(equals + 1)...])
        return (String(name), value, isAdded)
    }
}

/// One command of the shell.
struct ShellCommand: Hashable {
    var words: [ShellWord] = []
    /// The files that it reads in the place of what is typed.
    var inputs: [ShellWord] = []
    /// The files that take what it prints.
    var outputs: [ShellWord] = []
    /// It reads what another command prints, or a text that is made for it.
    var readsOutput = false
    /// It reads the lines that follow in the text itself.
    var readsHere = false
    /// It is no command, but what a word is held against; see `case`.
    var isPattern = false
}

/// Reads text as the shell would, as far as that can be done without running it; see sh(1p).
struct ShellReader {
    private(set) var commands: [ShellCommand] = []
    private let text: [Character]
    private var index = 0
    private var command = ShellCommand()
    private var word: ShellWord?
    private var redirection: Redirection?
    private var openCount = 0
    private let depth: Int

    // What the word behind `<` or `>` is; it is no word of the command.
    private enum Redirection {
        case input, output, other
    }

    private static let deepest = 8

    /// Reads all commands of a text, those inside of substitutions too.
    init(_ text: String) {
        self.init(Array(text.replacing("\\\n", with: "")), depth: 0)
    }

    private init(_ text: [Character], depth: Int) {
        self.text = text
        self.depth = depth
        while index < text.count { step() }
        endCommand()
    }

    private mutating func step() {
        let character = text[index]
        index += 1
        switch character {
        case " ", "\t", "\r": endWord()
        case "\n", ";", "&": endCommand()
        case "|":
            let isOr = peek() == "|"
            if isOr { index += 1 }
            endCommand()
            command.readsOutput = !isOr
        case "(":
            endCommand()
            openCount += 1
        case ")":
            // Without one that opens it ends a pattern of `case`.
            if openCount == 0 { command.isPattern = true }
            openCount = max(openCount - 1, 0)
            endCommand()
        case "<", ">": redirect(character)
        case "#" where word == nil: skipLine()
        case "'": while let next = take(), next != "'" { add(next) }
        case "\"": readQuoted()
        case "\\": if let next = take() { add(next) }
        case "$": expand()
        case "`": substitute(upTo: "`")
        case "[" where word == nil && [" ", "["].contains(peek()): add(character)
        case "*", "?", "[": add(nil)
        case "{": brace()
        default: add(character)
        }
    }

    private func peek() -> Character? { index < text.count ? text[index] : nil }

    private mutating func take() -> Character? {
        guard index < text.count else { return nil }
        index += 1
        return text[index - 1]
    }

    private mutating func add(_ character: Character?) {
        word = word ?? ShellWord()
        word?.characters.append(character)
    }

    private mutating func endWord() {
        guard let whole = word else { return }
        word = nil
        switch redirection {
        case nil: command.words.append(whole)
        case .input: command.inputs.append(whole)
        case .output: command.outputs.append(whole)
        case .other: break
        }
        redirection = nil
    }

    private mutating func endCommand() {
        endWord()
        if !command.words.isEmpty || !command.outputs.isEmpty { commands.append(command) }
        command = ShellCommand()
        redirection = nil
    }

    private mutating func skipLine() {
        while let next = peek(), next != "\n" { index += 1 }
    }

    private mutating func redirect(_ sign: Character) {
        if let number = word?.text, number.allSatisfy(\.isNumber) { word = nil }
        endWord()
        if peek() == "(" {
            // What the command inside prints is a file to this one.
            index += 1
            inside(parenthesised())
            command.readsOutput = true
            return
        }
        redirection = sign == "<" ? .input : .output
        while let next = peek(), "<>&|-".contains(next) {
            index += 1
            if next == "&" { redirection = .other }
            guard sign == "<", next == "<" else { continue }
            redirection = .other
            if peek() == "<" { command.readsOutput = true } else { command.readsHere = true }
        }
    }

    private mutating func readQuoted() {
        word = word ?? ShellWord()
        while let next = take(), next != "\"" {
            switch next {
            case "\\": if let escaped = take() { add(escaped) }
            case "$": expand()
            case "`": substitute(upTo: "`")
            default: add(next)
            }
        }
    }

    private mutating func expand() {
        switch peek() {
        case "(":
            index += 1
            let inner = parenthesised()
            add(nil)
            inside(inner, isOutput: inner.first != "(")
        case "{":
            index += 1
            let name = upTo("}").drop { "!#".contains($0) }
                .prefix { $0 == "_" || $0.isLetter || $0.isNumber }
            add(nil)
            word?.variables.append(String(name))
        case "'":
            index += 1
            var isEscaped = false
            while let next = take(), next != "'" || isEscaped {
                if next == "\\" { word?.hasNumbers = true }
                isEscaped = next == "\\" && !isEscaped
                add(next)
                if isEscaped { word?.hasNumbers = true }
            }
        case let next? where next == "_" || next.isLetter:
            var name = ""
            while let next = peek(), next == "_" || next.isLetter || next.isNumber {
                name.append(next)
                index += 1
            }
            add(nil)
            word?.variables.append(name)
        case let next? where next.isNumber || "@*#?$!-".contains(next):
            index += 1
            add(nil)
            word?.variables.append(String(next))
        default: add("$")
        }
    }

    private mutating func substitute(upTo end: Character) {
        let inner = upTo(end)
        add(nil)
        inside(inner, isOutput: true)
    }

    // `{ip,ip6}tables`; alone it begins a group.
    private mutating func brace() {
        let rest = text[index...].prefix { !" \t\n;".contains($0) }
        guard let end = rest.firstIndex(of: "}"), rest[..<end].contains(",") else {
            if word == nil, rest.isEmpty { endCommand() } else { add("{") }
            return
        }
        index = end + 1
        add(nil)
    }

    private mutating func upTo(_ end: Character) -> [Character] {
        var inner: [Character] = []
        while let next = take(), next != end { inner.append(next) }
        return inner
    }

    // Until the parenthesis that closes the one before.
    private mutating func parenthesised() -> [Character] {
        var open = 1
        var inner: [Character] = []
        while let next = take() {
            if next == "(" { open += 1 }
            if next == ")" { open -= 1 }
            if open == 0 { break }
            inner.append(next)
        }
        return inner
    }

    private mutating func inside(_ inner: [Character], isOutput: Bool = false) {
        guard depth < Self.deepest else {
            if isOutput { word?.programs.append("") }
            return
        }
        let found = ShellReader(inner, depth: depth + 1).commands
        commands += found
        if isOutput { word?.programs += found.map { $0.words.first?.text ?? "" } }
    }
}
