package import Netlink

/// What kind of machine is looked at.
package enum HostKind: String, Sendable, Hashable {
    /// The machine that the scan runs on.
    case live
    /// A root directory that does not run: a mounted image or a container's root.
    case offline
}

/// What a path names.
package enum FileKind: String, Sendable, Hashable, CaseIterable {
    case regular, directory, link, device, pipe, socket
}

/// What stat(2) says about a path.
package struct FileStatus: Sendable, Hashable {
    package var kind: FileKind
    /// The permission bits, without the type.
    package var mode: UInt32
    package var owner: UInt32
    package var group: UInt32
    package var size: Int64
    /// Microseconds since 1970 when its content or anything else about it was last changed; nobody sets
    /// that back, as one may set the time of the content.
    package var changed: Int64

    /// A status by its parts.
    package init(
        kind: FileKind, mode: UInt32, owner: UInt32, group: UInt32, size: Int64, changed: Int64
    ) {
        self.kind = kind
        self.mode = mode
        self.owner = owner
        self.group = group
        self.size = size
        self.changed = changed
    }
}

/// One name in a directory.
package struct DirectoryEntry: Sendable, Hashable {
    package var name: HostPath
    package var kind: FileKind

    /// An entry by its parts.
    package init(name: HostPath, kind: FileKind) {
        self.name = name
        self.kind = kind
    }
}

/// A program to run: an absolute path and its arguments.
package struct HostCommand: Sendable, Hashable {
    package var path: HostPath
    package var arguments: [String]
    /// Seconds that it may take.
    package var seconds: Int
    /// Bytes of output that are read.
    package var limit: Int

    /// A command by its parts.
    package init(_ path: HostPath, _ arguments: [String], seconds: Int = 10, limit: Int = 16 << 20)
    {
        self.path = path
        self.arguments = arguments
        self.seconds = seconds
        self.limit = limit
    }
}

/// What a program printed, and how it ended.
package struct HostOutput: Sendable, Hashable {
    package var status: Int32
    package var output: [UInt8]

    /// An output by its parts.
    package init(status: Int32, output: [UInt8]) {
        self.status = status
        self.output = output
    }
}

/// The only view that a collector has of a machine.
///
/// Everything that it answers is hostile: bounded by the view, parsed strictly by the collector.
package protocol HostView: Sendable {
    var kind: HostKind { get }

    /// The scan's namespaces that are not known to be the host's; none on an offline root.
    var namespaceGaps: [NamespaceGap] { get }

    /// Loads the rules of the next boot where nothing of the host can be changed; nil where that is
    /// not wanted.
    var replay: (any RuleReplay)? { get }

    /// Seconds since 1970, as the signing host's clock has it.
    var now: Int64 { get }

    /// The content of a regular file of at most `limit` bytes; links that root placed are followed.
    func read(_ path: HostPath, limit: Int) throws(HostError) -> [UInt8]

    /// At most the first `count` bytes of a regular file, however large it is.
    func beginning(of path: HostPath, count: Int) throws(HostError) -> [UInt8]

    /// Whether a test is true of some piece of a regular file of at most `limit` bytes; pieces
    /// overlap by what `pieceOverlap` says.
    func anyPiece(
        of path: HostPath, limit: Int, _ test: ([UInt8]) -> Bool
    ) throws(HostError) -> Bool

    /// The names in a directory, sorted by their bytes, without `.` and `..`.
    func list(_ path: HostPath) throws(HostError) -> [DirectoryEntry]

    /// What the path itself is; its last component is not followed where it is a link.
    func status(of path: HostPath) throws(HostError) -> FileStatus

    /// The target of a link, as it is written.
    func target(ofLink path: HostPath) throws(HostError) -> HostPath

    /// The path without links; every one of them must be root's.
    func resolve(_ path: HostPath) throws(HostError) -> HostPath

    /// Runs a program of the host with an empty environment and no input.
    func run(_ command: HostCommand) throws(HostError) -> HostOutput

    /// Asks the kernel of a running host for a dump.
    func answer(to question: NetlinkQuestion) throws(HostError) -> [NetlinkMessage]

    /// How many programs of bpf(2) see what an interface, by its number, receives; of those that
    /// netlink(7) does not tell.
    func ingressPrograms(on interface: Int32) throws(HostError) -> Int
}

extension HostView {
    /// A host that is written down has no other namespace.
    package var namespaceGaps: [NamespaceGap] { [] }

    /// Nobody asks for it.
    package var replay: (any RuleReplay)? { nil }

    /// A host that is written down has none.
    package func ingressPrograms(on interface: Int32) throws(HostError) -> Int { 0 }

    /// Bytes that a piece of a file shares with the next one.
    package static var pieceOverlap: Int { 64 }

    /// All of it is one piece.
    package func anyPiece(
        of path: HostPath, limit: Int, _ test: ([UInt8]) -> Bool
    ) throws(HostError) -> Bool {
        test(try read(path, limit: limit))
    }

    /// What a table about such things cannot know: nil where the namespace is the host's.
    package func gap(_ kind: NamespaceKind, in table: String) -> Gap? {
        namespaceGaps.first { $0.kind == kind }?.gap(in: table)
    }

    /// Bytes of a configuration file that are read when nothing else is said.
    package static var usualLimit: Int { 4 << 20 }

    /// The content of a configuration file.
    package func read(_ path: HostPath) throws(HostError) -> [UInt8] {
        try read(path, limit: Self.usualLimit)
    }

    /// What is in a directory; nothing where none is there.
    package func entries(of directory: HostPath) throws(HostError) -> [DirectoryEntry] {
        do throws(HostError) {
            return try list(directory)
        } catch {
            if error.code == .notFound || error.code == .notRegular { return [] }
            throw error
        }
    }

    /// The lines of a file, without their ends; a last line without an end counts.
    package func lines(of path: HostPath) throws(HostError) -> [[UInt8]] {
        var lines = try read(path).split(
            separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
        ).map(Array.init)
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    /// Whether the path exists: false only where absence was seen.
    package func exists(_ path: HostPath) throws(HostError) -> Bool {
        do throws(HostError) {
            _ = try status(of: path)
            return true
        } catch {
            if error.code == .notFound { return false }
            throw error
        }
    }
}
