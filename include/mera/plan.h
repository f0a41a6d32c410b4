/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The door for embedding programs: an engine (operations and plugins), a project (a methodology
 * with what it needs), a plan (bound to a dataset), a result.
 */
#ifndef MERA_PLAN_H
#define MERA_PLAN_H

#include "mera/dataset.h"
#include "mera/methodology.h"

/** How an engine is set up. Zero-initialised gives the defaults. */
typedef struct mera_options {
    const char *const *plugin_path; /**< folders that hold plugins, searched in order */
    size_t n_plugin_paths;
    unsigned threads;          /**< 0 = all processors */
    uint64_t lua_instructions; /**< per call; 0 = default */
    size_t lua_bytes;          /**< per plugin; 0 = default */
    const char *worker; /**< the program that plugins run in, each in a process of its own, unless
                           they are trusted: it calls mera_worker_main() when mera_worker_asked().
                           NULL = all plugins run in this process, inside the sandbox only */
    const char *const *trusted; /**< plugins that the user trusts, by name */
    size_t n_trusted;
    const char *const *trusted_path; /**< folders of plugins that came with the engine */
    size_t n_trusted_paths;
} mera_options;

/** Was this program started as the worker of a plugin? Ask first thing in main(). */
bool mera_worker_asked(int argc, char *const *argv);
/** Serves one plugin until the engine that started this process hangs up; the exit status. */
int mera_worker_main(void);

/** Operations and threads. Two engines may live in one process. Not shared between threads. */
typedef struct mera_engine mera_engine;

mera_code mera_engine_open(const mera_options *options, mera_engine **out);
void mera_engine_close(mera_engine *engine);
const mera_registry *mera_engine_registry(const mera_engine *engine);

/**
 * The operations there are, built in and of every plugin in the engine's folders, to be looked at
 * and not run. A plugin that does not load is recorded as a warning and left out. In `arena`.
 */
mera_code mera_engine_catalogue(mera_engine *engine, mera_arena *arena, mera_diags *diags,
                                mera_registry **out);

/** A methodology with its plugins loaded. Lives until closed; its registry holds its plugins'
 * operations. */
typedef struct mera_project mera_project;

/** `path` is a methodology file or its folder. */
mera_code mera_project_open(mera_engine *engine, const char *path, const char *variant,
                            const mera_set *set, size_t n_set, mera_diags *diags,
                            mera_project **out);
/** As mera_project_open(), reading the methodology's files through `reader`, so that they can be
 * kept anywhere; `path` is a file. Plugins and frozen numbers still come from folders. */
mera_code mera_project_open_reader(mera_engine *engine, const mera_reader *reader, const char *path,
                                   const char *variant, const mera_set *set, size_t n_set,
                                   mera_diags *diags, mera_project **out);
/** A project of an effective tree that is at hand, made by mera_methodology_resolve() or out of
 * such trees; it and what it shares must outlive the project. `path` is the methodology's file. The
 * core of an overlay is not opened beside it. */
mera_code mera_project_open_tree(mera_engine *engine, const mera_value *tree, const char *path,
                                 mera_diags *diags, mera_project **out);
void mera_project_close(mera_project *project);
const mera_methodology *mera_project_methodology(const mera_project *project);
const mera_registry *mera_project_registry(const mera_project *project);

/**
 * The same project under a variant (or NULL), then with settings changed; it reads no file. It
 * shares plugins and an overlay's core with `base`, which must outlive it, unless settings of
 * plugins change. What `diags` tell of it is told at lines of `base`.
 */
mera_code mera_project_vary(const mera_project *base, const char *variant,
                            const mera_change *change, size_t n, mera_diags *diags,
                            mera_project **out);

/** Looks for the units that data with `match` name, and writes the files of approvals
 * (mera_data_match). */
mera_code mera_project_match(const mera_project *project, const char *const *files, size_t n_files,
                             unsigned approve, bool russian, mera_arena *arena, mera_diags *diags,
                             const mera_match_file **out, size_t *n);

/**
 * The files a project reads, `files` or those of its `data:`, and how each is read. An entry that
 * names no file, when none is given, is refused at its place. They live in `arena`.
 */
mera_code mera_project_sources(const mera_project *project, const char *const *files,
                               size_t n_files, mera_arena *arena, mera_diags *diags,
                               mera_source **out, size_t *n);

/**
 * Reads the data a project needs: `files` (or, when none, the methodology's own `data:`), only the
 * columns, attributes and periods that are used. The dataset lives in `arena`.
 */
