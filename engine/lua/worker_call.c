/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Calls of operations and their results as messages. What a function of an operation may look at is
 * written out whole; pointers never cross.
 */
#include <math.h>
#include <string.h>

#include "lua/worker.h"

enum { CALL_FINDINGS = 1000 };

/* ---- parameters: slots as they are, texts after them ------------------------------------- */

static bool call_is_text(const mera_param *p)
{
    return p->type == MERA_PARAM_TEXT || p->type == MERA_PARAM_COLUMN;
}

static void call_put_params(mera_wire_out *out, const mera_op *op, const void *params)
{
    mera_wire_put(out, params, op->params_size);
    for (const mera_param *p = op->params; p != NULL && p->name != NULL; p++) {
        const char *text;

        if (call_is_text(p)) {
            memcpy(&text, (const char *)params + p->offset, sizeof text);
            mera_wire_put_text(out, text);
        }
    }
}

static const void *call_get_params(mera_wire_in *in, const mera_op *op)
{
    char *params = mera_arena_zero(in->arena, op->params_size + sizeof(double), 1);

    in->bad = in->bad || params == NULL;
    if (in->bad) {
        return NULL;
    }
    mera_wire_get_into(in, params, op->params_size);
    for (const mera_param *p = op->params; p != NULL && p->name != NULL; p++) {
        if (call_is_text(p)) {
            const char *text = mera_wire_get_text(in);

            memcpy(params + p->offset, &text, sizeof text);
        }
    }
    return params;
}

/* ---- what surrounds a call --------------------------------------------------------------- */

static void call_put_codes(mera_wire_out *out, const int32_t *code, size_t n)
{
    mera_wire_put_size(out, code != NULL);
    if (code != NULL) {
        mera_wire_put(out, code, n * sizeof *code);
    }
}

static const int32_t *call_get_codes(mera_wire_in *in, size_t n)
{
    int32_t *code;

    if (mera_wire_get_size(in) == 0) {
        return NULL;
    }
    code = mera_arena_alloc(in->arena, n, sizeof *code);
    in->bad = in->bad || code == NULL;
    if (!in->bad) {
        mera_wire_get_into(in, code, n * sizeof *code);
    }
    return code;
}

static void call_put_around(mera_wire_out *out, const mera_around *around, size_t n_inputs)
{
    mera_wire_put_size(out, around != NULL);
    if (around == NULL) {
        return;
    }
    mera_wire_put_size(out, around->n);
    mera_wire_put_texts(out, around->unit_key, around->n);
    mera_wire_put_texts(out, around->unit_name, around->n);
    mera_wire_put_size(out, around->n_labels);
    for (size_t i = 0; i < around->n_labels; i++) {
        mera_wire_put_text(out, around->labels[i].name);
        call_put_codes(out, around->labels[i].code, around->n);
        mera_wire_put_texts(out, around->labels[i].level, around->labels[i].n_levels);
    }
    mera_wire_put_size(out, around->n_periods);
    mera_wire_put_size(out, around->period);
    mera_wire_put_texts(out, around->period_label, around->n_periods);
    mera_wire_put_columns(out, around->past, n_inputs * around->n_periods, around->n);
    mera_wire_put_size(out, around->seed);
}

static const mera_around *call_get_around(mera_wire_in *in, size_t n_inputs)
{
    mera_around *around = mera_arena_zero(in->arena, 1, sizeof *around);
    mera_labels *labels;
    size_t n;

    if (mera_wire_get_size(in) == 0 || around == NULL) {
        in->bad = in->bad || around == NULL;
        return NULL;
    }
    around->n = mera_wire_get_size(in);
    around->unit_key = mera_wire_get_texts(in, &n);
    around->unit_name = mera_wire_get_texts(in, &n);
    around->n_labels = mera_wire_get_size(in);
    labels = mera_arena_zero(in->arena, around->n_labels, sizeof *labels);
    in->bad = in->bad || labels == NULL;
    for (size_t i = 0; i < around->n_labels && !in->bad; i++) {
        labels[i].name = mera_wire_get_text(in);
        labels[i].code = call_get_codes(in, around->n);
        labels[i].level = mera_wire_get_texts(in, &labels[i].n_levels);
    }
    around->labels = labels;
    around->n_periods = mera_wire_get_size(in);
    around->period = mera_wire_get_size(in);
    around->period_label = mera_wire_get_texts(in, &n);
    around->past = mera_wire_get_columns(in, n_inputs * around->n_periods, around->n);
    around->seed = mera_wire_get_size(in);
    return around;
}

static size_t call_n_scores(const mera_op *op)
{
    size_t n = 0;

    while (op->scores != NULL && op->scores[n] != NULL) {
        n++;
    }
    return n;
}

