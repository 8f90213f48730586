import Facts
import Linux

/// Whether a command, or a script that it leads to, may change the rules.
///
/// Words that are paths are followed: scripts run scripts, read settings and source functions;
/// those of packages are known by the names in them and not followed further. Machine code says
/// nothing, and is known by its name, by what it is a copy of and by the libraries that it needs.
final class CommandSearch<View: HostView> {
    let host: View
    private let packages: PackageFiles<View>
    // Units that load rules: who stops them takes the rules away.
    private let loaders: Set<String>
    // Units that the boot starts, and which are looked at by themselves.
    private let booted: Set<String>
    /// Programs of the administrator that are found by their names alone.
    let ownPrograms: [String: HostPath]
    private var texts: [HostPath: ScriptText] = [:]
    private var listings: [HostPath: Set<HostPath>] = [:]
    /// Files that the rules are loaded from.
    var loadedFiles: Set<HostPath> = []
    /// Directories of programs of the administrator that could not be seen.
    let errors: [HostError]

    private static var largestScript: Int { 4 << 20 }
    // Of a package it need only be the file that was installed.
    private static var largestOfPackage: Int { 32 << 20 }
    private static var largestCount: Int { 512 }
    private static var largestDirectoryCount: Int { 256 }
    // Names of programs without a directory are looked for where the administrator puts them.
    private static var ownDirectories: [HostPath] { ["/usr/local/sbin", "/usr/local/bin"] }

    /// A search for what changes the rules, stops one of the units that load them, or starts
    /// another than those of the boot.
    init(host: View, loaders: Set<String>, booted: Set<String>) {
        self.host = host
        self.booted = booted
        packages = PackageFiles(host: host)
        self.loaders = loaders.union(loaders.compactMap { UnitName($0)?.stem })
        var programs: [String: HostPath] = [:]
        var errors: [HostError] = []
        for directory in Self.ownDirectories {
            do throws(HostError) {
                for entry in try host.list(directory) where entry.kind != .directory {
                    programs[entry.name.description] = directory.appending(entry.name)
                }
            } catch {
                if error.code != .notFound { errors.append(error) }
            }
        }
        ownPrograms = programs
        self.errors = errors
    }

    /// Why a text, or what it leads to, may change the rules; nil where all of it was seen, and it
    /// does not. What packages write in their units is taken at its word; `sources` are the files of
    /// the unit.
    func suspicion(
        of text: some Sequence<UInt8>, in file: HostPath? = nil, writtenIn sources: [HostPath] = []
    ) -> Suspicion? {
        let bytes = Array(text)
        var first = self.first(bytes, file)
        if !first.reasons.isDisjoint(with: ScriptText.unsure), areOfPackages(sources) {
            first.reasons.subtract(ScriptText.unsure)
        }
        if !sources.isEmpty { first.isOfPackage = sources.allSatisfy(Self.isOfSystem) }
        var found: [Suspicion] = []
        walk(first, file, seesCode: true) { text, path in
            found += reasons(of: text).map { Suspicion(reason: $0, file: path) }
        }
        return found.min { $0.reason < $1.reason }
    }

    // A file is read once, whoever asks.
    func first(_ bytes: [UInt8], _ file: HostPath?) -> ScriptText {
        if let known = file.flatMap({ texts[$0] }) { return known }
        let language = ScriptText.Language(bytes, name: file?.name ?? "", canBeRun: true)
        guard let file else { return text(bytes, language, nil) }
        let text = own(bytes, language, in: file, at: (try? host.resolve(file)) ?? file)
        texts[file] = text
        return text
    }

    private func reasons(of text: ScriptText) -> Set<Suspicion.Reason> {
        let writes = text.writes.contains { words in loadedFiles.contains { changes(words, $0) } }
        return writes ? text.reasons.union([.changesLoaded]) : text.reasons
    }

    // The last word is where to; a file may be named in the middle of a line that edits it.
    private func changes(_ words: [String], _ file: HostPath) -> Bool {
        let copies: Set<String> = ["cp", "install", "rsync", "tar", "unzip"]
        let isCopied = !copies.isDisjoint(with: words)
        let places = isCopied ? words.suffix(1) : words[...]
        return places.contains { word in
            let path = HostPath(word)
            return path.isWithin(file) && word.hasPrefix("/") || path == file.name
                || isCopied && path.components == file.parent.components && word.hasPrefix("/")
        }
    }

