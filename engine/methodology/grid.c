/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Choices of one setting, for grids: a range "0..5:0.5", or values between bars, "minmax|zscore".
 * Ranges count in decimals, so that the seventh step of 0.1 is 0.7 and nothing near it.
 */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "methodology/bind.h"
#include "methodology/path.h"
#include "methodology/tree.h"

enum { GRID_DECIMALS = 9, GRID_DIGITS = 15 };

/** A decimal: units of 10^-decimals. */
typedef struct grid_decimal {
    int64_t units;
    int decimals;
} grid_decimal;

/** "from..to:step" as three of the same decimals. */
typedef struct grid_range {
    grid_decimal from, to, step;
    bool with_step;
    const char *unreadable; /**< where a decimal is wanted and none stands; NULL = nowhere */
} grid_range;

/** Reads "-12.50" at *at and moves on; false when none stands there. */
static bool grid_number(const char **at, grid_decimal *out)
{
    const char *p = *at;
    const bool minus = *p == '-';
    int digits = 0;
    *out = (grid_decimal){0};
    p += *p == '-' || *p == '+' ? 1 : 0;
    for (bool after = false;; p++) {
        if (*p >= '0' && *p <= '9' && digits < GRID_DIGITS && out->decimals < GRID_DECIMALS) {
            out->units = out->units * 10 + (*p - '0');
            out->decimals += after ? 1 : 0;
            digits++;
        } else if (*p == '.' && !after && p[1] >= '0' && p[1] <= '9') {
            after = true;
        } else {
            break;
        }
    }
    out->units = minus ? -out->units : out->units;
    *at = p;
    return digits > 0;
}

/** False when the number gets too long for it. */
static bool grid_to_decimals(grid_decimal *d, int decimals)
{
    const int64_t most = INT64_C(100000000000000000);
    for (; d->decimals < decimals; d->decimals++) {
        if (d->units > most || d->units < -most) {
            return false;
        }
        d->units *= 10;
    }
    return true;
}

/** False when it does not begin as a range, with a number and two points. */
static bool grid_read(const char *text, grid_range *r)
{
    const char *at = text;
    if (!grid_number(&at, &r->from) || strncmp(at, "..", 2) != 0) {
        return false;
    }
    at += 2;
    r->unreadable = at;
    if (grid_number(&at, &r->to)) {
        r->with_step = *at == ':';
        at += r->with_step ? 1 : 0;
        r->unreadable = r->with_step ? at : r->unreadable;
        if ((!r->with_step || grid_number(&at, &r->step)) && *at == '\0') {
            r->unreadable = NULL;
        }
    }
    return true;
}

static bool grid_align(grid_range *r)
{
    int most = r->from.decimals;
    most = r->to.decimals > most ? r->to.decimals : most;
    most = r->step.decimals > most ? r->step.decimals : most;
    return grid_to_decimals(&r->from, most) && grid_to_decimals(&r->to, most) &&
           grid_to_decimals(&r->step, most);
}

/** "0.7": without zeros at the end. */
static const char *grid_text(mera_arena *arena, int64_t units, int decimals)
{
    int64_t scale = 1;
    for (; decimals > 0 && units % 10 == 0; decimals--) {
        units /= 10;
    }
    for (int i = 0; i < decimals; i++) {
        scale *= 10;
    }
    const int64_t size = units < 0 ? -units : units;
    const char *minus = units < 0 ? "-" : "";
    return decimals == 0
               ? mera_arena_printf(arena, "%s%lld", minus, (long long)size)
               : mera_arena_printf(arena, "%s%lld.%0*lld", minus, (long long)(size / scale),
                                   decimals, (long long)(size % scale));
}

static mera_code grid_bad_range(const char *text, const char *what, const mera_axis *axis,
                                mera_diags *diags)
{
    mera_fail(diags, MERA_EINPUT, "bad-range", axis->at, "'%s: %s' %s", axis->path, text, what);
    mera_hint(diags, "a range is written FROM..TO:STEP, for example 0..5:0.5");
    return MERA_EINPUT;
}

static mera_code grid_from_range(const char *text, grid_range *r, mera_arena *arena,
                                 mera_diags *diags, mera_axis *axis)
{
    if (r->unreadable != NULL) {
        mera_fail(diags, MERA_EINPUT, "bad-range", axis->at,
                  *r->unreadable == '\0'
                      ? "'%s: %s' is a range and ends where a decimal number is wanted"
                      : "'%s: %s' is a range with '%s' where a decimal number is wanted",
                  axis->path, text, r->unreadable);
        mera_hint(diags,
                  "a range is written FROM..TO:STEP, for example 0..5:0.5, in up to %d digits "
                  "and without an exponent; a text stands in quotes",
                  GRID_DIGITS);
        return MERA_EINPUT;
    }
    if (!r->with_step || !grid_align(r) || r->step.units <= 0) {
        return grid_bad_range(text,
                              !r->with_step        ? "is a range without a step"
                              : r->step.units <= 0 ? "is a range whose step is not above 0"
                                                   : "has numbers that are too long",
                              axis, diags);
    }
    if (r->to.units < r->from.units) {
        return grid_bad_range(text, "ends before it begins", axis, diags);
    }
    const int64_t n = (r->to.units - r->from.units) / r->step.units + 1;
    if (n > MERA_AXIS_CHOICES) {
        return grid_bad_range(text, "has more than a thousand values", axis, diags);
    }
    const char **choice;
    MERA_TRY_NEW(choice, arena, (size_t)n);
    for (int64_t i = 0; i < n; i++) {
        choice[i] = grid_text(arena, r->from.units + i * r->step.units, r->from.decimals);
        MERA_TRY_PTR(choice[i]);
    }
    axis->choice = choice;
    axis->n = (size_t)n;
    return MERA_OK;
}

