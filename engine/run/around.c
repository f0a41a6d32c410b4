/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What a derived indicator may look at besides the cells of its columns: texts of units, keys and
 * names, other periods. Only what its formula or its plugin declares is there.
 */
#include "run/internal.h"

#include "base/text.h"

/* ---- binding ----------------------------------------------------------------------------- */

static mera_code around_bind_text(mera_plan *plan, const char *name, mera_at at, mera_diags *diags,
                                  struct run_text *out)
{
    const run_grouping *grouping = mera_run_grouping(plan, name);

    *out = (struct run_text){.name = name, .grouping = grouping};
    if (grouping != NULL) {
        return MERA_OK;
    }
    out->attribute = mera_dataset_attribute(plan->data, name);
    if (out->attribute != NULL) {
        return MERA_OK;
    }
    return mera_fail(diags, MERA_EINPUT, "missing-attribute", at,
                     "'%s' is neither a grouping of `units: groups:` nor a field of the data",
                     name);
}

mera_code mera_run_bind_op_texts(mera_plan *plan, const mera_op *op, mera_at at, mera_diags *diags,
                                 run_texts *out)
{
    mera_code rc = MERA_OK;
    size_t n = 0;

    while (op->attributes != NULL && op->attributes[n] != NULL) {
        n++;
    }
    MERA_TRY_NEW(out->v, plan->arena, n);
    for (out->n = 0; out->n < n; out->n++) {
        const mera_code one =
            around_bind_text(plan, op->attributes[out->n], at, diags, &out->v[out->n]);

        if (one == MERA_EINPUT) {
            (void)mera_within(diags, one, at, "in '%s'", op->name);
        }
        rc = one != MERA_OK ? one : rc;
    }
    return rc;
}

mera_code mera_run_bind_texts(mera_plan *plan, run_indicator *ind, mera_diags *diags)
{
    if (ind->indicator->kind == MERA_FROM_OP) {
        return mera_run_bind_op_texts(plan, ind->indicator->derive.op, ind->indicator->source_at,
                                      diags, &ind->texts);
    }
    MERA_TRY_NEW(ind->texts.v, plan->arena, ind->reads.n);
    for (size_t i = 0; i < ind->reads.n; i++) {
        if (ind->reads.v[i].is_texts) {
            MERA_TRY(around_bind_text(plan, ind->reads.v[i].name, ind->indicator->source_at, diags,
                                      &ind->texts.v[ind->texts.n++]));
        }
    }
    return MERA_OK;
}

bool mera_run_looks_back(const mera_indicator *indicator)
{
    switch (indicator->kind) {
    case MERA_FROM_OP:
        return (indicator->derive.op->flags & MERA_OP_PERIODS) != 0;
    case MERA_FROM_FORMULA:
        return mera_formula_crosses_periods(indicator->formula);
    case MERA_FROM_COLUMN:
        break;
    }
    return false;
}

/* ---- evaluation -------------------------------------------------------------------------- */

static void around_labels(const mera_plan *plan, const struct run_text *text, size_t period,
                          mera_labels *out)
{
    *out = (mera_labels){.name = text->name};
    if (text->grouping != NULL) {
        out->code = text->grouping->code + period * plan->n_units;
        out->level = text->grouping->labels.v;
        out->n_levels = text->grouping->labels.n;
    } else {
        out->code = text->attribute->code + plan->work_period[period] * plan->n_units;
        out->level = text->attribute->level;
        out->n_levels = text->attribute->n_levels;
    }
}

/* All work periods in the order of the dataset, and where the one under way stands among them. */
static mera_code around_periods(const run_score *s, const run_indicator *ind, size_t period,
                                mera_arena *arena, mera_around *out)
{
    const mera_plan *plan = s->plan;
    const char **label;
    const double **past;

    out->n_periods = plan->n_work;
    MERA_TRY_NEW(label, arena, plan->n_work);
    MERA_TRY_NEW(past, arena, plan->n_work * ind->reads.n);
    for (size_t d = 0; d < plan->n_work; d++) {
        label[d] = plan->period_label[plan->by_date[d]];
        out->period = plan->by_date[d] == period ? d : out->period;
        for (size_t c = 0; c < ind->reads.n; c++) {
            past[c * plan->n_work + d] = mera_run_slice(s, &ind->reads.v[c], plan->by_date[d]);
        }
    }
    out->period_label = label;
    out->past = past;
    return MERA_OK;
}

mera_code mera_run_around_texts(const run_score *s, const run_texts *texts, size_t period,
                                mera_arena *arena, mera_around *out)
{
    const mera_plan *plan = s->plan;
    mera_labels *labels;

    MERA_TRY_NEW(labels, arena, texts->n);
    for (size_t k = 0; k < texts->n; k++) {
        around_labels(plan, &texts->v[k], period, &labels[k]);
    }
    *out = (mera_around){.n = plan->n_units,
                         .unit_key = plan->data->unit_key,
                         .unit_name = plan->data->unit_name,
                         .labels = labels,
                         .n_labels = texts->n,
                         .n_periods = 1,
                         .period_label = &plan->period_label[period],
                         .seed = plan->methodology->seed};
    return MERA_OK;
}

mera_code mera_run_around(const run_score *s, const run_indicator *ind, size_t period,
                          mera_arena *arena, mera_around *out)
{
    MERA_TRY(mera_run_around_texts(s, &ind->texts, period, arena, out));
    return ind->looks_back ? around_periods(s, ind, period, arena, out) : MERA_OK;
}
