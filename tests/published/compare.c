/* SPDX-License-Identifier: Apache-2.0 */
/** @file See published.h: one published column against the scores. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "published.h"

static bool compare_missing(const published_index *index, const char *text)
{
    for (size_t i = 0; i < 2; i++) {
        if (index->missing[i] != NULL && strcmp(index->missing[i], text) == 0) {
            return true;
        }
    }
    return *text == '\0';
}

/** The published value differs from the computed one. */
static bool compare_differs(const char *published, const char *computed, double tolerance)
{
    char *published_end;
    char *computed_end;
    const double p = strtod(published, &published_end);
    const double c = strtod(computed, &computed_end);

    if (*published_end != '\0') { /* a class, in words */
        return strcmp(published, computed) != 0;
    }
    if (*computed == '\0' || *computed_end != '\0') {
        return true;
    }
    return tolerance == 0 ? p != c : !(fabs(p - c) <= tolerance);
}

static void compare_key(const published_index *index, const table *published, size_t row,
                        const char *period, char *key, size_t room)
{
    const char *second = index->key[1] == NULL
                             ? NULL
                             : table_at(published, row, table_column(published, index->key[1]));
    const char *own = index->period == NULL
                          ? period
                          : table_at(published, row, table_column(published, index->period));

    snprintf(key, room, "%s%s%s", table_at(published, row, table_column(published, index->key[0])),
             second == NULL ? "" : " / ", second == NULL ? "" : second);
    if (own != NULL) {
        const size_t used = strlen(key);
        snprintf(key + used, room - used, " / %s", own);
    }
}

/** Rows of one node: unit and, when asked for, period. Others stay unfindable by the node's name.
 */
static table_index *compare_index(const table *scores, bool by_period)
{
    const size_t columns[3] = {table_column(scores, "node"), table_column(scores, "unit"),
                               table_column(scores, "period")};
    return table_index_new(scores, columns, by_period ? 3 : 2);
}

int published_compare(const published_index *index, const published_column *column,
                      const table *scores, const table *published)
{
    const bool by_period = column->period != NULL || index->period != NULL;
    table_index *rows = compare_index(scores, by_period);
    const size_t output = table_column(scores, column->output);
    const size_t value = table_column(published, column->published);
    size_t n = 0;
    int wrong = 0;

    for (size_t i = 0; i < table_rows(published); i++) {
        const char *text = table_at(published, i, value);
        const bool none = compare_missing(index, text);
        char unit[400];
        char key[512];

        if (*text == '<') { /* censored: looked at apart */
            continue;
        }
        compare_key(index, published, i, column->period, unit, sizeof unit);
        snprintf(key, sizeof key, "%s / %s", column->node, unit);
        const size_t row = table_index_find(rows, key);
        const char *computed = row == SIZE_MAX ? "no such row" : table_at(scores, row, output);
        n += none ? 0 : 1;
        if (none ? *computed != '\0' : compare_differs(text, computed, column->tolerance)) {
            if (wrong++ < 5) {
                printf("  %s %s of %s: published '%s', computed '%s'\n", column->node,
                       column->output, unit, text, computed);
            }
        }
    }
    table_index_free(rows);
    printf("%-14s %-10s %-14s %6zu published, %d differ\n", column->node, column->output,
           column->published, n, wrong);
    if (n != column->expected) {
        printf("  expected %zu published values\n", column->expected);
        return wrong + 1;
    }
    return wrong;
}
