/* SPDX-License-Identifier: Apache-2.0 */
/** @file How sure places are: from a scored plan to draws, and back to its units (mera/robust.h).
 */
#include "analysis/robust.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/math.h"

#define ROBUST_MASS 0.9

/* What was asked, over what the methodology says. */
static void robust_rules(const robust_run *run)
{
    mera_uncertainty *rules = &run->out->rules;
    *rules = run->result->methodology->uncertainty;
    if (run->ask->draws > 0) {
        rules->draws = (size_t)run->ask->draws;
    }
    if (run->ask->top > 0) {
        rules->top[0] = run->ask->top;
        rules->n_top = 1;
    }
    run->out->joint = rules->n_factors > 0;
}

static mera_code robust_scores(robust_run *run)
{
    const mera_methodology *m = run->result->methodology;
    const mera_node_result *node = &run->result->node[run->ask->node];
    const double *score = m->node[run->ask->node].pass_aggregate ? node->aggregate : node->score;
    run->out->score = score + run->shift;
    for (size_t i = 0; i < run->result->n_units; i++) {
        run->out->n_ranked += !isnan(run->out->score[i]);
    }
    if (run->out->n_ranked > 0 && run->n_nodes > 0) {
        return MERA_OK;
    }
    const mera_code code =
        mera_fail(run->diags, MERA_EINPUT, "no-scores", m->node[run->ask->node].at,
                  "nobody has a score at '%s', so there are no places", m->node[run->ask->node].id);
    mera_hint(run->diags, "'mera score' shows which nodes have scores in which period");
    return code;
}

/* By place; equal ones in the order of the data. */
static int robust_compare(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

static mera_code robust_order(robust_run *run)
{
    const mera_draws_summary *summary = &run->out->summary;
    uint64_t *key;
    size_t *order, n = 0;
    MERA_TRY_NEW(key, run->arena, summary->n);
    MERA_TRY_NEW(order, run->arena, summary->n);
    for (size_t i = 0; i < summary->n; i++) {
        const mera_place_summary *unit = &summary->unit[i];
        if (unit->reference > 0) {
            key[n++] = (uint64_t)unit->reference << 32 | i;
            run->out->n_narrow += unit->high - unit->low <= MERA_NARROW;
        }
    }
    qsort(key, n, sizeof *key, robust_compare);
    for (size_t i = 0; i < n; i++) {
        order[i] = (size_t)(key[i] & UINT32_MAX);
    }
    run->out->order = order;
    run->out->n_ranked = n;
    return MERA_OK;
}

static bool robust_progress(void *context, uint64_t done, uint64_t until)
{
    (void)until;
    return mera_robust_go_on(context, done);
}

static mera_code robust_draw(robust_run *run, mera_draws **draws)
{
    const mera_methodology *m = run->result->methodology;
    const mera_uncertainty *rules = &run->out->rules;
    mera_draws_ask ask = {.n = run->result->n_units,
                          .k = run->k,
                          .z = run->z,
                          .column_name = run->column_name,
                          .node = run->node,
                          .n_nodes = run->n_nodes,
                          .lower_is_better = m->node[run->ask->node].lower_is_better,
                          .seed = m->seed,
                          .threads = run->ask->threads,
                          .block = run->ask->block,
                          .n_top = rules->n_top};
    for (size_t t = 0; t < rules->n_top; t++) {
        ask.top[t] = rules->top[t];
    }
    if (run->out->joint) {
        return mera_robust_joint(run, &ask, draws);
    }
    if (run->out->why_anew != MERA_ROBUST_FINE) {
        return mera_robust_anew(run, &ask, draws);
    }
    MERA_TRY(mera_draws_open(&ask, run->diags, draws));
    MERA_TRY(mera_robust_take_up(run, *draws));
    MERA_TRY(mera_draws_run(*draws, rules->draws, robust_progress, run));
    run->out->drawn = mera_draws_done(*draws);
    return MERA_OK;
}

/* Stopped before there was anything to tell. */
static mera_code robust_none(const robust_run *run)
{
    return mera_fail(run->diags, MERA_ELIMIT, "stopped", MERA_NOWHERE,
                     "stopped before the first draws were done");
}

static mera_code robust_count(robust_run *run)
{
    if (run->out->rules.draws > UINT32_MAX) {
        return mera_fail(run->diags, MERA_ELIMIT, "draws", MERA_NOWHERE,
                         "%zu draws are more than the %" PRIu32 " that can be counted",
                         run->out->rules.draws, UINT32_MAX);
    }
    const mera_sureness how = {
        .mass = run->out->mass, .sure = run->out->rules.band, .bands = run->out->rules.bands};
    mera_draws *draws = NULL;
    mera_code code = robust_draw(run, &draws);
    if (code == MERA_OK) {
        code = mera_draws_done(draws) > 0 ? MERA_OK : robust_none(run);
    }
    if (code == MERA_OK && run->ask->keep) {
        code = mera_robust_keep(run, draws);
    }
    if (code == MERA_OK) {
        code = mera_draws_summarise(draws, &how, run->arena, &run->out->summary);
    }
    mera_draws_close(draws);
    if (code == MERA_OK && (run->out->joint || run->out->why_anew != MERA_ROBUST_FINE)) {
        code = mera_robust_spread(run);
    }
    return code;
}

mera_code mera_robust_begin(robust_run *run)
{
    const mera_robust_ask *ask = run->ask;
    *run->out = (mera_robust){.node = ask->node, .period = ask->period, .mass = ROBUST_MASS};
    if (ask->node >= run->result->methodology->n_nodes || ask->period >= run->result->n_periods) {
        return MERA_EUSAGE;
    }
    run->shift = ask->period * run->result->n_units;
    robust_rules(run);
    MERA_TRY(mera_robust_tree(run));
    MERA_TRY(robust_scores(run));
    mera_robust_explain(run);
    return MERA_OK;
}

mera_code mera_robust_of(mera_plan *plan, const mera_result *result, const mera_robust_ask *ask,
                         mera_arena *arena, mera_diags *diags, mera_robust *out)
{
    robust_run run = {
        .plan = plan, .result = result, .ask = ask, .out = out, .arena = arena, .diags = diags};
    MERA_TRY(mera_robust_begin(&run));
    MERA_TRY(robust_count(&run));
    MERA_TRY(robust_order(&run));
    return ask->draws_alone ? MERA_OK : mera_robust_certify(&run);
}
