/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What people say of children, by name: maps of numbers and tables of judgements. All problems of
 * a map or a table are recorded before it is refused.
 */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "ops/support.h"
#include "ops/weight/support.h"

mera_code mera_weigh_find(const mera_weighing *call, const char *key, const char *name, size_t *j)
{
    const char *const *names = call->ctx->child_name;
    for (size_t c = 0; names != NULL && c < call->in->k; c++) {
        if (mera_streq(names[c], name)) {
            *j = c;
            return MERA_OK;
        }
    }
    const mera_code rc = mera_fail(call->ctx->diags, MERA_EINPUT, "unknown-child", call->ctx->at,
                                   "'%s' of %s names '%s', which is no child of %s", key,
                                   call->op->name, name, mera_op_subject(call->op, call->ctx));
    const char *nearest = names != NULL ? mera_nearest(name, names, call->in->k) : NULL;
    if (nearest != NULL) {
        mera_hint(call->ctx->diags, "did you mean '%s'?", nearest);
    }
    return rc;
}

mera_code mera_weigh_named(const mera_weighing *call, const char *key, const mera_bands *map,
                           bool all, double absent, double *out)
{
    const size_t k = call->in->k;
    mera_code rc = MERA_OK;
    for (size_t j = 0; j < k; j++) {
        out[j] = NAN;
    }
    for (size_t e = 0; e < map->n; e++) {
        size_t j = 0;
        if (mera_weigh_find(call, key, map->label[e], &j) == MERA_OK) {
            out[j] = map->from[e];
        } else {
            rc = MERA_EINPUT;
        }
    }
    for (size_t j = 0; j < k; j++) {
        if (!isnan(out[j])) {
            continue;
        }
        out[j] = absent;
        if (all) {
            char child[MERA_WEIGH_TEXT_SIZE];
            rc = mera_fail(call->ctx->diags, MERA_EINPUT, "missing-child", call->ctx->at,
                           "'%s' of %s says nothing of the child %s of %s", key, call->op->name,
                           mera_weigh_child(call, j, child), mera_op_subject(call->op, call->ctx));
        }
    }
    return rc;
}

/* ---- tables of judgements ---- */

typedef struct {
    const mera_op *op;
    mera_op_ctx *ctx;
    const char *key;
    const char *row;
} judgement_row;

static bool judgement_blank(char c)
{
    return c == ' ' || c == '\t' || c == ',';
}

static mera_code judgement_refuse(const judgement_row *r, const char *at, size_t n)
{
    return mera_fail(r->ctx->diags, MERA_EINPUT, "bad-judgement", r->ctx->at,
                     "the row '%s' in '%s' of %s holds '%.*s'; allowed are numbers and fractions "
                     "like 1/3",
                     r->row, r->key, r->op->name, (int)n, at);
}

/* "5", "0.2", "1/3" */
static mera_code judgement_number(const judgement_row *r, const char *at, size_t n, double *out)
{
    const char *slash = memchr(at, '/', n);
    double below = 1;
    const size_t above = slash != NULL ? (size_t)(slash - at) : n;
    if (!mera_number_read(at, above, out) ||
        (slash != NULL && !mera_number_read(slash + 1, n - above - 1, &below)) || below == 0) {
        return judgement_refuse(r, at, n);
    }
    *out /= below;
    return MERA_OK;
}

static mera_code judgement_numbers(const judgement_row *r, const char *at, double *out, size_t room,
                                   size_t *n)
{
    *n = 0;
    for (;;) {
        while (judgement_blank(*at)) {
            at++;
        }
        size_t length = 0;
        while (at[length] != '\0' && !judgement_blank(at[length])) {
            length++;
        }
        if (length == 0) {
            return MERA_OK;
        }
        double number;
        MERA_TRY(judgement_number(r, at, length, &number));
        if (*n < room) {
            out[*n] = number;
        }
        (*n)++;
        at += length;
    }
}

static size_t judgement_words(const char *row)
{
    size_t n = 0;
    for (size_t i = 0; row[i] != '\0'; i++) {
        n += !judgement_blank(row[i]) && (i == 0 || judgement_blank(row[i - 1]));
    }
    return n;
}

/* A label ends at the last colon: the rest are numbers. */
static mera_code judgement_label(const char *row, mera_arena *arena, const char **label,
                                 const char **rest)
{
    const char *colon = strrchr(row, ':');
    *label = NULL;
    *rest = row;
    if (colon != NULL) {
        const mera_slice name = mera_slice_trim((mera_slice){row, (size_t)(colon - row)});
        *label = mera_arena_strndup(arena, name.at, name.n);
        MERA_TRY_PTR(*label);
        *rest = colon + 1;
    }
    return MERA_OK;
}

mera_code mera_judgements_read(const mera_op *op, mera_op_ctx *ctx, const char *key,
                               const mera_text_list *rows, mera_judgements *out)
{
    mera_code rc = MERA_OK;
    *out = (mera_judgements){.rows = rows->n};
    MERA_TRY_NEW(out->label, ctx->arena, rows->n);
    for (size_t r = 0; r < rows->n; r++) {
        judgement_row row = {op, ctx, key, rows->v[r]};
        const char *rest;
        size_t n;
        MERA_TRY(judgement_label(rows->v[r], ctx->arena, &out->label[r], &rest));
        if (r == 0) {
            out->columns = judgement_words(rest);
            MERA_TRY_NEW(out->v, ctx->arena, rows->n * out->columns);
        }
        if (judgement_numbers(&row, rest, out->v + r * out->columns, out->columns, &n) != MERA_OK) {
            rc = MERA_EINPUT;
        } else if (n != out->columns) {
            rc = mera_fail(ctx->diags, MERA_EINPUT, "wrong-length", ctx->at,
                           "the row '%s' in '%s' of %s has %zu numbers, the first row has %zu",
                           rows->v[r], key, op->name, n, out->columns);
        }
    }
    return rc;
}