static void call_put_ctx(mera_wire_out *out, const mera_worker_call *call)
{
    const mera_op_ctx *ctx = call->ctx;
    const int32_t direction = (int32_t)ctx->direction;

    mera_wire_put_at(out, ctx->at);
    mera_wire_put_text(out, ctx->subject);
    mera_wire_put(out, &direction, sizeof direction);
    mera_wire_put(out, ctx->goalpost, sizeof ctx->goalpost);
    mera_wire_put_size(out, ctx->n_inputs);
    mera_wire_put_columns(out, ctx->input, ctx->n_inputs, call->n);
    call_put_codes(out, ctx->group, call->n);
    mera_wire_put_texts(out, ctx->unit_name, call->n);
    mera_wire_put_texts(out, ctx->unit_key, call->n);
    mera_wire_put_texts(out, ctx->child_name, call->in == NULL ? 0 : call->in->k);
    mera_wire_put_size(out, ctx->seed);
    call_put_around(out, ctx->around, ctx->n_inputs);
    mera_wire_put_columns(out, ctx->score, call_n_scores(call->op), call->n);
}

static void call_get_ctx(mera_wire_in *in, const mera_worker_call *call, mera_op_ctx *ctx)
{
    int32_t direction;
    size_t n;

    ctx->arena = in->arena;
    ctx->at = mera_wire_get_at(in, NULL);
    ctx->subject = mera_wire_get_text(in);
    mera_wire_get_into(in, &direction, sizeof direction);
    ctx->direction = (mera_direction)direction;
    mera_wire_get_into(in, ctx->goalpost, sizeof ctx->goalpost);
    ctx->n_inputs = mera_wire_get_size(in);
    ctx->input = mera_wire_get_columns(in, ctx->n_inputs, call->n);
    ctx->group = call_get_codes(in, call->n);
    ctx->unit_name = mera_wire_get_texts(in, &n);
    ctx->unit_key = mera_wire_get_texts(in, &n);
    ctx->child_name = mera_wire_get_texts(in, &n);
    ctx->seed = mera_wire_get_size(in);
    ctx->around = call_get_around(in, ctx->n_inputs);
    ctx->score = mera_wire_get_columns(in, call_n_scores(call->op), call->n);
}

/* ---- calls ------------------------------------------------------------------------------- */

static void call_put_children(mera_wire_out *out, const mera_children *in)
{
    const double *const weights[] = {in->w};

    mera_wire_put_size(out, in->k);
    mera_wire_put_columns(out, in->x, in->k, in->n);
    mera_wire_put_columns(out, weights, 1, in->k);
    mera_wire_put_number(out, in->total);
}

static void call_get_children(mera_wire_in *in, size_t n, mera_children *children)
{
    const double *const *weights;

    children->n = n;
    children->k = mera_wire_get_size(in);
    children->x = mera_wire_get_columns(in, children->k, n);
    weights = mera_wire_get_columns(in, 1, children->k);
    children->w = weights == NULL ? NULL : weights[0];
    children->total = mera_wire_get_number(in);
}

static void call_put_fitted(mera_wire_out *out, const mera_fitted *fitted)
{
    mera_wire_put_size(out, fitted == NULL ? SIZE_MAX : fitted->n);
    if (fitted != NULL) {
        mera_wire_put(out, fitted->v, fitted->n * sizeof *fitted->v);
    }
}

/* NULL when there was none. */
static mera_fitted *call_get_fitted(mera_wire_in *in)
{
    const size_t n = mera_wire_get_size(in);
    mera_fitted *fitted;

    if (in->bad || n == SIZE_MAX || n > (size_t)(in->end - in->at) / sizeof(double)) {
        in->bad = in->bad || n != SIZE_MAX;
        return NULL;
    }
    fitted = mera_arena_zero(in->arena, 1, sizeof *fitted);
    in->bad = fitted == NULL;
    if (in->bad) {
        return NULL;
    }
    fitted->n = n;
    fitted->v = mera_arena_alloc(in->arena, n, sizeof *fitted->v);
    in->bad = fitted->v == NULL;
    if (!in->bad) {
        mera_wire_get_into(in, fitted->v, n * sizeof *fitted->v);
    }
    return fitted;
}

void mera_worker_put_call(mera_wire_out *out, size_t item, const mera_worker_call *call)
{
    const double *const x[] = {call->x};

    mera_wire_put_size(out, item);
    mera_wire_put_size(out, (size_t)call->kind);
    mera_wire_put_size(out, call->n);
    call_put_params(out, call->op, call->params);
    call_put_ctx(out, call);
    mera_wire_put_columns(out, x, 1, call->n);
    call_put_fitted(out, call->fitted);
    mera_wire_put_size(out, call->in != NULL);
    if (call->in != NULL) {
        call_put_children(out, call->in);
    }
}

