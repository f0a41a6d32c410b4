/* SPDX-License-Identifier: Apache-2.0 */
/** @file Reading the record (journal/journal.h). */
#include <string.h>

#include "base/math.h"
#include "base/text.h"
#include "journal/internal.h"

/** How many rows a statement will give. */
static mera_code read_count(mera_journal *journal, const char *sql, int64_t number, size_t *out)
{
    sqlite3_stmt *statement;
    MERA_TRY(mera_journal_prepare(journal, sql, &statement));
    if (sqlite3_bind_parameter_count(statement) > 0) {
        sqlite3_bind_int64(statement, 1, number);
    }
    bool row;
    const mera_code code = mera_journal_step(journal, statement, &row);
    *out = row ? (size_t)sqlite3_column_int64(statement, 0) : 0;
    sqlite3_finalize(statement);
    return code;
}

static mera_code read_settings(mera_journal *journal, mera_arena *arena, mera_run *run)
{
    mera_run_setting *setting;
    sqlite3_stmt *statement;
    size_t n;
    MERA_TRY(read_count(journal, "SELECT count(*) FROM setting WHERE run = ?1", run->id, &n));
    MERA_TRY_NEW(setting, arena, n);
    MERA_TRY(mera_journal_prepare(
        journal, "SELECT path, written, used FROM setting WHERE run = ?1 ORDER BY path",
        &statement));
    sqlite3_bind_int64(statement, 1, run->id);
    bool row;
    mera_code code = mera_journal_step(journal, statement, &row);
    while (code == MERA_OK && row && run->n_settings < n) {
        mera_run_setting *s = &setting[run->n_settings++];
        code = mera_journal_text(statement, 0, arena, &s->path);
        code = code == MERA_OK ? mera_journal_text(statement, 1, arena, &s->written) : code;
        code = code == MERA_OK ? mera_journal_text(statement, 2, arena, &s->used) : code;
        code = code == MERA_OK ? mera_journal_step(journal, statement, &row) : code;
    }
    sqlite3_finalize(statement);
    run->setting = setting;
    return code;
}

static mera_code read_run(sqlite3_stmt *s, mera_arena *arena, mera_run *run)
{
    const char **const text[] = {&run->at,      &run->command,    &run->side,   &run->methodology,
                                 &run->version, &run->sha256,     &run->engine, &run->data,
                                 &run->plugins, &run->registered, &run->node,   &run->period,
                                 &run->top};
    const int n = (int)(sizeof text / sizeof *text);
    for (int i = 0; i < n; i++) {
        MERA_TRY(mera_journal_text(s, i, arena, text[i]));
    }
    run->id = sqlite3_column_int64(s, n);
    run->batch = sqlite3_column_int64(s, n + 1);
    run->result = sqlite3_column_int64(s, n + 2);
    run->n_ranked = (size_t)sqlite3_column_int64(s, n + 3);
    run->mean_shift = mera_journal_number(s, n + 4);
    return MERA_OK;
}

mera_code mera_journal_runs(mera_journal *journal, mera_arena *arena, mera_run **out, size_t *n)
{
    sqlite3_stmt *statement;
    size_t most, read = 0;
    MERA_TRY(mera_journal_run(journal, "BEGIN"));
    MERA_TRY(read_count(journal, "SELECT count(*) FROM run", 0, &most));
    MERA_TRY_NEW(*out, arena, most);
    MERA_TRY(mera_journal_prepare(
        journal,
        "SELECT at, command, side, methodology, version, sha256, engine, data, plugins, "
        "registered, "
        "node, period, top, run.id, coalesce(batch, run.id), result, n_ranked, mean_shift FROM run "
        "JOIN result ON result.id = run.result ORDER BY run.id",
        &statement));
    bool row;
    mera_code code = mera_journal_step(journal, statement, &row);
    while (code == MERA_OK && row && read < most) {
        code = read_run(statement, arena, &(*out)[read]);
        code = code == MERA_OK ? read_settings(journal, arena, &(*out)[read]) : code;
        code = code == MERA_OK ? mera_journal_step(journal, statement, &row) : code;
        read++;
    }
    sqlite3_finalize(statement);
    *n = read;
    return code == MERA_OK ? mera_journal_run(journal, "COMMIT") : code;
}

