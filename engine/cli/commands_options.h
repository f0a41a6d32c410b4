/* SPDX-License-Identifier: Apache-2.0 */
/** @file Every option, and which of them each command has; for commands.c alone. */
#ifndef CLI_COMMANDS_OPTIONS_H
#define CLI_COMMANDS_OPTIONS_H

#include <stddef.h>

#include "cli/options.h"

static const char *const choices_language[] = {"ru", "en", NULL};
static const char *const choices_diagnostics[] = {"text", "json", NULL};
static const char *const choices_step[] = {"derive",   "denominate", "screen", "impute",
                                           "treat",    "normalise",  "weight", "aggregate",
                                           "classify", "check",      NULL};

#define FIELD(name) offsetof(cli_args, name)

static const cli_option option_data = {
    "data", 0, CLI_MANY, FIELD(data), "FILE…", "data files instead of the methodology's own", NULL};
static const cli_option option_set = {
    "set", 0, CLI_EACH, FIELD(set), "PATH=VALUE", "change a setting: framework.health.weight=4",
    NULL};
static const cli_option option_variant = {
    "variant", 0, CLI_EACH, FIELD(variant), "NAME", "a variant of the methodology", NULL};
static const cli_option option_period = {
    "period", 0, CLI_TEXT, FIELD(period), "PERIOD", "all, latest, or labels: 2019,2020", NULL};
static const cli_option option_threads = {
    "threads", 0, CLI_NUMBER, FIELD(threads), "N", "threads; all processors by default", NULL};
static const cli_option option_seed = {
    "seed", 0, CLI_NUMBER, FIELD(seed), "N", "seed of random numbers", NULL};
static const cli_option option_plugins = {
    "plugins", 0, CLI_EACH, FIELD(plugins), "DIR", "a folder to look for plugins in first", NULL};
static const cli_option option_frozen = {
    "frozen",      0,      CLI_TEXT,
    FIELD(frozen), "FILE", "what is fitted takes its numbers from this file of 'mera freeze'",
    NULL};
static const cli_option option_trust = {
    "trust", 0, CLI_EACH, FIELD(trust), "NAME", "run this plugin without a process of its own",
    NULL};
static const cli_option option_wide = {
    "wide", 0, CLI_FLAG, FIELD(wide), NULL, "CSV with a row a unit, a column a node", NULL};
static const cli_option option_indicators = {
    "indicators", 0, CLI_FLAG, FIELD(indicators), NULL, "rows of indicators too", NULL};
static const cli_option option_no_bands = {
    "no-bands", 0,
    CLI_FLAG,   FIELD(no_bands),
    NULL,       "places without the intervals and bands of `uncertainty:`",
    NULL};
static const cli_option option_leaves = {
    "indicators", 0,
    CLI_FLAG,     FIELD(indicators),
    NULL,         "of all indicators below the node, not of its children",
    NULL};
static const cli_option option_top = {
    "top", 0, CLI_NUMBER, FIELD(top), "N", "only so many in the table", NULL};
static const cli_option option_draws = {
    "draws", 0, CLI_NUMBER, FIELD(draws), "N", "how many weightings to try; 10000 by default",
    NULL};
static const cli_option option_runs = {
    "runs", 0, CLI_NUMBER, FIELD(runs), "N", "most runs; 20000 by default", NULL};
static const cli_option option_width = {"width",    0,
                                        CLI_NUMBER, FIELD(width),
                                        "PERCENT",  "stop when no interval is wider; 10 by default",
                                        NULL};
static const cli_option option_estimator = {
    "estimator", 0,
    CLI_TEXT,    FIELD(estimator),
    "NAME",      "jansen by default, martinez, janon, azzini, ...: docs/robustness.md",
    NULL};
static const cli_option option_by_step = {
    "by-step", 0, CLI_FLAG, FIELD(by_step), NULL, "choices of one step of the pipeline as one",
    NULL};
static const cli_option option_whose = {
    "unit", 0, CLI_TEXT, FIELD(unit), "U", "what moves the place of this unit: its key or name",
    NULL};
static const char *const choices_leave[] = {"indicators", "directions", "units", NULL};
static const cli_option option_leave_out = {
    "leave-out",  0, CLI_CHOICE, FIELD(leave_out), NULL, "leave each out in turn instead",
    choices_leave};
static const cli_option option_pairs = {
    "pairs",      0,    CLI_FLAG,
    FIELD(pairs), NULL, "in how many draws each unit is before each other; CSV or JSON",
    NULL};
