/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Results as text: tables for a terminal, CSV and JSON for programs, explanations for people.
 * Every function appends to `out` and returns MERA_ENOMEM when memory ran out; none reads or
 * writes files (but workbooks go through one), knows a terminal, or computes a score.
 */
#ifndef MERA_REPORT_H
#define MERA_REPORT_H

#include "analysis/attribute.h"
#include "analysis/change.h"
#include "analysis/compare.h"
#include "base/text.h"
#include "journal/registration.h"
#include "mera/analysis.h"
#include "mera/audit.h"
#include "mera/budget.h"
#include "mera/certify.h"
#include "mera/leave_out.h"
#include "mera/plan.h"
#include "mera/priorities.h"
#include "mera/profile.h"
#include "mera/robust.h"
#include "mera/variance.h"
#include "report/rows.h"
#include "run/explain.h"

/** For whom a report is. */
typedef struct mera_view {
    const char *language; /**< "ru" or "en" */
    bool colour;
    size_t width; /**< of the terminal, in columns */
} mera_view;

typedef struct mera_score_view {
    mera_view view;
    bool wide;              /**< CSV: one row a unit and period */
    bool indicators;        /**< CSV and JSON: rows of indicators too */
    size_t top;             /**< table: only so many units; 0 = all */
    size_t n_warnings;      /**< to be told of under the table */
    const char *variant;    /**< scored instead of the methodology itself; or NULL */
    mera_text_list changes; /**< "path=value", made from outside the file */
    const mera_place_summary *const
        *sure; /**< per period of the root's places, n_units; NULL = not drawn there; or NULL */
    const mera_registered *registered; /**< NULL = not looked at */
} mera_score_view;

/** How sure the place of a unit is, of a cell of the result; NULL = not drawn, or no place. */
const mera_place_summary *mera_score_sure(const mera_result *result, const mera_score_view *view,
                                          size_t cell);

/** "registered before these data (2026-11-24)" and what has changed, on one line. */
void mera_report_registered(const mera_registered *registered, const char *language,
                            mera_text *out);

mera_code mera_report_score_table(const mera_result *result, const mera_score_view *view,
                                  mera_arena *arena, mera_text *out);
/** Long: exactly unit,name,period,node,score,rank,coverage, then more columns at the end. */
mera_code mera_report_score_csv(const mera_result *result, const mera_score_view *view,
                                mera_text *out);
/** With the record: versions, hashes, seed, conventions in force, fitted numbers. */
mera_code mera_report_score_json(const mera_result *result, const mera_score_view *view,
                                 mera_arena *arena, mera_text *out);

/**
 * An Excel workbook whose formulas make the scores again from points, points from data, and places
 * from scores; where a formula cannot say it the number stands, and the first sheet says why. The
 * bytes are the same for the same result. MERA_ELIMIT when a sheet is too small, MERA_ESYSTEM
 * when the file it goes through cannot be written.
 */
mera_code mera_report_score_xlsx(mera_plan *plan, const mera_result *result,
                                 const mera_score_view *view, mera_arena *arena, mera_diags *diags,
                                 mera_text *out);

/** What an explanation is about. */
typedef struct mera_explain_view {
    mera_view view;
    const mera_result *result;
    size_t unit, period;
    size_t depth; /**< levels of nodes shown under the first; SIZE_MAX = all */
    bool steps;   /**< with every operation between raw value and points */
    bool full;    /**< with parameters that are as by default, steps that changed nothing, places in
                     the methodology, reference sets, and inputs with their hashes */
} mera_explain_view;

mera_code mera_report_explain_text(const mera_trace_node *trace, const mera_explain_view *view,
                                   mera_arena *arena, mera_text *out);
/** With the inputs and the reference sets. */
mera_code mera_report_explain_json(const mera_trace_node *trace, const mera_explain_view *view,
                                   mera_arena *arena, mera_text *out);
/** What it takes to overtake the unit above, of mera_overtake_of(). */
mera_code mera_report_overtake_table(const mera_overtake *of, const mera_explain_view *view,
                                     mera_arena *arena, mera_text *out);
mera_code mera_report_overtake_json(const mera_overtake *of, const mera_explain_view *view,
                                    mera_arena *arena, mera_text *out);
mera_code mera_report_weight_text(const mera_weight_trace *trace, const mera_view *view,
                                  mera_arena *arena, mera_text *out);
mera_code mera_report_weight_json(const mera_weight_trace *trace, mera_text *out);

