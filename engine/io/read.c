/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Reading data files into one dataset: each file in turn, then what is only known at the end. A
 * file that is refused does not stop the others, so that all problems are said at once.
 */
#include "mera/read.h"

#include "base/grow.h"
#include "io/read_match.h"

#include <string.h>

/* A map from names to their index; NULL when there are none. */
static mera_code read_names(const char *const *list, size_t n, mera_arena *arena, mera_map **out)
{
    *out = NULL;
    if (list == NULL) {
        return MERA_OK;
    }
    MERA_TRY(mera_map_new(arena, n, out));
    for (size_t i = 0; i < n; i++) {
        MERA_TRY(mera_map_put(*out, list[i], strlen(list[i]), i, NULL, NULL));
    }
    return MERA_OK;
}

mera_code read_start(read_all *all)
{
    const mera_read_request *r = all->request;
    const size_t n_columns = r->column == NULL ? 0 : r->n_columns;
    mera_arena *scratch = all->scratch;
    MERA_TRY(read_names(r->column, r->n_columns, scratch, &all->columns));
    MERA_TRY(read_names(r->n_attributes == 0 ? NULL : r->attribute, r->n_attributes, scratch,
                        &all->attributes));
    MERA_TRY(read_names(r->period, r->n_periods, scratch, &all->periods));
    MERA_TRY(
        read_names(r->n_exclude == 0 ? NULL : r->exclude, r->n_exclude, scratch, &all->excluded));
    MERA_TRY(mera_map_new(scratch, 16, &all->labels));
    MERA_TRY(mera_map_new(scratch, 64, &all->names));
    MERA_TRY(io_alike_new(scratch, &all->alike));
    MERA_TRY_NEW(all->column_seen, scratch, n_columns);
    MERA_TRY_NEW(all->attribute_seen, scratch, r->n_attributes);
    MERA_TRY_NEW(all->excluded_seen, scratch, r->n_exclude);
    MERA_TRY_NEW(all->codes, scratch, r->n_sources);
    MERA_TRY_NEW(all->timeless, scratch, r->n_sources);
    MERA_TRY_NEW(all->report, all->arena, r->n_sources);
    MERA_TRY_NEW(all->field_report, scratch, r->n_sources);
    MERA_TRY(mera_builder_new(all->arena, &all->b));
    mera_builder_scratch(all->b, scratch);
    size_t index = 0;
    for (size_t i = 0; i < n_columns; i++) {
        MERA_TRY(mera_builder_column(all->b, r->column[i], &index));
    }
    for (size_t i = 0; i < r->n_attributes; i++) {
        MERA_TRY(mera_builder_attribute(all->b, r->attribute[i], &index));
    }
    return MERA_OK;
}

static void read_tallies(read_file *f)
{
    const mera_source *s = f->source;
    const bool rows = s->bad_rows != MERA_SKIP;
    const bool twice = s->duplicates != MERA_FIRST && s->duplicates != MERA_LAST;
    f->quote = (io_tally){.kind = "bad-quote", .refuse = rows};
    f->ragged = (io_tally){.kind = "ragged-row", .refuse = rows};
    f->no_key = (io_tally){.kind = "no-key", .refuse = rows};
    f->no_period = (io_tally){.kind = "no-period", .refuse = rows};
    f->unmatched = (io_tally){.kind = "unmatched-unit", .refuse = s->unmatched != MERA_SKIP};
    f->duplicate = (io_tally){.kind = "duplicate", .refuse = twice};
    f->conflict = (io_tally){.kind = "duplicate", .refuse = twice};
    f->namesake = (io_tally){.kind = "namesake"};
    f->alike = (io_tally){.kind = "alike-units"};
}

/* Names of fields, to suggest one when a wanted column is in no file. */
static mera_code read_fields(read_all *all, const io_table *t)
{
    const char **list = mera_grown(all->scratch, all->fields, &all->room_fields,
                                   all->n_fields + t->n_fields, sizeof *list);
    MERA_TRY_PTR(list);
    all->fields = list;
    memcpy(list + all->n_fields, t->name, t->n_fields * sizeof *list);
    all->n_fields += t->n_fields;
    return MERA_OK;
}

