/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The plugins that ship. `exponential` against the published domain scores of WIMD 2019 (Welsh
 * Government, OGL v3.0; the data stay outside the repository), `climate` against hand calculations.
 */
#include "lua_fixture.h"

static char *read_whole(const char *path, size_t *n)
{
    FILE *file = fopen(path, "rb");
    char *text = NULL;

    if (file != NULL) {
        fseek(file, 0, SEEK_END);
        *n = (size_t)ftell(file);
        rewind(file);
        text = malloc(*n + 1);
        assert_int_equal(fread(text, 1, *n, file), *n);
        text[*n] = '\0';
        fclose(file);
    }
    return text;
}

static void open_shipped(fixture *f, const char *name)
{
    char folder[512], path[540];
    size_t n;
    char *source;

    snprintf(folder, sizeof folder, "%s/plugins/%s", MERA_SOURCE_DIR, name);
    snprintf(path, sizeof path, "%s/plugin.lua", folder);
    source = read_whole(path, &n);
    assert_non_null(source);
    if (mera_plugin_open(folder, source, n, NULL, NULL, MERA_NOWHERE, f->arena, f->diags,
                         &f->plugin) != MERA_OK) {
        print_error("%s\n", last_text(f));
        fail();
    }
    free(source);
}

/* ---- exponential ------------------------------------------------------------------------- */

static void transform(fixture *f, const mera_value *given, const double *x, size_t n, double *y)
{
    const mera_op *op = op_named(f, "normalise.exponential.rank");
    mera_op_ctx ctx = {.diags = f->diags, .arena = f->arena, .subject = "indicator 'x'"};
    mera_fitted fitted = {.n = 0};
    void *params;

    assert_int_equal(mera_op_bind(op, given, NULL, MERA_NOWHERE, f->arena, f->diags, &params),
                     MERA_OK);
    assert_int_equal(op->fit(op, params, &ctx, x, n, &fitted), MERA_OK);
    assert_int_equal(op->apply(op, params, &ctx, &fitted, x, n, y), MERA_OK);
}

static void the_highest_of_all_scores_100(void **state)
{
    fixture *f = *state;
    const double x[] = {1, 3, NAN, 2};
    const double k = 1 - exp(-100.0 / 23);
    double y[4];

    open_shipped(f, "exponential");
    transform(f, NULL, x, 4, y);
    assert_close(y[1], 100, 1e-14);
    assert_close(y[3], -23 * log(1 - 2.0 / 3 * k), 1e-14);
    assert_close(y[0], -23 * log(1 - 1.0 / 3 * k), 1e-14);
    assert_missing(y[2]);
}

static void equal_values_share_a_rank_as_asked(void **state)
{
    static const struct {
        const char *ties;
        double rank;
    } cases[] = {{"min", 1}, {"mean", 1.5}, {"max", 2}};
    fixture *f = *state;
    const double x[] = {5, 5, 1};
    const double k = 1 - exp(-100.0 / 23);
    double y[3];

    open_shipped(f, "exponential");
    for (size_t i = 0; i < 3; i++) {
        mera_value *text;
        mera_entry entry = {.key = "ties"};
        mera_value map = {.kind = MERA_VALUE_MAP, .n = 1, .entries = &entry};

        mera_value_scalar(f->arena, cases[i].ties, false, MERA_NOWHERE, &text);
        entry.value = text;
        transform(f, &map, x, 3, y);
        assert_close(y[0], -23 * log(1 - (4 - cases[i].rank) / 3 * k), 1e-13);
        assert_true(y[0] == y[1]);
    }
}

static void an_empty_reference_set_is_an_error(void **state)
{
    fixture *f = *state;
    const double x[] = {NAN};
    mera_op_ctx ctx = {.diags = f->diags, .arena = f->arena, .subject = "indicator 'x'"};
    mera_fitted fitted;
    const mera_op *op;

    open_shipped(f, "exponential");
    op = op_named(f, "normalise.exponential.rank");
    assert_int_equal(op->fit(op, defaults_of(f, op), &ctx, x, 1, &fitted), MERA_EINPUT);
    assert_printed(f, "plugin 'exponential' 1.0.0: no value is present in the reference set");
}

