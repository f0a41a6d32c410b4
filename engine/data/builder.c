/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Names in a builder: units, periods, columns, attributes and files are numbered as met. The maps
 * live in the scratch arena, the names in that of the dataset.
 */
#include "base/grow.h"
#include "data/store.h"

#include <string.h>

mera_code mera_builder_new(mera_arena *arena, mera_builder **out)
{
    mera_builder *b = NULL;
    MERA_TRY_NEW(b, arena, 1);
    b->arena = arena;
    b->scratch = arena;
    *out = b;
    return MERA_OK;
}

void mera_builder_scratch(mera_builder *b, mera_arena *scratch)
{
    b->scratch = scratch;
}

void mera_builder_expect(mera_builder *b, size_t n_units)
{
    b->expected = n_units;
}

/* The number of a name in one of the maps, which is made when first needed. */
static mera_code builder_number(mera_builder *b, mera_map **map, const char *name, size_t n,
                                size_t *index, bool *added)
{
    if (*map == NULL) {
        MERA_TRY(mera_map_new(b->scratch, 0, map));
    }
    return mera_map_put(*map, name, n, mera_map_size(*map), index, added);
}

static size_t builder_count(const mera_map *map)
{
    return map == NULL ? 0 : mera_map_size(map);
}

void mera_builder_unit_soon(const mera_builder *b, const char *key, size_t n)
{
    data_index_announce(&b->units, data_index_mark(key, n));
}

/* Adds a unit. The list has room for all that are expected from the start. */
static mera_code builder_add_unit(mera_builder *b, const char *key, size_t n, uint32_t mark)
{
    const size_t index = b->units.n;
    const size_t need = index < b->expected ? b->expected : index + 1;
    const char **keys = mera_grown(b->scratch, b->key, &b->room_keys, need, sizeof *keys);
    MERA_TRY_PTR(keys);
    b->key = keys;
    MERA_TRY_PTR(keys[index] = mera_arena_strndup(b->arena, key, n));
    return data_index_add(&b->units, b->scratch, mark, b->expected);
}

mera_code mera_builder_unit(mera_builder *b, const char *key, size_t n, size_t *index, bool *added)
{
    const uint32_t mark = data_index_mark(key, n);
    *index = data_index_get(&b->units, b->key, key, n, mark);
    const bool is_new = *index == SIZE_MAX;
    if (added != NULL) {
        *added = is_new;
    }
    if (is_new) {
        *index = b->units.n;
        MERA_TRY(builder_add_unit(b, key, n, mark));
    }
    return MERA_OK;
}

mera_code mera_builder_period(mera_builder *b, const char *label, size_t n, size_t *index)
{
    bool added = false;
    MERA_TRY(builder_number(b, &b->periods, label, n, index, &added));
    if (added) {
        const char **list =
            mera_grown(b->scratch, b->period, &b->room_periods, *index + 1, sizeof *list);
        MERA_TRY_PTR(list);
        b->period = list;
        MERA_TRY_PTR(list[*index] = mera_arena_strndup(b->arena, label, n));
    }
    return MERA_OK;
}

mera_code mera_builder_column(mera_builder *b, const char *name, size_t *index)
{
    bool added = false;
    MERA_TRY(builder_number(b, &b->columns, name, strlen(name), index, &added));
    if (added) {
        data_column **list =
            mera_grown(b->scratch, b->column, &b->room_columns, *index + 1, sizeof *list);
        MERA_TRY_PTR(list);
        b->column = list;
        MERA_TRY_NEW(list[*index], b->scratch, 1);
        MERA_TRY_PTR(list[*index]->name = mera_arena_strdup(b->arena, name));
    }
    return MERA_OK;
}

mera_code mera_builder_attribute(mera_builder *b, const char *name, size_t *index)
{
    bool added = false;
    MERA_TRY(builder_number(b, &b->attributes, name, strlen(name), index, &added));
    if (added) {
        data_attribute **list =
            mera_grown(b->scratch, b->attribute, &b->room_attributes, *index + 1, sizeof *list);
        MERA_TRY_PTR(list);
        b->attribute = list;
        MERA_TRY_NEW(list[*index], b->scratch, 1);
        MERA_TRY_PTR(list[*index]->name = mera_arena_strdup(b->arena, name));
    }
    return MERA_OK;
}

mera_code mera_builder_file(mera_builder *b, const mera_file *file, size_t *index)
{
    data_settle(b); /* what files say of one cell stays in their order */
    mera_file *list = mera_grown(b->scratch, b->file, &b->room_files, b->n_files + 1, sizeof *list);
    MERA_TRY_PTR(list);
    b->file = list;
    mera_file *copy = &list[b->n_files];
    *copy = *file;
    MERA_TRY_PTR(copy->path = mera_arena_strdup(b->arena, file->path));
    MERA_TRY_PTR(copy->sha256 = mera_arena_strdup(b->arena, file->sha256 ? file->sha256 : ""));
    MERA_TRY_PTR(copy->encoding =
                     mera_arena_strdup(b->arena, file->encoding ? file->encoding : "utf-8"));
    *index = b->n_files++;
    return MERA_OK;
}

void mera_builder_file_rows(mera_builder *b, size_t file, size_t n_rows)
{
    b->file[file].n_rows = n_rows;
}

const char *mera_builder_file_path(const mera_builder *b, size_t file)
{
    const mera_file *f = &b->file[file];
    return f->shown == NULL ? f->path : f->shown;
}

mera_code mera_builder_name(mera_builder *b, size_t unit, const char *name, size_t n)
{
    if (n == 0) {
        return MERA_OK;
    }
    const size_t need = unit < b->expected ? b->expected : unit + 1;
    const char **names = mera_grown(b->scratch, b->name, &b->room_names, need, sizeof *names);
    MERA_TRY_PTR(names);
    b->name = names;
    if (names[unit] == NULL) {
        MERA_TRY_PTR(names[unit] = mera_arena_strndup(b->arena, name, n));
    }
    return MERA_OK;
}

size_t mera_builder_find_unit(const mera_builder *b, const char *key, size_t n)
{
    return data_index_get(&b->units, b->key, key, n, data_index_mark(key, n));
}

size_t mera_builder_n_units(const mera_builder *b)
{
    return b->units.n;
}

size_t mera_builder_n_periods(const mera_builder *b)
{
    return builder_count(b->periods);
}

const char *mera_builder_unit_key(const mera_builder *b, size_t unit)
{
    return b->key[unit];
}

const char *mera_builder_unit_name(const mera_builder *b, size_t unit)
{
    return unit < b->room_names ? b->name[unit] : NULL;
}

const char *mera_builder_period_label(const mera_builder *b, size_t period)
{
    return b->period[period];
}
