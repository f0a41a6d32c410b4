/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * weight.from_orderings -- the weights nearest to a start under which stated units stand above
 * others.
 *
 *     min |w - w0|  subject to  sum_j w_j (x_aj - x_bj) >= delta  for every «a > b»,  sum w = 1, w
 * >= 0
 *
 * Where the statements contradict each other, the smallest total of what they fall short by is
 * found first, and those that fall short are named.
 *
 * shape   x[k][n], statements -> w[k]
 * nulls   a statement of a unit that lacks a value is left out, with a warning
 * errors  a unit that is not known; no statement left
 * source  Jacquet-Lagreze and Siskos, European Journal of Operational Research 10 (1982) 151 (UTA);
 *         Wall, Das, Chawla and others, Podium, IEEE Transactions on Visualization and Computer
 * Graphics 24 (2018) 288 (ranking by examples)
 */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "numeric/linear.h"
#include "numeric/lp.h"
#include "ops/column.h"
#include "ops/support.h"
#include "ops/weight/support.h"

enum { START_AS_WRITTEN, START_EQUAL };

typedef struct {
    mera_text_list statements;
    int start;
    double margin;
} orderings_params;

static const char *const orderings_start[] = {"as_written", "equal", NULL};
static const mera_param orderings_table[] = {
    MERA_WEIGH_TEXTS(
        orderings_params, statements, true,
        "which unit stands above which: 'A > B', or a chain 'A > B > C', by name or key"),
    MERA_ENUM(orderings_params, start, START_AS_WRITTEN, orderings_start,
              "weights to stay near to: those of the framework, or equal ones"),
    MERA_F64(orderings_params, margin, 0.01, 0, 10, "standard deviations",
             "how far apart: in deviations of the score under the starting weights"),
    MERA_PARAMS_END,
};

typedef struct {
    const mera_weighing *call;
    size_t n, room; /* statements that hold data */
    double *d;      /* n x k: x_a - x_b */
    const char **text;
    double *short_by; /* n: what a statement falls short by */
    size_t lacking;   /* statements left out */
    double *start;
    double delta;
} orderings_run;

/* The unit of a name; `turn` counts its appearances, one in each period. False: no more. */
static bool orderings_unit(const mera_weighing *call, const char *name, size_t turn, size_t *i)
{
    const char *const *names = call->ctx->unit_name, *const *keys = call->ctx->unit_key;
    for (*i = 0; *i < call->in->n; (*i)++) {
        const bool found =
            mera_streq(names[*i], name) || (keys != NULL && mera_streq(keys[*i], name));
        if (found && turn-- == 0) {
            return true;
        }
    }
    return false;
}

static mera_code orderings_unknown(const orderings_run *run, const char *name)
{
    const mera_weighing *call = run->call;
    const mera_code rc =
        mera_fail(call->ctx->diags, MERA_EINPUT, "unknown-unit", call->ctx->at,
                  "'statements' of %s names '%s', which is no unit here", call->op->name, name);
    const char *nearest = mera_nearest(name, call->ctx->unit_name, call->in->n);
    if (nearest != NULL) {
        mera_hint(call->ctx->diags, "did you mean '%s'?", nearest);
    }
    return rc;
}

static mera_code orderings_add(orderings_run *run, size_t a, size_t b, const char *text)
{
    const mera_children *in = run->call->in;
    double *d = run->d + run->n * in->k;
    for (size_t j = 0; j < in->k; j++) {
        d[j] = in->x[j][a] - in->x[j][b];
        if (isnan(d[j])) {
            run->lacking++;
            return MERA_OK;
        }
    }
    run->text[run->n++] = text;
    return MERA_OK;
}

/* «a > b» at every appearance of both: once in each period. */
static mera_code orderings_pair(orderings_run *run, const char *a, const char *b)
{
    size_t i, l;
    const char *text = mera_arena_printf(run->call->ctx->arena, "%s > %s", a, b);
    MERA_TRY_PTR(text);
    if (!orderings_unit(run->call, a, 0, &i)) {
        return orderings_unknown(run, a);
    }
    if (!orderings_unit(run->call, b, 0, &l)) {
        return orderings_unknown(run, b);
    }
    for (size_t turn = 0; orderings_unit(run->call, a, turn, &i) &&
                          orderings_unit(run->call, b, turn, &l) && run->n < run->room;
         turn++) {
        MERA_TRY(orderings_add(run, i, l, text));
    }
    return MERA_OK;
}

