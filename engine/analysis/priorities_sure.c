/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * How sure it is that an indicator is among the first: weights and the factors of `uncertainty:`
 * are drawn as for places (joint.h). Draws that share a combination of choices share a case: the
 * same values are put in under its settings and everything is scored anew; then each draw's weights
 * are applied to the points found.
 */
#include <string.h>

#include "analysis/priorities_draws.h"
#include "base/math.h"

enum {
    SURE_DRAWS = 1000,
    SURE_DRAWS_DEAR = 160,  /* where nearly each draw scores all units for each item */
    SURE_COMBINATIONS = 64, /* so many are not dear */
    SURE_TOP = 5,
    SURE_BLOCK = 128, /* draws between two looks at progress: enough for some threads */
    SURE_BLOCK_DEAR = 16,
    SURE_BYTES = 128 << 20, /* of cases that are kept for later draws */
};

typedef struct sure_run {
    const priorities_run *p;
    const priorities_rows *rows;
    mera_robust_ask ask;
    mera_robust aside;
    robust_run tree;
    mera_joint *joint;
    mera_map *known; /**< kept cases by key */
    sure_case **kept;
    size_t n_kept, most_kept;
    bool dear;
    uint64_t draws, good;
    uint64_t *hits; /**< per item */
    mera_surety *out;
} sure_run;

/** Draws of one block. */
typedef struct sure_block {
    sure_run *s;
    joint_dealing deal;
    joint_shares shares;
    sure_case **of;     /**< per group */
    sure_draws *counts; /**< per group */
} sure_block;

/* ---- a block of draws ---- */

static bool sure_varies(const sure_run *s)
{
    return s->joint->settings || s->joint->noisy || s->joint->imputes;
}

/** The group's case, if it is kept from earlier draws; else a new one, not made yet. */
static mera_code block_case(sure_block *b, size_t g, uint64_t *key)
{
    sure_run *s = b->s;
    const size_t bytes = s->joint->n_factors * sizeof *key;
    bool added;
    size_t at;
    mera_joint_group_key(&b->deal, g, JOINT_ALL, key);
    at = mera_map_get(s->known, (const char *)key, bytes);
    if (at != SIZE_MAX) {
        b->of[g] = s->kept[at];
        return MERA_OK;
    }
    MERA_TRY(mera_priorities_case_new(&b->of[g]));
    if (!s->dear && s->n_kept < s->most_kept) {
        MERA_TRY(mera_map_put(s->known, (const char *)key, bytes, s->n_kept, &at, &added));
        b->of[g]->kept = true;
        s->kept[s->n_kept++] = b->of[g];
    }
    return MERA_OK;
}

static mera_code block_group(sure_block *b, size_t g, bool here, joint_room *room)
{
    sure_run *s = b->s;
    sure_case *of = b->of[g];
    const joint_rows rows = {.points = b->deal.points,
                             .n = b->deal.start[g + 1] - b->deal.start[g],
                             .row = b->deal.row + b->deal.start[g],
                             .shares = &b->shares,
                             .here = here,
                             .room = room};
    if (of->c == NULL) {
        const sure_base base = {s->p, s->rows, s->joint, &s->tree};
        MERA_TRY(sure_varies(s)
                     ? mera_priorities_case_make(&base, rows.points, rows.row[0], here, of)
                     : mera_priorities_case_as_is(&base, of));
    }
    if (of->failed != NULL) {
        return MERA_OK;
    }
    b->counts[g].joint = s->joint;
    b->counts[g].of = of;
    b->counts[g].rows = &rows;
    b->counts[g].top = s->out->top;
    const mera_arena_mark mark = mera_arena_mark_now(room->work);
    const mera_code code = mera_priorities_draws(&b->counts[g], room->work);
    mera_arena_rewind(room->work, mark);
    b->counts[g].rows = NULL;
    return code;
}

static mera_code block_job(void *context, size_t g, unsigned worker)
{
    sure_block *b = context;
    return block_group(b, g, true, &b->s->joint->room[worker]);
}

/** Groups side by side where there are enough of them, else one after the other. */
static mera_code block_groups(sure_block *b)
{
    const mera_joint *joint = b->s->joint;
    if (b->deal.n > 1 && b->deal.n >= mera_pool_size(joint->pool) && !joint->plugins) {
        return mera_pool_run(joint->pool, b->deal.n, block_job, b);
    }
    for (size_t g = 0; g < b->deal.n; g++) {
        MERA_TRY(block_group(b, g, false, joint->room));
    }
    return MERA_OK;
}

