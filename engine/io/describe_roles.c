/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What the entry of `data:` says of a file, and what it comes to there: fields that are not there,
 * columns and periods in the names of fields, indicators of a long table, rows left out, footnotes.
 */
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

/* The indicators of a long table. */
static mera_code said_indicators(describe *d)
{
    const mera_source *s = d->table->source;
    const bool blocks = s->layout == MERA_LAYOUT_BLOCKS;
    const char *name = blocks ? "indicator" : s->indicator;
    const size_t field = name == NULL ? SIZE_MAX : io_table_field(d->table, name);
    if (field == SIZE_MAX || (!blocks && s->layout != MERA_LAYOUT_LONG)) {
        return MERA_OK;
    }
    return DESCRIBE_FIND(d, "indicators", "'%s': indicators %zu, the first is '%s'",
                         "'%s': показателей %zu, первый '%s'", name, d->field[field].distinct.n,
                         d->field[field].example);
}

mera_code describe_said(describe *d)
{
    const io_table *t = d->table;
    MERA_TRY(said_fields(d));
    MERA_TRY(said_header(d));
    MERA_TRY(said_indicators(d));
    if (t->n_where > 0) {
        MERA_TRY(DESCRIBE_FIND(d, "where", "rows left out by 'where': %zu, kept: %zu",
                               "строк не прошло отбор 'where': %zu, осталось: %zu", d->n_elsewhere,
                               d->n_rows));
    }
    return t->n_footnotes == 0 ? MERA_OK
                               : DESCRIBE_FIND(d, "footnotes", "marks of footnotes taken off: %zu",
                                               "снято знаков сносок: %zu", t->n_footnotes);
}
