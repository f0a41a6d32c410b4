/* SPDX-License-Identifier: Apache-2.0 */
/** @file `factors:` of `uncertainty:`, what is a matter of choice beside the weights. */
#include <string.h>

#include "base/math.h"
#include "base/text.h"
#include "methodology/bind.h"
#include "methodology/path.h"
#include "methodology/tree.h"
#include "methodology/yaml.h"

enum { FACTOR_KINDS = 5 };

static const char *const factor_kinds[FACTOR_KINDS] = {"set", "variants", "drop", "noise",
                                                       "imputation"};

static const char factor_example[] =
    "for example: {set: steps.normalise, choices: [minmax, zscore]}, or {variants: [as_written, "
    "equal]}, or {drop: one}, or {noise: {income: 0.5}}, or {imputation: 1}";

static void factor_refuse(const mera_binder *b, const mera_factor *f, const char *what)
{
    mera_fail(b->diags, MERA_EINPUT, "bad-factor", f->at, "the factor '%s' %s", f->id, what);
    mera_hint(b->diags, "%s", factor_example);
}

/* ---- settings ----------------------------------------------------------------------------- */

/* A value is tried at every path, so that one that leads nowhere shows at once. */
static mera_code factor_try(mera_binder *b, const mera_factor *f, const mera_value *value)
{
    for (size_t p = 0; p < f->n_paths; p++) {
        const mera_value *ignored;
        const mera_code rc =
            mera_path_set(b->tree, f->path[p], f->at, value, b->arena, b->diags, &ignored);
        if (rc == MERA_EINPUT) {
            mera_within(b->diags, rc, f->at, "in the factor '%s'", f->id);
        }
        MERA_BIND_TRY(rc);
    }
    return MERA_OK;
}

/* "1..5:1" or "minmax|zscore": the choices as texts, read as --set reads them. */
static mera_code factor_from_text(mera_binder *b, const mera_value *text, mera_factor *f)
{
    mera_axis axis = {.path = f->id, .at = text->at};
    const mera_value **value;
    MERA_BIND_TRY(mera_axis_read(text->text, b->arena, b->diags, &axis));
    MERA_TRY_NEW(value, b->arena, axis.n);
    for (size_t i = 0; i < axis.n; i++) {
        MERA_BIND_TRY(
            mera_yaml_flow(axis.choice[i], f->id, NULL, b->arena, b->diags, &value[f->n]));
        f->n += value[f->n] != NULL;
    }
    f->value = value;
    return MERA_OK;
}

static mera_code factor_choices(mera_binder *b, const mera_value *choices, mera_factor *f)
{
    const char **label;
    f->kind = MERA_FACTOR_CHOICE;
    if (choices->kind == MERA_VALUE_LIST) {
        f->n = choices->n;
        f->value = choices->items;
    } else if (mera_tree_is_scalar(choices)) {
        MERA_TRY(factor_from_text(b, choices, f));
    }
    if (f->n < 2 || f->n > MERA_AXIS_CHOICES) {
        factor_refuse(b, f, "needs from 2 to 1000 choices");
        f->n = 0;
        return MERA_OK;
    }
    MERA_TRY_NEW(label, b->arena, f->n);
    for (size_t i = 0; i < f->n; i++) {
        label[i] = mera_methodology_flow(f->value[i], b->arena);
        MERA_TRY_PTR(label[i]);
    }
    f->label = label;
    return factor_try(b, f, f->value[0]);
}

static mera_code factor_range(mera_binder *b, const mera_value *range, mera_factor *f)
{
    f->kind = MERA_FACTOR_RANGE;
    mera_bind_pair(range, f->range);
    if (!(f->range[0] < f->range[1])) {
        factor_refuse(b, f, "needs a range [low, high] of two numbers, the lower first");
        return MERA_OK;
    }
    return factor_try(b, f, range->items[0]);
}

static mera_code factor_set(mera_binder *b, const mera_value *said, mera_factor *f)
{
    const mera_value *choices = mera_value_get(said, "choices");
    const mera_value *range = mera_value_get(said, "range");
    mera_text_list paths;
    MERA_TRY(mera_bind_texts(b, mera_value_get(said, "set"), &paths));
    f->path = paths.v;
    f->n_paths = paths.n;
    if (paths.n == 0 || (choices == NULL) == (range == NULL)) {
        factor_refuse(b, f, "needs a path in 'set', and 'choices' or 'range'");
        return MERA_OK;
    }
    return choices != NULL ? factor_choices(b, choices, f) : factor_range(b, range, f);
}

