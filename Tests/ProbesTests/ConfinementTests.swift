import Facts
import Probes
import SQLite
import Testing

/// What the SQL of a probe may not do, each with the attempt.
struct ConfinementTests {
    static let schema = TableSchema(
        name: "shells", documentation: "", key: .column("path"), layer: .configured,
        columns: [
            ColumnSchema(name: "path", type: .text, documentation: "", privacy: .plain)
        ])

    func refusal(of sql: String) throws -> SQLiteError? {
        let store = try FactStore(schemas: [Self.schema], tables: [])
        do throws(SQLiteError) {
            _ = try store.compile(sql)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [
        ("ATTACH 'x' AS y", SQLiteError.Code.notOneSelect),
        ("PRAGMA user_version", .notOneSelect),
        ("DELETE FROM shells", .notOneSelect),
        ("INSERT INTO shells VALUES ('x')", .notOneSelect),
        ("UPDATE shells SET path = 'x'", .notOneSelect),
        ("CREATE TABLE x (y)", .notOneSelect),
        ("DROP TABLE shells", .notOneSelect),
        ("SELECT path FROM shells; SELECT 1", .notOneSelect),
        ("SELECT path FROM shells WHERE path = ?", .notOneSelect),
        ("SELECT path FROM shells WHERE path = :name", .notOneSelect),
        ("SELECT load_extension('x')", .notAllowed),
        ("SELECT random()", .notAllowed),
        ("SELECT randomblob(9)", .notAllowed),
        ("SELECT datetime('now')", .notAllowed),
        ("SELECT date('now')", .notAllowed),
        ("SELECT CURRENT_TIMESTAMP", .notAllowed),
        ("SELECT sqlite_version()", .notAllowed),
        ("SELECT name FROM sqlite_master", .notAllowed),
        ("SELECT name FROM pragma_table_info('shells')", .notAllowed),
        ("SELECT key FROM json_each('[1]')", .notAllowed),
        ("SELECT \"typo\" FROM shells", .notCompiled),
        ("SELECT path FROM shells WHERE path = \"typo\"", .notCompiled),
        ("SELECT path FROM nowhere", .notCompiled),
        ("", .notOneSelect),
        ("SELECT path FROM shells WHERE", .notOneSelect),
    ])
    func `a probe may only read facts`(sql: String, code: SQLiteError.Code) throws {
        #expect(try refusal(of: sql)?.code == code)
    }

    @Test(arguments: [
        "SELECT path FROM shells", "SELECT path FROM shells;",
        "WITH x AS (SELECT path FROM shells) SELECT path FROM x",
        "SELECT count(*) FROM shells",
        "SELECT printf('%s', path) FROM shells UNION ALL SELECT upper(path) FROM shells",
    ])
    func `reading facts is allowed`(sql: String) throws {
        #expect(try refusal(of: sql) == nil)
    }

    @Test func `an endless recursion ends`() throws {
        let store = try FactStore(schemas: [Self.schema], tables: [])
        let sql =
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
        var rows: [[Cell]] = []
        do throws(SQLiteError) {
            try store.query(sql, into: &rows)
            Issue.record("it ended by itself")
        } catch {
            #expect(error.code == .budgetExhausted)
        }
    }

    @Test func `the plan names the tables and columns that are read`() throws {
        let store = try FactStore(schemas: [Self.schema], tables: [])
        #expect(try store.compile("SELECT path FROM shells").reads == ["shells": ["path"]])
        #expect(try store.compile("SELECT count(*) FROM shells").reads == ["shells": [""]])
    }
}
