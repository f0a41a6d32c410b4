/* SPDX-License-Identifier: Apache-2.0 */
/** @file Codes that change between periods: a unit is followed, and what cannot be is refused. */
#include "io_test.h"

#include "io/codes.h"

static mera_recode recode(fixture *f, const char *table, bool timed)
{
    return (mera_recode){.source = {.path = given(f, "codes.csv", table)},
                         .from = "old",
                         .to = "new",
                         .period = timed ? "since" : NULL};
}

/* The last code of what `code` was in `period`. */
static const char *last(fixture *f, const mera_recode *from, const char *code, const char *period,
                        code_taken expected)
{
    code_table *table = NULL;
    code_taken taken;
    assert_int_equal(code_table_read(from, f->arena, f->diags, &table), MERA_OK);
    const char *found = code_last(table, code, (mera_slice){period, strlen(period)}, &taken);
    assert_int_equal(taken, expected);
    return found;
}

static void a_code_is_followed_to_the_last_one(void **state)
{
    fixture *f = *state;
    const mera_recode chain = recode(f, "old,new,since\n1,2,2012\n2,3,2018\n", true);
    assert_string_equal(last(f, &chain, "1", "2010", CODE_FOLLOWED), "3");
    assert_string_equal(last(f, &chain, "2", "2012", CODE_FOLLOWED), "3");
    assert_string_equal(last(f, &chain, "3", "2018", CODE_SAME), "3");
    assert_string_equal(last(f, &chain, "9", "2018", CODE_SAME), "9");
    /* a file of 2019 that still has the first code */
    assert_string_equal(last(f, &chain, "1", "2019", CODE_LATE), "3");
    assert_string_equal(last(f, &chain, "1", "", CODE_FOLLOWED), "3");
    /* "2" came and went: a file without a period may mean nothing else, and still is not guessed */
    last(f, &chain, "2", "", CODE_AMBIGUOUS);
}

static void a_code_given_anew_belongs_to_whom_had_it_in_the_period(void **state)
{
    fixture *f = *state;
    /* A moved to B in 2012; C took over the code A in 2015, and B and D swapped in 2018 */
    const mera_recode swap =
        recode(f, "old,new,since\nA,B,2012\nC,A,2015\nB,D,2018\nD,B,2018\n", true);
    assert_string_equal(last(f, &swap, "A", "2011", CODE_FOLLOWED), "D");
    assert_string_equal(last(f, &swap, "A", "2013", CODE_LATE), "D");
    assert_string_equal(last(f, &swap, "A", "2016", CODE_SAME), "A");
    assert_string_equal(last(f, &swap, "C", "2014", CODE_FOLLOWED), "A");
    assert_string_equal(last(f, &swap, "B", "2013", CODE_FOLLOWED), "D");
    assert_string_equal(last(f, &swap, "D", "2013", CODE_FOLLOWED), "B");
    assert_string_equal(last(f, &swap, "B", "2018", CODE_SAME), "B");
    last(f, &swap, "A", "", CODE_AMBIGUOUS);
}

static void without_periods_a_table_is_a_chain(void **state)
{
    fixture *f = *state;
    const mera_recode chain = recode(f, "old,new\n1,2\n2,3\n1,2\n", false);
    assert_string_equal(last(f, &chain, "1", "2010", CODE_FOLLOWED), "3");
    assert_string_equal(last(f, &chain, "2", "", CODE_FOLLOWED), "3");
}

static void refused(fixture *f, const char *table, bool timed, const char *message)
{
    code_table *out = NULL;
    const mera_recode from = recode(f, table, timed);
    f->diags = mera_diags_new(f->arena);
    assert_int_equal(code_table_read(&from, f->arena, f->diags, &out), MERA_EINPUT);
    assert_said(f->diags, message);
    f->n_files--;
}

static void mergers_splits_and_circles_are_refused_with_their_lines(void **state)
{
    fixture *f = *state;
    refused(f, "old,new,since\n1,3,2012\n2,3,2015\n", true,
            "'2' and '1' (line 2) both become '3': two units cannot be followed as one");
    refused(f, "old,new,since\n1,2,2012\n1,3,2012\n", true,
            "'1' becomes '3' and '2' (line 2): one unit cannot be followed as two");
    refused(f, "old,new\n1,2\n2,3\n3,1\n", false,
            "the code '1' comes back to itself in 3 changes: which one is the last?");
    refused(f, "old,new,since\n1,1,2012\n", true, "the code '1' becomes itself");
    refused(f, "old,new,since\n1,,2012\n", true, "a change of codes needs both codes");
    refused(f, "old,neu,since\n1,2,2012\n", true, "no field 'new' (of the table of codes)");
    f->n_files++;
}

