/* SPDX-License-Identifier: Apache-2.0 */
/** @file Errors of imputed values in joint draws: so many of the imputers' own standard errors. */
#include <math.h>
#include <string.h>

#include "analysis/joint.h"
#include "base/text.h"
#include "draws/random.h"
#include "mera/dataset.h"

#define JOINT_IMPUTED 0x70000000u /* streams of errors */

/* How many standard errors an indicator has in a factor; 0 = none. */
static double imputed_times(const mera_joint *joint, size_t f, size_t indicator)
{
    const mera_factor *factor = mera_joint_factor(joint, f);
    for (size_t i = 0; factor->kind == MERA_FACTOR_IMPUTED && i < factor->n_indicators; i++) {
        if (factor->indicator[i] == indicator) {
            return factor->times;
        }
    }
    return 0;
}

/* Number i of the stream is that of cell i, whoever asks and whatever else is imputed. */
void mera_joint_add_errors(const void *context, const char *indicator, const double *spread,
                           size_t n, double *y)
{
    const joint_errors *errors = context;
    const mera_joint *joint = errors->joint;
    const size_t k = mera_methodology_indicator(joint->m, indicator);
    for (size_t f = 1; f < joint->n_factors && k != SIZE_MAX; f++) {
        const double times = imputed_times(joint, f, k);
        mera_stream stream =
            mera_stream_of(joint->seed, JOINT_IMPUTED + (uint32_t)k, errors->number[f]);
        for (size_t i = 0; i < n && times > 0; i++) {
            if (!isnan(spread[i]) && !isnan(y[i])) {
                mera_stream_seek(&stream, i);
                y[i] += times * spread[i] * mera_stream_normal(&stream);
            }
        }
    }
}

/* ---- what can be drawn ---- */

static bool imputed_asked(const mera_joint *joint, size_t indicator)
{
    bool asked = false;
    for (size_t f = 1; f < joint->n_factors; f++) {
        asked = asked || imputed_times(joint, f, indicator) > 0;
    }
    return asked;
}

/* Counts imputed values, and those of them of which no error is known. */
static size_t imputed_count(const mera_result *result, size_t k, size_t *unknown)
{
    const mera_indicator_result *ind = &result->indicator[k];
    size_t imputed = 0;
    *unknown = 0;
    for (size_t i = 0; i < result->n_periods * result->n_units; i++) {
        const bool is = (ind->state[i] & MERA_IMPUTED) != 0;
        imputed += is;
        *unknown += is && (ind->spread == NULL || isnan(ind->spread[i]));
    }
    return imputed;
}

static mera_code imputed_tell(const mera_joint *joint, const mera_result *result)
{
    mera_text names = {.arena = joint->arena};
    mera_diags *diags = joint->base.diags;
    size_t all = 0, none = 0, n_names = 0;
    for (size_t k = 0; k < joint->m->n_indicators; k++) {
        size_t unknown;
        if (!imputed_asked(joint, k)) {
            continue;
        }
        all += imputed_count(result, k, &unknown);
        none += unknown;
        if (unknown > 0 && n_names++ < 3) {
            mera_text_addf(&names, "%s%s", n_names > 1 ? ", " : "", joint->m->indicator[k].id);
        }
    }
    if (all == 0) {
        mera_warn(diags, "no-imputed", MERA_NOWHERE,
                  "errors of imputed values are asked for, and no value is imputed");
        mera_hint(diags, "set `steps: impute:`, or take `imputation` out of the factors");
    } else if (none > 0) {
        MERA_TRY_PTR(mera_text_string(&names));
        mera_warn(diags, "no-error", MERA_NOWHERE,
                  "of %zu of %zu imputed values no error is known: they stay as they are (%s%s)",
                  none, all, mera_text_string(&names), n_names > 3 ? ", …" : "");
        mera_hint(diags, "`mera ops impute.NAME` says what error an imputer has; constants, frozen "
                         "numbers and plugins have none");
    }
    return MERA_OK;
}

mera_code mera_joint_look_imputed(const mera_joint *joint)
{
    const mera_score_with with = {.bare = true, .columns = true, .spread = true};
    const mera_result *result;
    mera_diags *aside = mera_diags_new(joint->arena);
    MERA_TRY_PTR(aside);
    MERA_TRY(mera_plan_score_with(joint->plan, &with, joint->arena, aside, &result));
    return imputed_tell(joint, result);
}
