import Facts

/// What in a text of the shell may run a program that changes the rules without naming it.
struct ShellSuspicions {
    /// Files of a directory, by a pattern of their names, of which one may be run.
    struct Choice: Hashable {
        var directory: HostPath
        var pattern: [UInt8]
    }

    private(set) var reasons: Set<Suspicion.Reason> = []
    private(set) var choices: Set<Choice> = []
    private var assigned: [String: [ShellWord]] = [:]
    private var files = ShellFiles(assigned: [:])
    private let text: String

    private static let shells: Set<String> = ["sh", "bash", "dash", "ash", "ksh", "zsh"]
    private static let interpreters = ["python", "perl", "ruby", "php", "node", "lua", "tclsh"]
    // Words before the program of a command.
    private static let before: Set<String> = [
        "if", "then", "else", "elif", "while", "until", "do", "!", "{", "-", "time", "exec",
        "command", "builtin", "sudo", "doas", "nohup", "env", "setsid", "nice", "ionice",
        "stdbuf", "timeout", "chronic", "xargs", "busybox", "export", "local", "readonly",
        "declare", "root",
    ]
    // What they print is a name that stands in the text, or tells where a file lies.
    private static let plain: Set<String> = [
        "which", "command", "type", "readlink", "realpath", "dirname", "basename", "pwd", "cd",
        "hostname", "true", "false", ":", "uname", "arch", "id", "echo", "ls", "date", "mktemp",
    ]
    // Programs whose arguments are commands.
    private static let runners: Set<String> = [
        "chroot", "flock", "ip", "nsenter", "unshare", "systemd-run", "setpriv", "su", "runuser",
        "find", "watch", "parallel", "script", "taskset", "chrt", "capsh", "systemd-cat",
        "start-stop-daemon", "strace",
    ]
    private static let readers: Set<String> = ["read", "mapfile", "readarray"]
    private static let talkers: Set<String> = ["echo", "printf", "logger"]
    private static let deepest = 8
    // The text itself.
    private static let itself: Set<String> = ["0", "BASH_SOURCE"]
    // Where `$x` may be any program of the system.
    private static let systemDirectories: Set<String> = [
        "/usr/sbin/", "/usr/bin/", "/sbin/", "/bin/",
    ]

    /// Reads a script, or a line that a shell runs.
    init(_ text: String) {
        self.init(text, depth: 0)
    }

    private init(_ text: String, depth: Int) {
        self.text = text
        var commands = ShellReader(text).commands
        // A quote in a text that the shell only passes on hides nothing behind its line.
        let lines = text.split(separator: "\n")
        if depth == 0, lines.count > 1 {
            for line in lines { commands += ShellReader(String(line)).commands }
        }
        for command in commands { assign(command) }
        files = ShellFiles(assigned: assigned)
        for command in commands { look(at: command, depth) }
        if files.runsWhatIsMade { reasons.insert(.runsComputedText) }
    }

    // What variables hold: of what is read nothing is known.
    private mutating func assign(_ command: ShellCommand) {
        for word in command.words {
            if let (name, value, _) = word.assignment { assigned[name, default: []].append(value) }
        }
        let names = command.words.map { $0.text ?? "" }
        if let index = names.firstIndex(where: Self.readers.contains) {
            for name in names[(index + 1)...] where !name.isEmpty {
                assigned[name, default: []].append(.hidden)
            }
        }
        guard let index = names.firstIndex(of: "for"), names.count > index + 3,
            names[index + 2] == "in"
        else { return }
        assigned[names[index + 1], default: []] += command.words[(index + 3)...]
    }

