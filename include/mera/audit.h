/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The statistical audit of a methodology, in the order of the audits of the European Commission's
 * Joint Research Centre: one period of a result looked at from many sides, and what is beyond its
 * limits. It says nothing about whether the concept is sound.
 *
 * source  OECD/JRC, Handbook on Constructing Composite Indicators (2008); Saisana, Saltelli,
 *         Tarantola, JRSS A 168 (2005) 307; Paruolo, Saisana, Saltelli, JRSS A 176 (2013) 609
 */
#ifndef MERA_AUDIT_H
#define MERA_AUDIT_H

#include "mera/analysis.h"
#include "mera/limits.h"
#include "mera/sensitivity.h"

/** A number beyond its limit. Columns are those of the sheet; SIZE_MAX = none. */
typedef struct mera_audit_finding {
    mera_limit_id limit;
    mera_limit_level level;
    size_t node;         /**< whose part `column` is, or that is meant itself */
    size_t column;       /**< the part */
    size_t other;        /**< the other one of a pair */
    size_t unit;         /**< the unit that is furthest off */
    size_t count;        /**< of units or cells concerned; 0 = not told */
    const char *variant; /**< the other method, or NULL */
    double number, bound;
} mera_audit_finding;

/** 1, 2: an indicator of the framework over the units that were not screened. */
typedef struct mera_audit_indicator {
    size_t column;
    size_t n_missing, n_imputed, n_treated; /**< cells; missing before imputation */
    double missing_share;
    double same_share;                    /**< of the values present: the one that most have */
    mera_column_statistics before, after; /**< treatment */
} mera_audit_indicator;

/** 3 to 5: a node and its parts. */
typedef struct mera_audit_node {
    size_t node, n;
    const size_t *column;
    size_t n_units;         /**< that have all parts */
    const double *r;        /**< [i * n + j], each pair over the units that have both */
    const double *parent_r; /**< with the node */
    double alpha;           /**< NaN below two parts */
    double kmo;
    size_t n_components; /**< 0 = no analysis: too few units, or a part that does not vary */
    const double *eigenvalue;
    size_t n_above_1;
    mera_importance_of_node importance;
} mera_audit_node;

/** 3: an indicator with its own direction and the one it goes with best besides. */
typedef struct mera_audit_home {
    size_t column, own, other; /**< directions are columns of the sheet */
    double r_own, r_other;
} mera_audit_home;

/** How far places of two orders are apart, over the units that have both. */
typedef struct mera_shift {
    size_t n;
    double mean, max; /**< |difference|; NaN when n is 0 */
    size_t unit;      /**< with the largest one */
    double spearman;
} mera_shift;

/** 6: a direction against the index. */
typedef struct mera_audit_direction {
    size_t column;
    mera_shift shift;
    size_t n_far; /**< units that are `shift_places` or more apart */
    double far;   /**< their share */
} mera_audit_direction;

/** 7: places under weights drawn anew; arrays of the result's units, NaN = not ranked. */
typedef struct mera_audit_draws {
    bool made;
    const char *why; /**< not made */
    size_t n;
    const double *low, *middle, *high;
    size_t n_ranked, n_narrow;
    double narrow, mean_width; /**< share of units; mean of the widths */
} mera_audit_draws;

/** 9: what is open. */
typedef enum mera_audit_open {
    MERA_AUDIT_OPEN_WEIGHTS,       /**< as in 7 */
    MERA_AUDIT_OPEN_NORMALISATION, /**< as in 8 */
    MERA_AUDIT_OPEN_AGGREGATION,   /**< as in 8 */
    MERA_AUDIT_OPEN_INCLUSION,     /**< all indicators, or all but one */
} mera_audit_open;

enum { MERA_AUDIT_INPUTS = 4 };

typedef struct mera_audit_input {
    mera_audit_open kind;
    size_t n; /**< choices that have names; 0 = none have */
    const char *const *choice;
} mera_audit_input;

/** 9: shares of the variance of the mean shift of places. */
typedef struct mera_audit_sobol {
    bool made;
    const char *why; /**< not made */
    size_t rows, runs;
    size_t n_inputs;
    const mera_audit_input *input;
    mera_sobol sobol; /**< index[i] of input[i]; sobol.failed rows had a run without an answer */
} mera_audit_sobol;

/** 8, 10, 11: the index made otherwise. */
typedef struct mera_audit_choice {
    const char *id; /**< "equal_weights", "without"; literals */
    size_t column;  /**< what was left out, else SIZE_MAX */
    bool made;
    const char *why; /**< not made */
    mera_shift shift;
} mera_audit_choice;

typedef struct mera_audit {
    const mera_result *result;
    size_t period;
    const mera_sheet *sheet; /**< normalised */
    size_t n_units;          /**< not screened */
    size_t n_ranked;
    double interval_places, shift_places; /**< in force: set, else 10 or 8 % of the ranked */
    size_t n_indicators;
    const mera_audit_indicator *indicator;
    size_t n_poor_units, poorest; /**< beyond unit_missing_share; the poorest unit */
    double poorest_share;
    size_t n_nodes;
    const mera_audit_node *node;
    size_t n_homes;
    const mera_audit_home *home;
    size_t n_directions;
    const mera_audit_direction *direction;
    mera_audit_draws draws;
    mera_audit_sobol sobol;
    size_t n_choices, n_strict, n_without;
    const mera_audit_choice *choice;  /**< 8 */
    const mera_audit_choice *strict;  /**< 10: less compensation between parts */
    const mera_audit_choice *without; /**< 11 */
    mera_dominance dominance;         /**< 12 */
    size_t n_findings, n_fails;
    const mera_audit_finding *finding; /**< by section, worst level first inside each */
} mera_audit;

/** The audit of one period. The plan must be the result's. MERA_EUSAGE when there is no such
 * period. */
mera_code mera_audit_of(mera_plan *plan, const mera_result *result, size_t period,
                        const mera_registry *registry, mera_arena *arena, const mera_audit **out);

#endif
