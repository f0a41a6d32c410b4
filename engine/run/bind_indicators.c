/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Binding indicators to the data: where their numbers come from, their chains of operations, and
 * how far each link of a chain must reach over the periods. Every problem is recorded before the
 * plan is refused.
 */
#include "base/math.h"
#include "base/number.h"
#include "base/text.h"
#include "run/internal.h"

const char *mera_run_subject_text(mera_plan *plan, const char *what, const char *id)
{
    return mera_arena_printf(plan->arena, "%s '%s'", what, id);
}

static mera_code indicators_formula(mera_plan *plan, run_indicator *ind, size_t self,
                                    const mera_text_list *known, mera_diags *diags)
{
    const mera_indicator *def = ind->indicator;
    mera_code rc = mera_formula_compile(plan->formulas, def->formula, def->source_at, known->v,
                                        known->n, plan->arena, diags, &ind->formula);

    if (rc != MERA_OK) {
        return rc == MERA_ENOMEM
                   ? rc
                   : mera_within(diags, rc, def->at, "in the formula of %s", ind->subject);
    }
    MERA_TRY_NEW(ind->reads.v, plan->arena, mera_formula_n_reads(ind->formula));
    for (size_t i = 0; i < mera_formula_n_reads(ind->formula); i++) {
        const char *name = mera_formula_read(ind->formula, i);
        const mera_code found = mera_run_bind_read(plan, name, self, def->source_at, diags,
                                                   &ind->reads.v[ind->reads.n++]);

        rc = found != MERA_OK ? found : rc;
    }
    return rc;
}

static mera_code indicators_derived(mera_plan *plan, run_indicator *ind, size_t self,
                                    mera_diags *diags)
{
    const char *const *reads = ind->indicator->derive.op->reads;
    mera_code rc = MERA_OK;
    size_t n = 0;

    while (reads != NULL && reads[n] != NULL) {
        n++;
    }
    MERA_TRY_NEW(ind->reads.v, plan->arena, n);
    for (size_t i = 0; i < n; i++) {
        const mera_code found = mera_run_bind_name(plan, reads[i], self, ind->indicator->source_at,
                                                   diags, &ind->reads.v[ind->reads.n++]);

        if (found == MERA_EINPUT) {
            (void)mera_within(diags, found, ind->indicator->at, "in %s, made by '%s'", ind->subject,
                              ind->indicator->derive.op->name);
        }
        rc = found != MERA_OK ? found : rc;
    }
    return rc;
}

static mera_code indicators_column(mera_plan *plan, run_indicator *ind, mera_diags *diags)
{
    const mera_indicator *def = ind->indicator;
    const mera_dataset *data = plan->data;
    const char **names, *nearest;

    ind->column = mera_dataset_column(data, def->column);
    if (ind->column != NULL) {
        return MERA_OK;
    }
    MERA_TRY_NEW(names, plan->arena, data->n_columns);
    for (size_t c = 0; c < data->n_columns; c++) {
        names[c] = data->column[c].name;
    }
    (void)mera_fail(diags, MERA_EINPUT, "missing-column", def->source_at,
                    "the data have no column '%s'", def->column);
    nearest = mera_nearest(def->column, names, data->n_columns);
    if (nearest != NULL) {
        mera_hint(diags, "did you mean '%s'?", nearest);
    }
    return mera_within(diags, MERA_EINPUT, def->at, "in %s", ind->subject);
}

static mera_code indicators_origin(mera_plan *plan, run_indicator *ind, size_t self,
                                   const mera_text_list *known, mera_diags *diags)
{
    switch (ind->indicator->kind) {
    case MERA_FROM_FORMULA:
        return indicators_formula(plan, ind, self, known, diags);
    case MERA_FROM_OP:
        return indicators_derived(plan, ind, self, diags);
    case MERA_FROM_COLUMN:
        break;
    }
    return indicators_column(plan, ind, diags);
}

/** Gives each use of a chain, from its end, the periods it must serve. */
static size_t indicators_reach(run_uses *uses, size_t reach, size_t n_work)
{
    for (size_t i = uses->n; i > 0; i--) {
        uses->v[i - 1].n_out = reach;
        if (mera_run_crosses_periods(uses->v[i - 1].use)) {
            reach = n_work;
        }
    }
    return reach;
}

static bool indicators_serial(const run_uses *uses)
{
    for (size_t i = 0; i < uses->n; i++) {
        if ((uses->v[i].use->op->flags & MERA_OP_SERIAL) != 0) {
            return true;
        }
    }
    return false;
}