typedef struct mera_compare_view {
    mera_view view;
    size_t top;                          /**< table: so many movers a pair; 0 = a score of them */
    const mera_attribution *attribution; /**< of some pairs */
    size_t n_attributions;
    size_t unit; /**< of the comparison: whose move is explained; SIZE_MAX = the largest moves */
    const mera_compare_beside *beside; /**< that unit beside its similar ones; or NULL */
} mera_compare_view;

mera_code mera_report_compare_table(const mera_comparison *comparison,
                                    const mera_compare_view *view, mera_arena *arena,
                                    mera_text *out);
mera_code mera_report_compare_rows(const mera_comparison *comparison, mera_rows *rows);
mera_code mera_report_compare_json(const mera_comparison *comparison, const mera_compare_view *view,
                                   mera_arena *arena, mera_text *out);
/** A row a unit, side and change. */
mera_code mera_report_compare_why_rows(const mera_comparison *comparison,
                                       const mera_compare_view *view, mera_arena *arena,
                                       mera_rows *rows);

typedef struct mera_change_view {
    mera_view view;
    size_t top; /**< table: so many units or indicators; 0 = all */
} mera_change_view;

mera_code mera_report_change_table(const mera_changed *change, const mera_change_view *view,
                                   mera_arena *arena, mera_text *out);
/** In short a row a unit, in full a row a node and an indicator; what each cause did. */
mera_code mera_report_change_rows(const mera_changed *change, mera_rows *rows);
mera_code mera_report_change_json(const mera_changed *change, const mera_change_view *view,
                                  mera_text *out);

typedef struct mera_importance_view {
    mera_view view;
    const mera_result *result;
    const mera_sheet *sheet; /**< what the numbers were made from */
    size_t period;
    mera_importance_ask ask; /**< how they were made */
} mera_importance_view;

mera_code mera_report_importance_table(const mera_importance_of_node *node, size_t n,
                                       const mera_importance_view *view, mera_arena *arena,
                                       mera_text *out);
/** A row a part: node,part,kind,weight,index_weight,correlation,... */
mera_code mera_report_importance_rows(const mera_importance_of_node *node, size_t n,
                                      const mera_importance_view *view, mera_rows *rows);
mera_code mera_report_importance_json(const mera_importance_of_node *node, size_t n,
                                      const mera_importance_view *view, mera_text *out);

/** More units than these: JSON has no matrix of pairs unless asked. */
enum { MERA_ROBUST_PAIRS = 50 };

typedef struct mera_robust_view {
    mera_view view;
    const mera_result *result;
    bool pairs; /**< the matrix of pairs in JSON, however many units */
} mera_robust_view;

/** How sure places are, for a terminal: units with intervals and bands, then what holds without
 * drawing. */
mera_code mera_report_robust_table(const mera_robust *robust, const mera_robust_view *view,
                                   mera_arena *arena, mera_text *out);
/** "A", "B", ... "Z", "AA": the name of a band; "–" for 0. */
const char *mera_report_band(size_t band, mera_arena *arena);
enum { MERA_BAND_LENGTH = 16 };
/** The same in `room`; NULL for 0. */
const char *mera_report_band_in(size_t band, char room[MERA_BAND_LENGTH]);
/** A row a unit: unit,name,period,node,place,... */
mera_code mera_report_robust_rows(const mera_robust *robust, const mera_robust_view *view,
                                  mera_arena *arena, mera_rows *rows);
/** A row an ordered pair, in how many draws the one is before the other; summary.beats is there. */
mera_code mera_report_pairs_rows(const mera_robust *robust, const mera_robust_view *view,
                                 mera_rows *rows);
mera_code mera_report_robust_json(const mera_robust *robust, const mera_robust_view *view,
                                  mera_arena *arena, mera_text *out);

/** What moves the places: inputs, then units. */
mera_code mera_report_variance_table(const mera_variance *variance, const mera_robust_view *view,
                                     mera_arena *arena, mera_text *out);
/** A row an input, for the whole and then for each unit. */
mera_code mera_report_variance_rows(const mera_variance *variance, const mera_robust_view *view,
                                    mera_rows *rows);
mera_code mera_report_variance_json(const mera_variance *variance, const mera_robust_view *view,
                                    mera_arena *arena, mera_text *out);
typedef struct mera_leave_view {
    mera_view view;
    const mera_result *result;
    size_t unit; /**< told of it alone; SIZE_MAX = all */
} mera_leave_view;

/** Name of what was left out: a title, or a unit's name. */
const char *mera_leave_name(const mera_leave_out *of, const mera_left *left,
                            const mera_leave_view *view);
