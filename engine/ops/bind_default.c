/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Defaults of parameters. Those of lists and bands are written in descriptors as the YAML flow text
 * a user would write, so that help and schema can print them; here the text becomes a value. The
 * texts are our own or a plugin's manifest's: one level, no quotes.
 */
#include <string.h>

#include "base/text.h"
#include "ops/bind.h"

static mera_code default_scalar(mera_arena *arena, mera_slice piece, const mera_value **out)
{
    piece = mera_slice_trim(piece);
    const char *text = mera_arena_strndup(arena, piece.at, piece.n);
    MERA_TRY_PTR(text);
    mera_value *value;
    MERA_TRY(mera_value_scalar(arena, text, false, MERA_NOWHERE, &value));
    *out = value;
    return MERA_OK;
}

static mera_code default_entry(mera_arena *arena, mera_slice piece, mera_entry *out)
{
    const char *colon = memchr(piece.at, ':', piece.n);
    if (colon == NULL) {
        return MERA_EINPUT;
    }
    const mera_slice key = mera_slice_trim((mera_slice){piece.at, (size_t)(colon - piece.at)});
    const mera_slice rest = {colon + 1, piece.n - (size_t)(colon - piece.at) - 1};
    out->key = mera_arena_strndup(arena, key.at, key.n);
    MERA_TRY_PTR(out->key);
    return default_scalar(arena, rest, &out->value);
}

/* The pieces between commas of "a, b, c"; none of a blank text. */
static size_t default_pieces(mera_slice inside, mera_slice *piece)
{
    size_t n = 0, start = 0;
    if (mera_slice_trim(inside).n == 0) {
        return 0;
    }
    for (size_t i = 0; i <= inside.n; i++) {
        if (i == inside.n || inside.at[i] == ',') {
            piece[n++] = (mera_slice){inside.at + start, i - start};
            start = i + 1;
        }
    }
    return n;
}

mera_code mera_bind_flow(mera_arena *arena, const char *text, mera_value **out)
{
    const mera_slice all = mera_slice_trim((mera_slice){text, strlen(text)});
    const bool list = all.n >= 2 && all.at[0] == '[' && all.at[all.n - 1] == ']';
    const bool map = all.n >= 2 && all.at[0] == '{' && all.at[all.n - 1] == '}';
    if (!list && !map) {
        return mera_value_scalar(arena, text, false, MERA_NOWHERE, out);
    }
    mera_slice *piece;
    MERA_TRY_NEW(piece, arena, all.n);
    const size_t n = default_pieces((mera_slice){all.at + 1, all.n - 2}, piece);
    mera_value *value;
    const mera_value **items;
    mera_entry *entries;
    MERA_TRY_NEW(value, arena, 1);
    MERA_TRY_NEW(items, arena, n);
    MERA_TRY_NEW(entries, arena, n);
    for (size_t i = 0; i < n; i++) {
        MERA_TRY(list ? default_scalar(arena, piece[i], &items[i])
                      : default_entry(arena, piece[i], &entries[i]));
    }
    value->kind = list ? MERA_VALUE_LIST : MERA_VALUE_MAP;
    value->n = n;
    value->items = list ? items : NULL;
    value->entries = list ? NULL : entries;
    *out = value;
    return MERA_OK;
}

mera_code mera_bind_default(mera_binding *binding, const mera_param *param, void *slot)
{
    switch (param->type) {
    case MERA_PARAM_F64:
        *(double *)slot = param->fallback;
        return MERA_OK;
    case MERA_PARAM_INT:
        *(int64_t *)slot = (int64_t)param->fallback;
        return MERA_OK;
    case MERA_PARAM_BOOL:
        *(bool *)slot = param->fallback != 0;
        return MERA_OK;
    case MERA_PARAM_ENUM:
        *(int *)slot = (int)param->fallback;
        return MERA_OK;
    case MERA_PARAM_TEXT:
    case MERA_PARAM_COLUMN:
        *(const char **)slot = param->fallback_text;
        return MERA_OK;
    default:
        break;
    }
    if (param->fallback_text == NULL) {
        return MERA_OK; /* the empty list: the struct is zeroed */
    }
    mera_value *value;
    MERA_TRY(mera_bind_flow(binding->arena, param->fallback_text, &value));
    return mera_bind_value(binding, param, value, slot);
}
