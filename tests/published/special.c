/* SPDX-License-Identifier: Apache-2.0 */
/** @file See published.h: what no plain comparison of columns can say. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "published.h"

/** The row of a node and unit (and period) in the scores; ends the program when there is none. */
static size_t special_row(const table_index *rows, const char *node, const char *unit,
                          const char *period)
{
    char key[512];
    snprintf(key, sizeof key, "%s / %s%s%s", node, unit, period == NULL ? "" : " / ",
             period == NULL ? "" : period);
    const size_t row = table_index_find(rows, key);
    if (row == SIZE_MAX) {
        fprintf(stderr, "no row '%s' in the scores\n", key);
        exit(1);
    }
    return row;
}

static table_index *special_index(const table *scores, size_t n)
{
    const size_t columns[3] = {table_column(scores, "node"), table_column(scores, "unit"),
                               table_column(scores, "period")};
    return table_index_new(scores, columns, n);
}

int published_ghi(const table *scores, const table *published, const char *shared)
{
    static const char *const periods[] = {"1992", "2000", "2008", "2016"};
    table_index *rows = special_index(scores, 3);
    const size_t country = table_column(published, "country");
    const size_t score = table_column(scores, "score");
    int n = 0;
    int wrong = 0;

    (void)shared;
    for (size_t p = 0; p < 4; p++) {
        char name[16];
        snprintf(name, sizeof name, "score%s", periods[p]);
        const size_t column = table_column(published, name);
        for (size_t i = 0; i < table_rows(published); i++) {
            if (strcmp(table_at(published, i, column), "<5") == 0) {
                const char *unit = table_at(published, i, country);
                const char *text =
                    table_at(scores, special_row(rows, "ghi", unit, periods[p]), score);
                n++;
                wrong += *text == '\0' || !(strtod(text, NULL) < 5);
            }
        }
    }
    table_index_free(rows);
    printf("%d scores printed as '<5', %d are not below 5\n", n, wrong);
    return n == 29 ? wrong : wrong + 1;
}

int published_ikgs(const table *scores, const table *published, const char *shared)
{
    table_index *rows = special_index(scores, 2);
    const size_t name = table_column(published, "name");
    const size_t region = table_column(published, "region");
    const size_t points = table_column(published, "points");
    const size_t class_of = table_column(scores, "class");
    int favourable = 0;
    int wrong = 0;

    (void)shared;
    for (size_t i = 0; i < table_rows(published); i++) {
        char unit[256];
        snprintf(unit, sizeof unit, "%s / %s", table_at(published, i, name),
                 table_at(published, i, region));
        const bool good = strtod(table_at(published, i, points), NULL) >= 180;
        const char *label = table_at(scores, special_row(rows, "ikgs", unit, NULL), class_of);
        favourable += good;
        wrong += strcmp(label, good ? "благоприятная" : "неблагоприятная") != 0;
    }
    table_index_free(rows);
    printf("%d favourable cities, %d classes differ\n", favourable, wrong);
    return favourable == 460 ? wrong : wrong + 1;
}

/* ---- BLI: intervals --------------------------------------------------------------------- */

enum { BLI_COUNTRIES = 36, BLI_TOPICS = 11 };

typedef struct bli_topic {
    const char *column, *topic, *node;
    double low[BLI_COUNTRIES], high[BLI_COUNTRIES];
    size_t n;
} bli_topic;

static size_t bli_decimals(const char *text)
{
    const char *point = strchr(text, '.');
    return point == NULL ? 0 : strlen(point + 1);
}

/**
 * Adds one indicator's interval: each printed value stands for itself +- half a unit of the last
 * digit printed in its column, and so do the smallest and the largest.
 */
static void bli_add(bli_topic *topic, const table *data, size_t column, bool negative)
{
    double x[BLI_COUNTRIES];
    double half = 0.5;
    double min = INFINITY;
    double max = -INFINITY;
    size_t digits = 0;

    for (size_t i = 0; i < BLI_COUNTRIES; i++) {
        const char *text = table_at(data, i, column);
        x[i] = strtod(text, NULL);
        min = fmin(min, x[i]);
        max = fmax(max, x[i]);
        digits = bli_decimals(text) > digits ? bli_decimals(text) : digits;
    }
    for (size_t i = 0; i < digits; i++) {
        half /= 10;
    }
    for (size_t i = 0; i < BLI_COUNTRIES; i++) {
        const double low = fmax(0, (x[i] - half - (min + half)) / (max - min));
        const double high = fmin(1, (x[i] + half - (min - half)) / (max - half - (min - half)));
        topic->low[i] += negative ? 1 - high : low;
        topic->high[i] += negative ? 1 - low : high;
    }
    topic->n++;
}

