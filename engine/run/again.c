/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * A framework scored again (mera/again.h). A plan of one period is made beside the real one, its
 * arrays beginning where that period's do; nodes then run as they always do. Where an operation
 * over a node's own score looks at other periods, all of them are kept.
 */
#include "mera/again.h"

#include <string.h>

#include "base/math.h"
#include "run/internal.h"

struct mera_again {
    mera_plan plan; /**< of the periods that are scored */
    const mera_result *result;
    size_t at;     /**< the period, in that plan */
    size_t offset; /**< its first cell less `at` periods, in the result's arrays */
    run_cells *cells;
    uint8_t *screened; /**< NULL = nobody */
    size_t *order;     /**< nodes, children before parents */
    bool serial;
};

/* ---- a plan of one period ---- */

static mera_code again_groupings(mera_again *again, const mera_plan *plan, size_t period,
                                 mera_arena *arena)
{
    const size_t n = plan->methodology->n_groupings, shift = period * plan->n_units;
    run_grouping *grouping;
    MERA_TRY_NEW(grouping, arena, n);
    for (size_t g = 0; g < n; g++) {
        grouping[g] = plan->grouping[g];
        grouping[g].code += shift;
        grouping[g].member += shift;
        grouping[g].member_name += shift;
        grouping[g].start += period * (grouping[g].labels.n + 2);
    }
    again->plan.grouping = grouping;
    return MERA_OK;
}

/** Operations over a node's own score, with the groupings of the one period. */
static mera_code again_then(mera_again *again, const mera_plan *plan, run_node *node,
                            mera_arena *arena)
{
    run_use *use;
    MERA_TRY_NEW(use, arena, node->then.n);
    for (size_t u = 0; u < node->then.n; u++) {
        use[u] = node->then.v[u];
        use[u].n_out = again->plan.n_work;
        if (use[u].by != NULL) {
            use[u].by = &again->plan.grouping[use[u].by - plan->grouping];
        }
    }
    node->then.v = use;
    return MERA_OK;
}

static mera_code again_one_period(mera_again *again, const mera_plan *plan, size_t period,
                                  mera_arena *arena)
{
    static const size_t first[] = {0};
    again->plan.n_work = again->plan.n_scored = 1;
    again->plan.work_period += period;
    again->plan.period_label += period;
    again->plan.by_date = first;
    again->plan.in_order = true;
    again->at = 0;
    again->offset = period * plan->n_units;
    MERA_TRY(again_groupings(again, plan, period, arena));
    for (size_t k = 0; k < plan->methodology->n_nodes; k++) {
        MERA_TRY(again_then(again, plan, &again->plan.node[k], arena));
    }
    return MERA_OK;
}

/* ---- opening ---- */

static mera_code again_cells(mera_again *again, mera_arena *arena)
{
    const mera_result *result = again->result;
    const size_t n = result->methodology->n_indicators;
    MERA_TRY_NEW(again->cells, arena, n);
    for (size_t k = 0; k < n; k++) {
        const mera_indicator_result *ind = &result->indicator[k];
        again->cells[k].dropped = ind->screened_out;
        for (size_t stage = 0; stage < MERA_N_STAGES; stage++) {
            const double *x = ind->stage[stage];
            again->cells[k].stage[stage] = x != NULL ? x + again->offset : NULL;
        }
    }
    return MERA_OK;
}

/** Who was screened, over all periods of the plan: those not scored have no screening of ours. */
static mera_code again_screened(mera_again *again, mera_arena *arena)
{
    const mera_result *result = again->result;
    const size_t all = again->plan.n_work * again->plan.n_units;
    const size_t known = result->n_periods * result->n_units - again->offset;
    bool some = false;
    for (size_t i = 0; i < known && i < all; i++) {
        some = some || result->unit_screened[again->offset + i] != 0;
    }
    if (some) {
        MERA_TRY_NEW(again->screened, arena, all);
        memcpy(again->screened, result->unit_screened + again->offset, known < all ? known : all);
    }
    return MERA_OK;
}

