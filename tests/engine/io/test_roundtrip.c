/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Random tables, written as a person or a program would and read back: every cell, gap and line
 * must be what was written. Seeds are fixed.
 */
#include "io_test.h"

#include "base/number.h"

static uint64_t draw(uint64_t *state) /* splitmix64 */
{
    uint64_t z = (*state += 0x9e3779b97f4a7c15U);
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9U;
    z = (z ^ z >> 27) * 0x94d049bb133111ebU;
    return z ^ z >> 31;
}

enum { MAX_UNITS = 700, MAX_COLUMNS = 12 };

typedef struct table {
    size_t n_units, n_columns;
    char delimiter, decimal;
    const char *newline;
    double value[MAX_UNITS][MAX_COLUMNS]; /* NaN = a gap */
    uint32_t line[MAX_UNITS];
} table;

static double made_up_number(uint64_t *seed)
{
    const double scale[] = {1e-9, 1e-3, 1, 1e4, 1e15, 1e300};
    const double x = ((double)(draw(seed) >> 11) / 0x1p53 - 0.5) * scale[draw(seed) % 6];
    return draw(seed) % 3 == 0 ? (double)(int)(x * 100) : x;
}

static void write_number(mera_text *text, const table *t, double x, uint64_t *seed)
{
    static const char *const gaps[] = {"", "NA", "-", "..", "\xE2\x80\xA6", " "};
    char number[32];
    if (isnan(x)) {
        mera_text_add(text, gaps[draw(seed) % COUNT(gaps)]);
        return;
    }
    mera_number_write(x, number);
    char *point = strchr(number, '.');
    if (point != NULL) {
        *point = t->decimal;
    }
    const bool quoted = t->decimal == t->delimiter || draw(seed) % 10 == 0;
    mera_text_addf(text, quoted ? "\"%s\"" : "%s", number);
}

static const char *made_up_table(mera_arena *arena, table *t, uint64_t *seed)
{
    mera_text text = {.arena = arena};
    t->n_units = 1 + draw(seed) % MAX_UNITS;
    t->n_columns = 1 + draw(seed) % MAX_COLUMNS;
    t->delimiter = ",;\t"[draw(seed) % 3];
    t->decimal = ".,"[draw(seed) % 2];
    t->newline = draw(seed) % 2 == 0 ? "\n" : "\r\n";
    mera_text_add(&text, "key");
    for (size_t k = 0; k < t->n_columns; k++) {
        mera_text_addf(&text, "%cc%zu", t->delimiter, k);
    }
    mera_text_add(&text, t->newline);
    uint32_t line = 2;
    for (size_t i = 0; i < t->n_units; i++) {
        const bool two_lines = draw(seed) % 9 == 0;
        t->line[i] = line;
        line += two_lines ? 2 : 1;
        mera_text_addf(&text, two_lines ? "\"u%05zu\nx\"" : "u%05zu", i);
        for (size_t k = 0; k < t->n_columns; k++) {
            t->value[i][k] = draw(seed) % 7 == 0 ? NAN : made_up_number(seed);
            mera_text_addf(&text, "%c", t->delimiter);
            write_number(&text, t, t->value[i][k], seed);
        }
        mera_text_add(&text, t->newline);
    }
    return mera_text_string(&text);
}

static void assert_column(fixture *f, const table *t, size_t k)
{
    char name[24];
    snprintf(name, sizeof name, "c%zu", k);
    const mera_column *c = mera_dataset_column(f->data, name);
    assert_non_null(c);
    for (size_t i = 0; i < t->n_units; i++) {
        const double expected = t->value[i][k] == 0 ? 0 : t->value[i][k];
        mera_at at = {0};
        if (isnan(expected) != isnan(c->value[i]) ||
            (!isnan(expected) && c->value[i] != expected)) {
            print_error("%s of unit %zu: %.17g is not %.17g\n", name, i, c->value[i], expected);
            fail();
        }
        assert_int_equal(MERA_REASON(c->state[i]), isnan(expected) ? MERA_ABSENT : MERA_OBSERVED);
        assert_true(mera_column_place(f->data, c, i, &at));
        assert_int_equal(at.line, t->line[i]);
        assert_int_equal(at.column, k + 2);
    }
}

static void random_wide_tables_are_read_as_they_were_written(void **state)
{
    fixture *f = *state;
    uint64_t seed = 14112024;
    table *t = malloc(sizeof *t);
    const char *columns[MAX_COLUMNS];
    for (size_t k = 0; k < MAX_COLUMNS; k++) {
        columns[k] = mera_arena_printf(f->arena, "c%zu", k);
    }
    for (int round = 0; round < 40; round++) {
        const char *text = made_up_table(f->arena, t, &seed);
        const char *path = given(f, mera_arena_printf(f->arena, "%d.csv", round), text);
        const mera_source source = {.path = path,
                                    .key = {"key"},
                                    .n_key = 1,
                                    .decimal = t->decimal,
                                    .delimiter = t->delimiter};
        const mera_read_request request = {.column = columns, .n_columns = t->n_columns};
        assert_int_equal(read_request(f, request, &source, 1), MERA_OK);
        assert_int_equal(f->data->n_units, t->n_units);
        for (size_t k = 0; k < t->n_columns; k++) {
            assert_column(f, t, k);
        }
    }
    free(t);
}

/* One result by two roads: the wide table, and the same cells in a long one. */
static void a_long_table_gives_the_same_cells_as_a_wide_one(void **state)
{
    fixture *f = *state;
    uint64_t seed = 3;
    mera_text wide = {.arena = f->arena}, tall = {.arena = f->arena};
    mera_text_add(&wide, "key,year,x,y\n");
    mera_text_add(&tall, "key,year,indicator,value\n");
    for (int i = 0; i < 300; i++) {
        for (int year = 2020; year < 2023; year++) {
            const double x = (double)(draw(&seed) % 1000) / 8, y = (double)(draw(&seed) % 1000) / 4;
            mera_text_addf(&wide, "u%d,%d,%.3f,%.3f\n", i, year, x, y);
            mera_text_addf(&tall, "u%d,%d,x,%.3f\nu%d,%d,y,%.3f\n", i, year, x, i, year, y);
        }
    }
    mera_source source = {.path = given(f, "wide.csv", mera_text_string(&wide)),
                          .key = {"key"},
                          .n_key = 1,
                          .period = "year"};
    const char *const columns[] = {"x", "y"};
    const mera_read_request request = {.column = columns, .n_columns = 2};
    assert_int_equal(read_request(f, request, &source, 1), MERA_OK);
    const mera_dataset *a = f->data;
    source.path = given(f, "tall.csv", mera_text_string(&tall));
    source.layout = MERA_LAYOUT_LONG;
    assert_int_equal(read_request(f, request, &source, 1), MERA_OK);
    const mera_dataset *b = f->data;
    assert_int_equal(a->n_units * a->n_periods, 900);
    for (size_t k = 0; k < 2; k++) {
        assert_memory_equal(a->column[k].value, b->column[k].value, 900 * sizeof(double));
        assert_memory_equal(a->column[k].state, b->column[k].state, 900);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(random_wide_tables_are_read_as_they_were_written),
        TEST(a_long_table_gives_the_same_cells_as_a_wide_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
