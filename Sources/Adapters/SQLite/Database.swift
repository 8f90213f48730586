internal import CSQLite

/// A database in memory: tables are made and filled, and then only confined SELECTs are run.
///
/// See <https://www.sqlite.org/security.html> for what is switched off.
@safe package struct Database: ~Copyable {
    private let handle: OpaquePointer
    private let confinement: Confinement

    /// An empty database whose SELECTs may read `tables`.
    package init(tables: Set<String>) throws(SQLiteError) {
        var opened: OpaquePointer?
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX
        let status = unsafe sqlite3_open_v2(":memory:", &opened, flags, nil)
        guard status == SQLITE_OK, let handle = unsafe opened else {
            unsafe sqlite3_close_v2(opened)
            throw SQLiteError(.failed, "no database could be made")
        }
        unsafe self.handle = handle
        confinement = Confinement(tables: tables)
        limit()
        watch()
    }

    deinit {
        unsafe sqlite3_close_v2(handle)
    }

    private func limit() {
        unsafe assay_sqlite_harden(handle)
        let limits: [(Int32, Int32)] = [
            (SQLITE_LIMIT_SQL_LENGTH, 65_536), (SQLITE_LIMIT_EXPR_DEPTH, 200),
            (SQLITE_LIMIT_COMPOUND_SELECT, 30), (SQLITE_LIMIT_ATTACHED, 0),
            (SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1_000), (SQLITE_LIMIT_LENGTH, 16 << 20),
            (SQLITE_LIMIT_TRIGGER_DEPTH, 1), (SQLITE_LIMIT_WORKER_THREADS, 0),
        ]
        for (name, value) in limits { unsafe sqlite3_limit(handle, name, value) }
    }

    private func watch() {
        let context = unsafe Unmanaged.passUnretained(confinement).toOpaque()
        unsafe sqlite3_set_authorizer(
            handle,
            { context, action, first, second, _, _ in
                guard let context = unsafe context else { return SQLITE_DENY }
                let confinement = unsafe Unmanaged<Confinement>.fromOpaque(context)
                    .takeUnretainedValue()
                let names = unsafe (
                    first.map { unsafe String(cString: $0) },
                    second.map { unsafe String(cString: $0) }
                )
                return confinement.allows(action, names.0, names.1) ? SQLITE_OK : SQLITE_DENY
            }, context)
        unsafe sqlite3_progress_handler(
            handle, 1_000,
            { context in
                guard let context = unsafe context else { return 1 }
                let confinement = unsafe Unmanaged<Confinement>.fromOpaque(context)
                    .takeUnretainedValue()
                guard confinement.isActive else { return 0 }
                confinement.budget -= 1
                return confinement.budget < 0 ? 1 : 0
            }, context)
    }

    /// Carries out our own SQL, before any confined one.
    package func define(_ sql: String) throws(SQLiteError) {
        let status = unsafe sqlite3_exec(handle, sql, nil, nil, nil)
        guard status == SQLITE_OK else { throw error(.failed) }
    }

    /// Inserts rows of `width` cells each into a table that was defined.
    package func insert(_ rows: [[Cell]], into table: String, width: Int) throws(SQLiteError) {
        guard !rows.isEmpty else { return }
        let marks = Array(repeating: "?", count: width).joined(separator: ", ")
        let statement = unsafe try Statement(handle, "INSERT INTO \"\(table)\" VALUES (\(marks))")
        try define("BEGIN")
        for row in rows {
            guard row.count == width, statement.bind(row), statement.step() == SQLITE_DONE else {
                throw error(.failed)
            }
            statement.reset()
        }
        try define("COMMIT")
    }

    /// What a SELECT would give and read, without running it.
    package func compile(_ sql: String) throws(SQLiteError) -> CompiledSelect {
        begin(budget: 0)
        defer { confinement.isActive = false }
        let statement = try prepare(sql)
        return CompiledSelect(columns: statement.columns, reads: confinement.reads)
    }

    /// Appends the rows of a SELECT to `rows`, for at most `budget` thousand steps.
    ///
    /// What was found before an error stays in `rows`.
    package func query(
        _ sql: String, budget: Int, into rows: inout [[Cell]]
    ) throws(SQLiteError) {
        begin(budget: budget)
        defer { confinement.isActive = false }
        let statement = try prepare(sql)
        while true {
            switch statement.step() {
            case SQLITE_ROW: rows.append(statement.cells)
            case SQLITE_DONE: return
            case SQLITE_INTERRUPT:
                throw SQLiteError(.budgetExhausted, "it takes more steps than it may")
            default: throw error(.failed)
            }
        }
    }

    private func begin(budget: Int) {
        confinement.isActive = true
        confinement.reads = [:]
        confinement.refusal = nil
        confinement.budget = budget
    }

    private func prepare(_ sql: String) throws(SQLiteError) -> Statement {
        try requireView(sql)
        do throws(SQLiteError) {
            return unsafe try Statement(handle, sql)
        } catch {
            guard let refusal = confinement.refusal else { throw error }
            throw SQLiteError(.notAllowed, refusal)
        }
    }

    // A view takes one SELECT and no parameter; preparing its definition runs nothing.
    private func requireView(_ sql: String) throws(SQLiteError) {
        confinement.isActive = false
        defer { confinement.isActive = true }
        do throws(SQLiteError) {
            _ = unsafe try Statement(handle, "CREATE TEMP VIEW assay_probe AS " + sql)
        } catch {
            throw SQLiteError(.notOneSelect, error.message)
        }
    }

    private func error(_ code: SQLiteError.Code) -> SQLiteError {
        let message = unsafe String(cString: sqlite3_errmsg(handle))
        return SQLiteError(code, message)
    }
}

/// What a SELECT gives and what it reads.
package struct CompiledSelect: Sendable, Hashable {
    /// The names of its columns, in order.
    package var columns: [String]
    /// Columns by table; the empty name stands for the rows themselves, as `count(*)` reads them.
    package var reads: [String: Set<String>]
}
