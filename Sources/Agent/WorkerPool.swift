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
    /// The site files that tables are held against.
    package var site: SiteFiles
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
        self.site = SiteFiles(named: site, digests: nil)
        self.limits = limits
    }

    /// Gathers the tables, in their order, and behind them those of foreign collectors; those of one
    /// reading by one worker. `onProgress` is called in the calling thread.
    package func gather(
        _ own: [TableSchema], foreign: [Probe.ForeignCollector] = [],
        onProgress: (WorkerProgress) -> Void = { _ in }
    ) -> [GatheredTable] {
        let tables = own + foreign.map(\.table)
        var gathered: [GatheredTable?] = Array(repeating: nil, count: tables.count)
        var done = 0
        var groups = Self.groups(of: own)
        var jobs = groups.map { group in
            let schemas = group.map { own[$0] }
            return WorkerJob(.tables(schemas.map(\.name), site, host), schemas: schemas)
        }
        groups += foreign.indices.map { [own.count + $0] }
        jobs += foreign.map { WorkerJob(.foreign($0, host), schemas: [$0.table]) }
        run(jobs) { job in
            for index in groups[job] { onProgress(.began(tables[index].name)) }
        } onAnswer: { job, answer in
            for (place, index) in groups[job].enumerated() {
                let table = WorkerPool.table(answer, place, tables[index])
                gathered[index] = table
                done += 1
                onProgress(.ended(table.schema.name, table.state, done: done, of: tables.count))
            }
        }
        return zip(tables, gathered).map { schema, table in
            table ?? .unavailable(schema, WorkerFailure.crashed.gap(in: schema.name))
        }
    }

    // The places of tables that one worker gathers together.
    private static func groups(of tables: [TableSchema]) -> [[Int]] {
        var groups: [[Int]] = []
        var known: [String: Int] = [:]
        for (index, table) in tables.enumerated() {
            if let reading = table.reading, let group = known[reading] {
                groups[group].append(index)
            } else {
                if let reading = table.reading { known[reading] = groups.count }
                groups.append([index])
            }
        }
        return groups
    }

    /// Gathers one table by a worker that is started afresh as another user.
    package func gather(_ table: TableSchema, as identity: Identity) -> GatheredTable {
        var answer: Result<WorkerReply, WorkerFailure> = .failure(.crashed)
        let request = WorkerRequest.tables([table.name], site, host)
        run([WorkerJob(request, schemas: [table], identity: identity)]) {
            answer = $1
        }
        return WorkerPool.table(answer, 0, table)
    }

    /// Asks a worker something that the program defines; as another user where one is named.
    package func answer(
        to name: String, _ argument: [UInt8] = [], as identity: Identity? = nil
    ) throws(WorkerFailure) -> [UInt8] {
        var answer: Result<WorkerReply, WorkerFailure> = .failure(.crashed)
        run([WorkerJob(.special(name, argument, host), schemas: [], identity: identity)]) {
            answer = $1
        }
        switch try answer.get() {
        case .special(let bytes): return bytes
        case .unknown: throw .unknown
        case .noHost(let code): throw .noHost(code)
        case .tables: throw .notParsed
        }
    }

    private static func table(
        _ answer: Result<WorkerReply, WorkerFailure>, _ place: Int, _ schema: TableSchema
    ) -> GatheredTable {
        let failure: WorkerFailure
        switch answer {
        case .success(.tables(let tables)): return tables[place]
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
            guard let reply = try? WorkerReply(payload, schemas: job.schemas) else {
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
