package import Facts

/// What happens while tables are gathered.
package enum WorkerProgress: Sendable, Hashable {
    /// A worker was asked for the table of this name.
    case began(String)
    /// The table is there, in this state, as the `done`th of so many.
    case ended(String, TableState, done: Int, of: Int)
}
