/* SPDX-License-Identifier: Apache-2.0 */
/** @file Renamings of indicators, which stand in rows: those that nothing was met for. */
#include "io/table.h"

#include <string.h>

static bool rename_of_field(const io_table *table, const mera_rename *rename)
{
    for (size_t i = 0; i < table->n_fields; i++) {
        if (strcmp(table->name[i], rename->to) == 0) {
            return true;
        }
    }
    return false;
}

mera_code io_table_renames(const io_table *table, const mera_map *met, const char *const *names,
                           size_t n_names)
{
    const mera_source *s = table->source;
    for (size_t i = 0; i < s->n_rename; i++) {
        const mera_rename *rename = &s->rename[i];
        if (mera_map_get(met, rename->from, strlen(rename->from)) != SIZE_MAX ||
            rename_of_field(table, rename)) {
            continue;
        }
        mera_warn(table->findings.diags, "rename", (mera_at){.file = table->findings.path},
                  "no indicator '%s' to rename to '%s'", rename->from, rename->to);
        MERA_TRY(mera_suggest(table->findings.diags, rename->from, names, n_names,
                              "indicators of this file", table->scratch));
    }
    return MERA_OK;
}