/* ---- variants, indicators left out, errors ------------------------------------------------ */

static mera_code factor_variants(mera_binder *b, const mera_value *names, mera_factor *f)
{
    const mera_methodology *m = b->m;
    mera_text_list said;
    const char **id, **known;
    f->kind = MERA_FACTOR_VARIANT;
    MERA_TRY(mera_bind_texts(b, names, &said));
    MERA_TRY_NEW(id, b->arena, said.n);
    MERA_TRY_NEW(known, b->arena, m->n_variants + 1);
    for (size_t v = 0; v < m->n_variants; v++) {
        known[v] = m->variant[v].id;
    }
    known[m->n_variants] = "as_written";
    for (size_t i = 0; i < said.n; i++) {
        size_t v = 0;
        while (v <= m->n_variants && !mera_streq(known[v], said.v[i])) {
            v++;
        }
        if (v > m->n_variants) {
            mera_fail(b->diags, MERA_EINPUT, "unknown-variant", names->at,
                      "the factor '%s' names the variant '%s', which there is not", f->id,
                      said.v[i]);
            MERA_TRY(mera_bind_suggest(b, said.v[i], known, m->n_variants + 1, "variants"));
        }
        id[i] = v < m->n_variants ? known[v] : NULL;
    }
    f->label = id;
    f->n = said.n;
    if (said.n < 2) {
        factor_refuse(b, f, "needs two variants or more; `as_written` is the methodology itself");
    }
    return MERA_OK;
}

static mera_code factor_indicator(mera_binder *b, const mera_factor *f, const char *id, mera_at at,
                                  size_t *out)
{
    const mera_methodology *m = b->m;
    const char **known;
    *out = mera_map_get(b->indicators, id, strlen(id));
    if (*out != SIZE_MAX) {
        return MERA_OK;
    }
    MERA_TRY_NEW(known, b->arena, m->n_indicators);
    for (size_t i = 0; i < m->n_indicators; i++) {
        known[i] = m->indicator[i].id;
    }
    mera_fail(b->diags, MERA_EINPUT, "unknown-indicator", at,
              "the factor '%s' names the indicator '%s', which there is not", f->id, id);
    return mera_bind_suggest(b, id, known, m->n_indicators, "indicators");
}

/* Those named, or all that stand in the framework. */
static mera_code factor_of(mera_binder *b, const mera_value *of, mera_factor *f)
{
    const mera_methodology *m = b->m;
    mera_text_list said;
    size_t *index;
    MERA_TRY(mera_bind_texts(b, of, &said));
    MERA_TRY_NEW(index, b->arena, m->n_indicators + said.n);
    for (size_t i = 0; i < said.n; i++) {
        MERA_TRY(factor_indicator(b, f, said.v[i], of->at, &index[f->n_indicators]));
        f->n_indicators += index[f->n_indicators] != SIZE_MAX;
    }
    for (size_t k = 0; of == NULL && k < m->n_nodes; k++) {
        for (size_t c = 0; c < m->node[k].n_children; c++) {
            const mera_child *child = &m->node[k].child[c];
            bool known = !child->is_indicator;
            for (size_t i = 0; i < f->n_indicators && !known; i++) {
                known = index[i] == child->index;
            }
            if (!known && f->n_indicators < m->n_indicators) {
                index[f->n_indicators++] = child->index;
            }
        }
    }
    f->indicator = index;
    return MERA_OK;
}

static mera_code factor_drop(mera_binder *b, const mera_value *said, const mera_value *drop,
                             mera_factor *f)
{
    f->kind = MERA_FACTOR_DROP;
    if (drop->kind == MERA_VALUE_NUMBER) {
        f->share = drop->number;
    }
    if (!mera_tree_says(drop, "one") && !(f->share > 0 && f->share < 1)) {
        mera_fail(b->diags, MERA_EINPUT, "bad-value", drop->at,
                  "'drop' is '%s'; it is `one`, or the chance of each indicator, between 0 and 1",
                  mera_tree_is_scalar(drop) ? drop->text : "no text");
        mera_hint(b->diags, "for example: drop: 0.1");
    }
    return factor_of(b, mera_value_get(said, "of"), f);
}

