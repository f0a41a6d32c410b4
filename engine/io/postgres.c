/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Rows of a PostgreSQL server, through libpq. The query runs as a cursor in a transaction that
 * reads only, in one snapshot: the grammar of DECLARE CURSOR takes a SELECT and nothing else. Rows
 * come a thousand at a time. A server has no file to be hashed, so the rows are.
 */
#include "io/rows.h"

#ifndef MERA_LIBPQ

mera_code io_postgres_open(io_table *table, io_rows **out)
{
    (void)out;
    IO_FAIL(&table->findings, "no-libpq", table->source->at,
            "this mera was built without PostgreSQL");
    mera_hint(table->findings.diags,
              "install libpq-dev and build again; or save the query's rows "
              "as CSV: psql -c \"\\copy (SELECT ...) TO data.csv CSV HEADER\"");
    return MERA_EINPUT;
}

#else

#include "base/hash.h"

#include <libpq-fe.h>
#include <string.h>

#define POSTGRES_FETCH "FETCH FORWARD 1000 FROM mera"

/** A cursor at work. */
typedef struct postgres_rows {
    io_rows rows;
    PGconn *connection;
    PGresult *result; /**< the rows fetched last */
    int at;           /**< the next of them */
    const char *declare;
} postgres_rows;

static mera_at postgres_place(const io_table *table)
{
    return (mera_at){.file = table->findings.path};
}

static void postgres_close(io_rows *rows)
{
    postgres_rows *r = (postgres_rows *)rows;
    PQclear(r->result);
    PQfinish(r->connection);
}

/* What the server or libpq says, its first line. */
static mera_code postgres_fail(const postgres_rows *r, io_table *table, mera_at at)
{
    const char *text = PQerrorMessage(r->connection);
    const char *said = strncmp(text, "ERROR:  ", 8) == 0 ? text + 8 : text;
    IO_FAIL(&table->findings, "bad-database", at, "the database says: %.*s",
            (int)strcspn(said, "\n"), said);
    if (PQstatus(r->connection) != CONNECTION_OK) {
        mera_hint(table->findings.diags,
                  "'database' takes what psql takes: service=NAME of ~/.pg_service.conf, or "
                  "\"host=... dbname=... user=...\"; the password stands in ~/.pgpass");
    }
    return MERA_EINPUT;
}

/* Runs one statement, without rows. */
static mera_code postgres_run(postgres_rows *r, io_table *table, const char *sql)
{
    PGresult *result = PQexecParams(r->connection, sql, 0, NULL, NULL, NULL, NULL, 0);
    const bool good = PQresultStatus(result) == PGRES_COMMAND_OK;
    PQclear(result);
    return good ? MERA_OK : postgres_fail(r, table, postgres_place(table));
}

static mera_code postgres_fetch(postgres_rows *r, io_table *table)
{
    PQclear(r->result);
    r->at = 0;
    r->result = PQexecParams(r->connection, POSTGRES_FETCH, 0, NULL, NULL, NULL, NULL, 0);
    return PQresultStatus(r->result) == PGRES_TUPLES_OK
               ? MERA_OK
               : postgres_fail(r, table, io_table_row(table));
}

/* A password does not belong into a file that others read. */
static mera_code postgres_check(io_table *table)
{
    const mera_source *s = table->source;
    char *message = NULL;
    PQconninfoOption *options = PQconninfoParse(s->database, &message);
    if (options == NULL) {
        IO_FAIL(&table->findings, "bad-database", s->at, "'database' cannot be understood: %.*s",
                message == NULL ? 0 : (int)strcspn(message, "\n"), message == NULL ? "" : message);
        PQfreemem(message);
        return MERA_EINPUT;
    }
    bool password = false;
    for (const PQconninfoOption *o = options; o->keyword != NULL; o++) {
        password |= o->val != NULL && strstr(o->keyword, "password") != NULL;
    }
    PQconninfoFree(options);
    if (!password) {
        return MERA_OK;
    }
    IO_FAIL(&table->findings, "password", s->at, "'database' holds a password");
    mera_hint(
        table->findings.diags,
        "take it out and change it: it belongs into ~/.pgpass, or a file that PGPASSFILE names");
    return MERA_EINPUT;
}

static mera_code postgres_connect(postgres_rows *r, io_table *table)
{
    const char *const keys[] = {"connect_timeout", "dbname", "client_encoding",
                                "fallback_application_name", NULL};
    const char *const values[] = {"10", table->source->database, "UTF8", "mera", NULL};
    static const char *const settings[] = {
        "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",
        "SET LOCAL synchronize_seqscans = off", /* rows in the order in which they lie */
        "SET LOCAL extra_float_digits = 3",     /* numbers read back as the same doubles */
        "SET LOCAL DateStyle = ISO",
    };
    r->connection = PQconnectdbParams(keys, values, 1);
    MERA_TRY_PTR(r->connection);
    if (PQstatus(r->connection) != CONNECTION_OK) {
        return postgres_fail(r, table, table->source->at);
    }
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
        MERA_TRY(postgres_run(r, table, settings[i]));
    }
    return MERA_OK;
}