/* All of a file that is open. */
static mera_code read_table(read_file *f)
{
    read_all *all = f->all;
    io_table *t = f->table;
    read_tallies(f);
    MERA_TRY(read_fields(all, t));
    MERA_TRY(mera_map_new(t->scratch, 16, &f->unmatched_keys));
    MERA_TRY_NEW(f->number_of, t->scratch, t->n_fields);
    const mera_file file = {.path = f->source->path,
                            .sha256 = t->sha256,
                            .encoding = t->text.encoding,
                            .sheet = t->sheet,
                            .shown = t->sheet == NULL && t->rows == NULL ? NULL : t->findings.path,
                            .before = t->sheet == NULL ? 0 : t->first_column - 1};
    MERA_TRY(mera_builder_file(all->b, &file, &f->number));
    f->must_match = f->index > 0 && all->collecting == NULL && f->source->unmatched != MERA_ADD;
    MERA_TRY(read_codes_start(f));
    MERA_TRY(read_header(f));
    all->timeless[f->index] =
        f->period == SIZE_MAX && f->whole_period == SIZE_MAX && f->source->header_period == NULL;
    if (f->skip_all) {
        mera_note(all->diags, "period", (mera_at){.file = f->source->path},
                  "the period of this file, '%s', is not asked for: its rows are left out",
                  f->source->period_is);
    }
    static mera_code (*const layouts[])(read_file *) = {[MERA_LAYOUT_WIDE] = read_wide,
                                                        [MERA_LAYOUT_LONG] = read_long,
                                                        [MERA_LAYOUT_SURVEY] = read_survey,
                                                        [MERA_LAYOUT_BLOCKS] = read_long};
    MERA_TRY((all->collecting != NULL ? all->collecting : layouts[f->source->layout])(f));
    MERA_TRY(read_rows_end(f));
    if (f->n_rows == 0 && t->findings.n_errors == 0) {
        return IO_FAIL(&t->findings, "no-rows", (mera_at){.file = f->source->path},
                       "the file has a header and no rows");
    }
    mera_builder_file_rows(all->b, f->number, f->n_rows);
    return read_report_file(f);
}

mera_code read_source(read_all *all, size_t index)
{
    io_table table;
    const mera_source *source = &all->request->source[index];
    read_file f = {.all = all, .table = &table, .source = source, .index = index};
    mera_code code = io_table_open(source, all->arena, all->diags, &table);
    if (code == MERA_OK) {
        code = read_table(&f);
        all->n_errors += table.findings.n_errors;
        io_table_close(&table);
    }
    if (code != MERA_EINPUT) {
        return code;
    }
    all->n_errors++;
    all->broken = true;
    return MERA_OK;
}

static mera_code read_everything(read_all *all, mera_dataset **out, mera_read_report *report)
{
    MERA_TRY(read_start(all));
    for (size_t i = 0; i < all->request->n_sources; i++) {
        MERA_TRY(read_source(all, i));
    }
    MERA_TRY(read_match_files(all));
    MERA_TRY(read_codes_files(all));
    if (report != NULL) {
        *report = (mera_read_report){all->report, all->request->n_sources};
    }
    MERA_TRY(read_check_all(all));
    const mera_code code = mera_builder_finish(all->b, out);
    if (code == MERA_ELIMIT) {
        return mera_fail(all->diags, MERA_ELIMIT, "too-large", MERA_NOWHERE,
                         "%zu units times %zu periods are more cells than a column can hold",
                         mera_builder_n_units(all->b), mera_builder_n_periods(all->b));
    }
    MERA_TRY(code);
    if (report != NULL) {
        read_report_ranges(all, *out);
    }
    return read_check_dataset(all, *out);
}

mera_code mera_data_read(const mera_read_request *request, mera_arena *arena, mera_diags *diags,
                         mera_dataset **out, mera_read_report *report)
{
    read_all all = {.request = request, .arena = arena, .diags = diags};
    if (request->n_sources == 0) {
        return mera_fail(diags, MERA_EUSAGE, "no-data", MERA_NOWHERE, "no data files are named");
    }
    all.scratch = mera_arena_new();
    const mera_code code = all.scratch == NULL ? MERA_ENOMEM : read_everything(&all, out, report);
    mera_arena_free(all.scratch);
    return code;
}
