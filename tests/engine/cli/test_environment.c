/* SPDX-License-Identifier: Apache-2.0 */
/** @file What the program takes from its environment, and its exit status in-process. */
#include "cli/cli.h"

#include <stdlib.h>

#include "mera_test.h"

static void the_language_is_the_locale_s_unless_asked_for(void **state)
{
    (void)state;
    setenv("LC_ALL", "", 1);
    setenv("LC_MESSAGES", "", 1);
    setenv("LANG", "ru_RU.UTF-8", 1);
    assert_string_equal(cli_language(NULL), "ru");
    assert_string_equal(cli_language("en"), "en");
    setenv("LC_ALL", "C", 1); /* it stands above LANG */
    assert_string_equal(cli_language(NULL), "en");
}

static void a_file_is_no_terminal(void **state)
{
    FILE *file = tmpfile();
    (void)state;
    unsetenv("COLUMNS");
    assert_false(cli_has_colours(file));
    assert_int_equal(cli_width(file), 100);
    setenv("COLUMNS", "132", 1);
    assert_int_equal(cli_width(file), 132);
    setenv("COLUMNS", "-5", 1);
    assert_int_equal(cli_width(file), 100);
    unsetenv("COLUMNS");
    fclose(file);
}

static void plugin_folders_are_searched_in_a_stated_order(void **state)
{
    const char *given[] = {"first"};
    mera_text_list path;
    (void)state;
    setenv("MERA_PLUGINS", "second::third", 1);
    cli c = {.arena = mera_arena_new(), .args = {.plugins = {given, 1, 1}}};
    assert_int_equal(cli_plugin_path(&c, &path), MERA_OK);
    assert_true(path.n >= 3);
    assert_string_equal(path.v[0], "first");
    assert_string_equal(path.v[1], "second");
    assert_string_equal(path.v[2], "third");
    mera_arena_free(c.arena);
    unsetenv("MERA_PLUGINS");
}

/** Runs the program with one word after its name; what it says goes to temporary files. */
static int run(char *word, char *more)
{
    char name[] = "mera";
    char *argv[] = {name, word, more, NULL};
    FILE *out = tmpfile(), *err = tmpfile();
    const int status = mera_cli_run(more != NULL ? 3 : 2, argv, out, err);
    fclose(out);
    fclose(err);
    return status;
}

static void the_exit_status_tells_what_kind_of_trouble_it_was(void **state)
{
    char version[] = "--version", ops[] = "ops", odd[] = "oops", score[] = "score",
         nowhere[] = "/nowhere/methodology.yaml";
    (void)state;
    assert_int_equal(run(version, NULL), 0);
    assert_int_equal(run(ops, NULL), 0);
    assert_int_equal(run(odd, NULL), 2);
    assert_int_equal(run(score, NULL), 2);
    assert_in_range(run(score, nowhere), 1, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_language_is_the_locale_s_unless_asked_for),
        cmocka_unit_test(a_file_is_no_terminal),
        cmocka_unit_test(plugin_folders_are_searched_in_a_stated_order),
        cmocka_unit_test(the_exit_status_tells_what_kind_of_trouble_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
