/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Private to the weighers: children by name, tables of judgements, and the refusals they share.
 */
#ifndef MERA_OPS_WEIGHT_SUPPORT_H
#define MERA_OPS_WEIGHT_SUPPORT_H

#include "mera/op.h"
#include "ops/covariance.h"

/** A map of children's names to numbers, {air: 20, income: 80}. */
#define MERA_WEIGH_MAP(rec, field, def, lo, hi, u, h)                              \
    {                                                                              \
        .name = #field, .type = MERA_PARAM_BANDS, .offset = offsetof(rec, field),  \
        .fallback_text = (def), .min = (lo), .max = (hi), .unit = (u), .help = (h) \
    }
/** A list of texts: rows of judgements, statements, names. */
#define MERA_WEIGH_TEXTS(rec, field, must, h)                                           \
    {                                                                                   \
        .name = #field, .type = MERA_PARAM_TEXT_LIST, .offset = offsetof(rec, field),   \
        .required = (must), .fallback_text = (must) ? NULL : "[]", .min_items = (must), \
        .help = (h)                                                                     \
    }
/** The name of a child, or of a column. */
#define MERA_WEIGH_NAME(rec, field, kind, h)                                              \
    {                                                                                     \
        .name = #field, .type = (kind), .offset = offsetof(rec, field), .required = true, \
        .help = (h)                                                                       \
    }

/** What every function here needs to speak of the call it serves. */
typedef struct mera_weighing {
    const mera_op *op;
    mera_op_ctx *ctx;
    const mera_children *in;
} mera_weighing;

enum { MERA_WEIGH_TEXT_SIZE = 80 };

/** "'air'", or "number 3" (from 1) when names are not at hand; cut to fit. */
const char *mera_weigh_child(const mera_weighing *call, size_t j, char out[MERA_WEIGH_TEXT_SIZE]);

/** A node with one child: its weight is 1, whatever the method. True when that was written. */
bool mera_weigh_alone(const mera_weighing *call, double *w);

/** Divides by the sum. An error when nothing is above 0 or something is not a number. */
mera_code mera_weigh_finish(const mera_weighing *call, double *w);

/* ---- children by name ---- */

/** Writes the number of the child named `name`, or says that `key` names no child. */
mera_code mera_weigh_find(const mera_weighing *call, const char *key, const char *name, size_t *j);

/**
 * Writes a map of names to numbers, {air: 20, income: 80}, into out[k]. With `all` every child must
 * be named; else those that are not get `absent`.
 */
mera_code mera_weigh_named(const mera_weighing *call, const char *key, const mera_bands *map,
                           bool all, double absent, double *out);

/** One row of a table of judgements: "Anna: 20 30 50", "1 1/3 5"; commas may stand for blanks. */
typedef struct mera_judgements {
    size_t rows, columns;
    const char **label; /**< per row, or NULL where none stands */
    double *v;          /**< rows x columns */
} mera_judgements;

/** Reads a list of rows; all of one length. Says which row is wrong; needs no data. */
mera_code mera_judgements_read(const mera_op *op, mera_op_ctx *ctx, const char *key,
                               const mera_text_list *rows, mera_judgements *out);

/* ---- data ---- */

/** Covariances of the children; refuses too few units and columns that do not vary. */
mera_code mera_weigh_covariance(const mera_weighing *call, mera_cases cases, size_t least_units,
                                mera_covariance *out);

/** Refuses a value below 0 (`positive`: or 0), naming child, unit and the way out. */
mera_code mera_weigh_check_sign(const mera_weighing *call, bool positive);

/** The children's columns rescaled to 0..1 over their present values; a constant one gives 0. */
mera_code mera_weigh_unit_range(const mera_weighing *call, double **columns);

/** A child's column does not vary: an error that names it. */
mera_code mera_weigh_refuse_constant(const mera_weighing *call, size_t j);

/** Says that the solver gave up. */
mera_code mera_weigh_refuse_solver(const mera_weighing *call, mera_code rc);

/** What to do with weights below 0, for methods that may give them. */
typedef enum mera_negative_rule {
    MERA_NEGATIVE_ERROR,     /**< refuse, naming the children */
    MERA_NEGATIVE_ZERO,      /**< set them to 0 and warn */
    MERA_NEGATIVE_CONSTRAIN, /**< solve again with weights of 0 or more and warn: the caller does */
} mera_negative_rule;

extern const char *const mera_negative_names[];

/** Are weights below 0? Speaks of them under the rule; with ERROR returns the error. */
mera_code mera_weigh_negative(const mera_weighing *call, mera_negative_rule rule, double *w,
                              bool *some);

/**
 * The two columns of x[k][n] (by columns, no gaps) that go together most, by Pearson's correlation:
 * who to name when children depend on each other. Columns that do not vary take no part.
 */
double mera_weigh_nearest_pair(const double *x, size_t k, size_t n, size_t *a, size_t *b);

#endif
