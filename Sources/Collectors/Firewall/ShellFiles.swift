/// Which files a text of the shell runs, and which it writes: what it does both with only exists
/// when it runs, and so does what lies where nothing outlives a boot.
struct ShellFiles {
    private let assigned: [String: [ShellWord]]
    private var run: Set<String> = []
    private var written: Set<String> = []
    // Names that a file gets from where it is fetched.
    private var fetched: Set<String> = []

    /// Where only programs that run write, and what is not there when the host starts.
    static let passing = [
        "/tmp/", "/var/tmp/", "/run/", "/var/run/", "/dev/shm/", "/dev/fd/", "/dev/stdin", "/proc/",
        "/sys/", "/var/log/", "/var/cache/", "/var/lib/dpkg/", "/var/lib/apt/",
    ]
    // The last of their words is where to.
    private static let copiers: Set<String> = ["cp", "mv", "ln", "install", "rsync", "scp"]
    private static let fetchers: Set<String> = ["curl", "wget", "aria2c"]
    private static let writers: Set<String> = [
        "tee", "dd", "base64", "openssl", "gpg", "gpgv", "unzip", "tar", "patch", "gunzip", "unxz",
        "xz", "uudecode", "aws", "gsutil", "rclone", "sftp", "sponge",
    ]
    private static let deepest = 4

    /// Nothing yet, in a text that sets these variables.
    init(assigned: [String: [ShellWord]]) {
        self.assigned = assigned
    }

    /// It runs what only exists when it runs.
    var runsWhatIsMade: Bool {
        run.contains { name in
            let isPassing = !name.hasSuffix("/") && Self.passing.contains(where: name.hasPrefix)
            return isPassing || written.contains(name)
                || fetched.contains(String(name.split(separator: "/").last ?? ""))
        }
    }

    /// Adds a program, or a text that a program is given to run.
    mutating func addRun(_ word: ShellWord) {
        // A directory is none, and no name that is wholly hidden is another's.
        guard !word.name.isEmpty, word.characters != [nil] || !word.variables.isEmpty else {
            return
        }
        run.insert(name(of: word))
    }

    /// Adds what a command writes.
    mutating func addWritten(
        by program: String, _ arguments: ArraySlice<ShellWord>, _ command: ShellCommand
    ) {
        written.formUnion(command.outputs.map(name))
        let operands = arguments.filter { $0.characters.first != "-" }
        if Self.copiers.contains(program), let last = operands.last {
            let place = name(of: last)
            written.insert(place)
            // Where it is a directory, the files keep their names.
            for source in operands.dropLast() {
                let end = name(of: source).split(separator: "/").last ?? ""
                written.insert(place.hasSuffix("/") ? place + end : "\(place)/\(end)")
            }
        }
        let edits = program == "sed" && arguments.contains { $0.text?.hasPrefix("-i") == true }
        if Self.writers.contains(program) || Self.fetchers.contains(program) || edits {
            for word in arguments {
                // `of=FILE` and `--output=FILE`.
                written.formUnion([name(of: word), name(of: word.assignment?.value ?? word)])
                if let end = word.text?.split(separator: "=").last { written.insert(String(end)) }
            }
        }
        guard Self.fetchers.contains(program) else { return }
        for word in operands where word.text?.contains("://") == true {
            if let end = word.text?.split(separator: "/").last { fetched.insert(String(end)) }
        }
    }

    // The text of a word, with what its variables hold where that is one plain value.
    private func name(of word: ShellWord) -> String { name(of: word, depth: 0) }

    private func name(of word: ShellWord, depth: Int) -> String {
        if let text = word.text { return text }
        guard word.characters.count(where: { $0 == nil }) == word.variables.count,
            depth < Self.deepest
        else { return word.characters.map { $0.map(String.init) ?? "*" }.joined() }
        var variables = word.variables[...]
        return word.characters.map { character in
            if let character { return String(character) }
            let variable = variables.popFirst() ?? ""
            let values = assigned[variable, default: []]
            let isPlain = Set(values).count == 1 && values[0].programs.isEmpty
            return isPlain ? name(of: values[0], depth: depth + 1) : "${\(variable)}"
        }.joined()
    }
}
