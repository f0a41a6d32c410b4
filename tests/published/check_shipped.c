/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * check_shipped NAME: scores a methodology that ships with data and works its numbers out again
 * from the data by another, slower road: the index from the directions, places, places inside
 * groups, and one indicator from raw cells to points.
 */
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run.h"
#include "table.h"

enum { SHIPPED_UNITS = 300, SHIPPED_NODES = 16 };

/** What is known of a shipped methodology: the numbers of its file, copied by hand. */
typedef struct shipped {
    const char *name, *data, *key, *group, *root;
    const char *node[SHIPPED_NODES];
    double weight[SHIPPED_NODES];
    double min_present;
    size_t n_ranked;
    const char *first, *last;                /**< names */
    const char *count, *per, *points, *with; /**< indicator: count / per, lower is better; the
                                                  group whose median fills gaps, or NULL */
} shipped;

static const shipped shipped_all[] = {
    {.name = "world-quality-of-life",
     .data = "data/factbook.csv",
     .key = "code",
     .group = "region",
     .root = "world",
     .node = {"income_work", "health", "education", "services", "environment", "connectivity",
              "equality", "stability", "demography"},
     .weight = {4, 4, 3, 3, 2, 2, 1, 1, 1},
     .min_present = 0.75,
     .n_ranked = 187,
     .first = "Norway",
     .last = "Central African Republic",
     .count = "dependency",
     .points = "dependency"},
    {.name = "company-towns",
     .data = "data/generated_towns_2024.csv",
     .key = "code",
     .group = "size",
     .root = "qol",
     .node = {"housing", "income_work", "health", "education", "mobility", "development", "ecology",
              "safety", "community", "work_leisure", "civic_rights", "overall"},
     .weight = {10, 10, 12, 10, 7, 8, 10, 8, 6, 6, 6, 7},
     .min_present = 0.5,
     .n_ranked = 115,
     .first = "Старологовск",
     .last = "Яснокарьеринск",
     .count = "crimes",
     .per = "population",
     .points = "crimes",
     .with = "size"},
};

/** The scores, the data, and for each unit of the data its row of each. */
typedef struct shipped_run {
    const shipped *s;
    table *scores, *data;
    table_index *rows;
    size_t n;
    int wrong;
} shipped_run;

static double shipped_number(const char *text)
{
    return *text == '\0' ? NAN : strtod(text, NULL);
}

static const char *shipped_text(const shipped_run *run, const char *node, size_t unit,
                                const char *column)
{
    char key[256];
    snprintf(key, sizeof key, "%s / %s", node,
             table_at(run->data, unit, table_column(run->data, run->s->key)));
    const size_t row = table_index_find(run->rows, key);
    return row == SIZE_MAX ? "" : table_at(run->scores, row, table_column(run->scores, column));
}

static double shipped_score(const shipped_run *run, const char *node, size_t unit)
{
    return shipped_number(shipped_text(run, node, unit, "score"));
}

static bool shipped_near(double a, double b)
{
    return isnan(a) ? isnan(b) : fabs(a - b) <= 1e-11 * fmax(1, fabs(b));
}

static void shipped_fault(shipped_run *run, size_t unit, const char *what, double is, double should)
{
    if (run->wrong++ < 10) {
        printf("  %s: %s is %.17g, by hand %.17g\n",
               table_at(run->data, unit, table_column(run->data, "name")), what, is, should);
    }
}

/** exp(sum w ln max(d, 1) / sum w) over the directions that are there. */
static void shipped_check_root(shipped_run *run)
{
    for (size_t i = 0; i < run->n; i++) {
        double sum = 0;
        double present = 0;
        double total = 0;
        for (size_t k = 0; k < SHIPPED_NODES && run->s->node[k] != NULL; k++) {
            const double d = shipped_score(run, run->s->node[k], i);
            total += run->s->weight[k];
            if (!isnan(d)) {
                sum += run->s->weight[k] * log(fmax(d, 1));
                present += run->s->weight[k];
            }
        }
        const double by_hand =
            present > 0 && present / total >= run->s->min_present ? exp(sum / present) : NAN;
        const double score = shipped_score(run, run->s->root, i);
        if (!shipped_near(score, by_hand)) {
            shipped_fault(run, i, "the index", score, by_hand);
        }
    }
}

