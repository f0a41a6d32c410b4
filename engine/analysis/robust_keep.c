/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Draws that are kept to be gone on with: what was counted, which failed, and a hash over it, since
 * it comes back as a file that anything may have happened to.
 *
 * Layout: mark, draws done, draws failed, number of failures, bytes of the counts; then of each
 * failure its draws, the lengths of its two texts, the texts; then the counts; then SHA-256.
 */
#include <string.h>

#include "analysis/robust.h"
#include "base/hash.h"

enum { KEEP_HEAD = 5, KEEP_FAILURE = 3, KEEP_HASH = 64 };

static const uint64_t keep_mark = 0x3170656b6172656dULL; /* "merakep1" */

uint64_t mera_robust_mark(const robust_run *run)
{
    const mera_result *result = run->result;
    const char *sha256 = result->methodology->sha256;
    uint64_t mark = mera_hash64(sha256, strlen(sha256), result->methodology->seed);
    for (size_t f = 0; f < result->data->n_files; f++) {
        const char *file = result->data->file[f].sha256;
        mark = mera_hash64(file, strlen(file), mark);
    }
    return mera_hash64(run->out->score, result->n_units * sizeof(double),
                       mark + run->ask->node * 1000003 + run->ask->period);
}

bool mera_robust_go_on(robust_run *run, uint64_t drawn)
{
    const mera_robust_ask *ask = run->ask;
    run->out->drawn = drawn;
    return ask->progress == NULL || ask->progress(ask->context, drawn, run->out->rules.draws);
}

/* ---- to bytes ---- */

mera_code mera_robust_keep(robust_run *run, const mera_draws *draws)
{
    mera_robust *out = run->out;
    void *counts;
    size_t n, size;
    MERA_TRY(mera_draws_save(draws, run->arena, &counts, &n));
    size = KEEP_HEAD * sizeof(uint64_t) + n + KEEP_HASH + 1;
    for (size_t f = 0; f < out->n_failures; f++) {
        size += KEEP_FAILURE * sizeof(uint64_t) + strlen(out->failure[f].choices) +
                strlen(out->failure[f].reason);
    }
    char *bytes, *at;
    MERA_TRY_NEW(bytes, run->arena, size);
    const uint64_t head[KEEP_HEAD] = {keep_mark, out->drawn, out->failed, out->n_failures, n};
    memcpy(bytes, head, sizeof head);
    at = bytes + sizeof head;
    for (size_t f = 0; f < out->n_failures; f++) {
        const mera_robust_failure *failure = &out->failure[f];
        const uint64_t own[KEEP_FAILURE] = {failure->draws, strlen(failure->choices),
                                            strlen(failure->reason)};
        memcpy(at, own, sizeof own);
        memcpy(at + sizeof own, failure->choices, own[1]);
        memcpy(at + sizeof own + own[1], failure->reason, own[2]);
        at += sizeof own + own[1] + own[2];
    }
    memcpy(at, counts, n);
    mera_sha256_of(bytes, size - KEEP_HASH - 1, at + n);
    out->kept = bytes;
    out->kept_size = size - 1; /* the NUL of the hash stays behind */
    return MERA_OK;
}

/* ---- from bytes ---- */

static mera_code keep_wrong(const robust_run *run)
{
    mera_fail(run->diags, MERA_EINPUT, "state", MERA_NOWHERE,
              "these are no kept draws of this version, or the file was damaged");
    mera_hint(run->diags, "remove the file and start anew");
    return MERA_EINPUT;
}

/* The hash was right, so what is short here was never written by us. */
static mera_code keep_failures(robust_run *run, uint64_t n, const char **at, const char *end)
{
    mera_robust_failure *failure;
    if (n > (uint64_t)(end - *at) / (KEEP_FAILURE * sizeof(uint64_t))) {
        return keep_wrong(run);
    }
    MERA_TRY_NEW(failure, run->arena, n);
    for (uint64_t f = 0; f < n; f++) {
        uint64_t own[KEEP_FAILURE];
        if ((size_t)(end - *at) < sizeof own) {
            return keep_wrong(run);
        }
        memcpy(own, *at, sizeof own);
        *at += sizeof own;
        if (own[1] > (uint64_t)(end - *at) || own[2] > (uint64_t)(end - *at) - own[1]) {
            return keep_wrong(run);
        }
        failure[f] = (mera_robust_failure){
            .choices = mera_arena_printf(run->arena, "%.*s", (int)own[1], *at),
            .reason = mera_arena_printf(run->arena, "%.*s", (int)own[2], *at + own[1]),
            .draws = own[0]};
        MERA_TRY_PTR(failure[f].choices);
        MERA_TRY_PTR(failure[f].reason);
        *at += own[1] + own[2];
    }
    run->out->failure = failure;
    run->out->n_failures = n;
    return MERA_OK;
}

mera_code mera_robust_take_up(robust_run *run, mera_draws *draws)
{
    const char *bytes = run->ask->kept, *at;
    uint64_t head[KEEP_HEAD];
    char hash[KEEP_HASH + 1];
    if (bytes == NULL) {
        return MERA_OK;
    }
    if (run->ask->kept_size < sizeof head + KEEP_HASH) {
        return keep_wrong(run);
    }
    const char *end = bytes + run->ask->kept_size - KEEP_HASH;
    mera_sha256_of(bytes, (size_t)(end - bytes), hash);
    memcpy(head, bytes, sizeof head);
    at = bytes + sizeof head;
    if (head[0] != keep_mark || memcmp(hash, end, KEEP_HASH) != 0) {
        return keep_wrong(run);
    }
    MERA_TRY(keep_failures(run, head[3], &at, end));
    if ((uint64_t)(end - at) != head[4]) {
        return keep_wrong(run);
    }
    run->out->drawn = head[1];
    run->out->failed = head[2];
    /* counts are words, and the arena's copy lies as words have to */
    uint64_t *counts;
    MERA_TRY_NEW(counts, run->arena, head[4] / sizeof *counts + 1);
    memcpy(counts, at, head[4]);
    return mera_draws_restore(draws, counts, head[4], run->diags);
}
