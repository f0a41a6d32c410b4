/* SPDX-License-Identifier: Apache-2.0 */
/** @file What brings a score to a goal (mera/budget.h). */
#include <stdlib.h>

#include "analysis/priorities.h"
#include "base/math.h"

enum { GOAL_HALVINGS = 40, GOAL_ROUNDS = 8 };

/** An indicator of a member that could be lifted. */
typedef struct goal_candidate {
    size_t member, item;
    double gain, per_cost; /**< NaN = its cost is not known */
} goal_candidate;

/** Members whose mean is to come to the goal: all of them, or one. */
typedef struct goal_group {
    mera_members members; /**< numbers of members of the perimeter */
    goal_candidate *candidate;
    size_t n, next;
    size_t last; /**< its last step; SIZE_MAX = none yet */
} goal_group;

typedef struct goal_run {
    priorities_run run;
    const mera_perimeter *of;
    const mera_goal_ask *ask;
    goal_group *group;
    size_t n_groups;
    mera_goal *out;
    mera_goal_step *step;
    mera_lift *lift;       /**< of each step */
    double *score, *place; /**< per member, of the node and of the root, as last scored */
} goal_run;

/* ---- scoring ---- */

/** Scores with all steps so far; NaN where the methodology has no answer. */
static mera_code goal_score(goal_run *g)
{
    const mera_arena_mark mark = mera_arena_mark_now(g->run.work);
    const mera_result *lifted;
    const mera_code code = mera_priorities_score(&g->run, g->lift, g->out->n, &lifted);
    for (size_t u = 0; u < g->of->members.n; u++) {
        const size_t cell = g->run.shift + g->of->members.unit[u];
        g->score[u] = code == MERA_OK ? lifted->node[g->of->node].score[cell] : NAN;
        g->place[u] = code == MERA_OK ? lifted->node[0].rank[cell] : NAN;
    }
    mera_arena_rewind(g->run.work, mark);
    return code == MERA_EINPUT ? MERA_OK : code;
}

static double goal_mean(const goal_run *g, const mera_members *members)
{
    double mean = 0;
    for (size_t i = 0; i < members->n; i++) {
        mean += members->share[i] * g->score[members->unit[i]];
    }
    return mean;
}

static bool goal_reached(const goal_run *g, const goal_group *group)
{
    return mera_priorities_gain(&g->run, g->of->node, g->ask->wanted,
                                goal_mean(g, &group->members)) >= 0;
}

static const mera_priority *goal_item(const goal_run *g, const mera_goal_step *step)
{
    return &g->of->of[step->member].item[step->item];
}

/* ---- candidates ---- */

static int goal_compare(const void *a, const void *b)
{
    const goal_candidate *x = a, *y = b;
    if (isnan(x->per_cost) != isnan(y->per_cost)) {
        return isnan(x->per_cost) ? 1 : -1;
    }
    return x->per_cost > y->per_cost   ? -1
           : x->per_cost < y->per_cost ? 1
           : x->gain != y->gain        ? (x->gain < y->gain) - (x->gain > y->gain)
           : x->member != y->member    ? (x->member > y->member) - (x->member < y->member)
                                       : (x->item > y->item) - (x->item < y->item);
}

/** What brings something to the group's mean, the best first. */
static mera_code goal_candidates(const goal_run *g, goal_group *group)
{
    const mera_perimeter *of = g->of;
    size_t room = 0;
    for (size_t i = 0; i < group->members.n; i++) {
        room += of->of[group->members.unit[i]].n_possible;
    }
    MERA_TRY_NEW(group->candidate, g->run.arena, room);
    for (size_t j = 0; j < group->members.n; j++) {
        const size_t u = group->members.unit[j];
        for (size_t i = 0; i < of->of[u].n_possible; i++) {
            const mera_priority *item = &of->of[u].item[i];
            const double gain = group->members.n == 1 ? item->gain : item->among_gain;
            const double cost =
                mera_price_of(item, of->members.unit[u], g->ask->cost, g->ask->n_costs);
            if (gain > 0) {
                group->candidate[group->n++] = (goal_candidate){u, i, gain, gain / cost};
            }
        }
    }
    if (group->n > 0) {
        qsort(group->candidate, group->n, sizeof *group->candidate, goal_compare);
    }
    return MERA_OK;
}

/** One group of all members, or one of each. */
static mera_code goal_groups(goal_run *g)
{
    static const double whole = 1;
    const mera_members *all = &g->of->members;
    size_t *member;
    MERA_TRY_NEW(member, g->run.arena, all->n);
    g->n_groups = g->ask->each ? all->n : 1;
    MERA_TRY_NEW(g->group, g->run.arena, g->n_groups);
    for (size_t u = 0; u < all->n; u++) {
        member[u] = u;
    }
    for (size_t i = 0; i < g->n_groups; i++) {
        g->group[i] = (goal_group){.last = SIZE_MAX};
        g->group[i].members = g->ask->each ? (mera_members){1, &member[i], &whole}
                                           : (mera_members){all->n, member, all->share};
        MERA_TRY(goal_candidates(g, &g->group[i]));
    }
    return MERA_OK;
}

/* ---- steps ---- */

static mera_code goal_try(goal_run *g, size_t at, double to)
{
    mera_goal_step *step = &g->step[at];
    g->lift[at] = mera_priorities_partly(g->run.result, goal_item(g, step), to);
    return goal_score(g);
}

static void goal_keep(goal_run *g, const goal_group *group, double to)
{
    mera_goal_step *step = &g->step[group->last];
    step->to = to;
    step->lift = g->lift[group->last];
    step->score = goal_mean(g, &group->members);
    step->place = g->place[step->member];
}

