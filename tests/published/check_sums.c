/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * check_sums METHODOLOGY [DATA]: what is split adds up, to 1e-12 of the larger of score and
 * change. At every node of units all over the list the contributions add up to its aggregate; from
 * the period before to the last one the causes of every unit's change do, and of some units those
 * of every node and of its indicators together. Exit status 77 when the data are not there.
 */
#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include "analysis/change.h"
#include "mera/mera.h"
#include "run/explain.h"

enum { SUMS_EXPLAINED = 300, SUMS_CHANGED = 40, SUMS_ORDERS = 1 };

typedef struct sums_run {
    mera_arena *arena;
    mera_diags *diags;
    mera_plan *plan;
    const mera_result *r;
    size_t n, wrong;
    double worst;
} sums_run;

/** Notes how far a sum is from what it should be. */
static void sums_look(sums_run *run, double sum, double whole, double size, const char *what,
                      const char *unit)
{
    const double off = fabs(sum - whole) / fmax(1, fabs(size));
    run->n++;
    run->worst = fmax(run->worst, off);
    if (!(off <= 1e-12)) {
        run->wrong++;
        printf("%s of %s: %.17g, the parts give %.17g\n", what, unit, whole, sum);
    }
}

static void sums_node(sums_run *run, const mera_trace_node *node, const char *unit)
{
    double sum = node->baseline + node->rule + node->rounding;
    for (size_t j = 0; j < node->n_children; j++) {
        const mera_trace_child *child = &node->child[j];
        sum += isnan(child->points_added) ? 0 : child->points_added;
        if (child->node != NULL) {
            sums_node(run, child->node, unit);
        }
    }
    if (!isnan(node->aggregate) && node->split != MERA_SPLIT_NONE) {
        sums_look(run, sum, node->aggregate, node->aggregate,
                  run->r->methodology->node[node->node].id, unit);
    }
}

static mera_code sums_explained(sums_run *run)
{
    const size_t step = run->r->n_units / SUMS_EXPLAINED + 1;
    for (size_t i = 0; i < run->r->n_units; i += step) {
        const size_t period = mera_result_latest(run->r, i, 0);
        const mera_trace_node *trace;
        MERA_TRY(
            mera_explain_unit(run->plan, run->r, i, period, 0, run->arena, run->diags, &trace));
        sums_node(run, trace, run->r->data->unit_name[i]);
    }
    return MERA_OK;
}

static double sums_causes(const double *by)
{
    double sum = 0;
    for (size_t c = 0; c < MERA_N_CAUSES; c++) {
        sum += by[c];
    }
    return sum;
}

/** One unit in full: every node, and the index from its indicators. */
static mera_code sums_full(sums_run *run, const mera_changed_end *from, const mera_changed_end *to,
                           size_t unit)
{
    const mera_changed_ask ask = {.unit = unit, .orders = SUMS_ORDERS, .seed = 7};
    const char *name = run->r->data->unit_name[unit];
    const mera_changed *made;
    MERA_TRY(mera_change_of(from, to, &ask, run->arena, run->diags, &made));
    for (size_t k = 0; k < run->r->methodology->n_nodes; k++) {
        const mera_changed_row *row = &made->node[k];
        if (!isnan(row->before) && !isnan(row->after)) {
            sums_look(run, sums_causes(row->by), row->after - row->before, row->after,
                      run->r->methodology->node[k].id, name);
        }
    }
    double sum = made->node[0].by[MERA_CAUSE_WEIGHTS] + made->node[0].by[MERA_CAUSE_METHOD];
    for (size_t k = 0; k < made->n_parts; k++) {
        sum += sums_causes(made->part[k].by);
    }
    sums_look(run, sum, made->node[0].after - made->node[0].before, made->node[0].after,
              "the index from its indicators", name);
    return MERA_OK;
}

static mera_code sums_changed(sums_run *run)
{
    const mera_changed_ask ask = {.unit = SIZE_MAX, .orders = SUMS_ORDERS, .seed = 7};
    const size_t last = mera_result_latest(run->r, SIZE_MAX, 0);
    const mera_changed_end from = {run->plan, run->r, last - 1}, to = {run->plan, run->r, last};
    const mera_changed *made;
    if (last == 0) {
        return MERA_OK;
    }
    MERA_TRY(mera_change_of(&from, &to, &ask, run->arena, run->diags, &made));
    for (size_t i = 0; i < made->n; i++) {
        const mera_changed_row *row = &made->row[i];
        sums_look(run, sums_causes(row->by), row->after - row->before, row->after, "the change",
                  run->r->data->unit_name[made->unit[i]]);
    }
    for (size_t i = 0; i < made->n; i += made->n / SUMS_CHANGED + 1) {
        MERA_TRY(sums_full(run, &from, &to, made->unit[i]));
    }
    return MERA_OK;
}

static mera_code sums_all(sums_run *run, mera_engine *engine, const char *methodology,
                          const char *const *data, size_t n)
{
    static const mera_set all = {"period", "all"};
    mera_project *project;
    mera_dataset *set;
    MERA_TRY(mera_project_open(engine, methodology, NULL, &all, 1, run->diags, &project));
    mera_code code = mera_project_read(project, data, n, run->arena, run->diags, &set, NULL);
    code = code == MERA_OK ? mera_plan_open(project, set, run->diags, &run->plan) : code;
    code = code == MERA_OK ? mera_plan_score(run->plan, run->arena, run->diags, &run->r) : code;
    code = code == MERA_OK ? sums_explained(run) : code;
    code = code == MERA_OK ? sums_changed(run) : code;
    if (run->plan != NULL) {
        mera_plan_close(run->plan);
    }
    mera_project_close(project);
    return code;
}

static void sums_told(const sums_run *run)
{
    for (size_t i = 0; i < mera_diags_size(run->diags); i++) {
        const mera_diag *diag = mera_diags_get(run->diags, i);
        if (diag->severity == MERA_ERROR) {
            printf("%s\n", diag->message);
        }
    }
}

int main(int argc, char **argv)
{
    sums_run run = {.arena = mera_arena_new()};
    const char *const data[] = {argc > 2 ? argv[2] : NULL};
    const char *const folder[] = {MERA_PLUGIN_DIR};
    const mera_options options = {.plugin_path = folder, .n_plugin_paths = 1};
    mera_engine *engine;
    if (argc > 2 && access(argv[2], R_OK) != 0) {
        printf("skipped: %s is not there\n", argv[2]);
        mera_arena_free(run.arena);
        return 77;
    }
    run.diags = run.arena != NULL ? mera_diags_new(run.arena) : NULL;
    if (argc < 2 || run.diags == NULL || mera_engine_open(&options, &engine) != MERA_OK) {
        return 2;
    }
    const mera_code code = sums_all(&run, engine, argv[1], data, argc > 2 ? 1 : 0);
    mera_engine_close(engine);
    sums_told(&run);
    printf("%zu sums, the worst off by %.2g\n", run.n, run.worst);
    mera_arena_free(run.arena);
    return code == MERA_OK && run.wrong == 0 && run.n > 0 ? 0 : 1;
}
