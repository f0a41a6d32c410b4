/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Screen(): screen.coverage. COINr judges by the share of data, by the share of non-zeros among
 * them, or by both; its table has both flags whatever the judgement.
 */
#include <math.h>

#include "steps.h"

/** The units forced to stay or to go. */
typedef struct forced {
    const char **keep, **drop;
    size_t n_keep, n_drop;
} forced;

static mera_code screen_forced(coin *c, const json_t *named, const frame *f, forced *out)
{
    const csv *file;
    if (named == NULL) {
        return MERA_OK;
    }
    MERA_TRY(run_csv(c->r, named, &file));
    out->keep = NEW(c->r->arena, file->n_rows, const char *);
    out->drop = NEW(c->r->arena, file->n_rows, const char *);
    for (size_t i = 0; i < file->n_rows; i++) {
        const char *key = csv_text(file, i, "uCode");
        bool here = false; /* in a purse, a unit may be missing in some years */
        for (size_t row = 0; row < f->n; row++) {
            here = here || same(f->key[row], key);
        }
        if (here && csv_number(file, i, "Include") == 1) {
            out->keep[out->n_keep++] = key;
        } else if (here) {
            out->drop[out->n_drop++] = key;
        }
    }
    return MERA_OK;
}

/* Which rows of block b stay under the thresholds (NaN = not looked at). */
static mera_code screen_block(coin *c, const frame *f, size_t b, double coverage, double non_zero,
                              const forced *force, uint8_t *keep)
{
    const size_t from = f->block[b], n = f->block[b + 1] - from;
    mera_op_ctx ctx = {.diags = c->r->diags,
                       .arena = c->r->arena,
                       .subject = "units",
                       .unit_key = f->key + from,
                       .unit_name = f->key + from};
    const double **x = NEW(c->r->arena, f->k, const double *);
    uint8_t *keep_column = NEW(c->r->arena, f->k, uint8_t);
    given g = {0};
    operation o;
    given_number(&g, c->r->arena, "unit_coverage", isnan(coverage) ? 0 : coverage);
    given_number(&g, c->r->arena, "non_zero", isnan(non_zero) ? 0 : non_zero);
    if (force != NULL) {
        given_texts(&g, c->r->arena, "keep", force->keep, force->n_keep);
        given_texts(&g, c->r->arena, "drop", force->drop, force->n_drop);
    }
    MERA_TRY(operation_open(c->r, MERA_STEP_SCREEN, "coverage", &g, &o));
    for (size_t j = 0; j < f->k; j++) {
        x[j] = f->x[j] + from;
    }
    const mera_code rc = o.op->screen(o.op, o.params, &ctx, x, f->k, n, keep + from, keep_column);
    return rc == MERA_OK ? rc : run_refused(c->r, "%s: %s", o.op->name, run_said(c->r));
}

static mera_code screen_all(coin *c, const frame *f, double coverage, double non_zero,
                            const forced *force, uint8_t **out)
{
    *out = NEW(c->r->arena, f->n, uint8_t);
    for (size_t b = 0; b < f->n_blocks; b++) {
        MERA_TRY(screen_block(c, f, b, coverage, non_zero, force, *out));
    }
    return MERA_OK;
}

/* COINr's DataSummary: counts, shares, flags. */
static void screen_table(coin *c, const frame *f, const uint8_t *data, const uint8_t *zeros,
                         const uint8_t *included)
{
    table *t = frame_table(c, f, f->k);
    double *missing = table_numbers(t, "N_missing"), *zero = table_numbers(t, "N_zero");
    double *both = table_numbers(t, "N_miss_or_zero"), *share = table_numbers(t, "Dat_Avail");
    double *non_zero = table_numbers(t, "Non_Zero");
    const char **low = table_texts(t, "LowData"), **low_zero = table_texts(t, "LowNonZero");
    const char **flag = table_texts(t, "LowDatOrZeroFlag"), **in = table_texts(t, "Included");
    for (size_t i = 0; i < f->n; i++) {
        missing[i] = zero[i] = 0;
        for (size_t j = 0; j < f->k; j++) {
            missing[i] += isnan(f->x[j][i]);
            zero[i] += f->x[j][i] == 0;
        }
        const double k = (double)f->k;
        both[i] = missing[i] + zero[i];
        share[i] = (k - missing[i]) / k;
        non_zero[i] = missing[i] < k ? 1 - zero[i] / (k - missing[i]) : NAN;
        low[i] = truth(data[i] == 0);
        low_zero[i] = truth(zeros[i] == 0);
        flag[i] = truth(data[i] == 0 || zeros[i] == 0);
        in[i] = truth(included[i] != 0);
    }
    run_output(c->r, "main", t);
}

static void screen_removed(coin *c, const frame *f, const uint8_t *included)
{
    size_t n = 0;
    for (size_t i = 0; i < f->n; i++) {
        n += included[i] == 0;
    }
    table *t = table_new(c->r->arena, n, c->purse ? 2 : 1);
    const char **time = c->purse ? table_texts(t, "Time") : NULL, **key = table_texts(t, "uCode");
    n = 0;
    for (size_t i = 0; i < f->n; i++) {
        if (included[i] == 0) {
            if (time != NULL) {
                time[n] = c->data->period[f->time[i]];
            }
            key[n++] = f->key[i];
        }
    }
    run_output(c->r, "removed", t);
}

mera_code step_screen(coin *c, const json_t *args)
{
    const frame *f;
    const char *by = arg_text(args, "unit_screen", "");
    const double coverage = arg_number(args, "dat_thresh", 2.0 / 3);
    const double non_zero = arg_number(args, "nonzero_thresh", 0.05);
    const bool data = same(by, "byNA") || same(by, "byNAandzeros");
    const bool zeros = same(by, "byzeros") || same(by, "byNAandzeros");
    uint8_t *enough, *filled, *included;
    forced force = {0};
    MERA_TRY(coin_frame(c, arg_text(args, "dset", "Raw"), &f));
    if (!data && !zeros) {
        return run_unsupported(c->r, "Screen with unit_screen '%s'", by);
    }
    MERA_TRY(screen_forced(c, arg(args, "Force"), f, &force));
    MERA_TRY(screen_all(c, f, coverage, NAN, NULL, &enough));
    MERA_TRY(screen_all(c, f, NAN, non_zero, NULL, &filled));
    MERA_TRY(screen_all(c, f, data ? coverage : NAN, zeros ? non_zero : NAN, &force, &included));
    screen_table(c, f, enough, filled, included);
    screen_removed(c, f, included);
    (void)coin_frame_kept(c, arg_text(args, "write_to", "Screened"), f, included);
    return MERA_OK;
}
