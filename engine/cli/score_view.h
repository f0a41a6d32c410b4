/* SPDX-License-Identifier: Apache-2.0 */
/** @file What a page of scores shows beside the numbers, for scores and results made again. */
#ifndef MERA_CLI_SCORE_VIEW_H
#define MERA_CLI_SCORE_VIEW_H

#include "cli/session.h"

/**
 * Changes asked for, intervals of places (of the period a table shows, or of `every` one), options
 * of the page; `registered` and `n_warnings` are left to the caller. What keeps intervals from
 * being drawn is a warning.
 */
mera_code cli_score_view(cli *c, const cli_session *session, const char *variant, bool every,
                         mera_score_view *out);

#endif
