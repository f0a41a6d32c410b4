/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Two results of `mera score --format json` beside each other, cell by cell. Both were written by
 * score_json.c, a value a line, so they are read line by line: of a unit and period that are the
 * same byte for byte nothing is looked at, and a result of any size takes little memory.
 */
#include "report/same.h"

#include <stdlib.h>
#include <string.h>

#define SAME_RESULTS "\n  \"results\": ["
#define SAME_FITS "\n    \"fits\": ["

typedef struct slice {
    const char *s;
    size_t n;
} slice;

/** One unit in one period: the lines between its brackets. */
typedef struct same_block {
    slice unit, period, lines;
} same_block;

/** A value of a block; `part` is a node or an indicator, empty for what the unit itself has. */
typedef struct same_cell {
    slice part, key, value;
} same_cell;

static int slice_compare(slice a, slice b)
{
    const int order = memcmp(a.s, b.s, a.n < b.n ? a.n : b.n);
    return order != 0 ? order : (a.n > b.n) - (a.n < b.n);
}

static bool slice_is(slice a, const char *text)
{
    return a.n == strlen(text) && memcmp(a.s, text, a.n) == 0;
}

/** Takes the next line from the front, without its newline; false at the end. */
static bool slice_line(slice *text, slice *line)
{
    if (text->n == 0) {
        return false;
    }
    const char *end = memchr(text->s, '\n', text->n);
    *line = (slice){text->s, end != NULL ? (size_t)(end - text->s) : text->n};
    const size_t taken = line->n + (end != NULL);
    *text = (slice){text->s + taken, text->n - taken};
    return true;
}

/** Reads a line `"key": value,`; false when it opens or closes something. */
static bool slice_cell(slice line, slice *key, slice *value)
{
    while (line.n > 0 && line.s[0] == ' ') {
        line.s++;
        line.n--;
    }
    if (line.n > 0 && line.s[line.n - 1] == ',') {
        line.n--;
    }
    const char *quote = line.n > 1 && line.s[0] == '"' ? memchr(line.s + 1, '"', line.n - 1) : NULL;
    if (quote == NULL || line.n < (size_t)(quote - line.s) + 4 || quote[1] != ':' ||
        quote[3] == '{' || quote[3] == '[') {
        return false;
    }
    *key = (slice){line.s + 1, (size_t)(quote - line.s) - 1};
    *value = (slice){quote + 3, line.n - (size_t)(quote - line.s) - 3};
    return true;
}

/* ---- blocks ---- */

static int block_compare(const void *a, const void *b)
{
    const same_block *x = a, *y = b;
    const int order = slice_compare(x->unit, y->unit);
    return order != 0 ? order : slice_compare(x->period, y->period);
}

/** The next block of a list of units; false at its end. */
static bool block_next(slice *text, same_block *out)
{
    slice line, key, value;
    *out = (same_block){.unit = {"", 0}, .period = {"", 0}};
    while (slice_line(text, &line) && !slice_is(line, "    {")) {
        if (line.n == 0 || slice_is(line, "  ]")) {
            return false;
        }
    }
    out->lines = *text;
    while (slice_line(text, &line) && !slice_is(line, "    }") && !slice_is(line, "    },")) {
        if (out->period.n == 0 && slice_cell(line, &key, &value)) {
            out->unit = slice_is(key, "unit") ? value : out->unit;
            out->period = slice_is(key, "period") ? value : out->period;
        }
    }
    out->lines.n = out->unit.n == 0 ? 0 : (size_t)(line.s - out->lines.s);
    return out->unit.n > 0;
}

/** All units and periods of a result, by their keys. */
static mera_code block_all(const char *result, mera_arena *arena, same_block **out, size_t *n)
{
    const char *from = strstr(result, SAME_RESULTS);
    const char *start = from != NULL ? from + strlen(SAME_RESULTS) + 1 : "";
    slice text = {start, from != NULL ? strlen(start) : 0};
    const slice all = text;
    same_block block;
    for (*n = 0; block_next(&text, &block);) {
        ++*n;
    }
    MERA_TRY_NEW(*out, arena, *n);
    text = all;
    for (size_t i = 0; i < *n; i++) {
        (void)block_next(&text, &(*out)[i]);
    }
    qsort(*out, *n, sizeof **out, block_compare);
    return MERA_OK;
}

/* ---- cells of a block ---- */

static int cell_compare(const void *a, const void *b)
{
    const same_cell *x = a, *y = b;
    const int order = slice_compare(x->part, y->part);
    return order != 0 ? order : slice_compare(x->key, y->key);
}

