import CLinux

/// A program that was started by its descriptor: in a session of its own, with nothing inherited but
/// what is its input and output.
///
/// It is killed with its process group when its owner lets go of it, or when the thread that
/// started it ends.
package struct ChildProcess: ~Copyable {
    /// Why a program was not started.
    package struct StartError: Error, Sendable, Hashable {
        /// What could not be done before the program would have run.
        package enum Stage: Sendable, Hashable {
            case start, namespace, isolation, identity, limits, execute
        }

        package var stage: Stage
        package var error: SystemError
    }

    /// How a program ended.
    package enum Ending: Sendable, Hashable {
        case exited(Int32)
        /// By a signal of this number.
        case killed(Int32)
    }

    private let process: pid_t
    /// How it ended, once that was seen.
    package private(set) var ending: Ending?

    /// Starts a program; `input` and `output` become its descriptors 0 and 1, and are `/dev/null`
    /// where there is none; 2 always is.
    package init(
        _ executable: borrowing Descriptor, _ start: ProcessStart, input: Int32? = nil,
        output: Int32? = nil, mountNamespace: Int32? = nil, root: Int32? = nil
    ) throws(StartError) {
        process = unsafe try ChildProcess.process(
            ChildProcess.spawn(
                executable.number, start, input: input, output: output,
                mountNamespace: mountNamespace, root: root), start)
    }

    private static func spawn(
        _ executable: Int32, _ start: ProcessStart, input: Int32?, output: Int32?,
        mountNamespace: Int32?, root: Int32?
    ) -> clinux_spawn {
        var spawn = unsafe clinux_spawn(start)
        unsafe spawn.executable = executable
        unsafe spawn.input = input ?? -1
        unsafe spawn.output = output ?? -1
        unsafe spawn.mount_namespace = mountNamespace ?? -1
        unsafe spawn.root = root ?? -1
        return unsafe spawn
    }

    private static func process(_ spawn: clinux_spawn, _ start: ProcessStart) throws(StartError)
        -> pid_t
    {
        let arguments = try joined(start.arguments)
        let environment = try joined(start.environment)
        var spawn = unsafe spawn
        var stage = CLINUX_STAGE_NONE
        let process = unsafe arguments.withUnsafeBufferPointer { arguments in
            unsafe environment.withUnsafeBufferPointer { environment in
                unsafe spawn.arguments = arguments.baseAddress
                unsafe spawn.arguments_size = arguments.count
                unsafe spawn.environment = environment.baseAddress
                unsafe spawn.environment_size = environment.count
                return unsafe clinux_start(&spawn, &stage)
            }
        }
        guard process > 0 else {
            throw StartError(stage: StartError.Stage(stage), error: SystemError(-process))
        }
        return process
    }

    private static func joined(_ texts: [String]) throws(StartError) -> [CChar] {
        do throws(SystemError) {
            var joined: [CChar] = []
            for text in texts { joined += try cString(Array(text.utf8)) }
            return joined
        } catch {
            throw StartError(stage: .start, error: error)
        }
    }

    /// How it ended, or nil while it runs: never waits.
    package mutating func reap() -> Ending? {
        if let ending { return ending }
        var state = CLINUX_RUNNING
        let number = unsafe clinux_reap(process, &state)
        switch state {
        case CLINUX_EXITED: ending = .exited(number)
        case CLINUX_KILLED: ending = .killed(number)
        // Somebody else took its ending away.
        default: if number < 0 { ending = .killed(0) }
        }
        return ending
    }

    /// Kills it and its process group; one that the kernel does not let go is not waited for.
    package func kill() {
        // Until it is reaped, nobody else can have its number.
        if ending == nil { clinux_kill(process) }
    }

    /// A descriptor that is readable when it has ended; see pidfd_open(2).
    package func endDescriptor() throws(SystemError) -> Descriptor {
        Descriptor(adopting: try SystemError.checked(clinux_process_descriptor(process)))
    }

    deinit {
        guard ending == nil else { return }
        clinux_kill(process)
        var state = CLINUX_RUNNING
        _ = unsafe clinux_reap(process, &state)
    }
}

extension ChildProcess.StartError.Stage {
    init(_ stage: clinux_stage) {
        switch stage {
        case CLINUX_STAGE_NAMESPACE: self = .namespace
        case CLINUX_STAGE_ISOLATION: self = .isolation
        case CLINUX_STAGE_IDENTITY: self = .identity
        case CLINUX_STAGE_LIMITS: self = .limits
        case CLINUX_STAGE_EXECUTE: self = .execute
        default: self = .start
        }
    }
}
