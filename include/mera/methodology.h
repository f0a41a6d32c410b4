/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * A methodology: what a YAML file says, resolved (extends, variant, --set), checked and typed.
 * Immutable. Every name of an operation is a pointer to its descriptor here, every parameter bound.
 */
#ifndef MERA_METHODOLOGY_H
#define MERA_METHODOLOGY_H

#include "mera/admission.h"
#include "mera/limits.h"
#include "mera/op.h"
#include "mera/read.h"
#include "mera/robustness.h"
#include "mera/rounding.h"

/** A title in the languages of the file. Either may be NULL, not both. */
typedef struct mera_title {
    const char *ru, *en;
} mera_title;

typedef enum mera_reference_period {
    MERA_PERIOD_OWN,
    MERA_PERIOD_ALL,
    MERA_PERIOD_NAMED
} mera_reference_period;

/** The set an operation is fitted on. */
typedef struct mera_reference {
    const char *by; /**< a grouping: one fit a group; NULL = all units together */
    mera_reference_period
        period;         /**< fit each period on itself (default), on all, or on a named one */
    const char *label;  /**< MERA_PERIOD_NAMED */
    size_t min_units;   /**< a group with fewer present values ... */
    bool fallback_all;  /**< ... uses the fit over all units; false = an error */
    const char *frozen; /**< a file of fitted numbers from an earlier edition, or NULL */
    mera_at frozen_at;  /**< where it is named: its path is meant from that file's folder */
} mera_reference;

/** An operation asked for in a methodology. */
typedef struct mera_use {
    const mera_op *op;
    const void *params;
    mera_reference reference;
    mera_rounding round;
    mera_at at;
} mera_use;

typedef struct mera_use_list {
    size_t n;
    const mera_use *v;
} mera_use_list;

typedef enum mera_indicator_kind {
    MERA_FROM_COLUMN,
    MERA_FROM_FORMULA,
    MERA_FROM_OP
} mera_indicator_kind;

typedef struct mera_indicator {
    const char *id;
    mera_at at;
    mera_title title;
    const char *unit;        /**< unit of measure, for programs; "" when not said */
    mera_title measure;      /**< the same for people */
    const char *source_kind; /**< "statistics", "open_data", "authority_request", "survey", "model";
                                or NULL */
    const char *reference;   /**< where the numbers come from, free text; or NULL */
    mera_direction direction;
    double target[2];   /**< MERA_TARGET: the wished range (both ends equal for a point) */
    double goalpost[2]; /**< NaN = not given */
    double range[2];    /**< plausible range; NaN = none. Values outside are warned of */
    bool actionable;    /**< can anybody change it? Climate and distances are as they are */
    mera_indicator_kind kind;
    const char *column;       /**< FROM_COLUMN: name in the data */
    const char *formula;      /**< FROM_FORMULA: a Lua expression over columns */
    mera_at source_at;        /**< of the column, formula or plugin indicator */
    mera_use derive;          /**< FROM_OP */
    mera_use_list denominate; /**< 0 or 1 */
    mera_use_list impute;     /**< tried in order until no gap is left; may be empty */
    mera_use_list treat;      /**< applied in order; may be empty */
    mera_use_list normalise;  /**< applied in order, the last gives the points; may be empty: raw
                                 directed values */
} mera_indicator;

typedef enum mera_missing_rule {
    MERA_MISSING_RENORMALISE, /**< leave the child out, rescale the weights of the others */
    MERA_MISSING_PROPAGATE,   /**< any missing child (of weight > 0) makes the node missing */
    MERA_MISSING_ZERO,        /**< count as 0 points */
    MERA_MISSING_VALUE,       /**< count as a given number of points */
    MERA_MISSING_SKIP,        /**< sums: leave the term out and rescale nothing */
} mera_missing_rule;

typedef enum mera_weight_scale {
    MERA_WEIGHT_POINTS,
    MERA_WEIGHT_SHARES,
    MERA_WEIGHT_GRADES
} mera_weight_scale;

