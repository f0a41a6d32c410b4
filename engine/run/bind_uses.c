/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Binding uses of operations: their columns, their reference sets, their frozen numbers; and which
 * periods each use must serve. A use serves the scored periods, and all of them where a later one
 * in its chain looks at more.
 */
#include "base/text.h"
#include "run/internal.h"

#include <string.h>

static size_t uses_n_columns(const mera_op *op)
{
    size_t n = 0;

    for (const mera_param *p = op->params; p != NULL && p->name != NULL; p++) {
        n += p->type == MERA_PARAM_COLUMN;
    }
    return n;
}

static mera_code uses_bind_inputs(mera_plan *plan, const mera_use *use, mera_diags *diags,
                                  run_sources *out)
{
    mera_code rc = MERA_OK;

    MERA_TRY_NEW(out->v, plan->arena, uses_n_columns(use->op));
    for (const mera_param *p = use->op->params; p != NULL && p->name != NULL; p++) {
        const char *name;
        mera_code found;

        if (p->type != MERA_PARAM_COLUMN) {
            continue;
        }
        memcpy(&name, (const char *)use->params + p->offset, sizeof name);
        if (name == NULL) {
            out->v[out->n++] = (run_source){.name = NULL, .indicator = SIZE_MAX};
            continue;
        }
        found = mera_run_bind_name(plan, name, SIZE_MAX, use->at, diags, &out->v[out->n++]);
        if (found == MERA_EINPUT) {
            (void)mera_within(diags, found, use->at, "in parameter '%s' of '%s'", p->name,
                              use->op->name);
        }
        rc = found != MERA_OK ? found : rc;
    }
    return rc;
}

static mera_code uses_bind_reference(mera_plan *plan, const mera_use *use, mera_diags *diags,
                                     run_use *out)
{
    const mera_reference *ref = &use->reference;

    if (ref->by != NULL) {
        out->by = mera_run_grouping(plan, ref->by);
        if (out->by == NULL || out->by->code == NULL) {
            return mera_fail(diags, MERA_EINPUT, "unknown-group", use->at,
                             "there is no group '%s' in `units: groups:`", ref->by);
        }
    }
    if (ref->frozen != NULL) {
        return mera_run_frozen_read(plan, use, diags, &out->frozen);
    }
    if (ref->period == MERA_PERIOD_NAMED) {
        for (size_t w = 0; w < plan->n_work; w++) {
            if (mera_streq(plan->period_label[w], ref->label)) {
                out->named = w;
            }
        }
    }
    return MERA_OK;
}

/** Imputers over tables and periods learn nothing that could come from elsewhere. */
static mera_code uses_check_reference(const mera_use *use, mera_diags *diags)
{
    const mera_reference *ref = &use->reference;
    const char *what = ref->frozen != NULL                         ? "frozen"
                       : ref->period == MERA_PERIOD_NAMED          ? "period"
                       : use->op->panel != NULL && ref->by != NULL ? "by"
                                                                   : NULL;

    if (what == NULL) {
        return MERA_OK;
    }
    (void)mera_fail(diags, MERA_EINPUT, "unsupported-reference", use->at,
                    use->op->panel != NULL
                        ? "'%s' looks at one unit's own periods and takes no '%s' in its reference"
                        : "'%s' learns from the table it fills and takes no '%s' in its reference",
                    use->op->name, what);
    mera_hint(diags, use->op->panel != NULL ? "leave 'reference' out"
                                            : "it can be split by group ('by') and learn from all "
                                              "periods ('period: all')");
    return MERA_EINPUT;
}

/** `on_error: drop` leaves out an indicator or a check. A step that others build on cannot be left
 * out without making another methodology of it. */
static void uses_tell_no_drop(const mera_plan *plan, const mera_use *use, mera_diags *diags)
{
    if (use->op->step != MERA_STEP_DERIVE && mera_run_may_drop(plan->project, use->op)) {
        mera_note(diags, "on-error", use->at,
                  "a failure of '%s' stops the run all the same: 'on_error: drop' leaves out "
                  "indicators and checks of a plugin, not steps that scores are made by",
                  use->op->name);
    }
}

mera_code mera_run_bind_use(mera_plan *plan, const mera_use *use, mera_diags *diags, run_use *out)
{
    mera_code rc, reference;

    *out = (run_use){.use = use, .n_out = plan->n_scored};
    if (use->op == NULL) {
        return MERA_OK;
    }
    uses_tell_no_drop(plan, use, diags);
    if (use->op->table != NULL || use->op->panel != NULL) {
        MERA_TRY(uses_check_reference(use, diags));
        plan->has_tables = plan->has_tables || use->op->table != NULL;
    }
    rc = uses_bind_inputs(plan, use, diags, &out->inputs);
    reference = uses_bind_reference(plan, use, diags, out);
    return rc != MERA_OK ? rc : reference;
}

mera_code mera_run_bind_uses(mera_plan *plan, const mera_use_list *uses, mera_diags *diags,
                             run_uses *out)
{
    mera_code rc = MERA_OK;

    out->n = uses->n;
    MERA_TRY_NEW(out->v, plan->arena, uses->n);
    for (size_t i = 0; i < uses->n; i++) {
        const mera_code bound = mera_run_bind_use(plan, &uses->v[i], diags, &out->v[i]);

        if (bound == MERA_ENOMEM) {
            return bound;
        }
        for (size_t k = 0; k < i; k++) {
            out->v[i].nth += uses->v[k].op == uses->v[i].op;
        }
        rc = bound != MERA_OK ? bound : rc;
    }
    return rc;
}
