/* SPDX-License-Identifier: Apache-2.0 */
/** @file The list of the units there are, and its indexes. */
#include "base/grow.h"
#include "io/match.h"
#include "io/table.h"

#include <string.h>

enum { LIST_PARTS = 4, LIST_TOWN = 8, LIST_SETTLEMENT = 11 };

/** The list's fields. */
typedef struct list_fields {
    size_t key, name, region[LIST_PARTS], n_region;
} list_fields;

static mera_code list_role(io_table *t, const char *name, const char *what, size_t *field)
{
    *field = name == NULL ? SIZE_MAX : io_table_field(t, name);
    return name == NULL || *field != SIZE_MAX ? MERA_OK : io_table_no_field(t, name, what);
}

static mera_code list_header(const mera_unit_list *list, io_table *t, list_fields *f)
{
    mera_code code = list_role(t, list->source.key[0], "key of the units", &f->key);
    const mera_code name = list_role(t, list->source.name, "name of the units", &f->name);
    code = code == MERA_OK ? name : code;
    f->n_region = list->n_region;
    for (size_t i = 0; i < list->n_region; i++) {
        const mera_code one = list_role(t, list->region[i], "region of the units", &f->region[i]);
        code = code == MERA_OK ? one : code;
    }
    return code;
}

const char *match_unit_text(const match_unit *unit, mera_arena *arena)
{
    const bool region = unit->region[0] != '\0';
    return mera_arena_printf(arena, "'%s'%s%s%s = %s", unit->name, region ? " (" : "", unit->region,
                             region ? ")" : "", unit->key);
}

static const char *list_field(const io_table *t, size_t field, mera_arena *arena)
{
    if (field == SIZE_MAX) {
        return "";
    }
    const mera_slice text = mera_slice_trim(t->csv.field[field]);
    return mera_arena_strndup(arena, text.at, text.n);
}

/* Several fields of a region as one text. */
static const char *list_region(const io_table *t, const list_fields *f, mera_arena *arena)
{
    mera_text text = {.arena = arena};
    for (size_t i = 0; i < f->n_region; i++) {
        const mera_slice part = mera_slice_trim(t->csv.field[f->region[i]]);
        mera_text_add(&text, part.n > 0 && text.n > 0 ? " " : "");
        mera_text_add_n(&text, part.at, part.n);
    }
    return mera_text_string(&text);
}

const char *match_digits(const char *key, mera_arena *arena)
{
    mera_text text = {.arena = arena};
    for (; *key != '\0'; key++) {
        mera_text_add_n(&text, key, *key >= '0' && *key <= '9' ? 1 : 0);
    }
    return mera_text_string(&text);
}

static mera_code list_index(match_list *list, size_t index, mera_arena *arena)
{
    match_unit *unit = &list->unit[index];
    size_t found = index;
    bool added = false;
    const char *digits = match_digits(unit->key, arena);
    MERA_TRY_PTR(digits);
    MERA_TRY(mera_map_put(list->digits, digits, strlen(digits), index, NULL, NULL));
    if (strlen(digits) == LIST_SETTLEMENT) {
        MERA_TRY(mera_map_put(list->towns, digits, LIST_TOWN, index, NULL, &added));
        if (!added) { /* the town has several settlements: its code says none of them */
            const char *several = mera_arena_printf(arena, "%.8s+", digits);
            MERA_TRY_PTR(several);
            MERA_TRY(mera_map_put(list->towns, several, LIST_TOWN + 1, index, NULL, NULL));
        }
    }
    MERA_TRY(mera_map_put(list->regions, unit->folded_region, strlen(unit->folded_region), index,
                          NULL, NULL));
    MERA_TRY(mera_map_put(list->names, unit->folded, strlen(unit->folded), index, &found, &added));
    if (!added) {
        unit->next = list->unit[found].next;
        list->unit[found].next = index;
    }
    return MERA_OK;
}

/* A unit that stands twice: the same again does no harm. */
static mera_code list_twice(match_list *list, io_table *t, const match_unit *unit, size_t first)
{
    const match_unit *other = &list->unit[first];
    if (mera_streq(unit->name, other->name) && mera_streq(unit->region, other->region)) {
        return MERA_OK;
    }
    IO_FAIL(&t->findings, "duplicate", io_table_row(t),
            "the key '%s' is that of '%s' on line %u and of '%s' here", unit->key, other->name,
            other->line, unit->name);
    mera_hint(t->findings.diags, "correct the list, or take another of its fields as 'key'");
    return MERA_OK;
}