static const cli_option option_keep = {
    "keep",      0,      CLI_TEXT,
    FIELD(keep), "FILE", "keep what is done there, and go on with what it holds",
    NULL};
static const cli_option option_best = {
    "top",      0,   CLI_NUMBER,
    FIELD(top), "K", "tell the chance of a place among the K best; 3 and 10 by default",
    NULL};
static const cli_option option_grid = {
    "grid", 0, CLI_FLAG, FIELD(grid), NULL, "all combinations of `grid:` of the methodology", NULL};
static const cli_option option_max_runs = {
    "max-runs", 0, CLI_NUMBER, FIELD(max_runs), "N", "most combinations of a grid; 200 by default",
    NULL};
static const cli_option option_unit = {
    "unit", 0, CLI_TEXT, FIELD(unit), "U", "key or name of the unit", NULL};
static const cli_option option_among = {
    "units",  0,
    CLI_TEXT, FIELD(among),
    "A,B,…",  "several units at once: keys, names, or GROUPING=LABEL for all of a group",
    NULL};
static const cli_option option_perimeter = {
    "perimeter", 0,
    CLI_TEXT,    FIELD(perimeter),
    "FILE",      "several units, with weights if you like: CSV or YAML",
    NULL};
static const cli_option option_moved = {
    "unit",      0,   CLI_TEXT,
    FIELD(unit), "U", "a unit by key or name: which change moved it, and its similar units",
    NULL};
static const cli_option option_why = {
    "why", 0, CLI_FLAG, FIELD(why), NULL, "which change moved whom, on every side", NULL};
static const cli_option option_certified = {
    "unit",      0,   CLI_TEXT,
    FIELD(unit), "U", "key or name of a unit: it alone, with the weights that bring it there",
    NULL};
static const cli_option option_no_record = {
    "no-record", 0, CLI_FLAG, FIELD(no_record), NULL, "do not put this run into the record", NULL};
static const cli_option option_curve_unit = {
    "unit", 0, CLI_TEXT, FIELD(unit), "U", "key or name of the unit", NULL};
static const cli_option option_last = {
    "top", 0, CLI_NUMBER, FIELD(top), "N", "only so many rows in the table", NULL};
static const cli_option option_from = {
    "from", 0, CLI_TEXT, FIELD(from), "PERIOD", "the period before", NULL};
static const cli_option option_to = {"to", 0, CLI_TEXT, FIELD(to), "PERIOD", "the period after",
                                     NULL};
static const cli_option option_before = {
    "before",      0,
    CLI_TEXT,      FIELD(before),
    "METHODOLOGY", "the edition before, when it is another methodology",
    NULL};
static const cli_option option_before_data = {
    "before-data", 0,
    CLI_MANY,      FIELD(before_data),
    "FILE…",       "its data; the same as after by default",
    NULL};
static const cli_option option_sure_draws = {"draws",
                                             0,
                                             CLI_NUMBER,
                                             FIELD(draws),
                                             "N",
                                             "how many weightings and methods to try; at most "
                                             "1000 by default",
                                             NULL};
static const cli_option option_orders = {
    "draws",      0,   CLI_NUMBER,
    FIELD(draws), "N", "random orders of causes, each also reversed; 16 by default",
    NULL};
static const cli_option option_changed = {
    "unit", 0, CLI_TEXT, FIELD(unit), "U", "key or name of one unit, to be split in full", NULL};
static const cli_option option_node = {
    "node", 0, CLI_TEXT, FIELD(node), "N", "a node of the framework; the whole index by default",
    NULL};
static const cli_option option_weight = {
    "weight",      0,      CLI_TEXT,
    FIELD(weight), "NODE", "where the weight of a node or indicator comes from",
    NULL};
static const cli_option option_depth = {
    "depth", 0, CLI_NUMBER, FIELD(depth), "N", "levels shown below the node; all by default", NULL};
static const cli_option option_overtake = {
    "overtake", 0,
    CLI_FLAG,   FIELD(overtake),
    NULL,       "what each indicator would have to become to reach the unit above",
    NULL};
static const cli_option option_full = {
    "full",
    0,
    CLI_FLAG,
    FIELD(full),
    NULL,
    "for a dispute: every step and parameter, who else was in each reference set, hashes of inputs",
    NULL};
static const cli_option option_step = {
    "step", 0, CLI_CHOICE, FIELD(step), NULL, "operations of one step only", choices_step};
static const cli_option option_encoding = {
    "encoding", 0,
    CLI_TEXT,   FIELD(encoding),
    "NAME",     "encoding of the files; looked for by default",
    NULL};