/** A child of a node: another node or an indicator. */
typedef struct mera_child {
    bool is_indicator;
    size_t index; /**< into node[] or indicator[] */
    double weight;
    mera_at at;         /**< where the weight comes from */
    const char *origin; /**< "--set", "variant 'equal'", ... or NULL */
} mera_child;

typedef struct mera_node {
    const char *id;
    mera_at at;
    mera_title title;
    size_t parent; /**< SIZE_MAX for the root */
    size_t depth;  /**< root 0 */
    size_t n_children;
    const mera_child *child;
    bool lower_is_better; /**< for ranking */
    const char
        *formula; /**< a Lua expression over children's ids, instead of an aggregator; or NULL */
    mera_at formula_at;
    mera_use aggregate; /**< .op NULL when formula */
    mera_weight_scale weight_scale;
    bool weights_as_given; /**< do not divide by their sum */
    mera_use weigh;        /**< weights from an operation; .op NULL = as written */
    mera_missing_rule missing;
    double missing_value;
    double min_present;  /**< share of children's weight that must be present, 0 to 1 */
    double floor;        /**< children's scores below it are raised to it; NaN = none */
    mera_rounding round; /**< of the aggregate */
    mera_use_list then;  /**< normalisers over the node's own aggregate, in order */
    bool pass_aggregate; /**< the parent gets the aggregate (before `then`), not the score */
} mera_node;

/** A grouping of units: the product of one or more attributes. */
typedef struct mera_grouping {
    const char *id;
    const char *attribute[4];
    size_t n_attributes;
    mera_at at;
} mera_grouping;

typedef struct mera_classes {
    mera_use use;
    const size_t *node; /**< nodes classified */
    size_t n_nodes;
} mera_classes;

typedef enum mera_ties {
    MERA_TIES_MIN,
    MERA_TIES_MAX,
    MERA_TIES_MEAN,
    MERA_TIES_DENSE,
    MERA_TIES_FIRST
} mera_ties;

typedef enum mera_period_use {
    MERA_USE_ALL_PERIODS,
    MERA_USE_LATEST,
    MERA_USE_NAMED
} mera_period_use;

/** A plugin asked for. */
typedef struct mera_plugin_use {
    const char *name;
    const char *version;    /**< ">=1.2 <2" or NULL */
    const mera_value *with; /**< parameters or NULL */
    bool drop;              /**< indicators that it fails to make are left out, not an error */
    uint64_t instructions;  /**< per call; 0 = the engine's default */
    size_t memory;          /**< bytes; 0 = default */
    double seconds;         /**< of processor time per call; 0 = default */
    mera_at at;
} mera_plugin_use;

typedef struct mera_variant {
    const char *id;
    mera_title title;
    mera_at at;
} mera_variant;

/** What a factor varies. */
typedef enum mera_factor_kind {
    MERA_FACTOR_CHOICE,  /**< settings take one of some values */
    MERA_FACTOR_RANGE,   /**< settings take a number between bounds */
    MERA_FACTOR_VARIANT, /**< one of some variants is in force */
    MERA_FACTOR_DROP,    /**< indicators are left out */
    MERA_FACTOR_NOISE,   /**< raw values have errors */
    MERA_FACTOR_IMPUTED, /**< imputed values have errors */
} mera_factor_kind;

/** The standard error of an indicator's raw values: a column of the data, else a number. */
typedef struct mera_noise {
    size_t indicator;
    const char *column; /**< NULL = `error` */
    double error;
    mera_at at;
} mera_noise;