static void wrong_tables_are_told(void **state)
{
    fixture *f = *state;
    refused(f, "old,neu,since\n1,2,2012\n", true, "no field 'new' (of the table of codes)");
    refused(f, "", true, "the file is empty");
    refused(f, "old,new,since\n1,1,2012\n", true, "the code '1' becomes itself");
    refused(f, "old,new,since\n1,2\n", true, "2 fields where the header has 3");
    refused(f, "old,new,since\n1,2,2012\n3,4,двадцатый\n", true,
            "the period 'двадцатый' beside '2012' of line 2: a number and a text have no order");
    code_table *table = NULL;
    mera_recode from = recode(f, "old,new,since\n", true);
    f->diags = mera_diags_new(f->arena);
    assert_int_equal(code_table_read(&from, f->arena, f->diags, &table), MERA_OK);
    assert_string_equal(said(f, 0), "0:0: warning: the table of codes has a header and no changes: "
                                    "no code is followed [no-rows]");
    f->n_files--;
    from = recode(f, "\xEF\xBB\xBFold;new;since\r\n1;2;2012\r\n\r\n1;2;2012\r\n", true);
    f->diags = mera_diags_new(f->arena);
    assert_int_equal(code_table_read(&from, f->arena, f->diags, &table), MERA_OK);
    assert_string_equal(said(f, 0), "0:0: note: rows that say a change once more: 1 [codes-again]");
    assert_string_equal(said(f, 1), "");
}

static void periods_without_an_order_and_codes_that_no_row_has_are_told(void **state)
{
    fixture *f = *state;
    mera_recode from = recode(f, "old,new,since\n01,02,2012-01-01\n", true);
    mera_source source = {.path = given(f, "a.csv", "code,year,x\n01,2011,1\n01,2012,2\n"),
                          .key = {"code"},
                          .n_key = 1,
                          .period = "year",
                          .codes = &from};
    assert_int_equal(read_one(f, source), MERA_EINPUT);
    assert_non_null(strstr(said(f, 0), "2:1: error: the period '2011' and '2012-01-01' of "));
    assert_non_null(strstr(said(f, 0), "codes.csv:2: a number and a text have no order"));
    assert_string_equal(said(f, 1), ""); /* once, not for each row */
    source.path = given(f, "b.csv", "code,year,x\n1,2011,1\n1,2012,2\n");
    f->diags = mera_diags_new(f->arena);
    assert_int_equal(read_one(f, source), MERA_OK);
    assert_non_null(strstr(said(f, 0), "warning: no code of the table is in the data: changes 1, "
                                       "the first '01' to '02'"));
}

static void a_code_that_was_left_may_be_taken_without_a_merger(void **state)
{
    fixture *f = *state;
    const mera_recode left = recode(f, "old,new,since\n1,3,2010\n3,4,2012\n2,3,2015\n", true);
    assert_string_equal(last(f, &left, "1", "2009", CODE_FOLLOWED), "4");
    assert_string_equal(last(f, &left, "2", "2009", CODE_FOLLOWED), "3");
    f->n_files--;
    /* and leave again: 1 left it in 2010, 5 took it in 2011 and left in 2014 */
    const mera_recode again = recode(f, "old,new,since\n1,2,2010\n5,1,2011\n1,6,2014\n", true);
    assert_string_equal(last(f, &again, "1", "2009", CODE_FOLLOWED), "2");
    assert_string_equal(last(f, &again, "5", "2009", CODE_FOLLOWED), "6");
    assert_string_equal(last(f, &again, "1", "2012", CODE_FOLLOWED), "6");
}

/* Any table without mergers and splits is a renaming in each period: units that had different codes
 * keep different ones. */
static void units_never_flow_together(void **state)
{
    enum { UNITS = 6, PERIODS = 5, TABLES = 200 };
    fixture *f = *state;
    uint64_t seed = 3;
    for (size_t round = 0; round < TABLES; round++) {
        size_t code_of[PERIODS][UNITS];
        mera_text text = {.arena = f->arena};
        mera_text_add(&text, "old,new,since\n");
        for (size_t u = 0; u < UNITS; u++) {
            code_of[0][u] = u;
        }
        for (size_t p = 1; p < PERIODS; p++) { /* each period two units swap, or one moves away */
            memcpy(code_of[p], code_of[p - 1], sizeof code_of[p]);
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            const size_t a = (seed >> 33) % UNITS, b = (seed >> 45) % UNITS;
            code_of[p][a] = a == b ? UNITS + p : code_of[p - 1][b];
            code_of[p][b] = a == b ? UNITS + p : code_of[p - 1][a];
            for (size_t u = 0; u < UNITS; u++) {
                if (code_of[p][u] != code_of[p - 1][u]) {
                    mera_text_addf(&text, "c%zu,c%zu,%zu\n", code_of[p - 1][u], code_of[p][u], p);
                }
            }
        }
        const mera_recode from = recode(f, mera_text_string(&text), true);
        f->n_files--;
        code_table *table = NULL;
        assert_int_equal(code_table_read(&from, f->arena, f->diags, &table), MERA_OK);
        for (size_t p = 0; p < PERIODS; p++) {
            for (size_t u = 0; u < UNITS; u++) {
                code_taken taken;
                const char *label = mera_arena_printf(f->arena, "%zu", p);
                const char *code = mera_arena_printf(f->arena, "c%zu", code_of[p][u]);
                const char *end = mera_arena_printf(f->arena, "c%zu", code_of[PERIODS - 1][u]);
                assert_string_equal(
                    code_last(table, code, (mera_slice){label, strlen(label)}, &taken), end);
            }
        }
    }
    f->n_files++;
}