/** Its id, or a unit's key. */
const char *mera_leave_id(const mera_leave_out *of, const mera_left *left,
                          const mera_result *result);
/** What happens when each is left out: removals, the largest move first, then units. */
mera_code mera_report_leave_table(const mera_leave_out *of, const mera_leave_view *view,
                                  mera_arena *arena, mera_text *out);
/** A row a removal, as a whole and then for each unit. */
mera_code mera_report_leave_rows(const mera_leave_out *of, const mera_leave_view *view,
                                 mera_rows *rows);
mera_code mera_report_leave_json(const mera_leave_out *of, const mera_leave_view *view,
                                 mera_arena *arena, mera_text *out);
typedef struct mera_priorities_view {
    mera_view view;
    const mera_result *result;
    size_t rows; /**< table: so many indicators; 0 = 10 */
    const mera_price *cost;
    size_t n_costs;            /**< 0 = none are given */
    const mera_budget *budget; /**< or NULL */
    const mera_goal *goal;     /**< or NULL */
    bool many;                 /**< of a perimeter: its name, or NULL, and */
    const char *name;
    const char *weights; /**< what weighs its members; NULL = all count alike */
} mera_priorities_view;

/** The split of a budget over the members of a perimeter, or over one unit, and what reaches a
 * goal; part of the list of priorities. */
mera_code mera_report_budget_table(const mera_priorities *of, size_t n, const mera_budget *budget,
                                   const mera_priorities_view *view, mera_arena *arena,
                                   mera_text *out);
mera_code mera_report_goal_table(const mera_priorities *of, size_t n, const mera_goal *goal,
                                 const mera_priorities_view *view, mera_arena *arena,
                                 mera_text *out);

/** One line of text, wrapped: how many similar units there are, how they were found, the first of
 * them. */
mera_code mera_report_similar_text(const mera_similar *similar, const mera_result *result,
                                   const mera_view *view, mera_arena *arena, mera_text *out);
/** What a column of `near` is called: the title of an indicator, else the name of the column. */
const char *mera_report_near_title(const mera_near *near, const mera_result *result,
                                   const mera_view *view);
/** Clusters of a period: how many units, means of the columns, the first of them. */
mera_code mera_report_clusters_table(const mera_similar_clusters *clusters,
                                     const mera_result *result, size_t period,
                                     const mera_view *view, mera_arena *arena, mera_text *out);
/** Units similar to one: distance, columns of `near`, score and place. */
mera_code mera_report_similar_table(const mera_similar *similar, const mera_result *result,
                                    size_t unit, size_t period, const mera_view *view,
                                    mera_arena *arena, mera_text *out);
/** The same units as CSV and JSON. */
mera_code mera_report_similar_rows(const mera_similar *similar, const mera_result *result,
                                   size_t unit, size_t period, mera_rows *rows);
mera_code mera_report_similar_of_json(const mera_similar *similar, const mera_result *result,
                                      size_t unit, size_t period, mera_text *out);
/** The cluster of each unit in each period: `clusters` has an item a period, k = 0 where nobody has
 * a score. */
mera_code mera_report_clusters_rows(const mera_similar_clusters *clusters,
                                    const mera_result *result, mera_rows *rows);
mera_code mera_report_clusters_json(const mera_similar_clusters *clusters,
                                    const mera_result *result, mera_text *out);
/** A number for people: four figures, no trailing zeros. NULL when memory ran out. */
const char *mera_report_figure(double x, mera_arena *arena);
/** What to do first, for a terminal. */
mera_code mera_report_priorities_table(const mera_priorities *of, const mera_priorities_view *view,
                                       mera_arena *arena, mera_text *out);
/** A row an indicator: unit,name,period,indicator,end,from,to,... */
mera_code mera_report_priorities_rows(const mera_priorities *of, const mera_priorities_view *view,
                                      mera_rows *rows);
mera_code mera_report_priorities_json(const mera_priorities *of, const mera_priorities_view *view,
                                      mera_text *out);

/** What to do first in several units: the members, indicators over all of them, single steps. */
mera_code mera_report_perimeter_table(const mera_perimeter *of, const mera_priorities_view *view,
                                      mera_arena *arena, mera_text *out);
/** The rows of the priorities of each member, with its share and what the perimeter gains. */
mera_code mera_report_perimeter_rows(const mera_perimeter *of, const mera_priorities_view *view,
                                     mera_rows *rows);
mera_code mera_report_perimeter_json(const mera_perimeter *of, const mera_priorities_view *view,
                                     mera_text *out);

typedef struct mera_certify_view {
    mera_view view;
    const mera_result *result;
    bool one; /**< of one unit: with the weights that bring it to its places */
} mera_certify_view;