/** Something beside the weights that is a matter of choice. */
typedef struct mera_factor {
    const char *id;
    mera_at at;
    mera_factor_kind kind;
    const char *const *path; /**< CHOICE, RANGE: settings that take the same value */
    size_t n_paths;
    const mera_value *const *value; /**< CHOICE */
    const char *const *label;       /**< CHOICE: values as texts; VARIANT: ids, NULL = none */
    size_t n;                       /**< CHOICE, VARIANT: how many */
    double range[2];                /**< RANGE */
    double share;                   /**< DROP: chance of each; 0 = one at a time, or none */
    double times;                   /**< IMPUTED: how many of the imputers' own standard errors */
    const size_t *indicator; /**< DROP: those that may be left out; IMPUTED: that have errors */
    size_t n_indicators;
    const mera_noise *noise; /**< NOISE */
    size_t n_noise;
} mera_factor;

/** `uncertainty:`, how much of the weights is a matter of choice; with defaults where nothing is
 * said. */
typedef struct mera_uncertainty {
    bool said;    /**< the methodology has the key */
    size_t draws; /**< weightings to try */
    double band;  /**< two units are surely in order when one is before the other in this share */
    mera_band_rule bands;  /**< where a band ends */
    size_t top[MERA_TOPS]; /**< chances of being among so many are told */
    size_t n_top;
    const mera_law *law;       /**< per node, of its children's shares */
    const mera_factor *factor; /**< drawn together with the weights */
    size_t n_factors;
} mera_uncertainty;

/** A column of numbers that tells how near two units are. */
typedef struct mera_near {
    const char *column; /**< an indicator's raw values, else a column of the data */
    double weight;
    bool log;
    mera_title title; /**< of a column; both NULL = not given */
    mera_at at;
} mera_near;

/** `similar:`, which units are comparable with one (mera/similar.h). */
typedef struct mera_similar_rules {
    bool said;             /**< the methodology has the key */
    const char *const *by; /**< groupings that have to be the same */
    size_t n_by;
    const mera_near *near; /**< distance is taken in these; none = all of the groups */
    size_t n_near;
    bool clusters;    /**< those of one cluster in the columns of `near` */
    size_t cluster_k; /**< so many; 0 = chosen from 2 to `cluster_most` */
    size_t cluster_most;
    mera_at clusters_at;
    size_t k;     /**< so many nearest; 0 = all */
    size_t least; /**< with fewer in its groups, groups are not looked at */
} mera_similar_rules;

/** Most choices of one setting of a grid. */
enum { MERA_AXIS_CHOICES = 1000 };

/** A setting of a grid and what it is to be, one after the other. */
typedef struct mera_axis {
    const char *path;
    const char *const *choice; /**< as texts of YAML */
    size_t n;
    mera_at at;
} mera_axis;

typedef struct mera_methodology {
    const char *path;
    const char *id, *version;
    mera_title title;
    const char *description;
    const mera_value *tree;    /**< the effective file, each leaf with its origin */
    const char *sha256;        /**< of the effective tree, written canonically */
    const char *stages_sha256; /**< of what data and indicators see of it: where it is the same,
                                    weights and aggregators at most differ */
    const mera_plugin_use *plugin;
    size_t n_plugins;
    const mera_grouping *grouping;
    size_t n_groupings;
    const mera_source *source; /**< data: entries, key/name/period filled in from units: */
    size_t n_sources;
    const mera_recode *codes; /**< changes of codes, of all sources; or NULL */
    const char *const *exclude;
    size_t n_exclude;
    mera_period_use period_use;
    const char *const *period;
    size_t n_periods;
    const mera_indicator *indicator;
    size_t n_indicators;
    const mera_node *node; /**< parents before children: node[0] is the root */
    size_t n_nodes;
    mera_use screen; /**< .op NULL = none */
    mera_use_list checks;
    const char *core; /**< overlays: path of the methodology that stays as it is; or NULL */
    mera_at core_at;
    double core_need; /**< share of the new indicators under a node that a unit must have */
    mera_admission_rules admission; /**< of an overlay; with defaults where nothing is said */
    const mera_classes *classes;
    size_t n_classes;
    mera_ties rank_ties;
    const char *rank_within; /**< a grouping: places inside groups too; or NULL */
    const mera_variant *variant;
    size_t n_variants;
    const mera_axis *axis; /**< of `grid:` */
    size_t n_axes;
    uint64_t seed;
    mera_audit_rules audit; /**< with defaults where nothing is said */
    mera_uncertainty uncertainty;
    mera_similar_rules similar;
} mera_methodology;

