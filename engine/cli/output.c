/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Where results and problems go. Results to standard output or whole to a file; everything else
 * to standard error.
 */
#include "cli/cli.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "io/file.h"

bool cli_format_is(const cli *c, const char *format)
{
    return mera_streq(c->format, format);
}

/** The command's format that the file's name ends with, or NULL. */
static const char *output_by_name(const cli *c)
{
    const char *dot = c->args.output == NULL ? NULL : strrchr(c->args.output, '.');
    for (size_t i = 0; dot != NULL && c->command->formats[i] != NULL; i++) {
        if (mera_streq(dot + 1, c->command->formats[i])) {
            return c->command->formats[i];
        }
    }
    return dot != NULL && strcmp(dot, ".md") == 0 ? "markdown" : NULL;
}

static bool output_offers(const cli_command *command, const char *format)
{
    for (size_t i = 0; command->formats[i] != NULL; i++) {
        if (mera_streq(command->formats[i], format)) {
            return true;
        }
    }
    return false;
}

/** No other text goes into a file that its reader's program takes for a workbook. */
static mera_code output_no_workbook(cli *c)
{
    const char *name = c->args.output, *dot = name == NULL ? NULL : strrchr(name, '.');
    const char *said = c->args.format;
    const bool makes = c->command->formats != NULL && output_offers(c->command, "xlsx") &&
                       (said == NULL || strcmp(said, "xlsx") == 0);
    if (dot == NULL || strcmp(dot, ".xlsx") != 0 || makes) {
        return MERA_OK;
    }
    mera_text text = {.arena = c->arena};
    for (size_t i = 0;
         said == NULL && c->command->formats != NULL && c->command->formats[i] != NULL; i++) {
        mera_text_addf(&text, "%s%s", i > 0 ? ", " : ": ", c->command->formats[i]);
    }
    const char *others = mera_text_string(&text);
    MERA_TRY_PTR(others);
    mera_fail(c->diags, MERA_EUSAGE, "not-a-workbook", MERA_NOWHERE,
              said != NULL ? "'%s' is the name of a workbook, and --format says another form"
                           : "'%s' is the name of a workbook, which this command does not make",
              name);
    mera_hint(c->diags,
              said != NULL ? "leave out --format, or name the file by what it will be%s"
                           : "name the file by what it will be%s",
              others);
    return MERA_EUSAGE;
}

mera_code cli_choose_format(cli *c)
{
    MERA_TRY(output_no_workbook(c));
    if (c->command->formats == NULL) {
        return MERA_OK;
    }
    c->format = c->args.format != NULL ? c->args.format : output_by_name(c);
    if (c->format == NULL || !output_offers(c->command, c->format)) {
        const bool table = c->args.output == NULL && isatty(fileno(c->stream));
        c->format = !table && output_offers(c->command, "csv") ? "csv" : c->command->formats[0];
    }
    if (c->args.output != NULL) {
        c->view.colour = false;
    } else if (cli_format_is(c, "xlsx") && isatty(fileno(c->stream))) {
        mera_fail(c->diags, MERA_EUSAGE, "missing-argument", MERA_NOWHERE,
                  "a workbook is not shown on a terminal");
        mera_hint(c->diags, "name the file: -o result.xlsx");
        return MERA_EUSAGE;
    }
    return MERA_OK;
}

/** Writes beside the target and renames; Ctrl-C waits for the moment this takes. */
static mera_code output_file(cli *c)
{
    const struct sigaction ignore = {.sa_handler = SIG_IGN};
    struct sigaction before;
    sigaction(SIGINT, &ignore, &before);
    const mera_code code = mera_file_write(c->args.output, c->out.data, c->out.n, c->diags);
    sigaction(SIGINT, &before, NULL);
    if (code == MERA_OK && c->done == NULL) {
        c->done = mera_arena_printf(c->arena, "saved %s", c->args.output);
    }
    return code == MERA_EINPUT ? MERA_ESYSTEM : code; /* a folder that is not there is no input */
}

mera_code cli_deliver(cli *c)
{
    if (c->out.failed) {
        return MERA_ENOMEM;
    }
    if (c->out.n == 0) {
        return MERA_OK;
    }
    if (c->args.output != NULL && !mera_streq(c->args.output, "-")) {
        return output_file(c);
    }
    if (fwrite(c->out.data, 1, c->out.n, c->stream) != c->out.n || fflush(c->stream) != 0) {
        return mera_fail(c->diags, MERA_ESYSTEM, "write", MERA_NOWHERE,
                         "standard output cannot be written: %s", strerror(errno));
    }
    return MERA_OK;
}

void cli_tell(cli *c)
{
    const mera_severity least = c->args.quiet ? MERA_ERROR : MERA_NOTE;
    mera_text text = {.arena = c->arena};
    mera_code code;
    if (c->diags == NULL) {
        return;
    }
    mera_diags_sort(c->diags);
    if (mera_streq(c->args.diagnostics, "json")) {
        code = mera_report_diags_json(c->diags, least, c->arena, &text);
    } else {
        code = mera_report_diags_text(c->diags, least, &c->diag_view, c->arena, &text);
    }
    if (code == MERA_OK && text.n > 0) {
        fwrite(text.data, 1, text.n, c->problems);
    }
}
