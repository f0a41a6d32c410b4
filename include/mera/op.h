/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Operations are data: every step of the pipeline is one `const` descriptor, built in or from a
 * plugin. The binder, `mera ops`, the reference pages and the JSON Schema derive from it.
 *
 * Fit and apply are two calls. A fitted operation first learns its numbers from a reference set
 * and then applies them to a column, which may be another one: another group, another period.
 */
#ifndef MERA_OP_H
#define MERA_OP_H

#include "mera/error.h"
#include "mera/value.h"

/** The steps of the pipeline, in their order. An operation belongs to one. */
typedef enum mera_step {
    MERA_STEP_DERIVE,
    MERA_STEP_DENOMINATE,
    MERA_STEP_SCREEN,
    MERA_STEP_IMPUTE,
    MERA_STEP_TREAT,
    MERA_STEP_NORMALISE,
    MERA_STEP_WEIGHT,
    MERA_STEP_AGGREGATE,
    MERA_STEP_CLASSIFY,
    MERA_STEP_CHECK, /**< changes nothing: looks at data and scores and says what it finds */
    MERA_N_STEPS,
} mera_step;

/** "derive", "denominate", ...: the prefix of an operation's name and the key in `steps:`. */
const char *mera_step_name(mera_step step);

/* ---- parameters ------------------------------------------------------------------------- */

typedef enum mera_param_type {
    MERA_PARAM_F64,    /**< double; `null` gives NaN when `nullable` */
    MERA_PARAM_INT,    /**< int64_t */
    MERA_PARAM_BOOL,   /**< bool */
    MERA_PARAM_ENUM,   /**< int: index into `choices` */
    MERA_PARAM_TEXT,   /**< const char * */
    MERA_PARAM_COLUMN, /**< const char *: name of an indicator or data column, resolved by the plan;
                            its values reach the operation as mera_op_ctx.input[i] */
    MERA_PARAM_F64_LIST,  /**< mera_f64_list */
    MERA_PARAM_TEXT_LIST, /**< mera_text_list */
    MERA_PARAM_BANDS,     /**< mera_bands: a map label -> number, in the order written */
} mera_param_type;

typedef struct mera_f64_list {
    size_t n;
    const double *v;
} mera_f64_list;

typedef struct mera_text_list {
    size_t n;
    const char *const *v;
} mera_text_list;

typedef struct mera_bands {
    size_t n;
    const char *const *label;
    const double *from;
} mera_bands;

/** One parameter of an operation: a field of its parameter struct. */
typedef struct mera_param {
    const char *name; /**< the YAML key; equals the field's name */
    mera_param_type type;
    size_t offset;
    bool required;             /**< no default: must be given */
    bool nullable;             /**< F64 only: `null` is allowed and gives NaN */
    double fallback;           /**< default of F64, INT, BOOL (0 or 1), ENUM (index) */
    const char *fallback_text; /**< default of TEXT and COLUMN (may be NULL), and of lists and bands
                                    as YAML flow text, "[0, 100]" */
    double min, max; /**< inclusive; for lists of numbers, of each number; both 0 = no limit */
    size_t min_items, max_items; /**< of lists; max 0 = no limit */
    const char *const *choices;  /**< ENUM: NULL-terminated */
    const char *unit;            /**< unit of measure of the value, or NULL */
    const char *help;            /**< one phrase, lower case, no full stop */
} mera_param;

#define MERA_F64(rec, field, def, lo, hi, u, h)                                                    \
    {                                                                                              \
        .name = #field, .type = MERA_PARAM_F64, .offset = offsetof(rec, field), .fallback = (def), \
        .min = (lo), .max = (hi), .unit = (u), .help = (h)                                         \
    }
#define MERA_INT(rec, field, def, lo, hi, h)                                                       \
    {                                                                                              \
        .name = #field, .type = MERA_PARAM_INT, .offset = offsetof(rec, field), .fallback = (def), \
        .min = (lo), .max = (hi), .help = (h)                                                      \
    }
#define MERA_BOOL(rec, field, def, h)                                            \
    {                                                                            \
        .name = #field, .type = MERA_PARAM_BOOL, .offset = offsetof(rec, field), \
        .fallback = (def), .max = 1, .help = (h)                                 \
    }