    private mutating func look(at command: ShellCommand, _ depth: Int) {
        let start = command.words.firstIndex { !Self.isBefore($0) }
        let runsOthers = start.map { Self.runners.contains(command.words[$0].text ?? "") } ?? false
        for (index, word) in command.words.enumerated() {
            look(at: word, isProgram: index == start || runsOthers)
        }
        if runsWhatItReads(command, start) { reasons.insert(.runsComputedText) }
        guard let start, !command.isPattern else {
            files.addWritten(by: "", [], command)
            return
        }
        let arguments = command.words[(start + 1)...]
        let program = command.words[start]
        // Without a stroke it is looked for where the system keeps its programs.
        if program.text?.contains("/") != false { files.addRun(program) }
        if runsOthers, let next = Self.program(of: arguments, of: program) { files.addRun(next) }
        let talks = Self.talkers.contains(program.text ?? "")
        for word in command.words {
            if talks { lookAtParts(of: word) } else { lookInside(word, depth) }
        }
        guard let text = program.text else {
            run(program)
            return
        }
        let name = String(text.split(separator: "/").last ?? "")
        files.addWritten(by: name, arguments, command)
        switch name {
        case "at", "batch":
            if command.readsOutput { reasons.insert(.runsComputedText) }
            for word in arguments where word.directory != nil { files.addRun(word) }
        case "eval", "{}": reasons.insert(.runsComputedText)
        case ".", "source":
            if command.readsOutput { reasons.insert(.runsComputedText) }
            if let file = arguments.first { source(file) }
        case "run-parts", "for":
            for word in arguments { choose(word) }
        case "awk", "gawk", "mawk", "original-awk":
            let text = arguments.map(\.withHoles).joined(separator: "\n")
            if RunCalls.run(whatIsNotWritten: Array(text.utf8)) || Self.printsToShell(text) {
                reasons.insert(.runsComputedText)
            }
        case "find" where Self.runsFound(arguments):
            for word in arguments { choose(word) }
        case let name where Self.shells.contains(name):
            interpret(arguments, command, isShell: true, depth)
        case let name where Self.interpreters.contains(where: name.hasPrefix):
            interpret(arguments, command, isShell: false, depth)
        default: break
        }
    }

    // The program that another one runs.
    private static func program(
        of arguments: ArraySlice<ShellWord>, of runner: ShellWord
    ) -> ShellWord? {
        let operands = arguments.filter { $0.text?.contains("/") == true }
        switch runner.text {
        case "systemd-run", "setpriv", "unshare", "nsenter", "watch", "taskset", "chrt", "strace":
            return operands.first
        case "flock": return operands.dropFirst().first
        case "start-stop-daemon":
            let index = arguments.firstIndex { word in
                ["-x", "--exec", "-a", "--startas"].contains(word.text)
            }
            return index.map { $0 + 1 }.flatMap { $0 < arguments.endIndex ? arguments[$0] : nil }
        default: return nil
        }
    }

    // `xargs env`, and `xargs -I% %`: the program is a word that is read.
    private func runsWhatItReads(_ command: ShellCommand, _ start: Int?) -> Bool {
        let words = command.words.map { $0.text ?? "" }
        guard let index = words.firstIndex(of: "xargs") else { return false }
        let rest = words[(index + 1)...]
        guard let start else { return rest.contains { Self.before.contains($0) } }
        var places = rest.filter { $0.hasPrefix("-I") }.map { String($0.dropFirst(2)) }
        if places.contains("") { places.append(words[start]) }
        let next = start + 1 < words.count ? words[start + 1] : ""
        return places.contains { $0 == words[start] && (rest.contains("-I" + $0) || $0 == next) }
    }

    // `print | "sh"` of awk(1).
    private static func printsToShell(_ text: String) -> Bool {
        text.split(separator: "|").dropFirst().contains { part in
            let word = part.drop { " &\"".contains($0) }.prefix { $0 != "\"" && $0 != " " }
            return shells.contains(String(word.split(separator: "/").last ?? ""))
        }
    }

    // `find … -exec {} \;` and `find … -exec sh {} \;`.
    private static func runsFound(_ arguments: ArraySlice<ShellWord>) -> Bool {
        let words = arguments.map { $0.text ?? "" }
        return zip(words, words.dropFirst()).contains { first, second in
            second == "{}"
                && (first.hasPrefix("-exec") || first.hasPrefix("-ok")
                    || shells.contains(String(first.split(separator: "/").last ?? "")))
        }
    }

    // What is quoted whole may be a command itself: `su -c '…'`, `RUN+="…"`.
    private mutating func lookInside(_ word: ShellWord, _ depth: Int) {
        guard depth < Self.deepest, word.characters.contains(" ") else { return }
        let value = word.assignment?.value ?? word
        let inner = ShellSuspicions(value.withHoles, depth: depth + 1)
        reasons.formUnion(inner.reasons)
        choices.formUnion(inner.choices)
    }

    // What is printed may be run elsewhere.
    private mutating func lookAtParts(of word: ShellWord) {
        for part in word.characters.split(separator: " ") where part.contains(nil) {
            let letters = part.count { $0?.isLetter == true }
            if letters > 1, FilterPrograms.mayBe(part) { reasons.insert(.composesName) }
        }
    }

