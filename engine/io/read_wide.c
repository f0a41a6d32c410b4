/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Wide files: a row a unit (and period), a column a field. The inner loop over the numbers of a row
 * is where large files spend their time: a plain number costs no call.
 */
#include "base/math.h"
#include "io/fields.h"
#include "io/number_fast.h"
#include "io/reader.h"

#include <string.h>

/** Numbers of one period: the row's, or one that the field names say. */
typedef struct wide_sheet {
    size_t period;
    read_number *number;
    uint32_t *field; /**< of each number, so that the inner loop stays in a few cache lines */
    size_t n;
    bool zero_missing; /**< some number has that wish */
    mera_sheet *sheet;
    double *value;  /**< of the row at hand */
    uint8_t *state; /**< likewise */
    size_t n_look;  /**< of them WIDE_LOOK */
} wide_sheet;

enum { WIDE_LOOK = 0xfd }; /**< for a while the state of a cell that needs a closer look */

typedef struct wide_plan {
    read_number *number; /* of all sheets, in the order of the fields */
    size_t n;
    wide_sheet *sheet;
    size_t n_sheets;
    bool ahead; /* hardly any row will be left out: numbers may be read before it is known */
} wide_plan;

/* Adds a field as numbers of a column. */
static mera_code wide_add(read_file *f, wide_plan *plan, size_t field, mera_slice column,
                          size_t period)
{
    io_table *t = f->table;
    size_t number = 0;
    const char *name = mera_arena_strndup(f->all->arena, column.at, column.n);
    MERA_TRY_PTR(name);
    MERA_TRY(mera_builder_column(f->all->b, name, &number));
    for (size_t i = 0; i < plan->n; i++) {
        if (plan->number[i].column == number && plan->number[i].period == period) {
            const size_t other = plan->number[i].field;
            return IO_FAIL(&t->findings, "duplicate-field", io_table_header_at(t, field),
                           "the header has '%s' twice: fields %zu and %zu", name, other + 1,
                           field + 1);
        }
    }
    read_number_new(f, name, field, number, period, &plan->number[plan->n++]);
    return MERA_OK;
}

/* A field: a wanted column by its whole name, or by the part of it that is not the period. */
static mera_code wide_field(read_file *f, wide_plan *plan, size_t field, bool every, bool digits)
{
    read_all *all = f->all;
    const char *name = f->table->name[field];
    const mera_slice whole = {name, strlen(name)};
    mera_slice column, label;
    size_t wanted = read_wants(all->columns, whole);
    const bool splits = f->source->header_period != NULL && wanted == SIZE_MAX &&
                        read_split(f->source, name, &column, &label) &&
                        (!digits || read_has_digit(label));
    if (splits && (every || (wanted = read_wants(all->columns, column)) != SIZE_MAX)) {
        size_t period = 0;
        bool use = false;
        if (!every) {
            all->column_seen[wanted] = true;
        }
        MERA_TRY(read_period(f, label, &period, &use));
        return use ? wide_add(f, plan, field, column, period) : MERA_OK;
    }
    if (wanted == SIZE_MAX && !every) {
        return MERA_OK;
    }
    if (!every) {
        all->column_seen[wanted] = true;
    }
    return wide_add(f, plan, field, whole, READ_ROW_PERIOD);
}

static bool wide_is_role(const read_file *f, size_t field)
{
    bool role = field == f->name || field == f->period;
    for (size_t i = 0; i < f->n_key; i++) {
        role |= field == f->key[i];
    }
    return role;
}

static mera_code wide_fields(read_file *f, wide_plan *plan)
{
    io_table *t = f->table;
    const bool every = f->all->request->column == NULL;
    io_field *kinds = NULL;
    if (every) {
        MERA_TRY(io_fields_scan(t, false, &kinds));
        MERA_TRY(io_table_rewind(t));
    }
    MERA_TRY_NEW(plan->number, t->scratch, t->n_fields);
    const bool digits = f->source->header_period != NULL && read_split_by_digits(f);
    mera_code code = MERA_OK;
    for (size_t i = 0; i < t->n_fields; i++) {
        const bool take = every && kinds[i].is_number && !wide_is_role(f, i);
        if (every && !take) {
            continue;
        }
        const mera_code one = wide_field(f, plan, i, take, digits);
        code = one > code ? one : code;
    }
    return code;
}

