/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What a methodology needs from the data: columns of indicators, names in formulas, reads of
 * plugins, denominators and other COLUMN parameters; attributes of groupings; periods scored or
 * looked at by reference sets. Files hold far more, and what nobody uses is not read.
 */
#include "run/needs.h"

#include "base/grow.h"
#include "base/map.h"
#include "base/text.h"

#include <string.h>

/** A growing list of names. */
typedef struct needs_list {
    mera_arena *arena;
    mera_map *seen;
    const char **name;
    mera_at *at;
    size_t n, room;
} needs_list;

typedef struct needs_walk {
    const mera_methodology *m;
    mera_arena *arena;
    needs_list columns, attributes, periods;
    bool all_periods;
} needs_walk;

static mera_code needs_add(needs_list *list, const char *name, mera_at at)
{
    size_t found;
    bool added;

    if (list->seen == NULL) {
        MERA_TRY(mera_map_new(list->arena, 64, &list->seen));
    }
    MERA_TRY(mera_map_put(list->seen, name, strlen(name), list->n, &found, &added));
    if (!added) {
        return MERA_OK;
    }
    size_t room = list->room; /* both lists are as long */
    MERA_TRY_GROWN(list->name, list->arena, &room, list->n + 1);
    MERA_TRY_GROWN(list->at, list->arena, &list->room, list->n + 1);
    list->name[list->n] = name;
    list->at[list->n] = at;
    list->n++;
    return MERA_OK;
}

/** A name read by something: a column unless it is an indicator other than the reader itself. */
static mera_code needs_read(needs_walk *walk, const char *name, size_t self, mera_at at)
{
    const size_t k = mera_methodology_indicator(walk->m, name);

    if (k != SIZE_MAX && k != self) {
        return MERA_OK;
    }
    return needs_add(&walk->columns, name, at);
}

static mera_code needs_of_use(void *self, const mera_use *use)
{
    needs_walk *walk = self;

    for (const mera_param *p = use->op->params; p != NULL && p->name != NULL; p++) {
        const char *name;

        if (p->type != MERA_PARAM_COLUMN) {
            continue;
        }
        memcpy(&name, (const char *)use->params + p->offset, sizeof name);
        if (name != NULL) {
            MERA_TRY(needs_read(walk, name, SIZE_MAX, use->at));
        }
    }
    if (use->reference.period == MERA_PERIOD_NAMED && use->reference.frozen == NULL) {
        MERA_TRY(needs_add(&walk->periods, use->reference.label, use->at));
    }
    if (use->op->panel != NULL ||
        (use->reference.period == MERA_PERIOD_ALL && use->reference.frozen == NULL)) {
        walk->all_periods = true;
    }
    return MERA_OK;
}

static bool needs_is_grouping(const mera_methodology *m, const char *name)
{
    for (size_t g = 0; g < m->n_groupings; g++) {
        if (mera_streq(m->grouping[g].id, name)) {
            return true;
        }
    }
    return false;
}

/** What an operation of a plugin declares. */
static mera_code needs_of_op(needs_walk *walk, const mera_op *op, size_t self, mera_at at)
{
    for (const char *const *a = op->attributes; a != NULL && *a != NULL; a++) {
        if (!needs_is_grouping(walk->m, *a)) {
            MERA_TRY(needs_add(&walk->attributes, *a, at));
        }
    }
    for (const char *const *r = op->reads; r != NULL && *r != NULL; r++) {
        MERA_TRY(needs_read(walk, *r, self, at));
    }
    return MERA_OK;
}

static mera_code needs_of_formula(needs_walk *walk, const mera_indicator *ind, size_t k)
{
    mera_text_list names;

    MERA_TRY(mera_formula_names(ind->formula, walk->arena, &names));
    for (size_t i = 0; i < names.n; i++) {
        const bool read = !needs_is_grouping(walk->m, names.v[i]);

        MERA_TRY(read ? needs_read(walk, names.v[i], k, ind->source_at) : MERA_OK);
    }
    return MERA_OK;
}

static mera_code needs_of_indicator(needs_walk *walk, size_t k)
{
    const mera_indicator *ind = &walk->m->indicator[k];

    walk->all_periods = walk->all_periods || mera_run_looks_back(ind);
    if (ind->kind == MERA_FROM_COLUMN) {
        return needs_add(&walk->columns, ind->column, ind->source_at);
    }
    if (ind->kind == MERA_FROM_FORMULA) {
        return needs_of_formula(walk, ind, k);
    }
    return needs_of_op(walk, ind->derive.op, k, ind->source_at);
}

