import Facts
import Linux

/// What a program of an interpreter other than the shell may do to the rules without naming how.
struct InterpreterText {
    private(set) var reasons: Set<Suspicion.Reason> = []
    /// Names of files beside it that it may load.
    private(set) var loaded: Set<String> = []

    private static let imports: Set<String> = [
        "import", "from", "require", "require_relative", "require_once", "use", "include",
        "include_once", "load", "dofile", "source",
    ]
    // Modules that change the rules themselves.
    private static let modules: Set<String> = [
        "nftables", "libnftables", "iptc", "libiptc", "pyroute2", "IPTables", "pyufw",
    ]
    private static let decoders = [
        "b64decode(", "fromhex(", "atob(", "decode_base64", "decode64(", "unhexlify(",
        "fromCharCode", "__import__(", "rot13", "rot_13",
    ].map { Array($0.utf8) }
    private static let callers = ["exec", "eval"].map { Array($0.utf8) }
    /// What the name of a module may end in.
    static let endings = [
        "", ".py", ".pl", ".pm", ".rb", ".js", ".mjs", ".cjs", ".php", ".lua", ".tcl",
        "/__init__.py", "/index.js",
    ]

    /// Reads the text of a program.
    init(_ bytes: [UInt8]) {
        // With a comma between them they may be one list that is put together, or two arguments.
        for signs in [" \t\n+.", " \t\n+.,"] {
            let joined = Self.joined(bytes, by: Set(signs.utf8))
            if FilterPrograms.areNamed(in: joined) { reasons.insert(.namesProgram) }
        }
        let isDecoding = Self.decoders.contains { ByteSearch.contains($0, in: bytes) }
        if isDecoding || Self.runsText(bytes) || RunCalls.run(whatIsNotWritten: bytes) {
            reasons.insert(.runsComputedText)
        }
        for line in bytes.split(separator: 0x0A) {
            takeImports(line)
            if Self.hasComposedName(line) { reasons.insert(.composesName) }
        }
    }

    private mutating func takeImports(_ line: ArraySlice<UInt8>) {
        let words = line.split { !Self.isOfName($0) && $0 != 0x2E && $0 != 0x2F }
            .map { String(decoding: $0, as: UTF8.self) }
        guard words.contains(where: Self.imports.contains) else { return }
        for word in words where !Self.imports.contains(word) {
            let parts = word.split { "./".contains($0) }.map(String.init)
            if parts.contains(where: Self.modules.contains) { reasons.insert(.namesProgram) }
            if !parts.isEmpty { loaded.formUnion([word, parts.joined(separator: "/")]) }
        }
    }

    // `"ip" + "tables"`, `"ip" "tables"`, `["ip", "tables"]`: what stands between goes.
    private static func joined(_ bytes: [UInt8], by signs: Set<UInt8>) -> [UInt8] {
        var joined: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if isQuote(byte) {
                let between = bytes[index...].prefix(8).prefix { signs.contains($0) }
                if between.endIndex < bytes.count, isQuote(bytes[between.endIndex]) {
                    index = between.endIndex + 1
                    continue
                }
            }
            joined.append(byte)
        }
        return joined
    }

    // `exec(…)` and `eval(…)` that are no methods.
    private static func runsText(_ bytes: [UInt8]) -> Bool {
        bytes.indices.contains { index in
            guard bytes[index] == UInt8(ascii: "("), index >= 4 else { return false }
            let name = bytes[(index - 4)..<index]
            guard callers.contains(where: name.elementsEqual) else { return false }
            guard index > 4 else { return true }
            let previous = bytes[index - 5]
            return !isOfName(previous) && previous != 0x2E && previous != 0x3E
        }
    }

    // A text in quotes that is filled in, such as `"%stables"` or `f"{x}tables"`.
    private static func hasComposedName(_ line: ArraySlice<UInt8>) -> Bool {
        line.split(whereSeparator: isQuote).contains { part in
            guard part.count <= 128, part.contains(where: { "%{$".utf8.contains($0) }) else {
                return false
            }
            let pattern = filled(String(decoding: part, as: UTF8.self))
            let words = pattern.split { $0 == " " || $0 == "/" }
            return words.contains { word in
                word.contains(nil) && word.count { $0?.isLetter == true } > 1
                    && FilterPrograms.mayBe(word)
            }
        }
    }

    private static func filled(_ text: String) -> [Character?] {
        var pattern: [Character?] = []
        var rest = text[...]
        while let first = rest.popFirst() {
            switch first {
            case "{":
                rest = rest.drop { $0 != "}" }.dropFirst()
                pattern.append(nil)
            case "%", "$":
                let isBraced = rest.first == "{"
                rest =
                    isBraced
                    ? rest.drop { $0 != "}" }.dropFirst()
                    : (first == "%" ? rest.dropFirst() : rest.drop { $0.isLetter || $0 == "_" })
                pattern.append(nil)
            default: pattern.append(first)
            }
        }
        return pattern
    }

    private static func isQuote(_ byte: UInt8) -> Bool {
        [UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`")].contains(byte)
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
