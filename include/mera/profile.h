/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * One territory on a page: its place and how sure it is, directions against similar units, what it
 * is strong and weak in, what has changed, what to do first, how good its data are.
 * docs/profile.md.
 */
#ifndef MERA_PROFILE_H
#define MERA_PROFILE_H

#include "mera/priorities.h"

/** A child of the root. Scores are as it passes them up: of an indicator its points. */
typedef struct mera_profile_part {
    bool is_indicator;
    size_t index;     /**< into the methodology's nodes or indicators */
    double share;     /**< of the root's weight */
    double score;     /**< NaN = none */
    double similar;   /**< median of similar units; NaN = nobody has it */
    double median;    /**< of all units with one */
    double low, high; /**< least and largest of all units */
    bool lower_is_better;
    double place; /**< 1 + how many are better; NaN = no score */
    size_t n_ranked;
    double before; /**< in the period before; NaN = none */
} mera_profile_part;

/** An indicator beside similar units that have a value of their own. */
typedef struct mera_profile_mark {
    size_t indicator;
    double value;      /**< the unit's own, as in MERA_STAGE_IMPUTED */
    double similar;    /**< their median */
    size_t n, n_worse; /**< how many they are; whom the unit is better than */
    double pull;       /**< weight in the index x (points - median points of them) */
} mera_profile_mark;

/** Indicators of the framework by what their value at the unit is. */
typedef struct mera_profile_data {
    size_t n, observed, carried, imputed, missing;
    size_t left_out; /**< screened out for all units; not among n */
    double coverage; /**< of the root: share of weight observed */
} mera_profile_data;

/** What a survey says of an indicator at the unit: the columns NAME_n and NAME_se beside NAME. */
typedef struct mera_profile_answers {
    size_t indicator;
    double value; /**< the unit's own */
    double n;     /**< answers behind it; NaN = not known */
    double se;    /**< its standard error, in its own unit; NaN = not known */
} mera_profile_answers;

typedef struct mera_profile {
    size_t unit, period;
    double score, place;
    size_t n_ranked;
    double similar_place;    /**< 1 + how many similar units are better */
    const char *class_label; /**< of the root; or NULL */
    bool sure;               /**< the next three are known: the methodology has `uncertainty` */
    double low, high;        /**< place: interval of nine draws in ten */
    size_t band, n_banded;   /**< its band, from 1; units that share it */
    size_t before;           /**< period before in which the unit has a score; SIZE_MAX = none */
    double score_before, place_before;
    size_t n_parts;
    const mera_profile_part *part; /**< in the order of the methodology */
    size_t n_strong, n_weak;
    const mera_profile_mark *strong, *weak; /**< largest pull first */
    mera_priorities priorities;
    mera_profile_data data;
    size_t n_answers;
    const mera_profile_answers
        *answers; /**< indicators of surveys, in the order of the methodology */
} mera_profile;

/** What is asked. Zero-initialised but for `unit` and `period`: as by default. */
typedef struct mera_profile_ask {
    size_t unit, period;
    size_t marks; /**< strengths and weaknesses at most; 0 = 5 */
} mera_profile_ask;

/**
 * A strength is an indicator whose value is the unit's own, better than at most similar units, and
 * pulls the index up; a weakness the other way round. MERA_EUSAGE, MERA_EINPUT as for
 * mera_priorities_of(). Lives in `arena`.
 */
mera_code mera_profile_of(mera_plan *plan, const mera_result *result, const mera_profile_ask *ask,
                          mera_arena *arena, mera_diags *diags, mera_profile *out);

#endif
