/* SPDX-License-Identifier: Apache-2.0 */
/** @file SQLite databases read as files are: the same rows give the same data in every layout. */
#include "io_test.h"

#include <sqlite3.h>

/* A database made by statements. */
static const char *database(fixture *f, const char *sql)
{
    sqlite3 *db = NULL;
    char *message = NULL;
    const char *path = mera_arena_printf(f->arena, "%s/data%zu.db", f->folder, f->n_files);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK) {
        fail_msg("%s", message);
    }
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    f->file[f->n_files++] = path;
    return path;
}

#define TOWNS                                                                                      \
    "CREATE TABLE towns(code TEXT, name TEXT, year INTEGER, air REAL, people INTEGER, note TEXT);" \
    "INSERT INTO towns VALUES"                                                                     \
    "('01', 'Шуя', 2020, 0.1, 58000, 'tab\there'), ('01', 'Шуя', 2021, NULL, 57000, ''),"    \
    "('02', 'Омск; \"О\"', 2020, 3.141592653589793, 1154000, NULL),"                          \
    "('02', 'Омск; \"О\"', 2021, 1e300, -7, 'line\nbreak');"

static mera_source wide(const char *path)
{
    return (mera_source){
        .path = path, .key = {"code"}, .n_key = 1, .name = "name", .period = "year"};
}

static void a_table_reads_to_the_numbers_that_it_holds(void **state)
{
    fixture *f = *state;
    const char *path = database(f, TOWNS);
    const char *const columns[] = {"air", "people"}, *const texts[] = {"note"};
    const mera_source source = wide(path);
    assert_int_equal(
        read_request(f,
                     (mera_read_request){
                         .column = columns, .n_columns = 2, .attribute = texts, .n_attributes = 1},
                     &source, 1),
        MERA_OK);
    assert_int_equal(f->data->n_units, 2);
    assert_close(number_at(f, "air", "02", "2020"), 3.141592653589793, 0);
    assert_close(number_at(f, "air", "02", "2021"), 1e300, 0);
    assert_missing(number_at(f, "air", "01", "2021"));
    assert_int_equal(reason_at(f, "air", "01", "2021"), MERA_ABSENT);
    assert_close(number_at(f, "people", "02", "2021"), -7, 0);
    assert_string_equal(text_at(f, "note", "01", "2020"), "tab\there");
    assert_string_equal(f->data->unit_name[1], "Омск; \"О\"");
    mera_at place;
    const mera_column *air = mera_dataset_column(f->data, "air");
    assert_true(mera_column_place(f->data, air, 1, &place)); /* Омск in 2020: the third row */
    assert_string_equal(place.file, mera_arena_printf(f->arena, "%s[towns]", path));
    assert_int_equal(place.line, 3);
    assert_int_equal(place.column, 4);
    assert_string_equal(f->data->file[0].encoding, "sqlite");
}

static void every_layout_takes_a_query(void **state)
{
    fixture *f = *state;
    const char *path =
        database(f, "CREATE TABLE facts(town, what, year, value); INSERT INTO facts VALUES"
                    "('a', 'x', 2020, 1.5), ('b', 'x', 2020, '2,5'), ('a', 'y', 2020, 'n/a'), "
                    "('c', 'x', 2019, 9),"
                    "('total', 'x', 2020, 4);"
                    "CREATE VIEW answers AS SELECT 'a' AS town, 'yes' AS q UNION ALL SELECT 'a', "
                    "'no' UNION ALL "
                    "SELECT 'a', 'yes';");
    const char *const kept[] = {"x"};
    const mera_where where = {"what", kept, 1};
    mera_source source = {.path = path,
                          .table = "facts",
                          .layout = MERA_LAYOUT_LONG,
                          .key = {"town"},
                          .n_key = 1,
                          .indicator = "what",
                          .value = "value",
                          .period = "year",
                          .where = &where,
                          .n_where = 1,
                          .decimal = ','};
    const char *const years[] = {"2020"}, *const out[] = {"total"};
    assert_int_equal(
        read_request(
            f, (mera_read_request){.period = years, .n_periods = 1, .exclude = out, .n_exclude = 1},
            &source, 1),
        MERA_OK);
    assert_int_equal(f->data->n_units, 2);
    assert_close(number_at(f, "x", "b", "2020"), 2.5, 0);
    f->diags = mera_diags_new(f->arena);
    source = (mera_source){
        .path = path,
        .key = {"t"},
        .n_key = 1,
        .query = "WITH big AS (SELECT town AS t, value AS v FROM facts WHERE year = 2020 AND "
                 "what = 'x' AND town < 'b') SELECT t, v * 2 AS twice FROM big ;\n"};
    assert_int_equal(read_one(f, source), MERA_OK);
    assert_close(number_at(f, "twice", "a", ""), 3, 0);
    static const char *const yes[] = {"yes"};
    const mera_question question = {
        .name = "trust", .answer = "q", .positive = yes, .n_positive = 1};
    source = (mera_source){.path = path,
                           .table = "answers",
                           .layout = MERA_LAYOUT_SURVEY,
                           .key = {"town"},
                           .n_key = 1,
                           .question = &question,
                           .n_questions = 1};
    assert_int_equal(read_one(f, source), MERA_OK);
    assert_close(number_at(f, "trust", "a", ""), 200.0 / 3, 1e-12);
}

