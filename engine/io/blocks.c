/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Tables in blocks as one long table. A block is what stands between blank lines: a title (rows
 * with a first field only, or the first field of the row of years), the row of years (perhaps with
 * another below it that names parts of the year), and a row a unit. Fields between the name and the
 * first year name the part of the year, too. Of several parts of one year that one counts which
 * stands first in `of_year`; the choice is made for each block and year.
 */
#include "io/blocks.h"

#include "base/grow.h"
#include "io/sheet.h"

enum { BLOCKS_YEARS = 200 }; /* 1900 to 2099 */

typedef struct block_row {
    mera_slice *field;
    size_t n;
    uint32_t line;
    const char *start;
} block_row;

/** A column of values. */
typedef struct block_column {
    io_year_label label;
    size_t best; /**< rank of the part that counts for its year in this block */
    uint32_t field;
} block_column;

typedef struct blocks_reading {
    io_table *table;
    mera_text *out;
    block_row *row; /* of the block at hand */
    size_t n_rows, room_rows;
    block_column *column;
    size_t n_columns, room_columns;
    size_t n_fields; /* of the row of years */
    mera_text title, part, heading;
    uint32_t title_line;
    size_t room_places, n_places, n_other;
    io_tally unheaded, headings, unchosen, ragged, unnamed;
} blocks_reading;

static mera_slice blocks_slice(const mera_text *text)
{
    return (mera_slice){text->n == 0 ? "" : text->data, text->n};
}

static mera_at blocks_at(const blocks_reading *b, const block_row *row)
{
    const bool sheet = b->table->sheet != NULL;
    return (mera_at){b->table->findings.path, row->line, sheet ? b->table->first_column : 1,
                     sheet ? MERA_AT_CELL : 0};
}

/* Fields from `from` on that hold something. */
static size_t row_said(const block_row *row, size_t from)
{
    size_t n = 0;
    for (size_t i = from; i < row->n; i++) {
        n += row->field[i].n > 0;
    }
    return n;
}

/* Keeps the record at hand; its fields may lie in a buffer that the next one uses again. */
static mera_code block_add(blocks_reading *b)
{
    const csv_reader *csv = &b->table->csv;
    block_row *list =
        mera_grown(b->table->scratch, b->row, &b->room_rows, b->n_rows + 1, sizeof *list);
    MERA_TRY_PTR(list);
    b->row = list;
    block_row *row = &list[b->n_rows];
    *row = (block_row){.n = csv->n_fields, .line = csv->line, .start = csv->start};
    MERA_TRY_NEW(row->field, b->table->scratch, row->n);
    for (size_t i = 0; i < row->n; i++) {
        const mera_slice text = mera_slice_trim(csv->field[i]);
        const char *copy = mera_arena_strndup(b->table->scratch, text.at, text.n);
        MERA_TRY_PTR(copy);
        row->field[i] = (mera_slice){copy, text.n};
    }
    b->n_rows++;
    return MERA_OK;
}

/* The title: rows with a first field only. Returns how many. */
static size_t block_title(blocks_reading *b)
{
    size_t n = 0;
    b->title.n = 0;
    b->title_line = b->row[0].line;
    while (n < b->n_rows && row_said(&b->row[n], 1) == 0) {
        mera_text_add(&b->title, n == 0 ? "" : " / ");
        mera_text_add_n(&b->title, b->row[n].field[0].at, b->row[n].field[0].n);
        n++;
    }
    return n;
}

/* The year as a number from 0. */
static size_t block_year(const block_column *column)
{
    const char *digit = column->label.year.at;
    return (size_t)((digit[0] - '1') * 100 + (digit[2] - '0') * 10 + (digit[3] - '0'));
}

/* Is it a second row of the header: no name, no number, something said? */
static bool block_is_parts(const blocks_reading *b, size_t index)
{
    if (index >= b->n_rows || b->row[index].field[0].n > 0 || row_said(&b->row[index], 1) == 0) {
        return false;
    }
    for (size_t i = 1; i < b->row[index].n; i++) {
        double value = 0;
        size_t used = 0;
        if (io_number_people(b->row[index].field[i], ',', &value, &used)) {
            const mera_slice text = b->row[index].field[i];
            return used < text.n && used > 0 && text.at[used] == ' '; /* "1 квартал" */
        }
    }
    return true;
}

static mera_code block_column_add(blocks_reading *b, size_t field, io_year_label label)
{
    block_column *list =
        mera_grown(b->table->scratch, b->column, &b->room_columns, b->n_columns + 1, sizeof *list);
    MERA_TRY_PTR(list);
    b->column = list;
    list[b->n_columns++] = (block_column){label, SIZE_MAX, (uint32_t)field};
    return MERA_OK;
}

