/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * `list` of `units:`, the units there are, `codes`, the changes of their codes, and `match` of
 * `data:`, how rows name them.
 */
#include <string.h>

#include "base/text.h"
#include "methodology/bind.h"
#include "methodology/tree.h"

static mera_code match_regions(mera_binder *b, const mera_value *value,
                               const char *region[MERA_REGION_FIELDS], size_t *n)
{
    mera_text_list fields;
    MERA_TRY(mera_bind_texts(b, value, &fields));
    for (size_t i = 0; i < fields.n && i < MERA_REGION_FIELDS; i++) {
        region[(*n)++] = fields.v[i];
    }
    return MERA_OK;
}

/* The fields of the list are called as those of the units when nothing else is said. */
static mera_code match_list_key(mera_binder *b, const mera_value *map, mera_source *source)
{
    const mera_value *units = mera_value_get(b->tree, "units");
    const mera_value *key = mera_value_get(map, "key");
    const char *name = mera_bind_text(map, "name");
    mera_text_list keys;
    source->name = name != NULL ? name : mera_bind_text(units, "name");
    MERA_TRY(mera_bind_texts(b, key != NULL ? key : mera_value_get(units, "key"), &keys));
    if (keys.n == 1) {
        source->key[0] = keys.v[0];
        source->n_key = 1;
        return MERA_OK;
    }
    mera_fail(b->diags, MERA_EINPUT, "missing-key", map->at,
              "the list of units needs one 'key': the field that holds the code");
    return MERA_OK;
}

/* A table beside the methodology, and how it is read. */
static mera_code match_file(mera_binder *b, const mera_value *map, mera_source *source)
{
    *source = (mera_source){.at = map->at};
    MERA_TRY(mera_bind_path(b, mera_value_get(map, "file"), &source->path));
    source->encoding = mera_bind_text(map, "encoding");
    source->delimiter = mera_bind_mark(map, "delimiter");
    source->skip_rows = (size_t)mera_bind_number(map, "skip_rows", 0);
    source->sheet = mera_bind_text(map, "sheet");
    source->range = mera_bind_text(map, "range");
    return MERA_OK;
}

mera_code mera_bind_codes(mera_binder *b, const mera_recode **out)
{
    static const char *const merged[] = {"refuse", "separate", NULL};
    const mera_value *map = mera_value_get(mera_value_get(b->tree, "units"), "codes");
    mera_recode *recode = NULL;
    *out = NULL;
    if (map == NULL || map->kind != MERA_VALUE_MAP) {
        return MERA_OK;
    }
    MERA_TRY_NEW(recode, b->arena, 1);
    MERA_TRY(match_file(b, map, &recode->source));
    recode->from = mera_bind_text(map, "from");
    recode->to = mera_bind_text(map, "to");
    recode->period = mera_bind_text(map, "period");
    recode->separate = mera_bind_choice(map, "merged", merged, 0) == 1;
    const bool whole = recode->source.path != NULL && recode->from != NULL && recode->to != NULL;
    *out = whole ? recode : NULL; /* what is missing was said before */
    return MERA_OK;
}

mera_code mera_bind_list(mera_binder *b, const mera_unit_list **out)
{
    const mera_value *map = mera_value_get(mera_value_get(b->tree, "units"), "list");
    mera_unit_list *list = NULL;
    *out = NULL;
    if (map == NULL || map->kind != MERA_VALUE_MAP) {
        return MERA_OK;
    }
    MERA_TRY_NEW(list, b->arena, 1);
    MERA_TRY(match_file(b, map, &list->source));
    MERA_TRY(match_list_key(b, map, &list->source));
    MERA_TRY(match_regions(b, mera_value_get(map, "region"), list->region, &list->n_region));
    *out = list->source.path == NULL ? NULL : list;
    return MERA_OK;
}

/* What does not go with names of units. */
static void match_check(mera_binder *b, const mera_value *map, const mera_value *said,
                        const mera_match *match)
{
    static const char *const others[] = {"key", "name"};
    for (size_t i = 0; i < 2; i++) {
        const mera_entry *entry = mera_value_entry(map, others[i]);
        if (entry != NULL) {
            mera_fail(b->diags, MERA_EINPUT, "bad-match", entry->at,
                      "'%s' and 'match' both say how rows name their unit", others[i]);
            mera_hint(b->diags, "move it into 'match'");
        }
    }
    if (match->key == NULL && match->name == NULL) {
        mera_fail(b->diags, MERA_EINPUT, "missing-key", said->at,
                  "'match' needs 'name', 'key' or both: the fields to match by");
    }
    if (match->n_region > 0 && match->region_is != NULL) {
        mera_fail(b->diags, MERA_EINPUT, "bad-match", said->at,
                  "'region' and 'region_is' both say the region");
    }
    if (match->list == NULL && mera_value_get(mera_value_get(b->tree, "units"), "list") == NULL) {
        mera_fail(b->diags, MERA_EINPUT, "missing-key", said->at,
                  "'match' needs the list of the units there are");
        mera_hint(b->diags, "units: {list: {file: towns.csv, key: code, name: name, region: "
                            "region}}");
    }
}

mera_code mera_bind_match(mera_binder *b, const mera_value *map, const mera_unit_list *list,
                          mera_source *source)
{
    const mera_value *said = mera_value_get(map, "match");
    mera_match *match = NULL;
    if (said == NULL || said->kind != MERA_VALUE_MAP) {
        return MERA_OK;
    }
    MERA_TRY_NEW(match, b->arena, 1);
    *match = (mera_match){.list = list,
                          .at = said->at,
                          .key = mera_bind_text(said, "key"),
                          .name = mera_bind_text(said, "name"),
                          .region_is = mera_bind_text(said, "region_is")};
    MERA_TRY(match_regions(b, mera_value_get(said, "region"), match->region, &match->n_region));
    const mera_value *approved = mera_value_get(said, "approved");
    MERA_TRY(mera_bind_path(b, approved, &match->approved));
    if (match->approved == NULL) {
        const mera_value beside = {.kind = MERA_VALUE_TEXT, .text = "matches.csv", .at = said->at};
        MERA_TRY(mera_bind_path(b, &beside, &match->approved));
    }
    match_check(b, map, said, match);
    source->match = match;
    source->n_key = 0;
    source->name = NULL;
    return MERA_OK;
}
