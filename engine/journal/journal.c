/* SPDX-License-Identifier: Apache-2.0 */
/** @file The file of the record (journal/journal.h): opening, making, statements. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/math.h"
#include "base/text.h"
#include "io/file.h"
#include "journal/internal.h"

enum { JOURNAL_VERSION = 1, JOURNAL_WAIT = 10000 };

static const char journal_tables[] =
    "CREATE TABLE IF NOT EXISTS result(id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE,"
    " n_ranked INTEGER NOT NULL, top TEXT NOT NULL);"
    "CREATE TABLE IF NOT EXISTS unit(id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE,"
    " name TEXT NOT NULL);"
    "CREATE TABLE IF NOT EXISTS place(unit INTEGER NOT NULL, result INTEGER NOT NULL, rank REAL,"
    " score REAL, PRIMARY KEY(unit, result)) WITHOUT ROWID;"
    "CREATE INDEX IF NOT EXISTS place_of_result ON place(result);"
    "CREATE TABLE IF NOT EXISTS run(id INTEGER PRIMARY KEY, batch INTEGER, at TEXT NOT NULL,"
    " command TEXT NOT NULL, side TEXT, methodology TEXT NOT NULL, version TEXT,"
    " sha256 TEXT NOT NULL, engine TEXT NOT NULL, data TEXT NOT NULL, plugins TEXT NOT NULL,"
    " registered TEXT, node TEXT NOT NULL, period TEXT NOT NULL, mean_shift REAL,"
    " result INTEGER NOT NULL);"
    "CREATE TABLE IF NOT EXISTS setting(run INTEGER NOT NULL, path TEXT NOT NULL, written TEXT,"
    " used TEXT, PRIMARY KEY(run, path)) WITHOUT ROWID;"
    "PRAGMA user_version = 1;";

mera_code mera_journal_fail(mera_journal *journal)
{
    const char *why = sqlite3_errmsg(journal->db);
    journal->why = mera_arena_strdup(journal->arena, why);
    return journal->why == NULL || sqlite3_errcode(journal->db) == SQLITE_NOMEM ? MERA_ENOMEM
                                                                                : MERA_ESYSTEM;
}

const char *mera_journal_why(const mera_journal *journal)
{
    return journal->why != NULL ? journal->why : "memory ran out";
}

mera_code mera_journal_run(mera_journal *journal, const char *sql)
{
    return sqlite3_exec(journal->db, sql, NULL, NULL, NULL) == SQLITE_OK
               ? MERA_OK
               : mera_journal_fail(journal);
}

mera_code mera_journal_prepare(mera_journal *journal, const char *sql, sqlite3_stmt **out)
{
    return sqlite3_prepare_v2(journal->db, sql, -1, out, NULL) == SQLITE_OK
               ? MERA_OK
               : mera_journal_fail(journal);
}

mera_code mera_journal_step(mera_journal *journal, sqlite3_stmt *statement, bool *row)
{
    const int step = sqlite3_step(statement);
    *row = step == SQLITE_ROW;
    return *row || step == SQLITE_DONE ? MERA_OK : mera_journal_fail(journal);
}

mera_code mera_journal_finish(mera_journal *journal, sqlite3_stmt *statement)
{
    const mera_code code =
        sqlite3_step(statement) == SQLITE_DONE ? MERA_OK : mera_journal_fail(journal);
    sqlite3_finalize(statement);
    return code;
}

mera_code mera_journal_text(sqlite3_stmt *statement, int column, mera_arena *arena,
                            const char **out)
{
    const unsigned char *text = sqlite3_column_text(statement, column);
    *out = NULL;
    if (text != NULL) {
        *out = mera_arena_strdup(arena, (const char *)text);
        MERA_TRY_PTR(*out);
    }
    return MERA_OK;
}

double mera_journal_number(sqlite3_stmt *statement, int column)
{
    return sqlite3_column_type(statement, column) == SQLITE_NULL
               ? NAN
               : sqlite3_column_double(statement, column);
}

/* ---- opening ------------------------------------------------------------------------------ */

