/* SPDX-License-Identifier: Apache-2.0 */
/** @file Which change moved whom (analysis/attribute.h). */
#include "analysis/attribute.h"

#include <string.h>

#include "base/math.h"
#include "base/text.h"
#include "draws/random.h"

enum { ATTRIBUTE_KEPT = 16, ATTRIBUTE_STREAM = 0x61747472 };

/** A set of changes that was scored. */
typedef struct attribute_set {
    const double *rank, *score; /**< per unit */
} attribute_set;

/** A result whose indicators others may share. */
typedef struct attribute_kept {
    mera_project *project; /**< NULL = of a side */
    mera_plan *plan;
    mera_arena *arena; /**< of the dataset and the result */
    const mera_result *result;
} attribute_kept;

typedef struct attribute_work {
    const mera_comparison *c;
    const mera_attribute_ask *ask;
    mera_arena *arena;
    mera_blend blend;
    mera_map *known; /**< bits of the changes made -> set */
    attribute_set *set;
    size_t n_sets, room;
    attribute_kept kept[ATTRIBUTE_KEPT];
    size_t n_kept;
    double *ranked;               /**< 1 of units that both sides rank, NaN of others */
    mera_compare_common common;   /**< of a set and those */
    double **sum[2], **square[2]; /**< [places or score][change][unit] */
    mera_attribution *out;
} attribute_work;

/* ---- scoring a set ------------------------------------------------------------------------ */

static const mera_result *attribute_alike(const attribute_work *w, const mera_methodology *m)
{
    for (size_t i = 0; i < w->n_kept; i++) {
        const mera_methodology *other = w->kept[i].result->methodology;
        if (mera_streq(m->stages_sha256, other->stages_sha256) &&
            mera_streq(m->path, other->path)) {
            return w->kept[i].result;
        }
    }
    return NULL;
}

/** Places, among the units that both sides rank, and scores of the comparison's units; NaN where a
 * result does not know them. */
static mera_code attribute_take(attribute_work *w, const mera_result *result, size_t node,
                                size_t period, attribute_set *out)
{
    const size_t n = w->c->n_units, from = period * result->n_units;
    double *rank, *score;
    MERA_TRY_NEW(rank, w->arena, n);
    MERA_TRY_NEW(score, w->arena, n);
    for (size_t u = 0; u < n; u++) {
        const size_t i = mera_dataset_unit(result->data, w->c->unit[u].key);
        rank[u] = i != SIZE_MAX ? result->node[node].rank[from + i] : NAN;
        score[u] = i != SIZE_MAX ? result->node[node].score[from + i] : NAN;
    }
    mera_compare_common_of(&w->common, rank, w->ranked);
    if (w->common.place[0] != rank) {
        memcpy(rank, w->common.place[0], n * sizeof *rank);
    }
    *out = (attribute_set){rank, score};
    return MERA_OK;
}

/** The same node and the same period as the side's; else the methodology cannot be set beside. */
static mera_code attribute_place(const attribute_work *w, const mera_result *result, size_t *node,
                                 size_t *period)
{
    const mera_compare_side *side = &w->c->side[w->ask->to];
    const char *label = side->result->period[side->period];
    *node = side->node == 0 ? 0
                            : mera_methodology_node(result->methodology,
                                                    side->result->methodology->node[side->node].id);
    for (*period = 0; *period < result->n_periods; ++*period) {
        if (mera_streq(result->period[*period], label)) {
            return *node != SIZE_MAX ? MERA_OK : MERA_EINPUT;
        }
    }
    return MERA_EINPUT;
}

static void attribute_close(attribute_kept *k)
{
    mera_plan_close(k->plan);
    mera_project_close(k->project);
    mera_arena_free(k->arena);
}

static mera_code attribute_open(attribute_work *w, const mera_value *tree, mera_diags *diags,
                                attribute_kept *k)
{
    const mera_attribute_ask *ask = w->ask;
    const char *path = w->c->side[ask->from].result->methodology->path;
    mera_dataset *fresh = NULL;
    MERA_TRY(mera_project_open_tree(ask->engine, tree, path, diags, &k->project));
    const mera_result *alike = attribute_alike(w, mera_project_methodology(k->project));
    if (alike == NULL) {
        MERA_TRY(
            mera_project_read(k->project, ask->file, ask->n_files, k->arena, diags, &fresh, NULL));
    }
    MERA_TRY(mera_plan_open(k->project, alike != NULL ? alike->data : fresh, diags, &k->plan));
    MERA_TRY(mera_plan_score_after(k->plan, alike, k->arena, diags, &k->result));
    w->out->n_scored++;
    w->out->n_shared += k->result->shared;
    return MERA_OK;
}

