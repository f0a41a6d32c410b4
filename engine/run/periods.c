/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * The periods of a plan: those that are scored, in the order of the dataset, and after them those
 * that a reference set looks at. Where nothing looks elsewhere, these are the same.
 */
#include "base/math.h"
#include "base/text.h"
#include "run/needs.h"

enum { PERIODS_UNUSED, PERIODS_SCORED, PERIODS_LOOKED_AT };

/** What each period of the dataset is for. */
typedef struct periods_roles {
    const mera_dataset *data;
    uint8_t *role;
    mera_diags *diags;
    bool refused;
} periods_roles;

bool mera_run_crosses_periods(const mera_use *use)
{
    return (use->op != NULL && use->op->panel != NULL) ||
           (use->reference.frozen == NULL && use->reference.period != MERA_PERIOD_OWN);
}

/** The index of a label. Data without periods take the one name that is asked for. */
static size_t periods_index(const mera_dataset *data, const char *label)
{
    if (data->n_periods == 1 && data->period[0][0] == '\0') {
        return 0;
    }
    return mera_dataset_period(data, label);
}

static void periods_unknown(periods_roles *roles, const char *label, mera_at at)
{
    const mera_dataset *data = roles->data;
    const char *nearest = mera_nearest(label, data->period, data->n_periods);

    roles->refused = true;
    (void)mera_fail(roles->diags, MERA_EINPUT, "unknown-period", at,
                    "the data have no period '%s', only %s%s%s", label, data->period[0],
                    data->n_periods > 1 ? " to " : "",
                    data->n_periods > 1 ? data->period[data->n_periods - 1] : "");
    if (nearest != NULL) {
        mera_hint(roles->diags, "did you mean '%s'?", nearest);
    }
}

static void periods_need(periods_roles *roles, const char *label, mera_at at, uint8_t role)
{
    const size_t p = periods_index(roles->data, label);

    if (p == SIZE_MAX) {
        periods_unknown(roles, label, at);
    } else if (roles->role[p] != PERIODS_SCORED) {
        roles->role[p] = role;
    }
}

static mera_code periods_of_use(void *self, const mera_use *use)
{
    periods_roles *roles = self;

    if (!mera_run_crosses_periods(use)) {
        return MERA_OK;
    }
    if (use->reference.period == MERA_PERIOD_NAMED) {
        periods_need(roles, use->reference.label, use->at, PERIODS_LOOKED_AT);
        return MERA_OK;
    }
    for (size_t p = 0; p < roles->data->n_periods; p++) {
        if (roles->role[p] == PERIODS_UNUSED) {
            roles->role[p] = PERIODS_LOOKED_AT;
        }
    }
    return MERA_OK;
}

/** Where the methodology says which periods it scores. */
static mera_at periods_place(const mera_methodology *m)
{
    const mera_value *value = mera_value_get(m->tree, "period");

    return value != NULL ? value->at : MERA_NOWHERE;
}

/** A computation that looks back needs every period, whichever are scored. */
static void periods_of_indicators(const mera_methodology *m, periods_roles *roles)
{
    for (size_t k = 0; k < m->n_indicators; k++) {
        for (size_t p = 0; p < roles->data->n_periods && mera_run_looks_back(&m->indicator[k]);
             p++) {
            if (roles->role[p] == PERIODS_UNUSED) {
                roles->role[p] = PERIODS_LOOKED_AT;
            }
        }
    }
}

static void periods_scored(const mera_methodology *m, periods_roles *roles)
{
    if (m->period_use == MERA_USE_NAMED) {
        for (size_t i = 0; i < m->n_periods; i++) {
            periods_need(roles, m->period[i], periods_place(m), PERIODS_SCORED);
        }
        return;
    }
    for (size_t p = 0; p < roles->data->n_periods; p++) {
        if (m->period_use == MERA_USE_ALL_PERIODS || p + 1 == roles->data->n_periods) {
            roles->role[p] = PERIODS_SCORED;
        }
    }
}

/** Lays the work periods out: scored ones first. */
static mera_code periods_lay_out(mera_plan *plan, const uint8_t *role)
{
    const mera_dataset *data = plan->data;
    const mera_methodology *m = plan->methodology;
    size_t *period, *by_date, n = 0, dated = 0;
    const char **label;

    MERA_TRY_NEW(period, plan->arena, data->n_periods);
    MERA_TRY_NEW(by_date, plan->arena, data->n_periods);
    MERA_TRY_NEW(label, plan->arena, data->n_periods);
    for (int want = PERIODS_SCORED; want <= PERIODS_LOOKED_AT; want++) {
        for (size_t p = 0; p < data->n_periods; p++) {
            if (role[p] == want) {
                period[n] = p;
                label[n++] = data->period[p];
            }
        }
        plan->n_scored = want == PERIODS_SCORED ? n : plan->n_scored;
    }
    for (size_t p = 0; p < data->n_periods; p++) {
        for (size_t w = 0; w < n; w++) {
            if (period[w] == p) {
                by_date[dated++] = w;
            }
        }
    }
    plan->n_work = n;
    plan->work_period = period;
    plan->by_date = by_date;
    plan->period_label = label;
    plan->in_order = n == data->n_periods && plan->n_scored == n;
    if (data->n_periods == 1 && data->period[0][0] == '\0' && m->period_use == MERA_USE_NAMED) {
        label[0] = m->period[0];
    }
    return MERA_OK;
}

mera_code mera_run_bind_periods(mera_plan *plan, mera_diags *diags)
{
    periods_roles roles = {.data = plan->data, .diags = diags};

    MERA_TRY_NEW(roles.role, plan->arena, plan->data->n_periods);
    periods_scored(plan->methodology, &roles);
    MERA_TRY(mera_run_each_use(plan->methodology, periods_of_use, &roles));
    periods_of_indicators(plan->methodology, &roles);
    if (roles.refused) {
        return MERA_EINPUT;
    }
    return periods_lay_out(plan, roles.role);
}

size_t mera_result_latest(const mera_result *result, size_t unit, size_t node)
{
    for (size_t p = result->n_periods; p-- > 0;) {
        for (size_t i = 0; i < result->n_units; i++) {
            if ((unit == SIZE_MAX || unit == i) &&
                !isnan(result->node[node].score[p * result->n_units + i])) {
                return p;
            }
        }
    }
    return result->n_periods - 1;
}
