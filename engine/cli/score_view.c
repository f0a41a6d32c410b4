/* SPDX-License-Identifier: Apache-2.0 */
/** @file What a page of scores shows beside the numbers: changes asked for, how sure places are. */
#include "cli/score_view.h"

#include <string.h>

#include "base/math.h"

enum { SCORE_UNITS = 4096 /* more are not counted into bands */ };

/** Every change from outside the file as "path=value", those of --period and --seed too. */
static mera_code score_changes(cli *c, mera_text_list *out)
{
    const mera_set *set;
    const char **text;
    MERA_TRY(cli_changes(c, &set, &out->n));
    MERA_TRY_NEW(text, c->arena, out->n);
    for (size_t i = 0; i < out->n; i++) {
        text[i] = mera_arena_printf(c->arena, "%s=%s", set[i].path, set[i].text);
        MERA_TRY_PTR(text[i]);
    }
    out->v = text;
    return MERA_OK;
}

/* Nothing of this keeps a score from being told: why there are no intervals is a warning. */
static void score_unsure(cli *c, const mera_diags *why, const char *period)
{
    const mera_diag *first = mera_diags_size(why) > 0 ? mera_diags_get(why, 0) : NULL;
    mera_warn(c->diags, "no-bands", first != NULL ? first->at : MERA_NOWHERE,
              "places%s%s are shown without intervals: %s", period[0] != '\0' ? " of " : "", period,
              first != NULL ? first->message : "they could not be drawn");
    if (first != NULL && first->hint != NULL) {
        mera_hint(c->diags, "%s", first->hint);
    }
}

/* One period, in a room of its own: the pairs that bands are made from are large. */
static mera_code score_period(cli *c, const cli_session *s, size_t period, mera_arena *arena,
                              const mera_place_summary **out)
{
    mera_robust robust;
    mera_place_summary *kept;
    mera_diags *diags = mera_diags_new(arena);
    const mera_robust_ask ask = {
        .period = period, .threads = (unsigned)c->args.threads.value, .draws_alone = true};
    MERA_TRY_PTR(diags);
    const mera_code code = mera_robust_of(s->plan, s->result, &ask, arena, diags, &robust);
    if (code == MERA_EINPUT || code == MERA_ELIMIT) {
        score_unsure(c, diags, s->result->period[period]);
        return MERA_OK;
    }
    MERA_TRY(code);
    MERA_TRY(mera_diags_merge(c->diags, diags));
    if (robust.failed > 0) {
        mera_warn(c->diags, "failed-draws", MERA_NOWHERE,
                  "%llu of %zu draws of places gave no scores and are not counted; 'mera "
                  "robustness' says which",
                  (unsigned long long)robust.failed, robust.rules.draws);
    }
    MERA_TRY_NEW(kept, c->arena, s->result->n_units);
    memcpy(kept, robust.summary.unit, s->result->n_units * sizeof *kept);
    *out = kept;
    return MERA_OK;
}

static bool score_has_places(const mera_result *result, size_t period)
{
    size_t n = 0;
    for (size_t i = 0; i < result->n_units; i++) {
        n += !isnan(result->node[0].score[period * result->n_units + i]);
    }
    return n > 1;
}

/* How sure places are where the methodology says how sure its weights are. */
static mera_code score_sure(cli *c, const cli_session *s, bool every,
                            const mera_place_summary *const **out)
{
    const mera_result *r = s->result;
    const size_t shown = mera_result_latest(r, SIZE_MAX, 0);
    const mera_place_summary **sure;
    *out = NULL;
    if (!r->methodology->uncertainty.said || c->args.no_bands) {
        return MERA_OK;
    }
    if (r->n_units > SCORE_UNITS) {
        mera_note(c->diags, "no-bands", MERA_NOWHERE,
                  "places are shown without intervals: with over %d units that takes its time, and "
                  "there are no bands; 'mera robustness' draws them",
                  SCORE_UNITS);
        return MERA_OK;
    }
    MERA_TRY_NEW(sure, c->arena, r->n_periods);
    for (size_t p = 0; p < r->n_periods; p++) {
        if ((p == shown || every) && score_has_places(r, p)) {
            mera_arena *arena = mera_arena_new();
            MERA_TRY_PTR(arena);
            const mera_code code = score_period(c, s, p, arena, &sure[p]);
            mera_arena_free(arena);
            MERA_TRY(code);
        }
    }
    *out = sure;
    return MERA_OK;
}

mera_code cli_score_view(cli *c, const cli_session *session, const char *variant, bool every,
                         mera_score_view *out)
{
    *out = (mera_score_view){
        .view = c->view,
        .wide = c->args.wide,
        .indicators = c->args.indicators,
        .top = c->args.top.value,
        .variant = variant,
    };
    MERA_TRY(score_changes(c, &out->changes));
    return score_sure(c, session, every, &out->sure);
}
