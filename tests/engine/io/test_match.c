/* SPDX-License-Identifier: Apache-2.0 */
/** @file Rows matched with a list of units: exact, approved, refused, in a file that is kept. */
#include "io_test.h"

#include "io/file.h"
#include "io/match.h"

#define LIST                                                                  \
    "code,name,region\n"                                                      \
    "01612000,Орёл,Орловская область\n"                   \
    "33701000001,Киров,Кировская область\n"              \
    "29714000001,Киров,Калужская область\n"              \
    "79703000,Усть-Лабинск,Краснодарский край\n"  \
    "80701000,Уфа,Республика Башкортостан\n"         \
    "80702000,Белебей,Республика Башкортостан\n" \
    "80703000,Белорецк,Республика Башкортостан\n"

/** A list, a match with it, and sources of it. */
typedef struct town_list {
    mera_unit_list list;
    mera_match match;
} town_list;

static void towns(fixture *f, town_list *t, const char *list)
{
    *t = (town_list){.list = {.source = {.path = given(f, "towns.csv", list),
                                         .key = {"code"},
                                         .n_key = 1,
                                         .name = "name"},
                              .region = {"region"},
                              .n_region = 1}};
    t->match = (mera_match){.list = &t->list,
                            .name = "town",
                            .region = {"area"},
                            .n_region = 1,
                            .approved = mera_arena_printf(f->arena, "%s/matches.csv", f->folder)};
}

/* What is found for a row; the list is LIST. */
static match_found look(fixture *f, const char *key, const char *name, const char *region)
{
    static const char *const path = "list.csv";
    match_list *list = NULL;
    match_found found;
    const char *file = f->n_files == 0 ? given(f, path, LIST) : f->file[0];
    const mera_unit_list from = {
        .source = {.path = file, .key = {"code"}, .n_key = 1, .name = "name"},
        .region = {"region"},
        .n_region = 1};
    assert_int_equal(match_list_read(&from, f->arena, f->diags, &list), MERA_OK);
    const match_given row = {key, name, region};
    assert_int_equal(match_find(list, &row, f->arena, &found), MERA_OK);
    return found;
}

#define EXACT(f, key, name, region, number)                            \
    do {                                                               \
        const match_found found_ = look((f), (key), (name), (region)); \
        assert_int_equal(found_.state, MERA_MATCH_EXACT);              \
        assert_int_equal(found_.unit, (number));                       \
    } while (0)
#define PROPOSED(f, key, name, region, number, reasons)                \
    do {                                                               \
        const match_found found_ = look((f), (key), (name), (region)); \
        assert_int_equal(found_.state, MERA_MATCH_PROPOSED);           \
        assert_int_equal(found_.unit, (number));                       \
        assert_int_equal(found_.why, (reasons));                       \
    } while (0)

static void codes_are_matched_exactly_or_proposed_with_a_reason(void **state)
{
    fixture *f = *state;
    EXACT(f, "01612000", "", "", 0);
    PROPOSED(f, "1612000", "", "", 0, MERA_MATCH_ZERO);
    PROPOSED(f, "01 612 000", "", "", 0, MERA_MATCH_DIGITS);
    PROPOSED(f, "79-703-000", "", "", 3, MERA_MATCH_DIGITS);
    PROPOSED(f, "33701000", "", "", 1, MERA_MATCH_LEVEL);
    PROPOSED(f, "80701000001", "", "", 4, MERA_MATCH_LEVEL);
    assert_int_equal(look(f, "7,97E+10", "", "").state, MERA_MATCH_NONE);
    assert_int_equal(look(f, "0161", "", "").state, MERA_MATCH_NONE);
    assert_int_equal(look(f, "161200", "", "").state, MERA_MATCH_NONE); /* two digits short */
}

