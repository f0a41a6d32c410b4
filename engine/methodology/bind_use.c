/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Uses of operations: what is inherited, the keys all operations share, the parameters. An
 * indicator's or node's map is laid over the default of its step by the same rules as one file over
 * another (merge.h); a list stands alone.
 */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "methodology/bind.h"
#include "methodology/merge.h"
#include "methodology/tree.h"

/* ---- the reference set ------------------------------------------------------------------ */

/* Has the operation a parameter of that name? Then the key is its own, not the shared one. */
static bool bind_has_param(const mera_op *op, const char *name)
{
    for (const mera_param *p = op != NULL ? op->params : NULL; p != NULL && p->name != NULL; p++) {
        if (strcmp(p->name, name) == 0) {
            return true;
        }
    }
    return false;
}

/* The file of frozen numbers: the use's own, else the methodology's for what can be fitted. `none`
 * fits anew. It is found beside the file that names it by who reads it. */
static void bind_frozen(const mera_binder *b, const mera_op *op, const mera_value *reference,
                        mera_reference *out)
{
    const mera_value *own = mera_value_get(reference, "frozen");
    const mera_value *file = own != NULL ? own : mera_value_get(b->tree, "frozen");
    const bool fits = op != NULL && (op->fit != NULL || op->weigh != NULL);
    if (file != NULL && mera_tree_is_scalar(file) && !mera_tree_says(file, "none") &&
        (own != NULL || fits)) {
        out->frozen = file->text;
        out->frozen_at = file->at;
    }
}

static mera_code bind_reference(mera_binder *b, const mera_op *op, const mera_value *use,
                                mera_reference *out)
{
    static const char *const fallbacks[] = {"error", "all", NULL};
    static const char *const periods[] = {"own", "all", NULL};
    const mera_value *reference = mera_value_get(use, "reference");
    const mera_entry *outer = bind_has_param(op, "by") ? NULL : mera_value_entry(use, "by");
    const mera_entry *inner = mera_value_entry(reference, "by");
    if (outer != NULL && inner != NULL) {
        mera_fail(b->diags, MERA_EINPUT, "said-twice", outer->at,
                  "'by' stands beside 'reference: {by: ...}'; one of them is enough");
        mera_within(b->diags, MERA_EINPUT, inner->at, "the other one is here");
    }
    const mera_value *by = outer != NULL ? outer->value : inner != NULL ? inner->value : NULL;
    const bool grouped = by != NULL && mera_tree_is_scalar(by);
    *out = (mera_reference){.by = grouped ? by->text : NULL};
    if (out->by != NULL) {
        MERA_TRY(mera_bind_grouping(b, by));
    }
    out->period =
        (mera_reference_period)mera_bind_choice(reference, "period", periods, MERA_PERIOD_NAMED);
    if (mera_bind_text(reference, "period") == NULL) {
        out->period = MERA_PERIOD_OWN;
    } else if (out->period == MERA_PERIOD_NAMED) {
        out->label = mera_bind_text(reference, "period");
    }
    const double min_units = mera_bind_number(reference, "min_units", 1);
    out->min_units = min_units >= 1 && min_units <= 1e9 ? (size_t)min_units : 1;
    out->fallback_all =
        mera_bind_choice(reference, "fallback", fallbacks, out->by != NULL ? 1 : 0) == 1;
    bind_frozen(b, op, reference, out);
    return MERA_OK;
}

/* ---- one use ---------------------------------------------------------------------------- */

/* What names the operation: the scalar itself, or the value of `op`. */
static const mera_value *bind_op_name(const mera_value *given)
{
    return given->kind == MERA_VALUE_MAP ? mera_value_get(given, "op") : given;
}

static mera_code bind_params(mera_binder *b, const mera_value *given, mera_use *use)
{
    void *params = NULL;
    const mera_op *op = use->op;
    mera_value placed = *given;
    placed.at = use->at; /* a merged map stands where its operation is named, whoever inherits it */
    const mera_code rc =
        mera_op_bind(op, &placed, mera_use_common(op->step), use->at, b->arena, b->diags, &params);
    if (rc != MERA_OK) {
        use->op = NULL; /* whoever looks at it later must not see half of it */
    }
    use->params = params;
    return rc == MERA_EINPUT ? MERA_OK : rc;
}

