/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to run: settings in words, for records and traces. NULL when memory ran out. */
#ifndef MERA_RUN_WORDS_H
#define MERA_RUN_WORDS_H

#include "run/internal.h"

/** Parameters with rounding: "range [0, 100], clamp none, round 3". */
const char *mera_run_use_words(const mera_use *use, mera_arena *arena);
/** The same without what is as by default; "" when all is. */
const char *mera_run_use_chosen(const mera_use *use, mera_arena *arena);
/** "all units of the period", "units by 'size' (3 or more, else all), all periods"; "" without fit.
 */
const char *mera_run_reference_words(const mera_use *use, mera_arena *arena);
/** "a missing child is left out and the weights of the others grow". */
const char *mera_run_missing_words(const mera_node *node, mera_arena *arena);
/** Parameters of a node's aggregator with floor, rounding and its rule for missing; of a formula
 * node the formula. */
const char *mera_run_node_words(const mera_node *node, mera_arena *arena);
/** The same without the rule for missing, of `all` or without what is as by default; "" when there
 * is nothing to say. */
const char *mera_run_node_settings(const mera_node *node, bool all, mera_arena *arena);

#endif
