import Foundation

/// A program that a reader without our code has.
enum Command {
    /// Whether a program is there; a test that needs it is skipped, and says so, where it is not.
    static func exists(_ name: String) -> Bool {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
            .contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") }
    }

    /// Runs a script of `sh` in a directory; gives what it printed, or throws what it complained of.
    static func shell(_ script: String, in directory: URL) throws -> String {
        try run("/bin/sh", ["-euc", script], in: directory)
    }

    /// Runs a script of Python in a directory; the system's own, whose modules are Debian's packages.
    static func python(_ script: String, in directory: URL) throws -> String {
        try run("/usr/bin/env", ["PATH=/usr/bin:/bin", "python3", "-c", script], in: directory)
    }

    private static func run(_ path: String, _ arguments: [String], in directory: URL) throws
        -> String
    {
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.currentDirectoryURL = directory
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let printed = String(
            decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(printed: printed) }
        return printed
    }

    struct Failure: Error { var printed: String }
}
