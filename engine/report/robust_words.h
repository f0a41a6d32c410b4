/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to report: laws of weights and reasons in words. */
#ifndef MERA_REPORT_ROBUST_WORDS_H
#define MERA_REPORT_ROBUST_WORDS_H

#include "report/report.h"
#include "report/words.h"

/** The laws of the weights of a node and of those that have another one. */
void mera_robust_laws_words(const mera_methodology *m, const mera_uncertainty *rules, size_t node,
                            const char *language, mera_text *out);
/** Adds "scale (choices: 2)". */
void mera_robust_factor_words(const mera_factor *factor, const char *language, mera_text *out);
/** The word for a reason; it is not MERA_ROBUST_FINE. */
mera_word mera_robust_why_word(mera_robust_why why);
/** "operation", "missing", ...: for programs; NULL for MERA_ROBUST_FINE. */
const char *mera_robust_why_name(mera_robust_why why);

/** "14 (11–19)"; "1 (1)" when the place is always the same. `place` as it is written. */
const char *mera_robust_places(const char *place, const mera_place_summary *unit,
                               mera_arena *arena);

#endif
