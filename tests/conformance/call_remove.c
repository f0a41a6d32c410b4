/* SPDX-License-Identifier: Apache-2.0 */
/** @file remove_elements(): aggregates once more for each element that weighs nothing. */
#include <math.h>
#include <string.h>

#include "calls.h"

/* ---- remove_elements() ------------------------------------------------------------------ */

/* The scores of a code when one element weighs nothing. */
static mera_code remove_one(coin *c, const json_t *aggregate, const weights *used,
                            const char *removed, const char *code, double *out)
{
    weights *w = &c->weight[c->n_weights];
    const frame *f;
    const double *score;
    *w = (weights){"(removed)", used->n, used->code, NEW(c->r->arena, used->n, double)};
    for (size_t i = 0; i < used->n; i++) {
        w->w[i] = same(used->code[i], removed) ? 0 : used->w[i];
    }
    json_t *change = json_pack("{s:s, s:s}", "w", w->name, "write_to", "(removed)");
    json_t *args = arg_modified(aggregate, change);
    c->n_weights++;
    const mera_code rc = step_aggregate(c, args);
    c->n_weights--;
    json_decref(change);
    json_decref(args);
    MERA_TRY(rc);
    MERA_TRY(scores_of(c, "(removed)", code, &f, &score));
    memcpy(out, score, f->n * sizeof *out);
    return MERA_OK;
}

static double remove_mean_change(const double *nominal, const double *rank, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += fabs(nominal[i] - rank[i]);
    }
    return sum / (double)n;
}

static void remove_changes(run *r, const table *ranks)
{
    const size_t k = ranks->n_columns - 1;
    table *t = table_new(r->arena, k, 1);
    const char **removed = table_texts(t, "Removed");
    double *change = table_numbers(t, "MeanAbsRankChange");
    for (size_t j = 0; j < k; j++) {
        removed[j] = ranks->column[j + 1].name;
        change[j] =
            remove_mean_change(ranks->column[1].number, ranks->column[j + 1].number, ranks->n_rows);
    }
    run_output(r, "meanabsdiff", t);
}

static mera_code remove_used(coin *c, const json_t *aggregate, const weights **out)
{
    const json_t *w = arg(aggregate, "w");
    if (json_is_object(w)) {
        weights *read = NEW(c->r->arena, 1, weights);
        MERA_TRY(weights_read(c->r, w, "Weight", read));
        *out = read;
        return MERA_OK;
    }
    return coin_weights(c, arg_item_text(w, 0), out);
}

mera_code call_remove_elements(run *r, coin *c, const json_t *args)
{
    const json_t *aggregate = steps_args(arg(r->sidecar, "steps"), "Aggregate");
    const char *code = arg_text(args, "iCode", "Index");
    const int level = (int)arg_number(args, "Level", 1);
    const weights *used;
    const frame *f;
    const double *nominal;
    MERA_TRY(scores_of(c, arg_text(args, "dset", "Aggregated"), code, &f, &nominal));
    MERA_TRY(remove_used(c, aggregate, &used));
    table *scores = frame_table(c, f, f->k), *ranks = frame_table(c, f, f->k);
    memcpy(table_numbers(scores, "Nominal"), nominal, f->n * sizeof(double));
    MERA_TRY(rank_down(r, nominal, f->n, table_numbers(ranks, "Nominal")));
    for (size_t i = 0; i < used->n; i++) {
        const meta *m = coin_meta(c, used->code[i]);
        if (m != NULL && m->level == level) {
            double *score = table_numbers(scores, m->code);
            MERA_TRY(remove_one(c, aggregate, used, m->code, code, score));
            MERA_TRY(rank_down(r, score, f->n, table_numbers(ranks, m->code)));
        }
    }
    run_output(r, "scores", scores);
    run_output(r, "ranks", ranks);
    remove_changes(r, ranks);
    return MERA_OK;
}
