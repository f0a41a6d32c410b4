/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Looking up frozen numbers. A fit is found by operation, indicator (or node) and group; of several
 * periods the one that is scored, else the one fitted on all periods, else the only one there is.
 * Numbers must be all there, and the parameters as they were.
 */
#include "run/frozen.h"

#include "base/math.h"
#include "base/text.h"
#include "run/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static mera_at frozen_at(const run_frozen *frozen, const run_frozen_row *row)
{
    return (mera_at){frozen->path, row->line, 1, 0};
}

/** The first row of a fit, or SIZE_MAX. */
static size_t frozen_first(const run_frozen *frozen, const run_frozen_ask *ask)
{
    char key[4096];
    const int n = snprintf(key, sizeof key, ask->nth > 0 ? "%s#%zu\n%s\n%s" : "%s%.0zu\n%s\n%s",
                           ask->use->op->name, ask->nth > 0 ? ask->nth + 1 : 0, ask->id,
                           ask->group != NULL ? ask->group : "");
    const size_t fit =
        n > 0 && (size_t)n < sizeof key ? mera_map_get(frozen->fit, key, (size_t)n) : SIZE_MAX;

    return fit == SIZE_MAX ? SIZE_MAX : frozen->head[fit];
}

/** The period to take: the very one, else "" (all periods), else the only one. NULL = none. */
static const char *frozen_period(const run_frozen *frozen, size_t first, const char *period)
{
    const char *all = NULL, *only = NULL;
    bool several = false;

    for (size_t i = first; i != SIZE_MAX; i = frozen->row[i].next) {
        const char *there = frozen->row[i].field[FROZEN_PERIOD];

        if (period != NULL && mera_streq(there, period)) {
            return there;
        }
        all = there[0] == '\0' ? there : all;
        several = several || (only != NULL && !mera_streq(only, there));
        only = there;
    }
    return all != NULL ? all : several ? NULL : only;
}

bool mera_run_frozen_has(const run_frozen *frozen, const run_frozen_ask *ask)
{
    return frozen_period(frozen, frozen_first(frozen, ask), ask->period) != NULL;
}

/* ---- refusals ---- */

static mera_code frozen_missing(const run_frozen *frozen, const run_frozen_ask *ask,
                                mera_diags *diags)
{
    const bool undated = frozen_first(frozen, ask) == SIZE_MAX;

    (void)mera_fail(diags, MERA_EINPUT, "missing-frozen", ask->use->reference.frozen_at,
                    "%s has no numbers of '%s' for '%s'%s%s%s%s%s%s", frozen->path,
                    ask->use->op->name, ask->id, ask->group != NULL ? " in group '" : "",
                    ask->group != NULL ? ask->group : "", ask->group != NULL ? "'" : "",
                    undated ? "" : " in period '",
                    undated || ask->period == NULL ? "" : ask->period,
                    undated ? "" : "', and those of several others");
    mera_hint(diags, "%s",
              undated ? "freeze an edition that has it; or give it goalposts, or say `reference: "
                        "{frozen: none}` for what shall be fitted anew"
                      : "say `reference: {period: LABEL}` for the period whose numbers count");
    return MERA_EINPUT;
}

static mera_code frozen_other_params(const run_frozen *frozen, const run_frozen_row *row,
                                     const run_frozen_ask *ask, const char *params,
                                     mera_diags *diags)
{
    (void)mera_fail(diags, MERA_EINPUT, "other-parameters", frozen_at(frozen, row),
                    "'%s' of '%s' was fitted with '%s', and has '%s' now", ask->use->op->name,
                    ask->id, row->field[FROZEN_PARAMS], params);
    mera_hint(diags, "freeze again; or, if the numbers still hold, empty the field 'params'");
    return mera_within(diags, MERA_EINPUT, ask->use->at, "the parameters in force stand here");
}

static mera_code frozen_bad_name(const run_frozen *frozen, const run_frozen_row *row,
                                 const run_frozen_ask *ask, bool twice, mera_diags *diags)
{
    (void)mera_fail(diags, MERA_EINPUT, "bad-frozen-file", frozen_at(frozen, row),
                    "'%s' is %s number of '%s' for '%s'", row->field[FROZEN_NAME],
                    twice ? "given twice as a" : "no", ask->use->op->name, ask->id);
    mera_hint(diags, "%s",
              twice ? "take one of the lines out" : "freeze again: lines are missing or added");
    return MERA_EINPUT;
}

