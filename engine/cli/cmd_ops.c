/* SPDX-License-Identifier: Apache-2.0 */
/** @file mera ops: the operations built in and of the plugins there are, from their registry. */
#include "cli/session.h"

#include <string.h>
#include <unistd.h>

enum { OPS_UNCUT = 10000 /* columns of a list that goes into a pipe, where nothing is cut */ };

static mera_step ops_step(const char *name)
{
    for (int step = 0; step < MERA_N_STEPS; step++) {
        if (mera_streq(mera_step_name((mera_step)step), name)) {
            return (mera_step)step;
        }
    }
    return MERA_N_STEPS;
}

/** By full name, or by a short one that a single step has. */
static const mera_op *ops_find(const mera_registry *registry, mera_step only, const char *name)
{
    for (int step = 0; step < MERA_N_STEPS; step++) {
        const mera_op *op = only == MERA_N_STEPS || only == (mera_step)step
                                ? mera_registry_find(registry, (mera_step)step, name)
                                : NULL;
        if (op != NULL) {
            return op;
        }
    }
    return NULL;
}

static mera_code ops_unknown(cli *c, const mera_registry *registry, const char *name)
{
    const size_t n = mera_registry_size(registry);
    const char **names;
    MERA_TRY_NEW(names, c->arena, 2 * n);
    for (size_t i = 0; i < n; i++) {
        const mera_op *op = mera_registry_get(registry, i);
        names[i] = op->name;
        names[n + i] = op->name + strlen(mera_step_name(op->step)) + 1;
    }
    const mera_code code = mera_fail(c->diags, MERA_EUSAGE, "unknown-operation", MERA_NOWHERE,
                                     "there is no operation '%s'", name);
    const char *near = mera_nearest(name, names, 2 * n);
    if (near != NULL) {
        mera_hint(c->diags, "did you mean '%s'?", near);
    } else {
        mera_hint(c->diags, "'mera ops' lists them");
    }
    return code;
}

mera_code cli_ops(cli *c)
{
    mera_registry *registry;
    mera_ops_choice choice = {.step = ops_step(c->args.step)};
    mera_view view = c->view;
    view.width = isatty(fileno(c->stream)) ? view.width : OPS_UNCUT;
    MERA_TRY(mera_registry_new(c->arena, &registry));
    if (c->args.operands.n > 0) {
        choice.only = ops_find(registry, choice.step, c->args.operands.v[0]);
    }
    if (choice.only == NULL) {        /* no plugin is opened to show what is built in */
        c->args.threads.given = true; /* nothing is computed */
        c->args.threads.value = 1;
        MERA_TRY(cli_engine(c));
        MERA_TRY(mera_engine_catalogue(c->engine, c->arena, c->diags, &registry));
    }
    if (c->args.operands.n > 0 && choice.only == NULL) {
        choice.only = ops_find(registry, choice.step, c->args.operands.v[0]);
        if (choice.only == NULL) {
            return ops_unknown(c, registry, c->args.operands.v[0]);
        }
    }
    if (cli_format_is(c, "json")) {
        return mera_report_ops_json(registry, choice, c->arena, &c->out);
    }
    if (cli_format_is(c, "markdown")) {
        return mera_report_ops_markdown(registry, choice, c->arena, &c->out);
    }
    return mera_report_ops_table(registry, choice, &view, c->arena, &c->out);
}