static mera_code factor_imputed(mera_binder *b, const mera_value *said, const mera_value *times,
                                mera_factor *f)
{
    f->kind = MERA_FACTOR_IMPUTED;
    f->times = times->kind == MERA_VALUE_NUMBER ? times->number : 1; /* else a mistake by its key */
    return factor_of(b, mera_value_get(said, "of"), f);
}

static mera_code factor_noise(mera_binder *b, const mera_value *map, mera_factor *f)
{
    mera_noise *noise;
    f->kind = MERA_FACTOR_NOISE;
    if (map->kind != MERA_VALUE_MAP || map->n == 0) {
        factor_refuse(b, f, "names no indicator");
        return MERA_OK;
    }
    MERA_TRY_NEW(noise, b->arena, map->n);
    for (size_t i = 0; i < map->n; i++) {
        const mera_value *error = map->entries[i].value;
        mera_noise *one = &noise[f->n_noise];
        *one = (mera_noise){.at = error->at};
        MERA_TRY(factor_indicator(b, f, map->entries[i].key, map->entries[i].at, &one->indicator));
        if (error->kind == MERA_VALUE_NUMBER && !error->quoted) {
            one->error = error->number;
        } else if (mera_tree_is_scalar(error)) {
            one->column = error->text;
        }
        if (one->error < 0) {
            mera_fail(b->diags, MERA_EINPUT, "bad-value", error->at,
                      "a standard error is %g; it is never below 0", one->error);
        }
        f->n_noise += one->indicator != SIZE_MAX;
    }
    f->noise = noise;
    return MERA_OK;
}

/* ---- all ---------------------------------------------------------------------------------- */

/* Keys that say nothing to the kind of factor: refused, so that nobody believes in them. */
static void factor_idle(mera_binder *b, const mera_value *said, const char *kind)
{
    static const struct {
        const char *key, *of, * or ;
    } parts[] = {{"choices", "set", NULL}, {"range", "set", NULL}, {"of", "drop", "imputation"}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const mera_value *value = mera_value_get(said, parts[i].key);
        if (value != NULL && !mera_streq(kind, parts[i].of) && !mera_streq(kind, parts[i].or)) {
            mera_fail(b->diags, MERA_EINPUT, "idle-key", value->at,
                      "'%s' says nothing beside '%s'; it belongs to '%s'%s%s%s", parts[i].key, kind,
                      parts[i].of, parts[i].or != NULL ? " and '" : "",
                      parts[i].or != NULL ? parts[i].or : "", parts[i].or != NULL ? "'" : "");
        }
    }
}

static mera_code factor_bind(mera_binder *b, const mera_entry *entry, mera_factor *f)
{
    const mera_value *said = entry->value, *of[FACTOR_KINDS];
    size_t n = 0, which = 0;
    *f = (mera_factor){.id = entry->key, .at = entry->at};
    for (size_t i = 0; i < FACTOR_KINDS; i++) {
        of[i] = mera_value_get(said, factor_kinds[i]);
        n += of[i] != NULL;
        which = of[i] != NULL ? i : which;
    }
    if (n != 1) {
        factor_refuse(b, f, "needs one of: set, variants, drop, noise, imputation");
        return MERA_OK;
    }
    if (mera_streq(f->id, "weights")) {
        factor_refuse(b, f, "has the name of the weights, which are a factor by themselves");
    }
    factor_idle(b, said, factor_kinds[which]);
    switch (which) {
    case 0:
        return factor_set(b, said, f);
    case 1:
        return factor_variants(b, of[1], f);
    case 2:
        return factor_drop(b, said, of[2], f);
    case 3:
        return factor_noise(b, of[3], f);
    default:
        return factor_imputed(b, said, of[4], f);
    }
}

mera_code mera_bind_factors(mera_binder *b, const mera_value *map)
{
    const size_t n = map != NULL && map->kind == MERA_VALUE_MAP ? map->n : 0;
    mera_factor *factor;
    MERA_TRY_NEW(factor, b->arena, n);
    for (size_t i = 0; i < n; i++) {
        MERA_TRY(factor_bind(b, &map->entries[i], &factor[i]));
        for (size_t j = 0; factor[i].kind == MERA_FACTOR_VARIANT && j < i; j++) {
            if (factor[j].kind == MERA_FACTOR_VARIANT) {
                factor_refuse(b, &factor[i], "chooses variants, and so does one before it");
            }
        }
    }
    b->m->uncertainty.factor = factor;
    b->m->uncertainty.n_factors = n;
    return MERA_OK;
}