static void names_are_matched_within_their_region(void **state)
{
    fixture *f = *state;
    EXACT(f, "", "Киров", "Калужская область", 2);
    EXACT(f, "", "Уфа", "", 4); /* the only one of that name */
    assert_int_equal(look(f, "", "Киров", "").state, MERA_MATCH_AMBIGUOUS);
    assert_int_equal(look(f, "", "Киров", "").n_equal, 2);
    PROPOSED(f, "", "г. Киров", "Кировская обл.", 1, MERA_MATCH_KIND | MERA_MATCH_REGION);
    PROPOSED(f, "", "Усть-Лобинск", "Краснодарский край", 3, MERA_MATCH_SPELLING);
    /* the region is known and has no such town: nothing is proposed, where it is is told */
    const match_found found = look(f, "", "Уфа", "Орловская область");
    assert_int_equal(found.state, MERA_MATCH_NONE);
    assert_int_equal(found.candidate[found.n_candidates - 1], 4);
    /* of three letters one slip is too much */
    assert_int_equal(look(f, "", "Уфы", "Республика Башкортостан").state, MERA_MATCH_NONE);
    PROPOSED(f, "", "Уфа", "Башкирия, нет такой", 4, MERA_MATCH_OTHER_REGION);
}

static void a_code_and_a_name_must_speak_of_the_same_unit(void **state)
{
    fixture *f = *state;
    EXACT(f, "01612000", "г. Орел", "Орловская обл", 0); /* the code is exact, the name agrees */
    PROPOSED(f, "01612000", "Тула", "Тульская область", 0,
             MERA_MATCH_OTHER_NAME | MERA_MATCH_OTHER_REGION);
    PROPOSED(f, "1612000", "Орёл", "Орловская область", 0, MERA_MATCH_ZERO);
    PROPOSED(f, "99999999", "Уфа", "Республика Башкортостан", 4, MERA_MATCH_UNKNOWN_CODE);
    const match_found found = look(f, "1612000", "Уфа", "Республика Башкортостан");
    assert_int_equal(found.state, MERA_MATCH_AMBIGUOUS);
    assert_int_equal(found.candidate[0], 0);
    assert_int_equal(found.candidate[1], 4);
}

#define DATA                                                           \
    "town,area,x\n"                                                    \
    "Орёл,Орловская область,1\n"                   \
    "КИРОВ,Калужская область,2\n"                 \
    "Белибей,Республика Башкортостан,3\n" \
    "Атлантида,Орловская область,4\n"

static mera_source named(fixture *f, const town_list *t, const char *text)
{
    return (mera_source){.path = given(f, "data.csv", text), .match = &t->match};
}

static const mera_match_file *matched(fixture *f, const mera_source *source, unsigned approve)
{
    const mera_match_file *files = NULL;
    size_t n = 0;
    const mera_read_request request = {.source = source, .n_sources = 1};
    assert_int_equal(mera_data_match(&request, approve, false, f->arena, f->diags, &files, &n),
                     MERA_OK);
    assert_int_equal(n, 1);
    return files;
}

static const char *file_text(fixture *f, const char *path)
{
    const char *bytes = NULL;
    size_t n = 0;
    assert_int_equal(mera_file_read(path, 0, MERA_NOWHERE, f->arena, f->diags, &bytes, &n),
                     MERA_OK);
    return bytes;
}

static void nothing_that_is_not_exact_is_used_before_a_person_says_yes(void **state)
{
    fixture *f = *state;
    town_list t;
    towns(f, &t, LIST);
    assert_int_equal(read_one(f, named(f, &t, DATA)), MERA_EINPUT);
    assert_string_equal(said(f, 0),
                        mera_arena_printf(f->arena,
                                          "3:1: error: 'КИРОВ' (Калужская область) may be 'Киров' "
                                          "(Калужская область) = 29714000001, but not "
                                          "exactly (case): nobody has approved it [not-approved] "
                                          "('mera data match METHODOLOGY' writes %s: say "
                                          "yes or no in its column 'approved')",
                                          t.match.approved));
    assert_string_equal(
        said(f, 1), "4:1: error: 'Белибей' (Республика Башкортостан) may be 'Белебей' (Республика "
                    "Башкортостан) = "
                    "80702000, but not exactly (spelling): nobody has approved it [not-approved]");
    assert_int_equal(mera_diags_count(f->diags, MERA_ERROR), 3);
    assert_null(f->data);
}

