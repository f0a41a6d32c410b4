/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * COINr's uncertainty and sensitivity runs of ASEM, draw by draw: its choices of each draw go
 * through the joint draws of `mera robustness` and `mera sensitivity`, and scores and places must
 * be COINr's.
 *
 * source  COINr 1.1.14, get_sensitivity(): ../shared/golden/coinr/sensitivity
 */
#include "golden.h"

#include <stdlib.h>

#include "analysis/joint.h"
#include "base/text.h"
#include "mera/mera.h"
#include "r_uniform.h"

#define FOLDER "golden/coinr/sensitivity/"

enum { FACTORS = 4, SETS = 20, LEVELS = 4 };

#define NOISE 0.25

static const char *const factor_name[FACTORS] = {"Winmax", "Normalisation", "Weights",
                                                 "Aggregation"};
static const double factor_choices[FACTORS] = {5, 2, SETS, 2};

typedef struct asem {
    mera_arena *arena;
    mera_diags *diags;
    const golden *meta;
    mera_text yaml;
    mera_engine *engine;
    mera_project *project;
    mera_dataset *data;
    mera_plan *plan;
    const mera_result *result;
    mera_robust_ask ask;
    mera_robust robust;
    robust_run run;
    mera_joint *joint;
} asem;

/* ---- the methodology ---- */

/* Ids of nodes are of small letters. */
static const char *asem_node(asem *a, const char *code)
{
    char *id = mera_arena_strdup(a->arena, code);
    for (char *at = id; *at != '\0'; at++) {
        *at = (char)(*at >= 'A' && *at <= 'Z' ? *at - 'A' + 'a' : *at);
    }
    return mera_arena_printf(a->arena, "n_%s", id);
}

static void asem_indicators(asem *a)
{
    mera_text_add(&a->yaml, "indicators:\n");
    for (size_t r = 0; r < a->meta->n_rows; r++) {
        const char *by = golden_text(a->meta, r, "Denominator");
        if (golden_at(a->meta, r, "Level") == 1) {
            mera_text_addf(
                &a->yaml, "  %s: {direction: %s%s%s%s}\n", golden_text(a->meta, r, "iCode"),
                golden_at(a->meta, r, "Direction") > 0 ? "higher" : "lower",
                by[0] != '\0' ? ", denominate: {by: " : "", by, by[0] != '\0' ? "}" : "");
        }
    }
}

static void asem_tree(asem *a, const char *code, size_t level)
{
    const char *separator = "";
    mera_text_addf(&a->yaml, "{id: %s, %s: %s", asem_node(a, code),
                   level == 2 ? "indicators" : "nodes", level == 2 ? "{" : "[");
    for (size_t r = 0; r < a->meta->n_rows; r++) {
        const char *own = golden_text(a->meta, r, "iCode");
        if (strcmp(golden_text(a->meta, r, "Parent"), code) == 0) {
            mera_text_add(&a->yaml, separator);
            separator = ", ";
            if (level == 2) {
                mera_text_addf(&a->yaml, "%s: %.17g", own, golden_at(a->meta, r, "Weight"));
            } else {
                asem_tree(a, own, level - 1);
            }
        }
    }
    mera_text_addf(&a->yaml, "%s}", level == 2 ? "}" : "]");
}

/* A variant of each of COINr's twenty sets of weights, w (1 + 0.25 (2 u - 1)) at levels 2 and 3:
 * the cases say that all are of one file, and that was drawn with one case's seed. */
static void asem_variants(asem *a, uint32_t seed)
{
    r_uniform r = r_uniform_seed(seed);
    mera_text_add(&a->yaml, "variants:\n");
    for (size_t s = 1; s <= SETS; s++) {
        const char *separator = "";
        mera_text_addf(&a->yaml, "  set%zu: {set: {", s);
        for (int level = 2; level < LEVELS; level++) {
            for (size_t m = 0; m < a->meta->n_rows; m++) {
                if (golden_at(a->meta, m, "Level") == level) {
                    mera_text_addf(&a->yaml, "%sframework.%s.weight: %.17g", separator,
                                   asem_node(a, golden_text(a->meta, m, "iCode")),
                                   1 + (2 * r_uniform_next(&r) - 1) * NOISE);
                    separator = ", ";
                }
            }
        }
        mera_text_add(&a->yaml, "}}\n");
    }
}

static void asem_write(asem *a, uint32_t seed)
{
    a->yaml = (mera_text){.arena = a->arena};
    mera_text_add(&a->yaml, "mera: 1\nid: asem\nunits: {key: uCode, name: uName, groups: {side: "
                            "EurAsia_group}}\n");
    asem_indicators(a);
    mera_text_add(&a->yaml,
                  "steps:\n  impute: {op: group_mean, by: side}\n"
                  "  treat: {op: winsorise, max_points: 5, skewness: 2, kurtosis: 3.5, otherwise: "
                  "log_ct}\n  normalise: {op: minmax, range: [0, 100]}\n  aggregate: arithmetic\n"
                  "framework: ");
    asem_tree(a, "Index", LEVELS);
    mera_text_add(&a->yaml, "\n");
    asem_variants(a, seed);
    mera_text_add(&a->yaml,
                  "uncertainty:\n  weights: {law: fixed}\n  factors:\n"
                  "    winmax: {set: steps.treat.max_points, choices: 1..5:1}\n"
                  "    scale: {set: steps.normalise, choices: [{op: minmax, range: [1, 100]}, {op: "
                  "zscore, mean: 10, sd: 2}]}\n    sets: {variants: [");
    for (size_t s = 1; s <= SETS; s++) {
        mera_text_addf(&a->yaml, "%sset%zu", s > 1 ? ", " : "", s);
    }
    mera_text_add(&a->yaml,
                  "]}\n    mean: {set: steps.aggregate, choices: arithmetic|geometric}\n");
    assert_non_null(mera_text_string(&a->yaml));
}

