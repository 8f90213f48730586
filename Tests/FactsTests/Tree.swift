import Facts
import Linux

/// A directory with real files, made by a shell script that starts in it; it goes away with its
/// owner.
final class Tree {
    let path: String

    /// The root of the tree is mode 0755, and so is what the script makes, unless it says otherwise.
    init(_ script: String) throws {
        path = try Tree.output(of: "mktemp -d /tmp/assay-tree.XXXXXX")
        try run("chmod 755 . && umask 022\n" + script)
    }

    deinit {
        _ = try? Tree.output(of: "rm -rf '\(path)'")
    }

    /// Runs a further script in the tree; what it prints.
    @discardableResult
    func run(_ script: String) throws -> String {
        try Tree.output(of: "set -e; cd '\(path)'\n" + script)
    }

    /// The tree as an offline host.
    func host() throws -> LinuxHost {
        try LinuxHost.offline(root: path)
    }

    /// What a shell prints for a script, which must succeed.
    static func output(of script: String) throws -> String {
        let shell = try Descriptor.open(Array("/bin/sh".utf8), .followedPlace)
        let answer = try ProgramRun(shell, ProcessStart(["sh", "-c", script]))
            .answer(deadline: .seconds(60), limit: 1 << 20)
        guard answer.ending == .exited(0) else { throw TreeError.failed(script) }
        return String(decoding: answer.output, as: UTF8.self).trimmed
    }

    /// Whether this process is root.
    static var isRoot: Bool { Identity.effective.user == 0 }

    enum TreeError: Error {
        case failed(String)
    }
}

extension String {
    fileprivate var trimmed: String {
        last == "\n" ? String(dropLast()) : self
    }
}

/// The code of the host's error that a body throws; nil where it throws none.
func code(_ body: () throws -> some Any) throws -> HostError.Code? {
    do {
        _ = try body()
        return nil
    } catch let error as HostError {
        return error.code
    }
}

/// A script that runs beside a test.
final class Background {
    private var child: ChildProcess

    fileprivate init(_ child: consuming ChildProcess) {
        self.child = child
    }

    /// Whether it has come to its end.
    func hasEnded() -> Bool {
        child.reap() != nil
    }
}

extension Tree {
    /// Starts a script in the tree, which is killed with its owner.
    func background(_ script: String) throws -> Background {
        let shell = try Descriptor.open(Array("/bin/sh".utf8), .followedPlace)
        return Background(
            try ChildProcess(shell, ProcessStart(["sh", "-c", "cd '\(path)'\n" + script])))
    }
}

extension Tree {
    /// The program that looks at a host from wherever it is started.
    static func reader() throws -> String {
        let itself = try Descriptor.open(Array("/proc/self".utf8), .followedPlace)
        let path = String(decoding: try itself.target(ofLink: Array("exe".utf8)), as: UTF8.self)
        return "/" + path.split(separator: "/").dropLast().joined(separator: "/") + "/HostReader"
    }

    /// What a script prints that runs as root of a mount namespace of its own; `reader` is the
    /// program above.
    func runWithMounts(_ script: String) throws -> String {
        let quoted = "reader() { '\(try Tree.reader())' \"$@\"; }\nset -e\n" + script
        return try run("unshare -m /bin/sh <<'END'\n\(quoted)\nEND")
    }

    /// Mounts that a user's program serves, which never answers: whoever touches it waits for ever.
    static let silentMount = """
        silent() {
            exec 9<>/dev/fuse
            mount -i -t fuse -o fd=9,rootmode=40000,user_id=0,group_id=0,allow_other silent "$1"
        }

        """
}
