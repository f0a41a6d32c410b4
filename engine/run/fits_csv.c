/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Fitted numbers as CSV, in the order they were fitted: what a frozen reference reads back
 * (frozen.h). Numbers print so that they read back as the same doubles.
 */
#include "base/number.h"
#include "base/text.h"
#include "run/frozen.h"
#include "run/record.h"

#include <string.h>

static void fits_field(mera_text *text, const char *field)
{
    if (field == NULL || strpbrk(field, ",\"\r\n") == NULL) {
        mera_text_add(text, field != NULL ? field : "");
        return;
    }
    mera_text_add(text, "\"");
    for (const char *c = field; *c != '\0'; c++) {
        mera_text_add_n(text, *c == '"' ? "\"\"" : c, *c == '"' ? 2 : 1);
    }
    mera_text_add(text, "\"");
}

/** How many of the fitted numbers have names. */
static size_t fits_n_names(const mera_fit_record *fit)
{
    size_t n = 0;

    while (fit->child == NULL && fit->op->fitted != NULL && fit->op->fitted[n] != NULL) {
        n++;
    }
    return fit->child != NULL ? fit->fitted.n : n;
}

/** All that stands before the name of a number. */
static void fits_head(mera_text *text, const mera_result *result, const mera_fit_record *fit)
{
    const mera_methodology *m = result->methodology;
    const char *subject =
        fit->indicator != SIZE_MAX ? m->indicator[fit->indicator].id : m->node[fit->node].id;

    mera_text_addf(text, "%s,%s", mera_step_name(fit->step), fit->op->name);
    if (fit->nth > 0) {
        mera_text_addf(text, "#%zu", fit->nth + 1);
    }
    mera_text_addf(text, ",%s,", subject);
    fits_field(text, fit->group);
    mera_text_add(text, ",");
    fits_field(text, fit->period);
    mera_text_add(text, ",");
}

static void fits_tail(mera_text *text, const char *number, const char *params)
{
    mera_text_addf(text, ",%s,", number);
    fits_field(text, params);
    mera_text_add(text, "\n");
}

static mera_code fits_one(mera_text *text, const mera_result *result, const mera_fit_record *fit)
{
    const char *params = mera_params_text(fit->op, fit->params, text->arena);
    const size_t n_names = fits_n_names(fit);
    char number[32];

    MERA_TRY_PTR(params);
    for (size_t i = 0; i < fit->fitted.n; i++) {
        fits_head(text, result, fit);
        if (i < n_names) {
            mera_text_add(text, fit->child != NULL ? fit->child[i] : fit->op->fitted[i]);
        } else {
            mera_text_addf(text, "%zu", i);
        }
        mera_number_write(fit->fitted.v[i], number);
        fits_tail(text, number, params);
    }
    if (fit->fitted.n == 0) {
        fits_head(text, result, fit);
        mera_text_add(text, MERA_RUN_FROZEN_NONE);
        fits_tail(text, "", params);
    }
    return MERA_OK;
}

const char *mera_fits_csv(const mera_result *result, mera_arena *arena)
{
    mera_text text = {.arena = arena};

    mera_text_add(&text, MERA_RUN_FROZEN_HEADER "\n");
    for (size_t i = 0; i < result->n_fits; i++) {
        if (fits_one(&text, result, &result->fit[i]) != MERA_OK) {
            return NULL;
        }
    }
    return mera_text_string(&text);
}
