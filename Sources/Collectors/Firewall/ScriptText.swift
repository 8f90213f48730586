import Facts
import Linux

/// What one text says that is run at boot: a script, a command, or what they name.
struct ScriptText {
    /// Who reads it.
    enum Language {
        case shell, interpreter, unknown
    }

    /// What it may do to the rules, without following it.
    var reasons: Set<Suspicion.Reason> = []
    var changesForwarding = false
    /// It has a command that puts rules into the kernel.
    var loadsRules = false
    /// Paths that stand in it.
    var paths: Set<HostPath> = []
    /// Words that may be the end of a path whose directory stands elsewhere.
    var ends: Set<String> = []
    /// Files of which it may run any.
    var choices: Set<ShellSuspicions.Choice> = []
    /// Names of files beside it that it may load.
    var modules: Set<String> = []
    /// Names of units that it starts, or may mean to.
    var units: Set<String> = []
    /// A program of the system without a text; whether a package brought it is not known yet.
    var code: HostPath?
    /// A package brought it as it is.
    var isOfPackage = false
    /// Lines that write files, as words.
    var writes: [[String]] = []

    /// What only counts in texts that no package brought.
    static let unsure: Set<Suspicion.Reason> = [.composesName, .runsComputedText]

    private static let stoppers = ["systemctl", "service", "invoke-rc.d"]
    private static let recipes = ["./Makefile", "./makefile", "./GNUmakefile"]
    private static let starters: Set<String> = [
        "start", "restart", "try-restart", "reload-or-restart", "reload-or-try-restart",
        "force-reload", "enable", "reenable", "unmask", "isolate", "default",
    ]
    private static let runners: Set<String> = [
        ".", "source", "sh", "bash", "dash", "ash", "ksh", "zsh", "exec", "run-parts",
    ]
    private static let writers: Set<String> = [
        "cp", "mv", "install", "ln", "rsync", "sed", "tee", "rm", "dd", "wget", "curl",
        "truncate", "unzip", "tar", "patch",
    ]

    /// A text of which nothing is said.
    init() {}

    /// A text that cannot be followed.
    init(_ reason: Suspicion.Reason) {
        reasons = [reason]
    }

    /// Reads a text; `loaders` are units whose end takes the rules away, and `programs` those of the
    /// administrator that are found by their names alone.
    init(
        _ raw: [UInt8], _ language: Language, loaders: Set<String>, programs: [String: HostPath]
    ) {
        let bytes = takeNames(raw)
        let mayStop = Self.mayStop(bytes)
        let mayAttach = FilterPrograms.mayBeAttached(by: bytes)
        let setsPath = ByteSearch.contains(Array("PATH=".utf8), in: bytes)
        for line in bytes.split(separator: 0x0A) {
            let plain = line.drop { $0 == 0x20 || $0 == 0x09 }
            if plain.first == UInt8(ascii: "#") { continue }
            let words = Self.words(of: plain)
            if mayStop {
                if Self.isStop(words, loaders) { reasons.insert(.stopsLoader) }
                units.formUnion(Self.started(words))
            }
            if mayAttach, FilterPrograms.areAttached(by: plain) { reasons.insert(.attachesProgram) }
            // What it makes by itself stands in a file that nobody names.
            if words.contains("make") { ends.formUnion(Self.recipes) }
            if plain.contains(UInt8(ascii: ">")) || !Self.writers.isDisjoint(with: words) {
                writes.append(words)
            }
            // `cd` or a variable says where a path begins.
            let isOpen = plain.contains(UInt8(ascii: "$")) || words.contains("cd")
            let isRun =
                setsPath
                || words.contains { word in
                    Self.runners.contains(String(word.split(separator: "/").last ?? ""))
                }
            for word in words { take(word, isOpen: isOpen, isRun: isRun, programs) }
        }
        switch language {
        case .shell:
            let found = ShellSuspicions(String(decoding: raw, as: UTF8.self))
            reasons.formUnion(found.reasons)
            choices = found.choices
        case .interpreter:
            let found = InterpreterText(raw)
            reasons.formUnion(found.reasons)
            modules = found.loaded
        case .unknown: break
        }
    }