static void the_file_of_approvals_lists_everything_once_and_keeps_decisions(void **state)
{
    fixture *f = *state;
    town_list t;
    towns(f, &t, LIST);
    const mera_source source = named(f, &t, DATA "КИРОВ,Калужская область,2\n");
    const mera_match_file *count = matched(f, &source, 0);
    f->file[f->n_files++] = t.match.approved;
    assert_int_equal(count->n_exact, 1);
    assert_int_equal(count->n_proposed, 2);
    assert_int_equal(count->n_none, 1);
    const char *first = file_text(f, t.match.approved);
    assert_string_equal(
        first, "given_code,given_name,given_region,code,name,region,why,approved,place\n"
               ",КИРОВ,Калужская область,29714000001,Киров,Калужская область,case,,data.csv:3\n"
               ",Белибей,Республика Башкортостан,80702000,Белебей,Республика "
               "Башкортостан,spelling,,data.csv:4\n"
               ",Атлантида,Орловская область,,,,nothing like it,,data.csv:5\n");
    matched(f, &source, 0);
    assert_string_equal(file_text(f, t.match.approved), first);
    /* as a spreadsheet may bring it back: semicolons, a zero eaten, words in Russian */
    given(f, "matches.csv",
          "given_code;given_name;given_region;code;name;region;why;approved;place\n"
          ";КИРОВ;Калужская область;29714000001;Киров;Калужская область;case;Да;data.csv:3\n"
          ";Белибей;Республика Башкортостан;80702000;;;spelling;нет;data.csv:4\n"
          ";Атлантида;Орловская область;1612000;;;nothing like it;yes;data.csv:5\n"
          ";Китеж;Орловская область;;;;nothing like it;no;old.csv:7\n"
          ";Лодейное;Орловская область;;;;nothing like it;;old.csv:8\n");
    count = matched(f, &source, 0);
    assert_int_equal(count->n_approved, 2);
    assert_int_equal(count->n_refused, 1);
    assert_int_equal(count->n_kept, 1);
    assert_string_equal(
        file_text(f, t.match.approved),
        "given_code;given_name;given_region;code;name;region;why;approved;place\n"
        ";КИРОВ;Калужская область;29714000001;Киров;Калужская область;case;Да;data.csv:3\n"
        ";Белибей;Республика Башкортостан;80702000;;;spelling;нет;data.csv:4\n"
        ";Атлантида;Орловская область;01612000;Орёл;Орловская область;nothing like "
        "it;yes;data.csv:5\n"
        ";Китеж;Орловская область;;;;nothing like it;no;old.csv:7\n");
}

static void approved_units_are_read_under_the_code_and_name_of_the_list(void **state)
{
    fixture *f = *state;
    town_list t;
    towns(f, &t, LIST);
    mera_source source = named(f, &t, DATA);
    source.unmatched = MERA_SKIP;
    const mera_match_file *count = matched(f, &source, MERA_MATCH_CASE | MERA_MATCH_SPELLING);
    f->file[f->n_files++] = t.match.approved;
    assert_int_equal(count->n_approved, 2);
    assert_int_equal(count->n_proposed, 0);
    assert_int_equal(read_one(f, source), MERA_OK);
    assert_int_equal(f->data->n_units, 3);
    assert_close(number_at(f, "x", "29714000001", ""), 2, 0);
    assert_close(number_at(f, "x", "80702000", ""), 3, 0);
    assert_string_equal(f->data->unit_name[2], "Белебей");
    assert_said(f->diags, "units matched exactly: 1; as approved in");
    assert_said(f->diags, "units that match none of the list left out: 1 (line 5)");
    /* the list and the decisions are among the files that the data are made of */
    assert_int_equal(f->data->n_files, 3);
    assert_string_equal(f->data->file[2].path, t.match.approved);
    assert_int_equal(strlen(f->data->file[2].sha256), 64);
}