/* "A > B > C": one statement for each neighbouring pair. */
static mera_code orderings_chain(orderings_run *run, const char *chain)
{
    const char *before = NULL;
    mera_code rc = MERA_OK;
    size_t names = 0;
    for (const char *at = chain; at != NULL; names++) {
        const char *sign = strchr(at, '>');
        const mera_slice piece =
            mera_slice_trim((mera_slice){at, sign != NULL ? (size_t)(sign - at) : strlen(at)});
        const char *name = mera_arena_strndup(run->call->ctx->arena, piece.at, piece.n);
        MERA_TRY_PTR(name);
        if (before != NULL) {
            const mera_code one = orderings_pair(run, before, name);
            rc = one != MERA_OK ? one : rc;
        }
        before = name;
        at = sign != NULL ? sign + 1 : NULL;
    }
    if (names < 2) {
        return mera_fail(run->call->ctx->diags, MERA_EINPUT, "bad-statement", run->call->ctx->at,
                         "'%s' in 'statements' of %s is no statement; allowed is 'A > B'", chain,
                         run->call->op->name);
    }
    return rc;
}

static size_t orderings_room(const orderings_run *run, const mera_text_list *statements)
{
    size_t pairs = 0;
    for (size_t s = 0; s < statements->n; s++) {
        for (const char *at = statements->v[s]; *at != '\0'; at++) {
            pairs += *at == '>';
        }
    }
    size_t most = 1; /* appearances of the first unit: periods */
    for (size_t i = 1; i < run->call->in->n; i++) {
        most += mera_streq(run->call->ctx->unit_name[i], run->call->ctx->unit_name[0]);
    }
    return pairs * most;
}

static mera_code orderings_read(orderings_run *run, const mera_text_list *statements)
{
    const mera_weighing *call = run->call;
    mera_code rc = MERA_OK;
    if (call->ctx->unit_name == NULL) {
        return mera_fail(call->ctx->diags, MERA_EINPUT, "no-names", call->ctx->at,
                         "%s: %s needs the names of units, and they are not known here",
                         mera_op_subject(call->op, call->ctx), call->op->name);
    }
    run->room = orderings_room(run, statements);
    MERA_TRY_NEW(run->d, call->ctx->arena, run->room * call->in->k);
    MERA_TRY_NEW(run->text, call->ctx->arena, run->room);
    MERA_TRY_NEW(run->short_by, call->ctx->arena, run->room);
    for (size_t s = 0; s < statements->n; s++) {
        const mera_code one = orderings_chain(run, statements->v[s]);
        rc = one != MERA_OK ? one : rc;
    }
    MERA_TRY(rc);
    if (run->n == 0) {
        return mera_fail(call->ctx->diags, MERA_EINPUT, "no-statements", call->ctx->at,
                         "%s: every statement of %s is of a unit that lacks a value",
                         mera_op_subject(call->op, call->ctx), call->op->name);
    }
    if (run->lacking > 0) {
        mera_warn(call->ctx->diags, "left-out", call->ctx->at,
                  "%s: %zu of the statements of %s are of units that lack a value and are left out",
                  mera_op_subject(call->op, call->ctx), run->lacking, call->op->name);
    }
    return MERA_OK;
}

/* Starting weights, and the margin in points: deviations of the score under them. */
static mera_code orderings_begin(orderings_run *run, const orderings_params *p)
{
    const mera_children *in = run->call->in;
    mera_arena *arena = run->call->ctx->arena;
    double *x, *score, sum = 0;
    size_t n;
    MERA_TRY_NEW(run->start, arena, in->k);
    for (size_t j = 0; j < in->k; j++) {
        run->start[j] = p->start == START_EQUAL ? 1 : in->w[j];
        sum += run->start[j];
    }
    MERA_TRY(mera_complete_cases(in->x, in->k, in->n, arena, &x, &n, NULL));
    MERA_TRY_NEW(score, arena, n);
    for (size_t j = 0; j < in->k; j++) {
        run->start[j] /= sum;
        for (size_t i = 0; i < n; i++) {
            score[i] += run->start[j] * x[j * n + i];
        }
    }
    const double sd = mera_column_sd(score, n, true);
    run->delta = isnan(sd) ? 0 : p->margin * sd;
    return MERA_OK;
}

/* The least total of shortfalls: max -sum s, d w + s >= delta, sum w = 1. */
static mera_lp_status orderings_shortfalls(const orderings_run *run, double *row, double *x)
{
    const size_t k = run->call->in->k, all = k + run->n;
    mera_lp *lp = mera_lp_open(all);
    bool ok = lp != NULL;
    for (size_t t = 0; ok && t < run->n; t++) {
        memset(row, 0, all * sizeof *row);
        memcpy(row, run->d + t * k, k * sizeof *row);
        row[k + t] = 1;
        ok = mera_lp_add_row(lp, row, run->delta, INFINITY);
    }
    for (size_t j = 0; j < all; j++) {
        row[j] = j < k ? 1 : 0;
    }
    ok = ok && mera_lp_add_row(lp, row, 1, 1);
    for (size_t j = 0; j < all; j++) {
        row[j] = j < k ? 0 : -1;
    }
    ok = ok && mera_lp_objective(lp, row);
    const mera_lp_status status = ok ? mera_lp_solve(lp, x) : MERA_LP_FAILED;
    mera_lp_close(lp);
    return status;
}