static mera_code again_order(mera_again *again, mera_arena *arena)
{
    const size_t n = again->result->methodology->n_nodes;
    size_t done = 0;
    MERA_TRY_NEW(again->order, arena, n);
    for (size_t height = 0; height <= again->plan.max_height; height++) {
        for (size_t k = 0; k < n; k++) {
            if (again->plan.node[k].height == height) {
                again->order[done++] = k;
            }
        }
    }
    return MERA_OK;
}

mera_code mera_again_open(mera_plan *plan, const mera_result *result, size_t period,
                          mera_arena *arena, mera_again **out)
{
    const size_t n = plan->methodology->n_nodes;
    mera_again *again;
    run_node *node;
    *out = NULL;
    if (period >= result->n_periods) {
        return MERA_EUSAGE;
    }
    MERA_TRY_NEW(again, arena, 1);
    MERA_TRY_NEW(node, arena, n);
    memcpy(node, plan->node, n * sizeof *node);
    again->plan = *plan;
    again->plan.node = node;
    again->result = result;
    again->at = period;
    if (!plan->tree_needs_all) {
        MERA_TRY(again_one_period(again, plan, period, arena));
    }
    for (size_t k = 0; k < n; k++) {
        again->serial = again->serial || node[k].serial;
    }
    MERA_TRY(again_cells(again, arena));
    MERA_TRY(again_screened(again, arena));
    MERA_TRY(again_order(again, arena));
    *out = again;
    return MERA_OK;
}

bool mera_again_crosses(const mera_again *again)
{
    return again->plan.tree_needs_all;
}

bool mera_again_is_serial(const mera_again *again)
{
    return again->serial;
}

/* ---- scoring ---- */

/** A node with its own weights, or with another aggregator. */
static mera_code again_change_node(const mera_again *again, const mera_again_change *change,
                                   size_t k, mera_arena *arena, run_node *node)
{
    const double *weight = change->weight != NULL ? change->weight[k] : NULL;
    const mera_use *aggregate = change->aggregate != NULL ? change->aggregate[k] : NULL;
    const bool made = node->node->weigh.op != NULL; /* by an operation: those in force stay */
    mera_node *def;
    mera_child *child;
    if (weight == NULL && aggregate == NULL && !made) {
        return MERA_OK;
    }
    MERA_TRY_NEW(def, arena, 1);
    *def = *node->node;
    node->node = def;
    if (aggregate != NULL) {
        def->aggregate = *aggregate;
        def->formula = NULL;
    }
    weight = weight != NULL ? weight : made ? again->result->node[k].weight : NULL;
    if (weight != NULL) {
        MERA_TRY_NEW(child, arena, def->n_children);
        for (size_t j = 0; j < def->n_children; j++) {
            child[j] = def->child[j];
            child[j].weight = weight[j];
        }
        def->child = child;
        def->weigh.op = NULL;
    }
    return MERA_OK;
}

static mera_code again_nodes(const mera_again *again, const mera_again_change *change,
                             mera_arena *arena, mera_plan *plan)
{
    const size_t n = plan->methodology->n_nodes;
    run_node *node;
    MERA_TRY_NEW(node, arena, n);
    memcpy(node, again->plan.node, n * sizeof *node);
    for (size_t k = 0; k < n; k++) {
        MERA_TRY(again_change_node(again, change, k, arena, &node[k]));
    }
    plan->node = node;
    return MERA_OK;
}

static mera_code again_points(const mera_again *again, const mera_again_change *change,
                              mera_arena *arena, run_cells **out)
{
    const size_t k = again->plan.methodology->n_indicators, n = again->plan.n_units;
    run_cells *cells;
    MERA_TRY_NEW(cells, arena, k);
    memcpy(cells, again->cells, k * sizeof *cells);
    for (size_t i = 0; i < k; i++) {
        const double *points = change->points != NULL ? change->points[i] : NULL;
        cells[i].dropped |= change->left_out != NULL && change->left_out[i] != 0;
        if (points != NULL && again->plan.n_work == 1) {
            cells[i].stage[MERA_STAGE_NORMALISED] = points;
        } else if (points != NULL) {
            double *all;
            MERA_TRY_NEW(all, arena, again->plan.n_work * n);
            memcpy(all, cells[i].stage[MERA_STAGE_NORMALISED],
                   again->plan.n_work * n * sizeof *all);
            memcpy(all + again->at * n, points, n * sizeof *all);
            cells[i].stage[MERA_STAGE_NORMALISED] = all;
        }
    }
    *out = cells;
    return MERA_OK;
}