/** The folder `.mera`, which tells git to pass it over. */
static mera_code journal_folder(const char *path, mera_arena *arena, const char **why)
{
    const char *folder = mera_path_folder(path, arena);
    MERA_TRY_PTR(folder);
    if (mera_file_is_folder(folder)) {
        return MERA_OK;
    }
    if (mkdir(folder, 0777) != 0 && errno != EEXIST) {
        *why = mera_arena_printf(arena, "%s cannot be made: %s", folder, strerror(errno));
        return *why != NULL ? MERA_ESYSTEM : MERA_ENOMEM;
    }
    const char *ignore = mera_path_join(folder, ".gitignore", arena);
    MERA_TRY_PTR(ignore);
    if (mera_streq(mera_path_name(folder), ".mera")) {
        (void)mera_file_write(ignore, "*\n", 2, NULL); /* a convenience: it may fail */
    }
    return MERA_OK;
}

/** A file of some later mera is not touched. */
static mera_code journal_check(mera_journal *journal, bool write)
{
    sqlite3_stmt *statement;
    MERA_TRY(mera_journal_prepare(journal, "PRAGMA user_version", &statement));
    bool row;
    const mera_code code = mera_journal_step(journal, statement, &row);
    const int version = row ? sqlite3_column_int(statement, 0) : -1;
    sqlite3_finalize(statement);
    MERA_TRY(code);
    if (version > JOURNAL_VERSION || (version == 0 && !write)) {
        journal->why = version > 0 ? "a later version of mera wrote it" : "it holds no runs";
        return MERA_ESYSTEM;
    }
    return version == 0 ? mera_journal_run(journal, journal_tables) : MERA_OK;
}

mera_code mera_journal_open(const char *path, bool write, mera_arena *arena, mera_journal **out,
                            const char **why)
{
    mera_journal *journal;
    *out = NULL;
    *why = NULL;
    MERA_TRY_NEW(journal, arena, 1);
    journal->arena = arena;
    MERA_TRY(write ? journal_folder(path, arena, why) : MERA_OK);
    const int how = write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    mera_code code = MERA_OK;
    if (sqlite3_open_v2(path, &journal->db, how, NULL) != SQLITE_OK) {
        code = journal->db != NULL ? mera_journal_fail(journal) : MERA_ENOMEM;
    }
    if (code == MERA_OK) {
        sqlite3_busy_timeout(journal->db, JOURNAL_WAIT);
        code = journal_check(journal, write);
    }
    if (code != MERA_OK) {
        *why = mera_journal_why(journal);
        mera_journal_close(journal);
        return code;
    }
    *out = journal;
    return MERA_OK;
}

void mera_journal_close(mera_journal *journal)
{
    if (journal != NULL && journal->db != NULL) {
        sqlite3_close(journal->db);
        journal->db = NULL;
    }
}

const char *mera_journal_key(const mera_result *result, size_t node, size_t period,
                             mera_arena *arena)
{
    const mera_methodology *m = result->methodology;
    mera_text text = {.arena = arena};
    char hex[65];
    mera_text_addf(&text, "%s\n%s\n%s\n%s\n", mera_numbers(), m->sha256, m->node[node].id,
                   result->period[period]);
    for (size_t i = 0; i < result->data->n_files; i++) {
        mera_text_addf(&text, "data %s\n", result->data->file[i].sha256);
    }
    for (size_t i = 0; i < result->n_plugins; i++) {
        mera_text_addf(&text, "plugin %s\n", result->plugin[i].sha256);
    }
    for (size_t i = 0; i < result->n_frozen; i++) {
        mera_text_addf(&text, "frozen %s\n", result->frozen[i].sha256);
    }
    if (mera_text_string(&text) == NULL) {
        return NULL;
    }
    mera_sha256_of(text.data, text.n, hex);
    return mera_arena_strdup(arena, hex);
}