static mera_code needs_of_units(needs_walk *walk)
{
    const mera_methodology *m = walk->m;

    for (size_t g = 0; g < m->n_groupings; g++) {
        for (size_t i = 0; i < m->grouping[g].n_attributes; i++) {
            MERA_TRY(needs_add(&walk->attributes, m->grouping[g].attribute[i], m->grouping[g].at));
        }
    }
    for (size_t i = 0; m->period_use == MERA_USE_NAMED && i < m->n_periods; i++) {
        MERA_TRY(needs_add(&walk->periods, m->period[i], MERA_NOWHERE));
    }
    walk->all_periods = walk->all_periods || m->period_use != MERA_USE_NAMED;
    return MERA_OK;
}

static mera_code needs_each(const mera_use_list *list, run_visit_fn visit, void *self)
{
    for (size_t i = 0; i < list->n; i++) {
        MERA_TRY(visit(self, &list->v[i]));
    }
    return MERA_OK;
}

static mera_code needs_each_of_indicator(const mera_indicator *ind, run_visit_fn visit, void *self)
{
    if (ind->kind == MERA_FROM_OP) {
        MERA_TRY(visit(self, &ind->derive));
    }
    MERA_TRY(needs_each(&ind->denominate, visit, self));
    MERA_TRY(needs_each(&ind->impute, visit, self));
    MERA_TRY(needs_each(&ind->treat, visit, self));
    return needs_each(&ind->normalise, visit, self);
}

mera_code mera_run_each_use(const mera_methodology *m, run_visit_fn visit, void *self)
{
    for (size_t k = 0; k < m->n_indicators; k++) {
        MERA_TRY(needs_each_of_indicator(&m->indicator[k], visit, self));
    }
    for (size_t k = 0; k < m->n_nodes; k++) {
        const mera_node *node = &m->node[k];

        if (node->weigh.op != NULL) {
            MERA_TRY(visit(self, &node->weigh));
        }
        if (node->aggregate.op != NULL) {
            MERA_TRY(visit(self, &node->aggregate));
        }
        MERA_TRY(needs_each(&node->then, visit, self));
    }
    return m->screen.op == NULL ? MERA_OK : visit(self, &m->screen);
}

static run_names needs_done(const needs_list *list)
{
    return (run_names){list->n, list->name, list->at};
}

static mera_code needs_of_all(needs_walk *walk)
{
    const mera_methodology *m = walk->m;

    for (size_t k = 0; k < m->n_indicators; k++) {
        MERA_TRY(needs_of_indicator(walk, k));
    }
    MERA_TRY(mera_run_each_use(m, needs_of_use, walk));
    for (size_t c = 0; c < m->checks.n; c++) {
        MERA_TRY(needs_of_op(walk, m->checks.v[c].op, SIZE_MAX, m->checks.v[c].at));
    }
    for (size_t f = 0; f < m->uncertainty.n_factors; f++) {
        for (size_t i = 0; i < m->uncertainty.factor[f].n_noise; i++) {
            const mera_noise *noise = &m->uncertainty.factor[f].noise[i];

            MERA_TRY(noise->column == NULL ? MERA_OK
                                           : needs_add(&walk->columns, noise->column, noise->at));
        }
    }
    for (size_t i = 0; i < m->similar.n_near; i++) {
        MERA_TRY(needs_read(walk, m->similar.near[i].column, SIZE_MAX, m->similar.near[i].at));
    }
    return needs_of_units(walk);
}

mera_code mera_run_needs(const mera_methodology *m, const mera_methodology *core, mera_arena *arena,
                         run_needs *out)
{
    needs_walk walk = {.m = m,
                       .arena = arena,
                       .columns = {.arena = arena},
                       .attributes = {.arena = arena},
                       .periods = {.arena = arena}};

    MERA_TRY(needs_of_all(&walk));
    if (core != NULL) { /* both are bound to the same data */
        walk.m = core;
        MERA_TRY(needs_of_all(&walk));
    }
    *out = (run_needs){.columns = needs_done(&walk.columns),
                       .attributes = needs_done(&walk.attributes),
                       .periods = needs_done(&walk.periods),
                       .all_periods = walk.all_periods};
    return MERA_OK;
}

static mera_code needs_join(run_names *names, const run_names *more, mera_arena *arena)
{
    needs_list list = {.arena = arena};

    for (size_t i = 0; i < names->n; i++) {
        MERA_TRY(needs_add(&list, names->name[i], names->at[i]));
    }
    for (size_t i = 0; i < more->n; i++) {
        const char *name = mera_arena_strdup(arena, more->name[i]);

        MERA_TRY_PTR(name);
        MERA_TRY(needs_add(&list, name, more->at[i]));
    }
    *names = needs_done(&list);
    return MERA_OK;
}

mera_code mera_run_needs_join(run_needs *needs, const run_needs *more, mera_arena *arena)
{
    MERA_TRY(needs_join(&needs->columns, &more->columns, arena));
    MERA_TRY(needs_join(&needs->attributes, &more->attributes, arena));
    MERA_TRY(needs_join(&needs->periods, &more->periods, arena));
    needs->all_periods = needs->all_periods || more->all_periods;
    return MERA_OK;
}
