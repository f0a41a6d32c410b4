/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Groupings of units: the product of one or more attributes, per period. For each period the units
 * are kept sorted by group, so that a fit by group gathers its sample in one pass.
 */
#include "base/grow.h"
#include "base/map.h"
#include "base/text.h"
#include "run/internal.h"

/** A grouping being built. */
typedef struct groups_build {
    mera_plan *plan;
    const mera_grouping *grouping;
    const mera_attribute *attribute[4];
    mera_map *seen;
    const char **label;
    size_t n, room;
    int32_t *code;
} groups_build;

static mera_code groups_attributes(groups_build *b, mera_diags *diags)
{
    const mera_dataset *data = b->plan->data;
    bool refused = false;

    for (size_t i = 0; i < b->grouping->n_attributes; i++) {
        const char *name = b->grouping->attribute[i];

        b->attribute[i] = mera_dataset_attribute(data, name);
        if (b->attribute[i] != NULL) {
            continue;
        }
        refused = true;
        (void)mera_fail(diags, MERA_EINPUT, "missing-attribute", b->grouping->at,
                        "group '%s' is made of the field '%s', which the data do not have",
                        b->grouping->id, name);
    }
    return refused ? MERA_EINPUT : MERA_OK;
}

/** The label of a unit's group; NULL = none (some attribute is missing) or no memory (see `rc`). */
static mera_code groups_label(const groups_build *b, size_t cell, mera_text *text, bool *has)
{
    text->n = 0;
    *has = true;
    for (size_t i = 0; i < b->grouping->n_attributes; i++) {
        const int32_t level = b->attribute[i]->code[cell];

        if (level < 0) {
            *has = false;
            return MERA_OK;
        }
        if (i > 0) {
            mera_text_add(text, " / ");
        }
        mera_text_add(text, b->attribute[i]->level[level]);
    }
    return text->failed ? MERA_ENOMEM : MERA_OK;
}

static mera_code groups_code(groups_build *b, const mera_text *text, int32_t *code)
{
    size_t found;
    bool added;

    MERA_TRY(mera_map_put(b->seen, text->data, text->n, b->n, &found, &added));
    if (!added) {
        *code = (int32_t)found;
        return MERA_OK;
    }
    MERA_TRY_GROWN(b->label, b->plan->arena, &b->room, b->n + 1);
    b->label[b->n] = mera_map_key(b->seen, text->data, text->n);
    *code = (int32_t)b->n++;
    return MERA_OK;
}

static mera_code groups_codes_of_period(groups_build *b, size_t w, mera_text *text)
{
    const mera_plan *plan = b->plan;

    for (size_t i = 0; i < plan->n_units; i++) {
        int32_t *code = &b->code[w * plan->n_units + i];
        bool has;

        MERA_TRY(groups_label(b, plan->work_period[w] * plan->n_units + i, text, &has));
        *code = -1;
        MERA_TRY(has ? groups_code(b, text, code) : MERA_OK);
    }
    return MERA_OK;
}

/** Codes in the order of first appearance over the dataset's periods, then units. */
static mera_code groups_codes(groups_build *b)
{
    const mera_plan *plan = b->plan;
    mera_text text = {.arena = plan->arena};

    MERA_TRY(mera_map_new(plan->arena, 64, &b->seen));
    MERA_TRY_NEW(b->code, plan->arena, plan->n_work * plan->n_units);
    for (size_t d = 0; d < plan->n_work; d++) {
        MERA_TRY(groups_codes_of_period(b, plan->by_date[d], &text));
    }
    return MERA_OK;
}

/** Sorts the units of one period by group (those without one last), keeping their order. */
static void groups_sort(const groups_build *b, size_t w, uint32_t *member, uint32_t *start)
{
    const int32_t *code = b->code + w * b->plan->n_units;
    const size_t n = b->plan->n_units;

    for (size_t i = 0; i < n; i++) {
        start[(code[i] < 0 ? b->n : (size_t)code[i]) + 1]++;
    }
    for (size_t g = 0; g <= b->n; g++) {
        start[g + 1] += start[g];
    }
    for (size_t i = 0; i < n; i++) {
        member[start[code[i] < 0 ? b->n : (size_t)code[i]]++] = (uint32_t)i;
    }
    for (size_t g = b->n + 1; g > 0; g--) { /* the starts have moved to the ends: put them back */
        start[g] = start[g - 1];
    }
    start[0] = 0;
}

static mera_code groups_finish(const groups_build *b, run_grouping *out)
{
    const mera_plan *plan = b->plan;
    const size_t stride = b->n + 2;
    uint32_t *member, *start;
    const char **name;

    MERA_TRY_NEW(member, plan->arena, plan->n_work * plan->n_units);
    MERA_TRY_NEW(start, plan->arena, plan->n_work * stride);
    MERA_TRY_NEW(name, plan->arena, plan->n_work * plan->n_units);
    for (size_t w = 0; w < plan->n_work; w++) {
        groups_sort(b, w, member + w * plan->n_units, start + w * stride);
    }
    for (size_t i = 0; i < plan->n_work * plan->n_units; i++) {
        name[i] = plan->data->unit_name[member[i]];
    }
    *out = (run_grouping){.grouping = b->grouping,
                          .labels = {b->n, b->label},
                          .code = b->code,
                          .member = member,
                          .start = start,
                          .member_name = name};
    return MERA_OK;
}

mera_code mera_run_bind_groupings(mera_plan *plan, mera_diags *diags)
{
    const mera_methodology *m = plan->methodology;
    mera_code rc = MERA_OK;

    MERA_TRY_NEW(plan->grouping, plan->arena, m->n_groupings);
    for (size_t g = 0; g < m->n_groupings; g++) {
        groups_build build = {.plan = plan, .grouping = &m->grouping[g]};
        const mera_code found = groups_attributes(&build, diags);

        plan->grouping[g].grouping = build.grouping;
        if (found != MERA_OK) {
            rc = found;
            continue;
        }
        MERA_TRY(groups_codes(&build));
        MERA_TRY(groups_finish(&build, &plan->grouping[g]));
    }
    return rc;
}

const run_grouping *mera_run_grouping(const mera_plan *plan, const char *id)
{
    for (size_t g = 0; id != NULL && g < plan->methodology->n_groupings; g++) {
        if (mera_streq(plan->grouping[g].grouping->id, id)) {
            return &plan->grouping[g];
        }
    }
    return NULL;
}

const int32_t *mera_plan_groups(const mera_plan *plan, const char *grouping, mera_text_list *labels)
{
    const run_grouping *found = mera_run_grouping(plan, grouping);

    if (found == NULL) {
        return NULL;
    }
    if (labels != NULL) {
        *labels = found->labels;
    }
    return found->code;
}
