/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to report: indices of one choice. */
#ifndef MERA_REPORT_SOBOL_H
#define MERA_REPORT_SOBOL_H

#include "base/json.h"
#include "mera/sensitivity.h"
#include "report/words.h"

/** "4% (0–8)"; "–" when nothing varies. An estimate below 0 is written as 0. */
const char *mera_sobol_share(const mera_interval *x, mera_arena *arena);
/** What the two shares come to. */
mera_word mera_sobol_word(const mera_sobol_index *index);
/** The fields "first" and "total". */
void mera_sobol_json(mera_json *json, const mera_sobol_index *index);

#endif
