/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The next edition, scored with the frozen numbers of this one: over the registry and the shipped
 * plugins, every operation that fits gives other data what its recorded numbers say, applied by
 * hand; and every operation that makes weights from data keeps the weights it made.
 */
#include "run_fixture.h"

#include <unistd.h>

#include "mera/again.h"
#include "run/record.h"

enum { NEXT_UNITS = 8 };

static const char *const next_now =
    "key,x,y,z,@size\nA,1,7,3,s\nB,2,6,5,s\nC,3.5,5.5,4,s\nD,4,9,8,s\n"
    "E,4.5,8,2,s\nF,90,2,7,s\nG,5,1,6,s\nH,2.5,3,1,s\n";
/* other units with other values, a gap, one value beyond what was seen before */
static const char *const next_then =
    "key,x,y,z,@size\nK,2,2,2,s\nL,3,4,6.5,s\nM,7,5,4,s\nN,5,3.5,5,s\n"
    "O,4.2,6,3,s\nP,95,9,7,s\nQ,3.1,7,8,s\nR,.,1,1,s\n";

static const char *next_path(run_fixture *f)
{
    return mera_arena_printf(f->arena, "%s/next-%ld.csv", MERA_BINARY_DIR, (long)getpid());
}

/** Keeps what a fixture has open, to be closed later. */
typedef struct next_kept {
    mera_plan *plan;
    mera_project *project;
    mera_engine *engine;
    const mera_result *result;
} next_kept;

static next_kept next_keep(run_fixture *f)
{
    const next_kept kept = {f->plan, f->project, f->engine, f->result};
    f->plan = NULL;
    f->project = NULL;
    f->engine = NULL;
    return kept;
}

static void next_close(const next_kept *kept)
{
    mera_plan_close(kept->plan);
    mera_project_close(kept->project);
    mera_engine_close(kept->engine);
}

/** Scores this edition, freezes it, scores the next one with the file: f holds the next one. */
static next_kept next_editions(run_fixture *f, const char *yaml)
{
    const char *path = next_path(f), *numbers;
    run_again(f);
    run_must(f, yaml, next_now);
    const next_kept now = next_keep(f);
    assert_int_equal(mera_freeze_csv(now.result, f->arena, f->diags, &numbers), MERA_OK);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(numbers, file) >= 0);
    assert_int_equal(fclose(file), 0);
    run_again(f);
    f->set[0] = (mera_set){"frozen", path};
    f->n_set = 1;
    run_must(f, yaml, next_then);
    f->n_set = 0;
    assert_int_equal(unlink(path), 0);
    return now;
}

/* ---- operations that fit ---- */

static const char *next_params(const char *op)
{
    static const char *const known[][2] = {
        {"normalise.reference_unit", ", unit: B"},
        {"normalise.to_target", ", target: 40"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(known[i][0], op) == 0) {
            return known[i][1];
        }
    }
    return "";
}

static const char *next_yaml(run_fixture *f, const mera_op *op)
{
    const bool target = strcmp(op->name, "normalise.target") == 0;
    const bool posts = strcmp(op->name, "normalise.goalposts") == 0;
    const char *direction = target ? "{target: [3, 5]}" : "lower";
    const char *more = posts ? ", goalposts: [0, 100]" : "";
    const char *plugin =
        op->plugin != NULL ? mera_arena_printf(f->arena, "plugins: [%s]\n", op->plugin) : "";
    const char *use = mera_arena_printf(f->arena, "%s: {op: %s%s%s}", mera_step_name(op->step),
                                        strchr(op->name, '.') + 1, next_params(op->name),
                                        strstr(op->name, "group") != NULL ? ", by: size" : "");
    return mera_arena_printf(
        f->arena,
        "mera: 1\nid: t\nunits: {key: key, groups: {size: size}}\n%sindicators:\n"
        "  x: {direction: %s%s}\n  y: {direction: %s%s}\n  z: {direction: %s%s}\n"
        "steps: {%s%s%s}\nframework: {id: root, indicators: [x, y, z]}\n",
        plugin, target ? direction : "higher", more, direction, more, target ? direction : "higher",
        more, op->step == MERA_STEP_IMPUTE ? "" : "impute: mean, ", use,
        op->step == MERA_STEP_NORMALISE ? "" : ", normalise: none");
}

/** The numbers that were fitted now for an indicator. */
static const mera_fit_record *next_fit(const mera_result *now, const char *op, size_t indicator)
{
    for (size_t i = 0; i < now->n_fits; i++) {
        if (strcmp(now->fit[i].op->name, op) == 0 && now->fit[i].indicator == indicator) {
            return &now->fit[i];
        }
    }
    return NULL;
}