enum { WIMD_AREAS = 1909, WIMD_FIELDS = 28 };

/* Splits the file: quoted names in the first line, numbers below (keys are quoted too). */
static size_t wimd_fields(char *line, char *field[WIMD_FIELDS])
{
    size_t n = 0;

    for (char *at = strtok(line, ",\r"); at != NULL && n < WIMD_FIELDS; at = strtok(NULL, ",\r")) {
        field[n++] = *at == '"' ? at + 1 : at;
        if (*at == '"') {
            at[strlen(at) - 1] = '\0';
        }
    }
    return n;
}

static size_t wimd_column(char *const field[WIMD_FIELDS], const char *domain, const char *kind)
{
    char name[40];

    snprintf(name, sizeof name, "%s_%s", domain, kind);
    for (size_t i = 0; i < WIMD_FIELDS; i++) {
        if (strcmp(field[i], name) == 0) {
            return i;
        }
    }
    print_error("no column %s\n", name);
    fail();
    return 0;
}

static void published_wimd_scores_are_reproduced(void **state)
{
    static const char *const domains[] = {"Income", "Employment", "Health",      "Education",
                                          "Access", "Housing",    "Environment", "Crime"};
    static double x[8][WIMD_AREAS], published[8][WIMD_AREAS], y[WIMD_AREAS];
    const char *shared = getenv("MERA_SHARED");
    char path[600], *text, *rest, *header[WIMD_FIELDS], *field[WIMD_FIELDS];
    fixture *f = *state;
    size_t n, areas = 0;

    snprintf(path, sizeof path, "%s/data/wales_wimd_2019/wimd2019_lsoa.csv",
             shared != NULL ? shared : MERA_SOURCE_DIR "/../shared");
    text = read_whole(path, &n);
    if (text == NULL) {
        print_message("skipped: %s is not there\n", path);
        skip();
    }
    rest = text;
    assert_int_equal(wimd_fields(strsep(&rest, "\n"), header), WIMD_FIELDS);
    while (rest != NULL && *rest != '\0' && areas < WIMD_AREAS) {
        assert_int_equal(wimd_fields(strsep(&rest, "\n"), field), WIMD_FIELDS);
        for (size_t d = 0; d < 8; d++) {
            x[d][areas] = -atof(field[wimd_column(header, domains[d], "rank")]); /* directed */
            published[d][areas] = atof(field[wimd_column(header, domains[d], "score")]);
        }
        areas++;
    }
    assert_int_equal(areas, WIMD_AREAS);
    open_shipped(f, "exponential");
    for (size_t d = 0; d < 8; d++) {
        transform(f, NULL, x[d], WIMD_AREAS, y);
        for (size_t i = 0; i < WIMD_AREAS; i++) {
            assert_true(fabs(y[i] - published[d][i]) <= 5.5e-9);
        }
    }
    free(text);
}

/* ---- climate ----------------------------------------------------------------------------- */

static void derive(fixture *f, const char *name, const double *const *input, size_t n, double *y)
{
    const mera_op *op = op_named(f, name);
    mera_op_ctx ctx = {.diags = f->diags, .arena = f->arena, .input = input};

    if (op->derive(op, defaults_of(f, op), &ctx, n, y) != MERA_OK) {
        print_error("%s\n", last_text(f));
        fail();
    }
}