static size_t cell_count(slice lines)
{
    size_t n = 0;
    for (slice line, key, value; slice_line(&lines, &line);) {
        n += slice_cell(line, &key, &value);
    }
    return n;
}

static mera_code cell_all(slice lines, mera_arena *arena, same_cell **out, size_t *n)
{
    slice part = {"", 0}, line;
    MERA_TRY_NEW(*out, arena, cell_count(lines));
    for (*n = 0; slice_line(&lines, &line);) {
        same_cell *cell = &(*out)[*n];
        if (slice_cell(line, &cell->key, &cell->value)) {
            const bool names = slice_is(cell->key, "node") || slice_is(cell->key, "indicator");
            part = names ? cell->value : part;
            cell->part = part;
            ++*n;
        }
    }
    qsort(*out, *n, sizeof **out, cell_compare);
    return MERA_OK;
}

/* ---- what differs ---- */

static const char *same_text(slice text, mera_arena *arena)
{
    const bool quoted = text.n > 1 && text.s[0] == '"';
    return mera_arena_strndup(arena, text.s + quoted, text.n - (quoted ? 2 : 0));
}

static mera_code same_tell(const same_block *block, const same_cell *was, const same_cell *is,
                           mera_arena *arena, mera_same *out)
{
    const same_cell *any = was != NULL ? was : is;
    if (out->n_other++ >= MERA_SAME_SHOWN) {
        return MERA_OK;
    }
    mera_same_cell *cell = &out->first[out->n_first++];
    *cell = (mera_same_cell){.unit = same_text(block->unit, arena),
                             .period = same_text(block->period, arena),
                             .part = same_text(any->part, arena),
                             .key = same_text(any->key, arena)};
    cell->recorded = was != NULL ? mera_arena_strndup(arena, was->value.s, was->value.n) : "";
    cell->made = is != NULL ? mera_arena_strndup(arena, is->value.s, is->value.n) : "";
    const bool whole = cell->unit != NULL && cell->period != NULL && cell->part != NULL &&
                       cell->key != NULL && cell->recorded != NULL && cell->made != NULL;
    return whole ? MERA_OK : MERA_ENOMEM;
}

/** Cells of the same unit and period. */
static mera_code same_block_cells(const same_block *was, const same_block *is, mera_arena *arena,
                                  mera_same *out)
{
    mera_arena *room = mera_arena_new();
    same_cell *a, *b;
    size_t n, m;
    mera_code code = room == NULL ? MERA_ENOMEM : cell_all(was->lines, room, &a, &n);
    code = code == MERA_OK ? cell_all(is->lines, room, &b, &m) : code;
    for (size_t i = 0, j = 0; code == MERA_OK && (i < n || j < m);) {
        const int order = i == n ? 1 : j == m ? -1 : cell_compare(&a[i], &b[j]);
        if (order != 0 || slice_compare(a[i].value, b[j].value) != 0) {
            code = same_tell(was, order <= 0 ? &a[i] : NULL, order >= 0 ? &b[j] : NULL, arena, out);
        }
        i += order <= 0;
        j += order >= 0;
    }
    mera_arena_free(room);
    return code;
}

static bool same_fits(const char *recorded, const char *made)
{
    const char *a = strstr(recorded, SAME_FITS), *b = strstr(made, SAME_FITS);
    const char *a_end = a != NULL ? strstr(a, SAME_RESULTS) : NULL;
    const char *b_end = b != NULL ? strstr(b, SAME_RESULTS) : NULL;
    return a_end != NULL && b_end != NULL && a_end - a == b_end - b &&
           memcmp(a, b, (size_t)(a_end - a)) == 0;
}

mera_code mera_same_of(const char *recorded, const char *made, mera_arena *arena, mera_same *out)
{
    same_block *was, *is;
    size_t n, m;
    *out = (mera_same){.fits_differ = !same_fits(recorded, made)};
    MERA_TRY(block_all(recorded, arena, &was, &n));
    MERA_TRY(block_all(made, arena, &is, &m));
    for (size_t i = 0, j = 0; i < n || j < m;) {
        const int order = i == n ? 1 : j == m ? -1 : block_compare(&was[i], &is[j]);
        out->n_cells += order <= 0 ? cell_count(was[i].lines) : 0;
        out->n_lost += order < 0;
        out->n_added += order > 0;
        if (order == 0 && slice_compare(was[i].lines, is[j].lines) != 0) {
            MERA_TRY(same_block_cells(&was[i], &is[j], arena, out));
        }
        i += order <= 0;
        j += order >= 0;
    }
    return MERA_OK;
}
