/* SPDX-License-Identifier: Apache-2.0 */
/** @file Help pages come from the tables, so every row of a table must be fit to print. */
#include "cli/cli.h"

#include "mera_test.h"

/** The first line of the example that calls the command itself; what it needs may stand before. */
static const char *own_line(const cli_command *command)
{
    char begins[64];
    const char *line = command->example;
    snprintf(begins, sizeof begins, "mera %s", command->name);
    while (line != NULL && !mera_starts_with(line, begins)) {
        line = strchr(line, '\n');
        line = line != NULL ? line + 1 : NULL;
    }
    return line;
}

static void every_command_has_a_page_with_an_example_of_itself(void **state)
{
    (void)state;
    for (const cli_command *command = cli_commands(); command->name != NULL; command++) {
        mera_arena *arena = mera_arena_new();
        mera_text out = {.arena = arena};
        cli_write_help(command, &out);
        assert_non_null(own_line(command));
        assert_non_null(strstr(mera_text_string(&out), command->summary));
        for (size_t i = 0; command->options[i] != NULL; i++) {
            assert_non_null(strstr(out.data, command->options[i]->help));
        }
        mera_arena_free(arena);
    }
}

/** The first own example of a page, split at blanks, must be a line the parser takes. */
static void every_example_is_a_line_the_parser_takes(void **state)
{
    (void)state;
    for (const cli_command *command = cli_commands(); command->name != NULL; command++) {
        mera_arena *arena = mera_arena_new();
        mera_diags *diags = mera_diags_new(arena);
        const char *line = own_line(command);
        char *rest = mera_arena_strndup(arena, line, strcspn(line, "\n&")), *words[32];
        const cli_command *found;
        cli_args args = {0};
        int count = 0;
        for (char *word; (word = strtok_r(rest, " ", &rest)) != NULL;) {
            words[count++] = word;
        }
        assert_int_equal(cli_parse(count, words, arena, diags, &found, &args), MERA_OK);
        assert_ptr_equal(found, command);
        mera_arena_free(arena);
    }
}

static void option_names_and_letters_are_unique_in_a_command(void **state)
{
    (void)state;
    for (const cli_command *command = cli_commands(); command->name != NULL; command++) {
        const cli_option *all[64];
        size_t n = 0;
        for (size_t i = 0; command->options[i] != NULL; i++) {
            all[n++] = command->options[i];
        }
        for (size_t i = 0; cli_common_options()[i] != NULL; i++) {
            all[n++] = cli_common_options()[i];
        }
        for (size_t i = 0; i < n; i++) {
            for (size_t j = 0; j < i; j++) {
                assert_string_not_equal(all[i]->name, all[j]->name);
                assert_true(all[i]->letter == 0 || all[i]->letter != all[j]->letter);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_command_has_a_page_with_an_example_of_itself),
        cmocka_unit_test(every_example_is_a_line_the_parser_takes),
        cmocka_unit_test(option_names_and_letters_are_unique_in_a_command),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