static mera_code read_place(sqlite3_stmt *s, mera_arena *arena, mera_run_place *place)
{
    MERA_TRY(mera_journal_text(s, 0, arena, &place->key));
    MERA_TRY(mera_journal_text(s, 1, arena, &place->name));
    place->rank = mera_journal_number(s, 2);
    place->score = mera_journal_number(s, 3);
    return MERA_OK;
}

mera_code mera_journal_places(mera_journal *journal, int64_t result, mera_arena *arena,
                              mera_run_place **out, size_t *n)
{
    sqlite3_stmt *statement;
    size_t most, read = 0;
    MERA_TRY(read_count(journal, "SELECT count(*) FROM place WHERE result = ?1", result, &most));
    MERA_TRY_NEW(*out, arena, most);
    MERA_TRY(mera_journal_prepare(journal,
                                  "SELECT key, name, rank, score FROM place JOIN unit ON unit.id = "
                                  "place.unit WHERE result = ?1 ORDER BY rank IS NULL, rank, key",
                                  &statement));
    sqlite3_bind_int64(statement, 1, result);
    bool row;
    mera_code code = mera_journal_step(journal, statement, &row);
    while (code == MERA_OK && row && read < most) {
        code = read_place(statement, arena, &(*out)[read++]);
        code = code == MERA_OK ? mera_journal_step(journal, statement, &row) : code;
    }
    sqlite3_finalize(statement);
    *n = read;
    return code;
}

mera_code mera_journal_find(mera_journal *journal, const char *key, const char *command,
                            int64_t *out)
{
    sqlite3_stmt *statement;
    bool row;
    *out = 0;
    MERA_TRY(mera_journal_prepare(journal,
                                  "SELECT id FROM result WHERE key = ?1 AND EXISTS(SELECT 1 FROM "
                                  "run WHERE run.result = result.id AND command = ?2)",
                                  &statement));
    sqlite3_bind_text(statement, 1, key, -1, SQLITE_TRANSIENT);
    sqlite3_bind_text(statement, 2, command, -1, SQLITE_TRANSIENT);
    const mera_code code = mera_journal_step(journal, statement, &row);
    if (row) {
        *out = sqlite3_column_int64(statement, 0);
    }
    sqlite3_finalize(statement);
    return code;
}

mera_code mera_journal_unit(mera_journal *journal, const char *unit, mera_arena *arena,
                            mera_run_place **out, size_t *n)
{
    sqlite3_stmt *statement;
    MERA_TRY(read_count(journal, "SELECT coalesce(max(id), 0) + 1 FROM result", 0, n));
    MERA_TRY_NEW(*out, arena, *n);
    MERA_TRY(mera_journal_prepare(
        journal,
        "SELECT key, name, rank, score, result FROM place JOIN unit ON unit.id = place.unit WHERE "
        "unit.key = ?1 OR (unit.name = ?1 AND NOT EXISTS(SELECT 1 FROM unit WHERE key = ?1))",
        &statement));
    sqlite3_bind_text(statement, 1, unit, -1, SQLITE_TRANSIENT);
    bool row;
    mera_code code = mera_journal_step(journal, statement, &row);
    while (code == MERA_OK && row) {
        const size_t result = (size_t)sqlite3_column_int64(statement, 4);
        if (result < *n) {
            code = read_place(statement, arena, &(*out)[result]);
        }
        code = code == MERA_OK ? mera_journal_step(journal, statement, &row) : code;
    }
    sqlite3_finalize(statement);
    return code;
}