static void approving_some_reasons_leaves_those_with_others_alone(void **state)
{
    fixture *f = *state;
    town_list t;
    towns(f, &t, LIST);
    const mera_source source =
        named(f, &t, "town,area,x\nКИРОВ,Калужская обл.,1\nУФА,Республика Башкортостан,2\n");
    const mera_match_file *count = matched(f, &source, MERA_MATCH_CASE);
    f->file[f->n_files++] = t.match.approved;
    assert_int_equal(count->n_approved, 1);
    assert_int_equal(count->n_proposed, 1);
    assert_int_equal(count->n_why[6], 1); /* region */
}

static void two_rows_of_one_unit_are_a_duplicate_whatever_they_are_called(void **state)
{
    fixture *f = *state;
    town_list t;
    towns(f, &t, LIST);
    const mera_source source =
        named(f, &t, "town,area,x\nОрёл,Орловская область,1\nОрел,Орловская область,2\n");
    matched(f, &source, MERA_MATCH_YO);
    f->file[f->n_files++] = t.match.approved;
    assert_int_equal(read_one(f, source), MERA_EINPUT);
    assert_said(f->diags, "unit '01612000' is there twice: first on line 2");
}

static void bad_files_of_approvals_are_refused_with_their_lines(void **state)
{
    fixture *f = *state;
    town_list t;
    towns(f, &t, LIST);
    const mera_source source = named(f, &t, DATA);
    given(f, "matches.csv",
          "given_code,given_name,given_region,code,approved\n"
          ",КИРОВ,Калужская область,12345678,yes\n"
          ",Белибей,Республика Башкортостан,80702000,maybe\n"
          ",Белибей,Республика Башкортостан,80702000,yes\n"
          ",Белибей,Республика Башкортостан,80702000,no\n");
    assert_int_equal(read_one(f, source), MERA_EINPUT);
    assert_said(f->diags, "has no unit with the code '12345678'");
    assert_said(f->diags, "'maybe' under 'approved': it is yes, no or empty");
    assert_said(f->diags, "decided before, on line 4");
    f->n_files--;
    unlink(t.match.approved);
    given(f, "matches.csv", "given_code,given_name,code\n,КИРОВ,1\n");
    assert_int_equal(read_one(f, source), MERA_EINPUT);
    assert_said(f->diags, "no field 'approved' (of a file of approvals)");
}

static void a_list_must_tell_its_units_apart(void **state)
{
    fixture *f = *state;
    town_list t;
    towns(f, &t, "code,name,region\n1,Орёл,a\n1,Уфа,b\n2,Шуя,c\n2,Шуя,c\n,Тула,d\n");
    assert_int_equal(read_one(f, named(f, &t, DATA)), MERA_EINPUT);
    assert_said(f->diags, "the key '1' is that of 'Орёл' on line 2 and of 'Уфа' here");
    assert_said(f->diags, "a unit without a key");
    assert_int_equal(mera_diags_count(f->diags, MERA_ERROR), 2);
}

/* ---- the cities of the reference list, damaged by rule ---- */

typedef enum damage {
    AS_IS,
    UPPER,
    NO_YO,
    KIND,
    LATIN,
    DASH,
    BLANKS,
    DROP,
    SWAP,
    N_DAMAGES
} damage;

static const char *const damage_names[N_DAMAGES] = {
    "as it is",    "upper case",    "yo",          "kind",           "Latin letters",
    "long dashes", "double blanks", "letter lost", "letters swapped"};

static size_t put(char *out, size_t n, uint32_t code)
{
    return n + mera_utf8_put(code, out + n);
}

