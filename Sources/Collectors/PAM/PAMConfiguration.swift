import Facts

/// The PAM files of a host: which services there are, and what stacks they have.
struct PAMConfiguration: Sendable {
    /// Where libpam looks for a service, the first file counting; see pam.d(5).
    private static let directories: [HostPath] = [
        "/etc/pam.d", "/usr/lib/pam.d", "/usr/etc/pam.d", "/usr/share/pam.d",
    ]
    /// How deep files may include each other, as in pam_private.h.
    private static let depth = 16
    /// Lines of one stack; includes that multiply end here.
    private static let steps = 4096

    /// Whether there is a directory of services, or may be one that was not read.
    private var hasDirectory = false
    /// What could not be seen, for no table yet.
    private(set) var gaps: [Gap] = []
    private var files: [String: (path: String, lines: [PAMLine])] = [:]
    /// Names of what editors and packages leave behind, unless a file asks for it.
    private var leftovers: Set<String> = []

    /// The services, sorted.
    var services: [String] { files.keys.filter { !leftovers.contains($0) }.sorted() }

    /// Reads every file.
    init(on host: some HostView) {
        for directory in Self.directories { read(directory, host) }
        if !hasDirectory { readSingleFile(host) }
        readIncluded(host)
    }

    private mutating func read(_ directory: HostPath, _ host: some HostView) {
        do throws(HostError) {
            let entries = try host.list(directory)
            hasDirectory = true
            for entry in entries {
                let name = Readable.text(entry.name.bytes)
                guard files[name] == nil else { continue }
                readFile(directory.appending(entry.name), as: name, host)
                if Self.isLeftover(entry.name) { leftovers.insert(name) }
            }
        } catch {
            note(error)
        }
    }

    private mutating func readFile(_ path: HostPath, as name: String, _ host: some HostView) {
        do throws(HostError) {
            files[name] = (path.description, try lines(of: path, host).compactMap(PAMLine.init))
        } catch {
            // A directory, and a link that leads nowhere, is a file that libpam does not find.
            if error.code != .notRegular { note(error) }
        }
    }

    private mutating func lines(
        of path: HostPath, _ host: some HostView
    ) throws(HostError) -> [[String]] {
        if let lines = PAMLine.words(in: try host.read(path)) { return lines }
        gaps.append(
            Gap(
                .notParsed, in: "", of: path.description,
                "nothing follows a backslash, which versions of libpam read differently"))
        return []
    }

    // `/etc/pam.conf` is only read where no directory is; the service is its lines' first word.
    private mutating func readSingleFile(_ host: some HostView) {
        let path: HostPath = "/etc/pam.conf"
        do throws(HostError) {
            for words in try lines(of: path, host) {
                guard let service = words.first?.lowercased(),
                    let line = PAMLine(words: Array(words.dropFirst()))
                else { continue }
                files[service, default: (path.description, [])].lines.append(line)
            }
        } catch {
            note(error)
        }
    }

    // A line may ask for a file of any place, below the directories of services or not.
    private mutating func readIncluded(_ host: some HostView) {
        var unread = included
        for _ in 0..<Self.depth {
            for name in unread where files[name] == nil && name.contains("/") {
                let paths =
                    name.hasPrefix("/")
                    ? [HostPath(name)] : Self.directories.map { $0.appending(HostPath(name)) }
                for path in paths where files[name] == nil { readFile(path, as: name, host) }
            }
            leftovers.subtract(unread)
            let known = unread
            unread = included.subtracting(known)
            guard !unread.isEmpty else { return }
        }
    }

    // What the services ask for, and what that asks for.
    private var included: Set<String> {
        Set(
            files.lazy.filter { !leftovers.contains($0.key) }.flatMap { $0.value.lines }
                .compactMap { $0.included.map(Self.name) })
    }

    private mutating func note(_ error: HostError) {
        guard error.code != .notFound else { return }
        hasDirectory = true
        gaps.append(Gap(error, in: ""))
    }

