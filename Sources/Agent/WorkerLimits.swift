import Linux

/// What a worker, and the whole of the gathering, may take.
package struct WorkerLimits: Sendable, Hashable {
    /// Time for one table.
    package var deadline: Duration
    /// Time for all tables that are gathered together.
    package var total: Duration
    /// Workers at a time.
    package var count: Int
    /// Bytes of address space of one worker.
    package var memory: UInt64
    /// Seconds of processor time of one worker, in its whole life.
    package var processorSeconds: UInt64

    /// Limits by their parts; as many workers as processors, at most four.
    package init(
        deadline: Duration = .seconds(30), total: Duration = .seconds(300),
        count: Int = min(Processors.count, 4), memory: UInt64 = 1 << 30,
        processorSeconds: UInt64 = 120
    ) {
        self.deadline = deadline
        self.total = total
        self.count = max(count, 1)
        self.memory = memory
        self.processorSeconds = processorSeconds
    }
}