/* ---- numbers ---- */

/** How many names the numbers have, and those names. */
static const char *const *frozen_names(const run_frozen_ask *ask, size_t *n)
{
    const char *const *name = ask->child != NULL ? ask->child : ask->use->op->fitted;

    *n = ask->n_children;
    for (*n = ask->n_children; ask->child == NULL && name != NULL && name[*n] != NULL; (*n)++) {
    }
    return name;
}

/** The place of a number in the fit: of its name, else the name is it. */
static size_t frozen_place(const run_frozen_ask *ask, const char *number)
{
    size_t n;
    const char *const *name = frozen_names(ask, &n);
    char *end;
    unsigned long place;

    for (size_t i = 0; i < n; i++) {
        if (mera_streq(name[i], number)) {
            return i;
        }
    }
    place = strtoul(number, &end, 10);
    return ask->child == NULL && *number >= '0' && *number <= '9' && *end == '\0' ? (size_t)place
                                                                                  : SIZE_MAX;
}

static bool frozen_is_none(const run_frozen_row *row)
{
    return mera_streq(row->field[FROZEN_NAME], MERA_RUN_FROZEN_NONE) &&
           row->field[FROZEN_VALUE][0] == '\0';
}

static mera_code frozen_check_params(const run_frozen *frozen, const run_frozen_row *row,
                                     const run_frozen_ask *ask, mera_arena *arena,
                                     mera_diags *diags)
{
    const char *was = row->field[FROZEN_PARAMS];
    const char *params;

    if (was == NULL || was[0] == '\0') {
        return MERA_OK;
    }
    params = mera_params_text(ask->use->op, ask->use->params, arena);
    MERA_TRY_PTR(params);
    return mera_streq(was, params) ? MERA_OK : frozen_other_params(frozen, row, ask, params, diags);
}

/** Every named number, and no place below the last left out. */
static mera_code frozen_check_whole(const run_frozen *frozen, const run_frozen_row *row,
                                    const run_frozen_ask *ask, size_t n, mera_diags *diags)
{
    size_t named;
    const char *const *name = frozen_names(ask, &named);

    if (n >= named) {
        return MERA_OK;
    }
    (void)mera_fail(diags, MERA_EINPUT, "missing-frozen", frozen_at(frozen, row),
                    "'%s' has %zu numbers for '%s', '%s' to '%s'; of those %zu are there",
                    ask->use->op->name, named, ask->id, name[0], name[named - 1], n);
    mera_hint(diags, "freeze again: lines are missing");
    return mera_within(diags, MERA_EINPUT, ask->use->reference.frozen_at, "the file is named here");
}

/** Puts the rows of one period into their places. */
static mera_code frozen_fill(const run_frozen *frozen, const run_frozen_ask *ask, size_t first,
                             const char *period, bool *given, mera_diags *diags, mera_fitted *out)
{
    for (size_t i = first; i != SIZE_MAX; i = frozen->row[i].next) {
        const run_frozen_row *row = &frozen->row[i];
        size_t place;

        if (!mera_streq(row->field[FROZEN_PERIOD], period)) {
            continue;
        }
        place = frozen_place(ask, row->field[FROZEN_NAME]);
        if (place >= out->n || given[place]) {
            return frozen_bad_name(frozen, row, ask, place < out->n, diags);
        }
        given[place] = true;
        out->v[place] = row->value;
    }
    return MERA_OK;
}

mera_code mera_run_frozen_find(const run_frozen *frozen, const run_frozen_ask *ask,
                               mera_arena *arena, mera_diags *diags, mera_fitted *out)
{
    size_t first = frozen_first(frozen, ask), n = 0;
    const char *period = frozen_period(frozen, first, ask->period);
    bool *given;

    *out = (mera_fitted){.n = 0};
    if (period == NULL) {
        return frozen_missing(frozen, ask, diags);
    }
    while (!mera_streq(frozen->row[first].field[FROZEN_PERIOD], period)) {
        first = frozen->row[first].next;
    }
    MERA_TRY(frozen_check_params(frozen, &frozen->row[first], ask, arena, diags));
    for (size_t i = first; i != SIZE_MAX; i = frozen->row[i].next) {
        n += mera_streq(frozen->row[i].field[FROZEN_PERIOD], period);
    }
    if (n == 1 && frozen_is_none(&frozen->row[first])) {
        return MERA_OK;
    }
    MERA_TRY(frozen_check_whole(frozen, &frozen->row[first], ask, n, diags));
    MERA_TRY_NEW(out->v, arena, n);
    MERA_TRY_NEW(given, arena, n);
    out->n = n;
    return frozen_fill(frozen, ask, first, period, given, diags, out);
}

