/* SPDX-License-Identifier: Apache-2.0 */
/** @file Whom the user trusts: --trust and the settings. */
#include "cli/cli.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mera_test.h"

typedef struct trust_fixture {
    char folder[512];
    cli c;
} trust_fixture;

static int trust_setup(void **state)
{
    trust_fixture *f = calloc(1, sizeof *f);
    char path[600];

    snprintf(f->folder, sizeof f->folder, "%s/trust-XXXXXX", MERA_BINARY_DIR);
    assert_non_null(mkdtemp(f->folder));
    snprintf(path, sizeof path, "%s/mera", f->folder);
    assert_int_equal(mkdir(path, 0755), 0);
    setenv("XDG_CONFIG_HOME", f->folder, 1);
    f->c.arena = mera_arena_new();
    f->c.diags = mera_diags_new(f->c.arena);
    *state = f;
    return 0;
}

static int trust_teardown(void **state)
{
    trust_fixture *f = *state;
    char command[600];

    snprintf(command, sizeof command, "rm -rf '%s'", f->folder);
    assert_int_equal(system(command), 0);
    mera_arena_free(f->c.arena);
    free(f);
    return 0;
}

static mera_code read_settings(trust_fixture *f, const char *text, mera_text_list *names)
{
    char path[600];
    FILE *file;

    snprintf(path, sizeof path, "%s/mera/settings.yaml", f->folder);
    file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    return cli_trusted(&f->c, names);
}

static void nobody_is_trusted_unless_the_user_says_so(void **state)
{
    trust_fixture *f = *state;
    mera_text_list names;

    assert_int_equal(cli_trusted(&f->c, &names), MERA_OK); /* there are no settings */
    assert_int_equal(names.n, 0);
    assert_int_equal(read_settings(f, "# nothing yet\n", &names), MERA_OK);
    assert_int_equal(names.n, 0);
}

static void the_command_line_and_the_settings_add_up(void **state)
{
    trust_fixture *f = *state;
    const char *given[] = {"arctic"};
    mera_text_list names;

    f->c.args.trust = (cli_list){given, 1, 1};
    assert_int_equal(read_settings(f, "trusted: [ours, theirs]\n", &names), MERA_OK);
    assert_int_equal(names.n, 3);
    assert_string_equal(names.v[0], "arctic");
    assert_string_equal(names.v[1], "ours");
    assert_string_equal(names.v[2], "theirs");
}

static void settings_that_cannot_be_read_are_refused(void **state)
{
    trust_fixture *f = *state;
    mera_text_list names;

    assert_int_equal(read_settings(f, "trusted: ours\n", &names), MERA_EINPUT);
    assert_said(f->c.diags, "settings are 'trusted: [NAME, …]', names of plugins");
    assert_int_equal(read_settings(f, "trusted: [[ours]]\n", &names), MERA_EINPUT);
    assert_int_equal(read_settings(f, "trust: [ours]\n", &names), MERA_EINPUT);
    assert_said(f->c.diags, "'trust' is not a setting; there is 'trusted'");
    assert_int_equal(read_settings(f, "trusted: [\n", &names), MERA_EINPUT);
}

int main(void)
{
#define HERE(name) cmocka_unit_test_setup_teardown(name, trust_setup, trust_teardown)
    const struct CMUnitTest tests[] = {
        HERE(nobody_is_trusted_unless_the_user_says_so),
        HERE(the_command_line_and_the_settings_add_up),
        HERE(settings_that_cannot_be_read_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