static const cli_option option_sheet = {
    "sheet",  0,
    CLI_TEXT, FIELD(sheet),
    "NAME",   "sheet of the workbooks, by name or number; the first with a table by default",
    NULL};
static const cli_option option_range = {
    "range", 0, CLI_TEXT, FIELD(range), "CELLS", "cells of the sheet, as in A5:H200 or A5", NULL};
static const cli_option option_table = {
    "table", 0, CLI_TEXT, FIELD(table), "NAME", "table or view of the SQLite databases", NULL};
static const cli_option option_query = {
    "query", 0, CLI_TEXT, FIELD(query), "SELECT", "what to ask of the SQLite databases", NULL};
static const cli_option option_header_rows = {
    "header-rows", 0, CLI_NUMBER, FIELD(header_rows), "N", "rows of the header; 1 by default",
    NULL};
static const cli_option option_approve = {
    "approve", 0,
    CLI_TEXT,  FIELD(approve),
    "WHY",     "approve what waits for these reasons alone: region,yo",
    NULL};
static const cli_option option_idata = {
    "idata",      0,      CLI_TEXT,
    FIELD(idata), "FILE", "COINr's iData: a row a unit, a column an indicator",
    NULL};
static const cli_option option_imeta = {
    "imeta",      0,      CLI_TEXT,
    FIELD(imeta), "FILE", "COINr's iMeta: levels, parents, directions, weights",
    NULL};
static const cli_option option_weights = {
    "weights",   0,
    CLI_EACH,    FIELD(weights),
    "NAME=FILE", "a set of weights (iCode, Weight), which becomes a variant",
    NULL};
static const cli_option option_units = {
    "units", 0, CLI_NUMBER, FIELD(units), "N", "made-up units; 10000 by default", NULL};
static const cli_option option_reach = {
    "reach",    0,
    CLI_NUMBER, FIELD(reach),
    "PERCENT",  "up to what similar units have reached: 75 = the best quarter, 100 = the best",
    NULL};
static const cli_option option_kind = {
    "kind",   0,
    CLI_TEXT, FIELD(kind),
    "KIND",   "indicator (the default), imputer, treater, normaliser, weigher, aggregator or check",
    NULL};
static const cli_option option_watch = {
    "watch", 0, CLI_FLAG, FIELD(watch), NULL, "again whenever a file changes, until interrupted",
    NULL};
static const cli_option option_output = {
    "output", 'o', CLI_TEXT, FIELD(output), "FILE", "write the result there, whole or not at all",
    NULL};
static const cli_option option_format = {
    "format", 0, CLI_CHOICE, FIELD(format), NULL, "form of the result", NULL};
static const cli_option option_language = {"lang",          0,    CLI_CHOICE,
                                           FIELD(language), NULL, "language of titles and reports",
                                           choices_language};
static const cli_option option_diagnostics = {
    "diagnostics",      0, CLI_CHOICE, FIELD(diagnostics), NULL, "form of errors and warnings",
    choices_diagnostics};
static const cli_option option_quiet = {
    "quiet", 'q', CLI_FLAG, FIELD(quiet), NULL, "errors only: no warnings, notes, summaries", NULL};
static const cli_option option_help = {"help", 'h', CLI_FLAG, FIELD(help), NULL, "this page", NULL};

static const cli_option *const common_options[] = {&option_output,
                                                   &option_format,
                                                   &option_language,
                                                   &option_diagnostics,
                                                   &option_quiet,
                                                   &option_help,
                                                   NULL};

#define METHODOLOGY_OPTIONS                                                                    \
    &option_data, &option_set, &option_variant, &option_period, &option_threads, &option_seed, \
        &option_plugins, &option_frozen, &option_trust

static const cli_option *const score_options[] = {
    METHODOLOGY_OPTIONS, &option_wide, &option_indicators, &option_top, &option_no_bands,
    &option_no_record,   NULL};
static const cli_option *const check_options[] = {METHODOLOGY_OPTIONS, NULL};
static const cli_option *const explain_options[] = {
    METHODOLOGY_OPTIONS, &option_unit, &option_node,     &option_weight,
    &option_depth,       &option_full, &option_overtake, NULL};
static const cli_option *const compare_options[] = {
    METHODOLOGY_OPTIONS, &option_node,  &option_top,       &option_grid, &option_max_runs,
    &option_why,         &option_moved, &option_no_record, NULL};
static const cli_option *const change_options[] = {
    METHODOLOGY_OPTIONS, &option_from,   &option_to,
    &option_changed,     &option_before, &option_before_data,
    &option_orders,      &option_top,    NULL};
