/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Frozen numbers: fits of an earlier edition, read from the CSV that mera_fits_csv() writes. A fit
 * is found by step, operation, indicator (or node) and group; of several periods the one that is
 * scored, else the one fitted on all periods, else the only one there is.
 */
#include "run/frozen.h"

#include "base/math.h"
#include "base/number.h"
#include "base/text.h"
#include "io/file.h"

#include <stdlib.h>
#include <string.h>

enum { FROZEN_MAX_BYTES = 1 << 28, FROZEN_FIELDS = 7 };

/** A file being read. */
typedef struct frozen_reader {
    const char *path;
    const char *at; /**< the file has a NUL after its end */
    uint32_t line;
    mera_arena *arena;
} frozen_reader;

/** One field of RFC 4180, without its quotes. Moves on past it, not past the separator. */
static mera_code frozen_field(frozen_reader *r, const char **out)
{
    const char *from = r->at;
    char *text;
    size_t n = 0;

    if (*from != '"') {
        r->at += strcspn(from, ",\r\n");
        *out = mera_arena_strndup(r->arena, from, (size_t)(r->at - from));
        return *out == NULL ? MERA_ENOMEM : MERA_OK;
    }
    r->at++;
    text = mera_arena_alloc(r->arena, strcspn(r->at, "\n") + 1, 1);
    MERA_TRY_PTR(text);
    while (*r->at != '\0' && *r->at != '\n') {
        if (*r->at == '"' && *++r->at != '"') {
            break;
        }
        text[n++] = *r->at++;
    }
    text[n] = '\0';
    *out = text;
    return MERA_OK;
}

/** One line. False in *ok when it does not have seven fields or its value is not a number. */
static mera_code frozen_line(frozen_reader *r, run_frozen_row *row, bool *ok)
{
    const char *field[FROZEN_FIELDS];
    size_t n = 0;

    *ok = false;
    for (;;) {
        const char *one;

        MERA_TRY(frozen_field(r, &one));
        if (n < FROZEN_FIELDS) {
            field[n] = one;
        }
        n++;
        if (*r->at != ',') {
            break;
        }
        r->at++;
    }
    r->at += *r->at == '\r';
    r->at += *r->at == '\n';
    if (n == FROZEN_FIELDS) {
        memcpy(row->field, field, sizeof row->field);
        row->value = NAN; /* written as nothing: the fit had no such number */
        *ok = field[6][0] == '\0' || mera_number_read(field[6], strlen(field[6]), &row->value);
    }
    return MERA_OK;
}

static size_t frozen_count_lines(const char *bytes)
{
    size_t n = 1;

    for (const char *c = bytes; *c != '\0'; c++) {
        n += *c == '\n';
    }
    return n;
}

static mera_code frozen_rows(frozen_reader *r, mera_diags *diags, run_frozen *frozen)
{
    run_frozen_row *row;

    MERA_TRY_NEW(row, r->arena, frozen_count_lines(r->at));
    while (*r->at != '\0') {
        const mera_at at = {r->path, ++r->line, 1, 0};
        bool ok;

        MERA_TRY(frozen_line(r, &row[frozen->n], &ok));
        if (!ok) {
            return mera_fail(diags, MERA_EINPUT, "bad-frozen-file", at,
                             "a line of frozen numbers has the fields " MERA_RUN_FROZEN_HEADER
                             ", the last one a number");
        }
        frozen->n++;
    }
    frozen->row = row;
    return MERA_OK;
}

mera_code mera_run_frozen_read(mera_plan *plan, const mera_use *use, mera_diags *diags,
                               const run_frozen **out)
{
    const size_t header = strlen(MERA_RUN_FROZEN_HEADER);
    /* what --set says is in no file: it is meant from the methodology's folder */
    const mera_at named = use->reference.frozen_at;
    const char *base = named.line > 0 ? named.file : plan->methodology->path;
    frozen_reader reader = {.line = 1, .arena = plan->arena};
    run_frozen *frozen;
    const char *bytes;
    size_t n;
    mera_code rc;

    MERA_TRY_NEW(frozen, plan->arena, 1);
    frozen->path = mera_path_beside(base, use->reference.frozen, plan->arena);
    MERA_TRY_PTR(frozen->path);
    MERA_TRY(
        mera_file_read(frozen->path, FROZEN_MAX_BYTES, use->at, plan->arena, diags, &bytes, &n));
    if (strncmp(bytes, MERA_RUN_FROZEN_HEADER, header) != 0) {
        return mera_fail(diags, MERA_EINPUT, "bad-frozen-file", (mera_at){frozen->path, 1, 1, 0},
                         "a file of frozen numbers begins with the line '%s'",
                         MERA_RUN_FROZEN_HEADER);
    }
    reader.path = frozen->path;
    reader.at = bytes + header;
    reader.at += *reader.at == '\r';
    reader.at += *reader.at == '\n';
    rc = frozen_rows(&reader, diags, frozen);
    if (rc == MERA_EINPUT) {
        (void)mera_within(diags, rc, use->at, "in the frozen reference of '%s'", use->op->name);
    }
    *out = frozen;
    return rc;
}

