/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Runs of a design that are kept to be gone on with (analysis/kept.h). Counts: what the design is
 * of, its shape, its rows so far; then shifts by part, then places by part unless they are too
 * many.
 */
#include <string.h>

#include "analysis/kept.h"
#include "analysis/sensitivity.h"
#include "base/hash.h"

enum { SENSE_KEPT_HEAD = 5 };

static const uint64_t sense_kind = 0x316e75726172656dULL; /* "merarun1" */

/* Whose design, which inputs together; the last is the number of rows, which is no part of what it
 * is: a larger design begins with the rows of a smaller one. */
static void sense_head(const sense_run *s, uint64_t head[SENSE_KEPT_HEAD])
{
    const uint64_t own[SENSE_KEPT_HEAD] = {
        s->mark, s->parts, mera_hash64(s->group, s->n_active * sizeof *s->group, s->n_active),
        s->place != NULL ? s->joint->n : 0, s->rows};
    memcpy(head, own, sizeof own);
}

static size_t sense_kept_size(const sense_run *s, size_t rows)
{
    const size_t places = s->place != NULL ? s->joint->n * sizeof *s->place : 0;
    return SENSE_KEPT_HEAD * sizeof(uint64_t) + s->parts * rows * (sizeof *s->shift + places);
}

static void sense_save(const sense_run *s, char *to)
{
    const size_t n = s->joint->n, shifts = s->rows * sizeof *s->shift;
    const size_t places = s->rows * n * sizeof *s->place;
    for (size_t part = 0; part < s->parts; part++, to += shifts) {
        memcpy(to, s->shift + part * s->room, shifts);
    }
    for (size_t part = 0; part < s->parts && s->place != NULL; part++, to += places) {
        memcpy(to, s->place + part * s->room * n, places);
    }
}

static void sense_load(sense_run *s, const char *from)
{
    const size_t n = s->joint->n, shifts = s->rows * sizeof *s->shift;
    const size_t places = s->rows * n * sizeof *s->place;
    for (size_t part = 0; part < s->parts; part++, from += shifts) {
        memcpy(s->shift + part * s->room, from, shifts);
    }
    for (size_t part = 0; part < s->parts && s->place != NULL; part++, from += places) {
        memcpy(s->place + part * s->room * n, from, places);
    }
}

mera_code mera_sense_keep(sense_run *s)
{
    uint64_t *counts;
    mera_kept kept = {.kind = sense_kind,
                      .done = s->rows * s->parts,
                      .failed = s->out->failed,
                      .n_failures = s->joint->n_failures,
                      .failure = s->joint->failure,
                      .size = sense_kept_size(s, s->rows)};
    MERA_TRY_NEW(counts, s->arena, kept.size / sizeof *counts + 1);
    sense_head(s, counts);
    sense_save(s, (char *)(counts + SENSE_KEPT_HEAD));
    kept.counts = counts;
    return mera_kept_write(&kept, s->arena, &s->out->kept, &s->out->kept_size);
}

static mera_code sense_other(const sense_run *s, bool same)
{
    if (!same) {
        mera_fail(s->diags, MERA_EINPUT, "state", MERA_NOWHERE,
                  "the runs are of another methodology, other data, settings, seed or node");
        mera_hint(s->diags, "start anew with another file, or go back to what they were made with");
    } else {
        mera_fail(s->diags, MERA_EINPUT, "state", MERA_NOWHERE,
                  "the runs are of other choices taken together, or of another estimator's design");
        mera_hint(s->diags, "ask with the same --by-step and --estimator as before");
    }
    return MERA_EINPUT;
}

static mera_code sense_more(const sense_run *s, size_t rows)
{
    mera_fail(s->diags, MERA_EINPUT, "state", MERA_NOWHERE,
              "%zu runs are kept, more than the %zu that are allowed", rows * s->parts,
              s->room * s->parts);
    mera_hint(s->diags, "allow more with --runs N, or start anew with another file");
    return MERA_EINPUT;
}

mera_code mera_sense_take_up(sense_run *s)
{
    uint64_t own[SENSE_KEPT_HEAD], was[SENSE_KEPT_HEAD];
    mera_kept kept;
    if (s->ask->kept == NULL) {
        return MERA_OK;
    }
    MERA_TRY(
        mera_kept_read(s->ask->kept, s->ask->kept_size, sense_kind, s->arena, s->diags, &kept));
    memset(was, 0, sizeof was);
    memcpy(was, kept.counts, kept.size < sizeof was ? kept.size : sizeof was);
    sense_head(s, own);
    const size_t rows = was[SENSE_KEPT_HEAD - 1];
    if (memcmp(own, was, sizeof own - sizeof *own) != 0) {
        return sense_other(s, own[0] == was[0]);
    }
    if (rows > s->room) {
        return sense_more(s, rows);
    }
    s->rows = s->kept = rows;
    sense_load(s, (const char *)kept.counts + sizeof own);
    s->out->failed = kept.failed;
    return mera_joint_failed_before(s->joint, kept.failure, kept.n_failures);
}
