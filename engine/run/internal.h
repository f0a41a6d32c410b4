/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What the files of this layer share: the engine, the project, the plan and what an evaluation
 * holds. Nothing here is seen by other layers.
 *
 * A plan works on `n_work` periods: first the scored ones in their order, then those that some
 * reference set looks at besides. All arrays are [work period * n_units + unit], so that what a
 * result shows is their beginning.
 */
#ifndef MERA_RUN_INTERNAL_H
#define MERA_RUN_INTERNAL_H

#include "base/threads.h"
#include "lua/host.h"
#include "mera/plan.h"

struct mera_engine {
    mera_arena *arena;
    mera_options options;
    mera_pool *pool;
    mera_registry *registry;
    bool in_core;          /**< the core of an overlay is being opened: its own core is not */
    mera_project *refused; /**< projects that did not open: problems still point at their texts */
};

/** Fitted numbers of an earlier edition. */
typedef struct run_frozen run_frozen;

struct mera_project {
    mera_engine *engine;
    mera_arena *arena;
    mera_registry *registry;
    mera_plugin **plugin;
    size_t n_plugins;
    bool *plugin_drops; /**< as `plugin`: what it fails to make is left out */
    const mera_value *tree;
    const mera_methodology *methodology;
    run_frozen *frozen; /**< files read */
    mera_project *core; /**< of an overlay; or NULL */
    mera_project *next; /**< in engine.refused */
    bool borrows;       /**< its plugins are another project's */
    bool borrows_core;  /**< likewise */
};

/** What a name in a formula, in a plugin's reads or in a COLUMN parameter stands for. */
typedef struct run_source {
    const char *name;
    size_t indicator;          /**< its raw values; or SIZE_MAX */
    const mera_column *column; /**< of the data, when it is not an indicator */
    bool is_texts;             /**< a grouping that a formula reads: neither of them */
} run_source;

typedef struct run_sources {
    size_t n;
    run_source *v;
} run_sources;

/** A grouping of the units in every work period. */
typedef struct run_grouping {
    const mera_grouping *grouping;
    mera_text_list labels;
    const int32_t *code;    /**< [work * n_units + unit]; -1 = no group */
    const uint32_t *member; /**< [work * n_units + k]: units by group, in unit order inside one */
    const uint32_t *start;  /**< [work * (labels.n + 2) + g]: group g holds member[start[g]] up to
                                 start[g + 1]; group labels.n is that of units without one */
    const char *const *member_name; /**< names in the order of member */
} run_grouping;

/** Texts of units that a computation may look at: a grouping, else a field of the data. */
typedef struct run_texts {
    size_t n;
    struct run_text {
        const char *name;
        const run_grouping *grouping;
        const mera_attribute *attribute;
    } * v;
} run_texts;

/** A use of an operation, bound to the data. */
typedef struct run_use {
    const mera_use *use;
    run_sources inputs;     /**< COLUMN parameters, in the order of the table */
    const run_grouping *by; /**< or NULL */
    size_t named;           /**< work period of MERA_PERIOD_NAMED */
    const run_frozen *frozen;
    size_t nth;   /**< among the uses of its operation in the chain, from 0 */
    size_t n_out; /**< work periods whose results somebody needs */
} run_use;

/** A check, bound to the data. */
typedef struct run_check {
    const mera_use *use;
    run_sources reads;
    run_texts texts;
    size_t *score; /**< nodes whose scores it looks at */
    size_t n_scores;
} run_check;

typedef struct run_uses {
    size_t n;
    run_use *v;
} run_uses;

typedef struct run_indicator {
    const mera_indicator *indicator;
    const char *subject; /**< "indicator 'air'" */
    const mera_column *column;
    run_sources reads; /**< of the formula or the deriving operation */
    run_texts texts;   /**< likewise */
    bool looks_back;   /**< at other periods */
    mera_formula *formula;
    run_uses denominate, impute, treat, normalise;
    bool in_framework;
    bool serial_before, serial_after; /**< some operation before or after screening is Lua's */
} run_indicator;

typedef struct run_node {
    const mera_node *node;
    const char *subject;
    mera_formula *formula;
    const size_t *formula_child; /**< child number of each name that the formula reads */
    run_use aggregate, weigh;
    run_uses then;
    size_t height; /**< 0 when all children are indicators */
    size_t *fresh; /**< overlays: indicators below it that the core does not have */
    size_t n_fresh;
    bool serial;
} run_node;