static mera_code bind_use_inside(mera_binder *b, mera_step step, const mera_value *given,
                                 mera_use *out)
{
    const mera_value *name = bind_op_name(given);
    if (name == NULL) {
        return MERA_OK;
    }
    out->at = name->at;
    MERA_TRY(mera_bind_op(b, step, name, &out->op));
    const bool fitted =
        step == MERA_STEP_IMPUTE || step == MERA_STEP_TREAT || step == MERA_STEP_NORMALISE;
    if (fitted) {
        const mera_value *round = mera_value_get(given, "round");
        MERA_TRY(bind_reference(b, out->op, given, &out->reference));
        out->round = mera_bind_round(round, (mera_rounding){MERA_ROUND_NONE, 0});
    }
    if (step == MERA_STEP_WEIGHT) {
        bind_frozen(b, out->op, mera_value_get(given, "reference"), &out->reference);
    }
    return out->op != NULL ? bind_params(b, given, out) : MERA_OK;
}

mera_code mera_bind_use(mera_binder *b, mera_step step, const mera_value *given, const char *whose,
                        mera_use *out)
{
    mera_diags *diags = b->diags;
    mera_diags *found = mera_diags_new(b->arena);
    const char *frame = mera_arena_printf(b->arena, "in step '%s'%s%s", mera_step_name(step),
                                          whose[0] != '\0' ? " of " : "", whose);
    MERA_TRY_PTR(found);
    MERA_TRY_PTR(frame);
    *out = (mera_use){.at = given->at};
    b->diags = found;
    const mera_code rc = bind_use_inside(b, step, given, out);
    b->diags = diags;
    MERA_TRY(rc);
    return mera_bind_relay(b, found, out->at, frame);
}

/* ---- inheritance ------------------------------------------------------------------------ */

static const char *bind_step_fallback(mera_step step)
{
    switch (step) {
    case MERA_STEP_SCREEN:
        return "coverage";
    case MERA_STEP_DENOMINATE:
        return "per_unit";
    case MERA_STEP_AGGREGATE:
        return "arithmetic";
    default:
        return NULL;
    }
}

/* Gives a map without `op` the operation its step falls back to. */
static mera_code bind_with_op(mera_binder *b, mera_step step, const mera_value *map,
                              const mera_value **out)
{
    const char *fallback = bind_step_fallback(step);
    *out = map;
    if (map->kind != MERA_VALUE_MAP || mera_value_get(map, "op") != NULL) {
        return MERA_OK;
    }
    if (step == MERA_STEP_CLASSIFY && mera_value_get(map, "bands") != NULL) {
        fallback = "bands";
    }
    if (fallback == NULL) {
        mera_fail(b->diags, MERA_EINPUT, "missing-operation", map->at,
                  "'%s' has no 'op' here, and there is none to inherit", mera_step_name(step));
        return MERA_OK;
    }
    mera_entry op = {.key = "op", .at = map->at};
    MERA_TRY(mera_tree_text(b->arena, fallback, map->at, map->origin, &op.value));
    return mera_tree_with(b->arena, map, op, out);
}

/* The single use that a default consists of, or NULL. */
static const mera_value *bind_single(const mera_value *value)
{
    if (value != NULL && value->kind == MERA_VALUE_LIST && value->n == 1) {
        value = value->items[0];
    }
    return value == NULL || value->kind == MERA_VALUE_LIST || mera_tree_says(value, "none") ? NULL
                                                                                            : value;
}

