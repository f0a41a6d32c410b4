/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Rows of a SQLite database, opened to be read. Nothing but one SELECT may run: not only must the
 * statement write nothing, it may not attach files, set options or load code either, and a schema
 * that does such things is refused too (https://www.sqlite.org/security.html).
 */
#include "io/rows.h"

#include "base/number.h"
#include "io/file.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

enum {
    SQLITE_STEPS = 1000000, /* between two looks at the clock that counts instructions */
    SQLITE_LOOKS = 4000,    /* such steps without a row: the query is taken to be endless */
    SQLITE_COLUMNS = 32767,
};

/** A statement at work. */
typedef struct sqlite_rows {
    io_rows rows;
    sqlite3 *db;
    sqlite3_stmt *statement;
    char (*number)[32]; /**< of the row at hand, as text */
    int looks;
} sqlite_rows;

bool io_is_sqlite(mera_slice bytes)
{
    return bytes.n >= 16 && memcmp(bytes.at, "SQLite format 3", 16) == 0;
}

static mera_at sqlite_place(const io_table *table)
{
    return (mera_at){.file = table->findings.path};
}

static int sqlite_allow(void *unused, int action, const char *a, const char *b, const char *c,
                        const char *d)
{
    (void)unused;
    (void)a;
    (void)c;
    (void)d;
    const bool loads = action == SQLITE_FUNCTION && b != NULL && strcmp(b, "load_extension") == 0;
    const bool reads = action == SQLITE_SELECT || action == SQLITE_READ ||
                       action == SQLITE_FUNCTION || action == SQLITE_RECURSIVE;
    return reads && !loads ? SQLITE_OK : SQLITE_DENY;
}

static int sqlite_look(void *data)
{
    sqlite_rows *r = data;
    return ++r->looks > SQLITE_LOOKS;
}

static void sqlite_close(io_rows *rows)
{
    sqlite_rows *r = (sqlite_rows *)rows;
    sqlite3_finalize(r->statement);
    sqlite3_close(r->db);
}

/* What a code means, with a way out. */
static mera_code sqlite_fail(const sqlite_rows *r, io_table *table, int code, mera_at at)
{
    if ((code & 0xff) == SQLITE_NOMEM) {
        return MERA_ENOMEM;
    }
    IO_FAIL(&table->findings, "bad-database", at,
            code == SQLITE_INTERRUPT ? "the query runs on and on without a row%s"
            : code == SQLITE_AUTH    ? "only SELECT may be asked of a database (%s)"
                                     : "the database says: %s",
            code == SQLITE_INTERRUPT ? "" : sqlite3_errmsg(r->db));
    if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB) {
        mera_hint(table->findings.diags,
                  "the file is damaged: 'sqlite3 FILE .recover' may save it");
    } else if (code == SQLITE_CANTOPEN || code == SQLITE_BUSY || code == SQLITE_READONLY) {
        mera_hint(table->findings.diags, "another program writes to it: close that, or read a copy "
                                         "made with 'sqlite3 FILE \"VACUUM INTO 'copy.db'\"'");
    }
    return MERA_EINPUT;
}