/** Where the value that begins at `at` ends: at a bar outside quotes and brackets, or the end. */
static const char *grid_bar(const char *at)
{
    char quote = '\0';
    int depth = 0;
    for (; *at != '\0'; at++) {
        if (quote != '\0') {
            quote = *at == quote ? '\0' : quote;
        } else if (*at == '\'' || *at == '"') {
            quote = *at;
        } else if (*at == '|' && depth == 0) {
            return at;
        } else {
            depth += *at == '[' || *at == '{' ? 1 : *at == ']' || *at == '}' ? -1 : 0;
        }
    }
    return at;
}

static mera_code grid_from_bars(const char *text, mera_arena *arena, mera_diags *diags,
                                mera_axis *axis)
{
    const char **choice;
    size_t n = 1;
    for (const char *at = grid_bar(text); *at != '\0'; at = grid_bar(at + 1)) {
        n++;
    }
    if (n == 1) {
        return MERA_OK;
    }
    MERA_TRY_NEW(choice, arena, n);
    for (size_t i = 0; i < n; i++) {
        const char *end = grid_bar(text);
        choice[i] = mera_arena_strndup(arena, text, (size_t)(end - text));
        MERA_TRY_PTR(choice[i]);
        if (end == text) {
            mera_fail(diags, MERA_EINPUT, "empty-choice", axis->at,
                      "choice %zu of '%s' is empty: a value is wanted on each side of '|'", i + 1,
                      axis->path);
            mera_hint(diags, "for example: %s=minmax|zscore", axis->path);
            return MERA_EINPUT;
        }
        text = end + 1;
    }
    axis->choice = choice;
    axis->n = n;
    return MERA_OK;
}

mera_code mera_axis_read(const char *text, mera_arena *arena, mera_diags *diags, mera_axis *axis)
{
    grid_range range = {.with_step = false};
    axis->n = 0;
    return grid_read(text, &range) ? grid_from_range(text, &range, arena, diags, axis)
                                   : grid_from_bars(text, arena, diags, axis);
}

/* ---- the key `grid` ---------------------------------------------------------------------- */

static mera_code grid_from_list(mera_binder *b, const mera_value *list, mera_axis *axis)
{
    const char **choice;
    MERA_TRY_NEW(choice, b->arena, list->n);
    for (size_t i = 0; i < list->n; i++) {
        choice[i] = mera_methodology_flow(list->items[i], b->arena);
        MERA_TRY_PTR(choice[i]);
    }
    axis->choice = choice;
    axis->n = list->n;
    return MERA_OK;
}

/* The first choice is tried, so that a path that leads nowhere shows at once. */
static mera_code grid_try(mera_binder *b, const mera_axis *axis, const mera_value *value)
{
    const mera_value *one = value->kind == MERA_VALUE_LIST ? value->items[0] : value, *ignored;
    const mera_code rc =
        mera_path_set(b->tree, axis->path, axis->at, one, b->arena, b->diags, &ignored);
    if (rc == MERA_EINPUT) {
        mera_within(b->diags, rc, axis->at, "in 'grid'");
    }
    MERA_BIND_TRY(rc);
    return MERA_OK;
}

static mera_code grid_axis(mera_binder *b, const mera_entry *entry, mera_axis *axis)
{
    const mera_value *value = entry->value;
    *axis = (mera_axis){.path = entry->key, .at = entry->at};
    if (value->kind == MERA_VALUE_LIST) {
        MERA_TRY(grid_from_list(b, value, axis));
    } else if (mera_tree_is_scalar(value)) {
        axis->at = value->at;
        const mera_code rc = mera_axis_read(value->text, b->arena, b->diags, axis);
        if (rc != MERA_OK) {
            return rc == MERA_EINPUT ? MERA_OK : rc;
        }
        axis->at = entry->at;
    }
    if (axis->n == 0) {
        mera_fail(b->diags, MERA_EINPUT, "wrong-type", value->at,
                  "'%s' in 'grid' needs a range or a list of values", axis->path);
        mera_hint(b->diags, "for example: {%s: 0..5:0.5} or {%s: [1, 2, 5]}", axis->path,
                  axis->path);
        return MERA_OK;
    }
    return grid_try(b, axis, value);
}

mera_code mera_bind_grid(mera_binder *b)
{
    const mera_value *map = mera_value_get(b->tree, "grid");
    const size_t n = map != NULL && map->kind == MERA_VALUE_MAP ? map->n : 0;
    mera_axis *axis;
    MERA_TRY_NEW(axis, b->arena, n);
    for (size_t i = 0; i < n; i++) {
        MERA_TRY(grid_axis(b, &map->entries[i], &axis[i]));
    }
    b->m->axis = axis;
    b->m->n_axes = n;
    return MERA_OK;
}