/* The name as a careless hand writes it; the same when the rule finds nothing to do. */
static const char *damaged(fixture *f, const char *name, damage how)
{
    char out[512];
    uint32_t code[128];
    size_t count = 0, n = 0;
    for (const char *at = name, *end = name + strlen(name); at < end && count < 120;) {
        code[count++] = mera_utf8_next(&at, end);
    }
    const size_t middle = count / 2;
    if (how == KIND) {
        return mera_arena_printf(f->arena, "г. %s", name);
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t c = code[i];
        if (how == SWAP && count > 5 && i == middle) {
            c = code[i + 1];
        } else if (how == SWAP && count > 5 && i == middle + 1) {
            c = code[middle];
        }
        if (how == DROP && count > 5 && i == middle) {
            continue;
        }
        c = how == UPPER && c >= 0x430 && c <= 0x44F ? c - 0x20 : c;
        c = how == UPPER && c == 0x451 ? 0x401 : c;
        c = how == NO_YO && c == 0x451 ? 0x435 : c;
        c = how == LATIN && c == 0x43E ? 'o' : how == LATIN && c == 0x430 ? 'a' : c;
        c = how == DASH && c == '-' ? 0x2014 : c;
        n = put(out, n, c);
        n = how == BLANKS && c == ' ' ? put(out, n, 0xA0) : n;
    }
    return mera_arena_strndup(f->arena, out, n);
}

static void damaged_names_of_real_cities_find_them_or_ask(void **state)
{
    fixture *f = *state;
    const char *root = getenv("MERA_SHARED");
    const char *path = mera_arena_printf(f->arena, "%s/data/ru_ikgs_2020/ref_city.csv",
                                         root != NULL ? root : MERA_SOURCE_DIR "/../shared");
    if (!mera_file_exists(path)) {
        print_message("skipped: %s is not there\n", path);
        skip();
    }
    const mera_unit_list from = {
        .source = {.path = path, .key = {"fias_id"}, .n_key = 1, .name = "city"},
        .region = {"region", "region_type"},
        .n_region = 2};
    match_list *list = NULL;
    assert_int_equal(match_list_read(&from, f->arena, f->diags, &list), MERA_OK);
    for (int how = 0; how < N_DAMAGES; how++) {
        size_t right = 0, silent_wrong = 0, wrong = 0, several = 0, none = 0, silent = 0;
        mera_arena *scratch = mera_arena_new();
        for (size_t i = 0; i < list->n; i++) {
            const match_unit *u = &list->unit[i];
            const char *name = damaged(f, u->name, (damage)how);
            const match_given row = {"", name, u->region};
            match_found found;
            if (u->name[0] == '\0') {
                continue;
            }
            assert_int_equal(match_find(list, &row, scratch, &found), MERA_OK);
            right += found.unit == i;
            wrong += found.unit != SIZE_MAX && found.unit != i;
            silent += found.state == MERA_MATCH_EXACT;
            silent_wrong +=
                found.state == MERA_MATCH_EXACT && (found.unit != i || strcmp(name, u->name) != 0);
            several += found.state == MERA_MATCH_AMBIGUOUS;
            none += found.state == MERA_MATCH_NONE;
        }
        mera_arena_free(scratch);
        print_message("%-16s right %zu (silent %zu), wrong %zu, several %zu, not found %zu\n",
                      damage_names[how], right, silent, wrong, several, none);
        assert_int_equal(silent_wrong, 0); /* nothing is taken that is not the very name */
        assert_true(right >= (how < DROP ? 1095 : 1060));
        assert_true(wrong <= (how < DROP ? 0 : 15));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(codes_are_matched_exactly_or_proposed_with_a_reason),
        TEST(names_are_matched_within_their_region),
        TEST(a_code_and_a_name_must_speak_of_the_same_unit),
        TEST(nothing_that_is_not_exact_is_used_before_a_person_says_yes),
        TEST(the_file_of_approvals_lists_everything_once_and_keeps_decisions),
        TEST(approved_units_are_read_under_the_code_and_name_of_the_list),
        TEST(approving_some_reasons_leaves_those_with_others_alone),
        TEST(two_rows_of_one_unit_are_a_duplicate_whatever_they_are_called),
        TEST(bad_files_of_approvals_are_refused_with_their_lines),
        TEST(a_list_must_tell_its_units_apart),
        TEST(damaged_names_of_real_cities_find_them_or_ask),
    };
    return cmocka_run_group_tests_name("match", tests, NULL, NULL);
}
