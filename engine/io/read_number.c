/* SPDX-License-Identifier: Apache-2.0 */
/** @file The numbers of a file: cells that need a closer look, and what is said about them. */
#include "base/math.h"
#include "io/reader.h"

#include <string.h>

void read_number_new(const read_file *f, const char *name, size_t field, size_t column,
                     size_t period, read_number *out)
{
    const mera_source *s = f->source;
    *out = (read_number){.name = name, .field = field, .column = column, .period = period};
    out->bad = (io_tally){.kind = "unparsable-number", .refuse = s->bad_numbers == MERA_REFUSE};
    for (size_t i = 0; i < s->n_zero_missing; i++) {
        out->zero_missing |= strcmp(s->zero_missing[i], name) == 0;
    }
}

/* A way out for the first unreadable number of a column. */
static void number_hint(const read_file *f, mera_slice text)
{
    const io_cell_rules *rules = &f->table->rules;
    mera_diags *diags = f->all->diags;
    double value = 0;
    size_t used = 0;
    text = mera_slice_trim(text);
    const char other = rules->decimal == '.' ? ',' : '.';
    if (f->table->sheet != NULL && text.n > 0 && text.at[0] == '=') {
        mera_hint(diags, "the workbook holds the formula without its value: open and save it in a "
                         "spreadsheet program");
    } else if (io_number_people(text, other, &value, &used) && used == text.n) {
        mera_hint(diags, "the decimal mark of this file is '%c'; 'decimal: \"%c\"' changes that",
                  rules->decimal, other);
    } else if (text.n > 0 && text.at[text.n - 1] == '%') {
        mera_hint(diags, "percent signs are not read: take them out of the file");
    } else if (!rules->in_text && io_number_people(text, rules->decimal, &value, &used) &&
               text.at[used] == ' ') {
        mera_hint(diags, "'numbers_in_text: true' takes the number before a unit of measure");
    } else {
        mera_hint(diags, "a mark for a missing value is declared under 'missing'; "
                         "'bad_numbers: missing' takes all such cells as missing");
    }
}

static mera_code number_bad(read_file *f, read_number *n, mera_slice text)
{
    io_findings *found = &f->table->findings;
    const int shown = text.n > 60 ? 60 : (int)text.n;
    if (!io_tally_count(&n->bad, io_table_row(f->table))) {
        return MERA_OK;
    }
    mera_at at = io_table_at(f->table, n->field);
    if (at.length != MERA_AT_CELL) {
        at.length = (uint32_t)mera_utf8_count(text.at, text.n);
    }
    MERA_TRY(io_case(found, &n->bad, at,
                     mera_arena_printf(found->arena, "column '%s': '%.*s' is not a number", n->name,
                                       shown, text.at),
                     NULL));
    if (n->bad.n == 1 && n->bad.refuse) {
        number_hint(f, text);
    }
    return MERA_OK;
}

/* Numbers in text must all say the same unit: *same is false when this one does not. */
static mera_code number_unit(read_file *f, read_number *n, mera_slice unit, bool *same)
{
    if (n->unit == NULL) {
        MERA_TRY_PTR(n->unit = mera_arena_strndup(f->table->scratch, unit.at, unit.n));
    }
    *same = mera_slice_eq(unit, n->unit);
    if (*same || !io_tally_count(&n->bad, io_table_row(f->table))) {
        return MERA_OK;
    }
    io_findings *found = &f->table->findings;
    return io_case(found, &n->bad, io_table_at(f->table, n->field),
                   mera_arena_printf(found->arena,
                                     "column '%s': the unit '%.*s' where rows above say '%s'",
                                     n->name, (int)unit.n, unit.at, n->unit),
                   NULL);
}

mera_code read_number_cell(read_file *f, read_number *n, double *value, uint8_t *state)
{
    const mera_slice text = f->table->csv.field[n->field];
    const io_cell_rules *rules = &f->table->rules;
    io_cell cell = io_cell_read(rules, text);
    bool same = true;
    if (rules->in_text && (cell.kind == IO_CELL_NUMBER || cell.kind == IO_CELL_CENSORED)) {
        MERA_TRY(number_unit(f, n, cell.unit, &same));
    }
    if (cell.kind == IO_CELL_UNREADABLE) {
        MERA_TRY(number_bad(f, n, text));
    } else if (!same) {
        cell.value = NAN;
        cell.reason = MERA_UNREADABLE;
    }
    n->n_missing += cell.kind == IO_CELL_MISSING;
    n->n_censored += cell.kind == IO_CELL_CENSORED;
    n->n_zero_led += cell.leading_zero;
    if (cell.value == 0 && n->zero_missing) {
        cell.value = NAN;
        cell.reason = MERA_ZERO_MISSING;
        n->n_missing++;
    }
    *value = cell.value;
    *state = (uint8_t)cell.reason;
    return MERA_OK;
}

mera_code read_number_may(read_file *f, read_number *n, const read_row *row, size_t period,
                          uint8_t state, bool *may)
{
    mera_builder *b = f->all->b;
    const mera_source *s = f->source;
    mera_cell_seen seen;
    *may = true;
    if (!mera_builder_seen(b, n->column, row->unit, period, &seen) || seen.state == MERA_ABSENT ||
        seen.file == f->number) {
        return MERA_OK;
    }
    *may = state != MERA_ABSENT && s->duplicates == MERA_LAST;
    if (state == MERA_ABSENT || !io_tally_count(&f->conflict, io_table_row(f->table))) {
        return MERA_OK;
    }
    io_findings *found = &f->table->findings;
    const uint32_t line = mera_builder_seen_row(b, n->column, row->unit, period);
    const bool timed = period != SIZE_MAX;
    MERA_TRY(io_case(
        found, &f->conflict, io_table_at(f->table, n->field),
        mera_arena_printf(found->arena, "column '%s' of unit '%s'%s%s%s already comes from %s:%u",
                          n->name, mera_builder_unit_key(b, row->unit), timed ? " in '" : "",
                          timed ? mera_builder_period_label(b, period) : "", timed ? "'" : "",
                          mera_builder_file_path(b, seen.file), line),
        NULL));
    io_first_hint(found, &f->conflict, READ_DUPLICATE_HINT(f));
    return MERA_OK;
}

mera_code read_number_end(read_file *f, const read_number *n)
{
    io_findings *found = &f->table->findings;
    const mera_at at = {.file = found->path};
    const char *what = mera_arena_printf(
        found->arena,
        n->bad.refuse ? "cells of column '%s' that are not numbers"
                      : "cells of column '%s' that are not numbers taken as missing",
        n->name);
    MERA_TRY_PTR(what);
    MERA_TRY(io_tally_end(found, &n->bad, what));
    if (n->n_censored > 0) {
        static const char *const became[] = {"missing", "half of the bound", "the bound"};
        const char *text = mera_arena_printf(
            found->arena, "column '%s': %zu bound%s like '<5' taken as %s", n->name, n->n_censored,
            n->n_censored == 1 ? "" : "s", became[f->source->censored]);
        MERA_TRY(io_find(found, "censored", at, text));
        mera_note(found->diags, "censored", at, "%s", text);
    }
    if (n->n_zero_led > 0) {
        const char *text = mera_arena_printf(
            found->arena, "column '%s': %zu number%s with leading zeros: is it a code?", n->name,
            n->n_zero_led, n->n_zero_led == 1 ? "" : "s");
        MERA_TRY(io_find(found, "leading-zeros", at, text));
        mera_warn(found->diags, "leading-zeros", at, "%s", text);
    }
    return MERA_OK;
}
