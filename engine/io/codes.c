/* SPDX-License-Identifier: Apache-2.0 */
/** @file The table of changes of codes, and following one unit through it. */
#include "io/codes.h"

#include "base/grow.h"
#include "base/number.h"
#include "io/table.h"

#include <string.h>

int code_compare(mera_slice a, mera_slice b)
{
    double x = 0, y = 0;
    if (mera_number_read(a.at, a.n, &x) && mera_number_read(b.at, b.n, &y)) {
        return (x > y) - (x < y);
    }
    const int order = memcmp(a.at, b.at, a.n < b.n ? a.n : b.n);
    return order != 0 ? order : (a.n > b.n) - (a.n < b.n);
}

static bool code_is_number(mera_slice label)
{
    double x = 0;
    return mera_number_read(label.at, label.n, &x);
}

bool code_comparable(mera_slice a, mera_slice b)
{
    return code_is_number(a) == code_is_number(b);
}

static mera_slice code_since(const code_change *change)
{
    return (mera_slice){change->since, strlen(change->since)};
}

static size_t code_first(const mera_map *map, const char *code)
{
    return mera_map_get(map, code, strlen(code));
}

/* The first change of a code after a period, or the last one not after it. */
static size_t code_change_of(const code_table *t, const char *code, mera_slice period, bool after)
{
    size_t best = SIZE_MAX;
    for (size_t i = code_first(t->from, code); i != SIZE_MAX; i = t->change[i].next) {
        const code_change *c = &t->change[i];
        const bool later = code_compare(code_since(c), period) > 0;
        if (c->apart || later != after) {
            continue;
        }
        const int order =
            best == SIZE_MAX ? 0 : code_compare(code_since(c), code_since(&t->change[best]));
        best = best == SIZE_MAX || (after ? order < 0 : order > 0) ? i : best;
    }
    return best;
}

/* Was the code given to another unit between a change from it and the period? */
static bool code_given_anew(const code_table *t, const code_change *left, mera_slice period)
{
    for (size_t i = code_first(t->to, left->from); i != SIZE_MAX; i = t->change[i].next_to) {
        const mera_slice since = code_since(&t->change[i]);
        if (code_compare(since, code_since(left)) >= 0 && code_compare(since, period) <= 0) {
            return true;
        }
    }
    return false;
}

/* Follows a code from a period on to its end; changes are strictly later each time. */
static const char *code_follow(const code_table *t, const char *code, mera_slice period)
{
    for (;;) {
        const size_t i = code_change_of(t, code, period, true);
        if (i == SIZE_MAX) {
            return code;
        }
        code = t->change[i].to;
        period = code_since(&t->change[i]);
    }
}

/* A table without periods: a chain, which the check found to end. */
static const char *code_chain(const code_table *t, const char *code)
{
    for (size_t i = code_first(t->from, code); i != SIZE_MAX && !t->change[i].apart;
         i = code_first(t->from, code)) {
        code = t->change[i].to;
    }
    return code;
}

/* A row without a period: what the code meant first, unless it was given to several units. */
static const char *code_of_no_period(const code_table *t, const char *code, code_taken *taken)
{
    const size_t first = code_first(t->from, code);
    if (code_first(t->to, code) != SIZE_MAX || t->change[first].next != SIZE_MAX) {
        *taken = CODE_AMBIGUOUS;
        return code;
    }
    const code_change *change = &t->change[first];
    return change->apart ? code : code_follow(t, change->to, code_since(change));
}

const char *code_last(const code_table *t, const char *code, mera_slice period, code_taken *taken)
{
    *taken = CODE_SAME;
    if (code_first(t->from, code) == SIZE_MAX) {
        return code;
    }
    const char *last = code;
    if (!t->timed) {
        last = code_chain(t, code);
    } else if (period.n == 0) {
        last = code_of_no_period(t, code, taken);
    } else if (code_change_of(t, code, period, true) != SIZE_MAX) {
        last = code_follow(t, code, period);
    } else {
        const size_t left = code_change_of(t, code, period, false);
        if (left != SIZE_MAX && !code_given_anew(t, &t->change[left], period)) {
            *taken = CODE_LATE;
            return code_follow(t, t->change[left].to, code_since(&t->change[left]));
        }
    }
    *taken = *taken == CODE_SAME && last != code ? CODE_FOLLOWED : *taken;
    return last;
}

/* ---- reading ---- */

/** The table's fields. */
typedef struct code_fields {
    size_t from, to, period;
} code_fields;

static mera_code code_header(const mera_recode *recode, io_table *t, code_fields *f)
{
    const char *const names[] = {recode->from, recode->to, recode->period};
    size_t *const fields[] = {&f->from, &f->to, &f->period};
    mera_code code = MERA_OK;
    for (size_t i = 0; i < 3; i++) {
        *fields[i] = names[i] == NULL ? SIZE_MAX : io_table_field(t, names[i]);
        if (names[i] != NULL && *fields[i] == SIZE_MAX) {
            code = io_table_no_field(t, names[i], "of the table of codes");
        }
    }
    return code;
}

