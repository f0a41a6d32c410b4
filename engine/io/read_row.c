/* SPDX-License-Identifier: Apache-2.0 */
/** @file The rows of a file: who and when each is, and which are left out. */
#include "base/grow.h"
#include "io/read_match.h"

#include <string.h>

static bool row_is_whole(read_file *f, mera_code *code)
{
    const csv_reader *csv = &f->table->csv;
    io_findings *found = &f->table->findings;
    if (csv->trouble != NULL) {
        mera_at at = {.file = found->path};
        csv_place_of(csv, csv->trouble, &at.line, &at.column);
        *code = IO_CASE(found, &f->quote, at, "text after the quote that closes a field");
        if (f->quote.n == 1 && f->quote.refuse) {
            mera_hint(found->diags, "quotes inside a quoted field are written twice");
        }
        return false;
    }
    if (csv->n_fields == f->table->n_fields) {
        return true;
    }
    if (!io_table_blank(f->table)) {
        *code = IO_CASE(found, &f->ragged, io_table_row(f->table),
                        "%zu field%s where the header has %zu", csv->n_fields,
                        csv->n_fields == 1 ? "" : "s", f->table->n_fields);
    }
    return false;
}

/* The key: one field, or several joined; or what is given to match. */
static mera_code row_key(read_file *f, mera_slice *key)
{
    const mera_slice *field = f->table->csv.field;
    if (f->match != NULL) {
        return read_match_given(f, key);
    }
    *key = mera_slice_trim(field[f->key[0]]);
    f->n_trimmed += key->n != field[f->key[0]].n;
    if (f->n_key == 1) {
        return MERA_OK;
    }
    bool empty = key->n == 0;
    f->joined.n = 0;
    f->joined.arena = f->table->scratch;
    mera_text_add_n(&f->joined, key->at, key->n);
    for (size_t i = 1; i < f->n_key; i++) {
        const mera_slice part = mera_slice_trim(field[f->key[i]]);
        empty |= part.n == 0;
        mera_text_add(&f->joined, " / ");
        mera_text_add_n(&f->joined, part.at, part.n);
    }
    MERA_TRY_PTR(mera_text_string(&f->joined));
    *key = (mera_slice){f->joined.data, empty ? 0 : f->joined.n};
    return MERA_OK;
}

/* Names a unit that has no name yet; units of one name are noted. */
static mera_code row_name(read_file *f, size_t unit)
{
    read_all *all = f->all;
    if (f->match != NULL && mera_builder_unit_name(all->b, unit) == NULL) {
        const char *listed = read_match_name(f);
        return mera_builder_name(all->b, unit, listed, strlen(listed));
    }
    if (f->name == SIZE_MAX || mera_builder_unit_name(all->b, unit) != NULL) {
        return MERA_OK;
    }
    const mera_slice name = mera_slice_trim(f->table->csv.field[f->name]);
    if (name.n == 0) {
        return MERA_OK;
    }
    MERA_TRY(mera_builder_name(all->b, unit, name.at, name.n));
    size_t first = 0;
    bool added = false;
    MERA_TRY(mera_map_put(all->names, name.at, name.n, unit, &first, &added));
    if (added || first == unit) {
        return MERA_OK;
    }
    return IO_CASE(&f->table->findings, &f->namesake, io_table_row(f->table),
                   "'%s' is the name of '%s' and of '%s'", mera_builder_unit_name(all->b, unit),
                   mera_builder_unit_key(all->b, first), mera_builder_unit_key(all->b, unit));
}