/** Applies recorded numbers to a column of the next edition by hand. */
static void next_by_hand(run_fixture *f, const mera_result *now, const char *op, size_t k)
{
    static const mera_stage from[] = {[MERA_STEP_IMPUTE] = MERA_STAGE_DENOMINATED,
                                      [MERA_STEP_TREAT] = MERA_STAGE_IMPUTED,
                                      [MERA_STEP_NORMALISE] = MERA_STAGE_TREATED};
    const mera_fit_record *fit = next_fit(now, op, k);
    const mera_indicator *def = &f->result->methodology->indicator[k];
    const bool turns = fit != NULL && fit->step == MERA_STEP_NORMALISE &&
                       def->direction != MERA_HIGHER &&
                       (def->direction == MERA_TARGET || !(fit->op->flags & MERA_OP_UNDIRECTED));
    mera_op_ctx ctx = {.diags = f->diags,
                       .arena = f->arena,
                       .subject = "by hand",
                       .direction = def->direction,
                       .goalpost = {turns ? -def->goalpost[1] : def->goalpost[0],
                                    turns ? -def->goalpost[0] : def->goalpost[1]},
                       .unit_key = f->data->unit_key,
                       .unit_name = f->data->unit_name};
    double x[NEXT_UNITS], y[NEXT_UNITS];
    assert_non_null(fit);
    const double *before = f->result->indicator[k].stage[from[fit->step]];
    const double *after = f->result->indicator[k].stage[from[fit->step] + 1];
    memcpy(x, before, sizeof x);
    if (turns) {
        mera_directed_values(def, before, NEXT_UNITS, x);
    }
    memcpy(y, x, sizeof y);
    assert_int_equal(fit->op->apply(fit->op, fit->params, &ctx, &fit->fitted, x, NEXT_UNITS, y),
                     MERA_OK);
    for (size_t i = 0; i < NEXT_UNITS; i++) {
        if (memcmp(&y[i], &after[i], sizeof *y) != 0 && !(isnan(y[i]) && isnan(after[i]))) {
            fail_msg("%s of %s at %s: by hand %.17g, scored %.17g", op, def->id,
                     f->data->unit_key[i], y[i], after[i]);
        }
    }
}

/** Of the registry, as mera_engine_catalogue() has it with the plugins that ship. */
static mera_registry *next_registry(run_fixture *f, mera_engine **engine)
{
    mera_registry *registry;
    const mera_options options = {.plugin_path = &f->plugins, .n_plugin_paths = 1};
    assert_int_equal(mera_engine_open(&options, engine), MERA_OK);
    assert_int_equal(mera_engine_catalogue(*engine, f->arena, f->diags, &registry), MERA_OK);
    return registry;
}

static void every_fit_is_applied_to_the_next_edition_as_by_hand(void **state)
{
    run_fixture *f = *state;
    mera_engine *engine;
    size_t n = 0, of_plugins = 0;
    f->plugins = MERA_SOURCE_DIR "/plugins";
    mera_registry *registry = next_registry(f, &engine);
    for (size_t i = 0; i < mera_registry_size(registry); i++) {
        const mera_op *op = mera_registry_get(registry, i);
        if (op->fit == NULL) {
            continue;
        }
        const next_kept now = next_editions(f, next_yaml(f, op));
        for (size_t k = 0; k < 3; k++) {
            next_by_hand(f, now.result, op->name, k);
        }
        next_close(&now);
        n++;
        of_plugins += op->plugin != NULL;
    }
    mera_engine_close(engine);
    assert_true(n >= 24 && of_plugins >= 1);
}

/* ---- operations that weigh ---- */

static const char *next_weigher(const char *op)
{
    static const char *const known[][2] = {
        {"weight.ahp", ", matrix: ['x: 1 2 3', 'y: 1/2 1 2', 'z: 1/3 1/2 1']"},
        {"weight.budget", ", points: [50 30 20, 10 20 70]"},
        {"weight.bwm", ", best: x, worst: y, best_to_others: {y: 4, z: 2}, others_to_worst: {x: 4, "
                       "z: 2}"},
        {"weight.from_orderings", ", statements: [D > B]"},
        {"weight.inverse_covariance", ", negative: constrain"},
        {"weight.rank_order", ", order: [x, z, y]"},
        {"weight.regression", ", anchor: z"},
        {"weight.shapley_r2", ", anchor: z"},
        {"weight.swing", ", points: {x: 100, y: 20, z: 50}"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(known[i][0], op) == 0) {
            return known[i][1];
        }
    }
    return "";
}

static void every_weigher_keeps_the_weights_it_made(void **state)
{
    run_fixture *f = *state;
    mera_registry *registry;
    size_t n = 0;
    assert_int_equal(mera_registry_new(f->arena, &registry), MERA_OK);
    for (size_t i = 0; i < mera_registry_size(registry); i++) {
        const mera_op *op = mera_registry_get(registry, i);
        if (op->weigh == NULL) {
            continue;
        }
        const next_kept now = next_editions(
            f, mera_arena_printf(f->arena,
                                 "mera: 1\nid: t\nunits: {key: key}\nindicators: {x: {direction: "
                                 "higher}, y: {direction: lower}, z: {direction: higher}}\n"
                                 "steps: {impute: mean, normalise: {op: minmax, range: [1, 100]}, "
                                 "weights: {op: %s%s}}\nframework: {id: root, indicators: [x, y, "
                                 "z]}\n",
                                 strchr(op->name, '.') + 1, next_weigher(op->name)));
        if (memcmp(now.result->node[0].weight, f->result->node[0].weight, 3 * sizeof(double)) !=
            0) {
            fail_msg("%s: weights of the next edition are others", op->name);
        }
        next_close(&now);
        n++;
    }
    assert_true(n >= 19);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_fit_is_applied_to_the_next_edition_as_by_hand,
                                        run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(every_weigher_keeps_the_weights_it_made, run_setup,
                                        run_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
