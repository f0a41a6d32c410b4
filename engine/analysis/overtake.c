/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What it takes to overtake: for each indicator the value nearest to the present one at which the
 * unit reaches the score of the one above, found by halving. Scores are those of the engine itself
 * for that one cell (run/what_if.h), so rules, rounding and methods of any kind are what they are.
 */
#include "mera/analysis.h"

#include "base/math.h"
#include "run/what_if.h"

/** Down to neighbouring doubles; where each look is costly to a millionth of the way. */
enum { OVERTAKE_HALVINGS = 200, OVERTAKE_COSTLY = 20 };

/** A search at work. */
typedef struct overtake_search {
    const mera_result *result;
    const mera_what_if *w;
    const mera_overtake *of;
    bool lower; /**< the lower score is the better */
} overtake_search;

/* ---- the one above ---- */

/** The nearest unit with a better score; SIZE_MAX = none. */
static size_t overtake_target(const mera_result *result, const mera_overtake *of)
{
    const double *score = result->node[of->node].score + of->period * result->n_units;
    const bool lower = result->methodology->node[of->node].lower_is_better;
    const double own = score[of->unit];
    size_t target = SIZE_MAX;
    for (size_t i = 0; i < result->n_units; i++) {
        const bool better = lower ? score[i] < own : score[i] > own;
        if (better &&
            (target == SIZE_MAX || (lower ? score[i] > score[target] : score[i] < score[target]))) {
            target = i;
        }
    }
    return target;
}

/* ---- one value ---- */

/** Points and scores at a value: does the unit reach the other? */
static mera_code overtake_try(const overtake_search *s, size_t indicator, double value,
                              double *points, double *own, bool *reached)
{
    double other;
    MERA_TRY(mera_what_if_points(s->w, indicator, value, points));
    MERA_TRY(mera_what_if_score(s->w, s->of->node, indicator, *points, s->of->target, own, &other));
    *reached = s->lower ? *own <= other : *own >= other; /* false where there is no answer */
    return MERA_OK;
}

/** Between a value that does not reach and one that does. */
static mera_code overtake_halve(const overtake_search *s, double from, mera_overtake_way *way)
{
    const size_t most =
        mera_what_if_is_costly(s->w, s->of->node) ? OVERTAKE_COSTLY : OVERTAKE_HALVINGS;
    for (size_t i = 0; i < most; i++) {
        const double middle = from + (way->needed - from) / 2;
        double points, own;
        bool reached;
        if (middle == from || middle == way->needed) {
            break;
        }
        MERA_TRY(overtake_try(s, way->indicator, middle, &points, &own, &reached));
        if (reached) {
            way->needed = middle;
            way->needed_points = points;
        } else {
            from = middle;
        }
    }
    return MERA_OK;
}

/* ---- one indicator ---- */

/** Which way the value has to go: up, down, or (at a target) nowhere. Where the lower score is the
 * better one, the other way. */
static int overtake_way_of(const overtake_search *s, const mera_indicator *def, double value)
{
    if (def->direction != MERA_TARGET) {
        return (def->direction == MERA_HIGHER) == s->lower ? -1 : 1;
    }
    if (s->lower) {
        return value < def->target[0] ? -1 : 1;
    }
    return value < def->target[0] ? 1 : value > def->target[1] ? -1 : 0;
}

/** Best and worst of the units of the period. */
static void overtake_observed(const overtake_search *s, size_t indicator, double *low, double *high)
{
    const mera_result *r = s->result;
    const double *x =
        r->indicator[indicator].stage[MERA_STAGE_IMPUTED] + s->of->period * r->n_units;
    *low = *high = x[s->of->unit];
    for (size_t i = 0; i < r->n_units; i++) {
        *low = x[i] < *low ? x[i] : *low;
        *high = x[i] > *high ? x[i] : *high;
    }
}

/** Fills `limit`; returns how far the search goes. */
static double overtake_limit(const overtake_search *s, const mera_indicator *def, int way,
                             double low, double high, mera_overtake_way *out)
{
    if (def->direction == MERA_TARGET && !s->lower) {
        out->limit = way > 0 ? def->target[0] : def->target[1];
        return out->limit;
    }
    out->limit = def->goalpost[way > 0];
    out->limit = isnan(out->limit) ? def->range[way > 0] : out->limit;
    if (isnan(out->limit)) {
        const double end = way > 0 ? high + (high - low) : low - (high - low);
        return low >= 0 && end < 0 ? 0 : end; /* a rate or a count that nobody has below 0 */
    }
    return out->limit;
}

