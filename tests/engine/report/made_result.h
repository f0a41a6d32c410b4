/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * A result made by hand: three units, one period, an index of one node and two indicators. Reports
 * only read results, so their tests need no engine, and every number here is chosen.
 */
#ifndef MADE_RESULT_H
#define MADE_RESULT_H

#include "report/report.h"

#include "mera_test.h"

enum { MADE_UNITS = 3 };

static const char *const made_key[] = {"01", "02", "03"};
static const char *const made_name[] = {"Ольховка", "Birch, Upper", "Cedar"};
static const char *const made_period[] = {"2024"};
static const size_t made_data_period[] = {0};
static const mera_file made_file[] = {
    {.path = "towns.csv", .sha256 = "00ff", .encoding = "utf-8", .n_rows = 3}};
static const mera_dataset made_data = {.n_units = MADE_UNITS,
                                       .n_periods = 1,
                                       .n_files = 1,
                                       .unit_key = made_key,
                                       .unit_name = made_name,
                                       .period = made_period,
                                       .file = made_file};

static const mera_op made_mean = {.name = "aggregate.arithmetic",
                                  .step = MERA_STEP_AGGREGATE,
                                  .version = 1,
                                  .summary = "Weighted mean."};

static const mera_indicator made_indicator[] = {
    {.id = "income",
     .title = {.ru = "Доходы", .en = "Income"},
     .unit = "RUB",
     .measure = {NULL, "RUB"},
     .direction = MERA_HIGHER,
     .column = "income"},
    {.id = "air",
     .title = {.en = "Air"},
     .unit = "index",
     .direction = MERA_LOWER,
     .column = "air"},
};
static const mera_child made_money_child[] = {{.is_indicator = true, .index = 0, .weight = 1}};
static const mera_child made_root_child[] = {{.index = 1, .weight = 1},
                                             {.is_indicator = true, .index = 1, .weight = 3}};
static const mera_node made_node[] = {
    {.id = "index",
     .title = {.en = "Index"},
     .parent = SIZE_MAX,
     .n_children = 2,
     .child = made_root_child,
     .aggregate = {.op = &made_mean},
     .floor = NAN},
    {.id = "money",
     .title = {.ru = "Деньги", .en = "Money"},
     .parent = 0,
     .depth = 1,
     .n_children = 1,
     .child = made_money_child,
     .aggregate = {.op = &made_mean},
     .floor = NAN},
};
static const mera_methodology made_methodology = {.path = "m.yaml",
                                                  .id = "made",
                                                  .version = "1.0",
                                                  .title = {.ru = "Индекс", .en = "An index"},
                                                  .sha256 = "abcd",
                                                  .indicator = made_indicator,
                                                  .n_indicators = 2,
                                                  .node = made_node,
                                                  .n_nodes = 2,
                                                  .seed = 7};

static const double made_income[] = {31000, 28000, 45000};
static const double made_income_points[] = {17.5, 0, 100};
static const double made_air[] = {4.5, NAN, 2.5};
static const double made_air_points[] = {50, 25, 100};
static const uint8_t made_income_state[] = {MERA_OBSERVED, MERA_OBSERVED, MERA_TREATED};
static const uint8_t made_air_state[] = {MERA_OBSERVED, MERA_ABSENT | MERA_IMPUTED, MERA_OBSERVED};
static const double made_score[] = {41.875, 18.75, 100};
static const double made_rank[] = {2, 3, 1};
static const double made_coverage[] = {1, 0.25, 1};
static const double made_full[] = {1, 1, 1};
static const int32_t made_class[] = {1, -1, 0};
static const char *const made_labels[] = {"A", "B"};

static const mera_indicator_result made_indicator_result[] = {
    {.stage = {made_income, made_income, made_income, made_income, made_income_points},
     .state = made_income_state},
    {.stage = {made_air, made_air, made_air, made_air, made_air_points}, .state = made_air_state},
};
static const mera_node_result made_node_result[] = {
    {.aggregate = made_score,
     .score = made_score,
     .rank = made_rank,
     .coverage = made_coverage,
     .class_of = made_class,
     .class_label = {2, made_labels}},
    {.aggregate = made_income_points,
     .score = made_income_points,
     .rank = made_rank,
     .coverage = made_full},
};
static const mera_result made_result = {.methodology = &made_methodology,
                                        .data = &made_data,
                                        .n_units = MADE_UNITS,
                                        .n_periods = 1,
                                        .period = made_period,
                                        .data_period = made_data_period,
                                        .indicator = made_indicator_result,
                                        .node = made_node_result};

typedef struct made {
    mera_arena *arena;
    mera_text out;
} made;

static inline int made_setup(void **state)
{
    mera_arena *arena = mera_arena_new();
    made *f = mera_arena_zero(arena, 1, sizeof *f);
    f->arena = f->out.arena = arena;
    *state = f;
    return 0;
}

static inline int made_teardown(void **state)
{
    mera_arena_free(((made *)*state)->arena);
    return 0;
}

#define made_test(function) cmocka_unit_test_setup_teardown(function, made_setup, made_teardown)

/** Fails unless the output holds `text`; prints it whole then. */
static inline void made_says(made *f, const char *text)
{
    if (strstr(mera_text_string(&f->out), text) == NULL) {
        print_error("this was written:\n%s\nand this was not in it:\n%s\n",
                    mera_text_string(&f->out), text);
        fail();
    }
}

#endif