static mera_code postgres_declare(postgres_rows *r, io_table *table)
{
    MERA_TRY(postgres_run(r, table, r->declare));
    return postgres_fetch(r, table);
}

static mera_code postgres_names(postgres_rows *r, io_table *table)
{
    r->rows.n = (size_t)PQnfields(r->result);
    if (r->rows.n == 0) {
        return IO_FAIL(&table->findings, "bad-query", postgres_place(table),
                       "'query' selects no columns");
    }
    MERA_TRY_NEW(r->rows.name, table->scratch, r->rows.n);
    for (size_t i = 0; i < r->rows.n; i++) {
        const char *name = PQfname(r->result, (int)i);
        MERA_TRY_PTR(r->rows.name[i] = mera_arena_strdup(table->scratch, name));
    }
    return MERA_OK;
}

/* float4, float8 and numeric: their numbers in pg_type never change. */
static bool postgres_is_number(Oid type)
{
    return type == 700 || type == 701 || type == 1700;
}

static mera_code postgres_next(io_rows *rows, io_table *table, bool *more)
{
    postgres_rows *r = (postgres_rows *)rows;
    if (r->at == PQntuples(r->result) && r->at > 0) {
        MERA_TRY(postgres_fetch(r, table));
    }
    *more = r->at < PQntuples(r->result);
    for (size_t i = 0; *more && i < rows->n; i++) {
        const int column = (int)i;
        const bool null = PQgetisnull(r->result, r->at, column) != 0;
        char *text = PQgetvalue(r->result, r->at, column);
        if (postgres_is_number(PQftype(r->result, column))) {
            io_rows_decimal(table, text); /* the result is ours */
        }
        MERA_TRY(io_rows_value(rows, table, i, null ? "" : text,
                               null ? 0 : (size_t)PQgetlength(r->result, r->at, column)));
    }
    r->at += *more ? 1 : 0;
    return MERA_OK;
}

static mera_code postgres_again(io_rows *rows, io_table *table)
{
    postgres_rows *r = (postgres_rows *)rows;
    rows->row = 0;
    MERA_TRY(postgres_run(r, table, "CLOSE mera"));
    return postgres_declare(r, table);
}

/* The hash of names and rows, each value with its length; a gap is not an empty text. */
static mera_code postgres_hash(postgres_rows *r, io_table *table)
{
    mera_sha256 hash;
    mera_sha256_start(&hash);
    for (size_t i = 0; i < r->rows.n; i++) {
        mera_sha256_add(&hash, r->rows.name[i], strlen(r->rows.name[i]) + 1);
    }
    while (PQntuples(r->result) > 0) {
        for (int row = 0; row < PQntuples(r->result); row++) {
            for (int i = 0; i < (int)r->rows.n; i++) {
                const bool null = PQgetisnull(r->result, row, i) != 0;
                const int64_t n = null ? -1 : PQgetlength(r->result, row, i);
                mera_sha256_add(&hash, &n, sizeof n);
                mera_sha256_add(&hash, PQgetvalue(r->result, row, i), null ? 0 : (size_t)n);
            }
        }
        MERA_TRY(postgres_fetch(r, table));
    }
    mera_sha256_end(&hash, table->sha256);
    return postgres_again(&r->rows, table);
}

static mera_code postgres_start(postgres_rows *r, io_table *table)
{
    const mera_source *s = table->source;
    const char *sql = NULL;
    if (s->table == NULL && s->query == NULL) {
        IO_FAIL(&table->findings, "no-table", s->at, "'database' needs 'table' or 'query'");
        return MERA_EINPUT;
    }
    table->findings.path = mera_arena_printf(table->findings.arena, "%s[%s]", s->path,
                                             s->query == NULL ? s->table : "query");
    MERA_TRY_PTR(table->findings.path);
    MERA_TRY(postgres_check(table));
    MERA_TRY(io_rows_statement(table, " ORDER BY ", &sql));
    r->declare = mera_arena_printf(table->scratch, "DECLARE mera NO SCROLL CURSOR FOR %s", sql);
    MERA_TRY_PTR(r->declare);
    MERA_TRY(postgres_connect(r, table));
    MERA_TRY(postgres_declare(r, table));
    MERA_TRY(postgres_names(r, table));
    return postgres_hash(r, table);
}

mera_code io_postgres_open(io_table *table, io_rows **out)
{
    postgres_rows *r = NULL;
    MERA_TRY_NEW(r, table->scratch, 1);
    r->rows = (io_rows){.kind = "postgresql",
                        .next = postgres_next,
                        .again = postgres_again,
                        .close = postgres_close};
    const mera_code code = postgres_start(r, table);
    if (code != MERA_OK) {
        postgres_close(&r->rows);
        return code;
    }
    *out = &r->rows;
    return MERA_OK;
}

#endif