static void climate_load_is_as_in_its_readme(void **state)
{
    fixture *f = *state;
    const double days[] = {10000, 6000, NAN}, area[] = {250000, 3000000, 1},
                 people[] = {10000, 0, 1};
    const double frost[] = {250, 300, 100}, wind[] = {4, 12, 1};
    const double season[] = {280, 350, NAN}, permafrost[] = {NAN, 80, 10};
    double y[3];

    open_shipped(f, "climate");
    derive(f, "derive.climate.heating_load", (const double *const[]){days, area, people}, 3, y);
    assert_close(y[0], 250, 1e-15); /* 10,000 degree-days over 25 m2 a person */
    assert_missing(y[1]);           /* nobody lives there */
    assert_missing(y[2]);
    derive(f, "derive.climate.frost_load", (const double *const[]){frost, wind}, 3, y);
    assert_close(y[0], 300, 1e-14); /* 250 * (1 + 0.1 * (4 - 2)) */
    assert_close(y[1], 365, 0);     /* 300 * 2 is more than a year has */
    assert_close(y[2], 100, 0);     /* calm adds nothing and takes nothing away */
    derive(f, "derive.climate.season_share", (const double *const[]){season, permafrost}, 3, y);
    assert_close(y[0], 280.0 / 365 * 100, 1e-15); /* an unknown share counts as none */
    assert_close(y[1], 100, 0);                   /* 350 + 20 is more than a year has */
    assert_missing(y[2]);
}

static void climate_indicators_are_directed_lower(void **state)
{
    fixture *f = *state;

    open_shipped(f, "climate");
    assert_int_equal(mera_plugin_n_ops(f->plugin), 3);
    for (size_t i = 0; i < 3; i++) {
        const mera_op *op = mera_plugin_op(f->plugin, i);

        assert_int_equal(op->direction, MERA_LOWER);
        assert_true(op->unit != NULL && op->title_ru != NULL && op->title_en != NULL);
        assert_true(op->range[0] < op->range[1]);
    }
    assert_string_equal(mera_plugin_op(f->plugin, 0)->name, "derive.climate.heating_load");
    assert_string_equal(mera_plugin_title(f->plugin, "ru"),
                        "Климатическая нагрузка северных городов");
}

/* ---- penalty ----------------------------------------------------------------------------- */

static void the_penalty_in_lua_equals_the_one_in_c(void **state)
{
    enum { UNITS = 200, CHILDREN = 5 };
    static double cell[CHILDREN][UNITS], lua[UNITS], c[UNITS];
    fixture *f = *state;
    mera_registry *registry;
    const double *x[CHILDREN];
    const double w[CHILDREN] = {1, 2, 0.5, 0, 3};
    const mera_children in = {.n = UNITS, .k = CHILDREN, .x = x, .w = w, .total = 6.5};
    mera_op_ctx ctx = {.diags = f->diags, .arena = f->arena, .subject = "node 'x'"};
    const mera_op *twin, *mine;

    for (size_t j = 0; j < CHILDREN; j++) {
        x[j] = cell[j];
        for (size_t i = 0; i < UNITS; i++) {
            const size_t hash = (i * 7919 + j * 104729) % 1009;

            cell[j][i] = hash % 11 == 0 ? NAN : 60 + (double)hash / 12;
        }
    }
    open_shipped(f, "penalty");
    mine = op_named(f, "aggregate.penalty.mpi");
    assert_int_equal(mera_registry_new(f->arena, &registry), MERA_OK);
    twin = mera_registry_find(registry, MERA_STEP_AGGREGATE, "mpi");
    assert_int_equal(mine->aggregate(mine, defaults_of(f, mine), &ctx, &in, lua), MERA_OK);
    assert_int_equal(twin->aggregate(twin, defaults_of(f, twin), &ctx, &in, c), MERA_OK);
    for (size_t i = 0; i < UNITS; i++) {
        assert_true(isnan(lua[i]) == isnan(c[i]));
        assert_true(isnan(c[i]) || fabs(lua[i] - c[i]) <= 1e-13 * fabs(c[i]));
    }
}

int main(void)
{
#define HERE(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)
    const struct CMUnitTest tests[] = {
        HERE(the_highest_of_all_scores_100),
        HERE(equal_values_share_a_rank_as_asked),
        HERE(an_empty_reference_set_is_an_error),
        HERE(published_wimd_scores_are_reproduced),
        HERE(climate_load_is_as_in_its_readme),
        HERE(climate_indicators_are_directed_lower),
        cmocka_unit_test_setup_teardown(the_penalty_in_lua_equals_the_one_in_c, fixture_open,
                                        fixture_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