static mera_code overtake_indicator(const overtake_search *s, mera_overtake_way *way)
{
    const mera_indicator *def = &s->result->methodology->indicator[way->indicator];
    const int direction = overtake_way_of(s, def, way->value);
    double low, high, points, own;
    bool reached;
    overtake_observed(s, way->indicator, &low, &high);
    const double end = overtake_limit(s, def, direction, low, high, way);
    way->end = MERA_OVERTAKE_NO_EFFECT;
    if (direction == 0 || (end - way->value) * direction <= 0) {
        way->end = direction == 0 ? MERA_OVERTAKE_NO_EFFECT : MERA_OVERTAKE_GOALPOST;
        return MERA_OK;
    }
    MERA_TRY(overtake_try(s, way->indicator, end, &points, &own, &reached));
    if (!reached) {
        way->end = own == s->of->score ? MERA_OVERTAKE_NO_EFFECT : MERA_OVERTAKE_GOALPOST;
        return MERA_OK;
    }
    way->end = MERA_OVERTAKE_POSSIBLE;
    way->needed = end;
    way->needed_points = points;
    MERA_TRY(overtake_halve(s, way->value, way));
    way->beyond_observed = direction > 0 ? way->needed > high : way->needed < low;
    return MERA_OK;
}

/* ---- all of them ---- */

/** Marks the indicators below a node. */
static void overtake_mark(const mera_methodology *m, size_t node, bool *below)
{
    for (size_t j = 0; j < m->node[node].n_children; j++) {
        const mera_child *child = &m->node[node].child[j];
        if (child->is_indicator) {
            below[child->index] = true;
        } else {
            overtake_mark(m, child->index, below);
        }
    }
}

static mera_code overtake_ways(const overtake_search *s, mera_overtake_way *way, mera_overtake *out)
{
    const mera_result *r = s->result;
    const size_t cell = out->period * r->n_units + out->unit;
    for (size_t i = 0; i < out->n; i++) {
        const mera_indicator_result *of = &r->indicator[way[i].indicator];
        way[i].value = of->stage[MERA_STAGE_IMPUTED][cell];
        way[i].points = of->stage[MERA_STAGE_NORMALISED][cell];
        way[i].needed = way[i].needed_points = way[i].limit = NAN;
        way[i].end = MERA_OVERTAKE_MISSING;
        if (out->target != SIZE_MAX && !isnan(way[i].value) && !of->screened_out) {
            MERA_TRY(overtake_indicator(s, &way[i]));
        }
    }
    return MERA_OK;
}

mera_code mera_overtake_of(mera_plan *plan, const mera_result *result, size_t unit, size_t period,
                           size_t node, mera_arena *arena, mera_diags *diags, mera_overtake *out)
{
    const mera_methodology *m = result->methodology;
    overtake_search s = {.result = result, .of = out};
    mera_overtake_way *way;
    mera_what_if *w;
    bool *below;
    if (unit >= result->n_units || period >= result->n_periods || node >= m->n_nodes) {
        return mera_fail(diags, MERA_EUSAGE, "out-of-range", MERA_NOWHERE,
                         "unit %zu, period %zu, node %zu: the result has %zu, %zu and %zu", unit,
                         period, node, result->n_units, result->n_periods, m->n_nodes);
    }
    *out = (mera_overtake){.unit = unit, .node = node, .period = period};
    out->score = result->node[node].score[period * result->n_units + unit];
    out->target = overtake_target(result, out);
    out->target_score = out->target == SIZE_MAX
                            ? NAN
                            : result->node[node].score[period * result->n_units + out->target];
    MERA_TRY_NEW(below, arena, m->n_indicators);
    MERA_TRY_NEW(way, arena, m->n_indicators);
    overtake_mark(m, node, below);
    for (size_t k = 0; k < m->n_indicators; k++) {
        if (below[k]) {
            way[out->n++].indicator = k;
        }
    }
    out->way = way;
    s.lower = m->node[node].lower_is_better;
    MERA_TRY(mera_what_if_new(plan, result, unit, period, arena, &w));
    s.w = w;
    return overtake_ways(&s, way, out);
}
