import Linux

/// A program that is run to be measured.
struct Program {
    /// A run that did not go as a benchmark needs it.
    struct Failed: Error, CustomStringConvertible {
        var description: String
    }

    var path: String

    private func start(_ arguments: [String]) -> ProcessStart {
        ProcessStart([path] + arguments)
    }

    /// How long a run takes, from its start to its end; its status must be one of `statuses`.
    func duration(_ arguments: [String], statuses: Set<Int32>) throws -> Duration {
        let clock = ContinuousClock()
        let executable = try Descriptor.open(Array(path.utf8), .followedPlace)
        let begin = clock.now
        let answer = try ProgramRun(executable, start(arguments))
            .answer(deadline: .seconds(600), limit: 64 << 20)
        let duration = clock.now - begin
        try check(answer.ending, arguments, statuses)
        return duration
    }

    /// What a run prints.
    @discardableResult
    func output(_ arguments: [String], statuses: Set<Int32> = [0]) throws -> String {
        let executable = try Descriptor.open(Array(path.utf8), .followedPlace)
        let answer = try ProgramRun(executable, start(arguments))
            .answer(deadline: .seconds(600), limit: 64 << 20)
        try check(answer.ending, arguments, statuses)
        return String(decoding: answer.output, as: UTF8.self)
    }

    /// The memory of a run's processes, each at its largest.
    func peaks(_ arguments: [String]) throws -> ProcessPeaks {
        let executable = try Descriptor.open(Array(path.utf8), .followedPlace)
        var child = try ChildProcess(executable, start(arguments))
        var peaks = ProcessPeaks()
        while child.reap() == nil {
            peaks.sample()
            var pause = Readiness()
            pause.wait(milliseconds: 1)
        }
        return peaks
    }

    private func check(
        _ ending: ChildProcess.Ending, _ arguments: [String], _ statuses: Set<Int32>
    ) throws {
        if case .exited(let status) = ending, statuses.contains(status) { return }
        throw Failed(description: "\(path) \(arguments.joined(separator: " ")): \(ending)")
    }
}
