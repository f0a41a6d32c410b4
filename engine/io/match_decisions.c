/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The file of approvals: what the data say, the unit proposed, why it is not exact, and the word of
 * a person. It may come back from a spreadsheet: another delimiter, another encoding, codes without
 * their leading zeros.
 */
#include "base/grow.h"
#include "io/file.h"
#include "io/match.h"
#include "io/table.h"

#include <string.h>

enum {
    DECISION_GIVEN_KEY,
    DECISION_GIVEN_NAME,
    DECISION_GIVEN_REGION,
    DECISION_KEY,
    DECISION_NAME,
    DECISION_REGION,
    DECISION_WHY,
    DECISION_WORD,
    DECISION_PLACE,
    DECISION_N,
};

static const char *const decision_fields[DECISION_N] = {"given_code", "given_name", "given_region",
                                                        "code",       "name",       "region",
                                                        "why",        "approved",   "place"};

/* Codes are told apart without leading zeros, which spreadsheets eat. */
static const char *decision_id(const match_given *given, mera_arena *arena)
{
    const char *key = given->key + strspn(given->key, "0");
    return mera_arena_printf(arena, "%s\n%s\n%s", key, given->name, given->region);
}

mera_code match_decided(const match_decisions *decisions, const match_given *given,
                        mera_arena *scratch, size_t *number)
{
    const char *id = decision_id(given, scratch);
    MERA_TRY_PTR(id);
    *number = mera_map_get(decisions->by_given, id, strlen(id));
    return MERA_OK;
}

/* yes, no or nothing yet; 2 = another word. */
static int decision_says(const char *word)
{
    static const char *const yes[] = {"yes", "y", "да", "1", "+", "true", NULL};
    static const char *const no[] = {"no", "n", "нет", "0", "-", "false", NULL};
    if (word[0] == '\0') {
        return 0;
    }
    for (size_t i = 0; yes[i] != NULL; i++) {
        if (mera_distance(word, yes[i]) == 0) { /* case folded */
            return 1;
        }
    }
    for (size_t i = 0; no[i] != NULL; i++) {
        if (mera_distance(word, no[i]) == 0) {
            return -1;
        }
    }
    return 2;
}

/* The unit that is approved: by its code, which may have lost a zero. */
static mera_code decision_unit(const match_list *list, io_table *t, size_t field, match_decision *d)
{
    match_found found;
    MERA_TRY(match_find_key(list, d->key, t->scratch, &found));
    const bool zero = found.state == MERA_MATCH_PROPOSED && found.why == MERA_MATCH_ZERO;
    if (found.state == MERA_MATCH_EXACT || zero) {
        d->key = list->unit[found.unit].key;
        return MERA_OK;
    }
    IO_FAIL(&t->findings, "unknown-unit", io_table_at(t, field),
            "%s has no unit with the code '%s'", list->path, d->key);
    mera_hint(t->findings.diags, "write a code of that list, or 'no' under 'approved'");
    return MERA_OK;
}

static mera_code decision_row(match_decisions *all, const match_list *list, io_table *t,
                              const size_t field[DECISION_N], mera_arena *arena)
{
    const char *text[DECISION_N];
    for (size_t i = 0; i < DECISION_N; i++) {
        mera_slice cell = {"", 0};
        if (field[i] != SIZE_MAX && field[i] < t->csv.n_fields) {
            cell = mera_slice_trim(t->csv.field[field[i]]);
        }
        MERA_TRY_PTR(text[i] = mera_arena_strndup(arena, cell.at, cell.n));
    }
    match_decision d = {
        .given = {text[DECISION_GIVEN_KEY], text[DECISION_GIVEN_NAME], text[DECISION_GIVEN_REGION]},
        .key = text[DECISION_KEY],
        .name = text[DECISION_NAME],
        .region = text[DECISION_REGION],
        .why = text[DECISION_WHY],
        .word = text[DECISION_WORD],
        .place = text[DECISION_PLACE],
        .says = decision_says(text[DECISION_WORD]),
        .line = t->csv.line};
    if (d.says == 2) {
        IO_FAIL(&t->findings, "bad-approval", io_table_at(t, field[DECISION_WORD]),
                "'%s' under 'approved': it is yes, no or empty", d.word);
        return MERA_OK;
    }
    MERA_TRY(d.says == 1 ? decision_unit(list, t, field[DECISION_KEY], &d) : MERA_OK);
    size_t first = 0;
    bool added = false;
    const char *id = decision_id(&d.given, t->scratch);
    MERA_TRY_PTR(id);
    MERA_TRY(mera_map_put(all->by_given, id, strlen(id), all->n, &first, &added));
    if (!added) {
        IO_FAIL(&t->findings, "duplicate", io_table_row(t), "decided before, on line %u",
                all->list[first].line);
        return MERA_OK;
    }
    match_decision *grown = mera_grown(arena, all->list, &all->room, all->n + 1, sizeof *grown);
    MERA_TRY_PTR(grown);
    all->list = grown;
    grown[all->n++] = d;
    return MERA_OK;
}

