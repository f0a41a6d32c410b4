/* SPDX-License-Identifier: Apache-2.0 */
/** @file The operations for a terminal: a line each, or one in full. Descriptors are English. */
#include "report/grid.h"

#include "base/math.h"
#include "base/number.h"

const char *mera_report_param_type(const mera_param *param, mera_arena *arena)
{
    static const char *const name[] = {
        [MERA_PARAM_F64] = "number",
        [MERA_PARAM_INT] = "whole number",
        [MERA_PARAM_BOOL] = "true or false",
        [MERA_PARAM_ENUM] = "one of",
        [MERA_PARAM_TEXT] = "text",
        [MERA_PARAM_COLUMN] = "column",
        [MERA_PARAM_F64_LIST] = "numbers",
        [MERA_PARAM_TEXT_LIST] = "texts",
        [MERA_PARAM_BANDS] = "map of label to number",
    };
    if (param->type != MERA_PARAM_ENUM) {
        return name[param->type];
    }
    mera_text text = {.arena = arena};
    for (size_t i = 0; param->choices[i] != NULL; i++) {
        mera_text_addf(&text, "%s%s", i > 0 ? " | " : "", param->choices[i]);
    }
    return mera_text_string(&text);
}

const char *mera_report_param_default(const mera_param *param, mera_arena *arena)
{
    char number[32];
    if (param->required) {
        return "required";
    }
    switch (param->type) {
    case MERA_PARAM_F64:
    case MERA_PARAM_INT:
        mera_number_write(param->fallback, number);
        return isnan(param->fallback) ? "null" : mera_arena_strdup(arena, number);
    case MERA_PARAM_BOOL:
        return param->fallback != 0 ? "true" : "false";
    case MERA_PARAM_ENUM:
        return param->choices[(size_t)param->fallback];
    default:
        return param->fallback_text == NULL ? "–" : param->fallback_text;
    }
}

const char *mera_report_param_limits(const mera_param *param, mera_arena *arena)
{
    mera_text text = {.arena = arena};
    char lo[32], hi[32];
    const bool has_range = param->type == MERA_PARAM_F64 || param->type == MERA_PARAM_INT ||
                           param->type == MERA_PARAM_F64_LIST;
    mera_text_add(&text, "");
    if (has_range && (param->min != 0 || param->max != 0)) {
        mera_number_write(param->min, lo);
        mera_number_write(param->max, hi);
        mera_text_addf(&text, "%s to %s", lo, hi);
    }
    if (param->max_items > 0 && param->max_items == param->min_items) {
        mera_text_addf(&text, "%s%zu items", text.n > 0 ? ", " : "", param->max_items);
    } else if (param->min_items > 0) {
        mera_text_addf(&text, "%sat least %zu", text.n > 0 ? ", " : "", param->min_items);
    }
    if (param->nullable) {
        mera_text_addf(&text, "%snull", text.n > 0 ? ", or " : "");
    }
    return mera_text_string(&text);
}

void mera_report_op_version(const mera_op *op, mera_text *out)
{
    if (op->plugin_version != NULL) {
        mera_text_add(out, op->plugin_version);
    } else {
        mera_text_addf(out, "%d", op->version);
    }
}

const char *mera_report_op_plugin(const mera_op *op, mera_arena *arena)
{
    return op->plugin == NULL ? ""
           : op->plugin_version == NULL
               ? op->plugin
               : mera_arena_printf(arena, "%s %s", op->plugin, op->plugin_version);
}

/** The operations of one step, from row `*n` on. */
static mera_code ops_rows(const mera_registry *registry, mera_step step, mera_arena *arena,
                          mera_grid *grid, size_t *n)
{
    for (size_t i = 0; i < mera_registry_size(registry); i++) {
        const mera_op *op = mera_registry_get(registry, i);
        if (op->step == step) {
            const char **row = &grid->cell[3 * (*n)++];
            row[0] = op->name;
            MERA_TRY_PTR(row[1] = mera_report_op_plugin(op, arena));
            row[2] = op->summary;
        }
    }
    return MERA_OK;
}