static mera_code attribute_score(attribute_work *w, const uint8_t *made, mera_diags *diags,
                                 attribute_set *out)
{
    attribute_kept k = {.arena = mera_arena_new()};
    const mera_value *tree;
    size_t node, period;
    MERA_TRY_PTR(k.arena);
    MERA_TRY(mera_blend_make(&w->blend, made, w->arena, &tree));
    mera_code code = attribute_open(w, tree, diags, &k);
    code = code == MERA_OK ? attribute_place(w, k.result, &node, &period) : code;
    code = code == MERA_OK ? attribute_take(w, k.result, node, period, out) : code;
    if (code == MERA_OK && !k.result->shared && w->n_kept < ATTRIBUTE_KEPT) {
        w->kept[w->n_kept++] = k;
    } else {
        attribute_close(&k);
    }
    return code;
}

/** Says why a set of some of the changes cannot be scored. */
static mera_code attribute_refused(attribute_work *w, const mera_diags *diags)
{
    const char *reason = "";
    for (size_t i = mera_diags_size(diags); i-- > 0;) {
        const mera_diag *problem = mera_diags_get(diags, i);
        reason = problem->severity == MERA_ERROR ? problem->message : reason;
    }
    w->out->why_not =
        mera_arena_printf(w->arena, "some changes cannot be made without others: %s", reason);
    return w->out->why_not != NULL ? MERA_EINPUT : MERA_ENOMEM;
}

static mera_code attribute_room(attribute_work *w)
{
    if (w->n_sets < w->room) {
        return MERA_OK;
    }
    const size_t room = w->room == 0 ? 64 : 2 * w->room;
    attribute_set *set;
    MERA_TRY_NEW(set, w->arena, room);
    if (w->n_sets > 0) {
        memcpy(set, w->set, w->n_sets * sizeof *set);
    }
    w->set = set;
    w->room = room;
    return MERA_OK;
}

/** The set in which these changes are made, scored unless it was before. */
static mera_code attribute_of(attribute_work *w, const uint8_t *made, size_t *out)
{
    char bits[MERA_ATTRIBUTE_MOST];
    const size_t n = w->blend.n;
    bool added;
    MERA_TRY(attribute_room(w));
    for (size_t i = 0; i < n; i++) {
        bits[i] = made[i] ? '1' : '0';
    }
    MERA_TRY(mera_map_put(w->known, bits, n, w->n_sets, out, &added));
    if (!added) {
        return MERA_OK;
    }
    mera_diags *diags = mera_diags_new(w->arena);
    MERA_TRY_PTR(diags);
    *out = w->n_sets;
    const mera_code code = attribute_score(w, made, diags, &w->set[w->n_sets]);
    w->n_sets++;
    return code == MERA_EINPUT || code == MERA_EUSAGE ? attribute_refused(w, diags) : code;
}

/* ---- sharing out -------------------------------------------------------------------------- */

/** Adds what change `i` did between two sets. */
static void attribute_add(attribute_work *w, size_t i, size_t before, size_t after, double weight)
{
    const attribute_set *a = &w->set[before], *b = &w->set[after];
    for (size_t u = 0; u < w->c->n_units; u++) {
        w->sum[0][i][u] += weight * (a->rank[u] - b->rank[u]);
        w->sum[1][i][u] += weight * (b->score[u] - a->score[u]);
    }
}

/** Over all sets: a set of s others has the weight s! (n - 1 - s)! / n!. */
static mera_code attribute_exactly(attribute_work *w)
{
    const size_t n = w->blend.n;
    size_t number[1 << MERA_ATTRIBUTE_EXACT];
    double weight[MERA_ATTRIBUTE_EXACT];
    for (size_t bits = 0; bits < (size_t)1 << n; bits++) {
        uint8_t made[MERA_ATTRIBUTE_EXACT];
        for (size_t i = 0; i < n; i++) {
            made[i] = bits >> i & 1;
        }
        MERA_TRY(attribute_of(w, made, &number[bits]));
    }
    weight[0] = 1.0 / (double)n;
    for (size_t s = 1; s < n; s++) {
        weight[s] = weight[s - 1] * (double)s / (double)(n - s);
    }
    for (size_t bits = 0; bits < (size_t)1 << n; bits++) {
        const size_t s = (size_t)__builtin_popcountll(bits);
        for (size_t i = 0; i < n; i++) {
            if ((bits >> i & 1) == 0) {
                attribute_add(w, i, number[bits], number[bits | (size_t)1 << i], weight[s]);
            }
        }
    }
    return MERA_OK;
}