static void text_where_a_number_is_expected_is_told_with_its_row(void **state)
{
    fixture *f = *state;
    const char *path = database(
        f, "CREATE TABLE t(k, x); INSERT INTO t VALUES('a', 1), ('b', 'many'), "
           "('c', 3), ('d', 4), ('e', 5), ('f', 6), ('g', 7), ('h', 8), ('i', 9), ('j', 9);");
    assert_int_equal(read_one(f, (mera_source){.path = path, .key = {"k"}, .n_key = 1}),
                     MERA_EINPUT);
    assert_string_equal(mera_diags_get(f->diags, 0)->at.file,
                        mera_arena_printf(f->arena, "%s[t]", path));
    assert_string_equal(mera_arena_strndup(f->arena, said(f, 0), 11), "2:2: error:");
    assert_int_equal(mera_diags_count(f->diags, MERA_ERROR), 1);
}

/* What is refused, in the words that are said. */
static void refuses(fixture *f, mera_source source, const char *message)
{
    f->diags = mera_diags_new(f->arena);
    source.key[0] = "k";
    source.n_key = 1;
    assert_int_equal(read_one(f, source), MERA_EINPUT);
    assert_said(f->diags, message);
}

static void nothing_but_one_select_may_be_asked(void **state)
{
    fixture *f = *state;
    const char *path =
        database(f, "CREATE TABLE t(k, x); INSERT INTO t VALUES('a', 1); CREATE TABLE u(k);");
    static const char *const queries[] = {"DELETE FROM t",
                                          "INSERT INTO t VALUES('b', 2)",
                                          "UPDATE t SET x = 2 RETURNING k, x",
                                          "DROP TABLE t",
                                          "ATTACH 'other.db' AS o",
                                          "PRAGMA user_version",
                                          "PRAGMA journal_mode=WAL",
                                          "VACUUM",
                                          "CREATE TEMP TABLE v(k)",
                                          "SELECT load_extension('evil')",
                                          "BEGIN"};
    for (size_t i = 0; i < COUNT(queries); i++) {
        f->diags = mera_diags_new(f->arena);
        assert_int_equal(
            read_one(f, (mera_source){.path = path, .query = queries[i], .key = {"k"}, .n_key = 1}),
            MERA_EINPUT);
        assert_int_equal(mera_diags_count(f->diags, MERA_ERROR), 1);
    }
    refuses(f, (mera_source){.path = path, .query = "SELECT k FROM t; SELECT k FROM u"},
            "must be one SELECT");
    refuses(f, (mera_source){.path = path, .query = ""}, "must be one SELECT");
    refuses(f, (mera_source){.path = path, .query = "SELECT * FROM t WHERE x = ?"},
            "has a parameter");
    refuses(f, (mera_source){.path = path, .query = "DELETE FROM t"}, "only SELECT may be asked");
    refuses(f, (mera_source){.path = path, .query = "SELECT \"kk\" FROM t"}, "no such column: kk");
    refuses(f, (mera_source){.path = path, .table = "v"}, "no such table: v");
    refuses(f, (mera_source){.path = path}, "has 2 tables, and none is named");
    refuses(f, (mera_source){.path = path, .table = "t", .sheet = "t"}, "are for files");
    refuses(f, (mera_source){.path = path, .query = "SELECT x'00ff' AS k"}, "holds bytes (a BLOB)");
    refuses(f, (mera_source){.path = path, .query = "SELECT 'a' || char(0) || 'b' AS k, 1 AS x"},
            "is no text in UTF-8");
    refuses(f, (mera_source){.path = path, .query = "SELECT CAST(x'ff41' AS TEXT) AS k, 1 AS x"},
            "is no text in UTF-8");
    refuses(f,
            (mera_source){.path = path, .query = "SELECT printf('%*c', 2000000, 'a') AS k, 1 AS x"},
            "longer than a million");
    /* the database was left as it was */
    assert_int_equal(
        read_one(f, (mera_source){.path = path, .table = "t", .key = {"k"}, .n_key = 1}), MERA_OK);
    assert_close(number_at(f, "x", "a", ""), 1, 0);
}

