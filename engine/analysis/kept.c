/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What was done, which of it failed, and a hash over it, since it comes back as a file that
 * anything may have happened to.
 *
 * Layout: kind, done, failed, number of failures, bytes of the counts; then of each failure its
 * draws, the lengths of its two texts, the texts; then the counts; then SHA-256.
 */
#include "analysis/kept.h"

#include <string.h>

#include "base/hash.h"

enum { KEPT_HEAD = 5, KEPT_FAILURE = 3, KEPT_HASH = 64 };

/* ---- to bytes ---- */

static size_t kept_size(const mera_kept *kept)
{
    size_t size = KEPT_HEAD * sizeof(uint64_t) + kept->size + KEPT_HASH;
    for (size_t f = 0; f < kept->n_failures; f++) {
        size += KEPT_FAILURE * sizeof(uint64_t) + strlen(kept->failure[f].choices) +
                strlen(kept->failure[f].reason);
    }
    return size;
}

mera_code mera_kept_write(const mera_kept *kept, mera_arena *arena, const void **bytes,
                          size_t *size)
{
    const uint64_t head[KEPT_HEAD] = {kept->kind, kept->done, kept->failed, kept->n_failures,
                                      kept->size};
    const size_t n = kept_size(kept);
    char *to, *at;
    MERA_TRY_NEW(to, arena, n + 1); /* the hash ends in a NUL, which stays behind */
    memcpy(to, head, sizeof head);
    at = to + sizeof head;
    for (size_t f = 0; f < kept->n_failures; f++) {
        const mera_robust_failure *failure = &kept->failure[f];
        const uint64_t own[KEPT_FAILURE] = {failure->draws, strlen(failure->choices),
                                            strlen(failure->reason)};
        memcpy(at, own, sizeof own);
        memcpy(at + sizeof own, failure->choices, own[1]);
        memcpy(at + sizeof own + own[1], failure->reason, own[2]);
        at += sizeof own + own[1] + own[2];
    }
    memcpy(at, kept->counts, kept->size);
    mera_sha256_of(to, n - KEPT_HASH, at + kept->size);
    *bytes = to;
    *size = n;
    return MERA_OK;
}

/* ---- from bytes ---- */

static mera_code kept_wrong(mera_diags *diags)
{
    mera_fail(diags, MERA_EINPUT, "state", MERA_NOWHERE,
              "it holds nothing that this command of this version keeps, or was damaged");
    mera_hint(diags, "remove the file and start anew");
    return MERA_EINPUT;
}

/* The hash was right, so what is short here was never written by us. */
static mera_code kept_failures(mera_kept *out, const char **at, const char *end, mera_arena *arena,
                               mera_diags *diags)
{
    mera_robust_failure *failure;
    if (out->n_failures > (size_t)(end - *at) / (KEPT_FAILURE * sizeof(uint64_t))) {
        return kept_wrong(diags);
    }
    MERA_TRY_NEW(failure, arena, out->n_failures);
    out->failure = failure;
    for (size_t f = 0; f < out->n_failures; f++) {
        uint64_t own[KEPT_FAILURE];
        if ((size_t)(end - *at) < sizeof own) {
            return kept_wrong(diags);
        }
        memcpy(own, *at, sizeof own);
        *at += sizeof own;
        if (own[1] > (uint64_t)(end - *at) || own[2] > (uint64_t)(end - *at) - own[1]) {
            return kept_wrong(diags);
        }
        failure[f] = (mera_robust_failure){
            .choices = mera_arena_printf(arena, "%.*s", (int)own[1], *at),
            .reason = mera_arena_printf(arena, "%.*s", (int)own[2], *at + own[1]),
            .draws = own[0]};
        MERA_TRY_PTR(failure[f].choices);
        MERA_TRY_PTR(failure[f].reason);
        *at += own[1] + own[2];
    }
    return MERA_OK;
}

mera_code mera_kept_read(const void *bytes, size_t size, uint64_t kind, mera_arena *arena,
                         mera_diags *diags, mera_kept *out)
{
    uint64_t head[KEPT_HEAD], *counts;
    char hash[KEPT_HASH + 1];
    if (size < sizeof head + KEPT_HASH) {
        return kept_wrong(diags);
    }
    const char *at = bytes, *const end = at + size - KEPT_HASH;
    mera_sha256_of(bytes, size - KEPT_HASH, hash);
    memcpy(head, bytes, sizeof head);
    at += sizeof head;
    if (head[0] != kind || memcmp(hash, end, KEPT_HASH) != 0) {
        return kept_wrong(diags);
    }
    *out = (mera_kept){.kind = kind, .done = head[1], .failed = head[2], .n_failures = head[3]};
    MERA_TRY(kept_failures(out, &at, end, arena, diags));
    if ((uint64_t)(end - at) != head[4]) {
        return kept_wrong(diags);
    }
    MERA_TRY_NEW(counts, arena, head[4] / sizeof *counts + 1);
    memcpy(counts, at, head[4]);
    out->counts = counts;
    out->size = head[4];
    return MERA_OK;
}