static mera_code wide_sheet_new(read_file *f, const wide_plan *plan, size_t period,
                                wide_sheet *sheet)
{
    mera_arena *scratch = f->table->scratch;
    size_t *column = NULL;
    uint32_t *origin = NULL; /* the fields, counted from 1 */
    *sheet = (wide_sheet){.period = period};
    MERA_TRY_NEW(sheet->number, scratch, plan->n);
    MERA_TRY_NEW(sheet->field, scratch, plan->n);
    MERA_TRY_NEW(column, scratch, plan->n);
    MERA_TRY_NEW(origin, scratch, plan->n);
    for (size_t i = 0; i < plan->n; i++) {
        if (plan->number[i].period == period) {
            sheet->number[sheet->n] = plan->number[i];
            column[sheet->n] = plan->number[i].column;
            sheet->field[sheet->n] = (uint32_t)plan->number[i].field;
            origin[sheet->n] = (uint32_t)plan->number[i].field + 1;
            sheet->zero_missing |= plan->number[i].zero_missing;
            sheet->n++;
        }
    }
    return mera_builder_sheet(f->all->b, f->number, sheet->n, column, origin, &sheet->sheet);
}

static bool wide_has_sheet(const wide_plan *plan, size_t period)
{
    bool has = false;
    for (size_t k = 0; k < plan->n_sheets; k++) {
        has |= plan->sheet[k].period == period;
    }
    return has;
}

/* One sheet a period, in the order in which the fields name them. */
static mera_code wide_sheets(read_file *f, wide_plan *plan)
{
    MERA_TRY_NEW(plan->sheet, f->table->scratch, plan->n);
    for (size_t i = 0; i < plan->n; i++) {
        const size_t period = plan->number[i].period;
        if (wide_has_sheet(plan, period)) {
            continue;
        }
        MERA_TRY(wide_sheet_new(f, plan, period, &plan->sheet[plan->n_sheets]));
        plan->n_sheets++;
    }
    for (size_t k = 0; k < plan->n_sheets; k++) {
        for (size_t i = 0; i < plan->sheet[k].n; i++) {
            read_number *n = &plan->sheet[k].number[i];
            f->number_of[n->field] = n;
        }
    }
    return MERA_OK;
}

/* Is it far enough from the end of the text to be read in whole words? What was written anew, with
 * doubled quotes made single, is elsewhere. */
static inline bool wide_within_reach(const csv_reader *csv, const char *at)
{
    const uintptr_t from = (uintptr_t)csv->start, end = (uintptr_t)csv->end;
    return (uintptr_t)at - from < end - from && end - (uintptr_t)at >= IO_NUMBER_REACH;
}

/* Reads the plain numbers of a row and marks the other cells. This knows nothing of units and says
 * nothing, so it does no harm when the row turns out to be left out. */
static void wide_plain(const read_file *f, wide_sheet *s)
{
    const csv_reader *csv = &f->table->csv;
    const io_cell_rules *rules = &f->table->rules;
    const char decimal = rules->decimal;
    mera_builder_row_room(s->sheet, &s->value, &s->state);
    double *value = s->value;
    uint8_t *state = s->state;
    s->n_look = 0;
    if (rules->in_text || rules->digit_mark) {
        memset(state, WIDE_LOOK, s->n);
        s->n_look = s->n;
        return;
    }
    for (size_t i = 0; i < s->n; i++) {
        const mera_slice text = csv->field[s->field[i]];
        const bool plain = (wide_within_reach(csv, text.at) &&
                            io_number_fast(text.at, text.n, decimal, &value[i])) ||
                           io_number_plain(text, decimal, &value[i]);
        state[i] = plain ? MERA_OBSERVED : WIDE_LOOK;
        s->n_look += !plain;
    }
    for (size_t i = 0; s->zero_missing && i < s->n; i++) {
        if (s->number[i].zero_missing && state[i] == MERA_OBSERVED && value[i] == 0) {
            state[i] = WIDE_LOOK;
            s->n_look++;
        }
    }
}

/* The cells that were marked. */
static mera_code wide_look(read_file *f, wide_sheet *s)
{
    const mera_slice *field = f->table->csv.field;
    for (size_t i = 0; s->n_look > 0 && i < s->n; i++) {
        if (s->state[i] != WIDE_LOOK) {
            continue;
        }
        if (field[s->field[i]].n == 0) {
            s->number[i].n_missing++;
            s->value[i] = NAN;
            s->state[i] = MERA_ABSENT;
            continue;
        }
        MERA_TRY(read_number_cell(f, &s->number[i], &s->value[i], &s->state[i]));
    }
    return MERA_OK;
}