#define MERA_ENUM(rec, field, def, names, h)                                     \
    {                                                                            \
        .name = #field, .type = MERA_PARAM_ENUM, .offset = offsetof(rec, field), \
        .fallback = (def), .choices = (names), .help = (h)                       \
    }
/** A list of `count` numbers, "[0, 100]". */
#define MERA_PAIR(rec, field, def, lo, hi, u, h)                                          \
    {                                                                                     \
        .name = #field, .type = MERA_PARAM_F64_LIST, .offset = offsetof(rec, field),      \
        .fallback_text = (def), .min = (lo), .max = (hi), .min_items = 2, .max_items = 2, \
        .unit = (u), .help = (h)                                                          \
    }
#define MERA_PARAMS_END \
    {                   \
        .name = NULL    \
    }

/* ---- what an operation is given --------------------------------------------------------- */

/** A text of each unit: a grouping or an attribute. */
typedef struct mera_labels {
    const char *name;
    const int32_t *code; /**< n codes into `level`; -1 = missing */
    const char *const *level;
    size_t n_levels;
} mera_labels;

/**
 * What an indicator's computation may look at besides the cells of its columns in the period under
 * way. Borrowed until the call returns.
 */
typedef struct mera_around {
    size_t n;                     /**< units */
    const char *const *unit_key;  /**< or NULL */
    const char *const *unit_name; /**< or NULL */
    const mera_labels *labels;    /**< in the order of mera_op.attributes */
    size_t n_labels;
    size_t n_periods; /**< that can be looked at, in ascending order */
    size_t period;    /**< the one under way */
    const char *const *period_label;
    const double *const *past; /**< past[column * n_periods + period][unit], columns in the
                                    order of mera_op_ctx.input; NULL = only the one under way */
    uint64_t seed;             /**< the methodology's */
} mera_around;

/** Which way an indicator is good. */
typedef enum mera_direction { MERA_HIGHER = 1, MERA_LOWER = -1, MERA_TARGET = 0 } mera_direction;

/**
 * What surrounds a call. Borrowed until the call returns.
 *
 * Normalisers, weighers and aggregators get *directed* values: higher is better. For an indicator
 * of direction `lower` that is -x; for a target range it is minus the distance to the range.
 * Imputers, denominators and treaters get values as they stand in the source, and `direction`.
 */
typedef struct mera_op_ctx {
    mera_diags *diags;
    mera_at at;          /**< where the methodology asks for the operation */
    mera_arena *arena;   /**< for results: fitted values. Also scratch; rewound by the caller */
    const char *subject; /**< "indicator 'air'" or "node 'health'", for messages */
    mera_direction direction;
    double goalpost[2]; /**< the indicator's goalposts, *directed* and ordered lo < hi when the
                             step gets directed values, else as written; NaN = not given */
    const double *const
        *input; /**< columns named by COLUMN parameters, in table order, each n long */
    size_t n_inputs;
    const int32_t *group;          /**< for table-wise operations: group code per unit, or NULL */
    const char *const *unit_name;  /**< names of the n units of the call, for messages; or NULL */
    const char *const *unit_key;   /**< keys of the n units of the call, where a parameter names
                                      units;   or NULL */
    const char *const *child_name; /**< aggregators and weighers: ids of the k children; table-wise
                                        operations: of the k columns; or NULL */
    const size_t *child_leaves; /**< weighers: indicators at or below each child; or NULL: one each
                                 */
    const mera_direction *child_direction; /**< table-wise: of the k columns; NULL = all higher */
    const uint8_t *fill;   /**< table-wise imputers: the columns to fill (the others are only looked
                                at); NULL = all */
    double *const *spread; /**< imputers of tables and periods: where the standard error of what is
                                filled goes, at the places of y; NULL = nobody asks. It comes full
                                of NaN, which stays where no error is known */
    uint64_t seed;         /**< the methodology's seed */
    const mera_around *around;  /**< derive and check: units, texts and periods; or NULL */
    const double *const *score; /**< check: scores of the nodes in mera_op.scores, each n long */
} mera_op_ctx;

/** Numbers learned from a reference set. The first ones are named in mera_op.fitted. */
typedef struct mera_fitted {
    double *v;
    size_t n;
    double spread; /**< imputers: the standard error of what is filled; NaN = not known */
} mera_fitted;

