/* SPDX-License-Identifier: Apache-2.0 */
/** @file Names of places folded: what is the same, what is not, and why two spellings differ. */
#include "mera_test.h"

#include "io/fold.h"
#include "mera/read.h"

#include <stdlib.h>

static mera_slice slice(const char *text)
{
    return (mera_slice){text, strlen(text)};
}

static int setup(void **state)
{
    *state = mera_arena_new();
    return *state == NULL;
}

static int teardown(void **state)
{
    mera_arena_free(*state);
    return 0;
}

static const char *place(mera_arena *arena, const char *text)
{
    return io_fold(slice(text), IO_FOLD_ALL, IO_FOLD_PLACE, arena);
}

static const char *region(mera_arena *arena, const char *text)
{
    return io_fold(slice(text), IO_FOLD_ALL, IO_FOLD_REGION, arena);
}

static void spellings_of_one_place_fold_to_the_same(void **state)
{
    static const char *const same[][2] = {
        {"Орёл", "орел"},
        {"г. Орел", "ОРЁЛ"},
        {"г.Киров", "Киров"},
        {"город Киров", "Киров г."},
        {"Усть-Лабинск", "Усть — Лабинск"},
        {"Усть-Лабинск", "Усть Лабинск"},
        {"пгт Советский", "Советский"},
        {"посёлок городского типа Советский", "Советский"},
        {"рп. Кольцово", "Кольцово"},
        {"«Киров»", "Киров"},
        {"Mocквa", "Москва"},        /* Latin M, o, c, a */
        {"ОР\u0415\u0308Л", "Орёл"}, /* Е and a mark */
        {"И\u0306ошкар-Ола", "Йошкар-Ола"},
        {"Киров\u00A0", "Киров"},
        {"Ки\u00ADров", "Киров"}, /* a soft hyphen */
        {"\uFEFFКиров", "Киров"},
        {"городской округ Шуя", "Шуя"},
        {"Moscow", "MOSCOW"},
        {"Bath", "BATH"},
    };
    mera_arena *arena = *state;
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        assert_string_equal(place(arena, same[i][0]), place(arena, same[i][1]));
    }
}

static void names_of_different_places_stay_different(void **state)
{
    static const char *const different[][2] = {
        {"Киров", "Кировск"},         {"Кировград", "Киров"},          {"Шуя", "Шуя-2"},
        {"Советск", "Советский"},     {"Новый Оскол", "Старый Оскол"}, {"Город", "Село"},
        {"Ростов", "Ростов-на-Дону"},
    };
    mera_arena *arena = *state;
    for (size_t i = 0; i < sizeof different / sizeof *different; i++) {
        assert_string_not_equal(place(arena, different[i][0]), place(arena, different[i][1]));
    }
}

static void regions_lose_their_kind_wherever_it_stands(void **state)
{
    mera_arena *arena = *state;
    assert_string_equal(region(arena, "Пермский край"), "пермский");
    assert_string_equal(region(arena, "край Пермский"), "пермский");
    assert_string_equal(region(arena, "Респ. Саха /Якутия/"),
                        region(arena, "Республика Саха (Якутия)"));
    assert_string_equal(region(arena, "Ханты-Мансийский автономный округ — Югра"),
                        region(arena, "Ханты-Мансийский АО - Югра"));
    assert_string_equal(region(arena, "Еврейская автономная область"),
                        region(arena, "Еврейская Аобл"));
    assert_string_not_equal(region(arena, "Республика Алтай"), region(arena, "Алтайский край"));
}

/* Random texts of the letters, marks and words that folding knows. */
static const char *random_text(mera_arena *arena, uint64_t *seed)
{
    static const char *const parts[] = {
        "Киров",   "ё",       "Ё",       "г",      "г.", " ", "  ",  "-",
        "—",       "\"",      "«",       "»",      "а",  "B", "H",   "город",
        "округ",   "е\u0308", "и\u0306", "\u00A0", ".",  ",", "(",   ")",
        "область", "край",    "\u00AD",  "x",      "Z",  "1", "пгт", ""};
    mera_text text = {.arena = arena};
    for (size_t n = 1 + (*seed >> 40) % 8; n > 0; n--) {
        *seed = *seed * 6364136223846793005u + 1442695040888963407u;
        mera_text_add(&text, parts[(*seed >> 33) % (sizeof parts / sizeof *parts)]);
    }
    return mera_text_string(&text);
}

