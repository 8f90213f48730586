import Linux

/// Programs of the host: run by the descriptor that was checked, and only on a running host.
extension LinuxHost {
    /// Runs a program that the package database owns and that only root can write along the whole
    /// path, with an empty environment, no input and no shell.
    package func run(_ command: HostCommand) throws(HostError) -> HostOutput {
        let program = try program(command.path)
        guard try PackageDatabase(host: self).lists(program.path) else {
            throw HostError(.notTrusted, command.path)
        }
        return try output(of: program, command, start(program, command))
    }

    /// Runs a foreign collector: a program to which no link leads and that only root can write along
    /// the whole path, in an empty network namespace, without the power to leave it.
    ///
    /// Where that is not possible it is not run, and the error is `.notIsolated`.
    package func runForeign(_ command: HostCommand, memory: UInt64 = 512 << 20)
        throws(HostError) -> HostOutput
    {
        let program = try program(command.path)
        guard program.components == command.path.components else {
            throw HostError(.notTrusted, command.path)
        }
        var start = try start(program, command)
        start.isIsolated = true
        start.memory = memory
        start.processorSeconds = UInt64(max(command.seconds, 1))
        start.openFiles = 256
        return try output(of: program, command, start)
    }

    // The place of a program that only root can have placed and can change.
    private func program(_ path: HostPath) throws(HostError) -> Place {
        guard kind == .live else { throw HostError(.notRunning, path) }
        let place: Place
        do throws(HostError) {
            place = try programs.trustedPlace(at: path, followsLast: true)
        } catch {
            throw error.code == .unsafeLink ? HostError(.notTrusted, path) : error
        }
        guard place.information.kind == .regular else { throw HostError(.notRegular, path) }
        guard place.isTrusted, !place.isSingleMount else { throw HostError(.notTrusted, path) }
        return place
    }

    private func start(_ program: Place, _ command: HostCommand) throws(HostError) -> ProcessStart {
        var start = ProcessStart([command.path.description] + command.arguments)
        if let interpreter = try interpreter(of: program, command.path) {
            // The kernel opens it by its path; what root alone can change is the same by then.
            _ = try self.program(interpreter)
            start.isScript = true
        }
        return start
    }

    // What stands behind `#!`; see execve(2), which reads 256 bytes.
    private func interpreter(of program: Place, _ path: HostPath) throws(HostError) -> HostPath? {
        let head = try content(of: program, limit: 255, for: path)
        guard head.starts(with: "#!".utf8) else { return nil }
        let line = head.dropFirst(2).prefix { $0 != 0x0A }
        let words = line.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        guard let word = words.first else { throw HostError(.notTrusted, path) }
        return HostPath(bytes: Array(word))
    }

    private func output(of program: Place, _ command: HostCommand, _ start: ProcessStart)
        throws(HostError) -> HostOutput
    {
        let answer: ProgramRun.Answer
        do throws(ProgramRun.Failure) {
            answer = try run(program, command, start)
        } catch {
            throw HostError(LinuxHost.code(error), command.path)
        }
        switch answer.ending {
        case .exited(let status): return HostOutput(status: status, output: answer.output)
        case .killed: throw HostError(.programFailed, command.path)
        }
    }

    private func run(_ program: Place, _ command: HostCommand, _ start: ProcessStart)
        throws(ProgramRun.Failure) -> ProgramRun.Answer
    {
        let deadline = Duration.seconds(command.seconds)
        guard programsNeedFirstRoot else {
            return try ProgramRun(program.descriptor, start)
                .answer(deadline: deadline, limit: command.limit)
        }
        let namespace: Descriptor
        do throws(SystemError) {
            namespace = try processes.firstMountNamespace()
        } catch {
            throw .failed(error)
        }
        // What the program opens by itself must be the host's files, not those of the scan's view.
        return try ProgramRun(
            program.descriptor, start, mountNamespace: namespace.number,
            root: programs.root.descriptor.number
        ).answer(deadline: deadline, limit: command.limit)
    }

    private static func code(_ failure: ProgramRun.Failure) -> HostError.Code {
        switch failure {
        case .timedOut: .timedOut
        case .tooMuchOutput: .tooLarge
        case .failed(let error):
            HostError(error, "/").code == .notPermitted ? .notPermitted : .readFailed
        case .notStarted(let error):
            switch error.stage {
            case .isolation: .notIsolated
            case .namespace: .notPermitted
            case .execute: error.error == .accessDenied ? .notPermitted : .programFailed
            case .start, .identity, .limits: .programFailed
            }
        }
    }
}
