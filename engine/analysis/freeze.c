/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Freezing: the fitted numbers of a result as a file for the next edition, and a word on what
 * learns from the data and keeps no numbers.
 */
#include "mera/analysis.h"

#include "base/hash.h"
#include "base/text.h"
#include "lua/formula.h"
#include "run/record.h"

#include <string.h>

/* ---- what cannot be frozen ---- */

/** Why a use learns from each edition anew; NULL = it does not, or its numbers are kept. */
static const char *freeze_why_not(const mera_use *use)
{
    const mera_op *op = use->op;
    if (op == NULL) {
        return NULL;
    }
    switch (op->step) {
    case MERA_STEP_IMPUTE:
        return op->table != NULL   ? "fills each table from the table itself"
               : op->panel != NULL ? "fills gaps from the unit's own periods"
                                   : NULL;
    case MERA_STEP_SCREEN:
        return "looks at the gaps of each edition";
    case MERA_STEP_AGGREGATE:
        return (op->flags & MERA_OP_POPULATION) != 0 ? "compares the units of each edition" : NULL;
    case MERA_STEP_CLASSIFY:
        return op->flags & MERA_OP_POPULATION ? "cuts the places of each edition" : NULL;
    default:
        return NULL;
    }
}

/** Operations that were warned of. */
typedef struct freeze_told {
    mera_diags *diags;
    const mera_op **op;
    size_t n;
} freeze_told;

static void freeze_look(freeze_told *told, const mera_use *use)
{
    const char *why = freeze_why_not(use);
    if (why == NULL) {
        return;
    }
    for (size_t i = 0; i < told->n; i++) {
        if (told->op[i] == use->op) {
            return;
        }
    }
    told->op[told->n++] = use->op;
    mera_warn(told->diags, "not-frozen", use->at,
              "'%s' %s: the next edition is treated anew, not as this one", use->op->name, why);
    if (use->op->step == MERA_STEP_IMPUTE) {
        mera_hint(told->diags, "mean and median, of all or by group, keep their numbers");
    }
}

/** A formula that compares units learns from them, and there is nothing to keep of it. */
static void freeze_look_formula(const freeze_told *told, const char *formula, mera_at at)
{
    const char *function = formula != NULL ? mera_formula_looks_around(formula) : NULL;
    if (function != NULL) {
        mera_warn(
            told->diags, "not-frozen", at,
            "the formula calls '%s', which looks at other units: the next edition is compared "
            "with itself, not with this one",
            function);
        mera_hint(told->diags, "write the number of this edition into the formula where it shall "
                               "hold for the next one");
    }
}

/** Indicators that plugins make of each edition's data: nothing of them is in the file. */
static mera_code freeze_tell_derived(const mera_methodology *m, mera_arena *arena,
                                     mera_diags *diags)
{
    mera_text names = {.arena = arena};
    size_t n = 0;
    for (size_t k = 0; k < m->n_indicators; k++) {
        const mera_op *op = m->indicator[k].kind == MERA_FROM_OP ? m->indicator[k].derive.op : NULL;
        if (op != NULL && op->plugin != NULL) {
            mera_text_addf(&names, "%s'%s' (%s)", n++ == 0 ? "" : ", ", m->indicator[k].id,
                           op->name);
        }
    }
    if (n > 0) {
        MERA_TRY_PTR(mera_text_string(&names));
        mera_note(diags, "derived-anew", MERA_NOWHERE,
                  "made anew by plugins of the next edition's data: %s", mera_text_string(&names));
        mera_hint(diags, "the file names the plugins with their sha256: when one is another then, "
                         "a warning says so; one that compares units compares the next edition "
                         "with itself");
    }
    return MERA_OK;
}

static size_t freeze_n_uses(const mera_methodology *m)
{
    size_t n = 1 + m->n_classes + m->n_nodes;
    for (size_t k = 0; k < m->n_indicators; k++) {
        n += m->indicator[k].impute.n;
    }
    return n;
}

static mera_code freeze_tell(const mera_methodology *m, mera_arena *arena, mera_diags *diags)
{
    freeze_told told = {.diags = diags};
    MERA_TRY_NEW(told.op, arena, freeze_n_uses(m));
    freeze_look(&told, &m->screen);
    MERA_TRY(freeze_tell_derived(m, arena, diags));
    for (size_t k = 0; k < m->n_indicators; k++) {
        freeze_look_formula(&told, m->indicator[k].formula, m->indicator[k].source_at);
        for (size_t i = 0; i < m->indicator[k].impute.n; i++) {
            freeze_look(&told, &m->indicator[k].impute.v[i]);
        }
    }
    for (size_t k = 0; k < m->n_nodes; k++) {
        freeze_look(&told, &m->node[k].aggregate);
        freeze_look_formula(&told, m->node[k].formula, m->node[k].formula_at);
    }
    for (size_t k = 0; k < m->n_classes; k++) {
        freeze_look(&told, &m->classes[k].use);
    }
    return MERA_OK;
}

/* ---- the file ---- */

/** A text of one line: what would end it becomes a blank. */
static void freeze_line(mera_text *text, const char *prefix, const char *said)
{
    mera_text_add(text, prefix);
    for (const char *c = said; *c != '\0'; c++) {
        mera_text_add_n(text, *c == '\n' || *c == '\r' ? " " : c, 1);
    }
    mera_text_add(text, "\n");
}

static void freeze_comments(mera_text *text, const mera_result *result)
{
    const mera_methodology *m = result->methodology;
    freeze_line(text, "# Fitted numbers of ", mera_version());
    freeze_line(text, "# methodology: ", m->id);
    freeze_line(text, "# version: ", m->version != NULL ? m->version : "");
    freeze_line(text, "# sha256 of the methodology: ", m->sha256);
    for (size_t i = 0; i < result->n_plugins; i++) {
        const mera_plugin_record *plugin = &result->plugin[i];
        mera_text_addf(text, "# plugin: %s %s ", plugin->id, plugin->version);
        freeze_line(text, "", plugin->sha256);
    }
    for (size_t i = 0; i < result->data->n_files; i++) {
        const mera_file *file = &result->data->file[i];
        mera_text_addf(text, "# sha256 of the data: %s ", file->sha256);
        freeze_line(text, "", file->path);
    }
}

mera_code mera_freeze_csv(const mera_result *result, mera_arena *arena, mera_diags *diags,
                          const char **out)
{
    mera_text text = {.arena = arena};
    char sum[65];
    MERA_TRY(freeze_tell(result->methodology, arena, diags));
    if (result->n_fits == 0) {
        const mera_code rc =
            mera_fail(diags, MERA_EINPUT, "nothing-to-freeze", MERA_NOWHERE,
                      "methodology '%s' fits nothing to the data", result->methodology->id);
        mera_hint(diags, "its scores of the next edition can be compared with these as they are");
        return rc;
    }
    const char *numbers = mera_fits_csv(result, arena);
    MERA_TRY_PTR(numbers);
    mera_sha256_of(numbers, strlen(numbers), sum);
    freeze_comments(&text, result);
    freeze_line(&text, "# sha256 of the lines below: ", sum);
    mera_text_add(&text, numbers);
    *out = mera_text_string(&text);
    return *out == NULL ? MERA_ENOMEM : MERA_OK;
}
