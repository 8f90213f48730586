package import Facts
import Linux
import Netlink

/// Starts a secluded worker for each replay: in user, mount and network namespaces of its own, with
/// `/` read-only.
package struct SecludedReplay: RuleReplay {
    private let program: WorkerProgram

    /// Workers are started from this program.
    package init(_ program: WorkerProgram) {
        self.program = program
    }

    /// Carries out a plan; the worker ends with the view.
    package func host(after plan: ReplayPlan) throws(HostError) -> any HostView {
        let host = try ReplayedHost(program)
        guard case .done = try host.answer(to: .plan(plan)) else {
            throw HostError(.notIsolated, "replay")
        }
        return host
    }
}

/// The host as a secluded worker sees it; the worker ends with this view.
final class ReplayedHost: HostView {
    private let child: ChildProcess
    private let channel: Descriptor

    /// Starts the worker.
    init(_ program: WorkerProgram) throws(HostError) {
        var start = ProcessStart(program.arguments)
        start.environment += ["SWIFT_BACKTRACE=enable=no"]
        start.isSecluded = true
        start.openFiles = 1024
        do {
            let channel = try Channel.sockets()
            child = try ChildProcess(
                program.executable, start, input: channel.other.number,
                output: channel.other.number)
            self.channel = channel.ownEnd()
        } catch {
            throw HostError(.notIsolated, "replay")
        }
    }

    var kind: HostKind { .live }
    var now: Int64 { SystemClock.now }

    /// Asks the worker, and waits; the deadline is that of the table that needs it.
    func answer(to question: ReplayQuestion) throws(HostError) -> ReplayAnswer {
        let answer: ReplayAnswer
        do {
            let request = WorkerRequest.special(ReplayQuestion.name, question.bytes, .secluded)
            try channel.write(Frame.bytes(around: request.bytes))
            guard case .special(let bytes) = try WorkerReply(try payload(), schemas: []) else {
                throw HostError(.programFailed, "replay")
            }
            answer = try ReplayAnswer(bytes)
        } catch {
            throw HostError(.programFailed, "replay")
        }
        if case .error(let error) = answer { throw error }
        return answer
    }

    private func payload() throws -> [UInt8] {
        var buffer = FrameBuffer()
        while true {
            let bytes = try channel.readSome(min(max(buffer.missing, 1), 1 << 20))
            guard !bytes.isEmpty else { throw SystemError.invalid }
            buffer.append(bytes)
            if let payload = try buffer.payload() { return payload }
        }
    }

    func read(_ path: HostPath, limit: Int) throws(HostError) -> [UInt8] {
        guard case .content(let bytes) = try answer(to: .read(path, limit: limit)) else {
            throw HostError(.readFailed, path)
        }
        return bytes
    }

    func status(of path: HostPath) throws(HostError) -> FileStatus {
        guard case .status(let status) = try answer(to: .status(path)) else {
            throw HostError(.readFailed, path)
        }
        return status
    }

    func run(_ command: HostCommand) throws(HostError) -> HostOutput {
        guard case .output(let output) = try answer(to: .run(command)) else {
            throw HostError(.programFailed, command.path)
        }
        return output
    }

    func answer(to question: NetlinkQuestion) throws(HostError) -> [NetlinkMessage] {
        guard case .messages(let messages) = try answer(to: .kernel(question)) else {
            throw HostError(.readFailed, "netlink")
        }
        return messages
    }

    // What a ruleset is does not hang on directories, links and parts of files.
    func beginning(of path: HostPath, count: Int) throws(HostError) -> [UInt8] {
        throw HostError(.notRunning, path)
    }

    func list(_ path: HostPath) throws(HostError) -> [DirectoryEntry] {
        throw HostError(.notRunning, path)
    }

    func target(ofLink path: HostPath) throws(HostError) -> HostPath {
        throw HostError(.notRunning, path)
    }

    func resolve(_ path: HostPath) throws(HostError) -> HostPath {
        throw HostError(.notRunning, path)
    }
}