static void bli_read(bli_topic *topic, const table *data, const table *meta)
{
    for (size_t i = 0; i < table_rows(meta); i++) {
        if (strcmp(table_at(meta, i, table_column(meta, "topic")), topic->topic) == 0) {
            const char *name = table_at(meta, i, table_column(meta, "indicator"));
            const char *direction = table_at(meta, i, table_column(meta, "direction"));
            bli_add(topic, data, table_column(data, name), strcmp(direction, "negative") == 0);
        }
    }
}

/** Both the published score and the computed one must lie in the interval. */
static int bli_check(const bli_topic *topic, const table *data, const table *scores,
                     const table_index *rows, const table *published)
{
    const size_t codes[1] = {table_column(published, "CountryCode")};
    table_index *countries = table_index_new(published, codes, 1);
    int wrong = 0;

    for (size_t i = 0; i < BLI_COUNTRIES; i++) {
        const char *code = table_at(data, i, table_column(data, "iso3"));
        const size_t row = table_index_find(countries, code);
        const double low = 10 * topic->low[i] / (double)topic->n;
        const double high = 10 * topic->high[i] / (double)topic->n;
        const double printed =
            row == SIZE_MAX
                ? NAN
                : strtod(table_at(published, row, table_column(published, topic->column)), NULL);
        const char *text = table_at(scores, special_row(rows, topic->node, code, NULL),
                                    table_column(scores, "score"));
        const double computed = *text == '\0' ? NAN : strtod(text, NULL);
        const bool inside = printed >= low - 0.05 - 1e-9 && printed <= high + 0.05 + 1e-9 &&
                            computed >= low - 1e-9 && computed <= high + 1e-9;
        if (!inside) {
            printf("  %s of %s: published %g, computed %g, interval [%g, %g]\n", topic->node, code,
                   printed, computed, low, high);
            wrong++;
        }
    }
    table_index_free(countries);
    return wrong;
}

int published_bli(const table *scores, const table *published, const char *shared)
{
    bli_topic topics[BLI_TOPICS] = {
        {.column = "Housing", .topic = "Housing", .node = "housing"},
        {.column = "Income", .topic = "Income", .node = "income"},
        {.column = "Jobs", .topic = "Jobs", .node = "jobs"},
        {.column = "Community", .topic = "Community", .node = "community"},
        {.column = "Education", .topic = "Education", .node = "education"},
        {.column = "Environment", .topic = "Environment", .node = "environment"},
        {.column = "CivicEngagement", .topic = "Civic engagement", .node = "civic"},
        {.column = "Health", .topic = "Health", .node = "health"},
        {.column = "LifeSatisfaction", .topic = "Life Satisfaction", .node = "life_satisfaction"},
        {.column = "Safety", .topic = "Safety", .node = "safety"},
        {.column = "WorkLifeBalnce", .topic = "Work-Life Balance", .node = "work_life"}};
    char path[1024];
    snprintf(path, sizeof path, "%s/data/oecd_bli_2015/indicators.csv", shared);
    table *data = table_read(path);
    snprintf(path, sizeof path, "%s/data/oecd_bli_2015/indicator_meta.csv", shared);
    table *meta = table_read(path);
    table_index *rows = special_index(scores, 2);
    int wrong = 0;
    size_t used = 0;

    if (data == NULL || meta == NULL || table_rows(data) != BLI_COUNTRIES) {
        fprintf(stderr, "the BLI data are not those of 2015\n");
        exit(1);
    }
    for (size_t k = 0; k < BLI_TOPICS; k++) {
        bli_read(&topics[k], data, meta);
        used += topics[k].n;
        wrong += bli_check(&topics[k], data, scores, rows, published);
    }
    printf("%d topic scores, %zu indicators, %d outside their interval\n",
           BLI_TOPICS * BLI_COUNTRIES, used, wrong);
    table_index_free(rows);
    table_free(data);
    table_free(meta);
    return used == 24 ? wrong : wrong + 1;
}