static mera_code block_sum(const sure_block *b, size_t g)
{
    sure_run *s = b->s;
    const size_t n = b->deal.start[g + 1] - b->deal.start[g];
    const sure_draws *counts = &b->counts[g];
    if (b->of[g]->c->mistake) { /* a choice that opens with no other either is an error */
        MERA_TRY(mera_joint_blame(s->joint, b->deal.points, b->deal.row[b->deal.start[g]]));
    }
    s->good += counts->good;
    s->out->failed += n - counts->good;
    if (counts->good < n && s->out->why_failed == NULL) {
        const char *why = b->of[g]->failed;
        s->out->why_failed = mera_arena_strdup(
            s->p->arena, why != NULL ? why : "under its weights there is no answer");
        MERA_TRY_PTR(s->out->why_failed);
    }
    for (size_t i = 0; i < s->rows->n_items; i++) {
        s->hits[i] += counts->hits[i];
    }
    return MERA_OK;
}

static mera_code block_open(sure_block *b, mera_arena *arena)
{
    uint64_t *key;
    MERA_TRY(mera_joint_shares(b->s->joint, b->deal.points, arena, &b->shares));
    MERA_TRY(mera_joint_deal_rows(&b->deal));
    MERA_TRY_NEW(b->of, arena, b->deal.n);
    MERA_TRY_NEW(b->counts, arena, b->deal.n);
    MERA_TRY_NEW(key, arena, b->s->joint->n_factors);
    for (size_t g = 0; g < b->deal.n; g++) {
        MERA_TRY_NEW(b->counts[g].hits, arena, b->s->rows->n_items);
        MERA_TRY(block_case(b, g, key));
    }
    return MERA_OK;
}

static mera_code block_run(sure_run *s, uint64_t first, size_t count, mera_arena *arena)
{
    double *u;
    uint64_t *number;
    const size_t cells = count * s->joint->n_factors;
    MERA_TRY_NEW(u, arena, cells);
    MERA_TRY_NEW(number, arena, cells);
    mera_joint_draw(s->joint, first, count, u, number);
    const joint_points points = {.count = count, .u = u, .number = number};
    sure_block b = {.s = s, .deal = {.joint = s->joint, .points = &points, .arena = arena}};
    mera_code code = block_open(&b, arena);
    code = code == MERA_OK ? block_groups(&b) : code;
    for (size_t g = 0; code == MERA_OK && g < b.deal.n; g++) {
        code = block_sum(&b, g);
    }
    for (size_t g = 0; b.of != NULL && g < b.deal.n; g++) {
        if (b.of[g] != NULL && !b.of[g]->kept) {
            mera_priorities_case_free(b.of[g]);
        }
    }
    return code;
}

/* ---- all draws ---- */

static bool sure_go_on(const sure_run *s, uint64_t done)
{
    const mera_priorities_ask *ask = s->p->ask;
    return ask->progress == NULL || ask->progress(ask->context, done, s->draws);
}

/** Draws all, or as many as there are when progress ends them; `draws` is then of those. */
static mera_code sure_draw(sure_run *s)
{
    const uint64_t most = s->dear ? SURE_BLOCK_DEAR : SURE_BLOCK;
    uint64_t done = 0;
    mera_code code = MERA_OK;
    while (code == MERA_OK && sure_go_on(s, done) && done < s->draws) {
        const uint64_t left = s->draws - done, n = left < most ? left : most;
        mera_arena *arena = mera_arena_new();
        code = arena != NULL ? block_run(s, done, (size_t)n, arena) : MERA_ENOMEM;
        mera_arena_free(arena);
        done += n;
    }
    s->draws = done;
    return code;
}

/** Combinations of choices, or so many that it does not matter how many. */
static size_t sure_combinations(const mera_joint *joint)
{
    size_t n = 1;
    for (size_t f = 1; f < joint->n_factors && n <= SURE_COMBINATIONS; f++) {
        const mera_factor *factor = mera_joint_factor(joint, f);
        n *= factor->kind == MERA_FACTOR_CHOICE || factor->kind == MERA_FACTOR_VARIANT ? factor->n
                                                                                       : 1;
    }
    return n;
}

static void sure_count_draws(sure_run *s)
{
    const mera_joint *joint = s->joint;
    const priorities_run *p = s->p;
    const uint64_t said = p->result->methodology->uncertainty.draws;
    s->dear = joint->noisy || joint->imputes || joint->ranged;
    const bool few =
        s->dear || s->rows->column != NULL || sure_combinations(joint) > SURE_COMBINATIONS;
    const uint64_t most = few ? SURE_DRAWS_DEAR : SURE_DRAWS;
    s->draws = p->ask->draws > 0 ? p->ask->draws : said < most ? said : most;
}

