/* SPDX-License-Identifier: Apache-2.0 */
/** @file Settings in words: one wording for records, traces and comparisons. */
#include "run/words.h"

#include "base/math.h"
#include "base/number.h"
#include "base/text.h"
#include "run/record.h"

static void words_round(mera_text *text, mera_rounding round)
{
    if (round.mode != MERA_ROUND_NONE) {
        mera_text_addf(text, "%sround %d%s", text->n > 0 ? ", " : "", round.digits,
                       round.mode == MERA_ROUND_HALF_EVEN ? " half even" : "");
    }
}

/** Parameters, then rounding. */
static const char *words_use(const char *params, mera_rounding round, mera_arena *arena)
{
    mera_text text = {.arena = arena};

    if (params == NULL) {
        return NULL;
    }
    mera_text_add(&text, params);
    words_round(&text, round);
    return mera_text_string(&text);
}

const char *mera_run_use_words(const mera_use *use, mera_arena *arena)
{
    return words_use(mera_params_text(use->op, use->params, arena), use->round, arena);
}

const char *mera_run_use_chosen(const mera_use *use, mera_arena *arena)
{
    return words_use(mera_params_chosen(use->op, use->params, arena), use->round, arena);
}

const char *mera_run_reference_words(const mera_use *use, mera_arena *arena)
{
    const mera_reference *ref = &use->reference;
    mera_text text = {.arena = arena};

    if (use->op->fit == NULL) {
        return "";
    }
    if (ref->frozen != NULL) {
        mera_text_addf(&text, "frozen in %s%s%s%s", ref->frozen, ref->by != NULL ? ", by '" : "",
                       ref->by != NULL ? ref->by : "", ref->by != NULL ? "'" : "");
        return mera_text_string(&text);
    }
    if (ref->by != NULL) {
        mera_text_addf(&text, "units by '%s' (%zu or more%s)", ref->by,
                       ref->min_units > 1 ? ref->min_units : 1,
                       ref->fallback_all ? ", else all" : "");
    } else {
        mera_text_add(&text, "all units");
    }
    mera_text_add(&text, ref->period == MERA_PERIOD_OWN   ? " of the period"
                         : ref->period == MERA_PERIOD_ALL ? " of all periods"
                                                          : " of ");
    if (ref->period == MERA_PERIOD_NAMED) {
        mera_text_add(&text, ref->label);
    }
    return mera_text_string(&text);
}

const char *mera_run_missing_words(const mera_node *node, mera_arena *arena)
{
    mera_text text = {.arena = arena};
    char number[32];

    switch (node->missing) {
    case MERA_MISSING_RENORMALISE:
        mera_text_add(&text,
                      node->formula != NULL
                          ? "what a missing child means is the formula's"
                          : "a missing child is left out and the weights of the others grow");
        break;
    case MERA_MISSING_PROPAGATE:
        mera_text_add(&text, "a missing child makes the node missing");
        break;
    case MERA_MISSING_ZERO:
        mera_text_add(&text, "a missing child counts as 0");
        break;
    case MERA_MISSING_VALUE:
        mera_number_write(node->missing_value, number);
        mera_text_addf(&text, "a missing child counts as %s", number);
        break;
    case MERA_MISSING_SKIP:
        mera_text_add(&text, "a missing child is left out and the other weights stay");
        break;
    }
    if (node->min_present > 0) {
        mera_number_write(node->min_present, number);
        mera_text_addf(&text, "; present weight at least %s of all", number);
    }
    return mera_text_string(&text);
}

/** Parameters of the aggregator or the formula, floor and rounding. */
static void words_node(mera_text *text, const mera_node *node, const char *params)
{
    char number[32];

    mera_text_add(text, params);
    if (!isnan(node->floor)) {
        mera_number_write(node->floor, number);
        mera_text_addf(text, "%sfloor %s", text->n > 0 ? ", " : "", number);
    }
    words_round(text, node->round);
}

const char *mera_run_node_settings(const mera_node *node, bool all, mera_arena *arena)
{
    mera_text text = {.arena = arena};
    const mera_op *op = node->aggregate.op;
    const char *params = op == NULL ? node->formula
                         : all      ? mera_params_text(op, node->aggregate.params, arena)
                                    : mera_params_chosen(op, node->aggregate.params, arena);

    if (params == NULL) {
        return NULL;
    }
    words_node(&text, node, params);
    return mera_text_string(&text);
}

const char *mera_run_node_words(const mera_node *node, mera_arena *arena)
{
    const char *settings = mera_run_node_settings(node, true, arena);
    const char *missing = mera_run_missing_words(node, arena);

    if (missing == NULL || settings == NULL) {
        return NULL;
    }
    return mera_arena_printf(arena, "%s%s%s", settings, settings[0] != '\0' ? "; " : "", missing);
}
