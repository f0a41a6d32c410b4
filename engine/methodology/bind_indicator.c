/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * `indicators:` -- where the values come from, which way is better, how they become points.
 */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "methodology/bind.h"
#include "methodology/tree.h"

static const char *const indicator_sources[] = {"column", "formula", "from"};

/* ---- where values come from --------------------------------------------------------------- */

static void indicator_one_source(mera_binder *b, const mera_value *map, const char *id)
{
    const mera_entry *first = NULL;
    for (size_t i = 0; i < 3; i++) {
        const mera_entry *entry = mera_value_entry(map, indicator_sources[i]);
        if (entry != NULL && first != NULL) {
            mera_fail(b->diags, MERA_EINPUT, "said-twice", entry->at,
                      "indicator '%s' has both '%s' and '%s'; its values come from one of column, "
                      "formula, from",
                      id, first->key, entry->key);
        }
        first = first != NULL ? first : entry;
    }
}

static mera_code indicator_derive(mera_binder *b, const mera_value *from, mera_indicator *ind,
                                  const char *whose)
{
    ind->kind = MERA_FROM_OP;
    ind->source_at = from->at;
    if (from->kind == MERA_VALUE_MAP && mera_value_get(from, "op") == NULL) {
        mera_fail(b->diags, MERA_EINPUT, "missing-operation", from->at,
                  "'from' needs 'op': the plugin's indicator, PLUGIN.INDICATOR");
        return MERA_OK;
    }
    MERA_TRY(mera_bind_use(b, MERA_STEP_DERIVE, from, whose, &ind->derive));
    const mera_op *op = ind->derive.op;
    if (op == NULL) {
        return MERA_OK;
    }
    if (ind->unit == NULL && op->unit != NULL) {
        ind->unit = op->unit;
        ind->measure = (mera_title){NULL, op->unit};
    }
    if (ind->title.ru == NULL && ind->title.en == NULL) {
        ind->title = (mera_title){op->title_ru, op->title_en};
    }
    if (isnan(ind->range[0]) && isnan(ind->range[1])) {
        ind->range[0] = op->range[0];
        ind->range[1] = op->range[1];
    }
    return MERA_OK;
}

static mera_code indicator_source(mera_binder *b, const mera_value *map, mera_indicator *ind,
                                  const char *whose)
{
    const mera_entry *column = mera_value_entry(map, "column");
    const mera_entry *formula = mera_value_entry(map, "formula");
    const mera_entry *from = mera_value_entry(map, "from");
    indicator_one_source(b, map, ind->id);
    if (from != NULL) {
        return indicator_derive(b, from->value, ind, whose);
    }
    if (formula != NULL) {
        ind->kind = MERA_FROM_FORMULA;
        ind->formula = mera_bind_text(map, "formula");
        ind->source_at = formula->value->at;
        if (ind->unit == NULL) {
            mera_fail(b->diags, MERA_EINPUT, "missing-unit", formula->at,
                      "indicator '%s' has a formula and needs 'unit': its unit of measure",
                      ind->id);
        }
        return MERA_OK;
    }
    ind->kind = MERA_FROM_COLUMN;
    ind->column = mera_bind_text(map, "column");
    ind->column = ind->column != NULL ? ind->column : ind->id;
    ind->source_at = column != NULL ? column->value->at : ind->at;
    return MERA_OK;
}

/* ---- direction and bounds ----------------------------------------------------------------- */

static mera_code indicator_ends(mera_binder *b, const mera_value *pair, const char *what,
                                const char *id, const double ends[2], bool equal_is_fine)
{
    if (pair == NULL || isnan(ends[0]) || isnan(ends[1]) || ends[0] < ends[1] ||
        (equal_is_fine && ends[0] == ends[1])) {
        return MERA_OK;
    }
    char low[32], high[32];
    mera_number_write(ends[0], low);
    mera_number_write(ends[1], high);
    mera_fail(b->diags, MERA_EINPUT, "bad-range", pair->at,
              "%s of indicator '%s' are [%s, %s]; the first must be %s the second", what, id, low,
              high, equal_is_fine ? "at most" : "below");
    if (ends[0] > ends[1] && strcmp(what, "goalposts") == 0) {
        mera_hint(b->diags, "lower is better? say so with 'direction: lower'");
    }
    return MERA_OK;
}

