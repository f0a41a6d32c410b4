/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * One value of a methodology file into one field: type, range, choices. Each message names the key
 * as the user typed it, what was found and what is allowed.
 */
#include <math.h>
#include <string.h>

#include "base/map.h"
#include "base/number.h"
#include "base/text.h"
#include "ops/bind.h"

#define BIND_INT_LIMIT 9007199254740992.0 /* 2^53: every whole number below is exact */

static bool bind_limited(const mera_param *param)
{
    return param->min != 0 || param->max != 0;
}

bool mera_bind_within(const mera_param *param, double number)
{
    return !bind_limited(param) || (number >= param->min && number <= param->max);
}

/* The allowed range in words: "between 0 and 1", "at least 0", with the unit. */
static const char *bind_range_text(const mera_param *param, mera_arena *arena)
{
    mera_text text = {.arena = arena};
    char low[32], high[32];
    mera_number_write(param->min, low);
    mera_number_write(param->max, high);
    if (isinf(param->max)) {
        mera_text_addf(&text, "at least %s", low);
    } else if (isinf(param->min)) {
        mera_text_addf(&text, "at most %s", high);
    } else {
        mera_text_addf(&text, "between %s and %s", low, high);
    }
    if (param->unit != NULL) {
        mera_text_addf(&text, " %s", param->unit);
    }
    return mera_text_string(&text);
}

static mera_code bind_wrong_type(mera_binding *b, const mera_param *param, const mera_value *value,
                                 const char *wanted)
{
    const char *found = mera_value_found(value, b->arena);
    MERA_TRY_PTR(found);
    b->refused = true;
    mera_fail(b->diags, MERA_EINPUT, "wrong-type", value->at, "'%s' of %s must be %s, not %s",
              param->name, b->op->name, wanted, found);
    return MERA_OK;
}

static mera_code bind_check_range(mera_binding *b, const mera_param *param, const mera_value *value)
{
    if (!isfinite(value->number)) {
        return bind_wrong_type(b, param, value, "a finite number");
    }
    if (mera_bind_within(param, value->number)) {
        return MERA_OK;
    }
    const char *range = bind_range_text(param, b->arena);
    MERA_TRY_PTR(range);
    char found[32];
    mera_number_write(value->number, found);
    b->refused = true;
    mera_fail(b->diags, MERA_EINPUT, "out-of-range", value->at, "'%s' of %s is %s; allowed is %s",
              param->name, b->op->name, found, range);
    return MERA_OK;
}

static mera_code bind_number(mera_binding *b, const mera_param *param, const mera_value *value,
                             double *slot)
{
    if (value->kind == MERA_VALUE_NULL && param->nullable) {
        *slot = NAN;
        return MERA_OK;
    }
    if (value->kind != MERA_VALUE_NUMBER) {
        return bind_wrong_type(b, param, value, param->nullable ? "a number or null" : "a number");
    }
    *slot = value->number;
    return bind_check_range(b, param, value);
}

static mera_code bind_int(mera_binding *b, const mera_param *param, const mera_value *value,
                          int64_t *slot)
{
    if (value->kind != MERA_VALUE_NUMBER || !(fabs(value->number) <= BIND_INT_LIMIT) ||
        floor(value->number) != value->number) {
        return bind_wrong_type(b, param, value, "a whole number");
    }
    *slot = (int64_t)value->number;
    return bind_check_range(b, param, value);
}

/* "none, both or above" */
static const char *bind_choices(const mera_param *param, mera_arena *arena, size_t *n)
{
    mera_text text = {.arena = arena};
    for (*n = 0; param->choices[*n] != NULL; (*n)++) {
        const bool last = param->choices[*n + 1] == NULL;
        mera_text_add(&text, *n == 0 ? "" : last ? " or " : ", ");
        mera_text_add(&text, param->choices[*n]);
    }
    return mera_text_string(&text);
}

static mera_code bind_enum(mera_binding *b, const mera_param *param, const mera_value *value,
                           int *slot)
{
    size_t n;
    const char *choices = bind_choices(param, b->arena, &n);
    MERA_TRY_PTR(choices);
    if (value->text == NULL) {
        return bind_wrong_type(b, param, value, choices);
    }
    for (size_t i = 0; i < n; i++) {
        if (mera_streq(param->choices[i], value->text)) {
            *slot = (int)i;
            return MERA_OK;
        }
    }
    b->refused = true;
    mera_fail(b->diags, MERA_EINPUT, "unknown-choice", value->at,
              "'%s' of %s is '%s'; allowed is %s", param->name, b->op->name, value->text, choices);
    const char *nearest = mera_nearest(value->text, param->choices, n);
    if (nearest != NULL) {
        mera_hint(b->diags, "did you mean '%s'?", nearest);
    }
    return MERA_OK;
}

/* A name may look like a number: a column "2020" is as good as any. */
static mera_code bind_text(mera_binding *b, const mera_param *param, const mera_value *value,
                           const char **slot)
{
    if (value->text == NULL || value->kind == MERA_VALUE_NULL) {
        return bind_wrong_type(b, param, value,
                               param->type == MERA_PARAM_COLUMN ? "the name of a column" : "text");
    }
    *slot = mera_arena_strdup(b->arena, value->text);
    MERA_TRY_PTR(*slot);
    return MERA_OK;
}