/* Room for what the function writes. */
static void call_make_room(mera_wire_in *in, mera_worker_call *call)
{
    const size_t k = call->in == NULL ? 0 : call->in->k;

    call->y = mera_arena_zero(in->arena, call->n + k + 1, sizeof *call->y);
    call->out = mera_arena_zero(in->arena, 1, sizeof *call->out);
    call->found = mera_arena_zero(in->arena, 1, sizeof *call->found);
    in->bad = in->bad || call->y == NULL || call->out == NULL || call->found == NULL;
}

void mera_worker_get_call(mera_wire_in *in, const mera_plugin *plugin, mera_worker_call *call,
                          mera_op_ctx *ctx, mera_children *children)
{
    const size_t item = mera_wire_get_size(in);
    const double *const *x;

    call->kind = (mera_worker_kind)mera_wire_get_size(in);
    call->n = mera_wire_get_size(in);
    in->bad = in->bad || item >= plugin->manifest.n_items || call->kind >= MERA_CALL_KINDS;
    if (in->bad) {
        return;
    }
    call->op = &plugin->item[item].op;
    call->params = call_get_params(in, call->op);
    call->ctx = ctx;
    call_get_ctx(in, call, ctx);
    x = mera_wire_get_columns(in, 1, call->n);
    call->x = x == NULL ? NULL : x[0];
    call->fitted = call_get_fitted(in);
    if (mera_wire_get_size(in) != 0) {
        call_get_children(in, call->n, children);
        call->in = children;
    }
    call_make_room(in, call);
}

/* ---- results ----------------------------------------------------------------------------- */

static size_t call_n_cells(const mera_worker_call *call)
{
    switch (call->kind) {
    case MERA_CALL_WEIGH:
        return call->in->k;
    case MERA_CALL_DERIVE:
    case MERA_CALL_APPLY:
    case MERA_CALL_AGGREGATE:
        return call->n;
    default:
        return 0;
    }
}

void mera_worker_put_results(mera_wire_out *out, const mera_worker_call *call)
{
    mera_wire_put(out, call->y, call_n_cells(call) * sizeof *call->y);
    if (call->kind == MERA_CALL_FIT) {
        call_put_fitted(out, call->out);
    }
    if (call->kind == MERA_CALL_EXAMINE) {
        mera_wire_put_size(out, call->found->n);
        for (size_t i = 0; i < call->found->n; i++) {
            mera_wire_put_size(out, (size_t)call->found->v[i].severity);
            mera_wire_put_text(out, call->found->v[i].text);
            mera_wire_put_text(out, call->found->v[i].units);
        }
    }
}

/* No sandbox lets an infinite cell out; a worker that does is not what it was. */
static bool call_cells_are_sound(const double *v, size_t n)
{
    bool sound = true;

    for (size_t i = 0; i < n; i++) {
        sound = sound && !isinf(v[i]);
    }
    return sound;
}

static void call_get_findings(mera_wire_in *in, mera_op_findings *out)
{
    const size_t n = mera_wire_get_size(in);
    mera_op_finding *finding;

    in->bad = in->bad || n > CALL_FINDINGS;
    finding = in->bad ? NULL : mera_arena_zero(in->arena, n + 1, sizeof *finding);
    in->bad = in->bad || finding == NULL;
    for (size_t i = 0; i < n && !in->bad; i++) {
        const size_t severity = mera_wire_get_size(in);

        finding[i].severity = severity > MERA_ERROR ? MERA_ERROR : (mera_severity)severity;
        finding[i].text = mera_wire_get_text(in);
        finding[i].units = mera_wire_get_text(in);
        in->bad = in->bad || finding[i].text == NULL;
    }
    *out = (mera_op_findings){in->bad ? 0 : n, finding};
}

void mera_worker_get_results(mera_wire_in *in, const mera_worker_call *call)
{
    const size_t n = call_n_cells(call);

    if (n > 0) {
        mera_wire_get_into(in, call->y, n * sizeof *call->y);
        in->bad = in->bad || !call_cells_are_sound(call->y, n);
    }
    if (call->kind == MERA_CALL_FIT) {
        const mera_fitted *fitted = call_get_fitted(in);

        in->bad = in->bad || fitted == NULL || !call_cells_are_sound(fitted->v, fitted->n);
        if (!in->bad) {
            *call->out = *fitted;
        }
    }
    if (call->kind == MERA_CALL_EXAMINE) {
        call_get_findings(in, call->found);
    }
}