/* ---- opening ---- */

static mera_code asem_read(void *self, const char *path, size_t limit, mera_at at,
                           mera_arena *arena, mera_diags *diags, const char **bytes, size_t *n)
{
    const asem *a = self;
    (void)path;
    (void)limit;
    (void)at;
    (void)arena;
    (void)diags;
    *bytes = a->yaml.data;
    *n = a->yaml.n;
    return MERA_OK;
}

static void asem_must(const asem *a, mera_code code)
{
    for (size_t i = 0; code != MERA_OK && i < mera_diags_size(a->diags); i++) {
        print_message("%s\n", mera_diag_text(a->diags, mera_diags_get(a->diags, i), a->arena));
    }
    assert_int_equal(code, MERA_OK);
}

static void asem_open(asem *a, uint32_t seed)
{
    const char *root = getenv("MERA_SHARED");
    const mera_reader reader = {.read = asem_read, .self = a};
    const char *file = mera_arena_printf(a->arena, "%s/data/asem/asem_idata.csv",
                                         root != NULL ? root : MERA_SOURCE_DIR "/../shared");
    a->meta = golden_must(a->arena, "data/asem/asem_imeta.csv");
    asem_write(a, seed);
    asem_must(a, mera_engine_open(&(mera_options){.threads = 2}, &a->engine));
    asem_must(a, mera_project_open_reader(a->engine, &reader, "asem.yaml", NULL, NULL, 0, a->diags,
                                          &a->project));
    asem_must(a, mera_project_read(a->project, &file, 1, a->arena, a->diags, &a->data, NULL));
    asem_must(a, mera_plan_open(a->project, a->data, a->diags, &a->plan));
    asem_must(a, mera_plan_score(a->plan, a->arena, a->diags, &a->result));
    a->run = (robust_run){.plan = a->plan,
                          .result = a->result,
                          .ask = &a->ask,
                          .out = &a->robust,
                          .arena = a->arena,
                          .diags = a->diags};
    asem_must(a, mera_robust_begin(&a->run));
    asem_must(a, mera_joint_open(&a->run, &a->joint));
    a->joint->values = true;
}

static void asem_close(asem *a)
{
    mera_joint_close(a->joint);
    mera_plan_close(a->plan);
    mera_project_close(a->project);
    mera_engine_close(a->engine);
}

/* ---- the draws ---- */

static double asem_place(const double *score, size_t n, size_t i)
{
    double place = 1;
    for (size_t k = 0; k < n; k++) {
        place += score[k] > score[i];
    }
    return place;
}

/* The arena outlives a test that is skipped half way. */
static int asem_setup(void **state)
{
    *state = mera_arena_new();
    return *state == NULL;
}

static int asem_teardown(void **state)
{
    mera_arena_free(*state);
    return 0;
}

static void asem_replay(mera_arena *arena, const char *name, uint32_t seed)
{
    asem a = {.arena = arena};
    a.diags = mera_diags_new(a.arena);
    const golden *draws =
        golden_must(a.arena, mera_arena_printf(a.arena, FOLDER "%s.parameters.csv", name));
    const golden *scores =
        golden_must(a.arena, mera_arena_printf(a.arena, FOLDER "%s.scores.csv", name));
    const golden *ranks =
        golden_must(a.arena, mera_arena_printf(a.arena, FOLDER "%s.ranks.csv", name));
    asem_open(&a, seed - 1); /* the sets were drawn before */
    const size_t count = draws->n_rows, n = a.joint->n, all = a.joint->n_factors;
    double *u = mera_arena_alloc(a.arena, count * all, sizeof *u);
    double *score = mera_arena_alloc(a.arena, count * n, sizeof *score);
    uint64_t *number = mera_arena_zero(a.arena, count * all, sizeof *number);
    uint32_t *failure = mera_arena_alloc(a.arena, count, sizeof *failure);
    assert_int_equal(n, scores->n_rows);
    assert_int_equal(all, FACTORS + 1);
    for (size_t d = 0; d < count; d++) {
        u[d * all] = 0.5;
        for (size_t f = 0; f < FACTORS; f++) {
            u[d * all + 1 + f] = (golden_at(draws, d, factor_name[f]) - 0.5) / factor_choices[f];
        }
    }
    const joint_points points = {.count = count, .u = u, .number = number};
    asem_must(&a, mera_joint_run(a.joint, &points, score, failure));
    for (size_t d = 0; d < count; d++) {
        const char *column = mera_arena_printf(a.arena, "r_%zu", d + 1);
        assert_int_equal(failure[d], 0);
        for (size_t i = 0; i < n; i++) {
            const char *key = a.data->unit_key[a.joint->unit[i]];
            const size_t row = golden_row(scores, "uCode", key);
            assert_same(score[d * n + i], golden_at(scores, row, column), 1e-9);
            assert_true(asem_place(score + d * n, n, i) ==
                        golden_at(ranks, golden_row(ranks, "uCode", key), column));
        }
    }
    asem_close(&a);
}

static void sixty_draws_of_uncertainty(void **state)
{
    asem_replay(*state, "ua_N60", 32);
}

static void runs_of_the_sensitivity_design(void **state)
{
    asem_replay(*state, "sa_N24", 42);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(sixty_draws_of_uncertainty, asem_setup, asem_teardown),
        cmocka_unit_test_setup_teardown(runs_of_the_sensitivity_design, asem_setup, asem_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
