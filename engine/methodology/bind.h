/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Private to the binder: from a resolved tree to a typed methodology. Types and keys were checked
 * against the tables before; a value of the wrong type was reported there and reads as not given
 * here. Functions return MERA_OK when they recorded problems: only memory and limits stop the work.
 */
#ifndef MERA_METHODOLOGY_BIND_H
#define MERA_METHODOLOGY_BIND_H

#include "base/map.h"
#include "mera/methodology.h"
#include "methodology/keys.h"

/** Leaves the calling function unless the call went well or has only recorded a refusal. */
#define MERA_BIND_TRY(call)                                                 \
    do {                                                                    \
        const mera_code mera_bind_code_ = (call);                           \
        if (mera_bind_code_ != MERA_OK && mera_bind_code_ != MERA_EINPUT) { \
            return mera_bind_code_;                                         \
        }                                                                   \
    } while (0)

/** One step as it holds unless an indicator or node says otherwise. */
typedef struct mera_step_default {
    const mera_value *value; /**< as written, or NULL */
    mera_use_list uses;
} mera_step_default;

typedef struct mera_binder {
    mera_arena *arena;
    mera_diags *diags;
    const mera_registry *registry;
    const mera_value *tree;
    mera_methodology *m;
    mera_step_default step[MERA_N_STEPS];
    const mera_value *weights; /**< of `steps` */
    mera_map *indicators;      /**< id -> index */
    mera_map *nodes;           /**< id -> index */
    mera_node *node;           /**< m->node while it is filled */
    const char **plugin_names; /**< of `plugins:` */
} mera_binder;

/* ---- scalars (bind_value.c) ------------------------------------------------------------- */

/** The text of a key as written, or NULL. */
const char *mera_bind_text(const mera_value *map, const char *key);
/** The number of a key, or `fallback`. */
double mera_bind_number(const mera_value *map, const char *key, double fallback);
bool mera_bind_bool(const mera_value *map, const char *key, bool fallback);
/** The place of a key's word among NULL-terminated words, or `fallback`. */
int mera_bind_choice(const mera_value *map, const char *key, const char *const *words,
                     int fallback);
/** [low, high]; an end that is not given is NaN. */
void mera_bind_pair(const mera_value *value, double out[2]);
/** One text or a list of them. */
mera_code mera_bind_texts(mera_binder *b, const mera_value *value, mera_text_list *out);
/** A title; a plain text counts for the language it is written in. */
mera_title mera_bind_title(const mera_value *value);
mera_rounding mera_bind_round(const mera_value *value, mera_rounding fallback);
/** Says «did you mean» when a name is near, else lists the names. */
mera_code mera_bind_suggest(mera_binder *b, const char *name, const char *const *names, size_t n,
                            const char *what);
/** Passes problems on, each once, with a frame that says whose they are. */
mera_code mera_bind_relay(mera_binder *b, const mera_diags *from, mera_at at, const char *whose);

/* ---- uses of operations (bind_use.c, bind_op.c) ------------------------------------------ */

/** The operation of that name, or NULL and an error that says what there is. */
mera_code mera_bind_op(mera_binder *b, mera_step step, const mera_value *name, const mera_op **out);
/** One use: `given` is a map (or a scalar that names it) in which everything inherited is merged.
 */
mera_code mera_bind_use(mera_binder *b, mera_step step, const mera_value *given, const char *whose,
                        mera_use *out);
/** What an indicator or node says over the default of a step: one use or a chain. */
mera_code mera_bind_uses(mera_binder *b, mera_step step, const mera_value *own, const char *whose,
                         mera_use_list *out);
/** One use or a list of them that inherits nothing. */
mera_code mera_bind_alone(mera_binder *b, mera_step step, const mera_value *value,
                          const char *whose, mera_use_list *out);
/** The map of a use after laying it over what it inherits; NULL for `none`. */
mera_code mera_bind_inherit(mera_binder *b, mera_step step, const mera_value *own,
                            const mera_value **out);
/** Is the use of this operation? "normalise.goalposts" */
bool mera_bind_is(const mera_use *use, const char *op);

/* ---- parts of a methodology --------------------------------------------------------------- */

mera_code mera_bind_plugins(mera_binder *b);
mera_code mera_bind_units(mera_binder *b);
mera_code mera_bind_period(mera_binder *b);
mera_code mera_bind_data(mera_binder *b);
/** What an entry of `data:` says of a survey, or must not say when it is none. */
mera_code mera_bind_survey(mera_binder *b, const mera_value *map, mera_source *source);
/** A file as its key says it: beside the methodology; NULL when there is none. */
mera_code mera_bind_path(mera_binder *b, const mera_value *file, const char **path);
/** A delimiter or decimal mark; 0 when not said. */
char mera_bind_mark(const mera_value *map, const char *key);
/** `list` of `units:`; NULL when there is none. */
mera_code mera_bind_list(mera_binder *b, const mera_unit_list **out);
/** `codes` of `units:`; NULL when there is none. */
mera_code mera_bind_codes(mera_binder *b, const mera_recode **out);
/** `match` of an entry of `data:`. */
mera_code mera_bind_match(mera_binder *b, const mera_value *map, const mera_unit_list *list,
                          mera_source *source);
mera_code mera_bind_steps(mera_binder *b);
mera_code mera_bind_indicators(mera_binder *b);
mera_code mera_bind_framework(mera_binder *b);
/** What a node says of itself, its children apart. */
mera_code mera_bind_node_settings(mera_binder *b, const mera_value *value, const char *whose,
                                  mera_node *node);
/** The scale of a node's weights, and the checks of the weights themselves. */
mera_code mera_bind_weights(mera_binder *b, const mera_value *value, const char *whose,
                            mera_node *node);
mera_code mera_bind_classify(mera_binder *b);
mera_code mera_bind_checks(mera_binder *b);
mera_code mera_bind_overlay(mera_binder *b);
mera_code mera_bind_rank(mera_binder *b);
mera_code mera_bind_variants(mera_binder *b);
mera_code mera_bind_grid(mera_binder *b);
mera_code mera_bind_audit(mera_binder *b);
mera_code mera_bind_uncertainty(mera_binder *b);
/** `bounds` and `order` of a law of a node's children, counted as the node names them. */
mera_code mera_bind_bounds(mera_binder *b, const mera_value *said, const mera_node *node,
                           mera_law *law);
/** `factors:` of `uncertainty:`; `map` may be NULL. */
mera_code mera_bind_factors(mera_binder *b, const mera_value *map);
mera_code mera_bind_similar(mera_binder *b);
/** Warns of indicators that nothing uses. */
mera_code mera_bind_unused(mera_binder *b);
/** Reports a grouping that is not among `units: groups:`. */
mera_code mera_bind_grouping(mera_binder *b, const mera_value *name);

/** The effective tree without `variants` and `grid`, hashed in a form that only its meaning
 * changes. */
mera_code mera_bind_hash(mera_binder *b);

#endif