static mera_code orderings_contradictions(orderings_run *run)
{
    const mera_weighing *call = run->call;
    const size_t k = call->in->k;
    mera_text text = {.arena = call->ctx->arena};
    double *row, *x;
    size_t said = 0;
    MERA_TRY_NEW(row, call->ctx->arena, k + run->n);
    MERA_TRY_NEW(x, call->ctx->arena, k + run->n);
    if (orderings_shortfalls(run, row, x) != MERA_LP_OPTIMAL) {
        return mera_weigh_refuse_solver(call, MERA_ESYSTEM);
    }
    for (size_t t = 0; t < run->n; t++) {
        run->short_by[t] = fmax(0, x[k + t]);
        if (run->short_by[t] > 1e-9 * fmax(1, run->delta)) {
            mera_text_addf(&text, "%s'%s' (by %.4g)", said++ > 0 ? ", " : "", run->text[t],
                           run->short_by[t]);
        }
    }
    const char *list = mera_text_string(&text);
    MERA_TRY_PTR(list);
    if (said > 0) {
        mera_warn(call->ctx->diags, "contradiction", call->ctx->at,
                  "%s: no weights of 0 or more fulfil all %zu statements of %s; short fall %s",
                  mera_op_subject(call->op, call->ctx), run->n, call->op->name, list);
        mera_hint(call->ctx->diags, "take one back, or a smaller 'margin'");
    }
    return MERA_OK;
}

/* w = start + u: the least |u| with sum u = 0, as rows without their mean cannot leave that plane.
 */
static mera_code orderings_solve(const orderings_run *run, double *w)
{
    const size_t k = run->call->in->k, m = run->n + k;
    mera_arena *arena = run->call->ctx->arena;
    double *g, *h;
    MERA_TRY_NEW(g, arena, m * k);
    MERA_TRY_NEW(h, arena, m);
    for (size_t t = 0; t < m; t++) {
        double mean = 0, now = 0;
        for (size_t j = 0; j < k; j++) {
            const double v = t < run->n ? run->d[t * k + j] : j == t - run->n ? 1 : 0;
            g[t * k + j] = v;
            mean += v / (double)k;
            now += v * run->start[j];
        }
        const double slack = t < run->n ? run->short_by[t] + 1e-9 * run->delta : 0;
        h[t] = (t < run->n ? run->delta - slack : 0) - now;
        for (size_t j = 0; j < k; j++) {
            g[t * k + j] -= mean;
        }
    }
    MERA_TRY(mera_weigh_refuse_solver(run->call, mera_least_distance(g, h, m, k, arena, w)));
    for (size_t j = 0; j < k; j++) {
        w[j] = fmax(0, w[j] + run->start[j]);
        w[j] = w[j] < 1e-14 ? 0 : w[j];
    }
    return MERA_OK;
}

static mera_code orderings_weigh(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                 const mera_children *in, double *w)
{
    const orderings_params *p = params;
    const mera_weighing call = {op, ctx, in};
    orderings_run run = {.call = &call};
    if (mera_weigh_alone(&call, w)) {
        return MERA_OK;
    }
    MERA_TRY(orderings_read(&run, &p->statements));
    MERA_TRY(orderings_begin(&run, p));
    MERA_TRY(orderings_contradictions(&run));
    MERA_TRY(orderings_solve(&run, w));
    return mera_weigh_finish(&call, w);
}

const mera_op mera_op_weight_from_orderings = {
    .name = "weight.from_orderings",
    .step = MERA_STEP_WEIGHT,
    .version = 1,
    .summary = "The weights nearest to a start under which stated units stand above others.",
    .formula =
        "min |w - w0|, sum_j w_j (x_aj - x_bj) >= delta for every «a > b», sum w = 1, w >= 0",
    .nulls = "a statement of a unit that lacks a value is left out, with a warning",
    .conventions =
        "near in squared differences to the framework's weights unless 'start: equal'; of "
        "contradictions the total shortfall is least, and they are named; with several "
        "periods a statement holds in each",
    .source = "Jacquet-Lagreze and Siskos, European Journal of Operational Research 10 (1982) 151; "
              "Wall et al., IEEE Transactions on Visualization and Computer Graphics 24 (2018) 288",
    .params = orderings_table,
    .params_size = sizeof(orderings_params),
    .weigh = orderings_weigh,
};
