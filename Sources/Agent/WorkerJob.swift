import Facts
import Linux

/// One request, and how its answer is understood.
struct WorkerJob: Sendable {
    var request: WorkerRequest
    /// Of the table that is asked for; nil where none is.
    var schema: TableSchema?
    /// Who the worker must act as; nil is the scan's own user.
    var identity: Identity?

    init(_ request: WorkerRequest, schema: TableSchema?, identity: Identity? = nil) {
        self.request = request
        self.schema = schema
        self.identity = identity
    }
}
