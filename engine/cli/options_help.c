/* SPDX-License-Identifier: Apache-2.0 */
/** @file Help pages, written from the tables of commands and options alone. */
#include "cli/options.h"

#include <string.h>

#include "report/style.h"

enum { HELP_WIDTH = 78, HELP_COLUMN = 26 };

static void help_formats(const char *const *choices, mera_text *out)
{
    for (size_t i = 0; choices != NULL && choices[i] != NULL; i++) {
        mera_text_addf(out, "%s%s", i > 0 ? "|" : "", choices[i]);
    }
}

static void help_option(const cli_option *option, const cli_command *command, mera_text *out)
{
    mera_text left = {.arena = out->arena};
    if (option->letter != 0) {
        mera_text_addf(&left, "-%c, ", option->letter);
    }
    mera_text_addf(&left, "--%s", option->name);
    if (option->kind == CLI_CHOICE) {
        mera_text_add(&left, " ");
        help_formats(option->choices != NULL ? option->choices : command->formats, &left);
    } else if (option->argument != NULL) {
        mera_text_addf(&left, " %s", option->argument);
    }
    const char *text = mera_text_string(&left);
    const size_t width = text == NULL ? 0 : mera_utf8_width(text);
    mera_text_addf(out, "  %s", text == NULL ? "" : text);
    if (width + 2 > HELP_COLUMN) {
        mera_text_addf(out, "\n%*s", HELP_COLUMN + 2, "");
    } else {
        mera_text_addf(out, "%*s", (int)(HELP_COLUMN - width), "");
    }
    mera_text_addf(out, "%s\n", option->help);
}

static void help_options(const char *title, const cli_option *const *options,
                         const cli_command *command, mera_text *out)
{
    if (options == NULL || options[0] == NULL) {
        return;
    }
    mera_text_addf(out, "\n%s\n", title);
    for (size_t i = 0; options[i] != NULL; i++) {
        if (command->formats != NULL || !mera_streq(options[i]->name, "format")) {
            help_option(options[i], command, out);
        }
    }
}

static void help_example(const char *example, mera_text *out)
{
    mera_text_add(out, "\nExample\n");
    while (*example != '\0') {
        const size_t n = strcspn(example, "\n");
        mera_text_add(out, "  ");
        mera_text_add_n(out, example, n);
        mera_text_add(out, "\n");
        example += n + (example[n] == '\n');
    }
}

static const char *const help_group[CLI_N_GROUPS] = {
    [CLI_GROUP_FIRST] = "First steps",
    [CLI_GROUP_DATA] = "Data",
    [CLI_GROUP_SCORES] = "Scores, and why they are what they are",
    [CLI_GROUP_SURE] = "How sure scores and places are",
    [CLI_GROUP_DECISIONS] = "Decisions about a territory",
    [CLI_GROUP_METHODOLOGY] = "Methodologies",
    [CLI_GROUP_PLUGINS] = "Plugins",
    [CLI_GROUP_RECORD] = "Record: what was run and fixed",
};

static void help_commands(cli_group group, mera_text *out)
{
    mera_text_addf(out, "\n%s\n", help_group[group]);
    for (const cli_command *command = cli_commands(); command->name != NULL; command++) {
        if (command->group == group) {
            mera_text_addf(out, "  %-16s%s\n", command->name, command->summary);
        }
    }
}

static void help_mera(mera_text *out)
{
    mera_text_add(out, "mera: scores of territories that can be defended\n\n"
                       "Usage: mera COMMAND [ARGUMENTS] [OPTIONS]\n");
    for (cli_group group = 0; group < CLI_N_GROUPS; group++) {
        help_commands(group, out);
    }
    mera_text_add(out, "\n'mera help COMMAND' explains one; 'mera --version' says what this is.\n");
    help_example("mera score methodologies/world-quality-of-life", out);
}

void cli_write_help(const cli_command *command, mera_text *out)
{
    static const mera_view plain = {.language = "en", .width = HELP_WIDTH};
    if (command == NULL) {
        help_mera(out);
        return;
    }
    mera_text_addf(out, "mera %s: %s\n\nUsage: mera %s%s%s [OPTIONS]\n", command->name,
                   command->summary, command->name, command->operands[0] != '\0' ? " " : "",
                   command->operands);
    if (command->more != NULL) {
        mera_text_add(out, "\n");
        mera_style_wrap(out, &plain, 0, command->more);
    }
    help_options("Options", command->options, command, out);
    help_options("Common options", cli_common_options(), command, out);
    help_example(command->example, out);
}
