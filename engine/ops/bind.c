/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The binder: one table of parameters turns a YAML map into a parameter struct. Defaults first,
 * then what was given, then the operation's own check. It reports every problem it finds.
 */
#include <math.h>
#include <stddef.h>

#include "base/text.h"
#include "ops/bind.h"

static const mera_param *bind_param(const mera_op *op, const char *key)
{
    for (const mera_param *p = op->params; p != NULL && p->name != NULL; p++) {
        if (mera_streq(p->name, key)) {
            return p;
        }
    }
    return NULL;
}

static size_t bind_count(const mera_op *op)
{
    size_t n = 0;
    while (op->params != NULL && op->params[n].name != NULL) {
        n++;
    }
    return n;
}

static bool bind_is_common(const char *const *common, const char *key)
{
    for (; common != NULL && *common != NULL; common++) {
        if (mera_streq(*common, key)) {
            return true;
        }
    }
    return false;
}

/* The nearest of the operation's parameters and the caller's common keys. */
static mera_code bind_suggest(mera_binding *b, const char *const *common, const char *key)
{
    size_t n = bind_count(b->op);
    size_t n_common = 0;
    while (common != NULL && common[n_common] != NULL) {
        n_common++;
    }
    const char **names;
    MERA_TRY_NEW(names, b->arena, n + n_common);
    for (size_t i = 0; i < n; i++) {
        names[i] = b->op->params[i].name;
    }
    for (size_t i = 0; i < n_common; i++) {
        names[n++] = common[i];
    }
    const char *nearest = mera_nearest(key, names, n);
    if (nearest != NULL) {
        mera_hint(b->diags, "did you mean '%s'?", nearest);
    }
    return MERA_OK;
}

static mera_code bind_unknown(mera_binding *b, const char *const *common, const mera_entry *entry)
{
    mera_text allowed = {.arena = b->arena};
    for (const mera_param *p = b->op->params; p != NULL && p->name != NULL; p++) {
        mera_text_add(&allowed, allowed.n == 0 ? "" : ", ");
        mera_text_add(&allowed, p->name);
    }
    const char *names = mera_text_string(&allowed);
    MERA_TRY_PTR(names);
    b->refused = true;
    if (*names == '\0') {
        mera_fail(b->diags, MERA_EINPUT, "unknown-key", entry->at,
                  "'%s' is not a parameter of %s, which has none", entry->key, b->op->name);
    } else {
        mera_fail(b->diags, MERA_EINPUT, "unknown-key", entry->at,
                  "'%s' is not a parameter of %s; its parameters are %s", entry->key, b->op->name,
                  names);
    }
    return bind_suggest(b, common, entry->key);
}

/* The default of one parameter, or that it is missing. */
static mera_code bind_default(mera_binding *b, const mera_param *p, const mera_value *given,
                              mera_at at, char *params)
{
    if (!p->required) {
        return mera_bind_default(b, p, params + p->offset);
    }
    if (mera_value_get(given, p->name) == NULL) {
        b->refused = true;
        mera_fail(b->diags, MERA_EINPUT, "missing-parameter", given != NULL ? given->at : at,
                  "%s needs '%s': %s", b->op->name, p->name, p->help != NULL ? p->help : "");
    }
    return MERA_OK;
}

static mera_code bind_entry(mera_binding *b, const mera_entry *entry, const char *const *common,
                            char *params)
{
    const mera_param *p = bind_param(b->op, entry->key);
    if (p != NULL) {
        return mera_bind_value(b, p, entry->value, params + p->offset);
    }
    return bind_is_common(common, entry->key) ? MERA_OK : bind_unknown(b, common, entry);
}

static mera_code bind_all(mera_binding *b, const mera_value *given, const char *const *common,
                          mera_at at, char *params)
{
    for (const mera_param *p = b->op->params; p != NULL && p->name != NULL; p++) {
        MERA_TRY(bind_default(b, p, given, at, params));
    }
    const size_t n = given != NULL && given->kind == MERA_VALUE_MAP ? given->n : 0;
    for (size_t i = 0; i < n; i++) {
        MERA_TRY(bind_entry(b, &given->entries[i], common, params));
    }
    return MERA_OK;
}

mera_code mera_op_bind(const mera_op *op, const mera_value *given, const char *const *common,
                       mera_at at, mera_arena *arena, mera_diags *diags, void **out)
{
    mera_binding binding = {.op = op, .arena = arena, .diags = diags};
    char *params = mera_arena_zero(arena, 1, op->params_size > 0 ? op->params_size : 1);
    MERA_TRY_PTR(params);
    if (given != NULL && given->kind == MERA_VALUE_LIST) {
        return mera_fail(diags, MERA_EINPUT, "wrong-type", given->at,
                         "%s takes a map of parameters, not a list", op->name);
    }
    MERA_TRY(bind_all(&binding, given, common, at, params));
    if (binding.refused) {
        return MERA_EINPUT;
    }
    if (op->check != NULL) {
        mera_op_ctx ctx = {.diags = diags, .at = at, .arena = arena, .subject = op->name};
        ctx.direction = MERA_HIGHER;
        ctx.goalpost[0] = ctx.goalpost[1] = NAN;
        MERA_TRY(op->check(op, params, &ctx));
    }
    *out = params;
    return MERA_OK;
}
