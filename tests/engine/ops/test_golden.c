/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Golden cases of operations: tests/golden/<operation>/<case>/ holds step.yaml (lines `key: value`:
 * the operation, its parameters, and direction or directions, goalposts, weights of what surrounds
 * it, how many of the last columns are inputs, and how near is right where the numbers have few
 * digits), in.csv, out.csv and SOURCE.md, which says where the numbers come from. A first column
 * `unit` holds names; the columns of an imputer over periods are named by the periods.
 *
 * With the path of a case this program runs that one; without, all, and every operation must have
 * one.
 */
#include "ops_test.h"

#include <dirent.h>
#include <stdlib.h>

#include "base/text.h"
#include "ops/kernel.h"
#include "table.h"

#define GOLDEN MERA_SOURCE_DIR "/tests/golden"

typedef struct {
    const char *folder;
    const mera_op *op;
    const void *params;
    const mera_value *step;
    const table *in, *out;
} golden;

static const char *const surroundings[] = {"op",      "direction", "directions", "goalposts",
                                           "weights", "inputs",    "near",       NULL};

static double golden_post(const mera_value *posts, size_t end)
{
    return posts->items[end]->kind == MERA_VALUE_NUMBER ? posts->items[end]->number : NAN;
}

static void golden_context(fixture *f, const golden *g)
{
    const mera_value *direction = mera_value_get(g->step, "direction");
    const mera_value *posts = mera_value_get(g->step, "goalposts");
    const char *way = direction != NULL ? direction->text : "higher";
    const bool lower = mera_streq(way, "lower");
    f->ctx.direction = lower ? MERA_LOWER : mera_streq(way, "target") ? MERA_TARGET : MERA_HIGHER;
    if (posts != NULL) { /* directed, as the plan gives them to a normaliser */
        f->ctx.goalpost[0] = lower ? -golden_post(posts, 1) : golden_post(posts, 0);
        f->ctx.goalpost[1] = lower ? -golden_post(posts, 0) : golden_post(posts, 1);
    }
}

/* Published numbers have the digits they are printed with. */
static double golden_tolerance(const golden *g)
{
    const mera_value *given = mera_value_get(g->step, "near");
    return given != NULL ? given->number : 1e-14;
}

/* Gives units the names of a first column `unit`; returns how many columns that takes. */
static size_t golden_names(fixture *f, const golden *g)
{
    if (strcmp(g->in->name[0], "unit") != 0) {
        return 0;
    }
    f->ctx.unit_name = f->ctx.unit_key = g->in->first;
    return 1;
}

static void golden_column(fixture *f, const golden *g)
{
    const size_t n = g->in->n, names = golden_names(f, g);
    double **in = g->in->x + names;
    double *x = mera_arena_zero(f->arena, n, sizeof *x);
    double *y = mera_arena_zero(f->arena, n, sizeof *y);
    const double sign =
        g->op->step == MERA_STEP_NORMALISE && f->ctx.direction != MERA_HIGHER ? -1 : 1;
    mera_fitted fitted = {.n = 0};
    for (size_t i = 0; i < n; i++) {
        x[i] = sign * in[0][i];
    }
    f->ctx.input = (const double *const *)(in + 1);
    f->ctx.n_inputs = g->in->k - names - 1;
    if (g->op->fit != NULL) {
        assert_int_equal(g->op->fit(g->op, g->params, &f->ctx, x, n, &fitted), MERA_OK);
    }
    assert_int_equal(g->op->apply(g->op, g->params, &f->ctx, &fitted, x, n, y), MERA_OK);
    assert_int_equal(g->out->n, n);
    assert_column_of(g->folder, y, g->out->x[0], n, golden_tolerance(g));
}

static mera_direction golden_way(const char *text)
{
    return strcmp(text, "lower") == 0    ? MERA_LOWER
           : strcmp(text, "target") == 0 ? MERA_TARGET
                                         : MERA_HIGHER;
}

