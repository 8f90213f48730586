/// A program that runs to its end, to a deadline or to a bound of its output.
package struct ProgramRun: ~Copyable {
    /// What a program printed, and how it ended.
    package struct Answer: Sendable, Hashable {
        package var ending: ChildProcess.Ending
        package var output: [UInt8]
    }

    /// Why there is no answer.
    package enum Failure: Error, Sendable, Hashable {
        case notStarted(ChildProcess.StartError)
        /// It was killed at the deadline.
        case timedOut
        /// It was killed when it printed more than the bound.
        case tooMuchOutput
        case failed(SystemError)
    }

    private var child: ChildProcess
    private let output: Descriptor
    private let end: Descriptor

    /// Starts a program without input; `mountNamespace` and `root` are entered first.
    package init(
        _ executable: borrowing Descriptor, _ start: ProcessStart, mountNamespace: Int32? = nil,
        root: Int32? = nil
    ) throws(Failure) {
        let channel = try ProgramRun.pipe()
        let child = try ProgramRun.child(
            executable, start, channel.other.number, mountNamespace, root)
        end = try ProgramRun.end(of: child)
        output = channel.ownEnd()
        self.child = child
    }

    private static func child(
        _ executable: borrowing Descriptor, _ start: ProcessStart, _ output: Int32,
        _ mountNamespace: Int32?, _ root: Int32?
    ) throws(Failure) -> ChildProcess {
        do throws(ChildProcess.StartError) {
            return try ChildProcess(
                executable, start, output: output, mountNamespace: mountNamespace, root: root)
        } catch {
            throw .notStarted(error)
        }
    }

    private static func pipe() throws(Failure) -> Channel {
        do throws(SystemError) {
            return try Channel.pipe()
        } catch {
            throw .failed(error)
        }
    }

    private static func end(of child: borrowing ChildProcess) throws(Failure) -> Descriptor {
        do throws(SystemError) {
            return try child.endDescriptor()
        } catch {
            throw .failed(error)
        }
    }

    /// Waits for its end and reads what it prints; what it leaves behind in its process group is
    /// killed, and not waited for.
    ///
    /// `deadline` counts from now; `limit` is in bytes.
    package consuming func answer(deadline: Duration, limit: Int) throws(Failure) -> Answer {
        let latest = ContinuousClock.now + deadline
        var bytes: [UInt8] = []
        var isOpen = true
        do throws(SystemError) {
            try output.setNonblocking()
            while true {
                let hasEnded = wait(until: latest, forOutput: isOpen)
                if isOpen { isOpen = try take(into: &bytes, limit: limit) }
                if bytes.count > limit { break }
                guard hasEnded else {
                    if ContinuousClock.now >= latest { break }
                    continue
                }
                child.kill()
                guard let ending = child.reap() else { continue }
                return Answer(ending: ending, output: bytes)
            }
        } catch {
            throw .failed(error)
        }
        throw bytes.count > limit ? .tooMuchOutput : .timedOut
    }

    // Whether it has ended; returns as soon as there is something to read.
    private borrowing func wait(
        until latest: ContinuousClock.Instant, forOutput isOpen: Bool
    ) -> Bool {
        var readiness = Readiness()
        let ended = readiness.add(end, for: .reading)
        if isOpen { _ = readiness.add(output, for: .reading) }
        readiness.wait(milliseconds: (latest - .now).milliseconds)
        return readiness.canRead(ended)
    }

    // What can be read now; whether more may come.
    private borrowing func take(into bytes: inout [UInt8], limit: Int) throws(SystemError) -> Bool {
        while bytes.count <= limit {
            do throws(SystemError) {
                let some = try output.readSome(min(1 << 16, limit + 1 - bytes.count))
                if some.isEmpty { return false }
                bytes += some
            } catch {
                if error == .wouldBlock { return true }
                throw error
            }
        }
        return true
    }
}
