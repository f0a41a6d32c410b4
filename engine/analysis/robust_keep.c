/* SPDX-License-Identifier: Apache-2.0 */
/** @file Draws that are kept to be gone on with (analysis/kept.h). */
#include <string.h>

#include "analysis/kept.h"
#include "analysis/robust.h"
#include "base/hash.h"

static const uint64_t keep_kind = 0x3170656b6172656dULL; /* "merakep1" */

static uint64_t mark_text(const char *text, uint64_t mark)
{
    return mera_hash64(text, strlen(text), mark);
}

uint64_t mera_robust_mark(const robust_run *run)
{
    const mera_result *result = run->result;
    uint64_t mark = mark_text(result->methodology->sha256, result->methodology->seed);
    mark = mark_text(mera_numbers(), mark);
    for (size_t f = 0; f < result->data->n_files; f++) {
        mark = mark_text(result->data->file[f].sha256, mark);
    }
    for (size_t p = 0; p < result->n_plugins; p++) {
        mark = mark_text(result->plugin[p].sha256, mark);
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

mera_code mera_robust_keep(robust_run *run, const mera_draws *draws)
{
    mera_robust *out = run->out;
    mera_kept kept = {.kind = keep_kind,
                      .done = out->drawn,
                      .failed = out->failed,
                      .n_failures = out->n_failures,
                      .failure = out->failure};
    void *counts;
    MERA_TRY(mera_draws_save(draws, run->arena, &counts, &kept.size));
    kept.counts = counts;
    return mera_kept_write(&kept, run->arena, &out->kept, &out->kept_size);
}

mera_code mera_robust_take_up(robust_run *run, mera_draws *draws)
{
    mera_kept kept;
    if (run->ask->kept == NULL) {
        return MERA_OK;
    }
    MERA_TRY(mera_kept_read(run->ask->kept, run->ask->kept_size, keep_kind, run->arena, run->diags,
                            &kept));
    run->out->drawn = kept.done;
    run->out->failed = kept.failed;
    run->out->failure = kept.failure;
    run->out->n_failures = kept.n_failures;
    return mera_draws_restore(draws, kept.counts, kept.size, run->diags);
}
