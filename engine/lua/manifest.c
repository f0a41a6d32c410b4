/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The check of a manifest beyond its keys: names, version, api, and what spans several keys.
 */
#include "lua/manifest.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "lua/version.h"

/* The sections, the keys of their items, and the key of the function that an item is. */
static const struct {
    const char *section, *kind;
    mera_step step;
    const mera_key *keys;
    const char *main_key;
} manifest_sections[] = {
    {"indicators", "indicator", MERA_STEP_DERIVE, mera_plugin_indicator_keys, "compute"},
    {"imputers", "imputer", MERA_STEP_IMPUTE, mera_plugin_operation_keys, "apply"},
    {"treaters", "treater", MERA_STEP_TREAT, mera_plugin_operation_keys, "apply"},
    {"normalisers", "normaliser", MERA_STEP_NORMALISE, mera_plugin_operation_keys, "apply"},
    {"weighers", "weigher", MERA_STEP_WEIGHT, mera_plugin_weigher_keys, "weigh"},
    {"aggregators", "aggregator", MERA_STEP_AGGREGATE, mera_plugin_aggregator_keys, "aggregate"},
    {"checks", "check", MERA_STEP_CHECK, mera_plugin_check_keys, "check"},
};

enum { MANIFEST_SECTIONS = sizeof manifest_sections / sizeof *manifest_sections };

static void manifest_title(const mera_value *map, const char **ru, const char **en)
{
    const mera_value *title = mera_value_get(map, "title");

    if (title != NULL && title->kind == MERA_VALUE_TEXT) {
        *en = title->text;
    } else {
        *ru = mera_manifest_text(title, "ru");
        *en = mera_manifest_text(title, "en");
    }
}

/* ---- indicators -------------------------------------------------------------------------- */

static void manifest_direction(mera_manifest_reader *reader, const mera_value *map,
                               const char *label, mera_direction *out)
{
    const char *text = mera_manifest_text(map, "direction");

    if (text == NULL) {
        return;
    }
    if (strcmp(text, "higher") == 0 || strcmp(text, "lower") == 0) {
        *out = *text == 'h' ? MERA_HIGHER : MERA_LOWER;
        return;
    }
    mera_manifest_fail(reader, mera_value_entry(map, "direction")->at,
                       "'direction' of %s is '%s'; allowed are 'higher' and 'lower'", label, text);
    if (mera_nearest(text, (const char *const[]){"higher", "lower"}, 2) != NULL) {
        mera_hint(reader->diags, "did you mean '%s'?",
                  mera_nearest(text, (const char *const[]){"higher", "lower"}, 2));
    }
}

/* What an indicator looks at: the period under way, or all. */
static void manifest_periods(mera_manifest_reader *reader, const mera_value *map, const char *label,
                             mera_manifest_item *item)
{
    const char *text = mera_manifest_text(map, "periods");

    item->periods = text != NULL && strcmp(text, "all") == 0;
    if (text != NULL && !item->periods && strcmp(text, "own") != 0) {
        mera_manifest_fail(reader, mera_value_entry(map, "periods")->at,
                           "'periods' of %s is '%s'; allowed are 'own' and 'all'", label, text);
    }
}

static bool manifest_reads(const mera_manifest_item *item, const char *column)
{
    for (size_t i = 0; i < item->reads.n; i++) {
        if (strcmp(item->reads.v[i], column) == 0) {
            return true;
        }
    }
    return false;
}

