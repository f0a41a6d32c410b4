/* SPDX-License-Identifier: Apache-2.0 */
/** @file Long files: a row a cell; one field names the column, one holds the number. */
#include "base/grow.h"
#include "io/reader.h"

#include <string.h>

typedef struct long_plan {
    mera_map *indicators; /* names as they stand in the file: index of `number` */
    read_number **number; /* .column SIZE_MAX: not wanted */
    size_t n, room;
    mera_slice last; /* the indicator of the row before, and its number */
    size_t last_index;
} long_plan;

/* The name of an indicator after renaming. */
static mera_slice long_renamed(const read_file *f, mera_slice name)
{
    for (size_t i = 0; i < f->source->n_rename; i++) {
        if (mera_slice_eq(name, f->source->rename[i].from)) {
            return (mera_slice){f->source->rename[i].to, strlen(f->source->rename[i].to)};
        }
    }
    return name;
}

static mera_code long_add(read_file *f, long_plan *plan, mera_slice as_written)
{
    read_all *all = f->all;
    const mera_slice renamed = long_renamed(f, as_written);
    const char *name = mera_arena_strndup(all->arena, renamed.at, renamed.n);
    MERA_TRY_PTR(name);
    size_t column = SIZE_MAX;
    const size_t wanted = read_wants(all->columns, renamed);
    if (all->columns == NULL || wanted != SIZE_MAX) {
        MERA_TRY(mera_builder_column(all->b, name, &column));
    }
    if (wanted != SIZE_MAX) {
        all->column_seen[wanted] = true;
    } else if (all->columns != NULL) { /* a name to suggest */
        const char **list = mera_grown(all->scratch, all->fields, &all->room_fields,
                                       all->n_fields + 1, sizeof *list);
        MERA_TRY_PTR(list);
        all->fields = list;
        list[all->n_fields++] = name;
    }
    read_number **numbers = mera_grown(f->table->scratch, plan->number, &plan->room, plan->n + 1,
                                       sizeof(read_number *));
    MERA_TRY_PTR(numbers);
    plan->number = numbers;
    MERA_TRY_NEW(numbers[plan->n], f->table->scratch, 1);
    read_number_new(f, name, f->value, column, READ_ROW_PERIOD, numbers[plan->n]);
    plan->n++;
    return MERA_OK;
}

static mera_code long_indicator(read_file *f, long_plan *plan, read_number **out)
{
    const mera_slice name = mera_slice_trim(f->table->csv.field[f->indicator]);
    bool added = false;
    if (name.n == plan->last.n && plan->last.at != NULL &&
        memcmp(name.at, plan->last.at, name.n) == 0) {
        *out = plan->number[plan->last_index];
        return MERA_OK;
    }
    MERA_TRY(mera_map_put(plan->indicators, name.at, name.n, plan->n, &plan->last_index, &added));
    MERA_TRY(added ? long_add(f, plan, name) : MERA_OK);
    plan->last = (mera_slice){mera_map_key(plan->indicators, name.at, name.n), name.n};
    *out = plan->number[plan->last_index];
    return MERA_OK;
}

/* The same cell twice in this file; *use says whether this one counts. */
static mera_code long_duplicate(read_file *f, const read_number *n, const read_row *row, bool *use)
{
    mera_builder *b = f->all->b;
    mera_cell_seen seen;
    *use = true;
    if (!mera_builder_seen(b, n->column, row->unit, row->period, &seen) || seen.file != f->number) {
        return MERA_OK;
    }
    *use = f->source->duplicates == MERA_LAST;
    if (!io_tally_count(&f->duplicate, io_table_row(f->table))) {
        return MERA_OK;
    }
    const bool timed = row->period != SIZE_MAX;
    io_findings *found = &f->table->findings;
    MERA_TRY(io_case(
        found, &f->duplicate, io_table_at(f->table, f->value),
        mera_arena_printf(found->arena, "'%s' of unit '%s' is there twice%s%s%s: first on line %u",
                          n->name, mera_builder_unit_key(b, row->unit), timed ? " in '" : "",
                          timed ? mera_builder_period_label(b, row->period) : "", timed ? "'" : "",
                          mera_builder_seen_row(b, n->column, row->unit, row->period)),
        NULL));
    io_first_hint(found, &f->duplicate, READ_DUPLICATE_HINT(f));
    return MERA_OK;
}

static mera_code long_row(read_file *f, long_plan *plan)
{
    read_row row;
    bool use = false;
    MERA_TRY(read_row_of(f, &row, &use));
    if (!use) {
        return MERA_OK;
    }
    MERA_TRY(read_row_texts(f, &row));
    uint32_t before = 0;
    MERA_TRY(read_seen_before(f, &row, &before)); /* for the count of units */
    read_number *n = NULL;
    MERA_TRY(long_indicator(f, plan, &n));
    if (n->column == SIZE_MAX) {
        return MERA_OK;
    }
    MERA_TRY(long_duplicate(f, n, &row, &use));
    if (!use) {
        return MERA_OK;
    }
    double value = 0;
    uint8_t state = MERA_OBSERVED;
    if (f->table->rules.in_text || f->table->rules.digit_mark || n->zero_missing ||
        !io_number_plain(f->table->csv.field[f->value], f->table->rules.decimal, &value)) {
        MERA_TRY(read_number_cell(f, n, &value, &state));
    }
    if (f->number > 0) {
        MERA_TRY(read_number_may(f, n, &row, row.period, state, &use));
    }
    return use ? mera_builder_cell(f->all->b, n->column, row.unit, row.period, value, state,
                                   f->number, row.line, io_table_number(f->table, f->value))
               : MERA_OK;
}

mera_code read_long(read_file *f)
{
    long_plan plan = {0};
    mera_builder_expect(f->all->b, 0);
    MERA_TRY(mera_map_new(f->table->scratch, 64, &plan.indicators));
    for (bool more = true; more;) {
        MERA_TRY(io_table_next(f->table, &more));
        MERA_TRY(more ? long_row(f, &plan) : MERA_OK);
    }
    const char **names = NULL;
    MERA_TRY_NEW(names, f->table->scratch, plan.n);
    for (size_t i = 0; i < plan.n; i++) {
        names[i] = plan.number[i]->name;
        MERA_TRY(read_number_end(f, plan.number[i]));
    }
    return io_table_renames(f->table, plan.indicators, names, plan.n);
}