/* Leaves alone what another file has said, unless this one is to win. */
static mera_code wide_conflicts(read_file *f, wide_sheet *s, const read_row *row, size_t period)
{
    for (size_t i = 0; i < s->n; i++) {
        bool may = true;
        MERA_TRY(read_number_may(f, &s->number[i], row, period, s->state[i], &may));
        s->state[i] = may ? s->state[i] : MERA_LEAVE;
    }
    return MERA_OK;
}

static mera_code wide_duplicate(read_file *f, const read_row *row, bool *use)
{
    uint32_t before = 0;
    MERA_TRY(read_seen_before(f, row, &before));
    *use = before == 0 || f->source->duplicates == MERA_LAST;
    if (before == 0) {
        return MERA_OK;
    }
    const mera_builder *b = f->all->b;
    const bool timed = row->period != SIZE_MAX;
    MERA_TRY(IO_CASE(&f->table->findings, &f->duplicate, io_table_at(f->table, f->key[0]),
                     "unit '%s' is there twice%s%s%s: first on line %u",
                     mera_builder_unit_key(b, row->unit), timed ? " in '" : "",
                     timed ? mera_builder_period_label(b, row->period) : "", timed ? "'" : "",
                     before));
    io_first_hint(&f->table->findings, &f->duplicate, READ_DUPLICATE_HINT(f));
    return MERA_OK;
}

/* Reads the plain numbers of a whole row while the memory that its key is looked for in is fetched.
 */
static bool wide_ahead(const read_file *f, const wide_plan *plan)
{
    const csv_reader *csv = &f->table->csv;
    if (!plan->ahead || csv->n_fields != f->table->n_fields || csv->trouble != NULL) {
        return false;
    }
    const mera_slice key = mera_slice_trim(csv->field[f->key[0]]);
    mera_builder_unit_soon(f->all->b, key.at, key.n);
    for (size_t i = 0; i < plan->n_sheets; i++) {
        wide_plain(f, &plan->sheet[i]);
    }
    return true;
}

static mera_code wide_row(read_file *f, wide_plan *plan)
{
    read_row row;
    bool use = false;
    const bool ahead = wide_ahead(f, plan);
    MERA_TRY(read_row_of(f, &row, &use));
    if (use) {
        MERA_TRY(wide_duplicate(f, &row, &use));
    }
    if (!use) {
        return MERA_OK;
    }
    MERA_TRY(read_row_texts(f, &row));
    for (size_t i = 0; i < plan->n_sheets; i++) {
        wide_sheet *s = &plan->sheet[i];
        const size_t period = s->period == READ_ROW_PERIOD ? row.period : s->period;
        if (!ahead) {
            wide_plain(f, s);
        }
        MERA_TRY(wide_look(f, s));
        MERA_TRY(f->number > 0 ? wide_conflicts(f, s, &row, period) : MERA_OK);
        MERA_TRY(
            mera_builder_row(f->all->b, s->sheet, row.unit, period, row.line, s->value, s->state));
    }
    return MERA_OK;
}

/* Tells the builder how many units to expect, by the length of the first rows; a little more, since
 * too many cost nothing. Only the first file can fill columns from their beginning. */
static void wide_expect(const read_file *f)
{
    enum { SAMPLE = 1 << 16 };
    const csv_reader *csv = &f->table->csv;
    const size_t left = (size_t)(csv->end - csv->at);
    const size_t sample = left < SAMPLE ? left : SAMPLE;
    size_t n_rows = 1;
    if (f->number > 0 || f->period != SIZE_MAX || f->source->header_period != NULL) {
        mera_builder_expect(f->all->b, 0);
        return;
    }
    for (size_t i = 0; i < sample; i++) {
        n_rows += csv->at[i] == '\n';
    }
    const double whole = (double)n_rows * (double)left / (double)(sample + 1);
    mera_builder_expect(f->all->b, (size_t)(whole * 1.05) + 16);
}

mera_code read_wide(read_file *f)
{
    wide_plan plan = {0};
    MERA_TRY(wide_fields(f, &plan));
    MERA_TRY(wide_sheets(f, &plan));
    plan.ahead = f->n_key == 1 && f->match == NULL && f->codes == NULL && !f->must_match &&
                 !f->skip_all && (f->period == SIZE_MAX || f->all->periods == NULL);
    wide_expect(f);
    for (bool more = true; more;) {
        MERA_TRY(io_table_next(f->table, &more));
        MERA_TRY(more ? wide_row(f, &plan) : MERA_OK);
    }
    for (size_t i = 0; i < f->table->n_fields; i++) {
        MERA_TRY(f->number_of[i] == NULL ? MERA_OK : read_number_end(f, f->number_of[i]));
    }
    return MERA_OK;
}