/* ---- the file as a whole ---- */

static void frozen_check_origin(const run_frozen *frozen, const mera_methodology *m,
                                mera_diags *diags)
{
    const mera_at at = {frozen->path, frozen->methodology_line, 1, 0};

    if (frozen->methodology != NULL && !mera_streq(frozen->methodology, m->id)) {
        mera_warn(diags, "other-methodology", at,
                  "the numbers were frozen from methodology '%s', and are used for '%s'",
                  frozen->methodology, m->id);
        mera_hint(diags, "right when the one was made of the other: what is missing is an error");
    }
}

/** Numbers that were frozen of values that another version of a plugin made. */
static void frozen_check_plugins(const run_frozen *frozen, const mera_project *project,
                                 mera_diags *diags)
{
    for (const run_frozen_plugin *was = frozen->plugin; was != NULL; was = was->next) {
        for (size_t i = 0; i < project->n_plugins; i++) {
            const mera_plugin *is = project->plugin[i];
            const mera_at at = {frozen->path, was->line, 1, 0};

            if (mera_streq(mera_plugin_id(is), was->id) &&
                !mera_streq(mera_plugin_sha256(is), was->sha256)) {
                mera_warn(diags, "other-plugin", at,
                          "the numbers were frozen with plugin '%s' %s (sha256 %.12s…), and now it "
                          "is %s (%.12s…): what it makes may be measured in another way",
                          was->id, was->version, was->sha256, mera_plugin_version(is),
                          mera_plugin_sha256(is));
                mera_hint(diags, "score the edition before with the plugin as it is now and freeze "
                                 "it again; where nothing moved, take this comment out");
            }
        }
    }
}

/** One warning for all rows of subjects that the methodology does not have. */
static void frozen_check_subjects(const run_frozen *frozen, const mera_methodology *m,
                                  mera_diags *diags)
{
    const run_frozen_row *first = NULL;
    size_t n = 0;

    for (size_t i = 0; i < frozen->n; i++) {
        const char *id = frozen->row[i].field[FROZEN_SUBJECT];
        const bool again = i > 0 && mera_streq(frozen->row[i - 1].field[FROZEN_SUBJECT], id);

        if (!again && mera_methodology_indicator(m, id) == SIZE_MAX &&
            mera_methodology_node(m, id) == SIZE_MAX) {
            first = first == NULL ? &frozen->row[i] : first;
            n++;
        }
    }
    if (n > 0) {
        mera_warn(diags, "unused-frozen", frozen_at(frozen, first),
                  "frozen numbers of '%s'%s%.0zu%s: methodology '%s' has no such indicator or node",
                  first->field[FROZEN_SUBJECT], n > 1 ? " and " : "", n > 1 ? n - 1 : 0,
                  n > 1 ? " more" : "", m->id);
        mera_hint(diags, "freeze an edition of this methodology, or take the lines out");
    }
}

mera_code mera_run_frozen_check(mera_plan *plan, mera_diags *diags)
{
    for (const run_frozen *f = plan->project->frozen; f != NULL; f = f->next) {
        frozen_check_origin(f, plan->methodology, diags);
        frozen_check_plugins(f, plan->project, diags);
        frozen_check_subjects(f, plan->methodology, diags);
    }
    return MERA_OK;
}

mera_code mera_run_frozen_files(const mera_project *project, mera_arena *arena,
                                const mera_file **out, size_t *n)
{
    mera_file *file;

    *n = 0;
    for (const run_frozen *f = project->frozen; f != NULL; f = f->next) {
        (*n)++;
    }
    MERA_TRY_NEW(file, arena, *n);
    *out = file;
    for (const run_frozen *f = project->frozen; f != NULL; f = f->next, file++) {
        *file = (mera_file){.path = f->path, .encoding = "utf-8", .n_rows = f->n};
        file->sha256 = mera_arena_strdup(arena, f->sha256);
        MERA_TRY_PTR(file->sha256);
    }
    return MERA_OK;
}
