/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Plugins for some regions. A plugin that says `regions` makes its indicators for units there; used
 * on a whole country, the others have no value, are imputed or weighed without it, and get a place
 * all the same. An overlay takes care of that; anything else is told.
 */
#include "base/math.h"
#include "base/text.h"
#include "run/internal.h"

#include <string.h>

/** The regions of the plugin whose operation makes an indicator; n = 0 when it says none. */
static mera_text_list regions_of(const run_score *s, const run_indicator *ind)
{
    const mera_project *project = s->plan->project;
    const mera_op *op = ind->indicator->kind == MERA_FROM_OP ? ind->indicator->derive.op : NULL;

    for (size_t i = 0; op != NULL && op->plugin != NULL && i < project->n_plugins; i++) {
        if (mera_streq(mera_plugin_id(project->plugin[i]), op->plugin)) {
            return mera_plugin_regions(project->plugin[i]);
        }
    }
    return (mera_text_list){0, NULL};
}

/** Is the unit of one of the regions? Its key begins with the region's code (OKTMO, NUTS), or one
 * of its groups has the region's name. */
static bool regions_has(const run_score *s, const mera_text_list *regions, size_t unit)
{
    const mera_plan *plan = s->plan;

    for (size_t r = 0; r < regions->n; r++) {
        const char *region = regions->v[r];

        if (strncmp(plan->data->unit_key[unit], region, strlen(region)) == 0) {
            return true;
        }
        for (size_t g = 0; g < plan->methodology->n_groupings; g++) {
            const int32_t code = plan->grouping[g].code[unit];

            if (code >= 0 && mera_streq(plan->grouping[g].labels.v[code], region)) {
                return true;
            }
        }
    }
    return false;
}

/** Has the unit no value in some scored period? */
static bool regions_lacks(const run_score *s, size_t indicator, size_t unit)
{
    const double *x = s->cells[indicator].stage[MERA_STAGE_RAW];

    for (size_t p = 0; p < s->plan->n_scored; p++) {
        if (isnan(x[p * s->plan->n_units + unit])) {
            return true;
        }
    }
    return false;
}

static mera_code regions_say(const run_score *s, size_t indicator, const mera_text_list *regions)
{
    const run_indicator *ind = &s->plan->indicator[indicator];
    mera_text list = {.arena = s->arena};
    size_t outside = 0, lacking = 0;
    const char *text;

    for (size_t i = 0; i < s->plan->n_units; i++) {
        const bool out = !regions_has(s, regions, i);

        outside += out;
        lacking += out && regions_lacks(s, indicator, i);
    }
    for (size_t r = 0; r < regions->n; r++) {
        mera_text_addf(&list, "%s'%s'", r > 0 ? ", " : "", regions->v[r]);
    }
    text = mera_text_string(&list);
    MERA_TRY_PTR(text);
    if (outside == 0) {
        return MERA_OK;
    }
    mera_warn(
        s->diags, "regional-plugin", ind->indicator->source_at,
        "%s is made by plugin '%s' for the regions %s; of %zu units of other regions %zu have "
        "no value, and yet all units share one ranking",
        ind->subject, ind->indicator->derive.op->plugin, text, outside, lacking);
    mera_hint(s->diags, "put it into an overlay (`overlay: {core: ...}`): there a unit without it "
                        "has no place; or keep to the units of those regions");
    return MERA_OK;
}

mera_code mera_run_check_regions(const run_score *s)
{
    const mera_plan *plan = s->plan;

    for (size_t i = 0; i < plan->methodology->n_indicators; i++) {
        const mera_text_list regions = regions_of(s, &plan->indicator[i]);
        const bool fresh = plan->core != NULL && mera_run_is_fresh(plan, i);

        if (regions.n > 0 && !fresh && !s->cells[i].dropped) {
            MERA_TRY(regions_say(s, i, &regions));
        }
    }
    return MERA_OK;
}