static mera_code bind_check_items(mera_binding *b, const mera_param *param, const mera_value *value)
{
    const bool few = value->n < param->min_items;
    const bool many = param->max_items > 0 && value->n > param->max_items;
    if (!few && !many) {
        return MERA_OK;
    }
    const char *wanted = param->min_items == param->max_items
                             ? mera_arena_printf(b->arena, "%zu", param->min_items)
                             : mera_arena_printf(b->arena, few ? "at least %zu" : "at most %zu",
                                                 few ? param->min_items : param->max_items);
    MERA_TRY_PTR(wanted);
    b->refused = true;
    mera_fail(b->diags, MERA_EINPUT, "wrong-length", value->at,
              "'%s' of %s has %zu items; it takes %s", param->name, b->op->name, value->n, wanted);
    return MERA_OK;
}

static mera_code bind_f64_list(mera_binding *b, const mera_param *param, const mera_value *value,
                               mera_f64_list *slot)
{
    if (value->kind != MERA_VALUE_LIST) {
        return bind_wrong_type(b, param, value, "a list of numbers");
    }
    MERA_TRY(bind_check_items(b, param, value));
    double *v;
    MERA_TRY_NEW(v, b->arena, value->n);
    for (size_t i = 0; i < value->n; i++) {
        MERA_TRY(bind_number(b, param, value->items[i], &v[i]));
    }
    *slot = (mera_f64_list){value->n, v};
    return MERA_OK;
}

/* What YAML makes of a text with a colon, or of a row of numbers in brackets, was meant as text. */
static void bind_hint_text(const mera_binding *b, const mera_value *value)
{
    if (value->kind == MERA_VALUE_MAP && value->n == 1) {
        mera_hint(b->diags, "a text with a colon stands in quotes: '%s: ...'",
                  value->entries[0].key);
    } else if (value->kind == MERA_VALUE_LIST) {
        mera_hint(b->diags, "a row is one text, its items parted by blanks: '1 3 5'");
    }
}

static mera_code bind_text_list(mera_binding *b, const mera_param *param, const mera_value *value,
                                mera_text_list *slot)
{
    if (value->kind != MERA_VALUE_LIST) {
        return bind_wrong_type(b, param, value, "a list of texts");
    }
    MERA_TRY(bind_check_items(b, param, value));
    const char **v;
    MERA_TRY_NEW(v, b->arena, value->n);
    for (size_t i = 0; i < value->n; i++) {
        MERA_TRY(bind_text(b, param, value->items[i], &v[i]));
        bind_hint_text(b, value->items[i]);
    }
    *slot = (mera_text_list){value->n, v};
    return MERA_OK;
}

static mera_code bind_bands(mera_binding *b, const mera_param *param, const mera_value *value,
                            mera_bands *slot)
{
    if (value->kind != MERA_VALUE_MAP) {
        return bind_wrong_type(b, param, value, "a map of labels to numbers, {C: 0, B: 50}");
    }
    MERA_TRY(bind_check_items(b, param, value));
    const char **label;
    double *from;
    MERA_TRY_NEW(label, b->arena, value->n);
    MERA_TRY_NEW(from, b->arena, value->n);
    mera_map *seen;
    MERA_TRY(mera_map_new(b->arena, value->n, &seen));
    for (size_t i = 0; i < value->n; i++) {
        const mera_entry *entry = &value->entries[i];
        bool added;
        size_t first;
        MERA_TRY(mera_map_put(seen, entry->key, strlen(entry->key), i, &first, &added));
        if (!added) {
            b->refused = true;
            mera_fail(b->diags, MERA_EINPUT, "duplicate-key", entry->at,
                      "the label '%s' stands twice in '%s' of %s", entry->key, param->name,
                      b->op->name);
        }
        MERA_TRY(bind_number(b, param, entry->value, &from[i]));
        label[i] = mera_arena_strdup(b->arena, entry->key);
        MERA_TRY_PTR(label[i]);
    }
    *slot = (mera_bands){value->n, label, from};
    return MERA_OK;
}

mera_code mera_bind_value(mera_binding *binding, const mera_param *param, const mera_value *value,
                          void *slot)
{
    switch (param->type) {
    case MERA_PARAM_F64:
        return bind_number(binding, param, value, slot);
    case MERA_PARAM_INT:
        return bind_int(binding, param, value, slot);
    case MERA_PARAM_BOOL:
        if (value->kind != MERA_VALUE_BOOL) {
            return bind_wrong_type(binding, param, value, "true or false");
        }
        *(bool *)slot = value->boolean;
        return MERA_OK;
    case MERA_PARAM_ENUM:
        return bind_enum(binding, param, value, slot);
    case MERA_PARAM_TEXT:
    case MERA_PARAM_COLUMN:
        return bind_text(binding, param, value, slot);
    case MERA_PARAM_F64_LIST:
        return bind_f64_list(binding, param, value, slot);
    case MERA_PARAM_TEXT_LIST:
        return bind_text_list(binding, param, value, slot);
    case MERA_PARAM_BANDS:
        return bind_bands(binding, param, value, slot);
    }
    return MERA_OK;
}