/** What an aggregator gets: k children over n units. */
typedef struct mera_children {
    size_t n;               /**< units */
    size_t k;               /**< children */
    const double *const *x; /**< x[j][i], directed, missing is NaN */
    const double *w;        /**< k weights, >= 0, as the methodology gives them */
    double total;           /**< what sums of weights are divided by: sum of w in the order of
                                 children, or 1 when the methodology takes weights as given */
} mera_children;

typedef struct mera_op mera_op;

/** Looks at parameters that depend on each other; sees no data. May be NULL. */
typedef mera_code (*mera_check_fn)(const mera_op *op, const void *params, mera_op_ctx *ctx);

/**
 * Learns from the reference sample x[n] (missing is NaN). Returns MERA_EINPUT through mera_fail()
 * when the sample does not allow it (constant, empty), naming ctx->subject.
 */
typedef mera_code (*mera_fit_fn)(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                 const double *x, size_t n, mera_fitted *out);

/**
 * Writes y[n] from x[n]; y may be x. Missing stays missing except for imputers. `fitted` is what
 * fit() made, or NULL for operations without fit.
 */
typedef mera_code (*mera_apply_fn)(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                   const mera_fitted *fitted, const double *x, size_t n, double *y);

/**
 * Table-wise: k columns at once, x[j][n] -> y[j][n] (imputation by regression, EM, neighbours);
 * y[j] is none of the x, and is x[j] where nothing was filled. The parameters of such an operation
 * begin with a mera_table_params (ops/impute/table.h), which says to the plan which columns it
 * sees.
 */
typedef mera_code (*mera_table_fn)(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                   const double *const *x, size_t k, size_t n, double *const *y);

/**
 * Over the periods of one column: x[p][n] -> y[p][n], periods in ascending order; y[p] is none of
 * the x. `when` holds the periods as numbers (their labels where all are numbers, else 0, 1, 2,
 * ...). from[p][i], when `from` is not NULL, becomes the number of the period that the value comes
 * from: p itself where nothing was filled, -1 where it is made of several.
 */
typedef mera_code (*mera_panel_fn)(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                   const double *const *x, const double *when, size_t n_periods,
                                   size_t n, double *const *y, int32_t *const *from);

/** Writes w[k] from the children's directed, normalised columns. */
typedef mera_code (*mera_weigh_fn)(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                   const mera_children *in, double *w);

/**
 * Writes y[n] from the children. Children missing at a unit are left out there and the weights of
 * the present ones rescaled; a unit without any present child (of weight > 0) is missing. Stricter
 * rules are the plan's.
 */
typedef mera_code (*mera_aggregate_fn)(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                       const mera_children *in, double *y);

/** A monotone map of a quasi-arithmetic mean, y[i] = f(x[i]); y may be x. */
typedef void (*mera_map_fn)(const void *params, const double *x, size_t n, double *y);

/** Says which units and columns stay: writes keep_unit[n] and keep_column[k] (0 or 1). */
typedef mera_code (*mera_screen_fn)(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                    const double *const *x, size_t k, size_t n, uint8_t *keep_unit,
                                    uint8_t *keep_column);

/** Writes the class of each unit (index into *labels, -1 = missing) from its score and rank. */
typedef mera_code (*mera_classify_fn)(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                      const double *score, const double *rank, size_t n,
                                      int32_t *class_of, mera_text_list *labels);

/** Something that a check found. */
typedef struct mera_op_finding {
    mera_severity severity;
    const char *text;  /**< one sentence without a full stop */
    const char *units; /**< which units are meant, "A, B, … (7 units)"; or NULL */
} mera_op_finding;

typedef struct mera_op_findings {
    size_t n;
    const mera_op_finding *v;
} mera_op_findings;

/** Looks at columns by name (mera_op_ctx.input, in the order of reads) and at scores of nodes. */
typedef mera_code (*mera_examine_fn)(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                     size_t n, mera_op_findings *out);

/** Columns by name for a derived indicator (mera_op_ctx.input holds them in the order of reads). */
typedef mera_code (*mera_derive_fn)(const mera_op *op, const void *params, mera_op_ctx *ctx,
                                    size_t n, double *y);