    // Every text that one leads to, once.
    func walk(
        _ first: ScriptText, _ place: HostPath?, seesCode: Bool = false,
        _ look: (ScriptText, HostPath?) -> Void
    ) {
        var waiting = [(first, place)]
        var seen: Set<HostPath> = Set([place].compactMap(\.self))
        while let (text, path) = waiting.popLast() {
            look(text, path)
            do throws(Suspicion.Reason) {
                guard seen.count < Self.largestCount else { throw .leadsTooFar }
                for next in try followed(text) where seen.insert(next).inserted {
                    let found = at(next)
                    let own = seesCode && !text.isOfPackage ? found.code.map(ownCode) : nil
                    waiting.append((own ?? found, next))
                }
                for (next, file) in try started(text) where seen.insert(file).inserted {
                    waiting.append((next, file))
                }
            } catch {
                look(ScriptText(error), path)
                return
            }
        }
    }

    // Where a text leads; an error where that is more than is followed, or cannot be seen.
    private func followed(_ text: ScriptText) throws(Suspicion.Reason) -> [HostPath] {
        var paths = Array(text.paths)
        for choice in text.choices where !Self.isApart(choice.directory.appending("x")) {
            let names = try names(in: choice.directory).filter {
                PathPattern.fits($0.bytes, choice.pattern)
            }
            guard names.count <= Self.largestDirectoryCount else { throw .leadsTooFar }
            paths += names.map { choice.directory.appending($0) }
        }
        guard !text.ends.isEmpty else { return paths }
        // `cd /opt/x && ./y` and `$DIRECTORY/y`: the directory is one of those that the text names.
        var directories: [(HostPath, Set<HostPath>)] = []
        for path in text.paths where !Self.isApart(path.appending("x")) {
            let names = try names(in: path)
            if !names.isEmpty { directories.append((path, names)) }
        }
        guard directories.count <= Self.largestDirectoryCount else { throw .leadsTooFar }
        for (directory, names) in directories {
            for end in text.ends {
                let parts = HostPath(end).components.filter { $0 != "." }
                for rest in [parts[...], parts.dropFirst()] {
                    guard let name = rest.first, name == ".." || names.contains(name) else {
                        continue
                    }
                    paths.append(rest.reduce(directory) { $0.appending($1) })
                }
            }
        }
        return paths
    }

    // The commands of units that a text starts, and that the boot itself does not.
    private func started(
        _ text: ScriptText
    ) throws(Suspicion.Reason) -> [(ScriptText, HostPath)] {
        guard !text.units.isEmpty else { return [] }
        do throws(HostError) {
            let found = try StartedUnits(text.units, apartFrom: booted, on: host)
            return found.commands.map { (self.text(Array($0.text.utf8), .shell, nil), $0.file) }
                + found.scripts.map { (at($0), $0) }
        } catch {
            throw .notRead
        }
    }

    // None of what is no directory.
    private func names(in directory: HostPath) throws(Suspicion.Reason) -> Set<HostPath> {
        if let known = listings[directory] { return known }
        do throws(HostError) {
            let names = Set(try host.entries(of: directory).map(\.name))
            listings[directory] = names
            return names
        } catch {
            throw error.code == .tooLarge ? .leadsTooFar : .notRead
        }
    }

    private func at(_ path: HostPath) -> ScriptText {
        if let known = texts[path] { return known }
        texts[path] = ScriptText()
        let text = readFile(path)
        texts[path] = text
        return text
    }

    private func readFile(_ path: HostPath) -> ScriptText {
        guard !Self.isApart(path) else { return ScriptText() }
        do throws(HostError) {
            let real = try host.resolve(path)
            let first = try host.beginning(of: real, count: 512)
            if Self.isProgram(real.name), !FilterPrograms.isOfEngine(path.name.description),
                !Self.isProgram(path.name)
            {
                return ScriptText(.isProgram)
            }
            // No script has a zero in it.
            if first.contains(0) { return try code(real) }
            let canBeRun = try host.status(of: real).mode & 0o111 != 0
            let bytes = try host.read(real, limit: Self.largestScript)
            let language = ScriptText.Language(bytes, name: real.name, canBeRun: canBeRun)
            return own(bytes, language, in: real, at: real)
        } catch {
            switch error.code {
            case .notFound, .notRegular: return ScriptText()
            case .tooLarge: return isOfPackage(path) ? ScriptText() : ScriptText(.tooLarge)
            default: return ScriptText(.notRead)
            }
        }
    }

