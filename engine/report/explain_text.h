/* SPDX-License-Identifier: Apache-2.0 */
/** @file What the two halves of the explaining text share: the tree, and an indicator's steps. */
#ifndef MERA_REPORT_EXPLAIN_TEXT_H
#define MERA_REPORT_EXPLAIN_TEXT_H

#include "report/explain_sets.h"
#include "report/style.h"
#include "report/words.h"

typedef struct mera_explaining {
    const mera_explain_view *view;
    const mera_methodology *m;
    size_t top; /**< the node that is explained: shares are of it */
    bool sums;  /**< points are added up: weights are no shares */
    mera_arena *arena;
    mera_text *out;
    const mera_explain_sets *sets; /**< of a full explanation; else NULL */
} mera_explaining;

/** Lines under an indicator: formula, cells of files, each step, after `prefix`. */
mera_code mera_explain_indicator_lines(const mera_explaining *e, const mera_trace_indicator *trace,
                                       const char *prefix);

/** One line a step that did something: "normalise.minmax: 23.4 → 48   lower 0, upper 50"; `unit`
 * is that of what the step made, or NULL. */
mera_code mera_explain_step_line(const mera_explaining *e, const mera_trace_step *step,
                                 const char *unit, const char *prefix);

/** Inputs with their hashes, and reference sets: what a full explanation ends with. */
mera_code mera_explain_sources(const mera_explaining *e);

/** A dim line after `prefix`, broken between words; what goes to the next line is set in. */
void mera_explain_wrap(const mera_explaining *e, const char *prefix, const char *text);

/** The word in the language of the view. */
const char *mera_explain_word(const mera_explaining *e, mera_word word);

#endif