static int sqlite_guard(sqlite_rows *r)
{
    static const struct {
        int id, value;
    } limits[] = {{SQLITE_LIMIT_LENGTH, 4 * ROWS_TEXT},  {SQLITE_LIMIT_SQL_LENGTH, ROWS_TEXT},
                  {SQLITE_LIMIT_COLUMN, SQLITE_COLUMNS}, {SQLITE_LIMIT_EXPR_DEPTH, 200},
                  {SQLITE_LIMIT_COMPOUND_SELECT, 100},   {SQLITE_LIMIT_ATTACHED, 0},
                  {SQLITE_LIMIT_TRIGGER_DEPTH, 1},       {SQLITE_LIMIT_WORKER_THREADS, 0}};
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        sqlite3_limit(r->db, limits[i].id, limits[i].value);
    }
    sqlite3_db_config(r->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(r->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(r->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL); /* "x" is a column, or an error */
    sqlite3_db_config(r->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_progress_handler(r->db, SQLITE_STEPS, sqlite_look, r);
    return sqlite3_set_authorizer(r->db, sqlite_allow, NULL);
}

/* A log that is not yet in the file would be read and not be in its hash. */
static mera_code sqlite_check_log(io_table *table)
{
    const char *log = mera_arena_printf(table->scratch, "%s-wal", table->source->path);
    io_bytes bytes;
    MERA_TRY_PTR(log);
    if (!mera_file_exists(log) ||
        io_bytes_open(log, MERA_NOWHERE, table->findings.diags, &bytes) != MERA_OK) {
        return MERA_OK;
    }
    const size_t n = bytes.n;
    io_bytes_close(&bytes);
    if (n == 0) {
        return MERA_OK;
    }
    IO_FAIL(&table->findings, "bad-database", sqlite_place(table),
            "changes of the database are still in its log, %s", log);
    mera_hint(table->findings.diags,
              "'sqlite3 FILE \"PRAGMA wal_checkpoint(TRUNCATE)\"' puts them into the file");
    return MERA_EINPUT;
}

/* The one table there is, or an error that names them. */
static mera_code sqlite_only_table(sqlite_rows *r, io_table *table, const char **name)
{
    sqlite3_stmt *list = NULL;
    mera_text names = {.arena = table->scratch};
    size_t n = 0;
    int code = sqlite3_prepare_v2(r->db,
                                  "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') "
                                  "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
                                  -1, &list, NULL);
    while (code == SQLITE_OK && (code = sqlite3_step(list)) == SQLITE_ROW) {
        const char *text = (const char *)sqlite3_column_text(list, 0);
        *name = mera_arena_strdup(table->scratch, text == NULL ? "" : text);
        names.failed |= *name == NULL;
        mera_text_addf(&names, "%s%.200s",
                       n == 0   ? ""
                       : n < 12 ? ", "
                                : "\n",
                       *name == NULL ? "" : *name);
        code = SQLITE_OK;
        n++;
    }
    sqlite3_finalize(list);
    MERA_TRY_PTR(mera_text_string(&names));
    if (code != SQLITE_DONE) {
        return sqlite_fail(r, table, code, sqlite_place(table));
    }
    if (n == 1) {
        return MERA_OK;
    }
    IO_FAIL(&table->findings, "no-table", sqlite_place(table),
            n == 0 ? "the database has no table" : "the database has %zu tables, and none is named",
            n);
    if (n > 0) {
        mera_hint(table->findings.diags, "'table' or 'query' says what is wanted: %.*s%s",
                  (int)strcspn(mera_text_string(&names), "\n"), mera_text_string(&names),
                  n > 12 ? ", ..." : "");
    }
    return MERA_EINPUT;
}

/* Nothing but blanks and one semicolon may stand behind a statement. */
static bool sqlite_ends(const char *tail)
{
    return tail == NULL || tail[strspn(tail, " \t\r\n;")] == '\0';
}

static mera_code sqlite_prepare(sqlite_rows *r, io_table *table)
{
    const char *sql = NULL, *tail = NULL;
    MERA_TRY(io_rows_statement(table, NULL, &sql));
    const int code = sqlite3_prepare_v2(r->db, sql, -1, &r->statement, &tail);
    if (code != SQLITE_OK) {
        return sqlite_fail(r, table, code, sqlite_place(table));
    }
    if (r->statement == NULL || !sqlite_ends(tail) || !sqlite3_stmt_readonly(r->statement) ||
        sqlite3_column_count(r->statement) == 0) {
        return IO_FAIL(&table->findings, "bad-query", sqlite_place(table),
                       "'query' must be one SELECT, and nothing behind it");
    }
    if (sqlite3_bind_parameter_count(r->statement) > 0) {
        return IO_FAIL(&table->findings, "bad-query", sqlite_place(table),
                       "'query' has a parameter ('?', ':name'), which nobody fills in");
    }
    r->rows.n = (size_t)sqlite3_column_count(r->statement);
    MERA_TRY_NEW(r->rows.name, table->scratch, r->rows.n);
    MERA_TRY_NEW(r->number, table->scratch, r->rows.n);
    for (size_t i = 0; i < r->rows.n; i++) {
        const char *name = sqlite3_column_name(r->statement, (int)i);
        MERA_TRY_PTR(r->rows.name[i] = mera_arena_strdup(table->scratch, name == NULL ? "" : name));
    }
    return MERA_OK;
}

static mera_code sqlite_value(sqlite_rows *r, io_table *table, size_t i)
{
    const int column = (int)i;
    char *number = r->number[i];
    switch (sqlite3_column_type(r->statement, column)) {
    case SQLITE_NULL:
        return io_rows_value(&r->rows, table, i, "", 0);
    case SQLITE_INTEGER:
        snprintf(number, sizeof *r->number, "%lld",
                 (long long)sqlite3_column_int64(r->statement, column));
        return io_rows_value(&r->rows, table, i, number, strlen(number));
    case SQLITE_FLOAT:
        mera_number_write(sqlite3_column_double(r->statement, column), number);
        io_rows_decimal(table, number);
        return io_rows_value(&r->rows, table, i, number, strlen(number));
    case SQLITE_TEXT: {
        const char *text = (const char *)sqlite3_column_text(r->statement, column);
        MERA_TRY_PTR(text);
        return io_rows_value(&r->rows, table, i, text,
                             (size_t)sqlite3_column_bytes(r->statement, column));
    }
    default:
        return IO_FAIL(&table->findings, "bad-value", io_table_at(table, i),
                       "'%s' holds bytes (a BLOB), which are neither text nor number",
                       r->rows.name[i]);
    }
}

static mera_code sqlite_next(io_rows *rows, io_table *table, bool *more)
{
    sqlite_rows *r = (sqlite_rows *)rows;
    r->looks = 0;
    const int code = sqlite3_step(r->statement);
    *more = code == SQLITE_ROW;
    if (code != SQLITE_ROW && code != SQLITE_DONE) {
        return sqlite_fail(r, table, code, io_table_row(table));
    }
    for (size_t i = 0; *more && i < rows->n; i++) {
        MERA_TRY(sqlite_value(r, table, i));
    }
    return MERA_OK;
}

static mera_code sqlite_again(io_rows *rows, io_table *table)
{
    sqlite_rows *r = (sqlite_rows *)rows;
    (void)table;
    sqlite3_reset(r->statement);
    rows->row = 0;
    return MERA_OK;
}

static mera_code sqlite_start(sqlite_rows *r, io_table *table)
{
    const mera_source *s = table->source;
    mera_source *one = NULL;
    const char *name = s->table;
    MERA_TRY(sqlite_check_log(table));
    int code = sqlite3_open_v2(s->path, &r->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);
    code = code == SQLITE_OK ? sqlite_guard(r) : code;
    if (code != SQLITE_OK) {
        return r->db == NULL ? MERA_ENOMEM : sqlite_fail(r, table, code, sqlite_place(table));
    }
    if (s->table == NULL && s->query == NULL) {
        MERA_TRY(sqlite_only_table(r, table, &name));
        MERA_TRY_NEW(one, table->findings.arena, 1);
        *one = *s;
        MERA_TRY_PTR(one->table = mera_arena_strdup(table->findings.arena, name));
        table->source = one;
    }
    table->findings.path =
        mera_arena_printf(table->findings.arena, "%s[%s]", s->path, name == NULL ? "query" : name);
    MERA_TRY_PTR(table->findings.path);
    return sqlite_prepare(r, table);
}

mera_code io_sqlite_open(io_table *table, io_rows **out)
{
    sqlite_rows *r = NULL;
    MERA_TRY_NEW(r, table->scratch, 1);
    r->rows = (io_rows){
        .kind = "sqlite", .next = sqlite_next, .again = sqlite_again, .close = sqlite_close};
    const mera_code code = sqlite_start(r, table);
    if (code != MERA_OK) {
        sqlite_close(&r->rows);
        return code;
    }
    *out = &r->rows;
    return MERA_OK;
}