    // What packages bring is known by the names in it: where it leads is the package's. Edited, it is
    // the administrator's.
    private func own(
        _ bytes: [UInt8], _ language: ScriptText.Language, in file: HostPath, at path: HostPath
    ) -> ScriptText {
        if isOfPackage(bytes, path) {
            return text(bytes, language, file, isOfPackage: true)
        }
        var text = text(bytes, language, file)
        if !Self.isOfSystem(path), !text.reasons.isDisjoint(with: ScriptText.unsure),
            packages.brought(bytes, at: path)
        {
            text.reasons.subtract(ScriptText.unsure)
        }
        return text
    }

    func text(
        _ bytes: [UInt8], _ language: ScriptText.Language, _ place: HostPath?,
        isOfPackage: Bool = false
    ) -> ScriptText {
        if isOfPackage { return ScriptText(ofPackage: bytes, language, loaders: loaders) }
        var text = ScriptText(bytes, language, loaders: loaders, programs: ownPrograms)
        guard let place, !text.modules.isEmpty else { return text }
        let names: Set<HostPath>
        do throws(Suspicion.Reason) {
            names = try self.names(in: place.parent)
        } catch {
            text.reasons.insert(error)
            return text
        }
        for module in text.modules {
            let path = HostPath(module)
            guard let top = path.components.first else { continue }
            for ending in InterpreterText.endings {
                let file = HostPath(module + ending)
                guard names.contains(top) || names.contains(file) else { continue }
                text.paths.insert(place.parent.appending(file))
            }
        }
        return text
    }

    // Of the system, it is a package's unless the administrator runs it and no package lists it.
    private func code(_ path: HostPath) throws(HostError) -> ScriptText {
        if Self.isProgram(path.name) { return ScriptText() }
        let programs = MachinePrograms(host: host)
        guard Self.isOfSystem(path) else {
            return try MachineCode.reason(of: path, on: host).map { ScriptText($0) } ?? ScriptText()
        }
        if try programs.isCopy(path) { return ScriptText(.isProgram) }
        var text = ScriptText()
        text.code = path
        return text
    }

    private func ownCode(_ path: HostPath) -> ScriptText {
        guard packages.exist, !packages.lists(path) else { return ScriptText() }
        do throws(HostError) {
            let reason = try MachineCode.reason(of: path, on: host)
            return reason.map { ScriptText($0) } ?? ScriptText()
        } catch {
            return ScriptText(error.code == .tooLarge ? .tooLarge : .notRead)
        }
    }

    private func areOfPackages(_ files: [HostPath]) -> Bool {
        !files.isEmpty && files.allSatisfy(isOfPackage)
    }

    /// Whether a package brought a file of the system as it is now; on a host without lists of
    /// packages, whatever lies there.
    func isOfPackage(_ path: HostPath) -> Bool {
        guard let real = try? host.resolve(path), Self.isOfSystem(real) else { return false }
        guard packages.exist else { return true }
        guard let bytes = try? host.read(real, limit: Self.largestOfPackage) else { return false }
        return packages.brought(bytes, at: real)
    }

    /// Names in a directory of the system that no package brought.
    func foreign(_ names: [HostPath], in directory: HostPath) -> [HostPath] {
        guard packages.exist else { return [] }
        let listed = packages.names(in: directory)
        return names.filter { !listed.contains($0) }
    }

    private func isOfPackage(_ bytes: [UInt8], _ path: HostPath) -> Bool {
        Self.isOfSystem(path) && (!packages.exist || packages.brought(bytes, at: path))
    }

    private static func isProgram(_ name: HostPath) -> Bool {
        FilterPrograms.contains(name.description)
    }

    // What is written there is no program's.
    static func isApart(_ path: HostPath) -> Bool {
        path.hasPrefix("/dev/") || ShellFiles.passing.contains(where: path.hasPrefix)
    }

    static func isOfSystem(_ path: HostPath) -> Bool {
        let places = ["/usr/", "/bin/", "/sbin/", "/lib/"]
        return places.contains(where: path.hasPrefix) && !path.hasPrefix("/usr/local/")
    }
}