/** Is the row one of the fit asked for, whatever its period? */
static bool frozen_is_of(const run_frozen_row *row, const mera_use *use, const char *id,
                         const char *group)
{
    return mera_streq(row->field[FROZEN_OP], use->op->name) &&
           mera_streq(row->field[FROZEN_SUBJECT], id) &&
           mera_streq(row->field[FROZEN_GROUP], group != NULL ? group : "");
}

/** The period to take: the very one, else "" (all periods), else the only one. NULL = none. */
static const char *frozen_period(const run_frozen *frozen, const mera_use *use, const char *id,
                                 const char *group, const char *period)
{
    const char *all = NULL, *only = NULL;
    bool several = false;

    for (size_t i = 0; i < frozen->n; i++) {
        const char *there = frozen->row[i].field[FROZEN_PERIOD];

        if (!frozen_is_of(&frozen->row[i], use, id, group)) {
            continue;
        }
        if (period != NULL && mera_streq(there, period)) {
            return there;
        }
        if (there[0] == '\0') {
            all = there;
        }
        several = several || (only != NULL && !mera_streq(only, there));
        only = there;
    }
    return all != NULL ? all : several ? NULL : only;
}

/** The place of a number in the fit: of its name among the operation's, else the name is it. */
static size_t frozen_place(const mera_op *op, const char *name)
{
    char *end;
    unsigned long place;

    for (size_t i = 0; op->fitted != NULL && op->fitted[i] != NULL; i++) {
        if (mera_streq(op->fitted[i], name)) {
            return i;
        }
    }
    place = strtoul(name, &end, 10);
    return *name >= '0' && *name <= '9' && *end == '\0' ? (size_t)place : SIZE_MAX;
}

static mera_code frozen_missing(const run_frozen *frozen, const mera_use *use, const char *id,
                                const char *group, mera_diags *diags)
{
    return mera_fail(diags, MERA_EINPUT, "missing-frozen", use->at,
                     "%s has no numbers of '%s' for '%s'%s%s%s", frozen->path, use->op->name, id,
                     group != NULL ? " in group '" : "", group != NULL ? group : "",
                     group != NULL ? "'" : "");
}

mera_code mera_run_frozen_find(const run_frozen *frozen, const mera_use *use, const char *id,
                               const char *group, const char *period, mera_arena *arena,
                               mera_diags *diags, mera_fitted *out)
{
    const char *taken = frozen_period(frozen, use, id, group, period);
    size_t n = 0;
    bool *given;

    if (taken == NULL) {
        return frozen_missing(frozen, use, id, group, diags);
    }
    for (size_t i = 0; i < frozen->n; i++) {
        n += frozen_is_of(&frozen->row[i], use, id, group) &&
             mera_streq(frozen->row[i].field[FROZEN_PERIOD], taken);
    }
    MERA_TRY_NEW(out->v, arena, n);
    MERA_TRY_NEW(given, arena, n);
    out->n = n;
    for (size_t i = 0; i < frozen->n; i++) {
        const run_frozen_row *row = &frozen->row[i];
        size_t place;

        if (!frozen_is_of(row, use, id, group) || !mera_streq(row->field[FROZEN_PERIOD], taken)) {
            continue;
        }
        place = frozen_place(use->op, row->field[FROZEN_NAME]);
        if (place >= n || given[place]) {
            return mera_fail(diags, MERA_EINPUT, "bad-frozen-file", use->at,
                             "%s names the number '%s' of '%s' for '%s' twice or out of place",
                             frozen->path, row->field[FROZEN_NAME], use->op->name, id);
        }
        given[place] = true;
        out->v[place] = row->value;
    }
    return MERA_OK;
}