static void folding_twice_changes_nothing_and_case_never_matters(void **state)
{
    uint64_t seed = 11;
    for (size_t i = 0; i < 4000; i++) {
        mera_arena *arena = mera_arena_new();
        const char *text = random_text(arena, &seed);
        for (int of = 0; of < 2; of++) {
            const char *once = io_fold(slice(text), IO_FOLD_ALL, (io_fold_of)of, arena);
            assert_string_equal(once, io_fold(slice(once), IO_FOLD_ALL, (io_fold_of)of, arena));
            assert_string_equal(
                io_fold(slice(text), IO_FOLD_CASE, (io_fold_of)of, arena),
                io_fold(slice(io_fold(slice(text), IO_FOLD_CASE, (io_fold_of)of, arena)),
                        IO_FOLD_CASE, (io_fold_of)of, arena));
            assert_true(mera_utf8_valid(once, strlen(once)));
        }
        mera_arena_free(arena);
    }
    (void)state;
}

/* Two texts that fold to the same differ for some reason; the same text for none. */
static void a_difference_always_has_a_reason(void **state)
{
    uint64_t seed = 5;
    size_t n_same = 0;
    for (size_t i = 0; i < 20000; i++) {
        mera_arena *arena = mera_arena_new();
        const char *a = random_text(arena, &seed), *b = random_text(arena, &seed);
        unsigned why = 0;
        assert_int_equal(io_fold_why(slice(a), slice(a), IO_FOLD_PLACE, arena, &why), MERA_OK);
        assert_int_equal(why, 0);
        if (strcmp(place(arena, a), place(arena, b)) == 0 && strcmp(a, b) != 0) {
            n_same++;
            assert_int_equal(io_fold_why(slice(a), slice(b), IO_FOLD_PLACE, arena, &why), MERA_OK);
            assert_int_not_equal(why, 0);
        }
        mera_arena_free(arena);
    }
    assert_true(n_same > 100);
    (void)state;
}

static unsigned why(mera_arena *arena, const char *a, const char *b)
{
    unsigned ways = 0;
    assert_int_equal(io_fold_why(slice(a), slice(b), IO_FOLD_PLACE, arena, &ways), MERA_OK);
    return ways;
}

static void the_reason_is_what_differs_and_nothing_else(void **state)
{
    mera_arena *arena = *state;
    assert_int_equal(why(arena, "Орел", "Орёл"), MERA_MATCH_YO);
    assert_int_equal(why(arena, "ОРЁЛ", "Орёл"), MERA_MATCH_CASE);
    assert_int_equal(why(arena, "Opёл", "Орёл"), MERA_MATCH_LETTERS);
    assert_int_equal(why(arena, "город Орёл", "Орёл"), MERA_MATCH_KIND);
    assert_int_equal(why(arena, "Усть  Лабинск", "Усть Лабинск"), MERA_MATCH_BLANKS);
    assert_int_equal(why(arena, "Усть—Лабинск", "Усть-Лабинск"), MERA_MATCH_MARKS);
    assert_int_equal(why(arena, "г.Орел", "Орёл"),
                     MERA_MATCH_YO | MERA_MATCH_MARKS | MERA_MATCH_KIND);
}

static void slips_are_counted_in_characters(void **state)
{
    (void)state;
    assert_int_equal(mera_distance("киров", "киров"), 0);
    assert_int_equal(mera_distance("киров", "криов"), 1);
    assert_int_equal(mera_distance("киров", "кировск"), 2);
    assert_int_equal(mera_distance("", "шуя"), 3);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(spellings_of_one_place_fold_to_the_same),
        TEST(names_of_different_places_stay_different),
        TEST(regions_lose_their_kind_wherever_it_stands),
        TEST(folding_twice_changes_nothing_and_case_never_matters),
        TEST(a_difference_always_has_a_reason),
        TEST(the_reason_is_what_differs_and_nothing_else),
        TEST(slips_are_counted_in_characters),
    };
    return cmocka_run_group_tests_name("fold", tests, NULL, NULL);
}
