/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Impute(): by column (impute.mean and median, over all units or by group), by row, by the whole
 * table (impute.row_mean, row_median, em), and over periods (impute.panel_*).
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "steps.h"

/** What Impute() was asked for. */
typedef struct imputation {
    coin *c;
    const frame *from;
    frame *to;
    const char *f_i;
    const json_t *args;
} imputation;

/* ---- by column -------------------------------------------------------------------------- */

/* Fits on the rows of block b in one group and fills them; a group without a value stays as it is.
 */
static mera_code impute_rows(const imputation *im, operation o, size_t j, const size_t *row,
                             size_t n)
{
    mera_arena *arena = im->c->r->arena;
    double *x = NEW(arena, n, double), *y = NEW(arena, n, double);
    const call_column about = call_plain(im->from->code[j], NULL);
    bool any = false, gap = false;
    for (size_t i = 0; i < n; i++) {
        x[i] = im->from->x[j][row[i]];
        any = any || !isnan(x[i]);
        gap = gap || isnan(x[i]);
    }
    if (!any || !gap) {
        return MERA_OK;
    }
    MERA_TRY(operation_column(im->c->r, o, &about, x, n, y, NULL));
    for (size_t i = 0; i < n; i++) {
        im->to->x[j][row[i]] = y[i];
    }
    return MERA_OK;
}

/* One block: all its rows together, or the rows of each text of `group`. */
static mera_code impute_block(const imputation *im, operation o, const char **group, size_t b)
{
    const size_t from = im->from->block[b], end = im->from->block[b + 1];
    size_t *row = NEW(im->c->r->arena, end - from, size_t);
    bool *done = NEW(im->c->r->arena, end - from, bool);
    for (size_t first = from; first < end; first++) {
        if (done[first - from] || (group != NULL && group[first] == NULL)) {
            continue;
        }
        size_t n = 0;
        for (size_t i = first; i < end; i++) {
            if (group == NULL || same(group[i], group[first])) {
                row[n++] = i;
                done[i - from] = true;
            }
        }
        for (size_t j = 0; j < im->from->k; j++) {
            MERA_TRY(impute_rows(im, o, j, row, n));
        }
    }
    return MERA_OK;
}

static mera_code impute_columns(const imputation *im)
{
    const bool grouped = strstr(im->f_i, "_grp") != NULL;
    const char *name = strncmp(im->f_i, "i_mean", 6) == 0     ? "mean"
                       : strncmp(im->f_i, "i_median", 8) == 0 ? "median"
                                                              : NULL;
    const char *by = arg_text(im->args, "use_group", NULL);
    const char **group = NULL;
    const given g = {0};
    operation o;
    if (name == NULL) {
        return run_unsupported(im->c->r, "Impute by column with the function '%s'", im->f_i);
    }
    if (grouped && (by == NULL || (group = coin_group(im->c, im->from, by)) == NULL)) {
        return run_refused(im->c->r, "no group '%s' to impute by", by == NULL ? "" : by);
    }
    MERA_TRY(operation_open(im->c->r, MERA_STEP_IMPUTE, name, &g, &o));
    for (size_t b = 0; b < im->from->n_blocks; b++) {
        MERA_TRY(impute_block(im, o, group, b));
    }
    return MERA_OK;
}

/* ---- by row and by table ---------------------------------------------------------------- */

static mera_code impute_table_open(const imputation *im, bool by_row, operation *o)
{
    given g = {0};
    if (by_row) {
        given_bool(&g, "normalise", arg_bool(im->args, "normalise_first", true));
        const char *name = same(im->f_i, "i_mean")     ? "row_mean"
                           : same(im->f_i, "i_median") ? "row_median"
                                                       : NULL;
        return name == NULL
                   ? run_unsupported(im->c->r, "Impute by row with the function '%s'", im->f_i)
                   : operation_open(im->c->r, MERA_STEP_IMPUTE, name, &g, o);
    }
    if (!same(im->f_i, "i_em")) {
        return run_unsupported(im->c->r, "Impute by table with the function '%s'", im->f_i);
    }
    return operation_open(im->c->r, MERA_STEP_IMPUTE, "em", &g, o);
}

/* The columns `member` of block b together. */
static mera_code impute_together(const imputation *im, operation o, const size_t *member, size_t k,
                                 size_t b)
{
    mera_arena *arena = im->c->r->arena;
    const size_t from = im->from->block[b], n = im->from->block[b + 1] - from;
    const double **x = NEW(arena, k, const double *);
    double **y = NEW(arena, k, double *);
    const char **name = NEW(arena, k, const char *);
    mera_direction *way = NEW(arena, k, mera_direction);
    for (size_t j = 0; j < k; j++) {
        const meta *m = coin_meta(im->c, im->from->code[member[j]]);
        x[j] = im->from->x[member[j]] + from;
        y[j] = im->to->x[member[j]] + from;
        name[j] = im->from->code[member[j]];
        way[j] = m != NULL && m->direction < 0 ? MERA_LOWER : MERA_HIGHER;
    }
    mera_op_ctx ctx = {.diags = im->c->r->diags,
                       .arena = arena,
                       .subject = "indicators",
                       .direction = MERA_HIGHER,
                       .child_name = name,
                       .child_direction = way,
                       .unit_key = im->from->key + from,
                       .unit_name = im->from->key + from};
    const mera_code rc = o.op->table(o.op, o.params, &ctx, x, k, n, y);
    return rc == MERA_OK ? rc : run_refused(im->c->r, "%s: %s", o.op->name, run_said(im->c->r));
}

