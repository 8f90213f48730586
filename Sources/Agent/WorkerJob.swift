import Facts
import Linux

/// One request, and how its answer is understood.
struct WorkerJob: Sendable {
    var request: WorkerRequest
    /// Of the tables that are asked for; empty where none is.
    var schemas: [TableSchema]
    /// Who the worker must act as; nil is the scan's own user.
    var identity: Identity?

    init(_ request: WorkerRequest, schemas: [TableSchema], identity: Identity? = nil) {
        self.request = request
        self.schemas = schemas
        self.identity = identity
    }
}