/* monotone = { hdd = "up", population = "down" } */
static mera_code manifest_monotone(mera_manifest_reader *reader, const mera_value *map,
                                   const char *label, mera_manifest_item *item)
{
    const mera_value *claims = mera_value_get(map, "monotone");

    if (claims == NULL || claims->kind != MERA_VALUE_MAP) {
        return MERA_OK;
    }
    MERA_TRY_NEW(item->monotone, reader->arena, claims->n);
    for (size_t i = 0; i < claims->n; i++) {
        const mera_entry *claim = &claims->entries[i];
        const bool is_text = claim->value->kind == MERA_VALUE_TEXT;
        const bool up = is_text && strcmp(claim->value->text, "up") == 0;

        if (!manifest_reads(item, claim->key)) {
            mera_manifest_fail(reader, claim->at,
                               "'monotone' of %s names '%s', which it does not read", label,
                               claim->key);
        } else if (!up && !(is_text && strcmp(claim->value->text, "down") == 0)) {
            mera_manifest_fail(reader, claim->at, "'monotone' of '%s' must be 'up' or 'down'",
                               claim->key);
        } else {
            item->monotone[item->n_monotone++] = (mera_manifest_monotone){claim->key, up ? 1 : -1};
        }
    }
    return MERA_OK;
}

static mera_code manifest_indicator(mera_manifest_reader *reader, const mera_value *map,
                                    const char *label, mera_manifest_item *item)
{
    const mera_value *range = mera_value_get(map, "range");
    const mera_value *actionable = mera_value_get(map, "actionable");
    const bool whole = mera_value_get(map, "compute") != NULL;

    item->per_unit = mera_value_get(map, "compute_unit") != NULL;
    item->main_key = item->per_unit ? "compute_unit" : "compute";
    if (whole == item->per_unit) {
        mera_manifest_fail(reader, map->at, "%s must have either 'compute' or 'compute_unit'%s",
                           label, whole ? ", not both" : "");
    }
    item->unit = mera_manifest_text(map, "unit");
    manifest_direction(reader, map, label, &item->direction);
    if (range != NULL && range->kind == MERA_VALUE_LIST && range->n == 2) {
        item->range[0] = range->items[0]->number;
        item->range[1] = range->items[1]->number;
    }
    item->given = actionable != NULL && actionable->kind == MERA_VALUE_BOOL && !actionable->boolean;
    manifest_periods(reader, map, label, item);
    MERA_TRY(mera_manifest_texts(reader, map, "attributes", &item->attributes));
    MERA_TRY(mera_manifest_texts(reader, map, "reads", &item->reads));
    MERA_TRY(mera_manifest_texts(reader, map, "optional", &item->optional));
    for (size_t i = 0; i < item->optional.n; i++) {
        if (!manifest_reads(item, item->optional.v[i])) {
            mera_manifest_fail(reader, mera_value_entry(map, "optional")->at,
                               "'optional' of %s names '%s', which it does not read", label,
                               item->optional.v[i]);
        }
    }
    return manifest_monotone(reader, map, label, item);
}

/* ---- operations over one column ---------------------------------------------------------- */

static mera_code manifest_operation(mera_manifest_reader *reader, const mera_value *map,
                                    const char *label, mera_manifest_item *item)
{
    item->fits = mera_value_get(map, "fit") != NULL;
    MERA_TRY(mera_manifest_texts(reader, map, "fitted", &item->fitted));
    if (item->fitted.n > 0 && !item->fits) {
        mera_manifest_fail(reader, map->at, "%s names 'fitted' numbers but has no 'fit'", label);
    }
    return MERA_OK;
}

static mera_code manifest_check_item(mera_manifest_reader *reader, const mera_value *map,
                                     const char *label, mera_manifest_item *item)
{
    MERA_TRY(mera_manifest_texts(reader, map, "reads", &item->reads));
    MERA_TRY(mera_manifest_texts(reader, map, "attributes", &item->attributes));
    MERA_TRY(mera_manifest_texts(reader, map, "scores", &item->scores));
    if (item->reads.n + item->scores.n == 0) {
        mera_manifest_fail(reader, map->at, "%s looks at nothing: give it 'reads' or 'scores'",
                           label);
    }
    return MERA_OK;
}