static mera_code indicators_chains(mera_plan *plan, run_indicator *ind, mera_diags *diags)
{
    const mera_indicator *def = ind->indicator;
    const struct {
        const mera_use_list *from;
        run_uses *to;
    } chain[] = {{&def->denominate, &ind->denominate},
                 {&def->impute, &ind->impute},
                 {&def->treat, &ind->treat},
                 {&def->normalise, &ind->normalise}};
    size_t reach = plan->tree_needs_all ? plan->n_work : plan->n_scored;
    mera_code rc = MERA_OK;

    for (size_t c = 0; c < 4; c++) {
        const mera_code bound = mera_run_bind_uses(plan, chain[c].from, diags, chain[c].to);

        if (bound == MERA_EINPUT) {
            (void)mera_within(diags, bound, def->at, "in %s", ind->subject);
        }
        rc = bound != MERA_OK ? bound : rc;
    }
    MERA_TRY(rc);
    for (size_t c = 4; c > 0; c--) {
        reach = indicators_reach(chain[c - 1].to, reach, plan->n_work);
    }
    ind->serial_before = indicators_serial(&ind->denominate);
    ind->serial_after = indicators_serial(&ind->impute) || indicators_serial(&ind->treat) ||
                        indicators_serial(&ind->normalise);
    return MERA_OK;
}

static void indicators_mark_used(mera_plan *plan)
{
    for (size_t k = 0; k < plan->methodology->n_nodes; k++) {
        const mera_node *node = &plan->methodology->node[k];

        for (size_t j = 0; j < node->n_children; j++) {
            if (node->child[j].is_indicator) {
                plan->indicator[node->child[j].index].in_framework = true;
            }
        }
    }
}

/** Where imputers look at several indicators, each must be there in all periods that any needs. */
static void indicators_reach_together(mera_plan *plan)
{
    for (size_t k = 0; k < plan->methodology->n_indicators && plan->has_tables; k++) {
        const run_uses *chain[] = {&plan->indicator[k].denominate, &plan->indicator[k].impute};

        for (size_t c = 0; c < 2; c++) {
            for (size_t u = 0; u < chain[c]->n; u++) {
                chain[c]->v[u].n_out = plan->n_work;
            }
        }
    }
}

mera_code mera_run_bind_indicators(mera_plan *plan, mera_diags *diags)
{
    const mera_methodology *m = plan->methodology;
    mera_text_list known;
    mera_code rc = MERA_OK;

    MERA_TRY_NEW(plan->indicator, plan->arena, m->n_indicators);
    MERA_TRY(mera_run_known_names(plan, plan->arena, &known));
    for (size_t k = 0; k < m->n_indicators; k++) {
        run_indicator *ind = &plan->indicator[k];
        mera_code bound, chains;

        ind->indicator = &m->indicator[k];
        ind->subject = mera_run_subject_text(plan, "indicator", m->indicator[k].id);
        MERA_TRY_PTR(ind->subject);
        bound = indicators_origin(plan, ind, k, &known, diags);
        if (bound == MERA_OK) {
            bound = mera_run_bind_texts(plan, ind, diags);
            ind->looks_back = mera_run_looks_back(ind->indicator);
        }
        chains = indicators_chains(plan, ind, diags);
        if (bound == MERA_ENOMEM || chains == MERA_ENOMEM) {
            return MERA_ENOMEM;
        }
        rc = bound != MERA_OK ? bound : chains != MERA_OK ? chains : rc;
    }
    indicators_mark_used(plan);
    indicators_reach_together(plan);
    return rc;
}

/** Where the value of a cell stands: "unit 'Ust-Kut' in 2020 (data.csv:14)". */
static void indicators_note_first(const mera_plan *plan, const run_indicator *ind, size_t cell,
                                  mera_diags *diags)
{
    const size_t w = cell / plan->n_units, i = cell % plan->n_units;
    mera_at place;

    if (ind->column != NULL &&
        mera_column_place(plan->data, ind->column, plan->work_period[w] * plan->n_units + i,
                          &place)) {
        (void)mera_within(diags, MERA_OK, place, "first at unit '%s'%s%s", plan->data->unit_name[i],
                          plan->period_label[w][0] != '\0' ? " in " : "", plan->period_label[w]);
    }
}

void mera_run_check_range(const mera_plan *plan, const run_indicator *ind, const double *x,
                          mera_diags *diags)
{
    const double *range = ind->indicator->range;
    const double low = isnan(range[0]) ? -INFINITY : range[0];
    const double high = isnan(range[1]) ? INFINITY : range[1];
    size_t n = 0, first = 0;
    char value[32], low_text[32], high_text[32];

    if (isinf(low) && isinf(high)) {
        return;
    }
    for (size_t i = plan->n_scored * plan->n_units; i > 0; i--) {
        if (x[i - 1] < low || x[i - 1] > high) {
            n++;
            first = i - 1;
        }
    }
    if (n == 0) {
        return;
    }
    mera_number_write(x[first], value);
    mera_number_write(low, low_text);
    mera_number_write(high, high_text);
    mera_warn(diags, "out-of-range", ind->indicator->at,
              "%s: %zu value%s outside its plausible range (%s to %s), first %s at unit '%s'",
              ind->subject, n, n == 1 ? " lies" : "s lie", isinf(low) ? "any" : low_text,
              isinf(high) ? "any" : high_text, value, plan->data->unit_name[first % plan->n_units]);
    indicators_note_first(plan, ind, first, diags);
}
