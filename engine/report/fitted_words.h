/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to report: what fitted numbers and rules are called in texts. */
#ifndef MERA_REPORT_FITTED_WORDS_H
#define MERA_REPORT_FITTED_WORDS_H

#include "base/text.h"
#include "mera/methodology.h"

/** Adds the word for a name of mera_op.fitted; the name itself where there is none, as a plugin's.
 */
void mera_fitted_add(mera_text *out, const char *name, const char *language);

/** What becomes of missing children: `english` as it is, or the same in Russian. NULL: no memory.
 */
const char *mera_missing_in(const mera_node *node, const char *english, const char *language,
                            mera_arena *arena);

#endif