    // What editors and packages leave behind is a file that no program asks for.
    private static func isLeftover(_ name: HostPath) -> Bool {
        name.hasPrefix(".") || name.hasSuffix("~")
            || [
                ".pam-old", ".dpkg-old", ".dpkg-new", ".dpkg-dist", ".dpkg-bak", ".dpkg-tmp",
                ".ucf-old", ".ucf-dist", ".ucf-new", ".rpmsave", ".rpmnew", ".rpmorig", ".bak",
                ".old", ".orig", ".save", ".swp",
            ].contains(where: name.hasSuffix)
    }

    /// Services of programs, which are more than a part even where another file includes them.
    private static let programs: Set<String> = [
        "other", "passwd", "chpasswd", "newusers", "login", "remote", "sshd", "su", "su-l", "sudo",
        "sudo-i", "runuser", "polkit-1", "systemd-user", "gdm-password", "lightdm", "sddm", "xdm",
        "vlock", "cron", "crond", "samba", "vsftpd", "proftpd", "dovecot", "useradd", "usermod",
    ]

    /// Services that are more than a part: no other file includes them for this type.
    func ownServices(for type: String) -> [String] {
        let parts = Set(self.parts(for: type))
        return services.filter { !parts.contains($0) }
    }

    /// Files that others include for this type, and no program is known to ask for.
    func parts(for type: String) -> [String] {
        let asked = Set(
            services.flatMap { name in
                (files[name]?.lines ?? []).compactMap { line -> String? in
                    guard line.type == nil || line.type == type,
                        let target = line.included.map(Self.name), target != name
                    else { return nil }
                    return target
                }
            })
        return services.filter { asked.contains($0) && !Self.programs.contains($0) }
    }

    /// The path of the file that holds a service.
    func path(of service: String) -> String? { files[service]?.path }

    private static func name(of target: String) -> String {
        for directory in directories where target.hasPrefix(directory.description + "/") {
            return String(target.dropFirst(directory.bytes.count + 1))
        }
        return target
    }

    /// The modules that any line of these types names, sorted.
    func modules(of types: Set<String>) -> [String] {
        let files = files.lazy.filter { !leftovers.contains($0.key) }
        let modules = files.flatMap { $0.value.lines }.compactMap { line -> String? in
            guard let type = line.type, types.contains(type), line.included == nil else {
                return nil
            }
            return line.module
        }
        return Set(modules).sorted()
    }

    /// The stack of a service; nil where includes multiply beyond every measure.
    func stack(_ type: String, of service: String) -> PAMStack? {
        var stack = PAMStack()
        let isComplete = append(service, type, isAny: true, level: 0, depth: 0, to: &stack)
        return isComplete ? stack : nil
    }

    /// Appends the lines of a file; false where there are too many.
    private func append(
        _ service: String, _ type: String, isAny: Bool, level: Int, depth: Int,
        to stack: inout PAMStack
    ) -> Bool {
        let file = files[Self.name(of: service)]
        guard let file, depth < Self.depth else {
            add(.broken, .required, level, service, to: &stack)
            return true
        }
        for line in file.lines {
            guard stack.steps.count < Self.steps else { return false }
            let isKnown = ["auth", "account", "password", "session"].contains(line.type ?? type)
            if !isKnown, !isAny {
                add(.broken, PAMControl(line.control) ?? .required, level, file.path, to: &stack)
            }
            guard line.type == nil || line.type == type else { continue }
            if let target = line.included {
                if line.isSubstack { add(.substack, .required, level, file.path, to: &stack) }
                let isComplete = append(
                    target, type, isAny: line.type == nil,
                    level: level + (line.isSubstack ? 1 : 0), depth: depth + 1, to: &stack)
                guard isComplete else { return false }
            } else {
                let isBroken = line.control.isEmpty || line.target.isEmpty
                add(
                    isBroken ? .broken : .module(line), PAMControl(line.control) ?? .required,
                    level, file.path, to: &stack)
            }
        }
        return true
    }

    private func add(
        _ kind: PAMStack.Step.Kind, _ control: PAMControl, _ level: Int, _ file: String,
        to stack: inout PAMStack
    ) {
        stack.steps.append(
            PAMStack.Step(kind: kind, control: control, level: level, file: file))
    }
}
