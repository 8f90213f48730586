internal import CSQLite

/// A prepared statement.
@safe struct Statement: ~Copyable {
    private let handle: OpaquePointer

    /// Prepares the only statement that `sql` may hold.
    init(_ database: OpaquePointer, _ sql: String) throws(SQLiteError) {
        unsafe handle = try Statement.prepare(database, Array(sql.utf8CString))
    }

    private static func prepare(
        _ database: OpaquePointer, _ sql: [CChar]
    ) throws(SQLiteError) -> OpaquePointer {
        var prepared: OpaquePointer?
        var used = 0
        let status = unsafe assay_sqlite_prepare(database, sql, &prepared, &used)
        guard status == SQLITE_OK, let handle = unsafe prepared else {
            let message = unsafe String(cString: sqlite3_errmsg(database))
            throw SQLiteError(.notCompiled, message)
        }
        let rest = sql.dropFirst(used).dropLast()
        guard rest.allSatisfy({ $0 == 0x20 || $0 == 0x0A || $0 == 0x09 || $0 == 0x0D }) else {
            unsafe sqlite3_finalize(handle)
            throw SQLiteError(.notOneSelect, "there is a second statement")
        }
        return unsafe handle
    }

    deinit {
        unsafe sqlite3_finalize(handle)
    }

    /// The names of the columns that it gives.
    var columns: [String] {
        var names: [String] = []
        for index in 0..<(unsafe sqlite3_column_count(handle)) {
            names.append(unsafe String(cString: sqlite3_column_name(handle, index)))
        }
        return names
    }

    /// The row that it stands on.
    var cells: [Cell] {
        var cells: [Cell] = []
        for index in 0..<(unsafe sqlite3_column_count(handle)) { cells.append(cell(index)) }
        return cells
    }

    private func cell(_ index: Int32) -> Cell {
        switch unsafe sqlite3_column_type(handle, index) {
        case SQLITE_NULL: return .null
        case SQLITE_INTEGER: return .integer(unsafe sqlite3_column_int64(handle, index))
        case SQLITE_TEXT:
            let count = Int(unsafe sqlite3_column_bytes(handle, index))
            guard let start = unsafe sqlite3_column_text(handle, index) else { return .text("") }
            let bytes = unsafe UnsafeBufferPointer(start: start, count: count)
            return .text(unsafe String(decoding: bytes, as: UTF8.self))
        default: return .other
        }
    }

    /// Goes on to the next row; SQLite's status.
    func step() -> Int32 {
        unsafe sqlite3_step(handle)
    }

    /// Makes the statement ready to run again.
    func reset() {
        unsafe sqlite3_reset(handle)
    }

    /// Gives the parameters their values; false where SQLite refuses one.
    func bind(_ cells: [Cell]) -> Bool {
        for (index, cell) in cells.enumerated() {
            let place = Int32(clamping: index + 1)
            let status =
                switch cell {
                case .null, .other: unsafe sqlite3_bind_null(handle, place)
                case .integer(let number): unsafe sqlite3_bind_int64(handle, place, number)
                case .text(let text):
                    unsafe assay_sqlite_bind_text(
                        handle, place, text, Int32(clamping: text.utf8.count))
                }
            guard status == SQLITE_OK else { return false }
        }
        return true
    }
}
