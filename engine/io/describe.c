/* SPDX-License-Identifier: Apache-2.0 */
/** @file Looking through one file without a methodology. Oddities are findings here, not errors. */
#include "mera/read.h"

#include "base/math.h"
#include "base/number.h"
#include "io/blocks.h"
#include "io/describe_advice.h"

#include <string.h>

/* The fields of the key, as far as the file has them. */
static size_t describe_key(const describe *d, size_t key[4])
{
    size_t n = 0;
    if (d->table->source->n_key == 0 && d->table->source->layout == MERA_LAYOUT_BLOCKS) {
        key[n++] = BLOCKS_NAME;
    }
    for (size_t i = 0; i < d->table->source->n_key; i++) {
        const size_t field = io_table_field(d->table, d->table->source->key[i]);
        if (field != SIZE_MAX) {
            key[n++] = field;
        }
    }
    return n;
}

/* A unit that was not there yet and is written almost as one that was. */
static mera_code describe_alike(describe *d, mera_slice key)
{
    const io_alike_unit *other = NULL;
    mera_arena *arena = d->table->findings.arena;
    const mera_at at = {d->table->findings.path, io_table_line(d->table), 0, 0};
    MERA_TRY(io_alike_add(&d->alike, key, at, &other));
    if (other == NULL) {
        return MERA_OK;
    }
    const char *en = io_alike_why(key, other, false, arena);
    const char *ru = io_alike_why(key, other, true, arena);
    MERA_TRY_PTR(en);
    MERA_TRY_PTR(ru);
    if (!io_tally_count(&d->alike_units, io_table_row(d->table))) {
        return MERA_OK;
    }
    return io_case(&d->table->findings, &d->alike_units, io_table_row(d->table),
                   mera_arena_printf(arena,
                                     "unit '%.*s' and '%s' of line %u differ only in how they are "
                                     "written (%s): two units without 'match'",
                                     (int)key.n, key.at, other->key, other->at.line, en),
                   mera_arena_printf(arena,
                                     "территория '%.*s' и '%s' из строки %u различаются только "
                                     "написанием (%s): без 'match' это две территории",
                                     (int)key.n, key.at, other->key, other->at.line, ru));
}

/* Counts units and periods, and rows that name the same ones twice. */
static mera_code describe_row(describe *d, const size_t *key, size_t n_key, size_t period,
                              io_distinct *pairs)
{
    io_table *t = d->table;
    mera_text id = {.arena = t->scratch};
    for (size_t i = 0; i < n_key; i++) {
        const mera_slice part = mera_slice_trim(t->csv.field[key[i]]);
        mera_text_add(&id, i == 0 ? "" : " / ");
        mera_text_add_n(&id, part.at, part.n);
    }
    MERA_TRY_PTR(mera_text_string(&id));
    const size_t n_unit = id.n;
    const size_t n_units = d->units.n;
    bool good = n_key == 0 || io_distinct_add(&d->units, (mera_slice){id.data, n_unit}, t->scratch);
    if (d->units.n != n_units && t->source->match == NULL) {
        MERA_TRY(describe_alike(d, (mera_slice){id.data, n_unit}));
    }
    if (period != SIZE_MAX) {
        const mera_slice label = mera_slice_trim(t->csv.field[period]);
        good &= io_distinct_add(&d->periods, label, t->scratch);
        mera_text_add(&id, " | ");
        mera_text_add_n(&id, label.at, label.n);
    }
    if (n_key == 0 || t->source->layout != MERA_LAYOUT_WIDE) { /* others have many rows a unit */
        return good ? MERA_OK : MERA_ENOMEM;
    }
    const size_t before = pairs->n;
    MERA_TRY_PTR(mera_text_string(&id));
    good &= io_distinct_add(pairs, (mera_slice){id.data, id.n}, t->scratch);
    if (!good || pairs->n != before || pairs->full) {
        return good ? MERA_OK : MERA_ENOMEM;
    }
    return DESCRIBE_CASE(d, &d->duplicate, "unit '%.*s' is there again",
                         "территория '%.*s' здесь снова", (int)n_unit, id.data);
}

static mera_code describe_odd_row(describe *d)
{
    io_table *t = d->table;
    if (t->csv.trouble != NULL) {
        return DESCRIBE_CASE(d, &d->quote, "text after the quote that closes a field",
                             "текст после кавычки, которой кончается поле");
    }
    return DESCRIBE_CASE(d, &d->ragged, "%zu fields where the header has %zu",
                         "полей %zu, а в заголовке %zu", t->csv.n_fields, t->n_fields);
}

/** Who a row is, for all rows. */
typedef struct describe_roles {
    size_t key[4], n_key, period;
    io_distinct pairs;
} describe_roles;

