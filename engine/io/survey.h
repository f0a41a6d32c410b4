/* SPDX-License-Identifier: Apache-2.0 */
/** @file What the parts of reading a survey share: rows (read_survey.c), answers, the end of the
 * file. */
#ifndef MERA_IO_SURVEY_H
#define MERA_IO_SURVEY_H

#include "io/reader.h"
#include "io/survey_sums.h"

enum { SURVEY_VALUE, SURVEY_N, SURVEY_SE, SURVEY_DEFF, SURVEY_N_EFF, SURVEY_STATISTICS };

typedef struct survey_question {
    const mera_question *says;
    read_number number;               /**< counts the answers that are missing or no numbers */
    double *yes;                      /* numbers that count as yes */
    size_t column[SURVEY_STATISTICS]; /**< SIZE_MAX: not wanted */
    bool wanted;
    io_tally outside, few, lonely, alone;
} survey_question;

/** A stratum of a unit in a period; without strata there is one. */
typedef struct survey_stratum {
    struct survey_stratum *next;
    mera_slice label;
    uint64_t number;
    survey_sums *sums; /**< by question */
} survey_stratum;

typedef struct survey_cluster {
    survey_stratum *stratum;
    double *a, *b; /**< by question: sums of weights and of weights times answers */
    size_t *n;
} survey_cluster;

typedef struct survey_unit {
    uint32_t line; /**< of the first sheet; 0 = none */
    bool counts;   /**< one of its sheets has a weight above 0 */
    size_t n_strata;
    survey_stratum *first;
} survey_unit;

typedef struct survey_slot {
    survey_unit *unit;
    size_t room;
} survey_slot;

typedef struct survey_plan {
    survey_question *question;
    size_t n, stratum, cluster; /**< fields, or SIZE_MAX */
    bool weighs;
    read_number weight;
    io_tally bad_weight, no_weight; /**< no numbers from 0; 0 */
    io_tally weightless;            /**< units none of whose sheets counts */
    survey_slot *slot;              /**< [0] = no period, [p + 1] = period p */
    size_t room_slots;
    uint64_t n_strata;
    mera_map *clusters;
    survey_cluster **cluster_list;
    size_t n_clusters, room_clusters;
} survey_plan;

extern const char *const survey_suffix[SURVEY_STATISTICS]; /**< of the columns of a question */

/** The weight of the row at hand; 0 when it does not count. */
mera_code survey_weight(read_file *f, survey_plan *plan, double *weight);

/** Adds the answer to question `i` of the row at hand; `cluster` NULL: it is a PSU of its own. */
mera_code survey_answer(read_file *f, survey_plan *plan, size_t i, double weight,
                        survey_stratum *stratum, survey_cluster *cluster);

/** Makes columns of the sums and tells what was counted. */
mera_code survey_end(read_file *f, survey_plan *plan);

#endif
