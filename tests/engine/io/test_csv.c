/* SPDX-License-Identifier: Apache-2.0 */
/** @file The record reader: RFC 4180 section by section, and the corners it leaves open. */
#include "mera_test.h"

#include "io/csv.h"

#include <stdlib.h>

/* Reads all of a text; records as "a|b|c", each followed by its line and a semicolon. */
static const char *records(mera_arena *arena, const char *text, char delimiter)
{
    mera_text out = {.arena = arena};
    csv_reader csv;
    csv_open(&csv, text, strlen(text), delimiter, 1, arena);
    csv_status status;
    while ((status = csv_next(&csv)) == CSV_RECORD) {
        for (size_t i = 0; i < csv.n_fields; i++) {
            mera_text_add(&out, i == 0 ? "" : "|");
            mera_text_add_n(&out, csv.field[i].at, csv.field[i].n);
        }
        mera_text_addf(&out, "%s@%u;", csv.trouble == NULL ? "" : "!", csv.line);
    }
    if (status == CSV_UNCLOSED) {
        uint32_t line = 0, column = 0;
        csv_place_of(&csv, csv.trouble, &line, &column);
        mera_text_addf(&out, "unclosed@%u:%u", line, column);
    }
    return mera_text_string(&out);
}

static void check(const char *text, const char *expected)
{
    mera_arena *arena = mera_arena_new();
    assert_string_equal(records(arena, text, ','), expected);
    mera_arena_free(arena);
}

static void records_end_at_lf_crlf_and_cr(void **state)
{
    (void)state;
    check("aaa,bbb,ccc\r\nzzz,yyy,xxx\r\n", "aaa|bbb|ccc@1;zzz|yyy|xxx@2;"); /* RFC 4180, 2.1 */
    check("a,b\nc,d\n", "a|b@1;c|d@2;");
    check("a,b\rc,d\r", "a|b@1;c|d@2;");
    check("a,b\n\nc,d", "a|b@1;c|d@3;");
    check("a,b\r\n\r\n\r\nc,d", "a|b@1;c|d@4;");
}

static void the_last_record_needs_no_newline(void **state)
{
    (void)state;
    check("aaa,bbb,ccc\r\nzzz,yyy,xxx", "aaa|bbb|ccc@1;zzz|yyy|xxx@2;"); /* 2.2 */
    check("a,", "a|@1;");
    check(",", "|@1;");
    check("", "");
    check("\n\n", "");
}

static void spaces_belong_to_a_field(void **state)
{
    (void)state;
    check(" a , b\n", " a | b@1;"); /* 2.4 */
}

static void quotes_hold_delimiters_newlines_and_doubled_quotes(void **state)
{
    (void)state;
    check("\"aaa\",\"bbb\",\"ccc\"\r\nzzz,yyy,xxx", "aaa|bbb|ccc@1;zzz|yyy|xxx@2;"); /* 2.5 */
    check("\"aaa\",\"b\r\nbb\",\"ccc\"\r\nzzz,yyy,xxx",
          "aaa|b\r\nbb|ccc@1;zzz|yyy|xxx@3;");                /* 2.6 */
    check("\"aaa\",\"b\"\"bb\",\"ccc\"", "aaa|b\"bb|ccc@1;"); /* 2.7 */
    check("\"\"\"\",\"\"\n\"\"\n", "\"|@1;@2;");
    check("\"a\"\"\",\"\"\"b\"\n", "a\"|\"b@1;");
    check("\"1\r2\n3\",x\ny,z", "1\r2\n3|x@1;y|z@4;");
}

static void a_quote_inside_a_plain_field_is_a_character(void **state)
{
    (void)state;
    check("OOO \"R\",5\n5\" pipe,b\n", "OOO \"R\"|5@1;5\" pipe|b@2;");
}

static void blanks_after_a_closing_quote_are_dropped_and_text_is_trouble(void **state)
{
    (void)state;
    check("\"a\"  ,b\n", "a|b@1;");
    check("\"OOO \"R\"\",b\nc,d\n", "\"OOO \"R\"\"|b!@1;c|d@2;");
}

static void an_unclosed_quote_is_told_where_it_opens(void **state)
{
    (void)state;
    check("a,b\nc,\"d\ne,f\n", "a|b@1;unclosed@2:3");
    check("\"", "unclosed@1:1");
    check("a,\"b\"\"\n", "unclosed@1:3");
}

static void other_delimiters_leave_commas_alone(void **state)
{
    (void)state;
    mera_arena *arena = mera_arena_new();
    assert_string_equal(records(arena, "a;1,5\nb;\"x;y\"", ';'), "a|1,5@1;b|x;y@2;");
    assert_string_equal(records(arena, "a\t1,5\n\tb", '\t'), "a|1,5@1;|b@2;");
    mera_arena_free(arena);
}

static void a_field_says_its_line_and_character(void **state)
{
    (void)state;
    mera_arena *arena = mera_arena_new();
    const char text[] = "h\nУфа,\"a\nb\",\"q\"\"q\",x\n";
    csv_reader csv;
    csv_open(&csv, text, sizeof text - 1, ',', 1, arena);
    assert_int_equal(csv_next(&csv), CSV_RECORD);
    assert_int_equal(csv_next(&csv), CSV_RECORD);
    const uint32_t places[4][2] = {{2, 1}, {2, 5}, {3, 4}, {3, 11}};
    for (size_t i = 0; i < 4; i++) {
        uint32_t line = 0, column = 0;
        csv_place(&csv, i, &line, &column);
        assert_int_equal(line, places[i][0]);
        assert_int_equal(column, places[i][1]);
    }
    mera_arena_free(arena);
}

