/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * weight.ahp -- analytic hierarchy process: weights from comparisons in pairs.
 *
 *     eigenvector  A w = l_max w        geometric  w_j = (prod_l a_jl)^(1/k)
 *     CI = (l_max - k) / (k - 1),  CR = CI / RI(k)
 *
 * RI is Saaty's for 3 to 10 children (.58 .90 1.12 1.24 1.32 1.41 1.45 1.49); above that the line
 * of Alonso and Lamata, RI = (1.7699 k - 4.3513) / (k - 1).
 *
 * shape   a[k][k] -> w[k]; several experts' matrices one below the other are joined by the
 * geometric mean of their judgements nulls   take no part: the data are not looked at errors
 * judgements of 0 or less; a pair whose two judgements contradict each other source  Saaty, The
 * Analytic Hierarchy Process (1980); Crawford and Williams, Journal of Mathematical Psychology 29
 * (1985) 387 (geometric); Aguaron and Moreno-Jimenez, European Journal of Operational Research 147
 * (2003) 137 (GCI); Alonso and Lamata, International Journal of Uncertainty, Fuzziness and
 * Knowledge-Based Systems 14 (2006) 445
 */
#include <math.h>

#include "base/math.h"
#include "ops/support.h"
#include "ops/weight/support.h"

enum { AHP_EIGENVECTOR, AHP_GEOMETRIC };
enum { AHP_SAATY, AHP_ALONSO_LAMATA };
enum { AHP_ROUNDS = 100000 };

typedef struct {
    mera_text_list matrix;
    int method;
    double max_cr;
    int random_index;
} ahp_params;

static const char *const ahp_methods[] = {"eigenvector", "geometric", NULL};
static const char *const ahp_indices[] = {"saaty", "alonso_lamata", NULL};
static const mera_param ahp_table[] = {
    MERA_WEIGH_TEXTS(
        ahp_params, matrix, true,
        "rows of judgements, '1 3 5', '1/3 1 2'; a name before a colon, \"air: 1 3 5\" in quotes, "
        "says whose row (and column) it is, else the order is the framework's"),
    MERA_ENUM(ahp_params, method, AHP_EIGENVECTOR, ahp_methods,
              "principal eigenvector or geometric means of the rows"),
    MERA_F64(ahp_params, max_cr, 0.1, 0, 10, NULL,
             "consistency ratio above which a warning names the worst three"),
    MERA_ENUM(ahp_params, random_index, AHP_SAATY, ahp_indices,
              "what the consistency index is divided by: Saaty's of 1980 (3 to 10 children; the "
              "others' above), or the line of Alonso and Lamata for any number"),
    MERA_PARAMS_END,
};

typedef struct {
    const mera_weighing *call;
    size_t k;
    const double *a;  /* ln of the joined judgements, by rows of the table */
    const size_t *to; /* the child of each row */
    double *w;
} ahp_run;

/* Of a pair, 3 and 0.33, the number above 1 is what was meant: ln a_il. NaN when they disagree. */
static double ahp_judgement(double above, double below)
{
    if (!(above > 0) || !(below > 0) || fabs(above * below - 1) > 0.05) {
        return NAN;
    }
    return above >= 1 ? mera_log(above) : -mera_log(below);
}

static mera_code ahp_refuse_pair(const mera_op *op, mera_op_ctx *ctx, double above, double below,
                                 size_t i, size_t l)
{
    const mera_code rc = mera_fail(ctx->diags, MERA_EINPUT, "bad-judgement", ctx->at,
                                   "'matrix' of %s says %g in row %zu, column %zu and %g in row "
                                   "%zu, column %zu; allowed are a number above 0 and its inverse",
                                   op->name, above, i + 1, l + 1, below, l + 1, i + 1);
    mera_hint(ctx->diags, "fractions may be written: 1/3");
    return rc;
}

/* Joins the experts' matrices: means of the logarithms. */
static mera_code ahp_join(const mera_op *op, mera_op_ctx *ctx, const mera_judgements *t, double *a)
{
    const size_t k = t->columns, experts = t->rows / k;
    mera_code rc = MERA_OK;
    for (size_t e = 0; e < experts; e++) {
        const double *v = t->v + e * k * k;
        for (size_t i = 0; i < k; i++) {
            for (size_t l = i; l < k; l++) {
                const double one = ahp_judgement(v[i * k + l], v[l * k + i]);
                if (isnan(one) || (i == l && v[i * k + l] != 1)) {
                    rc = ahp_refuse_pair(op, ctx, v[i * k + l], v[l * k + i], e * k + i, l);
                    continue;
                }
                a[i * k + l] += one / (double)experts;
                a[l * k + i] = -a[i * k + l];
            }
        }
    }
    return rc;
}

