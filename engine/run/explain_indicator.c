/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The trace of an indicator at one unit: cells of the data, operations in their order, the fit each
 * fell under, and where the value stands among the others.
 */
#include "base/math.h"
#include "base/text.h"
#include "run/trace.h"
#include "run/words.h"

/* ---- cells ---- */

static mera_trace_cell trace_cell(const run_trace *t, const run_source *source)
{
    const mera_dataset *data = t->plan->data;
    const size_t cell = t->plan->work_period[t->period] * t->plan->n_units + t->unit;
    mera_trace_cell out = {.name = source->name, .place = MERA_NOWHERE};

    if (source->column != NULL) {
        out.value = source->column->value[cell];
        out.state = source->column->state[cell];
        (void)mera_column_place(data, source->column, cell, &out.place);
    } else if (source->indicator != SIZE_MAX) {
        out.is_indicator = true;
        out.value = t->result->indicator[source->indicator].stage[MERA_STAGE_RAW][t->cell];
        out.state = isnan(out.value) ? t->result->indicator[source->indicator].state[t->cell]
                                     : MERA_OBSERVED;
    } else {
        out.value = NAN;
    }
    return out;
}

static mera_code trace_cells(const run_trace *t, const run_sources *sources,
                             const mera_trace_cell **out, size_t *n)
{
    mera_trace_cell *cell;

    MERA_TRY_NEW(cell, t->arena, sources->n);
    *n = 0;
    for (size_t i = 0; i < sources->n; i++) {
        if (sources->v[i].name != NULL) {
            cell[(*n)++] = trace_cell(t, &sources->v[i]);
        }
    }
    *out = cell;
    return MERA_OK;
}

static mera_code trace_origin(const run_trace *t, const run_indicator *ind,
                              mera_trace_indicator *out)
{
    run_source own = {.name = ind->indicator->column, .indicator = SIZE_MAX, .column = ind->column};
    const run_sources one = {1, &own};

    if (ind->column == NULL) {
        MERA_TRY(trace_cells(t, &ind->reads, &out->cell, &out->n_cells));
        out->raw_state = MERA_DERIVED;
        if (isnan(out->stage[MERA_STAGE_RAW])) {
            out->raw_state |= (uint8_t)MERA_REASON(out->state);
        }
        return MERA_OK;
    }
    MERA_TRY(trace_cells(t, &one, &out->cell, &out->n_cells));
    out->raw_state = out->cell[0].state;
    return MERA_OK;
}

/* ---- fits ---- */

/** Is the record one of that use, for that group (NULL = all units) in the unit's period? */
static bool trace_is_fit(const run_trace *t, const mera_fit_record *fit, const mera_use *use,
                         const char *group)
{
    const char *period = t->plan->period_label[t->period];

    if (fit->op != use->op || !mera_streq(fit->group, group)) {
        return false;
    }
    return use->reference.period != MERA_PERIOD_OWN || mera_streq(fit->period, period);
}

/** The fit number `skip` (for an operation that stands in a chain more than once), or NULL. */
static const mera_fit_record *trace_find(const run_trace *t, const mera_use *use, size_t indicator,
                                         size_t node, const char *group, size_t skip)
{
    for (size_t i = 0; i < t->result->n_fits; i++) {
        const mera_fit_record *fit = &t->result->fit[i];

        if (fit->indicator == indicator && fit->node == node && trace_is_fit(t, fit, use, group) &&
            skip-- == 0) {
            return fit;
        }
    }
    return NULL;
}

static const char *trace_group(const run_trace *t, const run_use *use)
{
    int32_t code;

    if (use->by == NULL) {
        return NULL;
    }
    code = use->by->code[t->cell];
    return code >= 0 ? use->by->labels.v[code] : NULL;
}

static const char *trace_reference(const run_trace *t, const run_use *use,
                                   const mera_fit_record *fit)
{
    const mera_reference *ref = &use->use->reference;
    mera_text text = {.arena = t->arena};

    if (ref->frozen != NULL) {
        return mera_run_reference_words(use->use, t->arena);
    }
    mera_text_addf(&text, "%zu value%s of ", fit->n_reference, fit->n_reference == 1 ? "" : "s");
    if (fit->group != NULL) {
        mera_text_addf(&text, "group '%s'", fit->group);
    } else {
        mera_text_add(&text, "all units");
    }
    if (fit->period == NULL) {
        mera_text_add(&text, t->plan->n_work > 1 ? " in all periods" : "");
    } else if (fit->period[0] != '\0') {
        mera_text_addf(&text, " in %s", fit->period);
    }
    return mera_text_string(&text);
}

/* ---- steps ---- */

const mera_fit_record *mera_run_trace_fit(const run_trace *t, const run_use *use, size_t indicator,
                                          size_t node)
{
    const char *group = trace_group(t, use);
    const mera_fit_record *fit = trace_find(t, use->use, indicator, node, group, use->nth);

    return fit != NULL || group == NULL ? fit
                                        : trace_find(t, use->use, indicator, node, NULL, use->nth);
}