static mera_code ops_list(const mera_registry *registry, mera_step step, const mera_view *view,
                          mera_arena *arena, mera_text *out)
{
    mera_grid_column column[] = {{.title = "operation", .paint = MERA_PAINT_BOLD},
                                 {.title = "plugin", .hidden = true},
                                 {.title = "does", .gives_way = true}};
    mera_grid grid;
    size_t n = 0;
    for (size_t i = 0; i < mera_registry_size(registry); i++) {
        const mera_op *op = mera_registry_get(registry, i);
        const bool shown = step == MERA_N_STEPS || op->step == step;
        column[1].hidden = column[1].hidden && (op->plugin == NULL || !shown);
    }
    MERA_TRY(mera_grid_new(column, 3, mera_registry_size(registry), arena, &grid));
    for (int s = 0; s < MERA_N_STEPS; s++) { /* in the order of the pipeline */
        const bool shown = step == MERA_N_STEPS || step == (mera_step)s;
        MERA_TRY(shown ? ops_rows(registry, (mera_step)s, arena, &grid, &n) : MERA_OK);
    }
    grid.n_rows = n;
    return mera_grid_write(&grid, view, 0, arena, out);
}

static mera_code ops_params(const mera_op *op, const mera_view *view, mera_arena *arena,
                            mera_text *out)
{
    static const mera_grid_column column[] = {
        {.title = "parameter", .paint = MERA_PAINT_BOLD},
        {.title = "type", .max = 30},
        {.title = "default"},
        {.title = "allowed"},
        {.title = "unit"},
        {.title = "means", .gives_way = true},
    };
    enum { COLUMNS = sizeof column / sizeof column[0] };
    mera_grid grid;
    size_t n = 0;
    while (op->params != NULL && op->params[n].name != NULL) {
        n++;
    }
    if (n == 0) {
        mera_text_add(out, "\n  no parameters\n");
        return MERA_OK;
    }
    MERA_TRY(mera_grid_new(column, COLUMNS, n, arena, &grid));
    for (size_t i = 0; i < n; i++) {
        const mera_param *param = &op->params[i];
        const char **cell = &grid.cell[i * COLUMNS];
        cell[0] = param->name;
        cell[1] = mera_report_param_type(param, arena);
        cell[2] = mera_report_param_default(param, arena);
        cell[3] = mera_report_param_limits(param, arena);
        cell[4] = param->unit;
        cell[5] = param->help;
        if (cell[1] == NULL || cell[2] == NULL || cell[3] == NULL) {
            return MERA_ENOMEM;
        }
    }
    mera_text_add(out, "\n");
    return mera_grid_write(&grid, view, 2, arena, out);
}

static void ops_fact(const mera_view *view, const char *label, const char *fact, mera_text *out)
{
    if (fact != NULL && fact[0] != '\0') {
        mera_text_add(out, "  ");
        mera_style_add(out, view, MERA_PAINT_DIM, label);
        mera_text_addf(out, "%s\n", fact);
    }
}

mera_code mera_report_ops_table(const mera_registry *registry, mera_ops_choice choice,
                                const mera_view *view, mera_arena *arena, mera_text *out)
{
    const mera_op *op = choice.only;
    if (op == NULL) {
        return ops_list(registry, choice.step, view, arena, out);
    }
    mera_style_add(out, view, MERA_PAINT_BOLD, op->name);
    mera_text_add(out, "  version ");
    mera_report_op_version(op, out);
    mera_text_addf(out, "\n  %s\n\n", op->summary);
    ops_fact(view, "formula     ", op->formula, out);
    ops_fact(view, "missing     ", op->nulls, out);
    ops_fact(view, "convention  ", op->conventions, out);
    ops_fact(view, "its error   ", op->spread, out);
    ops_fact(view, "source      ", op->source, out);
    const char *plugin = mera_report_op_plugin(op, arena);
    MERA_TRY_PTR(plugin);
    ops_fact(view, "plugin      ", plugin, out);
    MERA_TRY(ops_params(op, view, arena, out));
    return out->failed ? MERA_ENOMEM : MERA_OK;
}
