/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What COINr calls a coin or, over periods, a purse: units and indicators, the framework above
 * them, and the data sets that its functions made, by name.
 */
#ifndef CONFORMANCE_COIN_H
#define CONFORMANCE_COIN_H

#include "ops.h"

/** A row of iMeta. */
typedef struct meta {
    const char *code, *name, *parent, *unit, *denominator, *type; /**< NULL = not given */
    int level;                                                    /**< 0 = not in the framework */
    double direction, weight, target;
    size_t row; /**< in the file */
} meta;

/** A data set: rows are units, in a purse units of one period after another. */
typedef struct frame {
    const char *name;
    size_t n, k, n_blocks;
    const size_t *unit, *time; /**< of each row, in the dataset */
    const char *const *key;    /**< uCode of each row; byte order inside a block */
    const size_t *block;       /**< first row of each period, and n at the end */
    const char **code;         /**< of each column */
    double **x;
} frame;

/** A named set of weights. */
typedef struct weights {
    const char *name;
    size_t n;
    const char **code;
    double *w;
} weights;

enum { FRAMES_MAX = 32, WEIGHTS_MAX = 64, LEVELS_MAX = 32 };

typedef struct coin {
    run *r;
    const mera_dataset *data;
    const csv *imeta;
    meta *meta; /**< by level, then parent; what is outside the framework comes last */
    size_t n_meta;
    size_t n_levels;
    const char *level_name[LEVELS_MAX + 1]; /**< from 1 */
    bool purse;
    frame *frame[FRAMES_MAX];
    size_t n_frames;
    weights weight[WEIGHTS_MAX];
    size_t n_weights;
} coin;

/** new_coin(iData, iMeta, ...) with the arguments of the step. */
mera_code coin_new(run *r, const json_t *args, coin **out);

const meta *coin_meta(const coin *c, const char *code); /**< or NULL */
/** The ancestor of an indicator or aggregate at a level, itself included; NULL = none. */
const char *coin_ancestor(const coin *c, const char *code, int level);
bool coin_is(const meta *m, const char *type); /**< "Indicator", "Aggregate", "Group", ... */

mera_code coin_frame(coin *c, const char *dset, const frame **out); /**< or MERA_EINPUT */
const double *frame_column(const frame *f, const char *code);       /**< or NULL */
/** A data set with the rows of another and room for k columns, all missing; kept under `name`. */
frame *coin_frame_new(coin *c, const char *name, const frame *rows, size_t k);
/** A data set of some rows of another (keep[n]), with its columns. */
frame *coin_frame_kept(coin *c, const char *name, const frame *from, const uint8_t *keep);

/** A number of a unit that is no indicator (a denominator) by row; NULL = no such column. */
double *coin_outside(const coin *c, const frame *rows, const char *name);
/** A text of a unit (a group) by row; NULL = no such column. */
const char **coin_group(const coin *c, const frame *rows, const char *name);

/** Adds a column beside the indicators (uName, a group, a denominator) of units to a table. */
mera_code coin_beside(const coin *c, const frame *rows, const char *const *key, size_t n,
                      const char *name, table *out);

/** Named weights; NULL or absent = those of iMeta. */
mera_code coin_weights(coin *c, const char *name, const weights **out);
/** Keeps a copy of a set under a name, in the place of an older one; NULL: does nothing. */
mera_code coin_weights_add(coin *c, const char *name, const weights *w);
double weights_of(const weights *w, const char *code); /**< NaN = none */
/** Weights from a file with iCode and a column of weights. */
mera_code weights_read(run *r, const json_t *named, const char *column, weights *out);

/** The data set as a table: uCode, in a purse Time before it, and the columns from `first` on. */
table *frame_table(const coin *c, const frame *f, size_t first);

/**
 * COINr's get_data(): the codes of a data set at a level (0 = any), within `codes`, which name
 * columns or their ancestors (NULL = all). Ordered as the data set.
 */
typedef struct selection {
    size_t n;
    const char **code;
    const double **x;
} selection;
selection coin_select(const coin *c, const frame *f, const json_t *codes, int level);

#endif