/* A unit that no file before knows: said once for each. */
static mera_code row_unmatched(read_file *f, mera_slice key)
{
    io_findings *found = &f->table->findings;
    bool added = false;
    MERA_TRY(mera_map_put(f->unmatched_keys, key.at, key.n, 0, NULL, &added));
    if (!added) {
        return MERA_OK;
    }
    MERA_TRY(IO_CASE(found, &f->unmatched, io_table_row(f->table),
                     "unit '%.*s' is not in the files read before", (int)key.n, key.at));
    if (f->unmatched.refuse && f->unmatched.n <= IO_SAID) {
        MERA_TRY(read_alike_hint(f, key));
    }
    char padded[64];
    if (f->unmatched.refuse && f->unmatched.n <= IO_SAID && key.n + 2 < sizeof padded) {
        padded[0] = '0';
        memcpy(padded + 1, key.at, key.n);
        if (mera_builder_find_unit(f->all->b, padded, key.n + 1) != SIZE_MAX) {
            mera_hint(found->diags, "there is a unit '0%.*s': was a leading zero lost?", (int)key.n,
                      key.at);
        }
    }
    return MERA_OK;
}

/* The unit of a key; SIZE_MAX when it is left out. */
static mera_code row_unit(read_file *f, mera_slice key, size_t *unit)
{
    read_all *all = f->all;
    *unit = SIZE_MAX;
    if (f->match != NULL) {
        MERA_TRY(read_match_key(f, &key));
        if (key.n == 0) {
            return MERA_OK;
        }
    }
    MERA_TRY(f->codes == NULL || f->match != NULL ? MERA_OK : read_codes_follow(f, &key));
    const size_t excluded = read_wants(all->excluded, key);
    if (excluded != SIZE_MAX) {
        all->excluded_seen[excluded] = true;
        return MERA_OK;
    }
    if (f->must_match) {
        *unit = mera_builder_find_unit(all->b, key.at, key.n);
        return *unit == SIZE_MAX && !all->waiting ? row_unmatched(f, key) : MERA_OK;
    }
    bool added = false;
    MERA_TRY(mera_builder_unit(all->b, key.at, key.n, unit, &added));
    return added && f->match == NULL ? read_alike(f, key) : MERA_OK;
}

/* The period of a row; *use false when it is not wanted. */
static mera_code row_period(read_file *f, size_t *period, bool *use)
{
    *period = f->whole_period;
    *use = true;
    if (f->period == SIZE_MAX) {
        return MERA_OK;
    }
    const mera_slice label = mera_slice_trim(f->table->csv.field[f->period]);
    if (label.n == 0) {
        *use = false;
        return IO_CASE(&f->table->findings, &f->no_period, io_table_at(f->table, f->period),
                       "no period: the field '%s' is empty", f->table->name[f->period]);
    }
    if (label.n != f->last_label.n || memcmp(label.at, f->last_label.at, label.n) != 0) {
        MERA_TRY(read_period(f, label, &f->last_period, &f->last_wanted));
        const char *copy = mera_map_key(f->all->labels, label.at, label.n);
        f->last_label = (mera_slice){copy, label.n};
    }
    *period = f->last_period;
    *use = f->last_wanted;
    return MERA_OK;
}

mera_code read_row_of(read_file *f, read_row *row, bool *use)
{
    mera_code code = MERA_OK;
    *use = false;
    if (!row_is_whole(f, &code)) {
        return code;
    }
    if (!io_table_keeps(f->table)) {
        f->n_elsewhere++;
        return MERA_OK;
    }
    mera_slice key;
    MERA_TRY(row_key(f, &key));
    if (key.n == 0) {
        if (io_table_blank(f->table)) {
            return MERA_OK;
        }
        return IO_CASE(&f->table->findings, &f->no_key, io_table_at(f->table, f->key[0]),
                       "no key: the field '%s' is empty", f->table->name[f->key[0]]);
    }
    f->n_rows++;
    bool wanted = false;
    row->line = io_table_line(f->table);
    MERA_TRY(row_period(f, &row->period, &wanted));
    if (!wanted) {
        return MERA_OK;
    }
    MERA_TRY(row_unit(f, key, &row->unit));
    if (row->unit == SIZE_MAX) {
        return MERA_OK;
    }
    *use = true;
    f->n_used++;
    return row_name(f, row->unit);
}

