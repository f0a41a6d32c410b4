/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to run: indicators of an earlier result. */
#ifndef MERA_RUN_SHARE_H
#define MERA_RUN_SHARE_H

#include "run/internal.h"

/** How far each indicator of that result is that of this plan; *out = NULL: not at all. */
mera_code mera_run_same_stages(const mera_plan *plan, const mera_result *earlier, mera_arena *arena,
                               const mera_stage **out);
/** Has that result the indicators of this plan? */
bool mera_run_may_share(const mera_plan *plan, const mera_result *earlier);
/** Takes them over. */
mera_code mera_run_share(run_score *s, const mera_result *earlier);

#endif