struct mera_plan {
    mera_project *project;
    const mera_methodology *methodology;
    const mera_dataset *data;
    mera_arena *arena;
    mera_formulas *formulas;
    size_t n_units, n_scored, n_work;
    const size_t *work_period;       /**< index in the dataset per work period */
    const char *const *period_label; /**< per work period */
    const size_t *by_date;           /**< work periods in the order of the dataset */
    bool in_order;                   /**< work periods are those of the dataset, in its order */
    bool has_tables;                 /**< some imputer looks at several indicators */
    run_grouping *grouping;          /**< as methodology.grouping */
    run_indicator *indicator;        /**< as methodology.indicator */
    size_t *derive_order;            /**< indicators, those read before those that read them */
    run_node *node;                  /**< as methodology.node */
    size_t max_height;
    bool tree_needs_all; /**< some `then` looks at periods that are not scored */
    run_use screen;
    const run_grouping *rank_within; /**< or NULL */
    const char *frozen_refused;      /**< the file of frozen numbers that was refused last */
    run_check *check;                /**< as methodology.checks */
    mera_plan *core;                 /**< of an overlay; or NULL */
};

/** Who is being computed: for messages and records. */
typedef struct run_subject {
    size_t indicator, node; /**< one of them SIZE_MAX */
    const char *id;
    const char *text; /**< "indicator 'air'" */
    mera_direction direction;
    double goalpost[2];
    const char *const *child; /**< names of fitted weights; NULL = none are being recorded */
} run_subject;

/** Fits recorded by one job, in their order. */
typedef struct run_fit_link {
    mera_fit_record record;
    struct run_fit_link *next;
} run_fit_link;

/** One piece of work: what it has to say is merged in the order of jobs, whoever ran it. */
typedef struct run_job {
    mera_arena *keep;    /**< lives until the evaluation ends */
    mera_arena *scratch; /**< rewound after the job */
    mera_diags *diags;
    run_fit_link *first, **last;
    size_t n_fits;
    mera_code code;
} run_job;

/** An indicator being computed. */
typedef struct run_cells {
    const double *stage[MERA_N_STAGES];
    uint8_t *state;
    bool others_state;           /**< which is another result's, and stays as it is */
    const double *spread;        /**< as in mera_indicator_result, of all work periods; or NULL */
    double *spread_room;         /**< where imputers write it */
    double *room[MERA_N_STAGES]; /**< where a stage may be written */
    size_t n_gaps;               /**< scored cells missing before imputation */
    bool dropped;                /**< screened out, or failed */
    const char *failed;          /**< why its plugin could not make it; or NULL */
} run_cells;

/** A node being computed. */
typedef struct run_scores {
    double *aggregate, *score, *rank, *group_rank, *coverage, *weight;
    size_t n_gaps; /**< scored cells whose coverage is below 1 */
    bool dropped;  /**< all children are */
} run_scores;

typedef struct run_score {
    mera_plan *plan;
    mera_arena *arena; /**< of the result; the calling thread's */
    mera_diags *diags;
    run_cells *cells;
    run_scores *scores;
    uint8_t *unit_screened;      /**< [work * n_units + unit], or NULL = nobody */
    bool bare;                   /**< scores alone: no coverage, no places */
    bool weights_only;           /**< nodes: no scores */
    const mera_score_with *with; /**< what stages are made with */
    const mera_result *like;     /**< whose stages are taken over, up to same[indicator]; or NULL */
    const mera_stage *same;
    const mera_result *points; /**< whose points are taken over where they can be; or NULL */
    size_t stages_made;        /**< as in mera_result */
    mera_pool *pool;           /**< NULL = the calling thread alone */
    struct run_tables *tables; /**< being imputed (impute_tables.c) */
    size_t impute_step;        /**< number of the imputer that all chains are at */
    struct run_patch *patch;   /**< columns of the data with values put in */
    size_t n_patches;
    mera_indicator_result *indicator;
    mera_node_result *node;
    mera_arena **keep, **scratch;   /**< per worker */
    run_fit_link *fits, **last_fit; /**< n_fits */
    size_t n_workers, n_fits;
} run_score;

/* ---- plan ---- */

/** The periods to score and to look at. */
mera_code mera_run_bind_periods(mera_plan *plan, mera_diags *diags);
mera_code mera_run_bind_groupings(mera_plan *plan, mera_diags *diags);
/** The grouping of that id, or NULL. */
const run_grouping *mera_run_grouping(const mera_plan *plan, const char *id);
mera_code mera_run_bind_indicators(mera_plan *plan, mera_diags *diags);
mera_code mera_run_bind_nodes(mera_plan *plan, mera_diags *diags);
mera_code mera_run_bind_use(mera_plan *plan, const mera_use *use, mera_diags *diags, run_use *out);
mera_code mera_run_bind_uses(mera_plan *plan, const mera_use_list *uses, mera_diags *diags,
                             run_uses *out);
