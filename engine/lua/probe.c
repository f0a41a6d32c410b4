/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The automatic tests of a plugin. Each runs an item on a sample and on a changed sample, and looks
 * at what became of the result. Where the author's own rules forbid an input (he raises an error on
 * zeros, say) the item refuses it, and that is an answer too.
 */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "lua/probe.h"

enum { PROBE_UNITS = 40 };

/* ---- changed samples --------------------------------------------------------------------- */

static double *probe_copy(const probe *p, const double *x)
{
    double *copy = mera_arena_alloc(p->arena, p->n + 1, sizeof *copy);

    if (copy == NULL) {
        p->out->no_memory = true;
    } else {
        memcpy(copy, x, p->n * sizeof *copy);
    }
    return copy;
}

/* The columns with column `j` replaced by a copy to be changed; NULL = no memory. */
static double *probe_replace(const probe *p, size_t j, const double ***in)
{
    double *copy = probe_copy(p, p->in[j]);

    *in = mera_arena_alloc(p->arena, p->k, sizeof **in);
    if (copy == NULL || *in == NULL) {
        p->out->no_memory = true;
        return NULL;
    }
    memcpy(*in, p->in, p->k * sizeof **in);
    (*in)[j] = copy;
    return copy;
}

static bool probe_same(double a, double b)
{
    return (isnan(a) && isnan(b)) || fabs(a - b) <= 1e-9 * (fabs(a) + fabs(b));
}

static const char *probe_unit(const probe *p, size_t i)
{
    return p->made == p->n ? p->around.unit_name[i] : p->name[i];
}

static void probe_passed(const probe *p, const char *name)
{
    mera_trials_add(p->out, p->subject, name, MERA_TRIAL_PASSED, NULL);
}

/* ---- the properties ---------------------------------------------------------------------- */

static bool probe_computes(probe *p)
{
    const char *why = NULL;

    if (mera_probe_run(p, p->in, &p->around, &why, p->y) != MERA_OK) {
        mera_trials_add(p->out, p->subject, "computes", MERA_TRIAL_FAILED, "%s", why);
        return false;
    }
    probe_passed(p, "computes");
    return true;
}

static void probe_twice(const probe *p, double *y)
{
    const char *name = "same result twice";

    if (mera_probe_run(p, p->in, &p->around, NULL, y) != MERA_OK) {
        mera_trials_add(p->out, p->subject, name, MERA_TRIAL_FAILED, "the second run fails");
        return;
    }
    for (size_t i = 0; i < p->made; i++) {
        if (y[i] != p->y[i] && !(isnan(y[i]) && isnan(p->y[i]))) {
            mera_trials_add(p->out, p->subject, name, MERA_TRIAL_FAILED, "%s: %.17g, then %.17g",
                            probe_unit(p, i), p->y[i], y[i]);
            return;
        }
    }
    probe_passed(p, name);
}

static double probe_from_the_end(const double *x, size_t i, size_t n)
{
    return x[n - 1 - i];
}

/* The sample with its units turned around. */
static bool probe_turned(const probe *p, const double ***in, mera_around *around)
{
    const char **key = mera_arena_alloc(p->arena, p->n, sizeof *key);
    const char **name = mera_arena_alloc(p->arena, p->n, sizeof *name);
    mera_labels *labels = mera_arena_zero(p->arena, p->around.n_labels + 1, sizeof *labels);

    *in = mera_arena_alloc(p->arena, p->k, sizeof **in);
    if (*in == NULL || key == NULL || name == NULL || labels == NULL) {
        return false;
    }
    for (size_t j = 0; j < p->k; j++) {
        double *x = mera_arena_alloc(p->arena, p->n, sizeof *x);

        for (size_t i = 0; x != NULL && i < p->n; i++) {
            x[i] = p->in[j][p->n - 1 - i];
        }
        (*in)[j] = x;
    }
    for (size_t j = 0; j < p->around.n_labels; j++) {
        int32_t *code = mera_arena_alloc(p->arena, p->n, sizeof *code);

        labels[j] = p->around.labels[j];
        for (size_t i = 0; code != NULL && i < p->n; i++) {
            code[i] = p->around.labels[j].code[p->n - 1 - i];
        }
        labels[j].code = code;
    }
    for (size_t i = 0; i < p->n; i++) {
        key[i] = p->around.unit_key[p->n - 1 - i];
        name[i] = p->around.unit_name[p->n - 1 - i];
    }
    *around = p->around;
    around->unit_key = key;
    around->unit_name = name;
    around->labels = labels;
    return mera_probe_change_past(p, probe_from_the_end, SIZE_MAX, around) == MERA_OK;
}