static mera_code trace_one(const run_trace *t, const run_use *use, size_t indicator, size_t node,
                           mera_trace_step *step)
{
    step->step = use->use->op->step;
    step->op = use->use->op;
    step->at = use->use->at;
    step->reference = "";
    step->params = mera_run_use_words(use->use, t->arena);
    step->chosen = mera_run_use_chosen(use->use, t->arena);
    MERA_TRY_PTR(step->params);
    MERA_TRY_PTR(step->chosen);
    MERA_TRY(trace_cells(t, &use->inputs, &step->cell, &step->n_cells));
    if (use->use->op->fit == NULL) {
        return MERA_OK;
    }
    step->fit = mera_run_trace_fit(t, use, indicator, node);
    if (step->fit != NULL) {
        step->frozen = use->use->reference.frozen;
        step->reference = trace_reference(t, use, step->fit);
        MERA_TRY_PTR(step->reference);
    }
    return MERA_OK;
}

mera_code mera_run_trace_chain(const run_trace *t, const run_uses *uses, size_t indicator,
                               size_t node, const double *all_before, const double *all_after,
                               mera_trace_step *step)
{
    const double before = all_before[t->cell], after = all_after[t->cell];

    for (size_t u = 0; u < uses->n; u++) {
        MERA_TRY(trace_one(t, &uses->v[u], indicator, node, &step[u]));
        step[u].before = u == 0 ? before : NAN;
        step[u].inner = u + 1 < uses->n;
        step[u].after = step[u].inner ? NAN : after;
        step[u].changed = isnan(before) != isnan(after) || (!isnan(before) && before != after);
        MERA_TRY(mera_run_trace_members(t, &uses->v[u], all_before, &step[u]));
    }
    return mera_run_trace_inside(t, uses, indicator, step);
}

static mera_code trace_derive(const run_trace *t, const run_indicator *ind, double raw,
                              mera_trace_step *step)
{
    const mera_indicator *def = ind->indicator;

    *step = (mera_trace_step){.step = MERA_STEP_DERIVE,
                              .before = NAN,
                              .after = raw,
                              .changed = true,
                              .params = def->formula,
                              .chosen = def->formula,
                              .reference = "",
                              .at = def->source_at};
    if (def->kind == MERA_FROM_OP) {
        step->op = def->derive.op;
        step->params = mera_run_use_words(&def->derive, t->arena);
        step->chosen = mera_run_use_chosen(&def->derive, t->arena);
        MERA_TRY_PTR(step->params);
        MERA_TRY_PTR(step->chosen);
    }
    return MERA_OK;
}

static mera_code trace_steps(const run_trace *t, const run_indicator *ind, size_t k,
                             mera_trace_indicator *out)
{
    const run_uses *chain[] = {&ind->denominate, &ind->impute, &ind->treat, &ind->normalise};
    mera_trace_step *step;
    size_t n = 0;

    MERA_TRY_NEW(step, t->arena,
                 1 + ind->denominate.n + ind->impute.n + ind->treat.n + ind->normalise.n);
    if (ind->column == NULL) {
        MERA_TRY(trace_derive(t, ind, out->stage[MERA_STAGE_RAW], &step[n++]));
    }
    for (size_t c = 0; c < 4; c++) {
        MERA_TRY(mera_run_trace_chain(t, chain[c], k, SIZE_MAX, t->result->indicator[k].stage[c],
                                      t->result->indicator[k].stage[c + 1], step + n));
        n += chain[c]->n;
    }
    out->step = step;
    out->n_steps = n;
    return MERA_OK;
}

static void trace_standing(const run_trace *t, size_t k, mera_trace_indicator *out)
{
    const size_t n = t->plan->n_units;
    const double *z = t->result->indicator[k].stage[MERA_STAGE_NORMALISED] + t->period * n;
    const double own = z[t->unit];
    size_t better = 0;
    double sum = 0;

    for (size_t i = 0; i < n; i++) {
        if (!isnan(z[i])) {
            out->n_present++;
            sum += z[i];
            better += z[i] > own;
        }
    }
    out->rank = isnan(own) ? 0 : better + 1;
    out->mean = out->n_present > 0 ? sum / (double)out->n_present : NAN;
}

mera_code mera_run_trace_indicator(const run_trace *t, size_t indicator,
                                   const mera_trace_indicator **out)
{
    const run_indicator *ind = &t->plan->indicator[indicator];
    const mera_indicator_result *result = &t->result->indicator[indicator];
    mera_trace_indicator *trace;

    MERA_TRY_NEW(trace, t->arena, 1);
    trace->indicator = indicator;
    for (size_t stage = 0; stage < MERA_N_STAGES; stage++) {
        trace->stage[stage] = result->stage[stage][t->cell];
    }
    trace->state = result->state[t->cell];
    trace->screened_out = result->screened_out;
    MERA_TRY(trace_origin(t, ind, trace));
    MERA_TRY(trace_steps(t, ind, indicator, trace));
    trace_standing(t, indicator, trace);
    *out = trace;
    return MERA_OK;
}
