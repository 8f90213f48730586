#include <sqlite3.h>

/// Switches off what a hostile schema or statement could use; see https://www.sqlite.org/security.html.
static inline void assay_sqlite_harden(sqlite3 *database) {
    sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)0);
    sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)0);
    sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, (int *)0);
    sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DML, 0, (int *)0);
    sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DDL, 0, (int *)0);
    sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, (int *)0);
}

/// Prepares the first statement of a text, and says how many of its bytes that took.
static inline int assay_sqlite_prepare(sqlite3 *database, const char *sql, sqlite3_stmt **statement, long *used) {
    const char *tail = sql;
    int status = sqlite3_prepare_v2(database, sql, -1, statement, &tail);
    *used = tail - sql;
    return status;
}

/// Binds a copy of a text; the macro SQLITE_TRANSIENT is a cast that Swift does not import.
static inline int assay_sqlite_bind_text(sqlite3_stmt *statement, int place, const char *text, int count) {
    return sqlite3_bind_text(statement, place, text, count, SQLITE_TRANSIENT);
}
