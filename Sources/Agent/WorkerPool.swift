package import Facts
package import Linux
package import Probes

/// Has workers gather tables; one that is late, dies or answers nonsense is replaced, and its table
/// is unavailable.
///
/// All is done in the calling thread, which ends with the last deadline whatever the workers do.
package final class WorkerPool {
    private let program: WorkerProgram
    private let host: WorkerHost
    private let site: String?
    private let limits: WorkerLimits
    private var idle: [WorkerProcess] = []
    // Killed, and not gone yet: the kernel may never let them go.
    private var dying: [WorkerProcess] = []

    /// A pool that starts a worker when there is something for it to do.
    ///
    /// `site` is a site file that is named; nil is the host's own.
    package init(
        _ program: WorkerProgram, host: WorkerHost, site: String? = nil,
        limits: WorkerLimits = WorkerLimits()
    ) {
        self.program = program
        self.host = host
        self.site = site
        self.limits = limits
    }

    /// Gathers the tables, in their order, and behind them those of foreign collectors; `onProgress`
    /// is called in the calling thread.
    package func gather(
        _ own: [TableSchema], foreign: [Probe.ForeignCollector] = [],
        onProgress: (WorkerProgress) -> Void = { _ in }
    ) -> [GatheredTable] {
        let tables = own + foreign.map(\.table)
        var gathered: [GatheredTable?] = Array(repeating: nil, count: tables.count)
        var done = 0
        let jobs =
            own.map { WorkerJob(.table($0.name, site: site, host), schema: $0) }
            + foreign.map { WorkerJob(.foreign($0, host), schema: $0.table) }
        run(jobs) { index in
            onProgress(.began(tables[index].name))
        } onAnswer: { index, answer in
            let table = WorkerPool.table(answer, tables[index])
            gathered[index] = table
            done += 1
            onProgress(.ended(table.schema.name, table.state, done: done, of: tables.count))
        }
        return zip(tables, gathered).map { schema, table in
            table ?? .unavailable(schema, WorkerFailure.crashed.gap(in: schema.name))
        }
    }

    /// Gathers one table by a worker that is started afresh as another user.
    package func gather(_ table: TableSchema, as identity: Identity) -> GatheredTable {
        var answer: Result<WorkerReply, WorkerFailure> = .failure(.crashed)
        let request = WorkerRequest.table(table.name, site: site, host)
        run([WorkerJob(request, schema: table, identity: identity)]) {
            answer = $1
        }
        return WorkerPool.table(answer, table)
    }

    /// Asks a worker something that the program defines; as another user where one is named.
    package func answer(
        to name: String, _ argument: [UInt8] = [], as identity: Identity? = nil
    ) throws(WorkerFailure) -> [UInt8] {
        var answer: Result<WorkerReply, WorkerFailure> = .failure(.crashed)
        run([WorkerJob(.special(name, argument, host), schema: nil, identity: identity)]) {
            answer = $1
        }
        switch try answer.get() {
        case .special(let bytes): return bytes
        case .unknown: throw .unknown
        case .noHost(let code): throw .noHost(code)
        case .table: throw .notParsed
        }
    }

    private static func table(
        _ answer: Result<WorkerReply, WorkerFailure>, _ schema: TableSchema
    ) -> GatheredTable {
        let failure: WorkerFailure
        switch answer {
        case .success(.table(let table)): return table
        case .success(.unknown): failure = .unknown
        case .success(.noHost(let code)): failure = .noHost(code)
        case .success(.special): failure = .notParsed
        case .failure(let reason): failure = reason
        }
        return .unavailable(schema, failure.gap(in: schema.name))
    }

    deinit {
        for worker in idle { bury(worker) }
        let end = ContinuousClock.now + .milliseconds(100)
        while !dying.isEmpty, ContinuousClock.now < end {
            var readiness = Readiness()
            for worker in dying { _ = worker.watch(in: &readiness) }
            readiness.wait(milliseconds: (end - .now).milliseconds)
            dying.removeAll { $0.hasEnded() }
        }
    }

    // MARK: - The loop

    private func run(
        _ jobs: [WorkerJob], onStart: (Int) -> Void = { _ in },
        onAnswer: (Int, Result<WorkerReply, WorkerFailure>) -> Void
    ) {
        let end = ContinuousClock.now + limits.total
        var waiting = jobs.indices.reversed().map { WorkerTurn(job: $0) }
        var busy: [WorkerTurn] = []
        while !waiting.isEmpty || !busy.isEmpty {
            while busy.count < limits.count, var turn = waiting.popLast() {
                if !turn.isSecond { onStart(turn.job) }
                do throws(WorkerFailure) {
                    try start(&turn, jobs[turn.job], before: end)
                    busy.append(turn)
                } catch {
                    onAnswer(turn.job, .failure(error))
                }
            }
            for (turn, answer) in advance(&busy, jobs) {
                if turn.deservesSecond(after: answer) {
                    waiting.append(WorkerTurn(job: turn.job, isSecond: true))
                } else {
                    onAnswer(turn.job, answer)
                }
            }
            dying.removeAll { $0.hasEnded() }
        }
    }

    private func start(
        _ turn: inout WorkerTurn, _ job: WorkerJob, before end: ContinuousClock.Instant
    ) throws(WorkerFailure) {
        let now = ContinuousClock.now
        guard now < end else { throw .timedOut }
        let old = turn.isSecond || job.identity != nil ? nil : waitingWorker()
        let worker =
            if let old { old } else { try WorkerProcess(program, limits, as: job.identity) }
        worker.ask(job.request)
        turn.worker = worker
        turn.isFresh = old == nil
        turn.deadline = min(now + limits.deadline, end)
    }

    private func waitingWorker() -> WorkerProcess? {
        while let worker = idle.popLast() {
            if worker.isWaiting { return worker }
            bury(worker)
        }
        return nil
    }

    // Waits for what the busy workers say; gives those that are done, which are no longer busy.
    private func advance(_ busy: inout [WorkerTurn], _ jobs: [WorkerJob])
        -> [(WorkerTurn, Result<WorkerReply, WorkerFailure>)]
    {
        guard let next = busy.map(\.deadline).min() else { return [] }
        var readiness = Readiness()
        let indices = busy.map { $0.worker?.watch(in: &readiness) }
        readiness.wait(milliseconds: (next - .now).milliseconds)
        let now = ContinuousClock.now
        var working: [WorkerTurn] = []
        var done: [(WorkerTurn, Result<WorkerReply, WorkerFailure>)] = []
        for (turn, index) in zip(busy, indices) {
            if let worker = turn.worker, let index {
                let progress = worker.advance(readiness, index)
                let isLate = now >= turn.deadline
                if let answer = answer(progress, of: worker, to: jobs[turn.job], isLate: isLate) {
                    done.append((turn, answer))
                } else {
                    working.append(turn)
                }
            }
        }
        busy = working
        return done
    }

    // Nil while it works.
    private func answer(
        _ progress: WorkerProcess.Progress, of worker: WorkerProcess, to job: WorkerJob,
        isLate: Bool
    ) -> Result<WorkerReply, WorkerFailure>? {
        switch progress {
        case .running:
            guard isLate else { return nil }
            bury(worker)
            return .failure(.timedOut)
        case .failed(let failure):
            bury(worker)
            return .failure(failure)
        case .answered(let payload):
            guard let reply = try? WorkerReply(payload, schema: job.schema) else {
                bury(worker)
                return .failure(.notParsed)
            }
            // One that acts as another user has done its work.
            if job.identity == nil { idle.append(worker) } else { bury(worker) }
            return .success(reply)
        }
    }

    private func bury(_ worker: WorkerProcess) {
        worker.kill()
        dying.append(worker)
    }
}