/** Finds what a name stands for: an indicator other than `self`, else a column of the data. */
mera_code mera_run_bind_name(const mera_plan *plan, const char *name, size_t self, mera_at at,
                             mera_diags *diags, run_source *out);
/** The same for a name in a formula, which may also be a grouping: its texts. */
mera_code mera_run_bind_read(const mera_plan *plan, const char *name, size_t self, mera_at at,
                             mera_diags *diags, run_source *out);
/** Names of all indicators, columns and groupings, for formulas and suggestions. */
mera_code mera_run_known_names(const mera_plan *plan, mera_arena *arena, mera_text_list *out);
/** An order of indicators in which each comes after those it reads; a cycle is an error. */
mera_code mera_run_order_indicators(mera_plan *plan, mera_diags *diags);
/** A text in the plan's arena, "indicator 'air'"; NULL = no memory. */
const char *mera_run_subject_text(mera_plan *plan, const char *what, const char *id);
/** Does a reference set look at periods other than the one it serves? */
bool mera_run_crosses_periods(const mera_use *use);
/** Warns of values outside the plausible range of an indicator. */
void mera_run_check_range(const mera_plan *plan, const run_indicator *ind, const double *x,
                          mera_diags *diags);

/** The file of a use, read once for a project. */
mera_code mera_run_frozen_read(mera_plan *plan, const mera_use *use, mera_diags *diags,
                               const run_frozen **out);
/** Warns of numbers that no use of the plan takes, and of files of another methodology. */
mera_code mera_run_frozen_check(mera_plan *plan, mera_diags *diags);
/** Whose frozen numbers are asked for. */
typedef struct run_frozen_ask {
    const mera_use *use;
    size_t nth;
    const char *id;           /**< of the indicator or node */
    const char *group;        /**< NULL = all units */
    const char *period;       /**< NULL = all periods */
    const char *const *child; /**< weights: names of the numbers, n_children of them */
    size_t n_children;
} run_frozen_ask;
/** The files that were read, for the record. */
mera_code mera_run_frozen_files(const mera_project *project, mera_arena *arena,
                                const mera_file **out, size_t *n);
/** Does the file have numbers for it? */
bool mera_run_frozen_has(const run_frozen *frozen, const run_frozen_ask *ask);
/** The frozen numbers of a fit; an error that says what is not there, or not as it was. */
mera_code mera_run_frozen_find(const run_frozen *frozen, const run_frozen_ask *ask,
                               mera_arena *arena, mera_diags *diags, mera_fitted *out);

/** Finds the texts of units that an indicator's formula or operation looks at (around.c). */
mera_code mera_run_bind_texts(mera_plan *plan, run_indicator *ind, mera_diags *diags);
/** The same for what an operation declares. */
mera_code mera_run_bind_op_texts(mera_plan *plan, const mera_op *op, mera_at at, mera_diags *diags,
                                 run_texts *out);
mera_code mera_run_bind_checks(mera_plan *plan, mera_diags *diags);
/** Does computing it look at periods other than the one under way? */
bool mera_run_looks_back(const mera_indicator *indicator);

/** Opens the core of an overlay (overlay.c). */
mera_code mera_run_open_core(mera_project *project, const mera_reader *reader, const mera_set *set,
                             size_t n_set, mera_diags *diags);
/** Binds it to the same data and finds what the overlay adds. */
mera_code mera_run_bind_core(mera_plan *plan, mera_diags *diags);
mera_code mera_run_score_core(mera_plan *plan, mera_arena *arena, mera_diags *diags,
                              const mera_result **out);
/** Does the overlay add the indicator, so that units without it have no place? */
bool mera_run_is_fresh(const mera_plan *plan, size_t indicator);
/** Warns of indicators that a plugin makes for some regions alone, used outside an overlay. */
mera_code mera_run_check_regions(const run_score *s);
/** Makes scores missing where units lack the data of what is new below the node. */
void mera_run_mask_overlay(const run_score *s, const run_node *node, size_t period, double *y);
void mera_run_finish_overlay(const mera_plan *plan, mera_result *result, mera_diags *diags);

/* ---- evaluation ---- */

/** What surrounds a computation in a period; `input` are the columns it reads there. */
mera_code mera_run_around(const run_score *s, const run_indicator *ind, size_t period,
                          mera_arena *arena, mera_around *out);
