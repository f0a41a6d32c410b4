/* SPDX-License-Identifier: Apache-2.0 */
/** @file Replaying the steps of a case in their order (steps.h). */
#include "calls.h"

#include <ctype.h>
#include <string.h>

#include "arguments.h"

typedef struct step {
    const char *op, *makes;
    mera_code (*run)(coin *c, const json_t *args);
} step;

static const step steps_known[] = {
    {"Denominate", "Denominated", step_denominate},
    {"Screen", "Screened", step_screen},
    {"Impute", "Imputed", step_impute},
    {"Treat", "Treated", step_treat},
    {"qTreat", "Treated", step_qtreat},
    {"Normalise", "Normalised", step_normalise},
    {"qNormalise", "Normalised", step_qnormalise},
    {"Aggregate", "Aggregated", step_aggregate},
};

static const char *steps_lower(mera_arena *arena, const char *text)
{
    char *low = NEW(arena, strlen(text) + 1, char);
    for (size_t i = 0; text[i] != '\0'; i++) {
        low[i] = (char)tolower((unsigned char)text[i]);
    }
    return low;
}

/* The data set a step made, as an output under its own name and as the main one. */
static mera_code steps_output(coin *c, const step *s, const json_t *args)
{
    const char *name = arg_text(args, "write_to", s->makes);
    const frame *f, *from;
    MERA_TRY(coin_frame(c, name, &f));
    const bool aggregated = s->run == step_aggregate; /* its case files hold aggregates only */
    MERA_TRY(coin_frame(c, arg_text(args, "dset", "Raw"), &from));
    table *t = frame_table(c, f, aggregated ? from->k : 0);
    run_output(c->r, steps_lower(c->r->arena, name), t);
    if (s->run != step_screen) { /* which gives out its table of availability */
        run_output(c->r, "main", t);
    }
    return MERA_OK;
}

static mera_code steps_one(coin *c, const json_t *given_step)
{
    const char *op = arg_text(given_step, "op", "");
    const json_t *args = arg(given_step, "args");
    MERA_TRY(arguments_known(c->r, op, args));
    if (same(op, "get_PCA")) { /* for its weights_to */
        return call_get_pca(c->r, c, args);
    }
    if (same(op, "get_opt_weights")) {
        return call_get_opt_weights(c->r, c, args);
    }
    for (size_t i = 0; i < sizeof steps_known / sizeof *steps_known; i++) {
        if (same(steps_known[i].op, op)) {
            MERA_TRY(steps_known[i].run(c, args));
            return steps_output(c, &steps_known[i], args);
        }
    }
    return run_unsupported(c->r, "step %s", op);
}

/* new_coin() once more without the indicators dropped, and the first `n` steps again. */
static mera_code steps_change(run *r, const json_t *steps, size_t n, const json_t *args, coin **out)
{
    json_t *again = json_array(), *exclude = json_array();
    const json_t *drop = arg(args, "drop"), *add = arg(args, "add");
    const json_t *old = arg(steps_args(steps, "new_coin"), "exclude");
    for (size_t i = 0; i < arg_size(old); i++) {
        if (!arg_has(add, arg_item_text(old, i))) {
            json_array_append_new(exclude, json_string(arg_item_text(old, i)));
        }
    }
    for (size_t i = 0; i < arg_size(drop); i++) {
        json_array_append_new(exclude, json_string(arg_item_text(drop, i)));
    }
    for (size_t i = 0; i < n; i++) {
        json_array_append(again, json_array_get(steps, i));
    }
    json_t *change = json_pack("{s:o}", "exclude", exclude);
    json_t *edited = steps_edited(again, "new_coin", change);
    const mera_code rc = steps_replay(r, edited, out);
    json_array_append(r->kept, edited); /* codes are borrowed from it */
    json_decref(again);
    json_decref(change);
    json_decref(edited);
    return rc;
}

mera_code steps_replay(run *r, const json_t *steps, coin **out)
{
    size_t i;
    json_t *given_step;
    *out = NULL;
    json_array_foreach((json_t *)(uintptr_t)steps, i, given_step)
    {
        if (same(arg_text(given_step, "op", ""), "new_coin")) {
            MERA_TRY(arguments_known(r, "new_coin", arg(given_step, "args")));
            MERA_TRY(coin_new(r, arg(given_step, "args"), out));
        } else if (*out == NULL) {
            return run_refused(r, "a step before new_coin");
        } else if (same(arg_text(given_step, "op", ""), "change_ind")) {
            MERA_TRY(arguments_known(r, "change_ind", arg(given_step, "args")));
            MERA_TRY(steps_change(r, steps, i, arg(given_step, "args"), out));
        } else if (!same(arg_text(given_step, "op", ""), "Regen")) { /* nothing was edited */
            MERA_TRY(steps_one(*out, given_step));
        }
    }
    return MERA_OK;
}

const json_t *steps_args(const json_t *steps, const char *op)
{
    const json_t *found = NULL;
    for (size_t i = 0; i < json_array_size(steps); i++) {
        const json_t *one = json_array_get(steps, i);
        found = same(arg_text(one, "op", ""), op) ? arg(one, "args") : found;
    }
    return found;
}

json_t *steps_edited(const json_t *steps, const char *op, const json_t *change)
{
    json_t *copy = json_array();
    for (size_t i = 0; i < json_array_size(steps); i++) {
        const json_t *one = json_array_get(steps, i);
        if (!same(arg_text(one, "op", ""), op)) {
            json_array_append(copy, (json_t *)(uintptr_t)one);
            continue;
        }
        json_t *edited = json_copy((json_t *)(uintptr_t)one);
        json_object_set_new(edited, "args", arg_modified(arg(one, "args"), change));
        json_array_append_new(copy, edited);
    }
    return copy;
}