static mera_code manifest_by_step(mera_manifest_reader *reader, const mera_value *map,
                                  const char *label, mera_manifest_item *item)
{
    switch (item->step) {
    case MERA_STEP_DERIVE:
        return manifest_indicator(reader, map, label, item);
    case MERA_STEP_CHECK:
        return manifest_check_item(reader, map, label, item);
    case MERA_STEP_WEIGHT:
    case MERA_STEP_AGGREGATE:
        return MERA_OK;
    default:
        return manifest_operation(reader, map, label, item);
    }
}

static mera_code manifest_item(mera_manifest_reader *reader, const mera_entry *entry,
                               size_t section, mera_manifest *out)
{
    mera_manifest_item *item = &out->item[out->n_items++];
    char label[96];

    *item = (mera_manifest_item){.step = manifest_sections[section].step,
                                 .section = manifest_sections[section].section,
                                 .kind = manifest_sections[section].kind,
                                 .main_key = manifest_sections[section].main_key,
                                 .name = entry->key,
                                 .range = {NAN, NAN}};
    snprintf(label, sizeof label, "%s '%.60s'", item->kind, item->name);
    if (!mera_manifest_is_name(entry->key)) {
        mera_manifest_fail(reader, entry->at,
                           "'%s' cannot name an operation: allowed are a-z, 0-9 and _", entry->key);
    }
    if (entry->value->kind != MERA_VALUE_MAP) {
        mera_manifest_fail(reader, entry->at, "%s must be a table", label);
        return MERA_OK;
    }
    manifest_title(entry->value, &item->title_ru, &item->title_en);
    item->summary = mera_manifest_text(entry->value, "summary");
    item->formula = mera_manifest_text(entry->value, "formula");
    item->source = mera_manifest_text(entry->value, "source");
    item->conventions = mera_manifest_text(entry->value, "conventions");
    mera_manifest_level(reader, entry->value, manifest_sections[section].keys, label);
    MERA_TRY(mera_manifest_read_params(reader, mera_value_get(entry->value, "params"), &out->params,
                                       &item->params));
    return manifest_by_step(reader, entry->value, label, item);
}

static mera_code manifest_section(mera_manifest_reader *reader, const mera_value *map,
                                  size_t section, mera_manifest *out)
{
    for (size_t i = 0; map != NULL && map->kind == MERA_VALUE_MAP && i < map->n; i++) {
        MERA_TRY(manifest_item(reader, &map->entries[i], section, out));
    }
    return MERA_OK;
}

static mera_code manifest_items(mera_manifest_reader *reader, const mera_value *tree,
                                mera_manifest *out)
{
    size_t n = 0;

    for (size_t s = 0; s < MANIFEST_SECTIONS; s++) {
        const mera_value *map = mera_value_get(tree, manifest_sections[s].section);

        n += map != NULL && map->kind == MERA_VALUE_MAP ? map->n : 0;
    }
    if (n == 0) {
        mera_manifest_fail(reader, tree->at,
                           "the manifest offers nothing: give it 'indicators' or 'normalisers'");
    }
    MERA_TRY_NEW(out->item, reader->arena, n);
    for (size_t s = 0; s < MANIFEST_SECTIONS; s++) {
        MERA_TRY(
            manifest_section(reader, mera_value_get(tree, manifest_sections[s].section), s, out));
    }
    return MERA_OK;
}

/* ---- texts ------------------------------------------------------------------------------- */

/* Texts of a manifest are shown in tables and messages: nothing in them may move the cursor, turn
 * the direction of writing or begin a line of its own; long ones may have lines. */
static void manifest_check_text(mera_manifest_reader *reader, const char *text, mera_at at,
                                bool lines)
{
    const char *const end = text + strlen(text);

    if (!mera_utf8_valid(text, strlen(text))) {
        mera_manifest_fail(reader, at, "a text of the manifest is not valid UTF-8");
        return;
    }
    while (text < end) {
        const uint32_t code = mera_utf8_next(&text, end);

        if (mera_utf8_harmless(code) != code && !(code == '\n' && lines)) {
            mera_manifest_fail(reader, at, "a text of the manifest has a %s (U+%04X) in it",
                               code == '\n' ? "line break" : "control character", code);
            return;
        }
    }
}