/** The group's last step only as far as it takes, between `from` and where it is. */
static mera_code goal_halve(goal_run *g, const goal_group *group, double from)
{
    mera_goal_step *step = &g->step[group->last];
    for (size_t i = 0; i < GOAL_HALVINGS; i++) {
        const double middle = from + (step->to - from) / 2;
        if (middle == from || middle == step->to) {
            break;
        }
        MERA_TRY(goal_try(g, group->last, middle));
        if (goal_reached(g, group)) {
            goal_keep(g, group, middle);
        } else {
            from = middle;
        }
    }
    g->lift[group->last] = step->lift;
    return MERA_OK;
}

/** Makes a step more, or the whole of one that was made in part; false = there is none. */
static bool goal_step(goal_run *g, goal_group *group, double *from)
{
    mera_goal_step *last = group->last == SIZE_MAX ? NULL : &g->step[group->last];
    if (last != NULL && last->to != goal_item(g, last)->to) {
        *from = last->to;
        return true;
    }
    if (group->next == group->n) {
        return false;
    }
    const goal_candidate *next = &group->candidate[group->next++];
    group->last = g->out->n++;
    g->step[group->last] = (mera_goal_step){.member = next->member, .item = next->item};
    *from = goal_item(g, &g->step[group->last])->value;
    return true;
}

/** Lifts until the group is there or nothing is left. */
static mera_code goal_push(goal_run *g, goal_group *group, bool halve, bool *moved)
{
    double from;
    MERA_TRY(goal_score(g));
    while (!goal_reached(g, group) && goal_step(g, group, &from)) {
        const double to = goal_item(g, &g->step[group->last])->to;
        *moved = true;
        MERA_TRY(goal_try(g, group->last, to));
        goal_keep(g, group, to);
        if (goal_reached(g, group) && halve) {
            return goal_halve(g, group, from);
        }
    }
    return MERA_OK;
}

/** Every group in turn, and again while what was lifted in one takes another below the goal. */
static mera_code goal_rounds(goal_run *g)
{
    bool moved = true;
    for (size_t round = 1; moved && round <= GOAL_ROUNDS; round++) {
        moved = false;
        for (size_t i = 0; i < g->n_groups; i++) {
            MERA_TRY(goal_push(g, &g->group[i], round < GOAL_ROUNDS, &moved));
        }
        moved = moved && g->n_groups > 1;
    }
    return goal_score(g);
}

/* ---- what is told ---- */

/** Steps member by member, where each has its own goal: in the order in which they were made. */
static mera_code goal_sort(goal_run *g)
{
    mera_goal_step *step;
    size_t n = 0;
    MERA_TRY_NEW(step, g->run.arena, g->out->n);
    for (size_t u = 0; g->ask->each && u < g->n_groups; u++) {
        for (size_t i = 0; i < g->out->n; i++) {
            if (g->step[i].member == u) {
                step[n++] = g->step[i];
            }
        }
    }
    g->out->step = g->ask->each ? step : g->step;
    return MERA_OK;
}

static void goal_tell(goal_run *g)
{
    mera_goal *out = g->out;
    out->met = true;
    for (size_t i = 0; i < g->n_groups; i++) {
        out->met = out->met && goal_reached(g, &g->group[i]);
    }
    for (size_t i = 0; i < out->n; i++) {
        mera_goal_step *step = &g->step[i];
        step->cost = mera_price_at(goal_item(g, step), g->of->members.unit[step->member], step->to,
                                   g->ask->cost, g->ask->n_costs);
        out->n_priced += !isnan(step->cost);
        out->cost += isnan(step->cost) ? 0 : step->cost;
    }
    for (size_t u = 0; u < g->of->members.n; u++) {
        out->score += g->of->members.share[u] * g->score[u];
    }
    out->end = g->score;
    out->place = g->place;
}

static mera_code goal_work(goal_run *g)
{
    const mera_perimeter *of = g->of;
    size_t room = 0;
    MERA_TRY_PTR(g->run.work);
    for (size_t u = 0; u < of->members.n; u++) {
        room += of->of[u].n_possible;
        g->out->now += of->members.share[u] *
                       g->run.result->node[of->node].score[g->run.shift + of->members.unit[u]];
    }
    MERA_TRY_NEW(g->step, g->run.arena, room);
    MERA_TRY_NEW(g->lift, g->run.arena, room);
    MERA_TRY_NEW(g->score, g->run.arena, of->members.n);
    MERA_TRY_NEW(g->place, g->run.arena, of->members.n);
    MERA_TRY(goal_groups(g));
    MERA_TRY(goal_rounds(g));
    goal_tell(g);
    return goal_sort(g);
}

mera_code mera_goal_over(mera_plan *plan, const mera_result *result, const mera_perimeter *of,
                         const mera_goal_ask *ask, mera_arena *arena, mera_diags *diags,
                         mera_goal *out)
{
    goal_run g = {.run = {.plan = plan,
                          .result = result,
                          .arena = arena,
                          .work = mera_arena_new(),
                          .diags = diags,
                          .shift = of->period * result->n_units},
                  .of = of,
                  .ask = ask,
                  .out = out};
    *out = (mera_goal){.wanted = ask->wanted, .each = ask->each};
    const mera_code code = goal_work(&g);
    mera_arena_free(g.run.work);
    return code;
}

mera_code mera_goal_of(mera_plan *plan, const mera_result *result, const mera_priorities *of,
                       const mera_goal_ask *ask, mera_arena *arena, mera_diags *diags,
                       mera_goal *out)
{
    static const double whole = 1;
    const mera_perimeter alone = {
        .period = of->period, .node = of->node, .members = {1, &of->unit, &whole}, .of = of};
    return mera_goal_over(plan, result, &alone, ask, arena, diags, out);
}
