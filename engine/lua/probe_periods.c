/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Items that look at other periods (`periods = "all"`) are tried on several: those of the sample,
 * or three that are made up. The last one is the one under way.
 */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "lua/probe.h"

enum { PERIODS_MADE_UP = 3 };

static const char *const periods_made_up[PERIODS_MADE_UP] = {"2022", "2023", "2024"};

/* A column of the sample in a period; of those it lacks, other made-up numbers in each. */
static const double *periods_column(const probe *p, const mera_sample *sample, size_t j,
                                    size_t period)
{
    const char *name;

    for (size_t c = 0; c < sample->n_columns && sample->n_periods > 1; c++) {
        if (strcmp(sample->column[c], p->name[j]) == 0) {
            return sample->past[c * sample->n_periods + period];
        }
    }
    name = mera_arena_printf(p->arena, "%s in %s", p->name[j], p->around.period_label[period]);
    return name == NULL ? NULL : mera_probe_make_up(p->arena, name, p->n);
}

mera_code mera_probe_open_periods(probe *p, const mera_sample *sample)
{
    const bool several = sample->n_periods > 1;
    const double **past;

    p->around.n_periods = 1;
    p->around.period_label = &sample->period;
    if (!p->entry->item->periods || (!several && !sample->made)) {
        p->around.past = p->entry->item->periods ? p->in : NULL; /* the only one there is */
        return MERA_OK;
    }
    p->around.n_periods = several ? sample->n_periods : PERIODS_MADE_UP;
    p->around.period_label = several ? sample->periods : periods_made_up;
    p->around.period = p->around.n_periods - 1;
    MERA_TRY_NEW(past, p->arena, p->k * p->around.n_periods);
    for (size_t i = 0; i < p->k * p->around.n_periods; i++) {
        past[i] = periods_column(p, sample, i / p->around.n_periods, i % p->around.n_periods);
        MERA_TRY_PTR(past[i]);
    }
    p->around.past = past;
    return MERA_OK;
}

mera_code mera_probe_change_past(const probe *p, mera_probe_change change, size_t column,
                                 mera_around *around)
{
    const size_t n = around->n_periods;
    const double **past;

    if (around->past == NULL) {
        return MERA_OK;
    }
    MERA_TRY_NEW(past, p->arena, p->k * n);
    for (size_t c = 0; c < p->k * n; c++) {
        double *x;

        past[c] = around->past[c];
        if (column != SIZE_MAX && c / n != column) {
            continue;
        }
        MERA_TRY_NEW(x, p->arena, p->n);
        for (size_t i = 0; i < p->n; i++) {
            x[i] = change(past[c], i, p->n);
        }
        past[c] = x;
    }
    around->past = past;
    return MERA_OK;
}

/* ---- the properties ---------------------------------------------------------------------- */

static double periods_nothing(const double *x, size_t i, size_t n)
{
    (void)x, (void)i, (void)n;
    return NAN;
}

/* Every series begins somewhere: in the first period there is none before. */
static void periods_first(const probe *p, double *y)
{
    const char *name = "computes in the first period", *why = NULL;
    mera_around first = p->around;
    const double **in = mera_arena_alloc(p->arena, p->k, sizeof *in);

    if (in == NULL) {
        p->out->no_memory = true;
        return;
    }
    for (size_t j = 0; j < p->k; j++) {
        in[j] = p->around.past[j * p->around.n_periods];
    }
    first.period = 0;
    if (mera_probe_run(p, in, &first, &why, y) != MERA_OK) {
        mera_trials_add(p->out, p->subject, name, MERA_TRIAL_FAILED, "%s", why);
        return;
    }
    mera_trials_add(p->out, p->subject, name, MERA_TRIAL_PASSED, NULL);
}

/* Whoever declares periods looks at them: without the other ones something changes. */
static void periods_seen(const probe *p, double *y)
{
    const char *name = "looks at other periods";
    mera_around bare = p->around;
    bool same = true;

    if (mera_probe_change_past(p, periods_nothing, SIZE_MAX, &bare) != MERA_OK) {
        p->out->no_memory = true;
        return;
    }
    if (mera_probe_run(p, p->in, &bare, NULL, y) == MERA_OK) {
        for (size_t i = 0; i < p->made; i++) {
            same = same && (y[i] == p->y[i] || (isnan(y[i]) && isnan(p->y[i])));
        }
        if (same) {
            mera_trials_add(p->out, p->subject, name, MERA_TRIAL_FAILED,
                            "the result is the same without them; leave 'periods' out");
            return;
        }
    }
    mera_trials_add(p->out, p->subject, name, MERA_TRIAL_PASSED, NULL);
}

void mera_probe_periods(const probe *p, double *y)
{
    if (!p->entry->item->periods) {
        return;
    }
    if (p->around.n_periods == 1) {
        mera_trials_add(p->out, p->subject, "looks at other periods", MERA_TRIAL_SKIPPED,
                        "the data have one period: give tests/fixture.csv a field 'period'");
        return;
    }
    periods_first(p, y);
    periods_seen(p, y);
}