/** What holds for certain: weights, then units. */
mera_code mera_report_certify_table(const mera_certified *of, const mera_certify_view *view,
                                    mera_arena *arena, mera_text *out);
/** A row a unit: unit,name,period,node,place,best,... */
mera_code mera_report_certify_rows(const mera_certified *of, const mera_certify_view *view,
                                   mera_rows *rows);
mera_code mera_report_certify_json(const mera_certified *of, const mera_certify_view *view,
                                   mera_arena *arena, mera_text *out);

typedef struct mera_profile_view {
    mera_view view;
    const mera_result *result;
    const char *const *group; /**< per grouping the label of the unit's group, or NULL */
} mera_profile_view;

/** One territory as a page of text. */
mera_code mera_report_profile_text(const mera_profile *of, const mera_profile_view *view,
                                   mera_arena *arena, mera_text *out);
/** For a workbook: three tables. */
mera_code mera_report_profile_rows(const mera_profile *of, const mera_profile_view *view,
                                   mera_rows *rows);
mera_code mera_report_profile_json(const mera_profile *of, const mera_profile_view *view,
                                   mera_arena *arena, mera_text *out);

/** The audit for a terminal: findings by limit, then sections 1 to 13. */
mera_code mera_report_audit_table(const mera_audit *audit, const mera_view *view, mera_arena *arena,
                                  mera_text *out);
/** A finding in one English line, for diagnostics. NULL when memory ran out. */
const char *mera_report_audit_message(const mera_audit *audit, const mera_audit_finding *finding,
                                      mera_arena *arena);
/** Findings alone: section,level,limit,node,part,... */
mera_code mera_report_audit_rows(const mera_audit *audit, const mera_view *view, mera_arena *arena,
                                 mera_rows *rows);
/** Everything, with the record of the run. */
mera_code mera_report_audit_json(const mera_audit *audit, const mera_view *view, mera_arena *arena,
                                 mera_text *out);

/** A choice among the operations of a registry. */
typedef struct mera_ops_choice {
    const mera_op *only; /**< this one in full; NULL = a list */
    mera_step step;      /**< of this step; MERA_N_STEPS = all */
} mera_ops_choice;

mera_code mera_report_ops_table(const mera_registry *registry, mera_ops_choice choice,
                                const mera_view *view, mera_arena *arena, mera_text *out);
mera_code mera_report_ops_markdown(const mera_registry *registry, mera_ops_choice choice,
                                   mera_arena *arena, mera_text *out);
mera_code mera_report_ops_json(const mera_registry *registry, mera_ops_choice choice,
                               mera_arena *arena, mera_text *out);
/** "climate 1.0.0": the plugin an operation is of; "" when it is built in. NULL: no memory. */
const char *mera_report_op_plugin(const mera_op *op, mera_arena *arena);
/** The version of an operation: its plugin's, "1.0.0", else its own, "2". */
void mera_report_op_version(const mera_op *op, mera_text *out);
/** "number", "list of numbers", "one of: a, b": the type of a parameter in words. */
const char *mera_report_param_type(const mera_param *param, mera_arena *arena);
/** "[0, 100]", "required", "none": the default of a parameter as YAML. */
const char *mera_report_param_default(const mera_param *param, mera_arena *arena);
/** "0 to 1", "2 items": what is allowed; "" when nothing limits it. */
const char *mera_report_param_limits(const mera_param *param, mera_arena *arena);

mera_code mera_report_describe_table(const mera_file_report *file, const mera_view *view,
                                     mera_arena *arena, mera_text *out);
/** Counts of matched units by file of approvals. */
mera_code mera_report_match_table(const mera_match_file *file, size_t n, const mera_view *view,
                                  mera_arena *arena, mera_text *out);
mera_code mera_report_match_json(const mera_match_file *file, size_t n, mera_text *out);
mera_code mera_report_describe_rows(const mera_file_report *file, size_t n, const char *language,
                                    mera_rows *rows);
mera_code mera_report_describe_json(const mera_file_report *file, size_t n, mera_text *out);

/** Problems as people read them: as mera_diag_text(), coloured when the view says so. */
mera_code mera_report_diags_text(const mera_diags *diags, mera_severity least,
                                 const mera_view *view, mera_arena *arena, mera_text *out);
/** Problems for editors: {"diagnostics": [{severity, id, file, line, ...}]}. */
mera_code mera_report_diags_json(const mera_diags *diags, mera_severity least, mera_arena *arena,
                                 mera_text *out);

#endif