static mera_code indicator_target(mera_binder *b, const mera_value *direction, mera_indicator *ind)
{
    const mera_value *target = mera_value_get(direction, "target");
    ind->direction = MERA_TARGET;
    if (target != NULL && target->kind == MERA_VALUE_NUMBER) {
        ind->target[0] = ind->target[1] = target->number;
        return MERA_OK;
    }
    mera_bind_pair(target, ind->target);
    return indicator_ends(b, target, "the ends of the target", ind->id, ind->target, true);
}

static mera_code indicator_direction(mera_binder *b, const mera_value *map, mera_indicator *ind)
{
    const mera_value *direction = mera_value_get(map, "direction");
    ind->target[0] = ind->target[1] = NAN;
    ind->direction = MERA_HIGHER;
    if (direction != NULL && direction->kind == MERA_VALUE_MAP) {
        return indicator_target(b, direction, ind);
    }
    if (mera_tree_says(direction, "lower")) {
        ind->direction = MERA_LOWER;
    }
    if (direction != NULL) {
        return MERA_OK;
    }
    const mera_op *op = ind->derive.op;
    if (op != NULL && op->direction != MERA_TARGET) {
        ind->direction = op->direction;
    } else if (ind->kind != MERA_FROM_OP || op != NULL) {
        mera_fail(b->diags, MERA_EINPUT, "missing-direction", ind->at,
                  "indicator '%s' needs 'direction': higher, lower, or {target: ...}", ind->id);
    }
    return MERA_OK;
}

/* ---- steps ------------------------------------------------------------------------------- */

static mera_code indicator_denominate(mera_binder *b, const mera_value *own, const char *whose,
                                      mera_indicator *ind)
{
    mera_use_list uses = {0};
    if (own != NULL) {
        MERA_TRY(mera_bind_uses(b, MERA_STEP_DENOMINATE, own, whose, &uses));
    }
    ind->denominate = uses;
    return MERA_OK;
}

/* `round` on an indicator rounds what its last normaliser gives. */
static mera_code indicator_round(mera_binder *b, const mera_value *round, mera_indicator *ind)
{
    if (round == NULL) {
        return MERA_OK;
    }
    const size_t n = ind->normalise.n;
    mera_use *uses;
    MERA_TRY_NEW(uses, b->arena, n + 1);
    if (n > 0) {
        memcpy(uses, ind->normalise.v, n * sizeof *uses);
    } else {
        const mera_value *none;
        MERA_TRY(mera_tree_text(b->arena, "normalise.none", round->at, round->origin, &none));
        MERA_TRY(mera_bind_use(b, MERA_STEP_NORMALISE, none, ind->id, &uses[0]));
    }
    mera_use *last = &uses[n > 0 ? n - 1 : 0];
    last->round = mera_bind_round(round, last->round);
    ind->normalise = (mera_use_list){.n = last->op != NULL ? (n > 0 ? n : 1) : 0, .v = uses};
    return MERA_OK;
}