static mera_code decision_rows(match_decisions *all, const match_list *list, io_table *t,
                               mera_arena *arena)
{
    size_t field[DECISION_N];
    mera_code code = MERA_OK;
    for (size_t i = 0; i < DECISION_N; i++) {
        field[i] = io_table_field(t, decision_fields[i]);
        const bool must = i <= DECISION_KEY || i == DECISION_WORD;
        if (field[i] == SIZE_MAX && must) {
            code = io_table_no_field(t, decision_fields[i], "of a file of approvals");
        }
    }
    MERA_TRY(code);
    for (bool more = true; more;) {
        MERA_TRY(io_table_next(t, &more));
        if (more && !io_table_blank(t)) {
            MERA_TRY(decision_row(all, list, t, field, arena));
        }
    }
    return t->findings.n_errors == 0 ? MERA_OK : MERA_EINPUT;
}

mera_code match_decisions_read(const char *path, const match_list *list, mera_arena *arena,
                               mera_diags *diags, match_decisions **out)
{
    match_decisions *all = NULL;
    io_table table;
    MERA_TRY_NEW(all, arena, 1);
    MERA_TRY(mera_map_new(arena, 16, &all->by_given));
    all->path = path;
    all->delimiter = ',';
    *out = all;
    if (!mera_file_exists(path)) {
        return MERA_OK;
    }
    const mera_source source = {.path = path};
    MERA_TRY(io_table_open(&source, arena, diags, &table));
    memcpy(all->sha256, table.sha256, sizeof all->sha256);
    all->delimiter = table.sheet == NULL ? table.delimiter : ',';
    all->bom = table.text.bom;
    const mera_code code = decision_rows(all, list, &table, arena);
    io_table_close(&table);
    return code;
}

const char *match_why_text(unsigned why, bool russian, mera_arena *arena)
{
    mera_text text = {.arena = arena};
    for (size_t i = 0; i < MERA_N_MATCH_WHYS; i++) {
        if (why & (1u << i)) {
            mera_text_add(&text, text.n > 0 ? ", " : "");
            mera_text_add(&text, mera_match_why_name(i, russian));
        }
    }
    return mera_text_string(&text);
}

/* A field, in quotes where it must be. */
static void decision_write(const char *text, char delimiter, mera_text *out)
{
    const char special[] = {delimiter, '"', '\n', '\r', '\0'};
    if (strpbrk(text, special) == NULL) {
        mera_text_add(out, text);
        return;
    }
    mera_text_add(out, "\"");
    for (; *text != '\0'; text++) {
        mera_text_add_n(out, *text == '"' ? "\"\"" : text, *text == '"' ? 2 : 1);
    }
    mera_text_add(out, "\"");
}

mera_code match_decisions_write(const match_decisions *decisions, const match_decision *rows,
                                size_t n, mera_text *out)
{
    const char delimiter[] = {decisions->delimiter, '\0'};
    mera_text_add(out, decisions->bom ? "\xEF\xBB\xBF" : "");
    for (size_t i = 0; i < DECISION_N; i++) {
        mera_text_add(out, i > 0 ? delimiter : "");
        mera_text_add(out, decision_fields[i]);
    }
    mera_text_add(out, "\n");
    for (size_t r = 0; r < n; r++) {
        const match_decision *d = &rows[r];
        const char *const fields[DECISION_N] = {d->given.key, d->given.name, d->given.region,
                                                d->key,       d->name,       d->region,
                                                d->why,       d->word,       d->place};
        for (size_t i = 0; i < DECISION_N; i++) {
            mera_text_add(out, i > 0 ? delimiter : "");
            decision_write(fields[i], delimiter[0], out);
        }
        mera_text_add(out, "\n");
    }
    return out->failed ? MERA_ENOMEM : MERA_OK;
}