static void damaged_files_are_refused(void **state)
{
    fixture *f = *state;
    refuses(f,
            (mera_source){.path = given_bytes(f, "cut.db", "SQLite format 3\0\x10\0\x01\x01", 20)},
            "the database says");
    refuses(f, (mera_source){.path = given(f, "plain.csv", "k,x\na,1\n"), .table = "t"},
            "'table' is for databases, and");
    const char *path = database(f, TOWNS);
    given(f, mera_arena_printf(f->arena, "data2.db-wal"), "changes");
    refuses(f, (mera_source){.path = path, .table = "towns"}, "still in its log");
}

static void an_infinite_number_is_no_number(void **state)
{
    fixture *f = *state;
    const char *path =
        database(f, "CREATE TABLE t(k, x REAL); INSERT INTO t VALUES('a', 1), ('b', 9e999);");
    static const char *const columns[] = {"x"};
    const mera_source source = {.path = path, .key = {"k"}, .n_key = 1};
    assert_int_equal(
        read_request(f, (mera_read_request){.column = columns, .n_columns = 1}, &source, 1),
        MERA_EINPUT);
    assert_string_equal(mera_arena_strndup(f->arena, said(f, 0), 11), "2:2: error:");
}

static void describing_tells_what_is_there(void **state)
{
    fixture *f = *state;
    mera_file_report report;
    const mera_source source = {.path = database(f, TOWNS)};
    assert_int_equal(mera_data_describe(&source, f->arena, f->diags, &report), MERA_OK);
    assert_int_equal(report.n_rows, 4);
    assert_int_equal(report.n_fields, 6);
    assert_string_equal(report.encoding, "sqlite");
    assert_int_equal(report.n_lines, 4);
    assert_true(report.field[3].is_number);
    assert_int_equal(report.field[3].n_missing, 1);
    assert_quiet(f);
}

/* As many rows as are asked for, made by the query: memory does not grow with them. */
static void rows_are_read_one_at_a_time(void **state)
{
    fixture *f = *state;
    const char *path = database(f, "CREATE TABLE t(k); ");
    const char *const columns[] = {"x"};
    const mera_source source = {
        .path = path,
        .key = {"k"},
        .n_key = 1,
        .duplicates = MERA_LAST,
        .query = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000) "
                 "SELECT i % 10 AS k, i AS x, 'a text that is of some length, to be thrown away' "
                 "AS t FROM n"};
    assert_int_equal(
        read_request(f, (mera_read_request){.column = columns, .n_columns = 1}, &source, 1),
        MERA_OK);
    assert_int_equal(f->data->n_units, 10);
    assert_close(number_at(f, "x", "0", ""), 200000, 0);
    assert_int_equal(f->data->file[0].n_rows, 200000);
    assert_true(mera_arena_used(f->arena) < 4 << 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_table_reads_to_the_numbers_that_it_holds),
        TEST(every_layout_takes_a_query),
        TEST(text_where_a_number_is_expected_is_told_with_its_row),
        TEST(nothing_but_one_select_may_be_asked),
        TEST(damaged_files_are_refused),
        TEST(an_infinite_number_is_no_number),
        TEST(describing_tells_what_is_there),
        TEST(rows_are_read_one_at_a_time),
    };
    return cmocka_run_group_tests_name("sqlite", tests, NULL, NULL);
}
