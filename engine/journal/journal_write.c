/* SPDX-License-Identifier: Apache-2.0 */
/** @file Adding to the record (journal/journal.h): one transaction a run. */
#include "base/math.h"
#include "base/text.h"
#include "journal/internal.h"

enum { WRITE_TOP = 3 };

static void write_text(sqlite3_stmt *statement, int at, const char *text)
{
    if (text == NULL) {
        sqlite3_bind_null(statement, at);
    } else {
        sqlite3_bind_text(statement, at, text, -1, SQLITE_TRANSIENT);
    }
}

static void write_number(sqlite3_stmt *statement, int at, double x)
{
    if (isnan(x)) {
        sqlite3_bind_null(statement, at);
    } else {
        sqlite3_bind_double(statement, at, x);
    }
}

/** One row of one number; *out is left when there is none. */
static mera_code write_ask(mera_journal *journal, sqlite3_stmt *statement, int64_t *out)
{
    bool row;
    const mera_code code = mera_journal_step(journal, statement, &row);
    if (row) {
        *out = sqlite3_column_int64(statement, 0);
    }
    sqlite3_finalize(statement);
    return code;
}

/* ---- a result ----------------------------------------------------------------------------- */

/** "Norway, Finland, Denmark": of equals in the order of the data. */
static mera_code write_top(const mera_run_new *add, mera_arena *arena, mera_run *run)
{
    const mera_result *r = add->result;
    const double *rank = r->node[add->node].rank + add->period * r->n_units;
    size_t best[WRITE_TOP], n = 0;
    mera_text text = {.arena = arena};
    run->n_ranked = 0;
    for (size_t u = 0; u < r->n_units; u++) {
        if (isnan(rank[u])) {
            continue;
        }
        run->n_ranked++;
        size_t at = n < WRITE_TOP ? n++ : WRITE_TOP;
        while (at > 0 && rank[u] < rank[best[at - 1]]) {
            if (at < WRITE_TOP) {
                best[at] = best[at - 1];
            }
            at--;
        }
        if (at < WRITE_TOP) {
            best[at] = u;
        }
    }
    for (size_t i = 0; i < n; i++) {
        mera_text_addf(&text, "%s%s", i > 0 ? ", " : "", r->data->unit_name[best[i]]);
    }
    run->top = n > 0 ? mera_text_string(&text) : "";
    return run->top != NULL ? MERA_OK : MERA_ENOMEM;
}

static mera_code write_unit(mera_journal *journal, sqlite3_stmt *unit, const char *key,
                            const char *name, int64_t *out)
{
    write_text(unit, 1, key);
    write_text(unit, 2, name);
    if (sqlite3_step(unit) != SQLITE_ROW) {
        return mera_journal_fail(journal);
    }
    *out = sqlite3_column_int64(unit, 0);
    sqlite3_reset(unit);
    return MERA_OK;
}

static mera_code write_place(mera_journal *journal, sqlite3_stmt *place, int64_t unit,
                             int64_t result, double rank, double score)
{
    sqlite3_bind_int64(place, 1, unit);
    sqlite3_bind_int64(place, 2, result);
    write_number(place, 3, rank);
    write_number(place, 4, score);
    if (sqlite3_step(place) != SQLITE_DONE) {
        return mera_journal_fail(journal);
    }
    sqlite3_reset(place);
    return MERA_OK;
}

static mera_code write_places(mera_journal *journal, const mera_run_new *add, int64_t result)
{
    const mera_result *r = add->result;
    const mera_node_result *node = &r->node[add->node];
    const size_t from = add->period * r->n_units;
    sqlite3_stmt *unit, *place = NULL;
    MERA_TRY(mera_journal_prepare(journal,
                                  "INSERT INTO unit(key, name) VALUES(?1, ?2) ON CONFLICT(key) DO "
                                  "UPDATE SET name = ?2 RETURNING id",
                                  &unit));
    mera_code code = mera_journal_prepare(
        journal, "INSERT INTO place(unit, result, rank, score) VALUES(?1, ?2, ?3, ?4)", &place);
    for (size_t u = 0; u < r->n_units && code == MERA_OK; u++) {
        int64_t id = 0;
        code = write_unit(journal, unit, r->data->unit_key[u], r->data->unit_name[u], &id);
        if (code == MERA_OK) {
            code = write_place(journal, place, id, result, node->rank[from + u],
                               node->score[from + u]);
        }
    }
    sqlite3_finalize(unit);
    sqlite3_finalize(place);
    return code;
}

static mera_code write_result(mera_journal *journal, mera_run_new *add)
{
    mera_run *run = &add->run;
    sqlite3_stmt *statement;
    const char *key = mera_journal_key(add->result, add->node, add->period, journal->arena);
    MERA_TRY_PTR(key);
    MERA_TRY(write_top(add, journal->arena, run));
    MERA_TRY(mera_journal_prepare(journal, "SELECT id FROM result WHERE key = ?1", &statement));
    write_text(statement, 1, key);
    run->result = 0;
    MERA_TRY(write_ask(journal, statement, &run->result));
    if (run->result != 0) {
        return MERA_OK;
    }
    MERA_TRY(mera_journal_prepare(
        journal, "INSERT INTO result(key, n_ranked, top) VALUES(?1, ?2, ?3)", &statement));
    write_text(statement, 1, key);
    sqlite3_bind_int64(statement, 2, (int64_t)run->n_ranked);
    write_text(statement, 3, run->top);
    MERA_TRY(mera_journal_finish(journal, statement));
    run->result = sqlite3_last_insert_rowid(journal->db);
    return write_places(journal, add, run->result);
}

