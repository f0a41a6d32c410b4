/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Parameters in force as one line of text, from the operation's own table, with or without those
 * that are as by default: for records, traces and comparisons.
 */
#include "base/math.h"
#include "base/number.h"
#include "base/text.h"
#include "run/record.h"

#include <string.h>

static void params_number(mera_text *text, double x)
{
    char digits[32];

    if (isnan(x)) {
        mera_text_add(text, "none");
        return;
    }
    mera_number_write(x, digits);
    mera_text_add(text, digits);
}

static void params_numbers(mera_text *text, const mera_f64_list *list)
{
    mera_text_add(text, "[");
    for (size_t i = 0; i < list->n; i++) {
        mera_text_add(text, i > 0 ? ", " : "");
        params_number(text, list->v[i]);
    }
    mera_text_add(text, "]");
}

static void params_texts(mera_text *text, const mera_text_list *list)
{
    mera_text_add(text, "[");
    for (size_t i = 0; i < list->n; i++) {
        mera_text_addf(text, "%s%s", i > 0 ? ", " : "", list->v[i]);
    }
    mera_text_add(text, "]");
}

static void params_bands(mera_text *text, const mera_bands *bands)
{
    mera_text_add(text, "{");
    for (size_t i = 0; i < bands->n; i++) {
        mera_text_addf(text, "%s%s: ", i > 0 ? ", " : "", bands->label[i]);
        params_number(text, bands->from[i]);
    }
    mera_text_add(text, "}");
}

static void params_value(mera_text *text, const mera_param *param, const void *field)
{
    switch (param->type) {
    case MERA_PARAM_F64:
        params_number(text, *(const double *)field);
        break;
    case MERA_PARAM_INT:
        mera_text_addf(text, "%lld", (long long)*(const int64_t *)field);
        break;
    case MERA_PARAM_BOOL:
        mera_text_add(text, *(const bool *)field ? "true" : "false");
        break;
    case MERA_PARAM_ENUM:
        mera_text_add(text, param->choices[*(const int *)field]);
        break;
    case MERA_PARAM_TEXT:
    case MERA_PARAM_COLUMN:
        mera_text_add(text, *(const char *const *)field);
        break;
    case MERA_PARAM_F64_LIST:
        params_numbers(text, field);
        break;
    case MERA_PARAM_TEXT_LIST:
        params_texts(text, field);
        break;
    case MERA_PARAM_BANDS:
        params_bands(text, field);
        break;
    }
}

/** A text that was not given says nothing. */
static bool params_is_silent(const mera_param *param, const void *field)
{
    return (param->type == MERA_PARAM_TEXT || param->type == MERA_PARAM_COLUMN) &&
           *(const char *const *)field == NULL;
}

/** Do two texts say the same but for blanks? */
static bool params_same_text(const char *a, const char *b)
{
    for (;; a++, b++) {
        a += strspn(a, " ");
        b += strspn(b, " ");
        if (*a != *b || *a == '\0') {
            return *a == *b;
        }
    }
}

/** Is a list or map its default? Defaults are written as YAML, as params_value() writes. */
static bool params_is_default_list(const mera_param *param, const void *field, mera_arena *arena)
{
    mera_text text = {.arena = arena};
    params_value(&text, param, field);
    const char *value = mera_text_string(&text);
    const char *fallback = param->fallback_text;
    if (fallback == NULL) {
        fallback = param->type == MERA_PARAM_BANDS ? "{}" : "[]";
    }
    return value != NULL && params_same_text(value, fallback);
}

static bool params_is_default(const mera_param *param, const void *field, mera_arena *arena)
{
    double number;

    if (param->required) {
        return false;
    }
    switch (param->type) {
    case MERA_PARAM_F64:
        number = *(const double *)field;
        return number == param->fallback || (isnan(number) && isnan(param->fallback));
    case MERA_PARAM_INT:
        return *(const int64_t *)field == (int64_t)param->fallback;
    case MERA_PARAM_BOOL:
        return *(const bool *)field == (param->fallback != 0);
    case MERA_PARAM_ENUM:
        return *(const int *)field == (int)param->fallback;
    case MERA_PARAM_TEXT:
    case MERA_PARAM_COLUMN:
        return mera_streq(*(const char *const *)field, param->fallback_text);
    default:
        return params_is_default_list(param, field, arena);
    }
}

static const char *params_text(const mera_op *op, const void *params, bool all, mera_arena *arena)
{
    mera_text text = {.arena = arena};

    for (const mera_param *p = op->params; p != NULL && p->name != NULL; p++) {
        const void *field = (const char *)params + p->offset;

        if (!params_is_silent(p, field) && (all || !params_is_default(p, field, arena))) {
            mera_text_addf(&text, "%s%s ", text.n > 0 ? ", " : "", p->name);
            params_value(&text, p, field);
        }
    }
    return mera_text_string(&text);
}

const char *mera_params_text(const mera_op *op, const void *params, mera_arena *arena)
{
    return params_text(op, params, true, arena);
}

const char *mera_params_chosen(const mera_op *op, const void *params, mera_arena *arena)
{
    return params_text(op, params, false, arena);
}
