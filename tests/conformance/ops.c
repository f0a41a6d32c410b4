/* SPDX-License-Identifier: Apache-2.0 */
/** @file mera's operations as the runner calls them (ops.h). */
#include "ops.h"

#include <math.h>
#include <string.h>

/* ---- parameters ------------------------------------------------------------------------- */

static mera_value *given_add(given *g, const char *key)
{
    mera_value *value = &g->value[g->n];
    g->entry[g->n++] = (mera_entry){key, MERA_NOWHERE, value};
    return value;
}

static mera_value given_scalar(mera_arena *arena, double x)
{
    return isnan(x) ? (mera_value){.kind = MERA_VALUE_NULL, .text = "null"}
                    : (mera_value){.kind = MERA_VALUE_NUMBER,
                                   .text = text_of(arena, "%.17g", x),
                                   .number = x};
}

void given_number(given *g, mera_arena *arena, const char *key, double x)
{
    *given_add(g, key) = given_scalar(arena, x);
}

void given_text(given *g, const char *key, const char *text)
{
    *given_add(g, key) = (mera_value){.kind = MERA_VALUE_TEXT, .text = text};
}

void given_bool(given *g, const char *key, bool value)
{
    *given_add(g, key) =
        (mera_value){.kind = MERA_VALUE_BOOL, .text = value ? "true" : "false", .boolean = value};
}

static void given_list(given *g, mera_arena *arena, const char *key, const mera_value *item,
                       size_t n)
{
    const mera_value **items = NEW(arena, n + 1, const mera_value *);
    for (size_t i = 0; i < n; i++) {
        items[i] = &item[i];
    }
    *given_add(g, key) = (mera_value){.kind = MERA_VALUE_LIST, .n = n, .items = items};
}

void given_pair(given *g, mera_arena *arena, const char *key, double low, double high)
{
    mera_value *item = NEW(arena, 2, mera_value);
    item[0] = given_scalar(arena, low);
    item[1] = given_scalar(arena, high);
    given_list(g, arena, key, item, 2);
}

void given_texts(given *g, mera_arena *arena, const char *key, const char *const *text, size_t n)
{
    mera_value *item = NEW(arena, n + 1, mera_value);
    for (size_t i = 0; i < n; i++) {
        item[i] = (mera_value){.kind = MERA_VALUE_TEXT, .text = text[i], .quoted = true};
    }
    given_list(g, arena, key, item, n);
}

void given_map(given *g, mera_arena *arena, const char *key, const char *const *name,
               const double *x, size_t n)
{
    mera_value *item = NEW(arena, n + 1, mera_value);
    mera_entry *entry = NEW(arena, n + 1, mera_entry);
    for (size_t i = 0; i < n; i++) {
        item[i] = given_scalar(arena, x[i]);
        entry[i] = (mera_entry){name[i], MERA_NOWHERE, &item[i]};
    }
    *given_add(g, key) = (mera_value){.kind = MERA_VALUE_MAP, .n = n, .entries = entry};
}

/* ---- operations ------------------------------------------------------------------------- */

mera_code operation_open(run *r, mera_step step, const char *name, const given *g, operation *out)
{
    static const char *const common[] = {NULL};
    const mera_value map = {.kind = MERA_VALUE_MAP, .n = g->n, .entries = g->entry};
    void *params = NULL;
    out->op = mera_registry_find(r->registry, step, name);
    if (out->op == NULL) {
        return run_unsupported(r, "no operation %s.%s", mera_step_name(step), name);
    }
    const mera_code rc =
        mera_op_bind(out->op, &map, common, MERA_NOWHERE, r->arena, r->diags, &params);
    out->params = params;
    return rc == MERA_OK ? rc : run_refused(r, "%s: %s", out->op->name, run_said(r));
}

call_column call_plain(const char *subject, const char *const *unit)
{
    return (call_column){
        .direction = MERA_HIGHER, .goalpost = {NAN, NAN}, .subject = subject, .unit = unit};
}

static mera_op_ctx operation_context(run *r, const call_column *about)
{
    return (mera_op_ctx){.diags = r->diags,
                         .arena = r->arena,
                         .subject = about->subject,
                         .direction = about->direction,
                         .goalpost = {about->goalpost[0], about->goalpost[1]},
                         .unit_key = about->unit,
                         .unit_name = about->unit,
                         .input = about->input,
                         .n_inputs = about->n_inputs};
}

mera_code operation_column(run *r, operation o, const call_column *about, const double *x, size_t n,
                           double *y, mera_fitted *fitted)
{
    mera_op_ctx ctx = operation_context(r, about);
    mera_fitted own = {0};
    mera_code rc = MERA_OK;
    if (o.op->fit != NULL) {
        rc = o.op->fit(o.op, o.params, &ctx, x, n, &own);
    }
    if (rc == MERA_OK) {
        rc = o.op->apply(o.op, o.params, &ctx, o.op->fit != NULL ? &own : NULL, x, n, y);
    }
    if (fitted != NULL) {
        *fitted = own;
    }
    return rc == MERA_OK ? rc : run_refused(r, "%s: %s", o.op->name, run_said(r));
}

double operation_fitted(operation o, const mera_fitted *fitted, const char *name)
{
    for (size_t i = 0; o.op->fitted != NULL && o.op->fitted[i] != NULL && i < fitted->n; i++) {
        if (same(o.op->fitted[i], name)) {
            return fitted->v[i];
        }
    }
    return NAN;
}

mera_code operation_aggregate(run *r, operation o, const mera_children *in,
                              const char *const *child, const char *const *unit, double *y)
{
    mera_op_ctx ctx = {.diags = r->diags,
                       .arena = r->arena,
                       .subject = "node",
                       .direction = MERA_HIGHER,
                       .goalpost = {NAN, NAN},
                       .unit_key = unit,
                       .unit_name = unit,
                       .child_name = child};
    const mera_code rc = mera_op_aggregate(o.op, o.params, &ctx, in, y);
    return rc == MERA_OK ? rc : run_refused(r, "%s: %s", o.op->name, run_said(r));
}

mera_code rank_down(run *r, const double *x, size_t n, double *y)
{
    const call_column about = call_plain("ranks", NULL);
    given g = {0};
    operation rank;
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        any = any || !isnan(x[i]);
        y[i] = NAN;
    }
    given_text(&g, "ties", "min");
    given_text(&g, "best", "one");
    MERA_TRY(operation_open(r, MERA_STEP_NORMALISE, "rank", &g, &rank));
    return any ? operation_column(r, rank, &about, x, n, y, NULL) : MERA_OK;
}