/** Makes the changes one after the other, forwards or backwards. */
static mera_code attribute_walk(attribute_work *w, const size_t *order, bool back, double weight)
{
    uint8_t made[MERA_ATTRIBUTE_MOST] = {0};
    const size_t n = w->blend.n;
    size_t before, after;
    MERA_TRY(attribute_of(w, made, &before));
    for (size_t p = 0; p < n; p++) {
        const size_t i = order[back ? n - 1 - p : p];
        made[i] = 1;
        MERA_TRY(attribute_of(w, made, &after));
        attribute_add(w, i, before, after, weight);
        before = after;
    }
    return MERA_OK;
}

static void attribute_shuffle(uint64_t seed, size_t pair, size_t *order, size_t n)
{
    mera_stream stream = mera_stream_of(seed, ATTRIBUTE_STREAM, pair);
    for (size_t i = 0; i < n; i++) {
        order[i] = i;
    }
    for (size_t i = n; i-- > 1;) {
        const size_t j = (size_t)(mera_stream_uniform(&stream) * (double)(i + 1)), held = order[i];
        order[i] = order[j];
        order[j] = held;
    }
}

/** One order and its reverse: their mean joins the sums, its square the squares. */
static mera_code attribute_pair(attribute_work *w, size_t pair, double **spare[2])
{
    size_t order[MERA_ATTRIBUTE_MOST];
    const size_t n = w->blend.n, n_units = w->c->n_units;
    double **const total[2] = {w->sum[0], w->sum[1]};
    attribute_shuffle(w->ask->seed, pair, order, n);
    w->sum[0] = spare[0];
    w->sum[1] = spare[1];
    for (size_t k = 0; k < 2; k++) {
        for (size_t i = 0; i < n; i++) {
            memset(spare[k][i], 0, n_units * sizeof *spare[k][i]);
        }
    }
    mera_code code = attribute_walk(w, order, false, 0.5);
    code = code == MERA_OK ? attribute_walk(w, order, true, 0.5) : code;
    w->sum[0] = total[0];
    w->sum[1] = total[1];
    for (size_t k = 0; k < 2; k++) {
        for (size_t i = 0; i < n; i++) {
            for (size_t u = 0; u < n_units; u++) {
                total[k][i][u] += spare[k][i][u];
                w->square[k][i][u] += spare[k][i][u] * spare[k][i][u];
            }
        }
    }
    return code;
}

static mera_code attribute_columns(const attribute_work *w, double ***out)
{
    MERA_TRY_NEW(*out, w->arena, w->blend.n);
    for (size_t i = 0; i < w->blend.n; i++) {
        MERA_TRY_NEW((*out)[i], w->arena, w->c->n_units);
    }
    return MERA_OK;
}

/** Means over the pairs, and in `square` their standard errors. */
static void attribute_means(attribute_work *w, size_t pairs)
{
    const double n = (double)pairs;
    for (size_t k = 0; k < 2; k++) {
        for (size_t i = 0; i < w->blend.n; i++) {
            for (size_t u = 0; u < w->c->n_units; u++) {
                const double mean = w->sum[k][i][u] / n;
                const double spread = w->square[k][i][u] / n - mean * mean;
                w->sum[k][i][u] = mean;
                w->square[k][i][u] = sqrt((spread > 0   ? spread
                                           : spread < 0 ? 0
                                                        : spread) /
                                          (n - 1));
            }
        }
    }
}

static mera_code attribute_by_orders(attribute_work *w)
{
    const size_t asked = w->ask->orders > 0 ? w->ask->orders : MERA_ATTRIBUTE_ORDERS;
    const size_t pairs = asked / 2 > 2 ? asked / 2 : 2;
    double **spare[2];
    for (size_t k = 0; k < 2; k++) {
        MERA_TRY(attribute_columns(w, &spare[k]));
    }
    for (size_t p = 0; p < pairs; p++) {
        MERA_TRY(attribute_pair(w, p, spare));
    }
    attribute_means(w, pairs);
    w->out->n_orders = 2 * pairs;
    return MERA_OK;
}

