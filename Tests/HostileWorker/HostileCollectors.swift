import Facts
import Glibc
import Linux

/// A row of the worker's tables.
struct Line: Sendable {
    var text: String
}

/// What a hostile collector does instead of gathering.
enum Deed: String, CaseIterable {
    case hangs, spins, aborts, allocates, exits
    /// Bytes on the channel to the scan: no frame, half a frame, an endless one, two of them.
    case garbage, half, endless, twice
    /// Text on what was the standard output.
    case prints
    /// A program that outlives the worker, holds its channel, and is in another session.
    case leavesChild
    /// It stops in the kernel, where not even SIGKILL ends it, until somebody thaws it.
    case freezes
    /// Nothing hostile.
    case fine

    func perform() {
        switch self {
        case .hangs: while true { rest() }
        case .spins: while true {}
        case .aborts: abort()
        case .allocates: allocate()
        case .exits: exit(0)
        case .garbage: say(Array("<html>404 not found</html>".utf8))
        case .half:
            say([0, 0, 1, 0] + Array("half".utf8))
            exit(0)
        case .endless: say([0xFF, 0xFF, 0xFF, 0xFF] + Array(repeating: 0x41, count: 1 << 16))
        case .twice: say([0, 0, 0, 1, 0x75])
        case .prints: print("a library's greeting", terminator: "\n\n")
        case .leavesChild:
            run("setsid sleep 6 & sleep 0.2")
            abort()
        case .freezes:
            run(
                """
                cd /sys/fs/cgroup/freezer; mkdir -p assay-test; cd assay-test
                echo $PPID >cgroup.procs; echo FROZEN >freezer.state
                """)
            while true { rest() }
        case .fine: break
        }
    }

    private func rest() {
        var readiness = Readiness()
        readiness.wait(milliseconds: 1000)
    }

    private func allocate() {
        var blocks: [[UInt8]] = []
        while true { blocks.append([UInt8](repeating: 1, count: 1 << 20)) }
    }

    private func run(_ script: String) {
        guard let shell = try? Descriptor.open(Array("/bin/sh".utf8), .followedPlace),
            var child = try? ChildProcess(
                shell, ProcessStart(["sh", "-c", script]), output: channel.number)
        else { return }
        while child.reap() == nil { usleep(10_000) }
    }
}

/// What the worker answers on: it has no other socket.
let channel = Descriptor(adopting: 4)

/// Writes on the channel without asking anybody.
func say(_ bytes: [UInt8]) {
    try? channel.write(bytes)
}