/* A reader that looks at one character at a time: slow, and easy to believe. */
static const char *records_slowly(mera_arena *arena, const char *text, char delimiter)
{
    mera_text out = {.arena = arena};
    unsigned line = 1;
    for (const char *at = text; *at != '\0';) {
        const unsigned start = line;
        const char *first = at;
        size_t n_fields = 0;
        mera_text record = {.arena = arena};
        for (;; at++) {
            mera_text_add(&record, n_fields++ == 0 ? "" : "|");
            if (*at == '"') {
                for (at++; *at != '"' || at[1] == '"'; at++) {
                    at += *at == '"';
                    line += *at == '\n';
                    mera_text_add_n(&record, at, 1);
                }
                at++;
            } else {
                for (; *at != '\0' && *at != '\n' && *at != delimiter; at++) {
                    mera_text_add_n(&record, at, 1);
                }
            }
            if (*at != delimiter) {
                break;
            }
        }
        const bool blank = at == first;
        line += *at == '\n';
        at += *at == '\n';
        if (!blank) {
            mera_text_addf(&out, "%s@%u;", mera_text_string(&record), start);
        }
    }
    return mera_text_string(&out);
}

static uint64_t draw(uint64_t *state)
{
    *state = *state * 6364136223846793005U + 1442695040888963407U;
    return *state >> 33;
}

/* Random valid text, fields of 0 to 90 characters so that records cross blocks of 64 bytes. */
static void made_up_text(uint64_t *seed, char *out, size_t room)
{
    size_t n = 0;
    while (n + 200 < room) {
        const bool quoted = draw(seed) % 3 == 0;
        const size_t length = draw(seed) % 8 == 0 ? draw(seed) % 90 : draw(seed) % 6;
        out[n++] = '"';
        n -= !quoted;
        for (size_t i = 0; i < length; i++) {
            const char c = "ab,\n\" x1"[draw(seed) % 8];
            if (quoted && c == '"') {
                out[n++] = '"';
                out[n++] = '"';
            } else if (quoted || (c != ',' && c != '\n' && c != '"')) {
                out[n++] = c;
            }
        }
        if (quoted) {
            out[n++] = '"';
        }
        out[n++] = draw(seed) % 4 == 0 ? '\n' : ',';
    }
    out[n] = '\0';
}

static void reads_random_text_as_the_slow_reader_does(void **state)
{
    (void)state;
    uint64_t seed = 20241114;
    for (int round = 0; round < 300; round++) {
        mera_arena *arena = mera_arena_new();
        const size_t room = 220 + draw(&seed) % 800;
        char *text = mera_arena_alloc(arena, room, 1);
        made_up_text(&seed, text, room);
        assert_string_equal(records(arena, text, ','), records_slowly(arena, text, ','));
        mera_arena_free(arena);
    }
}

static void fields_in_a_one_byte_encoding_are_decoded(void **state)
{
    (void)state;
    static const char text[] = "a,\xEA\xEB,\"\xFF \"\"\xFF\"\"\",z\nb,\x98,c,d\n"; /* кл я */
    io_byte_table table;
    assert_int_equal(io_byte_table_fill(&io_charsets[IO_WINDOWS_1251], MERA_NOWHERE, NULL, &table),
                     MERA_OK);
    mera_arena *arena = mera_arena_new();
    csv_reader csv;
    uint32_t line = 0, column[6];
    csv_open(&csv, text, sizeof text - 1, ',', 1, arena);
    csv.encoding = &table;
    assert_int_equal(csv_next(&csv), CSV_RECORD);
    static const char *const want[] = {"a", "кл", "я \"я\"", "z"};
    assert_int_equal(csv.n_fields, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(csv.field[i].n, strlen(want[i]));
        assert_memory_equal(csv.field[i].at, want[i], strlen(want[i]));
    }
    csv_place(&csv, 3, &line, &column[0]);
    assert_int_equal(column[0], 16);
    csv_columns(&csv, 6, column);
    static const uint32_t columns[] = {1, 3, 7, 16, 16, 16};
    assert_memory_equal(column, columns, sizeof columns);
    assert_int_equal(csv_next(&csv), CSV_BAD_BYTE);
    csv_place_of(&csv, csv.trouble, &line, &column[0]);
    assert_int_equal(line, 2);
    assert_int_equal(column[0], 3);
    mera_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_end_at_lf_crlf_and_cr),
        cmocka_unit_test(the_last_record_needs_no_newline),
        cmocka_unit_test(spaces_belong_to_a_field),
        cmocka_unit_test(quotes_hold_delimiters_newlines_and_doubled_quotes),
        cmocka_unit_test(a_quote_inside_a_plain_field_is_a_character),
        cmocka_unit_test(blanks_after_a_closing_quote_are_dropped_and_text_is_trouble),
        cmocka_unit_test(an_unclosed_quote_is_told_where_it_opens),
        cmocka_unit_test(other_delimiters_leave_commas_alone),
        cmocka_unit_test(a_field_says_its_line_and_character),
        cmocka_unit_test(fields_in_a_one_byte_encoding_are_decoded),
        cmocka_unit_test(reads_random_text_as_the_slow_reader_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
