/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The tables of keys in words: what a key wants, what was found, what a name may be made of.
 */
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "methodology/keys.h"

bool mera_is_id(const char *text)
{
    const char *allowed = "abcdefghijklmnopqrstuvwxyz0123456789_-";
    return text[0] != '\0' && strspn(text, allowed) == strlen(text);
}

bool mera_is_indicator_id(const char *text)
{
    const char *allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
    return text[0] != '\0' && !(text[0] >= '0' && text[0] <= '9') &&
           strspn(text, allowed) == strlen(text);
}

/* ---- words for messages ----------------------------------------------------------------- */

static void keys_add_number(mera_text *text, double number)
{
    char digits[32];
    mera_number_write(number, digits);
    mera_text_add(text, digits);
}

static void keys_add_choices(mera_text *text, const char *const *choices)
{
    for (size_t i = 0; choices[i] != NULL; i++) {
        const char *quote = choices[i][0] >= 'a' && choices[i][0] <= 'z' ? "" : "'";
        mera_text_addf(text, "%s%s%s%s", i == 0 ? "" : ", ", quote, choices[i], quote);
    }
}

static void keys_add_range(mera_text *text, const mera_key *key, const char *what)
{
    if (key->min == key->max && key->min != 0) {
        keys_add_number(text, key->min);
        return;
    }
    mera_text_add(text, what);
    if (key->min == 0 && key->max == 0) {
        return;
    }
    mera_text_add(text, " between ");
    keys_add_number(text, key->min);
    mera_text_add(text, " and ");
    keys_add_number(text, key->max);
}

/* What a key of each kind takes, where that is the same for all keys of the kind. */
static const char *const keys_wants[] = {
    [MERA_KEY_TEXT] = "a text",
    [MERA_KEY_ID] = "a name of a-z, 0-9, _ and -",
    [MERA_KEY_TITLE] = "a text or {ru: ..., en: ...}",
    [MERA_KEY_NUMBER_OR_NONE] = "a number or none",
    [MERA_KEY_BOOL] = "true or false",
    [MERA_KEY_TEXTS] = "a text or a list of texts",
    [MERA_KEY_PAIR] = "two numbers, [low, high]",
    [MERA_KEY_TARGET] = "a number or a range [from, to]",
    [MERA_KEY_ROUND] = "none, a whole number of decimals, or {digits: ..., mode: ...}",
    [MERA_KEY_MAP] = "a map",
    [MERA_KEY_MAPS] = "a map or a list of maps",
    [MERA_KEY_LIST] = "a list of maps",
    [MERA_KEY_NAMED] = "a map from names to maps",
    [MERA_KEY_TEXTS_BY_NAME] = "a map from names to texts",
    [MERA_KEY_PLUGINS] = "a list of names or of {use: ..., version: ..., with: ...}",
    [MERA_KEY_CHILDREN] = "a map from indicators to weights, or a list of indicators",
    [MERA_KEY_MARKS] = "a list of marks, or a map from marks to what they mean",
    [MERA_KEY_PATHS] = "a map from paths to values",
    [MERA_KEY_ANY] = "a map",
    [MERA_KEY_CHOICES] = "a list of values or a range FROM..TO:STEP",
    [MERA_KEY_USE] = "the name of an operation, or a map with 'op' and its parameters",
    [MERA_KEY_USES] = "an operation (its name, or a map with 'op'), or a list of them",
    [MERA_KEY_WEIGHTS] = "as_written, the name of an operation, or a map",
};

static void keys_add_wants(mera_text *text, const mera_key *key)
{
    switch (key->kind) {
    case MERA_KEY_NUMBER:
        keys_add_range(text, key, "a number");
        break;
    case MERA_KEY_LIMIT:
        keys_add_range(text, key, "a number");
        mera_text_add(text, ", none, or {limit: ..., level: ...}");
        break;
    case MERA_KEY_WHOLE:
        keys_add_range(text, key, "a whole number");
        break;
    case MERA_KEY_CHOICE:
    case MERA_KEY_CHOICE_OR_MAP:
        mera_text_add(text, "one of ");
        keys_add_choices(text, key->choices);
        for (const mera_key *k = key->level != NULL ? key->level->keys : NULL;
             k != NULL && k->name != NULL; k++) {
            mera_text_addf(text, "%s%s: ...", k == key->level->keys ? ", or {" : ", ", k->name);
        }
        mera_text_add(text, key->level != NULL ? "}" : "");
        break;
    default:
        mera_text_add(text, keys_wants[key->kind]);
    }
}

const char *mera_key_wants(const mera_key *key, mera_arena *arena)
{
    mera_text text = {.arena = arena};
    keys_add_wants(&text, key);
    return mera_text_string(&text);
}

mera_code mera_level_hint(const mera_level *level, const char *name, mera_arena *arena,
                          mera_diags *diags)
{
    size_t n = 0;
    while (level->keys[n].name != NULL) {
        n++;
    }
    const char **names;
    MERA_TRY_NEW(names, arena, n);
    mera_text list = {.arena = arena};
    for (size_t i = 0; i < n; i++) {
        names[i] = level->keys[i].name;
        mera_text_addf(&list, "%s%s", i == 0 ? "" : ", ", names[i]);
    }
    MERA_TRY_PTR(mera_text_string(&list));
    const char *nearest = mera_nearest(name, names, n);
    if (nearest != NULL) {
        mera_hint(diags, "did you mean '%s'?", nearest);
    } else {
        mera_hint(diags, "the keys of %s are %s", level->what, mera_text_string(&list));
    }
    return MERA_OK;
}
