/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What an audit looks at: one list of limits and settings, from which come the keys of `audit:` in
 * a methodology, their check and schema, and the audit's findings.
 */
#ifndef MERA_LIMITS_H
#define MERA_LIMITS_H

#include "mera/error.h"

/** Which side of a limit is a finding. */
typedef enum mera_limit_side {
    MERA_AT_MOST,  /**< a number above it is one */
    MERA_AT_LEAST, /**< a number below it is one */
} mera_limit_side;

/** How much a finding matters. */
typedef enum mera_limit_level {
    MERA_LEVEL_NOTE,
    MERA_LEVEL_WARNING,
    MERA_LEVEL_FAIL, /**< the audit fails: exit status 1 */
} mera_limit_level;

/* clang-format off */
/** name, default, least, largest, side, level, section of the audit, what it limits, source */
#define MERA_LIMITS(X) \
    X(missing_share, 0.35, 0, 1, MERA_AT_MOST, MERA_LEVEL_WARNING, 1, \
      "share of an indicator's values that are missing before imputation", \
      "JRC audits ask for 65 % of values; OECD/JRC Handbook (2008), step 3") \
    X(unit_missing_share, 0.35, 0, 1, MERA_AT_MOST, MERA_LEVEL_NOTE, 1, \
      "share of a unit's values that are missing before imputation", \
      "JRC audits ask for 65 % of values; OECD/JRC Handbook (2008), step 3") \
    X(same_share, 0.75, 0, 1, MERA_AT_MOST, MERA_LEVEL_WARNING, 1, \
      "share of an indicator's values that are one and the same", "ours") \
    X(skewness, 2, 0, 100, MERA_AT_MOST, MERA_LEVEL_WARNING, 2, \
      "absolute skewness (G1) after treatment, when kurtosis is above its limit too", \
      "JRC audits; Groeneveld and Meeden (1984)") \
    X(kurtosis, 3.5, -3, 1000, MERA_AT_MOST, MERA_LEVEL_WARNING, 2, \
      "excess kurtosis (G2) after treatment, when skewness is above its limit too", \
      "JRC audits; Groeneveld and Meeden (1984)") \
    X(parent_correlation, 0.3, -1, 1, MERA_AT_LEAST, MERA_LEVEL_WARNING, 3, \
      "correlation of a part with its node", "JRC audits: below 0.3 a part hardly counts") \
    X(sibling_correlation, -0.4, -1, 1, MERA_AT_LEAST, MERA_LEVEL_WARNING, 3, \
      "correlation of two parts of one node", "JRC audits: trade-offs inside a node") \
    X(redundancy, 0.92, 0, 1, MERA_AT_MOST, MERA_LEVEL_WARNING, 3, \
      "absolute correlation of two parts of one node", "JRC audits: double counting") \
    X(other_pillar, 0.1, 0, 2, MERA_AT_MOST, MERA_LEVEL_NOTE, 3, \
      "by how much an indicator correlates better with another direction than with its own", \
      "JRC audits look at any excess; the margin is ours") \
    X(alpha, 0.7, 0, 1, MERA_AT_LEAST, MERA_LEVEL_NOTE, 4, \
      "Cronbach's alpha of a node's parts", "Nunnally, Psychometric Theory (1978)") \
    X(kmo, 0.6, 0, 1, MERA_AT_LEAST, MERA_LEVEL_NOTE, 4, \
      "Kaiser, Meyer and Olkin's measure of a node's parts", \
      "Kaiser, Psychometrika 39 (1974) 31: below 0.6 miserable; Handbook (2008), step 4") \
    X(components, 1, 1, 1000, MERA_AT_MOST, MERA_LEVEL_NOTE, 4, \
      "components with an eigenvalue above 1 of a node's parts", \
      "Kaiser, Educational and Psychological Measurement 20 (1960) 141") \
    X(cases, 3, 0, 1000, MERA_AT_LEAST, MERA_LEVEL_NOTE, 4, \
      "units for each part of a node that statistics can see", \
      "3 to 1 rule; OECD/JRC Handbook (2008), step 4") \
    X(divergence, 0.5, 0, 1, MERA_AT_MOST, MERA_LEVEL_WARNING, 5, \
      "largest difference of main effect and weight among a node's parts, each over its largest", \
      "measure of Paruolo, Saisana and Saltelli (2013); the limit is ours") \
    X(added_value, 0.1, 0, 1, MERA_AT_LEAST, MERA_LEVEL_NOTE, 6, \
      "share of units whose place in a direction is `shift_places` or more from that in the index", \
      "measure of JRC audits; the limit is ours") \
    X(narrow_share, 0.75, 0, 1, MERA_AT_LEAST, MERA_LEVEL_WARNING, 7, \
      "share of units whose place stays within `interval_places` under other weights", \
      "measure of JRC audits; the limit is ours") \
    X(mean_shift, 0.05, 0, 1, MERA_AT_MOST, MERA_LEVEL_NOTE, 8, \
      "mean shift of places under another method, as a share of the number of units", \
      "measure of Saisana, Saltelli and Tarantola (2005); the limit is ours") \
    X(leave_out_shift, 0.1, 0, 1, MERA_AT_MOST, MERA_LEVEL_NOTE, 11, \
      "mean shift of places without one part, as a share of the number of units", "ours")

/** name, default, least, largest, whole, what it sets */
#define MERA_AUDIT_SETTINGS(X) \
    X(draws, 1000, 100, 10000, true, "how often weights are drawn anew") \
    X(weight_range, 0.25, 0, 1, false, "by what share a weight may move when drawn") \
    X(sobol_rows, 128, 0, 16384, true, "rows of the Sobol' design, up to six runs each; 0: none") \
    X(interval, 0.9, 0.5, 0.99, false, "share of draws that the interval of a place holds") \
    X(interval_places, 0, 0, 1000000, true, "width up to which an interval is narrow; 0: 10 places, or 8 % of the units") \
    X(shift_places, 0, 0, 1000000, true, "difference of places that makes a direction worth reading; 0: as interval_places")
/* clang-format on */

typedef enum mera_limit_id {
#define MERA_LIMIT_ENUM(name, ...) MERA_LIMIT_##name,
    MERA_LIMITS(MERA_LIMIT_ENUM)
#undef MERA_LIMIT_ENUM
        MERA_N_LIMITS,
} mera_limit_id;

typedef enum mera_audit_setting {
#define MERA_SETTING_ENUM(name, ...) MERA_AUDIT_##name,
    MERA_AUDIT_SETTINGS(MERA_SETTING_ENUM)
#undef MERA_SETTING_ENUM
        MERA_N_AUDIT_SETTINGS,
} mera_audit_setting;

/** A row of the list. */
typedef struct mera_limit_row {
    const char *name;
    double fallback;
    mera_limit_side side;
    mera_limit_level level;
    int section;
    const char *help, *source;
} mera_limit_row;

const mera_limit_row *mera_limit_rows(void); /**< MERA_N_LIMITS of them */
const char *mera_audit_setting_name(mera_audit_setting setting);
/** "note", "warning", "fail"; the names in a methodology, NULL-terminated. */
extern const char *const mera_limit_levels[];

/** A limit in force. */
typedef struct mera_limit {
    double value; /**< NaN = not looked at */
    mera_limit_level level;
    bool own;   /**< the methodology says so */
    mera_at at; /**< where */
} mera_limit;

/** What a methodology asks of its audit. */
typedef struct mera_audit_rules {
    mera_limit limit[MERA_N_LIMITS];
    double setting[MERA_N_AUDIT_SETTINGS];
} mera_audit_rules;

#endif
