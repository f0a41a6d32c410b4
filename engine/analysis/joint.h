/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Draws in which everything varies that `uncertainty:` names: weights, settings, variants, errors
 * of the data, indicators left out. A draw is a point: for each factor a number in (0, 1) that
 * picks among its choices, and the number of a draw from its law where it has one. Draws that
 * differ only in weights and in what is left out share a combination: its columns are made once,
 * and each draw is a product of tables, or the framework scored again.
 */
#ifndef MERA_ANALYSIS_JOINT_H
#define MERA_ANALYSIS_JOINT_H

#include "analysis/robust.h"
#include "base/map.h"
#include "base/threads.h"
#include "draws/places.h"
#include "draws/scores.h"
#include "mera/again.h"

enum {
    JOINT_FACTORS = 1024,      /**< at most, the weights among them */
    JOINT_COMBINATIONS = 4096, /**< so many are kept for later draws, */
    JOINT_BYTES = 256 << 20,   /**< and no more than this */
    JOINT_TILES = 8,           /**< tiles that are scored together */
    JOINT_FAILURES = 64,       /**< choices that are told apart */
    JOINT_LENT = 256 << 20,    /**< so much is lent to cousins */
    JOINT_ALL = MERA_N_STAGES, /**< of a key: everything that makes another combination */
};

/** What draws share that differ in weights and left out indicators only. */
typedef struct joint_combination {
    mera_arena *arena;
    mera_arena *table;     /**< of tree and scorer, when it is kept; else they are a worker's */
    mera_project *project; /**< with the settings; NULL = the caller's */
    mera_plan *plan;
    mera_robust_ask ask;
    mera_robust out;
    robust_run run;
    mera_scorer scorer;         /**< by products; else: */
    mera_again *again;          /**< the framework scored anew */
    mera_sampler *sampler;      /**< of its nodes */
    const double *const *noise; /**< errors of its data; NULL = none */
    bool common;                /**< the same samplers as the base's */
    const char *failed;         /**< why there are no scores */
    bool mistake;               /**< its settings do not open */
} joint_combination;

/** What one worker uses again for each combination. */
typedef struct joint_room {
    mera_ranking_space ranking;
    double *y;    /**< scores of JOINT_TILES tiles */
    double *tile; /**< of one, in the order of those with a place */
    mera_arena *work, *scratch;
} joint_room;

typedef struct mera_joint {
    mera_plan *plan;
    const mera_result *result;
    const mera_methodology *m;
    mera_arena *arena;
    mera_pool *pool;
    const mera_kernels *kernels;
    uint64_t seed;
    robust_run base; /**< nothing changed */
    mera_sampler *sampler;
    size_t n_factors; /**< the first is the weights, then those of the methodology */
    bool weights;     /**< they vary */
    bool settings;    /**< so do settings, or the variant */
    bool noisy, ranged, drops;
    bool imputes;         /**< imputed values have errors */
    bool plugins;         /**< some are at work: one thing after the other */
    mera_stage *reach;    /**< per factor: the first stage that it changes; MERA_N_STAGES = none */
    bool *treats;         /**< per factor: it changes how outliers are treated, and nothing else */
    size_t n, *unit;      /**< units with a place as things stand */
    double *reference;    /**< their scores */
    mera_ranking ranking; /**< of them, 16 lanes; with their places as things stand */
    joint_room *room;     /**< per worker */
    mera_map *prepared;   /**< combinations by key */
    joint_combination **combination; /**< by number */
    size_t n_combinations, kept_bytes;
    uint64_t n_prepared;
    mera_map *failures; /**< by choices */
    mera_robust_failure *failure;
    size_t n_failures, failure_room;
} mera_joint;

/** Points of some draws: row * n_factors + factor. */
typedef struct joint_points {
    size_t count;
    const double *u;
    const uint64_t *number;
} joint_points;

/** What comes of some draws, unit by unit of those with a place as things stand. */
typedef struct joint_outcome {
    uint16_t *place;   /**< [row * n + unit]; n + 1 = none */
    uint8_t *tied;     /**< [row]: 1 = units share a place */
    uint32_t *failure; /**< [row]: 0, or 1 + the number of its failure; it has no places */
    double *score;     /**< [row * n + unit]; NaN = none; or NULL: not wanted */
} joint_outcome;

mera_code mera_joint_outcome_new(const mera_joint *joint, size_t rows, mera_arena *arena,
                                 joint_outcome *out);

/** Draws of some combination. */
typedef struct joint_rows {
    const joint_points *points;
    size_t n;
    const size_t *row;
    const struct joint_shares *shares;
    bool here;        /**< on the calling thread, in */
    joint_room *room; /**< its own room; else in everybody's */
    const joint_outcome *out;
} joint_rows;

/** `run` is that of the base, its tree made and its scores set. */
mera_code mera_joint_open(const robust_run *run, mera_joint **out);
void mera_joint_close(mera_joint *joint);

/** Points of draws first .. first + count - 1, each independent of the others. */
void mera_joint_draw(const mera_joint *joint, uint64_t first, size_t count, double *u,
                     uint64_t *number);

