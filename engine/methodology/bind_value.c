/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Scalars of a checked tree. What has the wrong type was reported already and counts as not given.
 */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "methodology/bind.h"
#include "methodology/tree.h"

const char *mera_bind_text(const mera_value *map, const char *key)
{
    const mera_value *value = mera_value_get(map, key);
    return mera_tree_is_scalar(value) ? value->text : NULL;
}

double mera_bind_number(const mera_value *map, const char *key, double fallback)
{
    const mera_value *value = mera_value_get(map, key);
    return value != NULL && value->kind == MERA_VALUE_NUMBER ? value->number : fallback;
}

bool mera_bind_bool(const mera_value *map, const char *key, bool fallback)
{
    const mera_value *value = mera_value_get(map, key);
    return value != NULL && value->kind == MERA_VALUE_BOOL ? value->boolean : fallback;
}

int mera_bind_choice(const mera_value *map, const char *key, const char *const *words, int fallback)
{
    const char *text = mera_bind_text(map, key);
    for (int i = 0; text != NULL && words[i] != NULL; i++) {
        if (strcmp(text, words[i]) == 0) {
            return i;
        }
    }
    return fallback;
}

void mera_bind_pair(const mera_value *value, double out[2])
{
    out[0] = out[1] = NAN;
    if (value == NULL || value->kind != MERA_VALUE_LIST || value->n != 2) {
        return;
    }
    for (size_t i = 0; i < 2; i++) {
        if (value->items[i]->kind == MERA_VALUE_NUMBER) {
            out[i] = value->items[i]->number;
        }
    }
}

mera_code mera_bind_texts(mera_binder *b, const mera_value *value, mera_text_list *out)
{
    const size_t room = value == NULL ? 0 : value->kind == MERA_VALUE_LIST ? value->n : 1;
    const char **texts;
    MERA_TRY_NEW(texts, b->arena, room);
    *out = (mera_text_list){.v = texts};
    for (size_t i = 0; i < room; i++) {
        const mera_value *item = value->kind == MERA_VALUE_LIST ? value->items[i] : value;
        if (mera_tree_is_scalar(item)) {
            texts[out->n++] = item->text;
        }
    }
    return MERA_OK;
}

static bool bind_is_russian(const char *text)
{
    const char *end = text + strlen(text);
    while (text < end) {
        const uint32_t code = mera_utf8_next(&text, end);
        if (code >= 0x400 && code <= 0x4FF) {
            return true;
        }
    }
    return false;
}

mera_title mera_bind_title(const mera_value *value)
{
    mera_title title = {NULL, NULL};
    if (mera_tree_is_scalar(value)) {
        *(bind_is_russian(value->text) ? &title.ru : &title.en) = value->text;
    } else {
        title.ru = mera_bind_text(value, "ru");
        title.en = mera_bind_text(value, "en");
    }
    return title;
}

mera_rounding mera_bind_round(const mera_value *value, mera_rounding fallback)
{
    static const char *const modes[] = {"none", "half_up", "half_even", NULL};
    if (value == NULL) {
        return fallback;
    }
    if (value->kind == MERA_VALUE_NUMBER && fabs(value->number) <= 15) {
        return (mera_rounding){MERA_ROUND_HALF_UP, (int)value->number};
    }
    if (value->kind == MERA_VALUE_MAP) {
        const double digits = mera_bind_number(value, "digits", 0);
        const int mode = mera_bind_choice(value, "mode", modes, MERA_ROUND_HALF_UP);
        return (mera_rounding){(mera_rounding_mode)mode, fabs(digits) <= 15 ? (int)digits : 0};
    }
    return (mera_rounding){MERA_ROUND_NONE, 0};
}

mera_code mera_bind_suggest(mera_binder *b, const char *name, const char *const *names, size_t n,
                            const char *what)
{
    return mera_suggest(b->diags, name, names, n, what, b->arena);
}

/* Was this problem recorded before? A default that is wrong is met once a user of it. */
static bool bind_known(const mera_diags *diags, const mera_diag *problem)
{
    for (size_t i = mera_diags_size(diags); i > 0; i--) {
        const mera_diag *other = mera_diags_get(diags, i - 1);
        if (other->at.line == problem->at.line && other->at.column == problem->at.column &&
            mera_streq(other->at.file, problem->at.file) &&
            mera_streq(other->message, problem->message)) {
            return true;
        }
    }
    return false;
}

mera_code mera_bind_relay(mera_binder *b, const mera_diags *from, mera_at at, const char *whose)
{
    for (size_t i = 0; b->diags != NULL && i < mera_diags_size(from); i++) {
        const mera_diag *problem = mera_diags_get(from, i);
        if (bind_known(b->diags, problem)) {
            continue;
        }
        if (problem->severity == MERA_ERROR) {
            mera_fail(b->diags, MERA_EINPUT, problem->id, problem->at, "%s", problem->message);
        } else {
            mera_warn(b->diags, problem->id, problem->at, "%s", problem->message);
        }
        if (problem->hint != NULL) {
            mera_hint(b->diags, "%s", problem->hint);
        }
        for (size_t k = 0; k < problem->n_frames; k++) {
            mera_within(b->diags, MERA_EINPUT, problem->frames[k].at, "%s",
                        problem->frames[k].text);
        }
        mera_within(b->diags, MERA_EINPUT, at, "%s", whose);
    }
    return MERA_OK;
}
