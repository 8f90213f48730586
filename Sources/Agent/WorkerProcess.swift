import Facts
import Linux

/// One running worker, as the scan sees it.
final class WorkerProcess {
    private var child: ChildProcess
    private let channel: Descriptor
    private let end: Descriptor
    private var unsent: ArraySlice<UInt8> = []
    private var received = FrameBuffer()

    /// Starts the program under limits, and as another user where one is named.
    init(_ program: WorkerProgram, _ limits: WorkerLimits, as identity: Identity?)
        throws(WorkerFailure)
    {
        do throws(SystemError) {
            let channel = try Channel.sockets()
            try channel.own.setNonblocking()
            child = try WorkerProcess.child(program, limits, identity, channel.other.number)
            end = try child.endDescriptor()
            self.channel = channel.ownEnd()
        } catch {
            throw .crashed
        }
    }

    private static func child(
        _ program: WorkerProgram, _ limits: WorkerLimits, _ identity: Identity?, _ channel: Int32
    ) throws(SystemError) -> ChildProcess {
        var start = ProcessStart(program.arguments)
        start.environment += ["SWIFT_BACKTRACE=enable=no"]
        start.identity = identity
        start.memory = limits.memory
        start.processorSeconds = limits.processorSeconds
        start.openFiles = 1024
        do throws(ChildProcess.StartError) {
            return try ChildProcess(program.executable, start, input: channel, output: channel)
        } catch {
            throw error.error
        }
    }
    /// What has become of a request.
    enum Progress {
        case running
        case answered([UInt8])
        case failed(WorkerFailure)
    }

    /// Asks; the answer to what was asked before must have been taken.
    func ask(_ request: WorkerRequest) {
        unsent = Frame.bytes(around: request.bytes)[...]
    }

    /// Whether it waits for a request: one that has ended, or says something unasked, does not.
    var isWaiting: Bool {
        var readiness = Readiness()
        let (said, ended) = watch(in: &readiness)
        readiness.wait(milliseconds: 0)
        return !readiness.canRead(said) && !readiness.canRead(ended)
    }

    /// Waits, with others, for something that it does; gives the indices of what it says and of its
    /// end.
    func watch(in readiness: inout Readiness) -> (said: Int, ended: Int) {
        let said = readiness.add(channel, for: unsent.isEmpty ? .reading : .both)
        return (said, readiness.add(end, for: .reading))
    }

    /// Sends and receives what can be without waiting.
    func advance(_ readiness: Readiness, _ index: (said: Int, ended: Int)) -> Progress {
        do throws(SystemError) {
            if readiness.canWrite(index.said), !unsent.isEmpty {
                unsent = unsent.dropFirst(try channel.writeSome(unsent))
            }
            // Its last words may be an answer, so they are read before its end counts.
            if readiness.canRead(index.said), !(try receive()) { return .failed(.crashed) }
        } catch {
            if error != .wouldBlock { return .failed(.crashed) }
        }
        do throws(FrameBuffer.Failure) {
            if let payload = try received.payload() { return .answered(payload) }
        } catch {
            return .failed(.notParsed)
        }
        return readiness.canRead(index.ended) ? .failed(.crashed) : .running
    }

    // False at the end. One read at a time: the others wait too.
    private func receive() throws(SystemError) -> Bool {
        let bytes = try channel.readSome(min(max(received.missing, 1 << 12), 1 << 20))
        received.append(bytes)
        return !bytes.isEmpty
    }

    /// Kills it; a process that the kernel does not let go is not waited for.
    func kill() {
        child.kill()
    }

    /// Whether it is gone: never waits.
    func hasEnded() -> Bool {
        child.reap() != nil
    }
}