/* The columns of values, by the row of years and perhaps the one of parts below it. */
static mera_code block_columns(blocks_reading *b, const block_row *years, const block_row *parts)
{
    mera_slice left = {"", 0};
    b->n_columns = 0;
    b->n_fields = parts != NULL && parts->n > years->n ? parts->n : years->n;
    for (size_t i = 1; i < b->n_fields; i++) {
        const mera_slice above = i < years->n ? years->field[i] : (mera_slice){"", 0};
        const mera_slice text = above.n == 0 && parts != NULL ? left : above;
        io_year_label label = io_year_label_of(text);
        left = text;
        if (label.year.n == 0) {
            continue;
        }
        if (parts != NULL && i < parts->n && parts->field[i].n > 0) {
            label.part = io_year_label_of(parts->field[i]).part;
        }
        MERA_TRY(block_column_add(b, i, label));
    }
    return MERA_OK;
}

/* The part of the year of a cell: the column's, and what stands between the name and the years. */
static mera_slice block_part(blocks_reading *b, const block_row *row, const block_column *column)
{
    b->part.n = 0;
    for (size_t i = 1; i < row->n && i < b->column[0].field; i++) {
        mera_text_add(&b->part, b->part.n == 0 || row->field[i].n == 0 ? "" : " / ");
        mera_text_add_n(&b->part, row->field[i].at, row->field[i].n);
    }
    mera_text_add(&b->part, b->part.n == 0 || column->label.part.n == 0 ? "" : " / ");
    mera_text_add_n(&b->part, column->label.part.at, column->label.part.n);
    return io_year_label_of(blocks_slice(&b->part)).part;
}

/* The best rank of the parts of one year that a column has in this block. */
static size_t block_rank(blocks_reading *b, size_t first, const block_column *column)
{
    const bool by_row = b->column[0].field > 1;
    size_t best = SIZE_MAX;
    for (size_t r = first; r < b->n_rows && (by_row || r == first); r++) {
        const bool heading = by_row && row_said(&b->row[r], 1) == 0;
        const size_t rank =
            heading ? SIZE_MAX : io_year_rank(b->table->source, block_part(b, &b->row[r], column));
        best = rank < best ? rank : best;
    }
    return best;
}

/* Finds for each year the part that counts in this block; says when there is none. */
static mera_code block_choose(blocks_reading *b, size_t first)
{
    size_t best[BLOCKS_YEARS];
    bool said[BLOCKS_YEARS] = {false};
    for (size_t i = 0; i < BLOCKS_YEARS; i++) {
        best[i] = SIZE_MAX;
    }
    for (size_t i = 0; i < b->n_columns; i++) {
        const size_t rank = block_rank(b, first, &b->column[i]);
        size_t *of_year = &best[block_year(&b->column[i])];
        *of_year = rank < *of_year ? rank : *of_year;
    }
    for (size_t i = 0; i < b->n_columns && first < b->n_rows; i++) {
        block_column *column = &b->column[i];
        const size_t year = block_year(column);
        column->best = best[year];
        if (best[year] == SIZE_MAX && !said[year]) {
            const mera_slice part = block_part(b, &b->row[first], column);
            said[year] = true;
            MERA_TRY(IO_CASE_IN(&b->table->findings, &b->unchosen, blocks_at(b, &b->row[first - 1]),
                                "'%s': of %.4s there is '%.*s', which is not said to be the year's",
                                "'%s': за %.4s есть '%.*s', а это не названо значением года",
                                mera_text_string(&b->title), column->label.year.at, (int)part.n,
                                part.at));
        }
    }
    return MERA_OK;
}

static mera_code block_place(blocks_reading *b, const block_row *row, uint32_t field)
{
    io_table *t = b->table;
    struct io_block_place *list =
        mera_grown(t->scratch, t->block, &b->room_places, b->n_places + 1, sizeof *list);
    MERA_TRY_PTR(list);
    t->block = list;
    list[b->n_places++] = (struct io_block_place){row->start, row->line, b->title_line, field};
    return MERA_OK;
}

/* A row of the long table. */
static mera_code block_value(blocks_reading *b, const block_row *row, const block_column *column)
{
    const mera_slice part = block_part(b, row, column);
    if (io_year_rank(b->table->source, part) != column->best || column->best == SIZE_MAX) {
        b->n_other++;
        return MERA_OK;
    }
    const mera_slice fields[] = {
        [BLOCKS_INDICATOR] = blocks_slice(&b->title),
        [BLOCKS_HEADING] = blocks_slice(&b->heading),
        [BLOCKS_NAME] = row->field[0],
        [BLOCKS_PERIOD] = column->label.year,
        [BLOCKS_OF_YEAR] = part,
        [BLOCKS_VALUE] = column->field < row->n ? row->field[column->field] : (mera_slice){"", 0},
    };
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        mera_text_add(b->out, i == 0 ? "" : "\t");
        io_sheet_field(b->out, fields[i]);
    }
    mera_text_add(b->out, "\n");
    return block_place(b, row, column->field);
}

