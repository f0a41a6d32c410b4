/* SPDX-License-Identifier: Apache-2.0 */
/** @file The operations as JSON, for programs that build forms or pages from them. */
#include "base/json.h"
#include "report/report.h"

static mera_code ops_json_param(mera_json *json, const mera_param *param, mera_arena *arena)
{
    const char *type = mera_report_param_type(param, arena);
    const char *fallback = mera_report_param_default(param, arena);
    const char *limits = mera_report_param_limits(param, arena);
    if (type == NULL || fallback == NULL || limits == NULL) {
        return MERA_ENOMEM;
    }
    mera_json_open(json, NULL, '{');
    mera_json_text(json, "name", param->name);
    mera_json_text(json, "type", type);
    mera_json_bool(json, "required", param->required);
    mera_json_text(json, "default", param->required ? NULL : fallback);
    mera_json_text(json, "allowed", limits);
    if (param->min != 0 || param->max != 0) {
        mera_json_number(json, "min", param->min);
        mera_json_number(json, "max", param->max);
    }
    mera_json_text(json, "unit", param->unit);
    mera_json_text(json, "help", param->help);
    mera_json_close(json, '}');
    return MERA_OK;
}

static mera_code ops_json_op(mera_json *json, const mera_op *op, mera_arena *arena)
{
    mera_json_open(json, NULL, '{');
    mera_json_text(json, "name", op->name);
    mera_json_text(json, "step", mera_step_name(op->step));
    mera_json_count(json, "version", (size_t)op->version);
    mera_json_text(json, "summary", op->summary);
    mera_json_text(json, "formula", op->formula);
    mera_json_text(json, "missing", op->nulls);
    mera_json_text(json, "conventions", op->conventions);
    mera_json_text(json, "spread", op->spread);
    mera_json_text(json, "source", op->source);
    mera_json_text(json, "plugin", op->plugin);
    mera_json_text(json, "plugin_version", op->plugin_version);
    mera_json_open(json, "params", '[');
    for (const mera_param *param = op->params; param != NULL && param->name != NULL; param++) {
        MERA_TRY(ops_json_param(json, param, arena));
    }
    mera_json_close(json, ']');
    mera_json_close(json, '}');
    return MERA_OK;
}

mera_code mera_report_ops_json(const mera_registry *registry, mera_ops_choice choice,
                               mera_arena *arena, mera_text *out)
{
    mera_json json = {.out = out, .fresh = true, .pretty = true};
    mera_json_open(&json, NULL, '{');
    mera_json_open(&json, "operations", '[');
    mera_code code = MERA_OK;
    for (size_t i = 0; i < mera_registry_size(registry) && code == MERA_OK; i++) {
        const mera_op *op = mera_registry_get(registry, i);
        if ((choice.only == NULL || choice.only == op) &&
            (choice.step == MERA_N_STEPS || op->step == choice.step)) {
            code = ops_json_op(&json, op, arena);
        }
    }
    MERA_TRY(code);
    mera_json_close(&json, ']');
    mera_json_close(&json, '}');
    mera_text_add(out, "\n");
    return out->failed ? MERA_ENOMEM : MERA_OK;
}
