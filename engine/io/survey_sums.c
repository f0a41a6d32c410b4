/* SPDX-License-Identifier: Apache-2.0 */
/** @file Answers of a survey summed as they come, and what is estimated from the sums. */
#include "io/survey_sums.h"

#include <math.h>

void survey_add(survey_sums *sums, double w, double y)
{
    sums->n++;
    sums->w += w;
    sums->ww += w * w;
    sums->wy += w * y;
    sums->wyy += w * y * y;
}

void survey_add_psu(survey_sums *sums, double a, double b)
{
    sums->n_psu++;
    sums->a += a;
    sums->b += b;
    sums->aa += a * a;
    sums->ab += a * b;
    sums->bb += b * b;
}

static survey_sums survey_all(const survey_sums *const *strata, size_t n_strata)
{
    survey_sums all = {0};
    for (size_t h = 0; h < n_strata; h++) {
        all.n += strata[h]->n;
        all.w += strata[h]->w;
        all.ww += strata[h]->ww;
        all.wy += strata[h]->wy;
        all.wyy += strata[h]->wyy;
        all.n_psu += strata[h]->n_psu;
    }
    return all;
}

/* Of one stratum, times W squared. Sums of squares that rounding made negative are 0. */
static double survey_stratum_variance(const survey_sums *s, double mean)
{
    const double n = (double)s->n_psu;
    const double squares = s->bb - 2 * mean * s->ab + mean * mean * s->aa;
    const double sum = s->b - mean * s->a;
    const double about = s->n_psu == 1 ? squares : n / (n - 1) * (squares - sum * sum / n);
    return about > 0 ? about : 0;
}

static double survey_design_effect(const survey_sums *all, double mean, double variance,
                                   bool designed)
{
    const double n = (double)all->n;
    const double spread = all->wyy / all->w - mean * mean;
    if (designed && spread > 1e-12 * (1 + mean * mean)) { /* else they are all the same */
        return variance / (spread / (n - 1));
    }
    return n * all->ww / (all->w * all->w);
}

void survey_estimate_of(const survey_sums *const *strata, size_t n_strata, bool designed,
                        survey_estimate *out)
{
    const survey_sums all = survey_all(strata, n_strata);
    *out = (survey_estimate){.n = all.n, .mean = NAN, .se = NAN, .deff = NAN, .n_eff = NAN};
    if (all.n == 0) {
        return;
    }
    double sum = 0;
    size_t lonely = 0;
    out->mean = all.wy / all.w;
    for (size_t h = 0; h < n_strata; h++) {
        if (strata[h]->n_psu > 0) {
            lonely += strata[h]->n_psu == 1;
            sum += survey_stratum_variance(strata[h], out->mean);
        }
    }
    if (all.n_psu == 1) {
        return;
    }
    const double variance = sum / (all.w * all.w);
    out->lonely = lonely;
    out->se = sqrt(variance);
    out->deff = survey_design_effect(&all, out->mean, variance, designed);
    out->n_eff = out->deff > 0 ? (double)all.n / out->deff : NAN;
}