/* Counts a row; what is made for it alone is given back. */
static mera_code describe_next(describe *d, describe_roles *roles)
{
    io_table *t = d->table;
    if (io_table_blank(t)) {
        return MERA_OK;
    }
    MERA_TRY(describe_glance(d));
    if (t->csv.n_fields != t->n_fields || t->csv.trouble != NULL) {
        return describe_odd_row(d);
    }
    if (!io_table_keeps(t)) {
        d->n_elsewhere++;
        return MERA_OK;
    }
    d->n_rows++;
    MERA_TRY(describe_indicator(d));
    MERA_TRY(t->source->layout == MERA_LAYOUT_SURVEY ? describe_answers(d) : MERA_OK);
    const mera_arena_mark mark = mera_arena_mark_now(t->scratch);
    const size_t before = d->units.room + d->periods.room + roles->pairs.room;
    MERA_TRY(describe_row(d, roles->key, roles->n_key, roles->period, &roles->pairs));
    if (before == d->units.room + d->periods.room + roles->pairs.room) {
        mera_arena_rewind(t->scratch, mark);
    }
    return MERA_OK;
}

static mera_code describe_rows(describe *d)
{
    io_table *t = d->table;
    describe_roles roles = {.period = SIZE_MAX};
    roles.n_key = describe_key(d, roles.key);
    if (t->source->period != NULL) {
        roles.period = io_table_field(t, t->source->period);
    } else if (t->source->layout == MERA_LAYOUT_BLOCKS) {
        roles.period = BLOCKS_PERIOD;
    }
    for (bool more = true; more;) {
        MERA_TRY(io_table_next(t, &more));
        MERA_TRY(more ? describe_next(d, &roles) : MERA_OK);
    }
    return MERA_OK;
}

/* A number that may stand for "missing", with the line that would say so. */
static mera_code describe_sentinel(describe *d, const io_field *f, const char *name)
{
    const size_t k = io_field_sentinel(f);
    char lo[32], hi[32];
    if (!f->is_number || k == IO_N_SENTINELS) {
        return MERA_OK;
    }
    mera_number_write(f->plain_min, lo);
    mera_number_write(f->plain_max, hi);
    return DESCRIBE_FIND(d, "sentinel",
                         "'%s': %.0f (rows: %zu), far from the others (%s to %s); if it means "
                         "missing, say 'missing: [\"%.0f\"]' in the entry of 'data'",
                         "'%s': %.0f (строк: %zu), далеко от остальных (от %s до %s); если это "
                         "пропуск, впишите 'missing: [\"%.0f\"]' в запись 'data'",
                         name, io_sentinels[k], f->n_sentinel[k], lo, hi, io_sentinels[k]);
}

static void describe_counts(const io_field *f, const char *name, mera_field_report *report)
{
    *report = (mera_field_report){
        .name = name,
        .is_number = f->is_number,
        .n_present = f->is_number ? f->n_number : f->n_rows - f->n_missing,
        .n_missing = f->n_missing,
        .n_censored = f->n_censored,
        .n_unreadable = f->is_number ? f->n_other : 0,
        .n_distinct_text = f->distinct.n,
        .min = f->is_number ? f->min : NAN,
        .max = f->is_number ? f->max : NAN,
        .example = f->example,
    };
}

/* Cells of a field of numbers that are none. */
static mera_code describe_unreadable(describe *d, const io_field *f, const char *name)
{
    mera_arena *arena = d->table->findings.arena;
    if (!f->is_number || f->n_other == 0) {
        return MERA_OK;
    }
    return io_find_in(&d->table->findings, "unparsable-number", f->other_at,
                      mera_arena_printf(arena,
                                        "'%s': cells that are not numbers: %zu, the first '%s'",
                                        name, f->n_other, f->other),
                      mera_arena_printf(arena, "'%s': ячеек, которые не числа: %zu, первая '%s'",
                                        name, f->n_other, f->other));
}

