/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Sides of `mera compare`, scored one after the other, and the grids that make many of them.
 */
#ifndef MERA_CLI_COMPARE_SIDES_H
#define MERA_CLI_COMPARE_SIDES_H

#include "cli/session.h"

/** Why combinations of a grid were left out; the first one is told when it is. */
typedef struct cli_compare_refusal {
    const char *reason, *first;
    mera_text others; /**< labels of the next ones */
    size_t n_others;
    struct cli_compare_refusal *next;
} cli_compare_refusal;

typedef struct cli_compare_work {
    cli *c;
    mera_compare_side *side;
    size_t n, room;
    const mera_methodology *first; /**< whose variants and grid are meant */
    const mera_plan *plan;         /**< of the first side */
    mera_axis *axis;               /**< ranges and choices of --set, taken out of it */
    size_t n_axes;
    size_t n_runs; /**< sides that were scored; the others were scored before */
    size_t n_kept; /**< of the others, those that the record has */
    cli_compare_refusal *refused;
} cli_compare_work;

/** Takes a scored result in as one side more; without a label it is called by its id. */
mera_code cli_compare_side(cli_compare_work *w, const mera_result *result, const char *label);

/** Takes ranges and choices out of --set, so that what stays holds for every side. */
mera_code cli_compare_axes(cli_compare_work *w);

/**
 * The methodology with the plain changes, then with every combination of the axes and, where --grid
 * says so, of its own `grid:`. They are counted before the first is scored. One that was scored
 * before is not scored again; one that cannot be scored is left out with a warning.
 */
mera_code cli_compare_grid(cli_compare_work *w);

/**
 * The result of a project as the record has it from an earlier `mera compare`, so that a long grid
 * goes on where it was stopped; NULL when it has none. It has scores and places of the node and the
 * period that the first side shows, and nothing of indicators.
 */
mera_code cli_compare_kept(cli_compare_work *w, const mera_project *project,
                           const mera_result **out);

/** Shares moves out over the changes that made them, where that is asked for. */
mera_code cli_compare_why(cli *c, const mera_comparison *comparison, mera_compare_view *view);

#endif
