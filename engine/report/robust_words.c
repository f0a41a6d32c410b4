/* SPDX-License-Identifier: Apache-2.0 */
/** @file Laws of weights, reasons and bands in words. */
#include "report/robust_words.h"

/* Adds "each weight within ±25 %". */
static void robust_law_words(const mera_law *law, const char *language, mera_text *out)
{
    switch (law->kind) {
    case MERA_LAW_RANGE:
        mera_text_addf(out, "%s%g %%", mera_word_in(MERA_WORD_LAW_RANGE, language),
                       100 * law->range);
        return;
    case MERA_LAW_DIRICHLET:
        mera_text_addf(out, "%s %g", mera_word_in(MERA_WORD_LAW_DIRICHLET, language),
                       law->concentration);
        return;
    case MERA_LAW_UNIFORM:
        mera_text_add(out, mera_word_in(MERA_WORD_LAW_SIMPLEX, language));
        return;
    case MERA_LAW_POLYTOPE:
        mera_text_add(out, mera_word_in(MERA_WORD_LAW_BOUNDS, language));
        return;
    case MERA_LAW_FIXED:
        mera_text_add(out, mera_word_in(MERA_WORD_LAW_FIXED, language));
        return;
    }
}

const mera_place_summary *mera_score_sure(const mera_result *result, const mera_score_view *view,
                                          size_t cell)
{
    const mera_place_summary *of = view->sure == NULL ? NULL : view->sure[cell / result->n_units];
    const mera_place_summary *unit = of == NULL ? NULL : &of[cell % result->n_units];
    return unit == NULL || unit->reference == 0 ? NULL : unit;
}

/* Do two laws draw the same? */
static bool robust_same_law(const mera_law *a, const mera_law *b)
{
    return a->kind == b->kind && a->range == b->range && a->concentration == b->concentration &&
           a->kind != MERA_LAW_POLYTOPE; /* its bounds are its own */
}

void mera_robust_laws_words(const mera_methodology *m, const mera_uncertainty *rules, size_t node,
                            const char *language, mera_text *out)
{
    const mera_law *law = rules->law, *own = &law[node];
    for (size_t k = 0; k < m->n_nodes && own->kind == MERA_LAW_POLYTOPE; k++) {
        own = law[k].kind != MERA_LAW_POLYTOPE ? &law[k] : own; /* bounds are of one node */
    }
    robust_law_words(own, language, out);
    for (size_t k = 0; k < m->n_nodes; k++) {
        if (own != &law[k] && !robust_same_law(own, &law[k])) {
            mera_text_addf(out, "; %s %s: ", mera_word_in(MERA_WORD_LAW_OF_NODE, language),
                           m->node[k].id);
            robust_law_words(&law[k], language, out);
        }
    }
}

void mera_robust_factor_words(const mera_factor *f, const char *language, mera_text *out)
{
    mera_text_addf(out, "%s (", f->id);
    switch (f->kind) {
    case MERA_FACTOR_CHOICE:
        mera_text_addf(out, "%s: %zu)", mera_word_in(MERA_WORD_FACTOR_CHOICES, language), f->n);
        return;
    case MERA_FACTOR_VARIANT:
        mera_text_addf(out, "%s: %zu)", mera_word_in(MERA_WORD_FACTOR_VARIANTS, language), f->n);
        return;
    case MERA_FACTOR_RANGE:
        mera_text_addf(out, "%s %g %s %g)", mera_word_in(MERA_WORD_FACTOR_RANGE, language),
                       f->range[0], mera_word_in(MERA_WORD_FACTOR_TO, language), f->range[1]);
        return;
    case MERA_FACTOR_DROP:
        if (f->share > 0) {
            mera_text_addf(out, "%g%% ", 100 * f->share);
        }
        mera_text_addf(
            out, "%s %zu)",
            mera_word_in(f->share > 0 ? MERA_WORD_FACTOR_DROP_EACH : MERA_WORD_FACTOR_DROP_ONE,
                         language),
            f->n_indicators);
        return;
    case MERA_FACTOR_NOISE:
        mera_text_addf(out, "%s %zu)", mera_word_in(MERA_WORD_FACTOR_NOISE, language), f->n_noise);
        return;
    case MERA_FACTOR_IMPUTED:
        mera_text_add(out, mera_word_in(MERA_WORD_FACTOR_IMPUTED, language));
        if (f->times != 1) {
            mera_text_addf(out, ", %g %s", f->times,
                           mera_word_in(MERA_WORD_FACTOR_TIMES, language));
        }
        mera_text_add(out, ")");
        return;
    }
}

static const struct {
    mera_word word;
    const char *name;
} robust_whys[] = {
    [MERA_ROBUST_FINE] = {MERA_WORD_WHY_OPERATION, NULL},
    [MERA_ROBUST_OPERATION] = {MERA_WORD_WHY_OPERATION, "operation"},
    [MERA_ROBUST_MISSING] = {MERA_WORD_WHY_MISSING, "missing"},
    [MERA_ROBUST_FLOOR] = {MERA_WORD_WHY_FLOOR, "floor"},
    [MERA_ROBUST_THEN] = {MERA_WORD_WHY_THEN, "then"},
    [MERA_ROBUST_AS_GIVEN] = {MERA_WORD_WHY_AS_GIVEN, "as_given"},
    [MERA_ROBUST_ONE_PART] = {MERA_WORD_WHY_ONE_PART, "one_part"},
    [MERA_ROBUST_FEW_UNITS] = {MERA_WORD_WHY_FEW_UNITS, "few_units"},
    [MERA_ROBUST_ASKED] = {MERA_WORD_WHY_OPERATION, "asked"},
};

mera_word mera_robust_why_word(mera_robust_why why)
{
    return robust_whys[why].word;
}

const char *mera_robust_why_name(mera_robust_why why)
{
    return robust_whys[why].name;
}

const char *mera_report_band_in(size_t band, char room[MERA_BAND_LENGTH])
{
    size_t at = MERA_BAND_LENGTH - 1;
    room[at] = '\0';
    for (size_t left = band; left > 0 && at > 0; left = (left - 1) / 26) {
        room[--at] = (char)('A' + (left - 1) % 26);
    }
    return band == 0 ? NULL : room + at;
}

const char *mera_report_band(size_t band, mera_arena *arena)
{
    char room[MERA_BAND_LENGTH];
    return band == 0 ? "–" : mera_arena_strdup(arena, mera_report_band_in(band, room));
}

const char *mera_robust_places(const char *place, const mera_place_summary *unit, mera_arena *arena)
{
    if (unit->low == unit->high) {
        return mera_arena_printf(arena, "%s (%.0f)", place, unit->low);
    }
    return mera_arena_printf(arena, "%s (%.0f–%.0f)", place, unit->low, unit->high);
}