/** So many cases may be kept. */
static mera_code sure_keep(sure_run *s)
{
    const mera_result *r = s->p->result;
    const size_t k = r->methodology->n_indicators;
    const size_t columns = s->rows->column != NULL ? s->rows->n_items : 0;
    const size_t cells = r->n_units * r->n_periods * (6 * k + r->methodology->n_nodes) +
                         (1 + s->rows->n_items) * s->rows->n_units * k + columns * r->n_units;
    s->most_kept = 1 + SURE_BYTES / (cells * sizeof(double));
    s->most_kept = s->most_kept > s->draws ? (size_t)s->draws : s->most_kept;
    MERA_TRY_NEW(s->kept, s->p->arena, s->most_kept);
    return mera_map_new(s->p->arena, 64, &s->known);
}

static mera_code sure_open(sure_run *s)
{
    const priorities_run *p = s->p;
    s->ask = (mera_robust_ask){.period = p->ask->period, .threads = p->ask->threads};
    s->tree = (robust_run){.plan = p->plan,
                           .result = p->result,
                           .ask = &s->ask,
                           .out = &s->aside,
                           .arena = p->arena,
                           .diags = mera_diags_new(p->arena)};
    MERA_TRY_PTR(s->tree.diags);
    MERA_TRY_NEW(s->hits, p->arena, s->rows->n_items);
    MERA_TRY(mera_robust_begin(&s->tree));
    MERA_TRY(mera_joint_open(&s->tree, &s->joint));
    s->out->methods = s->joint->n_factors > 1;
    sure_count_draws(s);
    return sure_keep(s);
}

static mera_code sure_all(sure_run *s)
{
    mera_code code = sure_open(s);
    const uint64_t asked = s->draws;
    code = code == MERA_OK ? sure_draw(s) : code;
    for (size_t i = 0; i < s->n_kept; i++) {
        mera_priorities_case_free(s->kept[i]);
    }
    mera_joint_close(s->joint);
    if (code == MERA_OK) {
        s->out->draws = s->draws;
        s->out->asked = asked;
    }
    return code;
}

/** What the first problem was, and where; NULL = no memory. */
static const char *sure_why(const sure_run *s)
{
    if (mera_diags_size(s->tree.diags) == 0) {
        return "under some weights there is no answer";
    }
    const mera_diag *diag = mera_diags_get(s->tree.diags, 0);
    if (diag->at.file == NULL) {
        return diag->message;
    }
    return diag->at.line == 0
               ? mera_arena_printf(s->p->arena, "%s (%s)", diag->message, diag->at.file)
               : mera_arena_printf(s->p->arena, "%s (%s:%u)", diag->message, diag->at.file,
                                   (unsigned)diag->at.line);
}

static size_t sure_possible(const priorities_rows *rows)
{
    size_t n = 0;
    for (size_t i = 0; i < rows->n_items; i++) {
        n += rows->possible[i];
    }
    return n;
}

/** How many are the first: among the first 5 of 6 everything is. */
static size_t sure_top(size_t n_possible, size_t asked)
{
    const size_t third = n_possible < 3 ? 1 : n_possible / 3;
    return asked > 0 ? asked : third < SURE_TOP ? third : SURE_TOP;
}

/** Why there are no shares, though draws were asked for. */
static const char *sure_none(const mera_surety *out)
{
    return out->draws == 0             ? "stopped before the first draw"
           : out->draws == out->failed ? out->why_failed
                                       : NULL;
}

mera_code mera_priorities_sure(const priorities_run *run, const priorities_rows *rows,
                               mera_surety *out, double **sure)
{
    sure_run s = {.p = run, .rows = rows, .out = out};
    *out = (mera_surety){.top = sure_top(sure_possible(rows), out->top)};
    MERA_TRY_NEW(*sure, run->arena, rows->n_items);
    for (size_t i = 0; i < rows->n_items; i++) {
        (*sure)[i] = NAN;
    }
    if (sure_possible(rows) == 0) {
        out->why_not = "nothing is to be lifted";
        return MERA_OK;
    }
    const mera_code code = sure_all(&s);
    if (code == MERA_EINPUT || code == MERA_ELIMIT) { /* the gains stand; only that is not known */
        out->why_not = sure_why(&s);
        return out->why_not != NULL ? MERA_OK : MERA_ENOMEM;
    }
    MERA_TRY(code);
    out->why_not = sure_none(out);
    for (size_t i = 0; i < rows->n_items; i++) {
        (*sure)[i] = rows->possible[i] && s.good > 0 ? (double)s.hits[i] / (double)s.good : NAN;
    }
    return MERA_OK;
}