static const cli_option *const importance_options[] = {METHODOLOGY_OPTIONS, &option_node,
                                                       &option_leaves, NULL};
static const cli_option *const robustness_options[] = {
    METHODOLOGY_OPTIONS, &option_draws, &option_keep,      &option_node,
    &option_pairs,       &option_best,  &option_no_record, NULL};
static const cli_option *const sensitivity_options[] = {METHODOLOGY_OPTIONS,
                                                        &option_node,
                                                        &option_whose,
                                                        &option_runs,
                                                        &option_width,
                                                        &option_estimator,
                                                        &option_by_step,
                                                        &option_leave_out,
                                                        &option_keep,
                                                        &option_no_record,
                                                        NULL};
static const cli_option *const certify_options[] = {METHODOLOGY_OPTIONS, &option_certified,
                                                    &option_node, NULL};
static const cli_option option_marks = {
    "top", 0, CLI_NUMBER, FIELD(top), "N", "strengths and weaknesses at most; 5 by default", NULL};
static const cli_option *const profile_options[] = {METHODOLOGY_OPTIONS, &option_unit,
                                                    &option_marks, NULL};
static const cli_option option_costs = {
    "costs",  0,
    CLI_TEXT, FIELD(costs),
    "FILE",   "CSV: indicator,cost of one of its unit; or indicator,value,cost, points of a curve",
    NULL};
static const cli_option option_budget = {
    "budget", 0, CLI_TEXT, FIELD(budget), "SUM", "the split of it that gains most; needs --costs",
    NULL};
static const cli_option option_goal = {
    "goal", 0, CLI_TEXT, FIELD(goal), "[NODE=]SCORE", "what would bring the node to that score",
    NULL};
static const cli_option option_each = {
    "each", 0, CLI_FLAG, FIELD(each), NULL, "with --goal: every unit to that score, not their mean",
    NULL};
static const cli_option option_aim = {"aim",
                                      0,
                                      CLI_EACH,
                                      FIELD(aims),
                                      "INDICATOR=VALUE",
                                      "up to that value, whatever similar units have reached",
                                      NULL};
static const cli_option *const priorities_options[] = {
    METHODOLOGY_OPTIONS, &option_unit,  &option_among,  &option_perimeter,
    &option_node,        &option_reach, &option_aim,    &option_sure_draws,
    &option_top,         &option_costs, &option_budget, &option_goal,
    &option_each,        NULL};
static const cli_option *const verify_options[] = {&option_data, &option_threads, &option_plugins,
                                                   &option_trust, NULL};
static const cli_option *const similar_options[] = {METHODOLOGY_OPTIONS, &option_unit, NULL};
static const cli_option *const runs_options[] = {&option_last, NULL};
static const cli_option *const curve_options[] = {&option_curve_unit, &option_last, NULL};
static const cli_option *const register_options[] = {&option_plugins, &option_trust, &option_set,
                                                     &option_variant, NULL};
static const cli_option *const ops_options[] = {&option_step, &option_plugins, NULL};
static const cli_option *const data_options[] = {
    &option_encoding, &option_sheet, &option_range, &option_header_rows,
    &option_table,    &option_query, NULL};
static const cli_option *const match_options[] = {METHODOLOGY_OPTIONS, &option_approve, NULL};
static const cli_option *const import_options[] = {&option_idata, &option_imeta, &option_weights,
                                                   NULL};
static const cli_option *const plugin_new_options[] = {&option_kind, NULL};
static const cli_option *const plugin_options[] = {&option_plugins, NULL};
static const cli_option *const plugin_test_options[] = {&option_plugins, &option_trust,
                                                        &option_watch, NULL};
static const cli_option *const plugin_bench_options[] = {&option_plugins, &option_trust,
                                                         &option_units, NULL};
static const cli_option *const plugin_repl_options[] = {&option_plugins, &option_trust,
                                                        &option_data, NULL};
static const cli_option *const no_options[] = {NULL};

#define PLUGIN_OPERAND "PLUGIN is a folder with plugin.lua, or the name of a plugin on the path."

static const char *const formats_all[] = {"table", "csv", "json", "xlsx", NULL};
static const char *const formats_table[] = {"table", "csv", "xlsx", NULL};
static const char *const formats_page[] = {"table", "json", "xlsx", NULL};
static const char *const formats_text[] = {"table", "json", NULL};
static const char *const formats_ops[] = {"table", "json", "markdown", NULL};

#endif
