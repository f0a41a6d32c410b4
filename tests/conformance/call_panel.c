/* SPDX-License-Identifier: Apache-2.0 */
/** @file impute_panel() on a table of its own: filled data, and the year each value comes from. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "calls.h"

/* The wanted columns of the case's file that hold indicators. */
static size_t panel_columns(run *r, const csv *want, const char ***out)
{
    size_t n = 0;
    *out = NEW(r->arena, want->n_columns, const char *);
    for (size_t c = 0; c < want->n_columns; c++) {
        if (!same(want->name[c], "uCode") && !same(want->name[c], "Time")) {
            (*out)[n++] = want->name[c];
        }
    }
    return n;
}

/* A purse without a framework: rows and columns of iData. */
static mera_code panel_coin(run *r, coin *c, frame *f)
{
    const csv *want = run_expected(r, "main");
    const char *path = arg_text(arg(r->sidecar, "input"), "iData", NULL);
    mera_dataset *data;
    if (want == NULL || path == NULL) {
        return run_refused(r, "no iData or no file of results");
    }
    f->k = panel_columns(r, want, &f->code);
    const mera_source source = {.path = run_path(r, path),
                                .key = {"uCode"},
                                .n_key = 1,
                                .period = "Time",
                                .delimiter = ',',
                                .decimal = '.'};
    const mera_read_request request = {
        .source = &source, .n_sources = 1, .threads = 1, .column = f->code, .n_columns = f->k};
    if (mera_data_read(&request, r->arena, r->diags, &data, NULL) != MERA_OK) {
        return run_refused(r, "%s: %s", path, run_said(r));
    }
    *c = (coin){.r = r, .data = data, .purse = true};
    return MERA_OK;
}

static void panel_rows(run *r, const mera_dataset *data, frame *f)
{
    size_t *unit = NEW(r->arena, data->n_units * data->n_periods, size_t);
    size_t *time = NEW(r->arena, data->n_units * data->n_periods, size_t);
    size_t *block = NEW(r->arena, data->n_periods + 1, size_t);
    const char **key = NEW(r->arena, data->n_units * data->n_periods, const char *);
    mera_at place;
    for (size_t t = 0; t < data->n_periods; t++) {
        block[t] = f->n;
        for (size_t u = 0; u < data->n_units; u++) {
            if (mera_column_place(data, &data->column[0], t * data->n_units + u, &place)) {
                unit[f->n] = u;
                time[f->n] = t;
                key[f->n++] = data->unit_key[u];
            }
        }
    }
    block[data->n_periods] = f->n;
    f->unit = unit;
    f->time = time;
    f->key = key;
    f->block = block;
    f->n_blocks = data->n_periods;
}

mera_code call_impute_panel(run *r, coin *c, const json_t *args)
{
    coin *own = NEW(r->arena, 1, coin);
    frame f = {0};
    (void)c;
    MERA_TRY(panel_coin(r, own, &f));
    panel_rows(r, own->data, &f);
    table *out = frame_table(own, &f, f.k), *years = frame_table(own, &f, f.k);
    for (size_t j = 0; j < f.k; j++) {
        const double *x = coin_outside(own, &f, f.code[j]);
        double *y = table_numbers(out, f.code[j]), *year = table_numbers(years, f.code[j]);
        MERA_TRY(impute_panel_column(own, args, &f, x, y, year));
        for (size_t i = 0; i < f.n; i++) {
            year[i] = isnan(year[i]) ? NAN : strtod(own->data->period[(size_t)year[i]], NULL);
        }
    }
    run_output(r, "main", out);
    run_output(r, "years", years);
    return MERA_OK;
}
