/* SPDX-License-Identifier: Apache-2.0 */
/** @file What the fields of a table hold. */
#include "io/fields.h"

#include "base/hash.h"
#include "base/math.h"

#include <string.h>

enum { FIELDS_MAX_DISTINCT = 1 << 21, FIELDS_EXAMPLE = 40, FIELDS_NUMBER_TENTHS = 9 };

static uint64_t *distinct_slot(const io_distinct *set, uint64_t hash)
{
    size_t i = (size_t)(hash >> 1) & (set->room - 1); /* bit 0 is always set */
    while (set->slot[i] != 0 && set->slot[i] != hash) {
        i = (i + 1) & (set->room - 1);
    }
    return &set->slot[i];
}

static bool distinct_grow(io_distinct *set, mera_arena *arena)
{
    io_distinct grown = *set;
    grown.room = set->room == 0 ? 64 : set->room * 2;
    grown.slot = mera_arena_zero(arena, grown.room, sizeof *grown.slot);
    if (grown.slot == NULL) {
        return false;
    }
    for (size_t i = 0; i < set->room; i++) {
        if (set->slot[i] != 0) {
            *distinct_slot(&grown, set->slot[i]) = set->slot[i];
        }
    }
    *set = grown;
    return true;
}

bool io_distinct_add(io_distinct *set, mera_slice text, mera_arena *arena)
{
    if (set->full) {
        return true;
    }
    if (set->n >= set->room / 4 * 3 && !distinct_grow(set, arena)) {
        return false;
    }
    const uint64_t hash = mera_hash64(text.at, text.n, 1) | 1; /* never 0 */
    uint64_t *slot = distinct_slot(set, hash);
    if (*slot == 0) {
        *slot = hash;
        set->n++;
        set->full = set->n > FIELDS_MAX_DISTINCT;
    }
    return true;
}

static bool field_digits_only(mera_slice text)
{
    for (size_t i = 0; i < text.n; i++) {
        if (text.at[i] < '0' || text.at[i] > '9') {
            return false;
        }
    }
    return text.n > 0;
}

/* The beginning of a text, not cut inside a character. */
static const char *field_example(mera_slice text, mera_arena *arena)
{
    size_t n = text.n < FIELDS_EXAMPLE ? text.n : FIELDS_EXAMPLE;
    while (n < text.n && n > 0 && ((unsigned char)text.at[n] & 0xc0) == 0x80) {
        n--;
    }
    return mera_arena_printf(arena, "%.*s%s", (int)n, text.at, n < text.n ? "..." : "");
}

const double io_sentinels[IO_N_SENTINELS] = {-99, -999, -9999, -99999, 999, 9999, 99999, 999999};

size_t io_field_sentinel(const io_field *field)
{
    for (size_t k = 0; k < IO_N_SENTINELS; k++) {
        const double spread = field->plain_max - field->plain_min;
        const double x = io_sentinels[k];
        const double gap = x < 0 ? field->plain_min - x : x - field->plain_max;
        if (field->n_sentinel[k] > 0 && gap > spread) { /* false when there are no other numbers */
            return k;
        }
    }
    return IO_N_SENTINELS;
}

/* A number, as a bound of the field and as a sentinel or a bound of what is none. */
static void field_bounds(io_field *field, double x)
{
    field->min = field->min <= x ? field->min : x; /* NaN gives way */
    field->max = field->max >= x ? field->max : x;
    for (size_t k = 0; k < IO_N_SENTINELS; k++) {
        if (x == io_sentinels[k]) {
            field->n_sentinel[k]++;
            return;
        }
    }
    field->plain_min = field->plain_min <= x ? field->plain_min : x;
    field->plain_max = field->plain_max >= x ? field->plain_max : x;
}