/** The same without other periods. */
mera_code mera_run_around_texts(const run_score *s, const run_texts *texts, size_t period,
                                mera_arena *arena, mera_around *out);
/** Runs the checks: all, or those that look at data alone. MERA_EINPUT when one found an error. */
mera_code mera_run_checks(run_score *s, bool with_scores);
/** Does the methodology do without what this operation's plugin fails to make (`on_error: drop`)?
 * `op` may be NULL. */
bool mera_run_may_drop(const mera_project *project, const mera_op *op);

/** One piece of work on item number `item`. */
typedef mera_code (*run_item_fn)(run_score *s, run_job *job, size_t item);
/** Runs `fn` over items, those marked serial on the calling thread and in order, and merges what
 * they said and fitted in the order of items. */
mera_code mera_run_items(run_score *s, const size_t *item, const bool *serial, size_t n,
                         run_item_fn fn);

mera_code mera_run_derive(run_score *s);
mera_code mera_run_screen(run_score *s);
mera_code mera_run_stages(run_score *s);
mera_code mera_run_tree(run_score *s);
/** One node whose children are done, and the room that it needs before. */
mera_code mera_run_node_rooms(run_score *s, size_t k);
mera_code mera_run_node(run_score *s, run_job *job, size_t k);
mera_code mera_run_classify(run_score *s);

/** Values of a source in one work period. */
const double *mera_run_slice(const run_score *s, const run_source *source, size_t period);
/** What surrounds the weigher of a node whose k children of these numbers take part; fills `ctx`,
 * whose arena holds it. */
mera_code mera_run_weigh_ctx(const run_score *s, const run_node *node, const size_t *child,
                             size_t k, mera_op_ctx *ctx);
/** A value of an indicator so that higher is better: x, -x, or minus the distance to the target. */
double mera_run_directed(const mera_indicator *def, double x);
const uint8_t *mera_run_state_slice(const run_score *s, const run_source *source, size_t period);
/** The surroundings of a call, without inputs. */
mera_op_ctx mera_run_ctx(const run_score *s, const run_job *job, const run_subject *subject,
                         const mera_use *use);
/** Fits an operation on its reference set and applies it: x, y [n_work * n_units]; y may be x. */
mera_code mera_run_fit_apply(run_score *s, run_job *job, const run_use *use,
                             const run_subject *subject, const double *x, double *y);
/** Adds "in step ... of ..." to the problem recorded last, unless nothing was. */
mera_code mera_run_within(mera_diags *diags, mera_code rc, const mera_use *use,
                          const run_subject *subject, const char *where);
mera_code mera_run_record_fit(run_job *job, const run_subject *subject, const run_use *use,
                              const char *group, const char *period, const mera_fitted *fitted,
                              size_t n_reference);

/** Places: 1 = best. Missing scores have none. `order` and `code` as in run_grouping, or NULL. */
mera_code mera_run_rank(const double *score, size_t n, bool lower_is_better, mera_ties ties,
                        const int32_t *code, size_t n_groups, mera_arena *scratch, double *rank,
                        double *group_rank);

/** A row-wise table of children ready for an aggregator. */
typedef struct run_table {
    size_t n, k;
    const double **x; /**< k columns of n, as passed up */
    const double *w;  /**< k weights */
    double total;
} run_table;

/** Floor, rule for missing, aggregator or formula, minimum coverage, rounding: n rows. */
mera_code mera_run_aggregate(const run_node *node, const run_table *table, const size_t *child,
                             const char *const *unit_name, mera_op_ctx *ctx, double *y);
/** What a child of that value counts as: floor and rule for missing; NaN = left out. */
double mera_run_counted(const mera_node *node, double value);
const char *mera_run_child_id(const mera_methodology *m, const mera_child *child);
/** What leaves a sum or a product as it is; NaN = the aggregator has no such number. */
double mera_run_neutral(const mera_op *op);
/** What an aggregator of that name divides weights by. */
bool mera_run_divides_weights(const mera_node *node);
void mera_run_coverage(run_score *s, size_t node, const size_t *child, size_t k, double *coverage);

/** The canonical NaN for all that is not a finite number; how many values that were present in
 * `before` (or NULL) were lost. */
size_t mera_run_clean(double *y, const double *before, size_t n);
/** y[0..n) = value; returns y. */
double *mera_run_fill(double *y, size_t n, double value);
/** How many values are missing. */
size_t mera_run_count_missing(const double *x, size_t n);

#endif
