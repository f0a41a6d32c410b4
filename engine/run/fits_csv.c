/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Fitted numbers as CSV, in the order they were fitted: what a frozen reference reads back. A
 * number without a name is named by its place, from 0. Numbers print so that they read back as the
 * same doubles.
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
static size_t fits_n_names(const mera_op *op)
{
    size_t n = 0;

    while (op->fitted != NULL && op->fitted[n] != NULL) {
        n++;
    }
    return n;
}

static void fits_one(mera_text *text, const mera_result *result, const mera_fit_record *fit)
{
    const mera_methodology *m = result->methodology;
    const char *subject =
        fit->indicator != SIZE_MAX ? m->indicator[fit->indicator].id : m->node[fit->node].id;
    const size_t n_names = fits_n_names(fit->op);
    char number[32];

    for (size_t i = 0; i < fit->fitted.n; i++) {
        mera_text_addf(text, "%s,%s,%s,", mera_step_name(fit->step), fit->op->name, subject);
        fits_field(text, fit->group);
        mera_text_add(text, ",");
        fits_field(text, fit->period);
        if (i < n_names) {
            mera_text_addf(text, ",%s,", fit->op->fitted[i]);
        } else {
            mera_text_addf(text, ",%zu,", i);
        }
        mera_number_write(fit->fitted.v[i], number);
        mera_text_addf(text, "%s\n", number);
    }
}

const char *mera_fits_csv(const mera_result *result, mera_arena *arena)
{
    mera_text text = {.arena = arena};

    mera_text_add(&text, MERA_RUN_FROZEN_HEADER "\n");
    for (size_t i = 0; i < result->n_fits; i++) {
        fits_one(&text, result, &result->fit[i]);
    }
    return mera_text_string(&text);
}