/** What comes of points. */
mera_code mera_joint_run(mera_joint *joint, const joint_points *points, joint_outcome *out);

/** Warns where errors of imputed values are asked for and none, or not of all, can be drawn. */
mera_code mera_joint_look_imputed(const mera_joint *joint);
/** The errors of imputed values of a point: a mera_error_fn, whose context is a joint_errors. */
typedef struct joint_errors {
    const mera_joint *joint;
    const uint64_t *number; /**< per factor */
} joint_errors;
void mera_joint_add_errors(const void *errors, const char *indicator, const double *spread,
                           size_t n, double *y);

/** Failures of the draws before, when they are taken up. */
mera_code mera_joint_failed_before(mera_joint *joint, const mera_robust_failure *failure, size_t n);

/** The factor of the methodology with that number from 1. */
const mera_factor *mera_joint_factor(const mera_joint *joint, size_t f);
/** Which choice a number in (0, 1) picks. */
size_t mera_joint_pick(double u, size_t n);

/* ---- parts ---- */

/** Choices as numbers, n_factors of them, of factors that change stages up to one (JOINT_ALL: all):
 * draws that share them have the same. */
void mera_joint_key(const mera_joint *joint, const joint_points *points, size_t row, unsigned stage,
                    uint64_t *key);
/** Which stage each factor changes first. */
mera_code mera_joint_reach(mera_joint *joint);

/** Whose columns are taken over up to a stage. */
typedef struct joint_lender {
    const joint_combination *c; /**< NULL = nobody's */
    mera_stage same;
} joint_lender;

/** How a combination is prepared. */
typedef struct joint_way {
    joint_lender lender;
    bool here; /**< on this thread alone, so that several may be at the same time */
    const joint_combination *cousin; /**< of the same choices but for how outliers are treated:
                                          equal columns are taken over; NULL = none */
    bool lends;                      /**< it is a cousin of others */
    bool pack;         /**< the scorer's panels are made once: many draws are to come */
    mera_arena *table; /**< tree and scorer go there; NULL = they stay with it */
} joint_way;

/** The combination of a point, prepared; `row` of the points. */
mera_code mera_joint_prepare(const mera_joint *joint, const joint_points *points, size_t row,
                             const joint_way *way, joint_combination **out);
/** When a choice of a point does not open by itself, the error that says so. */
mera_code mera_joint_blame(const mera_joint *joint, const joint_points *points, size_t row);
/** A failed draw: its number + 1 in *failure. */
mera_code mera_joint_fail(mera_joint *joint, const joint_points *points, size_t row,
                          const char *reason, uint32_t *failure);
/** With what a combination is scored, but for columns that it shares. `errors` must outlive it. */
mera_score_with mera_joint_with(const mera_joint *joint, const joint_combination *c,
                                const joint_errors *errors, bool here);
void mera_joint_forget(joint_combination *combination);

/** Shares of the base's nodes in the tiles of draws that points ask for. */
typedef struct joint_shares {
    size_t n;
    uint64_t *tile; /**< rising */
    size_t *at;     /**< of each node, in a tile's shares */
    size_t size;    /**< of a tile's */
    double *share;
} joint_shares;

mera_code mera_joint_shares(const mera_joint *joint, const joint_points *points, mera_arena *arena,
                            joint_shares *out);
/** Shares of 16 rows from `at`, share[v][c * 16 + lane], after leaving out; `left` is room. */
void mera_joint_lanes(const mera_joint *joint, const joint_combination *c, const joint_rows *rows,
                      size_t at, mera_walk *walk, double *const *share, double *spare);
/** Room for that: numbers of `spare`, and walks of the nodes. */
size_t mera_joint_spare(const joint_combination *c);
mera_code mera_joint_walks(const robust_run *run, mera_arena *arena, mera_walk **out);
/** The same, with room for it in the arena. */
mera_code mera_joint_lanes_new(const mera_joint *joint, const joint_combination *c,
                               const joint_rows *rows, size_t at, mera_arena *arena,
                               double ***share);
/** Is the indicator of that id left out in a draw? */
bool mera_joint_left_out(const mera_joint *joint, const joint_points *points, size_t row,
                         const char *id);
/** Per indicator of a combination: 1 = left out in a draw; NULL where nothing ever is. */
mera_code mera_joint_left_outs(const mera_joint *joint, const joint_combination *c,
                               const joint_points *points, size_t row, mera_arena *arena,
                               const uint8_t **out);
/** Calls `fn` for each tile of rows: side by side as mera_again_each(), or one after the other in
 * the rows' own room where they are `here`. */
mera_code mera_joint_tiles(const mera_again *again, const joint_rows *rows, mera_again_fn fn,
                           void *context);
/** Scores and places of rows of a combination. */
mera_code mera_joint_products(const mera_joint *joint, const joint_combination *c,
                              const joint_rows *rows);
mera_code mera_joint_anew(const mera_joint *joint, const joint_combination *c,
                          const joint_rows *rows);

#endif
