/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Points of items under one combination of choices: the same values are put in as with the given
 * settings, and everything is scored anew under its own.
 */
#include "analysis/priorities_draws.h"
#include "base/math.h"

/** The lifts of item `i` by the case's own numbers; those of indicators it does not have are left
 * out. */
static mera_code case_lifts(const sure_base *base, const mera_methodology *m, size_t i,
                            mera_arena *arena, mera_lift **out, size_t *n)
{
    const mera_methodology *own = base->p->result->methodology;
    MERA_TRY_NEW(*out, arena, base->rows->n_lifts[i]);
    *n = 0;
    for (size_t l = 0; l < base->rows->n_lifts[i]; l++) {
        mera_lift lift = base->rows->lift[i][l];
        lift.indicator = mera_methodology_indicator(m, own->indicator[lift.indicator].id);
        if (lift.indicator != SIZE_MAX) {
            (*out)[(*n)++] = lift;
        }
    }
    return MERA_OK;
}

/** Points with item `i` lifted under the case. */
static mera_code case_item(const sure_base *base, const priorities_run *run, mera_score_with with,
                           size_t i, priorities_rows *rows)
{
    mera_lift *lift;
    size_t n;
    const mera_result *lifted;
    mera_diags *aside = mera_diags_new(run->work);
    MERA_TRY_PTR(aside);
    MERA_TRY(case_lifts(base, run->result->methodology, i, run->work, &lift, &n));
    if (n == 0) { /* it counts nowhere */
        return MERA_OK;
    }
    for (size_t l = 0; l < n; l++) {
        lift[l].period = run->ask->period;
    }
    with.lift = lift;
    with.n_lifts = n;
    const mera_code code = mera_plan_score_with(run->plan, &with, run->work, aside, &lifted);
    if (code == MERA_EINPUT) { /* no answer with that value: it is not among the first */
        return MERA_OK;
    }
    MERA_TRY(code);
    return mera_priorities_keep(run, rows, i, lift, n, lifted);
}

static mera_code case_rows(const sure_base *base, const joint_errors *errors, bool here,
                           joint_combination *c, sure_case *of)
{
    priorities_run *run;
    mera_priorities_ask *ask;
    priorities_rows *rows;
    const mera_score_with with = mera_joint_with(base->joint, c, errors, here);
    MERA_TRY_NEW(run, of->arena, 1);
    MERA_TRY_NEW(ask, of->arena, 1);
    MERA_TRY_NEW(rows, of->arena, 1);
    ask->period = c->ask.period;
    *run = (priorities_run){.plan = c->plan,
                            .result = c->run.result,
                            .ask = ask,
                            .arena = of->arena,
                            .shift = c->run.shift};
    *rows = (priorities_rows){
        .n_units = base->rows->n_units, .unit = base->rows->unit, .share = base->rows->share};
    MERA_TRY(mera_priorities_rows(run, base->rows->n_items, rows));
    run->work = mera_arena_new();
    mera_code code = run->work != NULL ? MERA_OK : MERA_ENOMEM;
    for (size_t i = 0; code == MERA_OK && i < rows->n_items; i++) {
        const mera_arena_mark mark = mera_arena_mark_now(run->work);
        code = base->rows->possible[i] ? case_item(base, run, with, i, rows) : MERA_OK;
        mera_arena_rewind(run->work, mark);
    }
    mera_arena_free(run->work);
    of->run = run;
    of->rows = rows;
    return code;
}

/** Units that are not screened: their places may hold rows. */
static mera_code case_places(sure_case *of)
{
    const mera_result *r = of->run->result;
    MERA_TRY_NEW(of->slot, of->arena, r->n_units);
    for (size_t i = 0; i < r->n_units && of->n_slots < of->rows->n_units * (1 + of->rows->n_items);
         i++) {
        if (r->unit_screened[of->run->shift + i] == 0) {
            of->slot[of->n_slots++] = i;
        }
    }
    return MERA_OK;
}

/** Why the units have no score under it; NULL = they may have. */
static const char *case_screened(const sure_case *of)
{
    const uint8_t *screened = of->run->result->unit_screened + of->run->shift;
    for (size_t u = 0; u < of->rows->n_units; u++) {
        if (screened[of->rows->unit[u]] != 0) {
            return "screening leaves the unit out";
        }
    }
    return of->node == SIZE_MAX ? "the node is not there" : NULL;
}

/** What is asked of it; run, rows and c are given. */
static mera_code case_open(const sure_base *base, sure_case *out)
{
    const priorities_run *run = out->run;
    out->node = mera_methodology_node(run->result->methodology,
                                      base->joint->m->node[base->p->ask->node].id);
    out->failed = case_screened(out);
    if (out->failed != NULL) {
        return MERA_OK;
    }
    MERA_TRY(mera_again_open(run->plan, run->result, run->ask->period, out->arena, &out->again));
    return out->rows->column == NULL ? case_places(out) : MERA_OK;
}

mera_code mera_priorities_case_make(const sure_base *base, const joint_points *points, size_t row,
                                    bool here, sure_case *of)
{
    const joint_way way = {.here = here};
    const joint_errors errors = {.joint = base->joint,
                                 .number = points->number + row * base->joint->n_factors};
    MERA_TRY(mera_joint_prepare(base->joint, points, row, &way, &of->c));
    of->failed = of->c->failed;
    if (of->failed != NULL) {
        return MERA_OK;
    }
    MERA_TRY(case_rows(base, &errors, here, of->c, of));
    return case_open(base, of);
}

mera_code mera_priorities_case_as_is(const sure_base *base, sure_case *of)
{
    MERA_TRY_NEW(of->c, of->arena, 1);
    *of->c = (joint_combination){.plan = base->p->plan,
                                 .ask = *base->tree->ask,
                                 .run = *base->tree,
                                 .sampler = base->joint->sampler,
                                 .common = true};
    of->run = base->p;
    of->rows = base->rows;
    return case_open(base, of);
}

mera_code mera_priorities_case_new(sure_case **out)
{
    mera_arena *arena = mera_arena_new();
    MERA_TRY_PTR(arena);
    *out = mera_arena_zero(arena, 1, sizeof **out);
    if (*out == NULL) {
        mera_arena_free(arena);
        return MERA_ENOMEM;
    }
    (*out)->arena = arena;
    return MERA_OK;
}

void mera_priorities_case_free(sure_case *of)
{
    if (of != NULL) {
        mera_joint_forget(of->c);
        mera_arena_free(of->arena);
    }
}
