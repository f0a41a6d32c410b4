/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What `mera score` says beside what a publisher printed. Every published value is compared; how
 * many there are is part of the test, so a comparison cannot pass by finding nothing.
 */
#ifndef MERA_TEST_PUBLISHED_H
#define MERA_TEST_PUBLISHED_H

#include <stdbool.h>

#include "table.h"

/** One published column and where its values stand in the long CSV of `mera score`. */
typedef struct published_column {
    const char *node;      /**< node or indicator */
    const char *output;    /**< "score", "aggregate", "rank" or "class" */
    const char *period;    /**< NULL: the published table's own, or the only one */
    const char *published; /**< column of the published table */
    size_t expected;       /**< number of published values */
    double tolerance;      /**< 0: the same number, or the same text when it is none */
} published_column;

/** An index: what is run, what it is compared with. */
typedef struct published_index {
    const char *name;       /**< folder under methodologies/ */
    const char *data;       /**< under ../shared/data/ */
    const char *table;      /**< published file under ../shared/data/ */
    const char *key[2];     /**< its columns that make the unit's key */
    const char *period;     /**< its column with the period, or NULL */
    const char *missing[2]; /**< how it prints «no value»; "" always is one */
    const published_column *column;
    size_t n_columns;
    bool indicators; /**< ask for the rows of indicators too */
    int (*more)(const table *scores, const table *published, const char *shared); /**< or NULL */
} published_index;

/** Compares one column. Prints the first differences; returns their number, 0 when all agree. */
int published_compare(const published_index *index, const published_column *column,
                      const table *scores, const table *published);

/** BLI: each published topic score lies in the interval that the printed digits allow. */
int published_bli(const table *scores, const table *published, const char *shared);

/** GHI: scores printed as "<5". */
int published_ghi(const table *scores, const table *published, const char *shared);

/** ИКГС: favourable cities, and their number as printed by the ministry. */
int published_ikgs(const table *scores, const table *published, const char *shared);

#endif