/* Codes, constants, gaps, and fields that could be keys. */
static mera_code describe_field(describe *d, size_t i, mera_field_report *report)
{
    const io_field *f = &d->field[i];
    const char *name = d->table->name[i];
    const bool full = f->n_empty == 0, several = f->n_rows > 1;
    describe_counts(f, name, report);
    if (f->n_rows == 0) {
        return MERA_OK;
    }
    if (f->is_code) {
        MERA_TRY(DESCRIBE_FIND(
            d, "leading-zeros", "'%s': digits with leading zeros (%zu): a code, kept as text",
            "'%s': цифры с нулями впереди (%zu): код, оставлен текстом", name, f->n_zero_led));
    }
    if (f->n_rows == f->n_missing) {
        MERA_TRY(DESCRIBE_FIND(d, "all-missing", "'%s': no value at all",
                               "'%s': ни одного значения", name));
    } else if (f->distinct.n == 1 && full && several) {
        MERA_TRY(DESCRIBE_FIND(d, "constant", "'%s': '%s' in every row",
                               "'%s': '%s' в каждой строке", name, f->example));
    }
    MERA_TRY(describe_sentinel(d, f, name));
    if (f->n_censored > 0) {
        MERA_TRY(DESCRIBE_FIND(d, "censored", "'%s': bounds like '<5': %zu",
                               "'%s': границ вида '<5': %zu", name, f->n_censored));
    }
    MERA_TRY(describe_unreadable(d, f, name));
    if (!f->is_number && full && several && f->distinct.n == f->n_rows && !f->distinct.full) {
        MERA_TRY(DESCRIBE_FIND(d, "key-candidate", "'%s': different in each of %zu rows",
                               "'%s': во всех строках разные (%zu)", name, f->n_rows));
    }
    return MERA_OK;
}

static mera_code describe_twin(describe *d, size_t i)
{
    const io_table *t = d->table;
    if (t->twin[i] == SIZE_MAX || t->name[i][0] == '\0') {
        return MERA_OK;
    }
    return DESCRIBE_FIND(d, "duplicate-field", "the header has '%s' twice: fields %zu and %zu",
                         "в заголовке '%s' стоит дважды: поля %zu и %zu", t->name[i],
                         t->twin[i] + 1, i + 1);
}

/* Fields that the header does not name: nothing can ask for them. */
static mera_code describe_unnamed(describe *d)
{
    const io_table *t = d->table;
    mera_text list = {.arena = t->findings.arena};
    size_t n = 0;
    for (size_t i = 0; i < t->n_fields; i++) {
        if (t->name[i][0] == '\0') {
            mera_text_addf(&list, "%s%zu", n++ == 0 ? "" : ", ", i + 1);
        }
    }
    MERA_TRY_PTR(mera_text_string(&list));
    return n == 0 ? MERA_OK
                  : DESCRIBE_FIND(d, "unnamed-field", "fields without a name: %zu (%s)",
                                  "полей без имени: %zu (%s)", n, mera_text_string(&list));
}

static mera_code describe_fields(describe *d)
{
    io_table *t = d->table;
    mera_field_report *reports = NULL;
    MERA_TRY_NEW(reports, t->findings.arena, t->n_fields);
    MERA_TRY(describe_unnamed(d));
    for (size_t i = 0; i < t->n_fields; i++) {
        MERA_TRY(describe_twin(d, i));
        MERA_TRY(describe_field(d, i, &reports[i]));
        MERA_TRY(describe_advise_field(d, i));
    }
    d->out->field = reports;
    d->out->n_fields = t->n_fields;
    return MERA_OK;
}

/* How many fields the header tells apart. */
static void describe_names(describe *d)
{
    const io_table *t = d->table;
    for (size_t i = 0; i < t->n_fields; i++) {
        d->n_named += t->name[i][0] != '\0' && t->twin[i] == SIZE_MAX;
    }
}

static mera_code describe_table(describe *d)
{
    io_table *t = d->table;
    d->ragged = (io_tally){.kind = "ragged-row"};
    d->quote = (io_tally){.kind = "bad-quote"};
    d->duplicate = (io_tally){.kind = "duplicate"};
    d->total = (io_tally){.kind = "total-row"};
    describe_names(d);
    d->alike_units = (io_tally){.kind = "alike-units"};
    MERA_TRY(io_table_where(t));
    MERA_TRY(io_fields_scan(t, true, &d->field));
    MERA_TRY(io_table_rewind(t));
    MERA_TRY(describe_rows(d));
    mera_file_report *out = d->out;
    MERA_TRY(describe_advise(d));
    MERA_TRY(describe_said(d));
    MERA_TRY(describe_fields(d));
    const mera_field_report *fields = out->field;
    io_table_report(t, out);
    out->field = fields;
    out->n_fields = t->n_fields;
    out->n_rows = d->n_rows;
    out->n_units = d->units.n;
    out->n_periods = d->periods.n;
    return MERA_OK;
}

mera_code mera_data_describe(const mera_source *source, mera_arena *arena, mera_diags *diags,
                             mera_file_report *out)
{
    io_table table;
    describe d = {.table = &table, .out = out, .indicator = SIZE_MAX};
    mera_arena *kept = mera_arena_new(); /* rows are rewound, what was met is not */
    MERA_TRY_PTR(kept);
    mera_code code = io_alike_new(kept, &d.alike);
    code = code == MERA_OK ? io_table_open(source, arena, diags, &table) : code;
    if (code == MERA_OK) {
        code = describe_table(&d);
        io_table_close(&table);
    }
    mera_arena_free(kept);
    return code;
}
