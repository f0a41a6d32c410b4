/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Looking up an operation by the name a user typed, and saying what could have been meant.
 */
#include <string.h>

#include "base/text.h"
#include "methodology/bind.h"
#include "methodology/tree.h"

bool mera_bind_is(const mera_use *use, const char *op)
{
    return use->op != NULL && strcmp(use->op->name, op) == 0;
}

/* The name within its step: "normalise.minmax" -> "minmax". */
static const char *bind_short_name(const mera_op *op)
{
    return op->name + strlen(mera_step_name(op->step)) + 1;
}

/* The short names of a step's operations; of one plugin's only when `plugin` is given. */
static mera_code bind_op_names(mera_binder *b, mera_step step, const char *plugin,
                               const char ***names, size_t *n)
{
    const size_t size = mera_registry_size(b->registry);
    MERA_TRY_NEW(*names, b->arena, size);
    *n = 0;
    for (size_t i = 0; i < size; i++) {
        const mera_op *op = mera_registry_get(b->registry, i);
        if (op->step == step && (plugin == NULL || mera_streq(op->plugin, plugin))) {
            (*names)[(*n)++] = bind_short_name(op);
        }
    }
    return MERA_OK;
}

static bool bind_asks_plugin(const mera_binder *b, const char *plugin)
{
    for (size_t i = 0; i < b->m->n_plugins; i++) {
        if (strcmp(b->m->plugin[i].name, plugin) == 0) {
            return true;
        }
    }
    return false;
}

static bool bind_is_loaded(const mera_binder *b, const char *plugin)
{
    for (size_t i = 0; i < mera_registry_size(b->registry); i++) {
        if (mera_streq(mera_registry_get(b->registry, i)->plugin, plugin)) {
            return true;
        }
    }
    return false;
}

/* "x.y": the plugin x is not asked for, or has no y. */
static mera_code bind_no_plugin_op(mera_binder *b, mera_step step, const mera_value *name,
                                   const char *plugin)
{
    const char **names;
    size_t n;
    const char *kind = step == MERA_STEP_DERIVE ? "indicator" : "operation";
    if (!bind_asks_plugin(b, plugin)) {
        mera_fail(b->diags, MERA_EINPUT, "missing-plugin", name->at,
                  "the %s '%s' is of the plugin '%s', which 'plugins' does not name", kind,
                  name->text, plugin);
        const char *near =
            b->m->n_plugins > 0 ? mera_nearest(plugin, b->plugin_names, b->m->n_plugins) : NULL;
        if (near != NULL) {
            mera_hint(b->diags, "did you mean '%s%s'?", near, name->text + strlen(plugin));
        } else {
            mera_hint(b->diags, "add it at the top of the file: plugins: [%s]", plugin);
        }
        return MERA_OK;
    }
    if (!bind_is_loaded(b, plugin)) {
        mera_fail(b->diags, MERA_EINPUT, MERA_PLUGIN_NOT_LOADED, name->at,
                  "the %s '%s' is not known: the plugin '%s' is not loaded", kind, name->text,
                  plugin);
        return MERA_OK;
    }
    MERA_TRY(bind_op_names(b, step, plugin, &names, &n));
    mera_fail(b->diags, MERA_EINPUT, "unknown-operation", name->at,
              "the plugin '%s' has no %s '%s' for the step '%s'", plugin, kind,
              name->text + strlen(plugin) + 1, mera_step_name(step));
    return mera_bind_suggest(b, name->text, names, n, "operations of the plugin for this step");
}

static mera_code bind_no_op(mera_binder *b, mera_step step, const mera_value *name)
{
    const char *dot = strchr(name->text, '.');
    char *prefix = mera_arena_strdup(b->arena, name->text);
    MERA_TRY_PTR(prefix);
    if (dot != NULL) {
        prefix[dot - name->text] = '\0';
    }
    if (dot != NULL && strcmp(prefix, mera_step_name(step)) != 0) {
        return bind_no_plugin_op(b, step, name, prefix);
    }
    const char **names;
    size_t n;
    mera_fail(b->diags, MERA_EINPUT, "unknown-operation", name->at,
              step == MERA_STEP_DERIVE ? "no plugin has an indicator '%s'"
                                       : "unknown operation '%s' for the step '%s'",
              name->text, mera_step_name(step));
    for (int other = 0; other < MERA_N_STEPS; other++) {
        if (mera_registry_find(b->registry, (mera_step)other, name->text) != NULL) {
            mera_hint(b->diags, "'%s' is an operation of the step '%s'", name->text,
                      mera_step_name((mera_step)other));
            return MERA_OK;
        }
    }
    MERA_TRY(bind_op_names(b, step, NULL, &names, &n));
    return mera_bind_suggest(b, name->text, names, n,
                             step == MERA_STEP_DERIVE ? "indicators of plugins"
                                                      : "operations of this step");
}

mera_code mera_bind_op(mera_binder *b, mera_step step, const mera_value *name, const mera_op **out)
{
    *out = NULL;
    if (!mera_tree_is_scalar(name)) {
        return MERA_OK; /* reported by the check of keys */
    }
    const mera_op *op = mera_registry_find(b->registry, step, name->text);
    if (op == NULL) {
        return bind_no_op(b, step, name);
    }
    if (op->step != step) {
        mera_fail(b->diags, MERA_EINPUT, "wrong-step", name->at,
                  "'%s' is an operation of the step '%s' and cannot stand in '%s'", op->name,
                  mera_step_name(op->step), mera_step_name(step));
        return MERA_OK;
    }
    *out = op;
    return MERA_OK;
}
