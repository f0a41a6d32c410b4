/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What the entry of `data:` says of a file, and what it comes to there: fields that are not there,
 * columns and periods in the names of fields, indicators of a long table, rows left out, footnotes.
 */
#include "base/grow.h"
#include "io/describe.h"
#include "io/reader.h"

#include <string.h>

/* A field that the entry names. */
static mera_code said_field(describe *d, const char *name, const char *key)
{
    if (name == NULL || io_table_field(d->table, name) != SIZE_MAX) {
        return MERA_OK;
    }
    return DESCRIBE_FIND(d, "missing-field", "no field '%s' (key '%s' of the entry of 'data')",
                         "нет поля '%s' (ключ '%s' записи 'data')", name, key);
}

static mera_code said_fields(describe *d)
{
    const mera_source *s = d->table->source;
    const bool is_long = s->layout == MERA_LAYOUT_LONG;
    for (size_t i = 0; i < s->n_key; i++) {
        MERA_TRY(said_field(d, s->key[i], "key"));
    }
    MERA_TRY(said_field(d, s->name, "name"));
    MERA_TRY(said_field(d, s->header_period == NULL ? s->period : NULL, "period"));
    MERA_TRY(said_field(d, is_long ? s->indicator : NULL, "indicator"));
    MERA_TRY(said_field(d, is_long ? s->value : NULL, "value"));
    MERA_TRY(said_field(d, s->weight, "weight"));
    MERA_TRY(said_field(d, s->stratum, "stratum"));
    return said_field(d, s->cluster, "cluster");
}

/* Columns and periods that the names of fields hold. */
static mera_code said_header(describe *d)
{
    io_table *t = d->table;
    io_distinct columns = {.n = 0};
    mera_slice column, period;
    if (t->source->header_period == NULL) {
        return MERA_OK;
    }
    for (size_t i = 0; i < t->n_fields; i++) {
        if (read_split(t->source, t->name[i], &column, &period) && read_has_digit(period)) {
            MERA_TRY_PTR(io_distinct_add(&columns, column, t->scratch) ? d : NULL);
            MERA_TRY_PTR(io_distinct_add(&d->periods, period, t->scratch) ? d : NULL);
        }
    }
    return DESCRIBE_FIND(d, "header-period", "names of fields by '%s': columns %zu, periods %zu",
                         "имена полей по образцу '%s': показателей %zu, периодов %zu",
                         t->source->header_period, columns.n, d->periods.n);
}

/* The field that names the indicators of rows. */
static size_t said_indicator_field(const describe *d)
{
    const mera_source *s = d->table->source;
    const bool blocks = s->layout == MERA_LAYOUT_BLOCKS;
    const char *name = blocks ? "indicator" : s->layout == MERA_LAYOUT_LONG ? s->indicator : NULL;
    return name == NULL ? SIZE_MAX : io_table_field(d->table, name);
}

mera_code describe_indicator(describe *d)
{
    bool added = false;
    size_t at = 0;
    d->indicator = d->met == NULL ? said_indicator_field(d) : d->indicator;
    MERA_TRY(d->met == NULL ? mera_map_new(d->alike.arena, 64, &d->met) : MERA_OK);
    if (d->indicator == SIZE_MAX) {
        return MERA_OK;
    }
    const mera_slice name = mera_slice_trim(d->table->csv.field[d->indicator]);
    MERA_TRY(mera_map_put(d->met, name.at, name.n, d->n_list, &at, &added));
    if (added) {
        struct describe_indicator *grown =
            mera_grown(d->alike.arena, d->list, &d->room_list, d->n_list + 1, sizeof *grown);
        MERA_TRY_PTR(grown);
        d->list = grown;
        at = d->n_list++;
        grown[at] = (struct describe_indicator){mera_map_key(d->met, name.at, name.n),
                                                io_table_line(d->table), 0};
    }
    d->list[at].n_rows++;
    return MERA_OK;
}

/* The column that an indicator becomes, or NULL when it keeps its name. */
static const char *said_renamed(const describe *d, const char *name)
{
    const mera_source *s = d->table->source;
    for (size_t i = 0; i < s->n_rename; i++) {
        if (strcmp(s->rename[i].from, name) == 0) {
            return s->rename[i].to;
        }
    }
    return NULL;
}

/* The indicators of a long table: their names as the file writes them, to be written in `rename`.
 */
static mera_code said_indicators(describe *d)
{
    mera_arena *arena = d->table->findings.arena;
    const char **names = NULL;
    if (d->indicator == SIZE_MAX || d->n_list == 0) {
        return MERA_OK;
    }
    MERA_TRY_NEW(names, d->table->scratch, d->n_list);
    MERA_TRY(DESCRIBE_FIND(d, "indicators", "'%s': indicators %zu", "'%s': показателей %zu",
                           d->table->name[d->indicator], d->n_list));
    for (size_t i = 0; i < d->n_list; i++) {
        const struct describe_indicator *one = &d->list[i];
        const char *to = said_renamed(d, one->name);
        const mera_at at = {d->table->findings.path, one->line, 0, 0};
        names[i] = one->name;
        if (i < IO_KEPT) {
            MERA_TRY(io_find_in(
                &d->table->findings, "indicator", at,
                mera_arena_printf(arena, "'%s'%s%s: rows %zu", one->name, to == NULL ? "" : " = ",
                                  to == NULL ? "" : to, one->n_rows),
                mera_arena_printf(arena, "'%s'%s%s: строк %zu", one->name, to == NULL ? "" : " = ",
                                  to == NULL ? "" : to, one->n_rows)));
        }
    }
    return io_table_renames(d->table, d->met, names, d->n_list);
}

mera_code describe_said(describe *d)
{
    const io_table *t = d->table;
    MERA_TRY(said_fields(d));
    MERA_TRY(said_header(d));
    MERA_TRY(said_indicators(d));
    MERA_TRY(describe_survey(d));
    if (t->n_where > 0) {
        MERA_TRY(DESCRIBE_FIND(d, "where", "rows left out by 'where': %zu, kept: %zu",
                               "строк не прошло отбор 'where': %zu, осталось: %zu", d->n_elsewhere,
                               d->n_rows));
    }
    return t->n_footnotes == 0 ? MERA_OK
                               : DESCRIBE_FIND(d, "footnotes", "marks of footnotes taken off: %zu",
                                               "снято знаков сносок: %zu", t->n_footnotes);
}
