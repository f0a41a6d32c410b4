/* SPDX-License-Identifier: Apache-2.0 */
/** @file What brings a score to a goal (mera/budget.h). */
#include "analysis/priorities.h"
#include "base/math.h"
#include "mera/budget.h"

enum { GOAL_HALVINGS = 40 };

/** Score of the node and place of the root, with values put in. */
static mera_code goal_score(const priorities_run *run, const mera_lift *lift, size_t n,
                            double *score, double *place)
{
    const mera_arena_mark mark = mera_arena_mark_now(run->work);
    const size_t cell = run->shift + run->out->unit;
    const mera_result *lifted;
    const mera_code code = mera_priorities_score(run, lift, n, &lifted);
    *score = *place = NAN;
    if (code == MERA_OK) {
        *score = lifted->node[run->out->node].score[cell];
        *place = lifted->node[0].rank[cell];
    }
    mera_arena_rewind(run->work, mark);
    return code == MERA_EINPUT ? MERA_OK : code;
}

static double goal_now(const priorities_run *run)
{
    return run->result->node[run->out->node].score[run->shift + run->out->unit];
}

static bool goal_reached(const priorities_run *run, double score, double wanted)
{
    return mera_priorities_gain(run, run->out->node, wanted, score) >= 0;
}

/** The last step only as far as it takes, between the value now and the aim. */
static mera_code goal_halve(const priorities_run *run, mera_lift *lift, size_t n, double wanted,
                            mera_goal_step *step)
{
    const mera_priority *item = &run->out->item[step->item];
    double from = item->value;
    for (size_t i = 0; i < GOAL_HALVINGS; i++) {
        const double middle = from + (step->to - from) / 2;
        double score, place;
        if (middle == from || middle == step->to) {
            break;
        }
        lift[n - 1] = mera_priorities_partly(run->result, item, middle);
        MERA_TRY(goal_score(run, lift, n, &score, &place));
        if (goal_reached(run, score, wanted)) {
            step->to = middle;
            step->lift = lift[n - 1];
            step->score = score;
            step->place = place;
        } else {
            from = middle;
        }
    }
    return MERA_OK;
}

static mera_code goal_work(priorities_run *run, mera_goal *out)
{
    const mera_priorities *of = run->out;
    mera_goal_step *step;
    mera_lift *lift;
    MERA_TRY_PTR(run->work);
    MERA_TRY_NEW(step, run->arena, of->n_possible);
    MERA_TRY_NEW(lift, run->arena, of->n_possible);
    out->step = step;
    out->now = goal_now(run);
    out->met = goal_reached(run, out->now, out->wanted);
    for (size_t i = 0; i < of->n_possible && !out->met && of->item[i].gain > 0; i++) {
        mera_goal_step *at = &step[out->n];
        *at = (mera_goal_step){.item = i, .lift = of->item[i].lift, .to = of->item[i].to};
        lift[out->n++] = at->lift;
        MERA_TRY(goal_score(run, lift, out->n, &at->score, &at->place));
        out->met = goal_reached(run, at->score, out->wanted);
        MERA_TRY(out->met ? goal_halve(run, lift, out->n, out->wanted, at) : MERA_OK);
    }
    return MERA_OK;
}

mera_code mera_goal_of(mera_plan *plan, const mera_result *result, const mera_priorities *of,
                       double wanted, mera_arena *arena, mera_diags *diags, mera_goal *out)
{
    mera_priorities own = *of;
    priorities_run run = {.plan = plan,
                          .result = result,
                          .out = &own,
                          .arena = arena,
                          .work = mera_arena_new(),
                          .diags = diags,
                          .shift = of->period * result->n_units};
    *out = (mera_goal){.wanted = wanted};
    const mera_code code = goal_work(&run, out);
    mera_arena_free(run.work);
    return code;
}