/* Imputers of a whole table: out.csv has the columns of in.csv. */
static void golden_table(fixture *f, const golden *g)
{
    const size_t names = golden_names(f, g), n = g->in->n, k = g->in->k - names;
    const mera_value *ways = mera_value_get(g->step, "directions");
    mera_direction way[16];
    double **y = ops_columns(f, k, n);
    for (size_t j = 0; ways != NULL && j < k; j++) {
        way[j] = golden_way(ways->items[j]->text);
    }
    f->ctx.child_name = g->in->name + names;
    f->ctx.child_direction = ways != NULL ? way : NULL;
    assert_int_equal(
        g->op->table(g->op, g->params, &f->ctx, (const double *const *)g->in->x + names, k, n, y),
        MERA_OK);
    for (size_t j = 0; j < k; j++) {
        assert_column_of(g->in->name[names + j], y[j], g->out->x[names + j], n,
                         golden_tolerance(g));
    }
}

/* Imputers over periods: columns are periods. */
static void golden_panel(fixture *f, const golden *g)
{
    const size_t names = golden_names(f, g), n = g->in->n, k = g->in->k - names;
    double when[16], **y = ops_columns(f, k, n);
    for (size_t p = 0; p < k; p++) {
        when[p] = strtod(g->in->name[names + p], NULL);
    }
    assert_int_equal(g->op->panel(g->op, g->params, &f->ctx,
                                  (const double *const *)g->in->x + names, when, k, n, y, NULL),
                     MERA_OK);
    for (size_t p = 0; p < k; p++) {
        assert_column_of(g->in->name[names + p], y[p], g->out->x[names + p], n,
                         golden_tolerance(g));
    }
}

static void golden_children(fixture *f, const golden *g)
{
    const mera_value *weights = mera_value_get(g->step, "weights");
    const mera_value *inputs = mera_value_get(g->step, "inputs");
    const size_t names = strcmp(g->in->name[0], "unit") == 0; /* a column of units' names */
    const double *const *x = (const double *const *)g->in->x + names;
    double w[16], y[64];
    f->ctx.n_inputs = inputs != NULL ? (size_t)inputs->number : 0;
    mera_children in = {.n = g->in->n, .k = g->in->k - names - f->ctx.n_inputs, .x = x, .w = w};
    assert_true(weights != NULL || g->op->weigh != NULL);
    f->ctx.child_name = g->in->name + names;
    f->ctx.unit_name = names > 0 ? g->in->first : NULL;
    f->ctx.input = x + in.k;
    for (size_t j = 0; j < in.k; j++) {
        w[j] = weights != NULL ? weights->items[j]->number : 1;
        in.total += w[j];
    }
    if (g->op->weigh != NULL) {
        assert_int_equal(g->op->weigh(g->op, g->params, &f->ctx, &in, y), MERA_OK);
        assert_column_of(g->folder, y, g->out->x[0], in.k, golden_tolerance(g));
        return;
    }
    const mera_code rc = g->op->transform != NULL
                             ? mera_mean_kernel(g->op, g->params, &f->ctx, &in, f->arena, y)
                             : g->op->aggregate(g->op, g->params, &f->ctx, &in, y);
    assert_int_equal(rc, MERA_OK);
    assert_column_of(g->folder, y, g->out->x[0], in.n, golden_tolerance(g));
}

/* out.csv is in.csv without the units and indicators that are screened out. */
static void golden_screen(fixture *f, const golden *g)
{
    uint8_t unit[64], column[64];
    const size_t k = g->in->k - golden_names(f, g), n = g->in->n;
    size_t row = 0, j_out = 1;
    assert_int_equal(g->op->screen(g->op, g->params, &f->ctx, (const double *const *)(g->in->x + 1),
                                   k, n, unit, column),
                     MERA_OK);
    for (size_t i = 0; i < n; i++) {
        if (unit[i]) {
            assert_string_equal(g->in->first[i], g->out->first[row++]);
        }
    }
    for (size_t j = 0; j < k; j++) {
        if (column[j]) {
            assert_string_equal(g->in->name[j + 1], g->out->name[j_out++]);
        }
    }
    assert_int_equal(row, g->out->n);
    assert_int_equal(j_out, g->out->k);
}