mera_code mera_project_read(mera_project *project, const char *const *files, size_t n_files,
                            mera_arena *arena, mera_diags *diags, mera_dataset **out,
                            mera_read_report *report);

/** Do two projects read the same data, so that a dataset of one is the other's? */
mera_code mera_project_same_data(const mera_project *a, const mera_project *b, bool *out);

/** A methodology bound to a dataset: every name resolved, every formula compiled. */
typedef struct mera_plan mera_plan;

/** The project and the dataset must outlive the plan. */
mera_code mera_plan_open(mera_project *project, const mera_dataset *data, mera_diags *diags,
                         mera_plan **out);
/** The same project bound to another dataset, which it does not read. */
mera_code mera_plan_open_on(const mera_plan *plan, const mera_dataset *data, mera_diags *diags,
                            mera_plan **out);
void mera_plan_close(mera_plan *plan);

/** The stages of an indicator that a result keeps. */
typedef enum mera_stage {
    MERA_STAGE_RAW, /**< read, or derived by formula or plugin */
    MERA_STAGE_DENOMINATED,
    MERA_STAGE_IMPUTED,
    MERA_STAGE_TREATED,
    MERA_STAGE_NORMALISED, /**< directed and normalised: what the framework aggregates */
    MERA_N_STAGES,
} mera_stage;

/** Fitted numbers of one operation on one reference set. */
typedef struct mera_fit_record {
    size_t indicator; /**< or SIZE_MAX */
    size_t node;      /**< or SIZE_MAX */
    mera_step step;
    const mera_op *op;
    const void *params; /**< of the operation */
    size_t nth;         /**< among the uses of this operation in the chain of the subject, from 0 */
    const char *const *child; /**< weights: ids of the children, as fitted; NULL = of no node */
    const char *group;        /**< label, or NULL = all units */
    const char *period;       /**< label of the period it was fitted on, or NULL = all periods */
    mera_fitted fitted;
    size_t n_reference; /**< present values in the reference set */
} mera_fit_record;

typedef struct mera_indicator_result {
    const double *stage[MERA_N_STAGES]; /**< each [period * n_units + unit]; a skipped step shares
                                           its predecessor's array */
    const uint8_t *state;               /**< after all steps: reason | flags */
    const double *spread; /**< standard errors of imputed values, as stage[]; NaN = not imputed, or
                               no error is known; NULL = nobody asked, or nothing is imputed */
    bool screened_out;
    const char *failed; /**< why its plugin could not make it (on_error: drop); or NULL */
} mera_indicator_result;

typedef struct mera_node_result {
    const double *aggregate;  /**< [period * n_units + unit], rounded as the node says */
    const double *score;      /**< after `then`; the same array when there is none */
    const double *rank;       /**< 1 = best; NaN = not ranked */
    const double *group_rank; /**< inside methodology.rank_within; or NULL */
    const double *coverage;   /**< share of leaf weight observed (not imputed), 0 to 1 */
    const double *weight;     /**< n_children weights in force (shares when normalised) */
    const int32_t *class_of;  /**< or NULL */
    mera_text_list class_label;
} mera_node_result;

/** What a plugin did in this run. */
typedef struct mera_plugin_record {
    const char *id, *version, *sha256;
    size_t calls;
    uint64_t instructions; /**< the same in every run */
    size_t peak_bytes; /**< not the same in every run: it hangs on the seed of Lua's hashes and on
                            when garbage was collected, so no report of a run shows it */
    size_t cells_made, cells_missing, cells_out_of_range;
} mera_plugin_record;

/** The plugins of a project, with what they have done so far. In `arena`. */
mera_code mera_project_plugins(const mera_project *project, mera_arena *arena,
                               const mera_plugin_record **out, size_t *n);

/** A scored plan. Immutable; lives in the arena given to mera_plan_score(). */
typedef struct mera_result {
    const mera_methodology *methodology;
    const mera_dataset *data;
    size_t n_units, n_periods; /**< of the arrays here: units as in the dataset, periods scored */
    const char *const *period; /**< labels of the periods scored */
    const size_t *data_period; /**< their indices in the dataset */
    const uint8_t *unit_screened; /**< [period * n_units + unit]: 1 = left out by screening */
    const mera_indicator_result *indicator; /**< methodology order */
    const mera_node_result *node;           /**< methodology order */
    const mera_fit_record *fit;
    size_t n_fits;
    const mera_plugin_record *plugin;
    size_t n_plugins;
    const mera_file *frozen; /**< files of frozen numbers */
    size_t n_frozen;
    const struct mera_result
        *core;           /**< of an overlay: the core's result on the same data; or NULL */
    const size_t *fresh; /**< of an overlay: indicators that the core does not have */
    size_t n_fresh;
    bool shared;        /**< the indicators are those of an earlier result */
    size_t stages_made; /**< stages of indicators after the raw one that were made and not taken
                             from an earlier result; at most four for each */
} mera_result;

