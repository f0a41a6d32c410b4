/* SPDX-License-Identifier: Apache-2.0 */
/** @file What draws share: which stage each factor changes first, and keys of what is the same. */
#include <string.h>

#include "analysis/joint.h"
#include "base/text.h"

void mera_joint_key(const mera_joint *joint, const joint_points *points, size_t row, unsigned stage,
                    uint64_t *key)
{
    const double *u = points->u + row * joint->n_factors;
    key[0] = 0; /* weights make no other combination */
    for (size_t f = 1; f < joint->n_factors; f++) {
        const mera_factor *factor = mera_joint_factor(joint, f);
        key[f] = 0;
        if (stage != JOINT_ALL && joint->reach[f] > stage) {
            continue;
        }
        if (factor->kind == MERA_FACTOR_CHOICE || factor->kind == MERA_FACTOR_VARIANT) {
            key[f] = mera_joint_pick(u[f], factor->n);
        } else if (factor->kind == MERA_FACTOR_RANGE) {
            memcpy(&key[f], &u[f], sizeof u[f]);
        } else if (factor->kind == MERA_FACTOR_NOISE || factor->kind == MERA_FACTOR_IMPUTED) {
            key[f] = 1 + points->number[row * joint->n_factors + f];
        }
    }
}

/* ---- which stage a factor changes first ---- */

static bool reach_has(const char *path, const char *word)
{
    const size_t n = strlen(word);
    for (const char *at = strstr(path, word); at != NULL; at = strstr(at + 1, word)) {
        if ((at == path || at[-1] == '.') && (at[n] == '.' || at[n] == '\0')) {
            return true;
        }
    }
    return false;
}

/* Settings of the framework but for its structure, which some imputers look at, change no column.
 */
static mera_stage reach_path(const char *path)
{
    static const char *const tree[] = {"weight", "weights", "aggregate"};
    if (mera_starts_with(path, "framework.") && !reach_has(path, "nodes") &&
        !reach_has(path, "indicators")) {
        for (size_t i = 0; i < sizeof tree / sizeof *tree; i++) {
            if (reach_has(path, tree[i])) {
                return MERA_N_STAGES;
            }
        }
    }
    return mera_starts_with(path, "steps.aggregate") || mera_starts_with(path, "steps.weights")
               ? MERA_N_STAGES
           : mera_starts_with(path, "steps.normalise") ? MERA_STAGE_NORMALISED
           : mera_starts_with(path, "steps.treat")     ? MERA_STAGE_TREATED
           : mera_starts_with(path, "steps.impute")    ? MERA_STAGE_IMPUTED
                                                       : MERA_STAGE_RAW;
}

/* The first and the last stage that settings change. */
typedef struct reach_span {
    mera_stage first, last;
} reach_span;

static const reach_span reach_none = {MERA_N_STAGES, MERA_STAGE_RAW};

static void reach_add(reach_span *span, const char *path)
{
    const mera_stage own = reach_path(path);
    span->first = own < span->first ? own : span->first;
    span->last = own > span->last ? own : span->last;
}

static void reach_add_variant(reach_span *span, const mera_methodology *m, const char *id)
{
    const mera_value *variant = mera_value_get(mera_value_get(m->tree, "variants"), id);
    const mera_value *set = mera_value_get(variant, "set");
    for (size_t i = 0; set != NULL && i < set->n; i++) {
        reach_add(span, set->entries[i].key);
    }
}

static reach_span reach_of(const mera_methodology *m, const mera_factor *factor)
{
    reach_span span = reach_none;
    if (factor->kind == MERA_FACTOR_NOISE) {
        span.first = MERA_STAGE_RAW;
    } else if (factor->kind == MERA_FACTOR_IMPUTED) { /* treating begins with the errors */
        span = (reach_span){MERA_STAGE_TREATED, MERA_STAGE_TREATED};
    }
    for (size_t p = 0; p < factor->n_paths; p++) {
        reach_add(&span, factor->path[p]);
    }
    for (size_t v = 0; factor->kind == MERA_FACTOR_VARIANT && v < factor->n; v++) {
        if (factor->label[v] != NULL) {
            reach_add_variant(&span, m, factor->label[v]);
        }
    }
    return span;
}

mera_code mera_joint_reach(mera_joint *joint)
{
    MERA_TRY_NEW(joint->reach, joint->arena, joint->n_factors);
    MERA_TRY_NEW(joint->treats, joint->arena, joint->n_factors);
    for (size_t f = 1; f < joint->n_factors; f++) {
        const reach_span span = reach_of(joint->m, mera_joint_factor(joint, f));
        joint->reach[f] = span.first;
        joint->treats[f] = span.first == MERA_STAGE_TREATED && span.last == MERA_STAGE_TREATED;
    }
    return MERA_OK;
}
