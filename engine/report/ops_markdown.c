/* SPDX-License-Identifier: Apache-2.0 */
/** @file The operations as reference pages in Markdown, generated from their descriptors alone. */
#include "report/style.h"

/** A cell of a table: bars would end it. */
static void markdown_cell(mera_text *out, const char *text)
{
    mera_text_add(out, " ");
    for (; text != NULL && *text != '\0'; text++) {
        mera_text_add_n(out, *text == '|' ? "\\|" : text, *text == '|' ? 2 : 1);
    }
    mera_text_add(out, " |");
}

static mera_code markdown_params(const mera_op *op, mera_arena *arena, mera_text *out)
{
    if (op->params == NULL || op->params[0].name == NULL) {
        mera_text_add(out, "No parameters.\n\n");
        return MERA_OK;
    }
    mera_text_add(out, "| parameter | type | default | allowed | unit | means |\n"
                       "| --- | --- | --- | --- | --- | --- |\n");
    for (const mera_param *param = op->params; param->name != NULL; param++) {
        const char *const cell[] = {
            mera_report_param_type(param, arena), mera_report_param_default(param, arena),
            mera_report_param_limits(param, arena), param->unit, param->help};
        if (cell[0] == NULL || cell[1] == NULL || cell[2] == NULL) {
            return MERA_ENOMEM;
        }
        mera_text_addf(out, "| `%s` |", param->name);
        for (size_t j = 0; j < sizeof cell / sizeof cell[0]; j++) {
            markdown_cell(out, cell[j]);
        }
        mera_text_add(out, "\n");
    }
    mera_text_add(out, "\n");
    return MERA_OK;
}

static void markdown_fact(const char *label, const char *fact, mera_text *out)
{
    if (fact != NULL && fact[0] != '\0') {
        mera_text_addf(out, "- %s: %s\n", label, fact);
    }
}

static mera_code markdown_op(const mera_op *op, mera_arena *arena, mera_text *out)
{
    mera_text_addf(out, "### %s\n\n%s\n\n", op->name, op->summary);
    if (op->formula != NULL && op->formula[0] != '\0') {
        mera_text_addf(out, "    %s\n\n", op->formula);
    }
    markdown_fact("missing", op->nulls, out);
    markdown_fact("convention", op->conventions, out);
    markdown_fact("standard error of what is filled", op->spread, out);
    markdown_fact("source", op->source, out);
    const char *plugin = mera_report_op_plugin(op, arena);
    MERA_TRY_PTR(plugin);
    markdown_fact("plugin", plugin, out);
    mera_text_add(out, "- version: ");
    mera_report_op_version(op, out);
    mera_text_add(out, "\n\n");
    return markdown_params(op, arena, out);
}

/** The operations of a step under a title of its own; nothing when it has none. */
static mera_code markdown_step(const mera_registry *registry, mera_step step, mera_arena *arena,
                               mera_text *out)
{
    bool titled = false;
    for (size_t i = 0; i < mera_registry_size(registry); i++) {
        const mera_op *op = mera_registry_get(registry, i);
        if (op->step != step) {
            continue;
        }
        if (!titled) {
            mera_text_addf(out, "## %s\n\n", mera_step_name(step));
            titled = true;
        }
        MERA_TRY(markdown_op(op, arena, out));
    }
    return MERA_OK;
}

mera_code mera_report_ops_markdown(const mera_registry *registry, mera_ops_choice choice,
                                   mera_arena *arena, mera_text *out)
{
    if (choice.only != NULL) {
        MERA_TRY(markdown_op(choice.only, arena, out));
        return out->failed ? MERA_ENOMEM : MERA_OK;
    }
    mera_text_add(out, "# Operations\n\nWritten by `mera ops --format markdown`.\n\n");
    mera_code code = MERA_OK;
    for (int s = 0; s < MERA_N_STEPS && code == MERA_OK; s++) {
        if (choice.step == MERA_N_STEPS || choice.step == (mera_step)s) {
            code = markdown_step(registry, (mera_step)s, arena, out);
        }
    }
    MERA_TRY(code);
    return out->failed ? MERA_ENOMEM : MERA_OK;
}
