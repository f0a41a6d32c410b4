/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * A methodology on its way to a result: project, dataset, plan, result. Opened as far as a command
 * needs; all sessions share one engine and are closed together.
 */
#ifndef MERA_CLI_SESSION_H
#define MERA_CLI_SESSION_H

#include "cli/cli.h"

typedef enum cli_stage {
    CLI_PROJECT, /**< the methodology with its plugins */
    CLI_PLAN,    /**< ... bound to its data */
    CLI_RESULT,  /**< ... scored */
} cli_stage;

/** Lives, with everything in it, until the problems are told: they show lines of its files. */
typedef struct cli_session {
    mera_project *project;
    mera_dataset *data;
    mera_plan *plan;
    const mera_result *result;
    struct cli_session *next;
} cli_session;

/** Changes after those of --set. */
typedef struct cli_more {
    const mera_set *set;
    size_t n;
} cli_more;

/** Opens up to `stage`. `variant` NULL is the methodology itself. */
mera_code cli_session_open(cli *c, const char *path, const char *variant, cli_stage stage,
                           cli_session **out);

/** The methodology itself, scored without the changes of --set. */
mera_code cli_session_open_as_written(cli *c, const char *path, cli_stage stage, cli_session **out);

/** With changes after those of --set. */
mera_code cli_session_open_with(cli *c, const char *path, const cli_more *more, cli_stage stage,
                                cli_session **out);

/** From the project, which is open, up to `stage`. */
mera_code cli_session_go_on(cli *c, cli_session *session, cli_stage stage);

/** "path=value" at its first '='. */
mera_code cli_split_set(cli *c, const char *text, mera_set *out);

/** Closes every session and the engine. */
void cli_sessions_close(cli *c);

/** The changes of --set, --period and --seed. */
mera_code cli_changes(cli *c, const mera_set **out, size_t *n);

/** Opens the engine of all sessions unless it is open. */
mera_code cli_engine(cli *c);

/** The unit of that key, or of that name when only one has it; else an error with a suggestion. */
mera_code cli_find_unit(cli *c, const mera_result *result, const char *wanted, size_t *out);

/** The same of a file's word at its place: an error in the input. */
mera_code cli_find_unit_at(cli *c, const mera_result *result, const char *wanted, mera_at at,
                           size_t *out);

/** A hint for a unit that is not there: whose name has the word in it, else the nearest one. */
void cli_hint_unit(cli *c, const char *wanted, const char *const *name, const char *const *key,
                   size_t n);

/** The only --variant, or NULL; an error when there are several. */
mera_code cli_one_variant(cli *c, const char **out);

/** The node of that id (NULL = the root); else an error with a suggestion. */
mera_code cli_find_node(cli *c, const mera_methodology *m, const char *wanted, size_t *out);

#endif