static mera_code list_row(match_list *list, io_table *t, const list_fields *f, mera_arena *arena)
{
    match_unit unit = {.line = t->csv.line, .next = SIZE_MAX};
    size_t first = 0;
    bool added = false;
    MERA_TRY_PTR(unit.key = list_field(t, f->key, arena));
    MERA_TRY_PTR(unit.name = list_field(t, f->name, arena));
    MERA_TRY_PTR(unit.region = list_region(t, f, arena));
    if (unit.key[0] == '\0') {
        IO_FAIL(&t->findings, "no-key", io_table_at(t, f->key), "a unit without a key");
        return MERA_OK;
    }
    const mera_slice name = {unit.name, strlen(unit.name)};
    const mera_slice region = {unit.region, strlen(unit.region)};
    MERA_TRY_PTR(unit.folded = io_fold(name, IO_FOLD_ALL, IO_FOLD_PLACE, arena));
    MERA_TRY_PTR(unit.folded_region = io_fold(region, IO_FOLD_ALL, IO_FOLD_REGION, arena));
    MERA_TRY(mera_map_put(list->keys, unit.key, strlen(unit.key), list->n, &first, &added));
    if (!added) {
        return list_twice(list, t, &unit, first);
    }
    match_unit *grown = mera_grown(arena, list->unit, &list->room, list->n + 1, sizeof *grown);
    MERA_TRY_PTR(grown);
    list->unit = grown;
    grown[list->n++] = unit;
    return list_index(list, list->n - 1, arena);
}

/* Units that no name can find. */
static void list_nameless(const match_list *list, const io_table *t)
{
    size_t n = 0, first = SIZE_MAX;
    for (size_t i = 0; i < list->n; i++) {
        n += list->unit[i].name[0] == '\0';
        first = first == SIZE_MAX && list->unit[i].name[0] == '\0' ? i : first;
    }
    if (n > 0) {
        mera_warn(t->findings.diags, "no-name",
                  (mera_at){t->findings.path, list->unit[first].line, 0, 0},
                  "%zu units of the list have no name in '%s': only their codes find them, '%s' "
                  "is the first",
                  n, t->source->name, list->unit[first].key);
    }
}

static mera_code list_rows(match_list *list, const mera_unit_list *from, io_table *t,
                           mera_arena *arena)
{
    list_fields f;
    MERA_TRY(list_header(from, t, &f));
    for (bool more = true; more;) {
        MERA_TRY(io_table_next(t, &more));
        if (!more || io_table_blank(t)) {
            continue;
        }
        if (t->csv.n_fields != t->n_fields || t->csv.trouble != NULL) {
            IO_FAIL(&t->findings, "ragged-row", io_table_row(t),
                    "%zu fields where the header has %zu", t->csv.n_fields, t->n_fields);
            continue;
        }
        MERA_TRY(list_row(list, t, &f, arena));
    }
    if (from->source.name != NULL) {
        list_nameless(list, t);
    }
    if (list->n == 0 && t->findings.n_errors == 0) {
        return IO_FAIL(&t->findings, "no-rows", (mera_at){.file = t->findings.path},
                       "the list of units has no rows");
    }
    return t->findings.n_errors == 0 ? MERA_OK : MERA_EINPUT;
}

mera_code match_list_read(const mera_unit_list *from, mera_arena *arena, mera_diags *diags,
                          match_list **out)
{
    match_list *list = NULL;
    io_table table;
    MERA_TRY_NEW(list, arena, 1);
    list->path = from->source.path;
    MERA_TRY(mera_map_new(arena, 64, &list->keys));
    MERA_TRY(mera_map_new(arena, 64, &list->digits));
    MERA_TRY(mera_map_new(arena, 64, &list->towns));
    MERA_TRY(mera_map_new(arena, 64, &list->names));
    MERA_TRY(mera_map_new(arena, 16, &list->regions));
    MERA_TRY(io_table_open(&from->source, arena, diags, &table));
    const mera_code code = list_rows(list, from, &table, arena);
    memcpy(list->sha256, table.sha256, sizeof list->sha256);
    io_table_close(&table);
    *out = list;
    return code;
}