static mera_code indicator_steps(mera_binder *b, const mera_value *map, const char *whose,
                                 mera_indicator *ind)
{
    MERA_TRY(indicator_denominate(b, mera_value_get(map, "denominate"), whose, ind));
    MERA_TRY(
        mera_bind_uses(b, MERA_STEP_IMPUTE, mera_value_get(map, "impute"), whose, &ind->impute));
    MERA_TRY(mera_bind_uses(b, MERA_STEP_TREAT, mera_value_get(map, "treat"), whose, &ind->treat));
    MERA_TRY(mera_bind_uses(b, MERA_STEP_NORMALISE, mera_value_get(map, "normalise"), whose,
                            &ind->normalise));
    MERA_TRY(indicator_round(b, mera_value_get(map, "round"), ind));
    for (size_t i = 0; i < ind->normalise.n; i++) {
        if (mera_bind_is(&ind->normalise.v[i], "normalise.goalposts") &&
            (isnan(ind->goalpost[0]) || isnan(ind->goalpost[1]))) {
            mera_fail(b->diags, MERA_EINPUT, "missing-goalposts", ind->at,
                      "indicator '%s' is normalised by goalposts and needs both ends: "
                      "goalposts: [low, high]",
                      ind->id);
            mera_within(b->diags, MERA_EINPUT, ind->normalise.v[i].at, "the step stands here");
        }
    }
    return MERA_OK;
}

/* ---- one indicator ----------------------------------------------------------------------- */

static mera_code indicator_bind(mera_binder *b, const mera_entry *entry, mera_indicator *ind)
{
    const mera_value *map = entry->value;
    *ind = (mera_indicator){.id = entry->key, .at = entry->at, .unit = ""};
    if (map->kind != MERA_VALUE_MAP) {
        ind->title.en = ind->id;
        return MERA_OK;
    }
    const char *whose = mera_arena_printf(b->arena, "indicator '%s'", ind->id);
    MERA_TRY_PTR(whose);
    if (!mera_is_indicator_id(ind->id)) {
        mera_fail(b->diags, MERA_EINPUT, "bad-id", ind->at,
                  "'%s' cannot name an indicator: allowed are A-Z, a-z, 0-9 and _, not starting "
                  "with a digit",
                  ind->id);
        mera_hint(b->diags, "name the column apart: 'column: \"%s\"'", ind->id);
    }
    ind->measure = mera_bind_title(mera_value_get(map, "unit"));
    ind->unit = mera_title_in(ind->measure, "en");
    ind->title = mera_bind_title(mera_value_get(map, "title"));
    ind->source_kind = mera_bind_text(map, "source");
    ind->reference = mera_bind_text(map, "reference");
    mera_bind_pair(mera_value_get(map, "goalposts"), ind->goalpost);
    mera_bind_pair(mera_value_get(map, "range"), ind->range);
    MERA_TRY(indicator_ends(b, mera_value_get(map, "goalposts"), "goalposts", ind->id,
                            ind->goalpost, false));
    MERA_TRY(indicator_ends(b, mera_value_get(map, "range"), "the ends of 'range'", ind->id,
                            ind->range, false));
    MERA_TRY(indicator_source(b, map, ind, whose));
    const bool given = ind->derive.op != NULL && (ind->derive.op->flags & MERA_OP_GIVEN) != 0;
    ind->actionable = mera_bind_bool(map, "actionable", !given);
    MERA_TRY(indicator_direction(b, map, ind));
    MERA_TRY(indicator_steps(b, map, whose, ind));
    if (ind->unit == NULL) {
        ind->unit = "";
        ind->measure = (mera_title){"", ""};
    }
    if (ind->title.ru == NULL && ind->title.en == NULL) {
        ind->title.en = ind->id;
    }
    return MERA_OK;
}

mera_code mera_bind_indicators(mera_binder *b)
{
    const mera_value *map = mera_value_get(b->tree, "indicators");
    const size_t n = map != NULL && map->kind == MERA_VALUE_MAP ? map->n : 0;
    mera_indicator *indicators;
    MERA_TRY_NEW(indicators, b->arena, n);
    MERA_TRY(mera_map_new(b->arena, n, &b->indicators));
    for (size_t i = 0; i < n; i++) {
        size_t found;
        bool added;
        const char *id = map->entries[i].key;
        MERA_TRY(mera_map_put(b->indicators, id, strlen(id), i, &found, &added));
        MERA_TRY(indicator_bind(b, &map->entries[i], &indicators[i]));
    }
    b->m->indicator = indicators;
    b->m->n_indicators = n;
    return MERA_OK;
}