/* What a cell that is no number would be if it was said or mended. */
static mera_code field_other(io_field *field, const io_table *table, size_t index, mera_slice text)
{
    const char mark = table->rules.decimal;
    double value = 0;
    size_t used = 0;
    if (field->other == NULL) {
        MERA_TRY_PTR(field->other = field_example(text, table->findings.arena));
        field->other_at = io_table_at(table, index);
    }
    if (!io_number_people(text, mark, &value, &used)) {
        return MERA_OK;
    }
    const mera_slice rest = mera_slice_trim((mera_slice){text.at + used, text.n - used});
    const mera_slice bare = io_footnote_off(text);
    if (mera_slice_eq(rest, "%")) {
        field->n_percent++;
    } else if (bare.n < text.n && io_cell_read(&table->rules, bare).kind == IO_CELL_NUMBER) {
        field->n_footnote++;
    } else if (io_number_people(text, mark == ',' ? '.' : ',', &value, &used) && used == text.n) {
        field->n_mark++;
    } else {
        field->n_behind += rest.at > text.at + used;
    }
    return MERA_OK;
}

static mera_code field_count(io_field *field, const io_table *table, size_t index, bool distinct)
{
    const mera_slice text = mera_slice_trim(table->csv.field[index]);
    const io_cell cell = io_cell_read(&table->rules, text);
    const bool digits = field_digits_only(text);
    field->n_rows++;
    field->n_number += cell.kind == IO_CELL_NUMBER;
    field->n_censored += cell.kind == IO_CELL_CENSORED;
    field->n_missing += cell.kind == IO_CELL_MISSING;
    field->n_other += cell.kind == IO_CELL_UNREADABLE;
    field->n_empty += text.n == 0;
    field->n_digits += digits;
    field->n_zero_led += digits && text.n > 1 && text.at[0] == '0';
    field->n_length[digits && text.n < 12 ? text.n : 0]++;
    if (cell.kind == IO_CELL_NUMBER) {
        field_bounds(field, cell.value);
        field->n_exponent += memchr(text.at, 'E', text.n) != NULL;
    } else if (cell.kind == IO_CELL_UNREADABLE) {
        MERA_TRY(field_other(field, table, index, text));
    }
    if (field->example == NULL && cell.kind != IO_CELL_MISSING) {
        MERA_TRY_PTR(field->example = field_example(text, table->findings.arena));
    }
    if (distinct && text.n > 0 && !io_distinct_add(&field->distinct, text, table->scratch)) {
        return MERA_ENOMEM;
    }
    return MERA_OK;
}

static void field_judge(io_field *field)
{
    const size_t n_said = field->n_rows - field->n_missing;
    const size_t n_numbers = field->n_number + field->n_censored;
    field->is_code = field->n_zero_led > 0 && field->n_digits == n_said;
    field->is_number =
        field->n_number > 0 && !field->is_code && n_numbers * 10 >= n_said * FIELDS_NUMBER_TENTHS;
    field->example = field->example == NULL ? "" : field->example;
}

static mera_code field_row(io_field *fields, const io_table *table, bool distinct)
{
    const csv_reader *csv = &table->csv;
    if (csv->n_fields != table->n_fields || csv->trouble != NULL || io_table_blank(table) ||
        !io_table_keeps(table)) {
        return MERA_OK;
    }
    for (size_t i = 0; i < table->n_fields; i++) {
        MERA_TRY(field_count(&fields[i], table, i, distinct));
    }
    return MERA_OK;
}

mera_code io_fields_scan(io_table *table, bool distinct, io_field **out)
{
    io_field *fields = NULL;
    MERA_TRY_NEW(fields, table->scratch, table->n_fields);
    for (size_t i = 0; i < table->n_fields; i++) {
        fields[i].min = fields[i].max = fields[i].plain_min = fields[i].plain_max = NAN;
    }
    for (bool more = true; more;) {
        MERA_TRY(io_table_next(table, &more));
        MERA_TRY(more ? field_row(fields, table, distinct) : MERA_OK);
    }
    for (size_t i = 0; i < table->n_fields; i++) {
        field_judge(&fields[i]);
    }
    *out = fields;
    return MERA_OK;
}