/** The period to show: the last one in which the unit (SIZE_MAX = any) has a score at the node; the
 * last of all when there is none. */
size_t mera_result_latest(const mera_result *result, size_t unit, size_t node);

/** The number of a node in result->core, or SIZE_MAX when the core has none of that id. */
size_t mera_result_core_node(const mera_result *result, size_t node);

/** Evaluates the plan. The same bytes for any number of threads. */
mera_code mera_plan_score(mera_plan *plan, mera_arena *arena, mera_diags *diags,
                          const mera_result **out);

/** A value put in place of what there is. Of an indicator that is a column of the data, the cell of
 * the column: whatever else reads it sees it. Of a derived one, its raw value, what it is made of
 * stays. The cell counts as observed. */
typedef struct mera_lift {
    size_t indicator, unit;
    size_t period; /**< of those scored */
    double value;  /**< as in MERA_STAGE_RAW */
} mera_lift;

/** Adds errors to imputed values: to y[i] one of standard error spread[i], unless that is NaN. The
 * cells of scored periods come first. Called from several threads. */
typedef void (*mera_error_fn)(const void *context, const char *indicator, const double *spread,
                              size_t n, double *y);

/** Zero-initialised: as mera_plan_score(). */
typedef struct mera_score_with {
    const mera_lift *lift;
    size_t n_lifts;
    const double *const *noise; /**< per indicator what is added to its raw values, n_units for each
                                     scored period, NULL = nothing; or NULL */
    const mera_result
        *earlier; /**< see mera_plan_score_after(); not looked at with noise, nor when bare */
    bool bare;    /**< stages and scores alone: no places, coverage, classes, checks, fits */
    bool columns; /**< with `bare`: stages and weights alone, unless an operation makes weights */
    bool here;    /**< on the calling thread: other plans may be scored at the same time */
    const uint8_t *left_out; /**< per indicator: 1 = as if screening had left it out; or NULL */
    const uint8_t *left_out_node; /**< per node: 1 = it counts nowhere and has no scores; or NULL */
    const mera_result *like; /**< of the same data and indicators, the same up to `same`: its arrays
                                  are shared, so it must outlive the result; or NULL */
    mera_stage same;
    const mera_result *points; /**< of the same data, and of the same settings but for how outliers
                                    are treated: points of columns whose treated values are the
                                    same are shared, so it must outlive the result; or NULL */
    bool spread;         /**< make the standard errors of imputed values; `like` must have them */
    mera_error_fn error; /**< with `spread`: what treating begins with; or NULL = no errors */
    const void *error_context;
} mera_score_with;

/** Scores with raw values changed; in a bare result the arrays of the rest are NULL. */
mera_code mera_plan_score_with(mera_plan *plan, const mera_score_with *with, mera_arena *arena,
                               mera_diags *diags, const mera_result **out);

/** The project of a plan. */
const mera_project *mera_plan_project(const mera_plan *plan);

/**
 * The same, beginning where an earlier result of the engine has got to: where both see the same
 * data in the same way (the same dataset and mera_methodology.stages_sha256) indicators are taken
 * from it, and only the framework is scored; where they begin with the same values, each indicator
 * is taken up to the last stage in which it is the same; else, or with NULL, as mera_plan_score().
 * The numbers are the same; what was said when the indicators were made is not said again. The
 * earlier result and its project must outlive this one.
 */
mera_code mera_plan_score_after(mera_plan *plan, const mera_result *earlier, mera_arena *arena,
                                mera_diags *diags, const mera_result **out);

/** Runs the methodology's `checks:` that look at data alone, without scoring; mera_plan_score()
 * runs all of them. What they find is in `diags`; MERA_EINPUT when one of them calls it an error.
 */
mera_code mera_plan_check(mera_plan *plan, mera_arena *arena, mera_diags *diags);

/** Group code per [period * n_units + unit] of a grouping, -1 = no group; labels in *labels. NULL =
 * no such grouping. */
const int32_t *mera_plan_groups(const mera_plan *plan, const char *grouping,
                                mera_text_list *labels);

/** "mera 0.1.0" parts and what it was built with. */
const char *mera_version(void);

/** "numbers 1": the same text, the same input, the same results to the bit, whatever the build.
 * What is kept to be gone on with, or looked up instead of scored, is of this. */
const char *mera_numbers(void);

#endif
