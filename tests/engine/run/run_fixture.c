/* SPDX-License-Identifier: Apache-2.0 */
/** @file See run_fixture.h. */
#include "run_fixture.h"

#include <stdlib.h>

#include "data/builder.h"

int run_setup(void **state)
{
    run_fixture *f = calloc(1, sizeof *f);

    assert_non_null(f);
    f->arena = mera_arena_new();
    f->diags = mera_diags_new(f->arena);
    f->threads = 1;
    *state = f;
    return 0;
}

void run_again(run_fixture *f)
{
    mera_plan_close(f->plan);
    mera_project_close(f->project);
    mera_engine_close(f->engine);
    f->plan = NULL;
    f->project = NULL;
    f->engine = NULL;
    f->result = NULL;
    f->diags = mera_diags_new(f->arena);
}

int run_teardown(void **state)
{
    run_fixture *f = *state;

    run_again(f);
    mera_arena_free(f->arena);
    free(f);
    return 0;
}

static mera_code run_read_yaml(void *self, const char *path, size_t limit, mera_at at,
                               mera_arena *arena, mera_diags *diags, const char **bytes, size_t *n)
{
    (void)path;
    (void)limit;
    (void)at;
    (void)diags;
    *bytes = mera_arena_strdup(arena, self);
    *n = strlen(self);
    return MERA_OK;
}

/** Splits a line in place; returns the number of fields. */
static size_t run_split(char *line, char *field[], size_t room)
{
    size_t n = 0;

    for (char *at = line; at != NULL && n < room; n++) {
        field[n] = at;
        at = strchr(at, ',');
        if (at != NULL) {
            *at++ = '\0';
        }
    }
    return n;
}

static void run_put(mera_builder *b, const char *name, const char *text, size_t unit, size_t period)
{
    size_t index;

    if (name[0] == '@') {
        assert_int_equal(mera_builder_attribute(b, name + 1, &index), MERA_OK);
        if (strcmp(text, ".") != 0) {
            assert_int_equal(mera_builder_text(b, index, unit, period, text, strlen(text)),
                             MERA_OK);
        }
        return;
    }
    assert_int_equal(mera_builder_column(b, name, &index), MERA_OK);
    if (strcmp(text, ".") != 0) {
        assert_int_equal(
            mera_builder_cell(b, index, unit, period, strtod(text, NULL), MERA_OBSERVED, 0, 0, 0),
            MERA_OK);
    }
}

static void run_row(mera_builder *b, char *const header[], char *const field[], size_t n)
{
    const char *label = "";
    size_t unit, period;
    bool added;

    for (size_t i = 1; i < n; i++) {
        label = strcmp(header[i], "period") == 0 ? field[i] : label;
    }
    assert_int_equal(mera_builder_unit(b, field[0], strlen(field[0]), &unit, &added), MERA_OK);
    assert_int_equal(mera_builder_period(b, label, strlen(label), &period), MERA_OK);
    for (size_t i = 1; i < n; i++) {
        if (strcmp(header[i], "period") != 0) {
            run_put(b, header[i], field[i], unit, period);
        }
    }
}

mera_code run_table_read(run_fixture *f, const char *table)
{
    enum { ROOM = 64 };
    char *header[ROOM], *field[ROOM], *text = strdup(table), *save = NULL;
    const mera_file file = {.path = "table.csv", .sha256 = "", .encoding = "utf-8"};
    mera_builder *b;
    size_t n, index;
    mera_code rc;

    assert_int_equal(mera_builder_new(f->arena, &b), MERA_OK);
    assert_int_equal(mera_builder_file(b, &file, &index), MERA_OK);
    n = run_split(strtok_r(text, "\n", &save), header, ROOM);
    for (char *line; (line = strtok_r(NULL, "\n", &save)) != NULL;) {
        assert_int_equal(run_split(line, field, ROOM), n);
        run_row(b, header, field, n);
    }
    rc = mera_builder_finish(b, &f->data);
    free(text);
    return rc;
}

mera_code run_open(run_fixture *f, const char *yaml, const char *table)
{
    const mera_options options = {.threads = f->threads,
                                  .plugin_path = &f->plugins,
                                  .n_plugin_paths = f->plugins != NULL ? 1 : 0};
    char *text = mera_arena_strdup(f->arena, yaml);
    const mera_reader reader = {.read = run_read_yaml, .self = text};
    mera_code rc;

    assert_int_equal(mera_engine_open(&options, &f->engine), MERA_OK);
    rc = mera_project_open_reader(f->engine, &reader, "m.yaml", f->variant, f->set, f->n_set,
                                  f->diags, &f->project);
    if (rc != MERA_OK) {
        return rc;
    }
    return table == NULL ? MERA_OK : run_table_read(f, table);
}

mera_code run_bind(run_fixture *f, const char *yaml, const char *table)
{
    const mera_code rc = run_open(f, yaml, table);

    return rc != MERA_OK ? rc : mera_plan_open(f->project, f->data, f->diags, &f->plan);
}

mera_code run_score_text(run_fixture *f, const char *yaml, const char *table)
{
    const mera_code rc = run_bind(f, yaml, table);

    return rc != MERA_OK ? rc : mera_plan_score(f->plan, f->arena, f->diags, &f->result);
}

void run_must(run_fixture *f, const char *yaml, const char *table)
{
    const mera_code rc = run_score_text(f, yaml, table);

    if (rc != MERA_OK) {
        for (size_t i = 0; i < mera_diags_size(f->diags); i++) {
            print_error("%s", mera_diag_text(f->diags, mera_diags_get(f->diags, i), f->arena));
        }
    }
    assert_int_equal(rc, MERA_OK);
}

static size_t run_cell(const run_fixture *f, const char *unit, size_t period)
{
    const size_t i = mera_dataset_unit(f->data, unit);

    assert_true(i < f->data->n_units);
    return period * f->data->n_units + i;
}

static size_t run_node_index(const run_fixture *f, const char *node)
{
    const size_t k = mera_methodology_node(f->result->methodology, node);

    assert_true(k != SIZE_MAX);
    return k;
}

double run_score_of(const run_fixture *f, const char *node, const char *unit, size_t period)
{
    return f->result->node[run_node_index(f, node)].score[run_cell(f, unit, period)];
}

double run_rank_of(const run_fixture *f, const char *node, const char *unit)
{
    return f->result->node[run_node_index(f, node)].rank[run_cell(f, unit, 0)];
}

double run_stage_of(const run_fixture *f, const char *indicator, mera_stage stage, const char *unit,
                    size_t period)
{
    const size_t k = mera_methodology_indicator(f->result->methodology, indicator);

    assert_true(k != SIZE_MAX);
    return f->result->indicator[k].stage[stage][run_cell(f, unit, period)];
}

const char *run_first_problem(run_fixture *f)
{
    assert_true(mera_diags_size(f->diags) > 0);
    return mera_diag_text(f->diags, mera_diags_get(f->diags, 0), f->arena);
}
