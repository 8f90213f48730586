import Linux

/// Calls by which programs of interpreters have a shell run a command.
enum RunCalls {
    private static let shells = [
        "system(", "popen(", "getoutput(", "getstatusoutput(", "shell_exec(", "passthru(",
        "execSync(", "os.execute(",
    ].map { Array($0.utf8) }
    // Where perl and ruby leave the parentheses out.
    private static let bare = ["system $", "exec $", "system @", "exec @"].map { Array($0.utf8) }
    private static let withShell = Array("shell=True".utf8)
    private static let started = ["run(", "call(", "check_call(", "check_output(", "Popen("]
        .map { Array($0.utf8) }
    private static let definitions = ["def ", "function ", "sub "].map { Array($0.utf8) }
    // A call with its arguments is rarely longer.
    private static let longest = 512

    /// Whether a command is not written in the text: the call is given something else than quotes.
    static func run(whatIsNotWritten bytes: [UInt8]) -> Bool {
        let calls = shells.filter { ByteSearch.contains($0, in: bytes) }
        if calls.contains(where: { call in
            ends(of: call, in: bytes).contains { isOpen(bytes[$0...]) }
        }) {
            return true
        }
        if bare.contains(where: { ByteSearch.contains($0, in: bytes) }) { return true }
        guard ByteSearch.contains(withShell, in: bytes) else { return false }
        return ends(of: withShell, in: bytes).contains { end in
            let before = Array(bytes[max(0, end - longest)..<end])
            let starts = started.flatMap { ends(of: $0, in: before) }
            return starts.max().map { isOpen(before[$0...]) } ?? true
        }
    }

    // Neither a text in quotes nor a list of such, nor nothing at all.
    private static func isOpen(_ rest: ArraySlice<UInt8>) -> Bool {
        let argument = rest.drop { $0 <= 0x20 }
        // `f"…"` and its like are texts as well.
        let text = argument.drop { "fFrRbBuU".utf8.contains($0) }
        guard let first = text.first else { return false }
        return !"\"'`[)".utf8.contains(first)
    }

    // Where the occurrences of a word end that no definition begins with.
    private static func ends(of word: [UInt8], in bytes: [UInt8]) -> [Int] {
        guard bytes.count >= word.count else { return [] }
        return (0...(bytes.count - word.count)).filter { start in
            bytes[start] == word[0] && bytes[start..<(start + word.count)].elementsEqual(word)
                && !definitions.contains { bytes[..<start].suffix($0.count).elementsEqual($0) }
        }.map { $0 + word.count }
    }
}