static bool manifest_may_have_lines(const char *key)
{
    static const char *const keys[] = {"summary", "formula", "source", "conventions", "help"};

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (strcmp(keys[i], key) == 0) {
            return true;
        }
    }
    return false;
}

static void manifest_check_texts(mera_manifest_reader *reader, const mera_value *value, bool lines)
{
    if (value->kind == MERA_VALUE_TEXT) {
        manifest_check_text(reader, value->text, value->at, lines);
    }
    for (size_t i = 0; value->kind == MERA_VALUE_LIST && i < value->n; i++) {
        manifest_check_texts(reader, value->items[i], false);
    }
    for (size_t i = 0; value->kind == MERA_VALUE_MAP && i < value->n; i++) {
        const mera_entry *entry = &value->entries[i];

        manifest_check_text(reader, entry->key, entry->at, false);
        manifest_check_texts(reader, entry->value, manifest_may_have_lines(entry->key));
    }
}

/* ---- the plugin itself ------------------------------------------------------------------- */

static void manifest_identity(mera_manifest_reader *reader, const mera_value *tree,
                              mera_manifest *out)
{
    const mera_value *api = mera_value_get(tree, "api");
    int part[3], n;

    out->id = mera_manifest_text(tree, "id");
    out->version = mera_manifest_text(tree, "version");
    if (out->id != NULL && !mera_manifest_is_name(out->id)) {
        mera_manifest_fail(reader, mera_value_entry(tree, "id")->at,
                           "'id' is '%s': allowed are a-z, 0-9 and _, a letter first", out->id);
    }
    if (out->version != NULL && !mera_version_read(out->version, strlen(out->version), part, &n)) {
        mera_manifest_fail(reader, mera_value_entry(tree, "version")->at,
                           "'version' is '%s'; it must be numbers like 1.2.0", out->version);
    } else if (out->version != NULL) {
        out->version_number = part[0] * 10000 + part[1] * 100 + part[2];
    }
    if (api == NULL || api->kind != MERA_VALUE_NUMBER) {
        return;
    }
    if (api->number > MERA_PLUGIN_API) {
        mera_manifest_fail(reader, api->at, "it wants api %s; this mera offers api %d and older",
                           api->text, MERA_PLUGIN_API);
        mera_hint(reader->diags, "a newer mera is needed");
    } else if (api->number != 1) {
        mera_manifest_fail(reader, api->at, "'api' is %s; allowed is 1", api->text);
    }
}

mera_code mera_manifest_check(mera_manifest_reader *reader, const mera_value *tree,
                              mera_manifest *out)
{
    const char *id = mera_manifest_text(tree, "id");

    *out = (mera_manifest){0};
    reader->speaker = id != NULL && mera_manifest_is_name(id)
                          ? mera_arena_printf(reader->arena, "plugin '%s'", id)
                          : "plugin";
    MERA_TRY_PTR(reader->speaker);
    manifest_check_texts(reader, tree, false);
    mera_manifest_level(reader, tree, mera_plugin_keys, "the manifest");
    manifest_identity(reader, tree, out);
    manifest_title(tree, &out->title_ru, &out->title_en);
    out->summary = mera_manifest_text(tree, "summary");
    out->licence = mera_manifest_text(tree, "licence");
    out->source = mera_manifest_text(tree, "source");
    MERA_TRY(mera_manifest_texts(reader, tree, "regions", &out->regions));
    MERA_TRY(mera_manifest_read_params(reader, mera_value_get(tree, "params"), NULL, &out->params));
    MERA_TRY(manifest_items(reader, tree, out));
    return reader->code;
}
