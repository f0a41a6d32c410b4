/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The command line as data: every command has one table row and a list of options, and from them
 * come the parser, `--help`, `mera help` and the suggestions. No command parses anything itself.
 */
#ifndef MERA_CLI_OPTIONS_H
#define MERA_CLI_OPTIONS_H

#include "base/text.h"
#include "mera/error.h"

typedef struct cli cli;

typedef struct cli_list {
    const char **v;
    size_t n, room;
} cli_list;

typedef struct cli_number {
    bool given;
    size_t value;
} cli_number;

/** What the command line says: every option of every command has its field here. */
typedef struct cli_args {
    cli_list operands;
    cli_list before_data;
    cli_list data, set, variant, plugins, trust, weights, aims;
    const char *period, *frozen, *output, *format, *language, *diagnostics;
    const char *from, *to, *before;
    const char *unit, *node, *weight, *step, *encoding, *idata, *imeta, *keep, *sheet, *range;
    cli_number threads, seed, top, depth, draws, max_runs, runs, width, header_rows;
    const char *estimator, *leave_out;
    bool pairs; /**< who is before whom */
    bool quiet, wide, indicators, no_bands, full, overtake, grid, by_step, help;
    cli_number units; /**< made-up ones */
    bool watch;
    const char *kind; /**< of a new plugin */
    bool why;         /**< of comparisons */
    bool each;        /**< of goals */
    cli_number reach; /**< per cent */
    bool no_record;
    const char *costs, *budget, *goal, *among, *perimeter;
    const char *approve, *table, *query;
} cli_args;

typedef enum cli_kind {
    CLI_FLAG,   /**< bool */
    CLI_TEXT,   /**< const char *; the last one given counts */
    CLI_CHOICE, /**< const char *; one of `choices`, and the command's formats for --format */
    CLI_NUMBER, /**< cli_number; a whole number */
    CLI_EACH,   /**< cli_list; may be given again and again */
    CLI_MANY,   /**< cli_list; takes every following word up to the next option */
} cli_kind;

typedef struct cli_option {
    const char *name; /**< without dashes */
    char letter;      /**< 'o' for -o; 0 = none */
    cli_kind kind;
    size_t offset;              /**< of the field in cli_args */
    const char *argument;       /**< "FILE…" in help; NULL for flags */
    const char *help;           /**< one phrase */
    const char *const *choices; /**< CLI_CHOICE; NULL-terminated */
} cli_option;

/** Headings of `mera help`, in its order. */
typedef enum cli_group {
    CLI_GROUP_FIRST,
    CLI_GROUP_DATA,
    CLI_GROUP_SCORES,
    CLI_GROUP_SURE,
    CLI_GROUP_DECISIONS,
    CLI_GROUP_METHODOLOGY,
    CLI_GROUP_PLUGINS,
    CLI_GROUP_RECORD,
    CLI_N_GROUPS
} cli_group;

typedef struct cli_command {
    const char *name;     /**< "score"; "data describe" has two words */
    const char *operands; /**< "METHODOLOGY" in help */
    size_t min_operands, max_operands;
    const char *summary;              /**< one sentence */
    const char *more;                 /**< a paragraph for --help, or NULL */
    const char *example;              /**< lines that work on the shipped data */
    const char *const *formats;       /**< of --format, the terminal's first; NULL = no --format */
    const cli_option *const *options; /**< NULL-terminated, besides the common ones */
    mera_code (*run)(cli *c);
    cli_group group; /**< where `mera help` lists it */
} cli_command;

/** Every command, in the order of `mera help` under each heading; the last has name NULL. */
const cli_command *cli_commands(void);

/** The options that every command takes; NULL-terminated. */
const cli_option *const *cli_common_options(void);

/**
 * Finds the command and reads its options. *command is NULL when none is named: then `args` may
 * hold help. Every mistake is recorded (MERA_EUSAGE), with a suggestion where one is near.
 */
mera_code cli_parse(int argc, char *const *argv, mera_arena *arena, mera_diags *diags,
                    const cli_command **command, cli_args *args);

/** The command whose name the words begin with; *taken says how many words it has. Or NULL. */
const cli_command *cli_find_command(char *const *words, size_t n, size_t *taken);

/** Records that the words begin with no command, and the one that may have been meant. */
mera_code cli_unknown_command(char *const *word, size_t n, mera_arena *arena, mera_diags *diags);

/** Adds a text to a list. */
mera_code cli_list_add(cli_list *list, const char *text, mera_arena *arena);

/** Refuses a number that was given and does not lie between two: what would be read as «not said»,
 * or run for days. `hint` may be NULL. */
mera_code cli_number_between(const char *option, const cli_number *number, size_t least,
                             size_t most, const char *hint, mera_diags *diags);

/** Writes the help page of a command, or of mera itself (NULL). */
void cli_write_help(const cli_command *command, mera_text *out);

#endif