static mera_code impute_tables(const imputation *im, bool by_row)
{
    const int level = (int)arg_number(im->args, "group_level", 0);
    const size_t k = im->from->k;
    size_t *member = NEW(im->c->r->arena, k, size_t);
    bool *done = NEW(im->c->r->arena, k, bool);
    operation o;
    MERA_TRY(impute_table_open(im, by_row, &o));
    for (size_t first = 0; first < k; first++) {
        const char *head = coin_ancestor(im->c, im->from->code[first], level);
        size_t n = 0;
        for (size_t j = first; j < k; j++) {
            if (!done[j] &&
                (level == 0 || same(coin_ancestor(im->c, im->from->code[j], level), head))) {
                member[n++] = j;
                done[j] = true;
            }
        }
        for (size_t b = 0; n > 0 && b < im->from->n_blocks; b++) {
            MERA_TRY(impute_together(im, o, member, n, b));
        }
    }
    return MERA_OK;
}

/* ---- over periods ----------------------------------------------------------------------- */

/* COINr counts max_time in periods of the data; the time of a line is the period's own number. */
static mera_code impute_panel_open(coin *c, const json_t *para, operation *o, bool *by_place)
{
    const char *type = arg_text(para, "imp_type", "latest");
    given g = {0};
    *by_place = same(type, "latest");
    if (same(type, "latest")) {
        given_number(&g, c->r->arena, "max_age", arg_number(para, "max_time", NAN));
        return operation_open(c->r, MERA_STEP_IMPUTE, "panel_latest", &g, o);
    }
    if (same(type, "constant")) {
        return operation_open(c->r, MERA_STEP_IMPUTE, "panel_constant", &g, o);
    }
    if (same(type, "linear") || same(type, "linear-constant")) {
        given_bool(&g, "ends", same(type, "linear-constant"));
        return operation_open(c->r, MERA_STEP_IMPUTE, "panel_linear", &g, o);
    }
    return run_unsupported(c->r, "impute_panel with imp_type '%s'", type);
}

mera_code impute_panel_column(coin *c, const json_t *para, const frame *f, const double *x,
                              double *y, double *origin)
{
    mera_arena *arena = c->r->arena;
    const size_t periods = f->n_blocks, n = c->data->n_units;
    const double **in = NEW(arena, periods, const double *);
    double **out = NEW(arena, periods, double *), *when = NEW(arena, periods, double);
    int32_t **taken = NEW(arena, periods, int32_t *);
    bool by_place;
    operation o;
    MERA_TRY(impute_panel_open(c, para, &o, &by_place));
    for (size_t p = 0; p < periods; p++) {
        double *row = NEW(arena, n, double);
        for (size_t u = 0; u < n; u++) {
            row[u] = NAN;
        }
        for (size_t i = f->block[p]; i < f->block[p + 1]; i++) {
            row[f->unit[i]] = x[i];
        }
        in[p] = row;
        out[p] = NEW(arena, n, double);
        taken[p] = NEW(arena, n, int32_t);
        when[p] = by_place ? (double)p : strtod(c->data->period[f->time[f->block[p]]], NULL);
    }
    mera_op_ctx ctx = {.diags = c->r->diags, .arena = arena, .subject = "indicator"};
    const mera_code rc = o.op->panel(o.op, o.params, &ctx, in, when, periods, n, out, taken);
    for (size_t p = 0; rc == MERA_OK && p < periods; p++) {
        for (size_t i = f->block[p]; i < f->block[p + 1]; i++) {
            const int32_t at = taken[p][f->unit[i]];
            y[i] = out[p][f->unit[i]];
            if (origin != NULL) {
                origin[i] = isnan(y[i]) || at < 0 ? NAN : (double)f->time[f->block[at]];
            }
        }
    }
    return rc == MERA_OK ? rc : run_refused(c->r, "%s: %s", o.op->name, run_said(c->r));
}

static mera_code impute_panel(const imputation *im)
{
    for (size_t j = 0; j < im->from->k; j++) {
        MERA_TRY(impute_panel_column(im->c, arg(im->args, "f_i_para"), im->from, im->from->x[j],
                                     im->to->x[j], NULL));
    }
    return MERA_OK;
}

mera_code step_impute(coin *c, const json_t *args)
{
    imputation im = {.c = c, .f_i = arg_text(args, "f_i", "i_mean"), .args = args};
    const char *by = arg_text(args, "impute_by", "column");
    MERA_TRY(coin_frame(c, arg_text(args, "dset", "Raw"), &im.from));
    im.to = coin_frame_new(c, arg_text(args, "write_to", "Imputed"), im.from, im.from->k);
    for (size_t j = 0; j < im.from->k; j++) {
        memcpy(im.to->x[j], im.from->x[j], im.from->n * sizeof(double));
    }
    if (arg_bool(args, "disable", false) || same(im.f_i, "none")) {
        return MERA_OK;
    }
    if (same(im.f_i, "impute_panel")) {
        return impute_panel(&im);
    }
    if (same(by, "column")) {
        return impute_columns(&im);
    }
    return impute_tables(&im, same(by, "row"));
}
