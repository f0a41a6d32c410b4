/* SPDX-License-Identifier: Apache-2.0 */
/** @file The parser of the command line. */
#include "cli/cli.h"

#include "mera_test.h"

typedef struct fixture {
    mera_arena *arena;
    mera_diags *diags;
    const cli_command *command;
    cli_args args;
} fixture;

static int setup(void **state)
{
    mera_arena *arena = mera_arena_new();
    fixture *f = mera_arena_zero(arena, 1, sizeof *f);
    f->arena = arena;
    f->diags = mera_diags_new(arena);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    mera_arena_free(((fixture *)*state)->arena);
    return 0;
}

/** Parses a line split at blanks. */
static mera_code parse(fixture *f, const char *line)
{
    char *words[32] = {mera_arena_strdup(f->arena, "mera")};
    int n = 1;
    char *copy = mera_arena_strdup(f->arena, line), *rest = copy;
    for (char *word; (word = strtok_r(rest, " ", &rest)) != NULL;) {
        words[n++] = word;
    }
    f->args = (cli_args){0};
    return cli_parse(n, words, f->arena, f->diags, &f->command, &f->args);
}

static void reads_values_after_a_blank_or_an_equals_sign(void **state)
{
    fixture *f = *state;
    assert_int_equal(parse(f, "score m.yaml --format=json --top 5 -o out.json -q"), MERA_OK);
    assert_string_equal(f->command->name, "score");
    assert_string_equal(f->args.operands.v[0], "m.yaml");
    assert_string_equal(f->args.format, "json");
    assert_string_equal(f->args.output, "out.json");
    assert_true(f->args.top.given);
    assert_int_equal(f->args.top.value, 5);
    assert_true(f->args.quiet);
}

static void data_takes_every_word_up_to_the_next_option(void **state)
{
    fixture *f = *state;
    assert_int_equal(parse(f, "score m --data a.csv b.csv --set x=1 --set y=2 --data c.csv"),
                     MERA_OK);
    assert_int_equal(f->args.data.n, 3);
    assert_string_equal(f->args.data.v[2], "c.csv");
    assert_int_equal(f->args.set.n, 2);
    assert_string_equal(f->args.set.v[1], "y=2");
}

static void two_dashes_end_the_options(void **state)
{
    fixture *f = *state;
    assert_int_equal(parse(f, "score -- --odd-name"), MERA_OK);
    assert_string_equal(f->args.operands.v[0], "--odd-name");
}

static void a_single_dash_is_a_word(void **state)
{
    fixture *f = *state;
    assert_int_equal(parse(f, "score m -o -"), MERA_OK);
    assert_string_equal(f->args.output, "-");
}

static void commands_may_have_two_words(void **state)
{
    fixture *f = *state;
    assert_int_equal(parse(f, "data describe a.csv b.csv"), MERA_OK);
    assert_string_equal(f->command->name, "data describe");
    assert_int_equal(f->args.operands.n, 2);
}

static void names_what_is_near_an_unknown_option(void **state)
{
    fixture *f = *state;
    assert_int_equal(parse(f, "score m --varient equal"), MERA_EUSAGE);
    const mera_diag *diag = mera_diags_get(f->diags, 0);
    assert_string_equal(diag->message, "'mera score' has no option '--varient'");
    assert_string_equal(diag->hint, "did you mean '--variant'?");
}

static void names_what_is_near_an_unknown_command(void **state)
{
    fixture *f = *state;
    assert_int_equal(parse(f, "scroe m"), MERA_EUSAGE);
    assert_string_equal(mera_diags_get(f->diags, 0)->hint, "did you mean 'mera score'?");
}

static void tells_every_mistake_of_a_line(void **state)
{
    fixture *f = *state;
    assert_int_equal(parse(f, "score --top many --format tabel --threads"), MERA_EUSAGE);
    assert_int_equal(mera_diags_size(f->diags), 4);
    assert_said(f->diags, "'--top many' is not a whole number from 0");
    assert_said(f->diags, "'--format tabel' is not known: it is one of table, csv, json");
    assert_said(f->diags, "'--threads' needs a value: --threads N");
    assert_said(f->diags, "'mera score' needs METHODOLOGY");
}

static void refuses_a_value_after_a_flag_and_words_too_many(void **state)
{
    fixture *f = *state;
    assert_int_equal(parse(f, "score m --quiet=yes"), MERA_EUSAGE);
    assert_said(f->diags, "'--quiet' takes no value");
    assert_int_equal(parse(f, "score m n"), MERA_EUSAGE);
    assert_said(f->diags, "'mera score' does not know what to do with 'n'");
    assert_int_equal(parse(f, "schema --format csv"), MERA_EUSAGE);
    assert_said(f->diags, "'mera schema' has no option '--format'");
}

static void an_option_is_not_taken_for_a_value(void **state)
{
    fixture *f = *state;
    assert_int_equal(parse(f, "score m --data --quiet"), MERA_EUSAGE);
    assert_said(f->diags, "'--data' needs a value: --data FILE…");
    assert_true(f->args.quiet);
}

static void a_lone_mera_asks_for_help(void **state)
{
    fixture *f = *state;
    assert_int_equal(parse(f, ""), MERA_OK);
    assert_null(f->command);
    assert_true(f->args.help);
    assert_int_equal(parse(f, "score --help"), MERA_OK); /* no operand is missed then */
}

static void numbers_too_long_are_refused(void **state)
{
    fixture *f = *state;
    assert_int_equal(parse(f, "score m --seed 99999999999999999999"), MERA_EUSAGE);
    assert_int_equal(parse(f, "score m --seed 20241114"), MERA_OK);
    assert_int_equal(f->args.seed.value, 20241114);
}

int main(void)
{
#define parser_test(function) cmocka_unit_test_setup_teardown(function, setup, teardown)
    const struct CMUnitTest tests[] = {
        parser_test(reads_values_after_a_blank_or_an_equals_sign),
        parser_test(data_takes_every_word_up_to_the_next_option),
        parser_test(two_dashes_end_the_options),
        parser_test(a_single_dash_is_a_word),
        parser_test(commands_may_have_two_words),
        parser_test(names_what_is_near_an_unknown_option),
        parser_test(names_what_is_near_an_unknown_command),
        parser_test(tells_every_mistake_of_a_line),
        parser_test(refuses_a_value_after_a_flag_and_words_too_many),
        parser_test(an_option_is_not_taken_for_a_value),
        parser_test(a_lone_mera_asks_for_help),
        parser_test(numbers_too_long_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