    private static func isBefore(_ word: ShellWord) -> Bool {
        if word.assignment != nil || isTime(word) { return true }
        guard let text = word.text else { return false }
        return before.contains(text) || text.hasPrefix("-") || text.first?.isNumber == true
    }

    // The fields of crontab(5) before a command.
    private static func isTime(_ word: ShellWord) -> Bool {
        guard let text = word.text else {
            return word.variables.isEmpty && word.programs.isEmpty
                && word.characters.allSatisfy { $0.map("*/,-0123456789".contains) ?? true }
        }
        return text.hasPrefix("@")
            || text.split { "-,".contains($0) }.allSatisfy { days.contains($0.lowercased()) }
    }

    private static let days: Set<String> = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    // Parts of a name, and names whose letters are quoted apart.
    private mutating func look(at word: ShellWord, isProgram: Bool) {
        var value = word
        if let (_, right, isAdded) = word.assignment {
            value = right
            if isAdded { value.characters.insert(nil, at: 0) }
        }
        if let text = value.text {
            if FilterPrograms.contains(text.split(separator: "/").last ?? "") {
                reasons.insert(.namesProgram)
            }
        } else {
            let letters = value.name.count { $0?.isLetter == true }
            let fewest = isProgram ? 1 : (word.assignment == nil ? 3 : 2)
            if letters >= fewest, FilterPrograms.mayBe(value.name) {
                reasons.insert(.composesName)
            }
        }
        if value.hasNumbers { reasons.insert(.composesName) }
    }

    // A program whose name an expansion brings.
    private mutating func run(_ word: ShellWord) {
        if word.directory.map(Self.systemDirectories.contains) == true, word.isHidden {
            reasons.insert(.composesName)
            return
        }
        choose(word)
        guard word.isHidden else { return }
        for value in [word] + word.variables.flatMap({ assigned[$0, default: []] }) {
            if value.isHidden, value.name.count > 1 { reasons.insert(.composesName) }
            if !Self.plain.isSuperset(of: value.programs) { reasons.insert(.runsComputedText) }
        }
    }

    private mutating func source(_ word: ShellWord) {
        choose(word)
        files.addRun(word)
        guard word.isHidden, word.directory == nil, !Self.itself.isSuperset(of: word.variables)
        else { return }
        let values = word.variables.flatMap { assigned[$0, default: []] }
        if values.isEmpty || values.contains(where: \.isHidden) {
            reasons.insert(.runsComputedText)
        }
    }

    // `/etc/hooks/*`, `/etc/settings/$x`, and a directory that is named whole.
    private mutating func choose(_ word: ShellWord) {
        guard let directory = word.directory else { return }
        let pattern = word.name.flatMap { character -> [UInt8] in
            character.map { Array(String($0).utf8) } ?? [UInt8(ascii: "*")]
        }
        choices.insert(Choice(directory: HostPath(directory), pattern: pattern))
        if let text = word.text {
            choices.insert(
                Choice(directory: HostPath(text), pattern: [UInt8(ascii: "*")]))
        }
    }

    // What is run is what comes in.
    private mutating func read(_ command: ShellCommand, isShell: Bool) {
        if command.readsOutput { reasons.insert(.runsComputedText) }
        command.inputs.forEach { source($0) }
        if command.readsHere, !isShell {
            reasons.formUnion(InterpreterText(Array(text.utf8)).reasons)
        }
    }

    private mutating func interpret(
        _ arguments: ArraySlice<ShellWord>, _ command: ShellCommand, isShell: Bool, _ depth: Int
    ) {
        let isOption: (ShellWord) -> Bool = { $0.characters.first == "-" }
        let flags = arguments.prefix(while: isOption)
        let rest = arguments.dropFirst(flags.count)
        let takesText = flags.contains { flag in
            flag.text.map { !$0.hasPrefix("--") && $0.contains { "cer".contains($0) } } ?? false
        }
        guard takesText, let word = rest.first else {
            if rest.isEmpty {
                read(command, isShell: isShell)
            } else {
                source(rest[rest.startIndex])
            }
            return
        }
        guard word.characters.contains(where: { $0 != nil }) else {
            reasons.insert(.runsComputedText)
            return
        }
        guard isShell, depth < Self.deepest else {
            reasons.formUnion(InterpreterText(Array(word.withHoles.utf8)).reasons)
            return
        }
        let inner = ShellSuspicions(word.withHoles, depth: depth + 1)
        reasons.formUnion(inner.reasons)
        choices.formUnion(inner.choices)
    }
}