enum {
    MERA_OP_SERIAL = 1, /**< must not run on two threads at once (Lua) */
    MERA_OP_UNDIRECTED =
        2, /**< normaliser that wants x as it stands and minds ctx->direction itself */
    MERA_OP_POSITIVE = 4,   /**< aggregator that has no answer for values <= 0 */
    MERA_OP_POPULATION = 8, /**< aggregator or classifier whose answer for a unit depends on the
                                 other units of the call: it has none for rows taken one by one */
    MERA_OP_COSTLY = 16,    /**< aggregator that solves a program for each unit or all orders: what
                                 runs it many times runs it fewer times */
    MERA_OP_PERIODS = 32,   /**< derive: looks at other periods too (mera_around.past) */
    MERA_OP_GIVEN = 64,     /**< derive: nobody can change it, as climate */
};

/** An operation. Everything a user or the engine can know of it stands here. */
struct mera_op {
    const char *name; /**< "normalise.minmax"; unique */
    mera_step step;
    int version;              /**< raised when the same input may give another number */
    const char *summary;      /**< one sentence */
    const char *formula;      /**< plain text */
    const char *nulls;        /**< what it does with missing values */
    const char *conventions;  /**< conventions in force, or NULL */
    const char *spread;       /**< imputers: the standard error of what is filled; NULL = none is
                                   known */
    const char *source;       /**< the publication it follows */
    const mera_param *params; /**< ends with MERA_PARAMS_END; NULL = none */
    size_t params_size;
    const char *const *fitted; /**< names of the first fitted numbers, NULL-terminated; or NULL */
    unsigned flags;
    mera_check_fn check;
    mera_fit_fn fit;
    mera_apply_fn apply;
    mera_table_fn table;
    mera_panel_fn panel;
    mera_weigh_fn weigh;
    mera_aggregate_fn aggregate; /**< or transform and inverse, never both */
    mera_map_fn transform, inverse;
    mera_screen_fn screen;
    mera_classify_fn classify;
    mera_derive_fn derive;
    mera_examine_fn examine;
    const char *const *reads;        /**< derive, check: columns it may see, NULL-terminated */
    const char *const *scores;       /**< check: ids of nodes whose scores it may see, likewise */
    const char *const *attributes;   /**< derive: texts of units it may see (groupings of the
                                          methodology or fields of the data), NULL-terminated */
    const char *unit;                /**< derive: unit of measure of the result */
    mera_direction direction;        /**< derive: declared direction; 0 = not declared */
    double range[2];                 /**< derive: declared range; NaN = none */
    const char *title_ru, *title_en; /**< derive: declared titles or NULL */
    const char *plugin;              /**< id of the plugin it came from; NULL = built in */
    const char *plugin_version;      /**< of that plugin, "1.2.0"; or NULL */
    void *impl;                      /**< the plugin's own */
};

/* ---- the registry ----------------------------------------------------------------------- */

/** The operations an engine knows: all built-in ones and those of its plugins. */
typedef struct mera_registry mera_registry;

/** A registry in `arena` holding every built-in operation, sorted by name. */
mera_code mera_registry_new(mera_arena *arena, mera_registry **out);

/** Adds an operation (of a plugin). MERA_EINPUT when the name is taken or malformed. */
mera_code mera_registry_add(mera_registry *registry, const mera_op *op, mera_diags *diags);

/** The operation of a step by its short name ("minmax") or, with any step, by its full name. */
const mera_op *mera_registry_find(const mera_registry *registry, mera_step step, const char *name);

size_t mera_registry_size(const mera_registry *registry);
const mera_op *mera_registry_get(const mera_registry *registry, size_t index);

/**
 * Fills a parameter struct from a YAML map: defaults first, then the given keys, each checked for
 * type and range; then the operation's own check. Keys in `common` (NULL-terminated; "op", "by",
 * ...) are the caller's and skipped. `given` may be NULL, a scalar or a map. All problems are
 * recorded before the function returns.
 */
mera_code mera_op_bind(const mera_op *op, const mera_value *given, const char *const *common,
                       mera_at at, mera_arena *arena, mera_diags *diags, void **out);

/**
 * y[n] from the children by an aggregator, whether it is a quasi-arithmetic mean or has a function
 * of its own. Scratch comes from ctx->arena.
 */
mera_code mera_op_aggregate(const mera_op *op, const void *params, mera_op_ctx *ctx,
                            const mera_children *in, double *y);

#endif