mera_code mera_bind_inherit(mera_binder *b, mera_step step, const mera_value *own,
                            const mera_value **out)
{
    const mera_value *inherited = bind_single(b->step[step].value);
    const char *key = mera_step_name(step);
    *out = NULL;
    own = own != NULL ? own : inherited;
    if (own == NULL || mera_tree_says(own, "none")) {
        return MERA_OK;
    }
    if (inherited != NULL && own != inherited) {
        MERA_TRY(mera_merge_expand(b->arena, key, own, &own));
        MERA_TRY(mera_merge(b->arena, key, inherited, own, &own));
    }
    MERA_TRY(mera_merge_expand(b->arena, key, own, &own));
    return bind_with_op(b, step, own, out);
}

mera_code mera_bind_alone(mera_binder *b, mera_step step, const mera_value *value,
                          const char *whose, mera_use_list *out)
{
    const bool list = value->kind == MERA_VALUE_LIST;
    const size_t room = list ? value->n : 1;
    mera_use *uses;
    MERA_TRY_NEW(uses, b->arena, room);
    *out = (mera_use_list){.v = uses};
    for (size_t i = 0; i < room; i++) {
        const mera_value *item = list ? value->items[i] : value;
        if (mera_tree_says(item, "none") || item->kind == MERA_VALUE_NULL) {
            continue;
        }
        MERA_TRY(bind_with_op(b, step, item, &item));
        MERA_TRY(mera_bind_use(b, step, item, whose, &uses[out->n]));
        out->n += uses[out->n].op != NULL ? 1 : 0;
    }
    return MERA_OK;
}

mera_code mera_bind_uses(mera_binder *b, mera_step step, const mera_value *own, const char *whose,
                         mera_use_list *out)
{
    *out = (mera_use_list){0};
    if (own == NULL) {
        *out = b->step[step].uses;
        return MERA_OK;
    }
    if (own->kind == MERA_VALUE_LIST) {
        return mera_bind_alone(b, step, own, whose, out);
    }
    const mera_value *use;
    MERA_TRY(mera_bind_inherit(b, step, own, &use));
    if (use == NULL) {
        return MERA_OK;
    }
    mera_use *one;
    MERA_TRY_NEW(one, b->arena, 1);
    MERA_TRY(mera_bind_use(b, step, use, whose, one));
    *out = (mera_use_list){.n = one->op != NULL ? 1 : 0, .v = one};
    return MERA_OK;
}

/* ---- the defaults ----------------------------------------------------------------------- */

static mera_code bind_default(mera_binder *b, mera_step step, const mera_value *value)
{
    mera_use_list *uses = &b->step[step].uses;
    if (value == NULL && step == MERA_STEP_AGGREGATE) {
        MERA_TRY(mera_tree_text(b->arena, bind_step_fallback(step), b->tree->at, NULL, &value));
    }
    if (value == NULL) {
        return MERA_OK;
    }
    b->step[step].value = value;
    if (value->kind == MERA_VALUE_LIST) {
        return mera_bind_alone(b, step, value, "", uses);
    }
    const mera_value *use;
    MERA_TRY(mera_bind_inherit(b, step, NULL, &use));
    if (use == NULL) {
        return MERA_OK;
    }
    mera_use *one;
    MERA_TRY_NEW(one, b->arena, 1);
    MERA_TRY(mera_bind_use(b, step, use, "", one));
    *uses = (mera_use_list){.n = one->op != NULL ? 1 : 0, .v = one};
    return MERA_OK;
}

mera_code mera_bind_steps(mera_binder *b)
{
    static const mera_step steps[] = {MERA_STEP_SCREEN, MERA_STEP_IMPUTE, MERA_STEP_TREAT,
                                      MERA_STEP_NORMALISE, MERA_STEP_AGGREGATE};
    const mera_value *map = mera_value_get(b->tree, "steps");
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        const char *key = mera_step_name(steps[i]);
        MERA_TRY(bind_default(b, steps[i], mera_value_get(map, key)));
    }
    b->weights = mera_value_get(map, "weights");
    if (b->step[MERA_STEP_SCREEN].uses.n == 1) {
        b->m->screen = b->step[MERA_STEP_SCREEN].uses.v[0];
    }
    return MERA_OK;
}
