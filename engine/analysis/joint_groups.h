/* SPDX-License-Identifier: Apache-2.0 */
/** @file Private to joint draws: combinations of some draws, and which of them lend to which. */
#ifndef MERA_ANALYSIS_JOINT_GROUPS_H
#define MERA_ANALYSIS_JOINT_GROUPS_H

#include "analysis/joint.h"

/** Draws of one combination. */
typedef struct joint_group {
    joint_combination *c;
    size_t donor;       /**< the group whose columns it shares; SIZE_MAX = none */
    mera_stage same;    /**< up to which stage */
    size_t cousin;      /**< the group whose points it shares where treating leaves the same values;
                             SIZE_MAX = none */
    size_t child, next; /**< the first it lends to; the next its donor lends to; SIZE_MAX = none */
    bool kept, fresh;   /**< stays for later draws; made in this run */
    bool early;         /**< it may have cousins, and goes before them */
    bool lends;         /**< it has */
    bool stays;         /**< until they are done: it lends to cousins, or to one that does */
} joint_group;

typedef struct joint_dealing {
    mera_joint *joint;
    const joint_points *points;
    const joint_shares *shares;
    mera_arena *arena;
    joint_outcome *out;
    size_t n, *of;       /**< the group of each row */
    size_t *start, *row; /**< row[start[g]] up to start[g + 1], in the order of first draws */
    joint_group *group;
    size_t first; /**< of those that wait for nobody */
} joint_dealing;

/** Rows by their key: d->n groups, d->of, d->start, d->row; joint, points and arena are given. */
mera_code mera_joint_deal_rows(joint_dealing *d);
/** The key of a group's draws; see mera_joint_key(). */
void mera_joint_group_key(const joint_dealing *d, size_t g, unsigned stage, uint64_t *key);
/** Who borrows from whom; what is kept is known. */
mera_code mera_joint_lend(joint_dealing *d);

#endif