static void probe_shuffled(const probe *p, double *y)
{
    const char *name = "same result for units in another order", *why = NULL;
    const double **in;
    mera_around around;

    if (!probe_turned(p, &in, &around)) {
        p->out->no_memory = true;
        return;
    }
    if (mera_probe_run(p, in, &around, &why, y) != MERA_OK) {
        mera_trials_add(p->out, p->subject, name, MERA_TRIAL_FAILED, "it fails: %s", why);
        return;
    }
    for (size_t i = 0; i < p->made; i++) {
        const double turned = p->made == p->n ? y[p->n - 1 - i] : y[i];

        if (!probe_same(turned, p->y[i])) {
            mera_trials_add(p->out, p->subject, name, MERA_TRIAL_FAILED, "%s: %.15g, then %.15g",
                            probe_unit(p, i), p->y[i], turned);
            return;
        }
    }
    probe_passed(p, name);
}

static bool probe_in(const mera_text_list *list, const char *name)
{
    for (size_t i = 0; i < list->n; i++) {
        if (strcmp(list->v[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static double probe_gaps(const double *x, size_t i, size_t n)
{
    (void)n;
    return i % 3 == 0 ? NAN : x[i];
}

/* A unit without a value of column j, in any period: its result is missing, unless the column is
 * optional. */
static void probe_missing(const probe *p, size_t j, double *y)
{
    const mera_manifest_item *item = p->entry->item;
    const bool optional = item->step == MERA_STEP_IMPUTE || item->step == MERA_STEP_AGGREGATE ||
                          item->step == MERA_STEP_WEIGHT || probe_in(&item->optional, p->name[j]);
    const char *name = mera_arena_printf(
        p->arena, optional ? "takes a missing %s" : "missing %s gives a missing result",
        p->name[j]);
    const double **in;
    double *x = probe_replace(p, j, &in);
    mera_around around = p->around;
    const char *why = NULL;

    if (x == NULL || name == NULL || mera_probe_change_past(p, probe_gaps, j, &around) != MERA_OK) {
        p->out->no_memory = true;
        return;
    }
    for (size_t i = 0; i < p->n; i++) {
        x[i] = probe_gaps(p->in[j], i, p->n);
    }
    if (mera_probe_run(p, in, &around, &why, y) != MERA_OK) {
        mera_trials_add(p->out, p->subject, name, MERA_TRIAL_FAILED, "it fails: %s", why);
        return;
    }
    for (size_t i = 0; i < p->n && !optional; i += 3) {
        if (!isnan(y[i])) {
            mera_trials_add(p->out, p->subject, name, MERA_TRIAL_FAILED,
                            "%s: the result is %.15g; if that is meant, declare optional = { "
                            "\"%s\" }",
                            probe_unit(p, i), y[i], p->name[j]);
            return;
        }
    }
    probe_passed(p, name);
}

static double probe_zeros(const double *x, size_t i, size_t n)
{
    (void)n;
    return i % 2 == 0 ? 0 : x[i];
}

/* Zeros, negative and huge values in every column at once: finite, missing, or refused. */
static void probe_extremes(const probe *p, double *y)
{
    static const double extremes[] = {0, -1, 1e300, 1e-300};
    const char *name = "no NaN or infinity from zeros, negative and huge values";
    const double **in = mera_arena_alloc(p->arena, p->k, sizeof *in);
    double *x = probe_copy(p, p->in[0]);
    mera_around around = p->around;
    const char *refused = NULL;

    if (mera_probe_change_past(p, probe_zeros, SIZE_MAX, &around) != MERA_OK) {
        p->out->no_memory = true; /* what a change is divided by is 0 too */
        return;
    }
    for (size_t e = 0; e < sizeof extremes / sizeof *extremes && in != NULL && x != NULL; e++) {
        const char *why = NULL;
        mera_code rc;

        for (size_t i = 0; i < p->n; i++) {
            x[i] = i % 2 == 0 ? extremes[e] : p->in[0][i];
        }
        for (size_t j = 0; j < p->k; j++) {
            in[j] = x;
        }
        rc = mera_probe_run(p, in, &around, &why, y);
        refused = rc == MERA_EINPUT ? why : refused;
        if (rc == MERA_ELIMIT) {
            mera_trials_add(p->out, p->subject, name, MERA_TRIAL_FAILED, "%s", why);
            return;
        }
        for (size_t i = 0; rc == MERA_OK && i < p->made; i++) {
            if (isinf(y[i])) {
                mera_trials_add(p->out, p->subject, name, MERA_TRIAL_FAILED, "%s: infinity",
                                probe_unit(p, i));
                return;
            }
        }
    }
    mera_trials_add(p->out, p->subject, name, MERA_TRIAL_PASSED, refused == NULL ? NULL : "%s %s",
                    "it refuses some:", refused);
}

static void probe_range(const probe *p, bool made_up)
{
    const double *range = p->entry->item->range;
    const char *name = "values lie in the declared range";

    if (p->entry->item->step != MERA_STEP_DERIVE || isnan(range[0])) {
        return;
    }
    if (made_up) {
        mera_trials_add(p->out, p->subject, name, MERA_TRIAL_SKIPPED,
                        "made-up numbers say nothing here: give the plugin tests/fixture.csv");
        return;
    }
    for (size_t i = 0; i < p->n; i++) {
        if (p->y[i] < range[0] || p->y[i] > range[1]) {
            mera_trials_add(p->out, p->subject, name, MERA_TRIAL_FAILED,
                            "%s: %.15g is outside %.15g to %.15g", probe_unit(p, i), p->y[i],
                            range[0], range[1]);
            return;
        }
    }
    probe_passed(p, name);
}

/* Raises column j at every third unit, unit by unit left alone: its own result must not move the
 * other way. */
static void probe_monotone(const probe *p, size_t j, int sign, double *y)
{
    const char *name = mera_arena_printf(p->arena, "%s when %s rises",
                                         sign > 0 ? "does not fall" : "does not rise", p->name[j]);
    const double **in;
    double *x = probe_replace(p, j, &in);

    for (size_t i = 0; x != NULL && name != NULL && i < p->n; i += 3) {
        const double before = x[i];

        x[i] = before + 0.1 * fabs(before) + 1e-6;
        if (mera_probe_run(p, in, &p->around, NULL, y) == MERA_OK &&
            sign * (y[i] - p->y[i]) < -1e-12 * fabs(p->y[i])) {
            mera_trials_add(p->out, p->subject, name, MERA_TRIAL_FAILED,
                            "%s: %s from %.6g to %.6g moves the result from %.15g to %.15g",
                            probe_unit(p, i), p->name[j], before, x[i], p->y[i], y[i]);
            return;
        }
        x[i] = before;
    }
    if (name != NULL) {
        probe_passed(p, name);
    }
}

static void probe_claims(const probe *p, double *y)
{
    const mera_manifest_item *item = p->entry->item;

    for (size_t m = 0; m < item->n_monotone; m++) {
        for (size_t j = 0; j < p->k; j++) {
            if (strcmp(p->name[j], item->monotone[m].column) == 0) {
                probe_monotone(p, j, item->monotone[m].sign, y);
            }
        }
    }
}

static void probe_reads(const probe *p)
{
    const mera_manifest_item *item = p->entry->item;
    const char *name = "looks at everything it declares";

    if (item->step != MERA_STEP_DERIVE && item->step != MERA_STEP_CHECK) {
        return;
    }
    for (size_t i = 0; i < item->reads.n + item->attributes.n; i++) {
        if (!p->entry->seen[i]) {
            mera_trials_add(
                p->out, p->subject, name, MERA_TRIAL_FAILED, "'%s' is declared and never looked at",
                i < item->reads.n ? item->reads.v[i] : item->attributes.v[i - item->reads.n]);
            return;
        }
    }
    probe_passed(p, name);
}

static mera_code probe_item(probe *p, const mera_sample *sample)
{
    mera_diags *diags = mera_diags_new(p->arena);
    bool made_up;
    void *params;
    double *y;

    MERA_TRY_PTR(diags);
    MERA_TRY(mera_probe_open(p, sample, &made_up));
    MERA_TRY_NEW(p->y, p->arena, p->n + p->k);
    MERA_TRY_NEW(y, p->arena, p->n + p->k);
    if (mera_op_bind(&p->entry->op, NULL, NULL, MERA_NOWHERE, p->arena, diags, &params) !=
        MERA_OK) {
        mera_trials_add(p->out, p->subject, "computes", MERA_TRIAL_SKIPPED,
                        "it has parameters without a default");
        return MERA_OK;
    }
    p->params = params;
    if (!probe_computes(p)) {
        return MERA_OK;
    }
    probe_twice(p, y);
    probe_shuffled(p, y);
    for (size_t j = 0; j < p->k && p->made == p->n; j++) {
        probe_missing(p, j, y);
    }
    probe_extremes(p, y);
    probe_range(p, made_up);
    probe_claims(p, y);
    mera_probe_periods(p, y);
    probe_reads(p);
    return MERA_OK;
}

/* ---- all of them --------------------------------------------------------------------- */

mera_code mera_plugin_probe(mera_plugin *plugin, const mera_sample *given, mera_trials *out)
{
    mera_sample sample;

    MERA_TRY(mera_probe_sample(given, PROBE_UNITS, out->arena, &sample));
    for (size_t i = 0; i < plugin->manifest.n_items; i++) {
        probe p = {.entry = &plugin->item[i], .arena = out->arena, .out = out};

        p.subject = mera_plugin_subject(plugin, i, out->arena);
        MERA_TRY_PTR(p.subject);
        MERA_TRY(probe_item(&p, &sample));
    }
    return out->no_memory ? MERA_ENOMEM : MERA_OK;
}
