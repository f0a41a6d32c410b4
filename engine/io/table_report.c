/* SPDX-License-Identifier: Apache-2.0 */
/** @file What is said of a file that was read as a table. */
#include "io/table.h"

static bool table_ends_in_newline(const io_table *table)
{
    const io_text *text = &table->text;
    return text->n == 0 || text->at[text->n - 1] == '\n' || text->at[text->n - 1] == '\r';
}

static const char *table_layout(const mera_source *source)
{
    static const char *const names[] = {[MERA_LAYOUT_WIDE] = "wide",
                                        [MERA_LAYOUT_LONG] = "long",
                                        [MERA_LAYOUT_SURVEY] = "survey",
                                        [MERA_LAYOUT_BLOCKS] = "blocks"};
    return names[source->layout];
}

void io_table_report(const io_table *table, mera_file_report *report)
{
    *report = (mera_file_report){
        .path = table->source->path,
        .sheet = table->sheet,
        .encoding = table->text.encoding,
        .layout = table_layout(table->source),
        .delimiter = table->delimiter,
        .decimal = table->rules.decimal,
        .bom = table->text.bom,
        .n_bytes = table->bytes.n,
        .n_lines = (table->block == NULL ? &table->csv : &table->source_csv)->next_line -
                   (size_t)(table_ends_in_newline(table) ? 1 : 0),
        .finding = table->findings.list,
        .n_findings = table->findings.n,
    };
}
