/* SPDX-License-Identifier: Apache-2.0 */
/** @file Rows that `where` keeps. */
#include "io/table.h"

mera_code io_table_where(io_table *table)
{
    const mera_source *s = table->source;
    mera_code code = MERA_OK;
    table->n_where = 0;
    if (s->n_where > IO_WHERE) {
        return IO_FAIL(&table->findings, "where", s->at, "'where' has more than %d fields",
                       IO_WHERE);
    }
    for (size_t i = 0; i < s->n_where; i++) {
        table->where[i] = io_table_field(table, s->where[i].field);
        if (table->where[i] == SIZE_MAX) {
            code = io_table_no_field(table, s->where[i].field, "named in 'where'");
        }
    }
    table->n_where = code == MERA_OK ? s->n_where : 0;
    return code;
}

bool io_table_keeps(const io_table *table)
{
    for (size_t i = 0; i < table->n_where; i++) {
        const mera_where *where = &table->source->where[i];
        const mera_slice text = mera_slice_trim(table->csv.field[table->where[i]]);
        bool kept = false;
        for (size_t k = 0; k < where->n && !kept; k++) {
            kept = mera_slice_eq(text, where->text[k]);
        }
        if (!kept) {
            return false;
        }
    }
    return true;
}
