/* SPDX-License-Identifier: Apache-2.0 */
/** @file The ASEM index of COINr's cases as a methodology of ours (asem.h). */
#include "asem.h"

#include <stdlib.h>
#include <string.h>

#include "r_uniform.h"

enum { SETS = 20, LEVELS = 4 };

#define NOISE 0.25

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

void asem_must(const asem *a, mera_code code)
{
    for (size_t i = 0; code != MERA_OK && i < mera_diags_size(a->diags); i++) {
        print_message("%s\n", mera_diag_text(a->diags, mera_diags_get(a->diags, i), a->arena));
    }
    assert_int_equal(code, MERA_OK);
}

void asem_open(asem *a, uint32_t seed)
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
}

void asem_close(asem *a)
{
    mera_plan_close(a->plan);
    mera_project_close(a->project);
    mera_engine_close(a->engine);
}
