/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Screening: units and indicators with too little data are left out, over the indicators of the
 * framework. A unit is judged in each period; an indicator once, over the scored periods.
 */
#include "run/stages.h"

#include <string.h>

/** The columns screened: those of the framework. */
typedef struct screen_table {
    const size_t *indicator;
    const double **x;
    size_t k;
    uint8_t *keep_column;
} screen_table;

bool mera_run_left_out(const run_score *s, size_t indicator)
{
    return s->with->left_out != NULL && s->with->left_out[indicator] != 0;
}

static mera_code screen_columns(run_score *s, screen_table *table)
{
    const mera_plan *plan = s->plan;
    size_t *indicator;

    MERA_TRY_NEW(indicator, s->keep[0], plan->methodology->n_indicators);
    MERA_TRY_NEW(table->x, s->keep[0], plan->methodology->n_indicators);
    MERA_TRY_NEW(table->keep_column, s->keep[0], plan->methodology->n_indicators);
    for (size_t k = 0; k < plan->methodology->n_indicators; k++) {
        if (plan->indicator[k].in_framework && !mera_run_left_out(s, k)) {
            indicator[table->k++] = k;
        }
    }
    table->indicator = indicator;
    return MERA_OK;
}

/** Keys and names of the units of n cells, period after period. */
static mera_code screen_keys(run_score *s, size_t n, mera_op_ctx *ctx)
{
    const mera_dataset *data = s->plan->data;
    const char **key, **name;

    MERA_TRY_NEW(key, s->keep[0], n);
    MERA_TRY_NEW(name, s->keep[0], n);
    for (size_t i = 0; i < n; i++) {
        key[i] = data->unit_key[i % data->n_units];
        name[i] = data->unit_name[i % data->n_units];
    }
    ctx->unit_key = key;
    ctx->unit_name = name;
    return MERA_OK;
}

/** Screens the cells from..end of every column as one table. */
static mera_code screen_rows(run_score *s, screen_table *table, size_t from, size_t end,
                             uint8_t *keep)
{
    const mera_use *use = s->plan->screen.use;
    mera_op_ctx ctx = {.diags = s->diags,
                       .at = use->at,
                       .arena = s->scratch[0],
                       .subject = "screening",
                       .seed = s->plan->methodology->seed};

    MERA_TRY(screen_keys(s, end - from, &ctx));
    for (size_t j = 0; j < table->k; j++) {
        table->x[j] = s->cells[table->indicator[j]].stage[MERA_STAGE_DENOMINATED] + from;
    }
    return use->op->screen(use->op, use->params, &ctx, table->x, table->k, end - from, keep + from,
                           table->keep_column);
}

static void screen_tell(run_score *s, size_t n_units, size_t n_columns)
{
    const mera_use *use = s->plan->screen.use;

    if (n_units > 0) {
        mera_note(s->diags, "screened-out", use->at, "screening left out %zu unit%s", n_units,
                  n_units == 1            ? ""
                  : s->plan->n_scored > 1 ? "s, counted in each period"
                                          : "s");
    }
    if (n_columns > 0) {
        mera_note(s->diags, "screened-out", use->at, "screening left out %zu indicator%s",
                  n_columns, n_columns == 1 ? "" : "s");
    }
}

mera_code mera_run_screen(run_score *s)
{
    const mera_plan *plan = s->plan;
    const size_t scored = plan->n_scored * plan->n_units, all = plan->n_work * plan->n_units;
    screen_table table = {.k = 0};
    size_t n_out = 0, n_columns = 0;
    uint8_t *keep;

    MERA_TRY_NEW(keep, s->arena, all);
    MERA_TRY(screen_columns(s, &table));
    if (all > scored) { /* periods only looked at: their verdict on indicators is not asked */
        MERA_TRY(screen_rows(s, &table, scored, all, keep));
    }
    MERA_TRY(screen_rows(s, &table, 0, scored, keep));
    for (size_t i = 0; i < all; i++) {
        keep[i] = keep[i] == 0;
        n_out += i < scored ? keep[i] : 0;
    }
    for (size_t j = 0; j < table.k; j++) {
        s->cells[table.indicator[j]].dropped =
            table.keep_column[j] == 0 || s->cells[table.indicator[j]].failed != NULL;
        n_columns += table.keep_column[j] == 0;
    }
    s->unit_screened = keep;
    screen_tell(s, n_out, n_columns);
    if (n_out == scored || n_columns == table.k) {
        return mera_fail(s->diags, MERA_EINPUT, "all-screened-out", plan->screen.use->at,
                         "screening leaves no %s", n_out == scored ? "unit" : "indicator");
    }
    return MERA_OK;
}