/* A row below the header: a unit, or a heading over units. */
static mera_code block_unit(blocks_reading *b, const block_row *row)
{
    io_findings *found = &b->table->findings;
    if (row_said(row, b->n_fields) > 0) {
        return IO_CASE_IN(found, &b->ragged, blocks_at(b, row),
                          "%zu fields where the row of years has %zu",
                          "полей %zu, а в строке лет %zu", row->n, b->n_fields);
    }
    if (row_said(row, 1) == 0) {
        b->heading.n = 0;
        mera_text_add_n(&b->heading, row->field[0].at, row->field[0].n);
        return IO_CASE_IN(found, &b->headings, blocks_at(b, row), "'%.*s' has no values: a heading",
                          "'%.*s' без значений: заголовок", (int)row->field[0].n, row->field[0].at);
    }
    if (row->field[0].n == 0) {
        return IO_CASE_IN(found, &b->unnamed, blocks_at(b, row),
                          "values without a name before them", "значения без названия перед ними");
    }
    for (size_t i = 0; i < b->n_columns; i++) {
        MERA_TRY(block_value(b, row, &b->column[i]));
    }
    return MERA_OK;
}

/* A whole block. */
static mera_code block_end(blocks_reading *b)
{
    if (b->n_rows == 0) {
        return MERA_OK;
    }
    size_t next = block_title(b);
    const block_row *years = next < b->n_rows ? &b->row[next] : NULL;
    const block_row *parts = block_is_parts(b, next + 1) ? &b->row[next + 1] : NULL;
    b->n_columns = 0;
    b->heading.n = 0;
    MERA_TRY(years == NULL ? MERA_OK : block_columns(b, years, parts));
    if (b->n_columns == 0) {
        b->n_rows = 0;
        return IO_CASE_IN(&b->table->findings, &b->unheaded, blocks_at(b, b->row),
                          "a block without a row of years", "блок без строки лет");
    }
    if (next == 0) { /* the title stands in the row of years */
        b->title_line = years->line;
        mera_text_add_n(&b->title, years->field[0].at, years->field[0].n);
    }
    MERA_TRY_PTR(mera_text_string(&b->title));
    next += parts == NULL ? 1 : 2;
    MERA_TRY(block_choose(b, next));
    for (; next < b->n_rows; next++) {
        MERA_TRY(block_unit(b, &b->row[next]));
    }
    b->n_rows = 0;
    return MERA_OK;
}

static mera_code blocks_tell(blocks_reading *b)
{
    io_findings *found = &b->table->findings;
    const bool refuse = b->ragged.refuse;
    MERA_TRY(io_tally_end(found, &b->unheaded, "blocks without a row of years left out"));
    MERA_TRY(io_tally_end(found, &b->headings, "rows with a name only, taken as headings"));
    MERA_TRY(io_tally_end(found, &b->unchosen,
                          "years left out, of which no value is said to be the year's"));
    if (b->unchosen.n > 0) {
        mera_hint(found->diags, "'of_year' in the entry of 'data' lists the parts of a year whose "
                                "value is the year's");
    }
    MERA_TRY(io_tally_end(found, &b->ragged,
                          refuse ? "rows with fields beyond the years"
                                 : "rows with fields beyond the years left out"));
    MERA_TRY(io_tally_end(found, &b->unnamed,
                          refuse ? "rows without a name" : "rows without a name left out"));
    if (b->n_other > 0) {
        mera_note(found->diags, "of-year", (mera_at){.file = found->path},
                  "values of other parts of a year left out: %zu", b->n_other);
    }
    return MERA_OK;
}

mera_code io_blocks_read(io_table *table, mera_text *out)
{
    mera_arena *scratch = table->scratch;
    const bool refuse = table->source->bad_rows != MERA_SKIP;
    blocks_reading b = {.table = table,
                        .out = out,
                        .title = {.arena = scratch},
                        .part = {.arena = scratch},
                        .heading = {.arena = scratch},
                        .unheaded = {.kind = "no-years"},
                        .headings = {.kind = "heading"},
                        .unchosen = {.kind = "no-value-of-year"},
                        .ragged = {.kind = "ragged-row", .refuse = refuse},
                        .unnamed = {.kind = "no-key", .refuse = refuse}};
    mera_text_add(out, "indicator\theading\tname\tperiod\tof_year\tvalue\n");
    for (bool more = true; more;) {
        const size_t blank = table->csv.n_blank;
        MERA_TRY(io_table_next(table, &more));
        const bool empty = more && io_table_blank(table);
        MERA_TRY(!more || empty || table->csv.n_blank != blank ? block_end(&b) : MERA_OK);
        MERA_TRY(more && !empty ? block_add(&b) : MERA_OK);
    }
    if (b.title.failed || b.part.failed || b.heading.failed || out->failed) {
        return MERA_ENOMEM;
    }
    return blocks_tell(&b);
}
