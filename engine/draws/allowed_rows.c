/* SPDX-License-Identifier: Apache-2.0 */
/** @file Weights that are allowed, as rows: of a linear program, of a table; and one of them. */
#include <string.h>

#include "base/math.h"
#include "draws/allowed.h"

/* Takes low <= row.x <= high; low = high, or one of them has no limit. */
typedef bool (*allowed_sink)(void *into, const double *row, double low, double high);

typedef struct allowed_program {
    const mera_allowed_set *set;
    allowed_sink sink;
    void *into;
    double *row;
    size_t width;
} allowed_program;

static bool allowed_put(const allowed_program *p, double low, double high)
{
    return p->sink(p->into, p->row, low, high);
}

static double *allowed_clear(const allowed_program *p)
{
    memset(p->row, 0, p->width * sizeof *p->row);
    return p->row;
}

/* Adds `by` of the weight of a part, or of a whole node (SIZE_MAX), to the row. */
static void allowed_add(const allowed_program *p, size_t v, size_t part, double by)
{
    const size_t k = p->set->k, *under = p->set->under + v * k;
    for (size_t c = 0; c < k; c++) {
        if (under[c] != SIZE_MAX && (part == SIZE_MAX || under[c] == part)) {
            p->row[c] += by;
        }
    }
}

/* sign * (weight of a part - ratio * the other) >= 0. */
static bool allowed_row(const allowed_program *p, size_t v, size_t part, double ratio, size_t other,
                        double sign)
{
    allowed_clear(p);
    allowed_add(p, v, part, sign);
    allowed_add(p, v, other, -sign * ratio);
    return allowed_put(p, 0, INFINITY);
}

/* Weights of parts are their given shares times a scale, each up to r off. */
static bool allowed_range(const allowed_program *p, size_t v, size_t scale, double r)
{
    const mera_allowed_set *set = p->set;
    bool ok = true;
    for (size_t part = 0; ok && part < set->rules->node[v].n; part++) {
        const double given = set->given[v * set->widest + part];
        allowed_clear(p)[scale] = -given * (1 - r);
        allowed_add(p, v, part, 1);
        ok = allowed_put(p, 0, r > 0 ? INFINITY : 0);
        if (ok && r > 0) {
            allowed_clear(p)[scale] = given * (1 + r);
            allowed_add(p, v, part, -1);
            ok = allowed_put(p, 0, INFINITY);
        }
    }
    return ok;
}

static bool allowed_bounds(const allowed_program *p, size_t v, const mera_law *law)
{
    bool ok = true;
    for (size_t part = 0; part < p->set->rules->node[v].n; part++) {
        if (law->low != NULL && law->low[part] > 0) {
            ok = ok && allowed_row(p, v, part, law->low[part], SIZE_MAX, 1);
        }
        if (law->high != NULL && law->high[part] < 1) {
            ok = ok && allowed_row(p, v, part, law->high[part], SIZE_MAX, -1);
        }
    }
    for (size_t o = 0; ok && o < law->n_orders; o++) {
        const mera_weight_order *order = &law->order[o];
        ok = allowed_row(p, v, order->above, order->ratio > 0 ? order->ratio : 1, order->below, 1);
    }
    return ok;
}

static bool allowed_tree(const allowed_program *p)
{
    size_t scale = p->set->k;
    bool ok = true;
    for (size_t v = 0; ok && v < p->set->rules->n_nodes; v++) {
        const mera_law *law = &p->set->rules->node[v].law;
        if (mera_allowed_has_scale(&p->set->rules->node[v])) {
            ok = allowed_range(p, v, scale++, law->kind == MERA_LAW_RANGE ? law->range : 0);
        } else if (law->kind == MERA_LAW_POLYTOPE) {
            ok = allowed_bounds(p, v, law);
        }
    }
    return ok;
}

static bool allowed_flat(const allowed_program *p)
{
    const mera_allowed *a = p->set->rules;
    bool ok = true;
    for (size_t j = 0; ok && j < p->set->k; j++) {
        const double low = a->low != NULL ? a->low[j] : 0, high = a->high != NULL ? a->high[j] : 1;
        allowed_clear(p)[j] = 1;
        ok = low <= 0 || allowed_put(p, low, INFINITY);
        ok = ok && (high >= 1 || allowed_put(p, -INFINITY, high));
    }
    for (size_t o = 0; ok && o < a->n_orders; o++) {
        allowed_clear(p)[a->order[o].above] = 1;
        p->row[a->order[o].below] = a->order[o].ratio > 0 ? -a->order[o].ratio : -1;
        ok = allowed_put(p, 0, INFINITY);
    }
    return ok;
}

