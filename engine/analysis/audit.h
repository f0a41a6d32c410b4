/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to analysis: an audit being made. */
#ifndef MERA_ANALYSIS_AUDIT_H
#define MERA_ANALYSIS_AUDIT_H

#include "mera/again.h"
#include "mera/audit.h"

typedef struct audit_run {
    mera_audit *audit;
    const mera_result *result;
    const mera_methodology *m;
    const mera_audit_rules *rules;
    const mera_registry *registry;
    const mera_again *again;
    mera_arena *arena;
    mera_sheet sheet;     /**< normalised */
    const double *rank;   /**< of the root in the period */
    const uint8_t *stays; /**< per unit: not screened */
    mera_audit_finding *finding;
    size_t n, room;
} audit_run;

/** Nothing but its limit and its number. */
mera_audit_finding mera_audit_said(mera_limit_id limit, double number);

/** Keeps the finding when its number is beyond the limit in force. */
mera_code mera_audit_look(audit_run *run, mera_audit_finding finding);

/** Is the column an indicator that counts: in the framework and not screened out? */
bool mera_audit_counts(const audit_run *run, size_t column);

/** How far `rank` is from the places of the result. */
mera_code mera_audit_shift(const audit_run *run, const double *rank, mera_arena *scratch,
                           mera_shift *out);

/** The parts' weights of each node in draw number `draw`, as in 7. */
mera_code mera_audit_weights(const audit_run *run, uint64_t draw, mera_arena *arena,
                             const double ***out);

/** An aggregator of the registry by its name, without parameters. MERA_EUSAGE: there is none. */
mera_code mera_audit_use(const audit_run *run, const char *id, mera_arena *arena, mera_diags *diags,
                         mera_use *out);

mera_code mera_audit_columns(audit_run *run); /**< 1, 2 */
mera_code mera_audit_nodes(audit_run *run);   /**< 3 to 5 */
mera_code mera_audit_places(audit_run *run);  /**< 6, 12 */
mera_code mera_audit_draw(audit_run *run);    /**< 7 */
mera_code mera_audit_choices(audit_run *run); /**< 8, 10 */
mera_code mera_audit_shares(audit_run *run);  /**< 9 */
mera_code mera_audit_without(audit_run *run); /**< 11 */

#endif