/** Places by counting who is better, among all and in the group. */
static void shipped_check_ranks(shipped_run *run)
{
    const size_t group = table_column(run->data, run->s->group);
    size_t ranked = 0;

    for (size_t i = 0; i < run->n; i++) {
        const double score = shipped_score(run, run->s->root, i);
        double rank = 1;
        double inside = 1;
        for (size_t j = 0; j < run->n; j++) {
            if (shipped_score(run, run->s->root, j) > score) {
                rank++;
                inside += strcmp(table_at(run->data, i, group), table_at(run->data, j, group)) == 0;
            }
        }
        ranked += isnan(score) ? 0 : 1;
        rank = isnan(score) ? NAN : rank;
        inside = isnan(score) ? NAN : inside;
        const double is = shipped_number(shipped_text(run, run->s->root, i, "rank"));
        const double is_inside = shipped_number(shipped_text(run, run->s->root, i, "group_rank"));
        if (!shipped_near(is, rank)) {
            shipped_fault(run, i, "the place", is, rank);
        }
        if (!shipped_near(is_inside, inside)) {
            shipped_fault(run, i, "the place in the group", is_inside, inside);
        }
        if (rank == 1 || rank == (double)run->s->n_ranked) {
            const char *name = table_at(run->data, i, table_column(run->data, "name"));
            const char *wanted = rank == 1 ? run->s->first : run->s->last;
            printf("place %g: %s, %.2f\n", rank, name, score);
            run->wrong += strcmp(name, wanted) != 0;
        }
    }
    printf("%zu units ranked, %zu expected\n", ranked, run->s->n_ranked);
    run->wrong += ranked != run->s->n_ranked;
}

/** The median of the present values of a group (or of all), by insertion sort. */
static double shipped_median(const shipped_run *run, const double *x, const char *group)
{
    double v[SHIPPED_UNITS];
    size_t n = 0;
    for (size_t i = 0; i < run->n; i++) {
        const bool in =
            strcmp(group, table_at(run->data, i, table_column(run->data, run->s->with))) == 0;
        if (in && !isnan(x[i])) {
            size_t k = n++;
            for (; k > 0 && v[k - 1] > x[i]; k--) {
                v[k] = v[k - 1];
            }
            v[k] = x[i];
        }
    }
    return n % 2 == 1 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
}

/** From cells to points: per 10,000 people when `per`, gaps by group median, 100 to the lowest. */
static void shipped_check_indicator(shipped_run *run)
{
    const shipped *s = run->s;
    double x[SHIPPED_UNITS];
    double y[SHIPPED_UNITS];
    double min = INFINITY;
    double max = -INFINITY;

    for (size_t i = 0; i < run->n; i++) {
        const bool out = strcmp(shipped_text(run, s->root, i, "state"), "screened") == 0;
        x[i] =
            out ? NAN : shipped_number(table_at(run->data, i, table_column(run->data, s->count)));
        if (s->per != NULL) {
            x[i] = x[i] * 10000 /
                   shipped_number(table_at(run->data, i, table_column(run->data, s->per)));
        }
    }
    for (size_t i = 0; i < run->n; i++) {
        const bool out = strcmp(shipped_text(run, s->root, i, "state"), "screened") == 0;
        y[i] = x[i];
        if (s->with != NULL && !out && isnan(x[i])) {
            y[i] = shipped_median(run, x, table_at(run->data, i, table_column(run->data, s->with)));
        }
        min = fmin(min, y[i]);
        max = fmax(max, y[i]);
    }
    for (size_t i = 0; i < run->n; i++) {
        const double by_hand = 100 * (max - y[i]) / (max - min);
        const double points = shipped_score(run, s->points, i);
        if (!shipped_near(points, by_hand)) {
            shipped_fault(run, i, s->points, points, by_hand);
        }
    }
}

/** Units that the methodology leaves out (sums of others) are taken out of the data here too. */
static void shipped_leave_out(shipped_run *run)
{
    size_t left = 0;
    for (size_t i = 0; i < table_rows(run->data); i++) {
        char key[256];
        snprintf(key, sizeof key, "%s / %s", run->s->root,
                 table_at(run->data, i, table_column(run->data, run->s->key)));
        if (table_index_find(run->rows, key) != SIZE_MAX) {
            table_move(run->data, i, left++);
        }
    }
    run->n = left;
}

static int shipped_check(const shipped *s)
{
    char path[1024];
    char arguments[1024];
    shipped_run run = {.s = s};

    snprintf(path, sizeof path, "%s/methodologies/%s/%s", MERA_SOURCE_DIR, s->name, s->data);
    snprintf(arguments, sizeof arguments, "score '%s/methodologies/%s' --indicators",
             MERA_SOURCE_DIR, s->name);
    run.data = table_read(path);
    run.scores = run_mera(arguments);
    if (run.data == NULL || run.scores == NULL || table_rows(run.data) > SHIPPED_UNITS) {
        printf("%s or its scores cannot be read\n", path);
        return 1;
    }
    const size_t columns[2] = {table_column(run.scores, "node"), table_column(run.scores, "unit")};
    run.rows = table_index_new(run.scores, columns, 2);
    shipped_leave_out(&run);
    shipped_check_root(&run);
    shipped_check_ranks(&run);
    shipped_check_indicator(&run);
    printf("%zu units, %d differences\n", run.n, run.wrong);
    table_index_free(run.rows);
    table_free(run.scores);
    table_free(run.data);
    return run.wrong > 0 ? 1 : 0;
}

int main(int argc, char **argv)
{
    for (size_t i = 0; argc == 2 && i < sizeof shipped_all / sizeof shipped_all[0]; i++) {
        if (strcmp(shipped_all[i].name, argv[1]) == 0) {
            return shipped_check(&shipped_all[i]);
        }
    }
    fprintf(stderr, "usage: check_shipped NAME\n");
    return 2;
}