#define PANEL       \
    "code,year,x\n" \
    "1,2010,10\n"   \
    "5,2010,50\n"   \
    "2,2013,13\n"   \
    "5,2013,53\n"   \
    "1,2013,99\n"

static void a_unit_keeps_its_identity_through_the_periods(void **state)
{
    fixture *f = *state;
    const mera_recode codes = recode(f, "old,new,since\n1,2,2012\n7,1,2013\n", true);
    assert_int_equal(read_one(f, (mera_source){.path = given(f, "panel.csv", PANEL),
                                               .key = {"code"},
                                               .n_key = 1,
                                               .period = "year",
                                               .codes = &codes}),
                     MERA_OK);
    assert_int_equal(f->data->n_units, 3);
    assert_close(number_at(f, "x", "2", "2010"), 10, 0);
    assert_close(number_at(f, "x", "2", "2013"), 13, 0);
    assert_close(number_at(f, "x", "1", "2013"), 99, 0); /* who had been 7 */
    assert_missing(number_at(f, "x", "1", "2010"));
    assert_said(f->diags, "rows counted under a later code of their unit");
    assert_string_equal(f->data->file[1].path, codes.source.path);
}

static void mergers_can_be_left_apart_and_are_found_in_the_data_too(void **state)
{
    fixture *f = *state;
    mera_recode codes = recode(f, "old,new,since\n1,3,2012\n2,3,2012\n5,6,2012\n", true);
    const mera_source source = {
        .path = given(f, "panel.csv", "code,year,x\n1,2010,1\n2,2010,2\n3,2013,3\n5,2010,5\n"),
        .key = {"code"},
        .n_key = 1,
        .period = "year",
        .codes = &codes};
    assert_int_equal(read_one(f, source), MERA_EINPUT);
    assert_said(f->diags, "two units cannot be followed as one");
    codes.separate = true;
    assert_int_equal(read_one(f, source), MERA_OK);
    assert_int_equal(f->data->n_units, 4);
    assert_close(number_at(f, "x", "6", "2010"), 5, 0);
    assert_missing(number_at(f, "x", "3", "2010"));
    /* a merger that the table hides: the code had a unit of its own before */
    f->n_files -= 2;
    const mera_recode hidden = recode(f, "old,new,since\n1,3,2012\n", true);
    const mera_source both = {.path = given(f, "panel.csv", "code,year,x\n1,2010,1\n3,2010,2\n"),
                              .key = {"code"},
                              .n_key = 1,
                              .period = "year",
                              .codes = &hidden};
    assert_int_equal(read_one(f, both), MERA_EINPUT);
    assert_said(f->diags, "unit '3' is there twice in '2010': first on line 2");
}

static void rows_without_a_period_are_followed_unless_it_is_not_clear_who_is_meant(void **state)
{
    fixture *f = *state;
    const mera_recode codes = recode(f, "old,new,since\n1,2,2012\n2,3,2014\n5,6,2012\n", true);
    mera_source source = {.path = given(f, "plain.csv", "code,x\n5,1\n2,2\n"),
                          .key = {"code"},
                          .n_key = 1,
                          .codes = &codes};
    assert_int_equal(read_one(f, source), MERA_EINPUT);
    assert_said(f->diags, "'2' belonged to several units or changed twice");
    source.period_is = "2013";
    assert_int_equal(read_one(f, source), MERA_OK);
    assert_close(number_at(f, "x", "3", "2013"), 2, 0);
    assert_close(number_at(f, "x", "6", "2013"), 1, 0);
    assert_said(f->diags, "rows with a code that was replaced before their period: 1 (line 2)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_code_is_followed_to_the_last_one),
        TEST(a_code_given_anew_belongs_to_whom_had_it_in_the_period),
        TEST(without_periods_a_table_is_a_chain),
        TEST(mergers_splits_and_circles_are_refused_with_their_lines),
        TEST(wrong_tables_are_told),
        TEST(periods_without_an_order_and_codes_that_no_row_has_are_told),
        TEST(a_code_that_was_left_may_be_taken_without_a_merger),
        TEST(units_never_flow_together),
        TEST(a_unit_keeps_its_identity_through_the_periods),
        TEST(mergers_can_be_left_apart_and_are_found_in_the_data_too),
        TEST(rows_without_a_period_are_followed_unless_it_is_not_clear_who_is_meant),
    };
    return cmocka_run_group_tests_name("codes", tests, NULL, NULL);
}
