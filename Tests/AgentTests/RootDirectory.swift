import Linux

/// A directory that only root can write along its whole path, made by a shell script that starts in
/// it; it goes away with its owner.
final class RootDirectory {
    let path: String

    init(_ script: String) throws {
        path = try RootDirectory.output(of: "mktemp -d /var/lib/assay-test.XXXXXX")
        _ = try RootDirectory.output(
            of: "set -e; cd '\(path)'; chmod 755 .; umask 022\n\(script)")
    }

    deinit {
        _ = try? RootDirectory.output(of: "rm -rf '\(path)'")
    }

    private static func output(of script: String) throws -> String {
        let shell = try Descriptor.open(Array("/bin/sh".utf8), .followedPlace)
        let answer = try ProgramRun(shell, ProcessStart(["sh", "-c", script]))
            .answer(deadline: .seconds(20), limit: 1 << 16)
        guard answer.ending == .exited(0) else { throw Failed(script: script) }
        return String(decoding: answer.output.filter { $0 != 0x0A }, as: UTF8.self)
    }

    struct Failed: Error {
        var script: String
    }
}
