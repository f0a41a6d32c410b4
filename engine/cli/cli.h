/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What a command gets: its arguments, where to write, how the terminal is, what went wrong so far.
 * A command appends its result to `out` and never writes to a stream itself.
 */
#ifndef MERA_CLI_H
#define MERA_CLI_H

#include <stdio.h>

#include "cli/options.h"
#include "mera/mera.h"
#include "report/report.h"
#include "report/rows.h"

struct cli {
    mera_arena *arena;
    mera_diags *diags;
    const cli_command *command;
    cli_args args;
    mera_text out;           /**< the result */
    mera_view view;          /**< how results look */
    mera_view diag_view;     /**< how problems look: another stream, maybe another terminal */
    const char *format;      /**< one of the command's formats, decided */
    bool failed;             /**< a check failed: the result is delivered, the status is 1 */
    const char *done;        /**< a line for stderr when all went well, or NULL */
    FILE *stream, *problems; /**< standard output and error */
    const char *worker;      /**< mera_options.worker */
    mera_engine *engine;     /**< of all sessions; NULL until the first */
    struct cli_session *session;
    struct cli_kept *kept; /**< records that runs go into */
    mera_rows rows;        /**< of a result that is rows, see cli_rows_begin() */
};

/** The whole program: `argv` as in main(), results to `out`, all else to `err`; the exit status. */
int mera_cli_run(int argc, char *const *argv, FILE *out, FILE *err);
/** The same with a program for plugins that are not trusted to run in: mera_options.worker. */
int mera_cli_run_with(const char *worker, int argc, char *const *argv, FILE *out, FILE *err);

/* environment.c: what the process was started in */

/** "ru" or "en": --lang, else the locale. */
const char *cli_language(const char *wanted);
/** Is the stream a terminal that wants colours (NO_COLOR, TERM)? */
bool cli_has_colours(FILE *stream);
/** Columns of the terminal behind the stream; COLUMNS or 100 when it is none. */
size_t cli_width(FILE *stream);
/** Folders to look for plugins in: --plugins, MERA_PLUGINS, the user's, beside the program, the
 * source tree. */
mera_code cli_plugin_path(const cli *c, mera_text_list *out);

/** Of them, those that came with the program. */
mera_code cli_shipped_path(const cli *c, mera_text_list *out);
/** Names of plugins that the user trusts: --trust, and `trusted:` of the user's settings. */
mera_code cli_trusted(const cli *c, mera_text_list *out);

/* output.c */

/** Decides the format: --format, the name after -o, a table for a terminal, else CSV. */
mera_code cli_choose_format(cli *c);
/** Is the chosen format this one? */
bool cli_format_is(const cli *c, const char *format);
/** Writes the result to standard output or, atomically, to the file after -o. */
mera_code cli_deliver(cli *c);
/** Writes the problems to stderr, as text or JSON. */
void cli_tell(cli *c);

/* rows.c */

/** Is the result to be rows, CSV or a workbook? */
bool cli_wants_rows(const cli *c);
/** Says where `rows` go. The first sheet of a workbook tells of `result`, or of the command alone
 * (NULL). */
mera_code cli_rows_begin(cli *c, const mera_result *result);
/** Makes the workbook of the rows; nothing when there is none. */
mera_code cli_rows_end(cli *c);
/** Gives back what a workbook held, finished or not. */
void cli_rows_close(cli *c);

/* version.c */
mera_code cli_write_version(mera_text *out);

/* one file a command */
mera_code cli_score(cli *c);
mera_code cli_check(cli *c);
mera_code cli_resolve(cli *c);
mera_code cli_explain(cli *c);
mera_code cli_compare(cli *c);
mera_code cli_change(cli *c);
mera_code cli_importance(cli *c);
mera_code cli_robustness(cli *c);
mera_code cli_certify(cli *c);
mera_code cli_sensitivity(cli *c);
mera_code cli_priorities(cli *c);
mera_code cli_similar(cli *c);
mera_code cli_profile(cli *c);
mera_code cli_freeze(cli *c);
mera_code cli_verify(cli *c);
mera_code cli_audit(cli *c);
mera_code cli_ops(cli *c);
mera_code cli_schema(cli *c);
mera_code cli_data_describe(cli *c);
mera_code cli_data_match(cli *c);
mera_code cli_new(cli *c);
mera_code cli_import_coinr(cli *c);
mera_code cli_plugin_new(cli *c);
mera_code cli_plugin_check(cli *c);
mera_code cli_plugin_test(cli *c);
mera_code cli_plugin_bench(cli *c);
mera_code cli_plugin_doc(cli *c);
mera_code cli_plugin_stubs(cli *c);
mera_code cli_plugin_repl(cli *c);
mera_code cli_plugin_list(cli *c);
mera_code cli_plugin_admit(cli *c);
mera_code cli_runs_list(cli *c);
mera_code cli_runs_show(cli *c);
mera_code cli_runs_diff(cli *c);
mera_code cli_runs_curve(cli *c);
mera_code cli_register(cli *c);
mera_code cli_help(cli *c);

#endif
