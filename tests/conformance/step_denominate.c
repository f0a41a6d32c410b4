/* SPDX-License-Identifier: Apache-2.0 */
/** @file Denominate(): denominate.per_unit, by denominators of iData or of another table. */
#include <math.h>
#include <string.h>

#include "steps.h"

/** Which indicator by what. */
typedef struct pair {
    const char *code, *by;
    double scale;
} pair;

static mera_code denominate_pairs(coin *c, const json_t *args, pair **out, size_t *n)
{
    const csv *file;
    if (arg(args, "denomby") != NULL) {
        MERA_TRY(run_csv(c->r, arg(args, "denomby"), &file));
        *out = NEW(c->r->arena, file->n_rows, pair);
        for (size_t i = 0; i < file->n_rows; i++) {
            const double scale = csv_number(file, i, "ScaleFactor");
            (*out)[i] = (pair){csv_text(file, i, "iCode"), csv_text(file, i, "Denominator"),
                               isnan(scale) ? 1 : scale};
        }
        *n = file->n_rows;
        return MERA_OK;
    }
    *out = NEW(c->r->arena, c->n_meta, pair);
    *n = 0;
    for (size_t i = 0; i < c->n_meta; i++) {
        if (c->meta[i].denominator != NULL) {
            (*out)[(*n)++] = (pair){c->meta[i].code, c->meta[i].denominator, 1};
        }
    }
    return MERA_OK;
}

/* The denominator by row, from the table given or from iData; NULL = no such column. */
static const double *denominate_by(const coin *c, const csv *denoms, const char *id, const frame *f,
                                   const char *name)
{
    if (denoms == NULL) {
        return coin_outside(c, f, name);
    }
    double *x = NEW(c->r->arena, f->n, double);
    if (csv_column(denoms, name) == SIZE_MAX) {
        return NULL;
    }
    for (size_t i = 0; i < f->n; i++) {
        x[i] = NAN;
        for (size_t row = 0; row < denoms->n_rows; row++) {
            if (same(csv_text(denoms, row, id), f->key[i])) {
                x[i] = csv_number(denoms, row, name);
                break;
            }
        }
    }
    return x;
}

static mera_code denominate_column(coin *c, const pair *p, const double *by, const frame *f,
                                   double *x)
{
    call_column about = call_plain(p->code, f->key);
    given g = {0};
    operation o;
    given_text(&g, "by", p->by);
    given_number(&g, c->r->arena, "per", p->scale);
    MERA_TRY(operation_open(c->r, MERA_STEP_DENOMINATE, "per_unit", &g, &o));
    about.input = &by;
    about.n_inputs = 1;
    return operation_column(c->r, o, &about, x, f->n, x, NULL);
}

mera_code step_denominate(coin *c, const json_t *args)
{
    const frame *from;
    const csv *denoms = NULL;
    pair *pairs;
    size_t n;
    MERA_TRY(coin_frame(c, arg_text(args, "dset", "Raw"), &from));
    if (arg(args, "denoms") != NULL) {
        MERA_TRY(run_csv(c->r, arg(args, "denoms"), &denoms));
    }
    if (!same(arg_text(args, "f_denom", "/"), "/")) {
        return run_unsupported(c->r, "Denominate by the function '%s'",
                               arg_text(args, "f_denom", ""));
    }
    MERA_TRY(denominate_pairs(c, args, &pairs, &n));
    frame *to = coin_frame_new(c, arg_text(args, "write_to", "Denominated"), from, from->k);
    for (size_t j = 0; j < from->k; j++) {
        memcpy(to->x[j], from->x[j], from->n * sizeof *to->x[j]);
    }
    for (size_t i = 0; i < n; i++) {
        double *x = (double *)(uintptr_t)frame_column(to, pairs[i].code);
        const double *by =
            x == NULL
                ? NULL
                : denominate_by(c, denoms, arg_text(args, "denoms_ID", "uCode"), from, pairs[i].by);
        if (by == NULL) {
            return run_refused(c->r, "no indicator '%s' or no denominator '%s'", pairs[i].code,
                               pairs[i].by);
        }
        MERA_TRY(denominate_column(c, &pairs[i], by, from, x));
    }
    return MERA_OK;
}