static void golden_classes(fixture *f, const golden *g)
{
    int32_t class_of[64];
    mera_text_list labels;
    assert_int_equal(g->op->classify(g->op, g->params, &f->ctx, g->in->x[0], g->in->x[1], g->in->n,
                                     class_of, &labels),
                     MERA_OK);
    for (size_t i = 0; i < g->in->n; i++) {
        assert_string_equal(class_of[i] < 0 ? "" : labels.v[class_of[i]], g->out->first[i]);
    }
}

static void golden_run(fixture *f, const char *folder)
{
    golden g = {.folder = folder};
    const char *step = file_text(f->arena, mera_arena_printf(f->arena, "%s/step.yaml", folder));
    const char *source = file_text(f->arena, mera_arena_printf(f->arena, "%s/SOURCE.md", folder));
    char name[128];
    void *params;
    print_message("%s\n", folder);
    assert_non_null(step);
    assert_true(source != NULL && strlen(source) > 10);
    g.in = table_read(f->arena, mera_arena_printf(f->arena, "%s/in.csv", folder));
    g.out = table_read(f->arena, mera_arena_printf(f->arena, "%s/out.csv", folder));
    assert_true(g.in != NULL && g.in->n > 0 && g.in->n <= 64 && g.out != NULL);
    const char *slash = strrchr(folder, '/'), *start = slash;
    while (start > folder && start[-1] != '/') {
        start--;
    }
    snprintf(name, sizeof name, "%.*s", (int)(slash - start), start);
    g.op = mera_registry_find(f->registry, MERA_STEP_DERIVE, name);
    g.step = ops_params(f, step);
    assert_non_null(g.op);
    assert_string_equal(mera_value_get(g.step, "op")->text, strchr(name, '.') + 1);
    assert_int_equal(
        mera_op_bind(g.op, g.step, surroundings, MERA_NOWHERE, f->arena, f->diags, &params),
        MERA_OK);
    g.params = params;
    golden_context(f, &g);
    switch (g.op->step) {
    case MERA_STEP_SCREEN:
        golden_screen(f, &g);
        break;
    case MERA_STEP_WEIGHT:
    case MERA_STEP_AGGREGATE:
        golden_children(f, &g);
        break;
    case MERA_STEP_CLASSIFY:
        golden_classes(f, &g);
        break;
    case MERA_STEP_IMPUTE:
        (g.op->table != NULL   ? golden_table
         : g.op->panel != NULL ? golden_panel
                               : golden_column)(f, &g);
        break;
    default:
        golden_column(f, &g);
    }
}

static void the_golden_case_holds(void **state)
{
    const char *folder = *state;
    fixture *f;
    fixture_open((void **)&f);
    golden_run(f, folder);
    fixture_close((void **)&f);
}

static void every_operation_has_a_golden_case_and_all_hold(void **state)
{
    fixture *f = *state;
    const size_t n = mera_registry_size(f->registry);
    for (size_t i = 0; i < n; i++) {
        const char *name = mera_registry_get(f->registry, i)->name;
        const char *folder = mera_arena_printf(f->arena, GOLDEN "/%s", name);
        struct dirent **entry;
        const int found = scandir(folder, &entry, NULL, alphasort);
        size_t cases = 0;
        for (int e = 0; e < found; e++) {
            if (entry[e]->d_name[0] != '.') {
                fixture *fresh;
                fixture_open((void **)&fresh);
                golden_run(fresh, mera_arena_printf(f->arena, "%s/%s", folder, entry[e]->d_name));
                fixture_close((void **)&fresh);
                cases++;
            }
            free(entry[e]);
        }
        if (found >= 0) {
            free(entry);
        }
        if (cases == 0) {
            print_error("%s has no golden case\n", name);
            fail();
        }
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest all[] = {OPS_TEST(every_operation_has_a_golden_case_and_all_hold)};
    const struct CMUnitTest one[] = {
        cmocka_unit_test_prestate(the_golden_case_holds, argc > 1 ? argv[1] : NULL)};
    return argc > 1 ? cmocka_run_group_tests(one, NULL, NULL)
                    : cmocka_run_group_tests(all, NULL, NULL);
}