/* ---- a run -------------------------------------------------------------------------------- */

/** The result to measure against: that given, or of the last run of the same data as written. */
static mera_code write_base(mera_journal *journal, const mera_run_new *add, int64_t *out)
{
    const mera_run *run = &add->run;
    sqlite3_stmt *statement;
    *out = add->base;
    if (add->base != 0 || run->n_settings == 0) {
        return MERA_OK;
    }
    MERA_TRY(mera_journal_prepare(
        journal,
        "SELECT result FROM run WHERE methodology = ?1 AND data = ?2 AND node = ?3 AND period = ?4 "
        "AND NOT EXISTS(SELECT 1 FROM setting WHERE setting.run = run.id) ORDER BY id DESC LIMIT 1",
        &statement));
    write_text(statement, 1, run->methodology);
    write_text(statement, 2, run->data);
    write_text(statement, 3, run->node);
    write_text(statement, 4, run->period);
    return write_ask(journal, statement, out);
}

static mera_code write_shift(mera_journal *journal, int64_t base, mera_run *run)
{
    sqlite3_stmt *statement;
    run->mean_shift = NAN;
    if (base == 0) {
        return MERA_OK;
    }
    MERA_TRY(mera_journal_prepare(journal,
                                  "SELECT avg(abs(a.rank - b.rank)) FROM place a JOIN place b ON "
                                  "a.unit = b.unit WHERE a.result = ?1 AND b.result = ?2",
                                  &statement));
    sqlite3_bind_int64(statement, 1, base);
    sqlite3_bind_int64(statement, 2, run->result);
    bool row;
    const mera_code code = mera_journal_step(journal, statement, &row);
    if (row) {
        run->mean_shift = mera_journal_number(statement, 0);
    }
    sqlite3_finalize(statement);
    return code;
}

static mera_code write_run(mera_journal *journal, mera_run_new *add)
{
    mera_run *run = &add->run;
    const char *const text[] = {run->at,      run->command,    run->side,   run->methodology,
                                run->version, run->sha256,     run->engine, run->data,
                                run->plugins, run->registered, run->node,   run->period};
    sqlite3_stmt *statement;
    MERA_TRY(mera_journal_prepare(
        journal,
        "INSERT INTO run(at, command, side, methodology, version, sha256, engine, data, plugins, "
        "registered, node, period, mean_shift, result, batch) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, "
        "?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
        &statement));
    for (int i = 0; i < (int)(sizeof text / sizeof *text); i++) {
        write_text(statement, i + 1, text[i]);
    }
    write_number(statement, 13, run->mean_shift);
    sqlite3_bind_int64(statement, 14, run->result);
    if (add->batch == 0) {
        sqlite3_bind_null(statement, 15);
    } else {
        sqlite3_bind_int64(statement, 15, add->batch);
    }
    MERA_TRY(mera_journal_finish(journal, statement));
    run->id = sqlite3_last_insert_rowid(journal->db);
    run->batch = add->batch != 0 ? add->batch : run->id;
    return MERA_OK;
}

static mera_code write_settings(mera_journal *journal, const mera_run *run)
{
    for (size_t i = 0; i < run->n_settings; i++) {
        sqlite3_stmt *statement;
        MERA_TRY(mera_journal_prepare(journal,
                                      "INSERT OR REPLACE INTO setting(run, path, written, used) "
                                      "VALUES(?1, ?2, ?3, ?4)",
                                      &statement));
        sqlite3_bind_int64(statement, 1, run->id);
        write_text(statement, 2, run->setting[i].path);
        write_text(statement, 3, run->setting[i].written);
        write_text(statement, 4, run->setting[i].used);
        MERA_TRY(mera_journal_finish(journal, statement));
    }
    return MERA_OK;
}

mera_code mera_journal_add(mera_journal *journal, mera_run_new *add)
{
    int64_t base = 0;
    MERA_TRY(mera_journal_run(journal, "BEGIN IMMEDIATE"));
    mera_code code = write_result(journal, add);
    code = code == MERA_OK ? write_base(journal, add, &base) : code;
    code = code == MERA_OK ? write_shift(journal, base, &add->run) : code;
    code = code == MERA_OK ? write_run(journal, add) : code;
    code = code == MERA_OK ? write_settings(journal, &add->run) : code;
    code = code == MERA_OK ? mera_journal_run(journal, "COMMIT") : code;
    if (code != MERA_OK) {
        sqlite3_exec(journal->db, "ROLLBACK", NULL, NULL, NULL);
    }
    return code;
}