    /// Reads what a package brought: the plain names in it, and not where it leads.
    init(ofPackage raw: [UInt8], _ language: Language, loaders: Set<String>) {
        isOfPackage = true
        let bytes = takeNames(raw)
        if case .interpreter = language {
            reasons.formUnion(InterpreterText(raw).reasons.subtracting(Self.unsure))
        }
        let (mayStop, mayAttach) = (Self.mayStop(bytes), FilterPrograms.mayBeAttached(by: bytes))
        guard mayStop || mayAttach else { return }
        for line in bytes.split(separator: 0x0A) {
            let plain = line.drop { $0 == 0x20 || $0 == 0x09 }
            if plain.first == UInt8(ascii: "#") { continue }
            if mayStop, Self.isStop(Self.words(of: plain), loaders) { reasons.insert(.stopsLoader) }
            if mayAttach, FilterPrograms.areAttached(by: plain) { reasons.insert(.attachesProgram) }
        }
    }

    // What it names, as the shell and systemd see it, who join what a backslash at the end of a line
    // continues.
    private mutating func takeNames(_ raw: [UInt8]) -> [UInt8] {
        let bytes = Self.joined(raw)
        let isNaming = FilterPrograms.areNamed(in: bytes)
        if isNaming || FilterPrograms.areNamed(in: raw) { reasons.insert(.namesProgram) }
        if Self.isRules(bytes) { reasons.insert(.namesProgram) }
        loadsRules = Self.isRules(bytes) || isNaming && FilterPrograms.areLoaded(by: bytes)
        changesForwarding = ForwardingNames.areNamed(in: bytes)
        return bytes
    }

    private static func mayStop(_ bytes: [UInt8]) -> Bool {
        stoppers.contains { ByteSearch.contains(Array($0.utf8), in: bytes) }
    }

    private static func words(of line: ArraySlice<UInt8>) -> [String] {
        line.split { !isOfPath($0) }.map { String(decoding: $0, as: UTF8.self) }
    }

    private mutating func take(
        _ word: String, isOpen: Bool, isRun: Bool, _ programs: [String: HostPath]
    ) {
        if word.hasPrefix("/") { paths.insert(HostPath(word)) }
        if word.contains("/") {
            // Behind a variable the stroke is no root.
            if isOpen || !word.hasPrefix("/") { ends.insert(word) }
            return
        }
        if isRun { ends.insert(word) }
        if let path = programs[word] { paths.insert(path) }
    }

    private static func joined(_ raw: [UInt8]) -> [UInt8] {
        guard ByteSearch.contains([0x5C, 0x0A], in: raw) else { return raw }
        var joined: [UInt8] = []
        for byte in raw {
            if byte == 0x0A, joined.last == 0x5C {
                joined.removeLast()
            } else {
                joined.append(byte)
            }
        }
        return joined
    }

    private static func isStop(_ words: [String], _ loaders: Set<String>) -> Bool {
        let names = Set(words.map { String($0.split(separator: "/").last ?? "") })
        return !names.isDisjoint(with: stoppers)
            && !names.isDisjoint(with: ["stop", "disable", "mask", "kill", "isolate"])
            && (names.contains("isolate") || !names.isDisjoint(with: loaders))
    }

    // `systemctl start x`, `service x restart`: every word of the line may be a unit.
    private static func started(_ words: [String]) -> [String] {
        guard !starters.isDisjoint(with: words),
            let index = words.firstIndex(where: { word in
                stoppers.contains(String(word.split(separator: "/").last ?? ""))
            })
        else { return [] }
        let names = words[(index + 1)...].filter { !$0.hasPrefix("-") && !starters.contains($0) }
        return names.map { UnitName($0) == nil ? $0 + ".service" : $0 }
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

extension ScriptText.Language {
    private static let shells = ["sh", "bash", "dash", "ash", "ksh", "zsh", "busybox"]
    private static let interpreters = [
        "python", "perl", "ruby", "php", "node", "lua", "tclsh", "pypy",
    ]
    private static let endings = [
        ".py", ".pl", ".pm", ".rb", ".js", ".mjs", ".cjs", ".php", ".lua",
    ]

    /// Who reads a file, by its first line, its name and whether it can be run.
    init(_ bytes: [UInt8], name: HostPath, canBeRun: Bool) {
        guard bytes.starts(with: "#!".utf8) else {
            if Self.endings.contains(where: name.hasSuffix) {
                self = .interpreter
            } else {
                self = canBeRun || name.hasSuffix(".sh") ? .shell : .unknown
            }
            return
        }
        let words = bytes.dropFirst(2).prefix { $0 != 0x0A }.split { $0 == 0x2F || $0 == 0x20 }
            .map { String(decoding: $0, as: UTF8.self) }
        if words.contains(where: Self.shells.contains) {
            self = .shell
        } else if words.contains(where: { word in Self.interpreters.contains(where: word.hasPrefix)
        }) {
            self = .interpreter
        } else {
            self = .unknown
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