mera_code read_row_texts(read_file *f, const read_row *row)
{
    for (size_t i = 0; i < f->n_texts; i++) {
        const read_text *t = &f->text[i];
        const mera_slice text = mera_slice_trim(f->table->csv.field[t->field]);
        mera_reason reason = MERA_ABSENT;
        if (text.n == 0 || io_is_declared_mark(&f->table->rules, text, &reason)) {
            continue;
        }
        const size_t period = t->period == READ_ROW_PERIOD ? row->period : t->period;
        MERA_TRY(mera_builder_text(f->all->b, t->attribute, row->unit, period, text.at, text.n));
    }
    return MERA_OK;
}

mera_code read_seen_before(read_file *f, const read_row *row, uint32_t *before)
{
    const size_t slot = row->period == SIZE_MAX ? 0 : row->period + 1;
    struct read_lines *periods =
        mera_grown(f->table->scratch, f->seen.period, &f->seen.room, slot + 1, sizeof *periods);
    MERA_TRY_PTR(periods);
    f->seen.period = periods;
    struct read_lines *p = &periods[slot];
    if (row->unit >= p->room) {
        uint32_t *lines =
            mera_grown(f->table->scratch, p->line, &p->room, row->unit + 1, sizeof *lines);
        MERA_TRY_PTR(lines);
        p->line = lines;
    }
    *before = p->line[row->unit];
    if (*before == 0) {
        p->line[row->unit] = row->line;
    }
    return MERA_OK;
}

mera_code read_rows_end(read_file *f)
{
    io_findings *found = &f->table->findings;
    const bool first = f->source->duplicates == MERA_FIRST;
    MERA_TRY(io_tally_end(found, &f->quote, "rows with text after a closing quote"));
    MERA_TRY(io_tally_end(found, &f->ragged,
                          f->ragged.refuse ? "rows with too many or too few fields"
                                           : "rows with too many or too few fields left out"));
    MERA_TRY(io_tally_end(found, &f->no_key,
                          f->no_key.refuse ? "rows without a key" : "rows without a key left out"));
    MERA_TRY(io_tally_end(found, &f->no_period,
                          f->no_period.refuse ? "rows without a period"
                                              : "rows without a period left out"));
    MERA_TRY(io_tally_end(found, &f->unmatched,
                          f->unmatched.refuse ? "units that are not in the files read before"
                                              : "units not in the files read before left out"));
    MERA_TRY(io_tally_end(found, &f->duplicate,
                          f->duplicate.refuse ? "duplicates"
                          : first             ? "duplicates, the first kept"
                                              : "duplicates, the last kept"));
    MERA_TRY(io_tally_end(found, &f->conflict,
                          f->conflict.refuse ? "cells that another file gives too"
                          : first            ? "cells that another file gives too, the first kept"
                                             : "cells that another file gives too, the last kept"));
    MERA_TRY(f->match == NULL ? MERA_OK : read_match_end(f));
    MERA_TRY(read_codes_end(f));
    MERA_TRY(read_alike_end(f));
    const mera_at at = {.file = found->path};
    if (f->namesake.n > 0) {
        mera_note(found->diags, "namesake", at,
                  "%zu name%s of several units; they are told apart by key", f->namesake.n,
                  f->namesake.n == 1 ? " is that" : "s are those");
    }
    if (f->n_elsewhere > 0) {
        mera_note(found->diags, "where", at, "%zu row%s left out by 'where', %zu kept",
                  f->n_elsewhere, f->n_elsewhere == 1 ? "" : "s", f->n_rows);
    }
    if (f->table->n_footnotes > 0) {
        mera_note(found->diags, "footnotes", at, "marks of footnotes taken off: %zu",
                  f->table->n_footnotes);
    }
    if (f->n_trimmed > 0) {
        mera_note(found->diags, "trimmed-key", at, "blanks were taken off the ends of %zu key%s",
                  f->n_trimmed, f->n_trimmed == 1 ? "" : "s");
    }
    return MERA_OK;
}