/* ---- the whole ---------------------------------------------------------------------------- */

/** Which units both sides rank. */
static mera_code attribute_ranked(attribute_work *w)
{
    const size_t n = w->c->n_units;
    MERA_TRY_NEW(w->ranked, w->arena, n);
    for (size_t u = 0; u < n; u++) {
        const double *rank = w->c->unit[u].rank;
        w->ranked[u] = isnan(rank[w->ask->from]) || isnan(rank[w->ask->to]) ? NAN : 1;
    }
    return mera_compare_common_new(n, w->arena, &w->common);
}

/** The sides themselves are the sets of no change and of all. */
static mera_code attribute_ends(attribute_work *w)
{
    const size_t side[2] = {w->ask->from, w->ask->to};
    char bits[MERA_ATTRIBUTE_MOST];
    for (size_t k = 0; k < 2; k++) {
        const mera_compare_side *s = &w->c->side[side[k]];
        size_t found;
        bool added;
        memset(bits, k == 0 ? '0' : '1', sizeof bits);
        MERA_TRY(attribute_room(w));
        MERA_TRY(mera_map_put(w->known, bits, w->blend.n, w->n_sets, &found, &added));
        MERA_TRY(attribute_take(w, s->result, s->node, s->period, &w->set[w->n_sets++]));
        if (s->result->indicator != NULL) { /* a recorded one has places alone */
            w->kept[w->n_kept++] = (attribute_kept){.result = s->result};
        }
    }
    return MERA_OK;
}

static mera_code attribute_parts(const attribute_work *w)
{
    const double *from = w->set[0].rank, *to = w->set[1].rank;
    mera_attribute_part *part;
    double *move;
    MERA_TRY_NEW(part, w->arena, w->blend.n);
    MERA_TRY_NEW(move, w->arena, w->c->n_units);
    for (size_t u = 0; u < w->c->n_units; u++) {
        move[u] = from[u] - to[u];
    }
    w->out->move = move;
    for (size_t i = 0; i < w->blend.n; i++) {
        part[i] = (mera_attribute_part){.change = w->blend.change[i],
                                        .rank = w->sum[0][i],
                                        .score = w->sum[1][i],
                                        .rank_error = w->square[0][i],
                                        .score_error = w->square[1][i]};
    }
    w->out->part = part;
    w->out->n = w->blend.n;
    return MERA_OK;
}

static mera_code attribute_run(attribute_work *w)
{
    MERA_TRY(mera_map_new(w->arena, 64, &w->known));
    MERA_TRY(attribute_ranked(w));
    MERA_TRY(attribute_ends(w));
    for (size_t k = 0; k < 2; k++) {
        MERA_TRY(attribute_columns(w, &w->sum[k]));
        MERA_TRY(attribute_columns(w, &w->square[k]));
    }
    const size_t asked = w->ask->exact;
    w->out->exact = w->blend.n <= MERA_ATTRIBUTE_EXACT && (asked == 0 || w->blend.n <= asked);
    MERA_TRY(w->out->exact ? attribute_exactly(w) : attribute_by_orders(w));
    return attribute_parts(w);
}

mera_code mera_attribute_moves(const mera_comparison *comparison, const mera_attribute_ask *ask,
                               mera_arena *arena, mera_attribution *out)
{
    const mera_value *const tree[2] = {comparison->side[ask->from].result->methodology->tree,
                                       comparison->side[ask->to].result->methodology->tree};
    attribute_work w = {.c = comparison, .ask = ask, .arena = arena, .out = out};
    *out = (mera_attribution){.from = ask->from, .to = ask->to, .exact = true};
    MERA_TRY(mera_blend_open(tree, arena, &w.blend));
    if (w.blend.n > MERA_ATTRIBUTE_MOST) {
        out->why_not = mera_arena_printf(arena, "%zu changes are too many, %d are attributed",
                                         w.blend.n, MERA_ATTRIBUTE_MOST);
        return out->why_not != NULL ? MERA_OK : MERA_ENOMEM;
    }
    const mera_code code = w.blend.n > 0 ? attribute_run(&w) : MERA_OK;
    for (size_t i = 0; i < w.n_kept; i++) {
        if (w.kept[i].project != NULL) {
            attribute_close(&w.kept[i]);
        }
    }
    return out->why_not != NULL && code == MERA_EINPUT ? MERA_OK : code;
}
