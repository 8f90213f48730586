/// One attempt at a job.
struct WorkerTurn {
    /// The job's index.
    var job: Int
    /// Whether it was tried before, by a worker that an earlier job may have spoilt.
    var isSecond = false
    /// Whether the worker was started for it.
    var isFresh = false
    var worker: WorkerProcess?
    var deadline = ContinuousClock.now

    init(job: Int, isSecond: Bool = false) {
        self.job = job
        self.isSecond = isSecond
    }

    /// Whether the failure may be that of an earlier job of the same worker, such as memory that it
    /// kept or an answer that it gave late; a late one has had its time.
    func deservesSecond(after answer: Result<WorkerReply, WorkerFailure>) -> Bool {
        guard !isFresh, case .failure(let failure) = answer else { return false }
        switch failure {
        case .crashed, .notParsed: return true
        case .timedOut, .unknown, .noHost: return false
        }
    }
}
