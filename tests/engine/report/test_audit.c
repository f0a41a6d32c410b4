/* SPDX-License-Identifier: Apache-2.0 */
/** @file Audits in words: no limit or method without its words, no limit that the page forgets. */
#include "mera_test.h"

#include <stdlib.h>

#include "report/audit_words.h"

static char *audit_page_text(void)
{
    FILE *file = fopen(MERA_SOURCE_DIR "/docs/audit.md", "rb");
    char *text = calloc(1, 1 << 16);
    assert_non_null(file);
    assert_non_null(text);
    assert_true(fread(text, 1, (1 << 16) - 1, file) > 0);
    fclose(file);
    return text;
}

static void assert_holds(const char *text, const char *part)
{
    if (strstr(text, part) == NULL) {
        print_error("docs/audit.md does not say: %s\n", part);
        fail();
    }
}

static void the_page_says_every_limit_with_its_default(void **state)
{
    char *text = audit_page_text(), row[200];
    (void)state;
    for (int i = 0; i < MERA_N_LIMITS; i++) {
        const mera_limit_row *limit = &mera_limit_rows()[i];
        snprintf(row, sizeof row, "| `%s` | %s %g | %s |", limit->name,
                 limit->side == MERA_AT_MOST ? "at most" : "at least", limit->fallback,
                 mera_limit_levels[limit->level]);
        assert_holds(text, row);
    }
#define AUDIT_SETTING(name, fallback, ...)                               \
    snprintf(row, sizeof row, "| `%s` | %g |", #name, (double)fallback); \
    assert_holds(text, row);
    MERA_AUDIT_SETTINGS(AUDIT_SETTING)
#undef AUDIT_SETTING
    free(text);
}

static void every_limit_has_words_in_both_languages(void **state)
{
    (void)state;
    for (int i = 0; i < MERA_N_LIMITS; i++) {
        const mera_audit_words en = mera_audit_words_of((mera_limit_id)i, "en");
        const mera_audit_words ru = mera_audit_words_of((mera_limit_id)i, "ru");
        assert_true(strlen(en.what) > 0 && strlen(en.way) > 0);
        assert_true(strlen(ru.what) > 0 && strlen(ru.way) > 0);
        assert_string_not_equal(en.what, ru.what);
        assert_string_not_equal(en.way, ru.way);
        assert_in_range(mera_limit_rows()[i].section, 1, 13);
        assert_true(strlen(mera_limit_rows()[i].source) > 0);
    }
    for (int section = 1; section <= 13; section++) {
        assert_true(strlen(mera_audit_section(section, "en")) > 0);
        assert_string_not_equal(mera_audit_section(section, "en"),
                                mera_audit_section(section, "ru"));
    }
}

static void numbers_are_shares_or_plain(void **state)
{
    mera_arena *arena = mera_arena_new();
    (void)state;
    assert_string_equal(mera_audit_number(MERA_LIMIT_missing_share, 0.4167, arena), "41.7%");
    assert_string_equal(mera_audit_number(MERA_LIMIT_redundancy, 0.9449, arena), "0.945");
    mera_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_page_says_every_limit_with_its_default),
        cmocka_unit_test(every_limit_has_words_in_both_languages),
        cmocka_unit_test(numbers_are_shares_or_plain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