/** A change given from outside the file: "framework.health.weight" = "4". */
typedef struct mera_set {
    const char *path, *text;
} mera_set;

/** Reads files for a methodology; lets an embedding program keep them anywhere. */
typedef struct mera_reader {
    mera_code (*read)(void *self, const char *path, size_t limit, mera_at at, mera_arena *arena,
                      mera_diags *diags, const char **bytes, size_t *n);
    void *self;
} mera_reader;

/** The tree of a file after `extends`, one variant (or NULL) and changes. No operation is looked up
 * yet. */
mera_code mera_methodology_resolve(const mera_reader *reader, const char *path, const char *variant,
                                   const mera_set *set, size_t n_set, mera_arena *arena,
                                   mera_diags *diags, const mera_value **out);

/** A setting and what it becomes. */
typedef struct mera_change {
    const char *path;
    mera_at at;
    const mera_value *value;
} mera_change;

/** A resolved tree under a variant (or NULL), then with settings changed. */
mera_code mera_methodology_vary(const mera_value *tree, const char *variant,
                                const mera_change *change, size_t n, mera_arena *arena,
                                mera_diags *diags, const mera_value **out);

/** The plugins a resolved tree asks for, so that they can be loaded before it is bound. */
mera_code mera_methodology_plugins(const mera_value *tree, mera_arena *arena, mera_diags *diags,
                                   const mera_plugin_use **out, size_t *n);

/** The id of problems that only say that a plugin which is asked for is not in the registry.
 * Whoever has said why it is not there may leave them out. */
#define MERA_PLUGIN_NOT_LOADED "plugin-not-loaded"

/** Checks a resolved tree and makes it typed. Every problem is recorded before it returns. */
mera_code mera_methodology_bind(const mera_value *tree, const char *path,
                                const mera_registry *registry, mera_arena *arena, mera_diags *diags,
                                const mera_methodology **out);

/** The effective file as YAML, each leaf's origin in a comment. */
const char *mera_methodology_text(const mera_value *tree, mera_arena *arena);

/** A value as YAML on one line, as `--set` takes it. NULL = no memory. */
const char *mera_methodology_flow(const mera_value *value, mera_arena *arena);

/**
 * Reads choices of a setting: a range "0..5:0.5", its end included when a step hits it, or values
 * between bars, "minmax|zscore"; bars inside quotes and brackets do not count. Of anything else
 * `n` is 0: it is one value. `path` and `at` are given; MERA_EINPUT, recorded, of a range that is
 * none. Lives in `arena`.
 */
mera_code mera_axis_read(const char *text, mera_arena *arena, mera_diags *diags, mera_axis *axis);

/** The JSON Schema of a methodology file, with every operation of the registry. */
const char *mera_methodology_schema(const mera_registry *registry, mera_arena *arena);

size_t mera_methodology_node(const mera_methodology *m, const char *id);      /**< or SIZE_MAX */
size_t mera_methodology_indicator(const mera_methodology *m, const char *id); /**< or SIZE_MAX */

/** The title in a language ("ru" or "en"), else the other one. */
const char *mera_title_in(mera_title title, const char *language);

/**
 * A hash of all that values hang on up to denominating and screening: where it is the same they are
 * the same, whatever is done with them. 64 digits in `arena`.
 */
mera_code mera_methodology_raw_hash(const mera_methodology *m, mera_arena *arena, const char **out);

/** Does an indicator have a step ("impute", "treat", "normalise") in the same way in both, as it is
 * written for itself and for all? */
bool mera_methodology_same_step(const mera_methodology *a, const mera_methodology *b,
                                const char *indicator, const char *step);

#endif