static mera_code ahp_read(const mera_op *op, const ahp_params *p, mera_op_ctx *ctx,
                          mera_judgements *t, double **a)
{
    MERA_TRY(mera_judgements_read(op, ctx, "matrix", &p->matrix, t));
    const size_t k = t->columns;
    if (k == 0 || t->rows % k != 0) {
        return mera_fail(ctx->diags, MERA_EINPUT, "wrong-length", ctx->at,
                         "'matrix' of %s has %zu rows of %zu numbers; it takes as many rows as "
                         "numbers, once for each expert",
                         op->name, t->rows, k);
    }
    MERA_TRY_NEW(*a, ctx->arena, k * k);
    return ahp_join(op, ctx, t, *a);
}

static mera_code ahp_check(const mera_op *op, const void *params, mera_op_ctx *ctx)
{
    mera_judgements t;
    double *a;
    return ahp_read(op, params, ctx, &t, &a);
}

/* to[r]: the child that row r of the first matrix speaks of. */
static mera_code ahp_children(const mera_weighing *call, const mera_judgements *t, size_t *to)
{
    const size_t k = call->in->k;
    mera_code rc = MERA_OK;
    if (t->columns != k || k == 0) {
        return mera_fail(call->ctx->diags, MERA_EINPUT, "wrong-length", call->ctx->at,
                         "'matrix' of %s compares %zu children, and %s has %zu", call->op->name,
                         t->columns, mera_op_subject(call->op, call->ctx), k);
    }
    for (size_t r = 0; r < t->rows; r++) {
        size_t child = r % k;
        if (t->label[r] != NULL &&
            mera_weigh_find(call, "matrix", t->label[r], &child) != MERA_OK) {
            rc = MERA_EINPUT;
        }
        to[r % k] = r < k ? child : to[r % k];
        bool twice = to[r % k] != child;
        for (size_t b = 0; b < r % k; b++) {
            twice = twice || to[b] == child;
        }
        if (rc == MERA_OK && twice) {
            char name[MERA_WEIGH_TEXT_SIZE];
            rc = mera_fail(call->ctx->diags, MERA_EINPUT, "duplicate-child", call->ctx->at,
                           "row %zu in 'matrix' of %s is of the child %s again, or in another "
                           "order than before",
                           r + 1, call->op->name, mera_weigh_child(call, child, name));
        }
    }
    return rc;
}

/* Geometric means of the rows, and from there power iteration; returns l_max. */
static mera_code ahp_solve(const ahp_run *run, bool eigenvector, double *l_max)
{
    const size_t k = run->k;
    double *v, *next;
    MERA_TRY_NEW(v, run->call->ctx->arena, k);
    MERA_TRY_NEW(next, run->call->ctx->arena, k);
    double sum = 0;
    for (size_t i = 0; i < k; i++) {
        double mean = 0;
        for (size_t l = 0; l < k; l++) {
            mean += run->a[i * k + l] / (double)k;
        }
        sum += v[i] = mera_exp(mean);
    }
    for (size_t i = 0; i < k; i++) {
        run->w[i] = v[i] /= sum;
    }
    double moved = 1;
    for (size_t round = 0; moved > 1e-16 && round < AHP_ROUNDS; round++) {
        *l_max = 0;
        for (size_t i = 0; i < k; i++) {
            next[i] = 0;
            for (size_t l = 0; l < k; l++) {
                next[i] += mera_exp(run->a[i * k + l]) * v[l];
            }
            *l_max += next[i];
        }
        const double before = moved;
        moved = 0;
        for (size_t i = 0; i < k; i++) {
            const double value = next[i] / *l_max;
            moved = fmax(moved, fabs(value - v[i]) / value);
            v[i] = value;
        }
        if (moved < 1e-13 && moved >= before) { /* rounding goes round in circles */
            break;
        }
    }
    for (size_t i = 0; eigenvector && i < k; i++) {
        run->w[i] = v[i];
    }
    return MERA_OK;
}

static double ahp_random_index(const ahp_params *p, size_t k)
{
    static const double saaty[] = {0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49};
    if (k < 3) {
        return 0;
    }
    return k <= 10 && p->random_index == AHP_SAATY
               ? saaty[k - 3]
               : (1.7699 * (double)k - 4.3513) / ((double)k - 1);
}

/* The three children whose judgements fit worst: max |ln a_ij + ln a_jl - ln a_il|. */
static double ahp_worst(const ahp_run *run, size_t worst[3])
{
    const size_t k = run->k;
    double most = -1;
    for (size_t i = 0; i < k; i++) {
        for (size_t j = i + 1; j < k; j++) {
            for (size_t l = j + 1; l < k; l++) {
                const double off = fabs(run->a[i * k + j] + run->a[j * k + l] - run->a[i * k + l]);
                if (off > most) {
                    most = off;
                    worst[0] = i;
                    worst[1] = j;
                    worst[2] = l;
                }
            }
        }
    }
    return most;
}

