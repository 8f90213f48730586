/// SQL that was refused, or that could not be carried out.
package struct SQLiteError: Error, Sendable, Hashable {
    /// Why: a closed list.
    package enum Code: String, Sendable, Hashable {
        /// SQLite cannot compile it.
        case notCompiled
        /// It is something other than one SELECT that a view could have.
        case notOneSelect
        /// It does what a probe may not do, or calls a function that is not on the list.
        case notAllowed
        /// It took more steps than it may.
        case budgetExhausted
        /// It broke while it ran.
        case failed
    }

    package var code: Code
    /// What SQLite says of it.
    package var message: String

    /// An error by its parts.
    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