static mera_code again_results(const mera_again *again, const run_score *s, mera_arena *scratch,
                               mera_again_scores *out)
{
    const size_t n = again->plan.n_units, shift = again->at * n;
    const mera_methodology *m = again->plan.methodology;
    const double **score;
    double *rank;
    MERA_TRY_NEW(score, s->arena, m->n_nodes);
    MERA_TRY_NEW(rank, s->arena, n);
    for (size_t k = 0; k < m->n_nodes; k++) {
        const run_scores *made = &s->scores[k];
        score[k] = (m->node[k].pass_aggregate ? made->aggregate : made->score) + shift;
    }
    MERA_TRY(mera_run_rank(s->scores[0].score + shift, n, m->node[0].lower_is_better, m->rank_ties,
                           NULL, 0, scratch, rank, NULL));
    *out = (mera_again_scores){.score = score, .rank = rank};
    return MERA_OK;
}

mera_code mera_again_score(const mera_again *again, const mera_again_change *change,
                           const mera_again_room *room, mera_diags *diags, mera_again_scores *out)
{
    mera_plan plan = again->plan;
    run_score s = {.plan = &plan,
                   .arena = room->arena,
                   .diags = diags,
                   .unit_screened = again->screened,
                   .with = &(mera_score_with){.bare = true},
                   .bare = true};
    run_job job = {.keep = room->arena, .scratch = room->scratch, .diags = diags};
    const size_t n = plan.methodology->n_nodes;
    job.last = &job.first;
    MERA_TRY(again_nodes(again, change, room->arena, &plan));
    MERA_TRY(again_points(again, change, room->arena, &s.cells));
    MERA_TRY_NEW(s.scores, room->arena, n);
    for (size_t i = 0; i < n; i++) {
        const mera_arena_mark mark = mera_arena_mark_now(room->scratch);
        MERA_TRY(mera_run_node_rooms(&s, again->order[i]));
        MERA_TRY(mera_run_node(&s, &job, again->order[i]));
        mera_arena_rewind(room->scratch, mark);
    }
    return again_results(again, &s, room->scratch, out);
}

/* ---- many times ---- */

typedef struct again_items {
    mera_again_fn fn;
    void *context;
    mera_again_room *room; /**< per worker */
} again_items;

static mera_code again_item(void *context, size_t i, unsigned worker)
{
    const again_items *items = context;
    const mera_again_room *room = &items->room[worker];
    const mera_arena_mark mark = mera_arena_mark_now(room->arena);
    const mera_arena_mark rough = mera_arena_mark_now(room->scratch);
    const mera_code code = items->fn(items->context, i, room);
    mera_arena_rewind(room->arena, mark);
    mera_arena_rewind(room->scratch, rough);
    return code;
}

static bool again_rooms(mera_again_room *room, unsigned n)
{
    bool all = true;
    for (unsigned i = 0; i < n; i++) {
        room[i] = (mera_again_room){mera_arena_new(), mera_arena_new()};
        all = all && room[i].arena != NULL && room[i].scratch != NULL;
    }
    return all;
}

mera_code mera_again_each(const mera_again *again, size_t n, mera_again_fn fn, void *context)
{
    mera_pool *pool = again->serial ? NULL : again->plan.project->engine->pool;
    const unsigned workers = pool != NULL ? mera_pool_size(pool) : 1;
    again_items items = {.fn = fn, .context = context};
    mera_arena *own = mera_arena_new();
    mera_code code = MERA_ENOMEM;
    items.room = own != NULL ? mera_arena_zero(own, workers, sizeof *items.room) : NULL;
    if (items.room != NULL) {
        code = again_rooms(items.room, workers) ? mera_pool_run(pool, n, again_item, &items) : code;
        for (unsigned i = 0; i < workers; i++) {
            mera_arena_free(items.room[i].arena);
            mera_arena_free(items.room[i].scratch);
        }
    }
    mera_arena_free(own);
    return code;
}
