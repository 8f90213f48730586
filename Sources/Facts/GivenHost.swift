package import Netlink

/// A host that a test or a probe's case writes down.
package struct GivenHost: HostView {
    /// What stands at a path.
    package enum Node: Sendable, Hashable {
        case file([UInt8], mode: UInt32 = 0o644, owner: UInt32 = 0)
        case directory(mode: UInt32 = 0o755, owner: UInt32 = 0)
        case link(HostPath)
        /// Every access answers with this error.
        case error(HostError.Code)
    }

    package var kind: HostKind
    package var now: Int64
    package var nodes: [HostPath: Node]
    /// What a program prints, by its path and arguments.
    package var outputs: [HostCommand: HostOutput]
    /// What the kernel answers.
    package var dumps: [NetlinkQuestion: [NetlinkMessage]] = [:]

    /// A host by its files; the directories above them exist by themselves.
    package init(
        _ nodes: [HostPath: Node] = [:], kind: HostKind = .offline, now: Int64 = 1_750_000_000,
        outputs: [HostCommand: HostOutput] = [:]
    ) {
        self.kind = kind
        self.now = now
        self.outputs = outputs
        self.nodes = nodes
        for path in nodes.keys {
            var parent = path.parent
            while self.nodes[parent] == nil {
                self.nodes[parent] = .directory()
                parent = parent.parent
            }
        }
    }

    /// A host whose files have these texts.
    package init(files: [HostPath: String], kind: HostKind = .offline) {
        self.init(files.mapValues { Node.file(Array($0.utf8)) }, kind: kind)
    }

    package func read(_ path: HostPath, limit: Int) throws(HostError) -> [UInt8] {
        switch try node(at: try resolve(path)) {
        case .file(let bytes, _, _):
            guard bytes.count <= limit else { throw HostError(.tooLarge, path) }
            return bytes
        case .directory, .link: throw HostError(.notRegular, path)
        case .error(let code): throw HostError(code, path)
        }
    }

    package func beginning(of path: HostPath, count: Int) throws(HostError) -> [UInt8] {
        Array(try read(path, limit: .max).prefix(count))
    }

    package func list(_ path: HostPath) throws(HostError) -> [DirectoryEntry] {
        let directory = try resolve(path)
        switch try node(at: directory) {
        case .directory: break
        case .file, .link: throw HostError(.notRegular, path)
        case .error(let code): throw HostError(code, path)
        }
        return nodes.filter { $0.key.parent == directory && $0.key != directory }
            .map { DirectoryEntry(name: $0.key.name, kind: $0.value.kind) }
            .sorted { $0.name < $1.name }
    }

    package func status(of path: HostPath) throws(HostError) -> FileStatus {
        let node = try node(at: try resolve(path.parent).appending(path.name))
        switch node {
        case .file(let bytes, let mode, let owner):
            return status(.regular, mode, owner, Int64(bytes.count))
        case .directory(let mode, let owner): return status(.directory, mode, owner, 0)
        case .link: return status(.link, 0o777, 0, 0)
        case .error(let code): throw HostError(code, path)
        }
    }

    package func target(ofLink path: HostPath) throws(HostError) -> HostPath {
        guard case .link(let target) = try node(at: try resolve(path.parent).appending(path.name))
        else { throw HostError(.notRegular, path) }
        return target
    }

    package func resolve(_ path: HostPath) throws(HostError) -> HostPath {
        var resolved: HostPath = "/"
        var rest = path.components
        var links = 0
        while let name = rest.first {
            rest.removeFirst()
            if name == "." { continue }
            if name == ".." {
                resolved = resolved.parent
                continue
            }
            let next = resolved.appending(name)
            guard case .link(let target) = try node(at: next) else {
                resolved = next
                continue
            }
            links += 1
            guard links <= 40 else { throw HostError(.readFailed, path) }
            if target.hasPrefix("/") { resolved = "/" }
            rest = target.components + rest
        }
        return resolved
    }

    package func run(_ command: HostCommand) throws(HostError) -> HostOutput {
        guard let output = outputs[command] else { throw HostError(.notRunning, command.path) }
        return output
    }

    package func answer(to question: NetlinkQuestion) throws(HostError) -> [NetlinkMessage] {
        guard let answer = dumps[question] else { throw HostError(.notRunning, "netlink") }
        return answer
    }

    private func node(at path: HostPath) throws(HostError) -> Node {
        if let node = nodes[path] { return node }
        if case .error(let code)? = nodes[path.parent] { throw HostError(code, path) }
        if path == "/" { return .directory() }
        throw HostError(.notFound, path)
    }

    private func status(
        _ kind: FileKind, _ mode: UInt32, _ owner: UInt32, _ size: Int64
    ) -> FileStatus {
        FileStatus(
            kind: kind, mode: mode, owner: owner, group: owner, size: size, changed: now * 1_000_000
        )
    }
}

extension GivenHost.Node {
    fileprivate var kind: FileKind {
        switch self {
        case .file, .error: .regular
        case .directory: .directory
        case .link: .link
        }
    }
}