static bool allowed_all(const allowed_program *p)
{
    if (!allowed_flat(p) || !allowed_tree(p)) {
        return false;
    }
    for (size_t j = 0; j < p->width; j++) {
        p->row[j] = j < p->set->k ? 1 : 0;
    }
    return allowed_put(p, 1, 1);
}

static bool allowed_into_program(void *into, const double *row, double low, double high)
{
    mera_lp *lp = into;
    return mera_lp_add_row(lp, row, low, high);
}

bool mera_allowed_rows(const mera_allowed_set *set, mera_lp *lp, double *row, size_t width)
{
    const allowed_program p = {set, allowed_into_program, lp, row, width};
    return allowed_all(&p);
}

static bool allowed_counted(void *into, const double *row, double low, double high)
{
    (void)row, (void)low, (void)high;
    size_t *n = into;
    ++*n;
    return true;
}

static bool allowed_into_table(void *into, const double *row, double low, double high)
{
    mera_allowed_table *t = into;
    const double sign = isinf(low) ? -1 : 1;
    for (size_t j = 0; j < t->d; j++) {
        t->row[t->n * t->d + j] = sign * row[j];
    }
    t->low[t->n] = isinf(low) ? -high : low;
    t->equal[t->n++] = low == high;
    return true;
}

mera_code mera_allowed_table_of(const mera_allowed_set *set, mera_arena *arena,
                                mera_allowed_table *out)
{
    allowed_program p = {.set = set, .sink = allowed_counted, .width = set->k + set->n_free};
    size_t n = 0;
    *out = (mera_allowed_table){.d = p.width};
    MERA_TRY_NEW(p.row, arena, p.width);
    p.into = &n;
    allowed_all(&p);
    MERA_TRY_NEW(out->row, arena, n * p.width);
    MERA_TRY_NEW(out->low, arena, n);
    MERA_TRY_NEW(out->equal, arena, n);
    p.sink = allowed_into_table;
    p.into = out;
    allowed_all(&p);
    return MERA_OK;
}

/* ---- a point ---- */

static void allowed_as_written(const mera_allowed_set *set, double *x)
{
    const mera_allowed *a = set->rules;
    size_t scale = set->k;
    for (size_t j = 0; j < set->k; j++) {
        x[j] = a->n_nodes > 0 ? 0 : 1 / (double)set->k;
    }
    for (size_t v = 0; v < a->n_nodes; v++) {
        set->value[v] = v == 0 ? 1 : set->value[v];
        for (size_t p = 0; p < a->node[v].n; p++) {
            const mera_weight_part *part = &a->node[v].part[p];
            double *to = part->is_node ? set->value : x;
            to[part->index] = set->value[v] * set->given[v * set->widest + p];
        }
        if (mera_allowed_has_scale(&a->node[v])) {
            x[scale++] = set->value[v];
        }
    }
}

static bool allowed_holds(const mera_allowed_table *t, const double *x)
{
    bool holds = true;
    for (size_t c = 0; c < t->n; c++) {
        double sum = -t->low[c];
        for (size_t j = 0; j < t->d; j++) {
            sum += t->row[c * t->d + j] * x[j];
        }
        holds = holds && sum >= -MERA_ALLOWED_NEAR && (!t->equal[c] || sum <= MERA_ALLOWED_NEAR);
    }
    return holds;
}

mera_code mera_allowed_point(const mera_allowed_set *set, const mera_allowed_table *table,
                             mera_arena *arena, double *x)
{
    double *row;
    allowed_as_written(set, x);
    if (allowed_holds(table, x)) {
        return MERA_OK;
    }
    MERA_TRY_NEW(row, arena, table->d);
    mera_lp *lp = mera_lp_open(table->d);
    const bool ok = lp != NULL && mera_allowed_rows(set, lp, row, table->d);
    const mera_lp_status status = ok ? mera_lp_solve(lp, x) : MERA_LP_FAILED;
    mera_lp_close(lp);
    return !ok                         ? MERA_ENOMEM
           : status == MERA_LP_OPTIMAL ? MERA_OK
           : status == MERA_LP_FAILED  ? MERA_ESYSTEM
                                       : MERA_EINPUT;
}