static mera_code code_text(const io_table *t, size_t field, mera_arena *arena, const char **out)
{
    const mera_slice text =
        field == SIZE_MAX ? (mera_slice){"", 0} : mera_slice_trim(t->csv.field[field]);
    *out = mera_arena_strndup(arena, text.at, text.n);
    return *out == NULL ? MERA_ENOMEM : MERA_OK;
}

static mera_code code_index(code_table *table, size_t index)
{
    code_change *c = &table->change[index];
    size_t first = 0;
    bool added = false;
    c->next = c->next_to = SIZE_MAX;
    MERA_TRY(mera_map_put(table->from, c->from, strlen(c->from), index, &first, &added));
    if (!added) {
        c->next = table->change[first].next;
        table->change[first].next = index;
    }
    MERA_TRY(mera_map_put(table->to, c->to, strlen(c->to), index, &first, &added));
    if (!added) {
        c->next_to = table->change[first].next_to;
        table->change[first].next_to = index;
    }
    return MERA_OK;
}

static bool code_is_known(const code_table *table, const code_change *change)
{
    for (size_t i = code_first(table->from, change->from); i != SIZE_MAX;
         i = table->change[i].next) {
        if (mera_streq(table->change[i].to, change->to) &&
            mera_streq(table->change[i].since, change->since)) {
            return true;
        }
    }
    return false;
}

static mera_code code_row(code_table *table, io_table *t, const code_fields *f, mera_arena *arena)
{
    code_change change = {.line = t->csv.line};
    if (t->csv.n_fields != t->n_fields || t->csv.trouble != NULL) {
        IO_FAIL(&t->findings, "ragged-row", io_table_row(t), "%zu fields where the header has %zu",
                t->csv.n_fields, t->n_fields);
        return MERA_OK;
    }
    MERA_TRY(code_text(t, f->from, arena, &change.from));
    MERA_TRY(code_text(t, f->to, arena, &change.to));
    MERA_TRY(code_text(t, f->period, arena, &change.since));
    if (change.from[0] == '\0' || change.to[0] == '\0' ||
        (table->timed && change.since[0] == '\0')) {
        IO_FAIL(&t->findings, "no-key", io_table_row(t),
                "a change of codes needs both codes%s: a unit that ended has no row here",
                table->timed ? " and the period from which the new one holds" : "");
        return MERA_OK;
    }
    if (mera_streq(change.from, change.to)) {
        IO_FAIL(&t->findings, "bad-codes", io_table_row(t), "the code '%s' becomes itself",
                change.from);
        return MERA_OK;
    }
    if (table->timed && table->n > 0 &&
        !code_comparable(code_since(&change), code_since(table->change))) {
        IO_FAIL(&t->findings, "bad-codes", io_table_at(t, f->period),
                "the period '%s' beside '%s' of line %u: a number and a text have no order",
                change.since, table->change->since, table->change->line);
        mera_hint(t->findings.diags, "write all periods as the data write theirs");
        return MERA_OK;
    }
    if (code_is_known(table, &change)) {
        table->n_again++; /* which does no harm */
        return MERA_OK;
    }
    code_change *grown =
        mera_grown(arena, table->change, &table->room, table->n + 1, sizeof *grown);
    MERA_TRY_PTR(grown);
    table->change = grown;
    grown[table->n++] = change;
    return code_index(table, table->n - 1);
}

static mera_code code_rows(code_table *table, const mera_recode *recode, io_table *t,
                           mera_arena *arena)
{
    code_fields f;
    MERA_TRY(code_header(recode, t, &f));
    for (bool more = true; more;) {
        MERA_TRY(io_table_next(t, &more));
        MERA_TRY(more && !io_table_blank(t) ? code_row(table, t, &f, arena) : MERA_OK);
    }
    const mera_at at = {.file = table->path};
    if (table->n_again > 0) {
        mera_note(t->findings.diags, "codes-again", at, "rows that say a change once more: %zu",
                  table->n_again);
    }
    if (table->n == 0 && t->findings.n_errors == 0) {
        mera_warn(t->findings.diags, "no-rows", at,
                  "the table of codes has a header and no changes: no code is followed");
    }
    return t->findings.n_errors == 0 ? MERA_OK : MERA_EINPUT;
}

mera_code code_table_read(const mera_recode *recode, mera_arena *arena, mera_diags *diags,
                          code_table **out)
{
    code_table *table = NULL;
    io_table opened;
    MERA_TRY_NEW(table, arena, 1);
    table->path = recode->source.path;
    table->timed = recode->period != NULL;
    MERA_TRY(mera_map_new(arena, 64, &table->from));
    MERA_TRY(mera_map_new(arena, 64, &table->to));
    MERA_TRY(io_table_open(&recode->source, arena, diags, &opened));
    mera_code code = code_rows(table, recode, &opened, arena);
    memcpy(table->sha256, opened.sha256, sizeof table->sha256);
    code = code == MERA_OK ? code_table_check(table, recode, diags) : code;
    opened.findings.n_errors += code == MERA_EINPUT ? 1 : 0; /* lends its lines */
    io_table_close(&opened);
    *out = table;
    return code;
}