/* Crawford and Williams' measure: the mean square of ln(a_ij w_j / w_i), for geometric means. */
static double ahp_gci(const ahp_run *run)
{
    const double k = (double)run->k;
    double sum = 0;
    for (size_t i = 0; i < run->k; i++) {
        for (size_t j = i + 1; j < run->k; j++) {
            const double off = run->a[i * run->k + j] - mera_log(run->w[i]) + mera_log(run->w[j]);
            sum += off * off;
        }
    }
    return 2 * sum / ((k - 1) * (k - 2));
}

static void ahp_report(const ahp_run *run, const ahp_params *p, double l_max)
{
    const mera_weighing *call = run->call;
    const double k = (double)run->k;
    const double cr = fmax(0, l_max - k) / (k - 1) / ahp_random_index(p, run->k);
    const char *subject = mera_op_subject(call->op, call->ctx);
    if (p->method == AHP_GEOMETRIC) {
        mera_note(call->ctx->diags, "consistency", call->ctx->at,
                  "%s: consistency ratio %.6f (l_max %.6f, random index %.4g), GCI %.6f", subject,
                  cr, l_max, ahp_random_index(p, run->k), ahp_gci(run));
    } else {
        mera_note(call->ctx->diags, "consistency", call->ctx->at,
                  "%s: consistency ratio %.6f (l_max %.6f, random index %.4g)", subject, cr, l_max,
                  ahp_random_index(p, run->k));
    }
    if (cr > p->max_cr) {
        size_t t[3] = {0, 0, 0};
        char name[3][MERA_WEIGH_TEXT_SIZE];
        const double off = ahp_worst(run, t);
        for (size_t i = 0; i < 3; i++) {
            mera_weigh_child(call, run->to[t[i]], name[i]);
        }
        mera_warn(call->ctx->diags, "inconsistent", call->ctx->at,
                  "%s: the judgements of %s have a consistency ratio of %.3f, above %g; the worst "
                  "three are %s, %s and %s, which contradict each other by a factor of %.3g",
                  subject, call->op->name, cr, p->max_cr, name[0], name[1], name[2], mera_exp(off));
        mera_hint(call->ctx->diags, "ask again about these three pairs");
    }
}

static mera_code ahp_weigh(const mera_op *op, const void *params, mera_op_ctx *ctx,
                           const mera_children *in, double *w)
{
    const ahp_params *p = params;
    const mera_weighing call = {op, ctx, in};
    mera_judgements t;
    double *a = NULL, l_max = 0;
    size_t *to;
    MERA_TRY(ahp_read(op, p, ctx, &t, &a));
    MERA_TRY_PTR(a);
    MERA_TRY_NEW(to, ctx->arena, t.columns);
    MERA_TRY(ahp_children(&call, &t, to));
    ahp_run run = {.call = &call, .k = in->k, .a = a, .to = to};
    MERA_TRY_NEW(run.w, ctx->arena, in->k);
    MERA_TRY(ahp_solve(&run, p->method == AHP_EIGENVECTOR, &l_max));
    if (in->k >= 3) { /* two judgements cannot contradict each other */
        ahp_report(&run, p, l_max);
    }
    for (size_t r = 0; r < in->k; r++) {
        w[to[r]] = run.w[r];
    }
    return mera_weigh_finish(&call, w);
}

const mera_op mera_op_weight_ahp = {
    .name = "weight.ahp",
    .step = MERA_STEP_WEIGHT,
    .version = 1,
    .summary = "Weights from comparisons in pairs (AHP), with the consistency ratio and the worst "
               "three judgements named.",
    .formula =
        "eigenvector: A w = l_max w; geometric: w_j = (prod_l a_jl)^(1/k); CR = (l_max - k) / "
        "(k - 1) / RI",
    .nulls = "take no part: the data are not looked at",
    .conventions =
        "of a pair like 3 and 0.33 the number above 1 counts; random index of Saaty for 3 "
        "to 10 children, of Alonso and Lamata above, unless 'random_index' says otherwise; experts "
        "are joined by geometric "
        "means of judgements",
    .source = "Saaty, The Analytic Hierarchy Process (1980); Crawford and Williams, Journal of "
              "Mathematical Psychology 29 (1985) 387 (geometric); Alonso and Lamata, International "
              "Journal of Uncertainty, Fuzziness and Knowledge-Based Systems 14 (2006) 445",
    .params = ahp_table,
    .params_size = sizeof(ahp_params),
    .check = ahp_check,
    .weigh = ahp_weigh,
};
