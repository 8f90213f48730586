package import Linux

/// The program that is started for each worker, opened once.
package final class WorkerProgram: Sendable {
    let executable: Descriptor
    let arguments: [String]

    private init(_ executable: consuming Descriptor, _ arguments: [String]) {
        self.executable = executable
        self.arguments = arguments
    }

    /// This program itself, whatever stands at its path by now.
    package static func itself(_ arguments: [String]) throws(SystemError) -> WorkerProgram {
        try WorkerProgram(path: "/proc/self/exe", arguments)
    }

    /// A program by its path.
    package convenience init(path: String, _ arguments: [String]) throws(SystemError) {
        self.init(try Descriptor.open(Array(path.utf8), .followedPlace), arguments)
    }
}
