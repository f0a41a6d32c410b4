/* SPDX-License-Identifier: Apache-2.0 */
/** @file Places when weights and everything else that is uncertain are drawn together. */
#include <string.h>

#include "analysis/joint.h"

enum {
    JOINT_BLOCK_BYTES = 32 << 20, /* of places */
    JOINT_BLOCK = 16384,
    JOINT_BLOCK_LEAST = 256,
    JOINT_BLOCK_CELLS = 64 << 20 /* work between two calls of progress */
};

typedef struct joint_block {
    mera_joint *joint;
    size_t room;
    double *u;
    uint64_t *number;
    joint_outcome out;
} joint_block;

static mera_code joint_rooms(joint_block *b, size_t draws)
{
    const mera_joint *joint = b->joint;
    mera_arena *arena = joint->arena;
    const size_t cells = joint->n * joint->m->n_indicators;
    /* draws that share combinations are cheap, and dearer in small blocks, which make them anew */
    const bool dear = joint->noisy || joint->imputes || joint->ranged ||
                      joint->base.out->why_anew != MERA_ROBUST_FINE;
    b->room = JOINT_BLOCK_BYTES / (joint->n * sizeof *b->out.place);
    if (dear && b->room > JOINT_BLOCK_CELLS / cells) {
        b->room = JOINT_BLOCK_CELLS / cells;
    }
    b->room = b->room > JOINT_BLOCK ? JOINT_BLOCK : b->room / JOINT_BLOCK_LEAST * JOINT_BLOCK_LEAST;
    b->room = b->room < JOINT_BLOCK_LEAST ? JOINT_BLOCK_LEAST : b->room;
    b->room = joint->base.ask->block > 0 ? joint->base.ask->block : b->room;
    b->room = draws < b->room ? draws : b->room;
    MERA_TRY_NEW(b->u, arena, b->room * joint->n_factors);
    MERA_TRY_NEW(b->number, arena, b->room * joint->n_factors);
    return mera_joint_outcome_new(joint, b->room, arena, &b->out);
}

/* Draws that gave places, moved together; returns how many. */
static size_t joint_good(const joint_block *b, size_t count)
{
    const size_t n = b->joint->n;
    uint16_t *place = b->out.place;
    size_t good = 0;
    for (size_t d = 0; d < count; d++) {
        if (b->out.failure[d] == 0) {
            if (good < d) {
                memcpy(place + good * n, place + d * n, n * sizeof *place);
                b->out.tied[good] = b->out.tied[d];
            }
            good++;
        }
    }
    return good;
}

static mera_code joint_blocks(joint_block *b, robust_run *run, mera_draws *draws)
{
    const uint64_t until = run->out->rules.draws;
    for (uint64_t first = run->out->drawn; first < until;) {
        const uint64_t left = until - first;
        const joint_points points = {
            .count = left < b->room ? (size_t)left : b->room, .u = b->u, .number = b->number};
        mera_joint_draw(b->joint, first, points.count, b->u, b->number);
        MERA_TRY(mera_joint_run(b->joint, &points, &b->out));
        const size_t good = joint_good(b, points.count);
        run->out->failed += points.count - good;
        MERA_TRY(mera_draws_add_places(draws, good, b->out.place, b->out.tied));
        first += points.count;
        if (!mera_robust_go_on(run, first)) {
            break;
        }
    }
    return MERA_OK;
}

static mera_code joint_none(const robust_run *run)
{
    const mera_robust_failure *f = &run->out->failure[0];
    const mera_code code = mera_fail(
        run->diags, MERA_EINPUT, "no-answer", run->result->methodology->node[run->ask->node].at,
        "every draw failed, the first with %s: %s", f->choices, f->reason);
    mera_hint(run->diags, "take choices that do not go together out of `uncertainty: factors:`");
    return code;
}

static mera_code joint_of(robust_run *run, mera_joint *joint, const mera_draws_ask *ask,
                          mera_draws **out)
{
    mera_draws_ask ranked = *ask;
    joint_block block = {.joint = joint};
    ranked.n = joint->n;
    run->ranked = joint->unit;
    ranked.seed = mera_robust_mark(run);
    MERA_TRY(mera_draws_open_scores(&ranked, joint->reference, run->diags, out));
    MERA_TRY(mera_robust_take_up(run, *out));
    MERA_TRY(mera_joint_failed_before(joint, run->out->failure, run->out->n_failures));
    MERA_TRY(joint_rooms(&block, run->out->rules.draws));
    MERA_TRY(joint_blocks(&block, run, *out));
    run->out->failure = joint->failure;
    run->out->n_failures = joint->n_failures;
    run->out->combinations = joint->n_prepared;
    return mera_draws_done(*out) > 0 || run->out->failed == 0 ? MERA_OK : joint_none(run);
}

mera_code mera_robust_joint(robust_run *run, const mera_draws_ask *ask, mera_draws **out)
{
    mera_joint *joint = NULL;
    mera_code code = mera_joint_open(run, &joint);
    if (code == MERA_OK) {
        code = joint_of(run, joint, ask, out);
    }
    mera_joint_close(joint);
    return code;
}
