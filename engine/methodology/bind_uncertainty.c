/* SPDX-License-Identifier: Apache-2.0 */
/** @file `uncertainty:`, how far weights may differ, and what is to be told of places. */
#include <string.h>

#include "base/math.h"
#include "base/text.h"
#include "methodology/bind.h"
#include "methodology/tree.h"

enum { DOUBT_DRAWS = 10000, DOUBT_TOP_MOST = 1000000 };
#define DOUBT_RANGE 0.25
#define DOUBT_BAND 0.95

/** A setting of another law would be read and ignored: refused, so that nobody believes in it. */
static void doubt_idle(mera_binder *b, const mera_value *said, const char *key, const char *law)
{
    const mera_value *value = mera_value_get(said, key);
    if (value != NULL) {
        mera_fail(b->diags, MERA_EINPUT, "idle-key", value->at, "'%s' says nothing to the law '%s'",
                  key, law);
        mera_hint(b->diags, "take it out, or write law: %s",
                  mera_streq(key, "r")               ? "range"
                  : mera_streq(key, "concentration") ? "dirichlet"
                                                     : "bounds");
    }
}

static mera_law doubt_law(mera_binder *b, const mera_value *said, mera_at at)
{
    static const mera_law_kind kinds[] = {MERA_LAW_RANGE, MERA_LAW_DIRICHLET, MERA_LAW_UNIFORM,
                                          MERA_LAW_FIXED, MERA_LAW_POLYTOPE};
    const int which = mera_bind_choice(said, "law", mera_law_words, 0);
    mera_law law = {.kind = kinds[which], .at = at};
    if (law.kind == MERA_LAW_RANGE) {
        law.range = mera_bind_number(said, "r", DOUBT_RANGE);
    } else {
        doubt_idle(b, said, "r", mera_law_words[which]);
    }
    if (law.kind != MERA_LAW_POLYTOPE) {
        doubt_idle(b, said, "bounds", mera_law_words[which]);
        doubt_idle(b, said, "order", mera_law_words[which]);
    }
    if (law.kind != MERA_LAW_DIRICHLET) {
        doubt_idle(b, said, "concentration", mera_law_words[which]);
        return law;
    }
    law.concentration = mera_bind_number(said, "concentration", 0);
    if (mera_value_get(said, "concentration") == NULL) {
        mera_fail(b->diags, MERA_EINPUT, "missing-key", at,
                  "the law 'dirichlet' needs 'concentration'");
        mera_hint(b->diags, "with concentration: 50 a weight of 20 %% has a standard deviation of "
                            "5.6 points; the larger, the nearer to the given weights");
    }
    return law;
}

static mera_code doubt_node(mera_binder *b, const mera_entry *entry, mera_law *laws)
{
    const mera_methodology *m = b->m;
    const size_t k = mera_map_get(b->nodes, entry->key, strlen(entry->key));
    if (k != SIZE_MAX) {
        laws[k] = doubt_law(b, entry->value, entry->at);
        return laws[k].kind == MERA_LAW_POLYTOPE
                   ? mera_bind_bounds(b, entry->value, &m->node[k], &laws[k])
                   : MERA_OK;
    }
    const char **names;
    MERA_TRY_NEW(names, b->arena, m->n_nodes);
    for (size_t i = 0; i < m->n_nodes; i++) {
        names[i] = m->node[i].id;
    }
    mera_fail(b->diags, MERA_EINPUT, "unknown-node", entry->at,
              "'uncertainty' names the node '%s', which the framework does not have", entry->key);
    return mera_bind_suggest(b, entry->key, names, m->n_nodes, "nodes");
}

static mera_code doubt_laws(mera_binder *b, const mera_value *said)
{
    const mera_value *weights = mera_value_get(said, "weights");
    const mera_value *nodes = mera_value_get(said, "nodes");
    const mera_law all = doubt_law(b, weights, weights != NULL ? weights->at : MERA_NOWHERE);
    mera_law *laws;
    if (all.kind == MERA_LAW_POLYTOPE) {
        mera_fail(b->diags, MERA_EINPUT, "idle-key", all.at,
                  "the law 'bounds' is of the parts of one node, not of all nodes");
        mera_hint(b->diags,
                  "write it below 'nodes': uncertainty: {nodes: {%s: {law: bounds, order: "
                  "[a > b]}}}",
                  b->m->n_nodes > 0 ? b->m->node[0].id : "index");
    }
    MERA_TRY_NEW(laws, b->arena, b->m->n_nodes);
    for (size_t k = 0; k < b->m->n_nodes; k++) {
        laws[k] = all;
    }
    for (size_t i = 0; nodes != NULL && nodes->kind == MERA_VALUE_MAP && i < nodes->n; i++) {
        MERA_TRY(doubt_node(b, &nodes->entries[i], laws));
    }
    b->m->uncertainty.law = laws;
    return MERA_OK;
}

static void doubt_top(mera_binder *b, const mera_value *item)
{
    mera_uncertainty *u = &b->m->uncertainty;
    if (item->kind != MERA_VALUE_NUMBER || item->number < 1 || item->number > DOUBT_TOP_MOST ||
        item->number != floor(item->number)) {
        mera_fail(b->diags, MERA_EINPUT, "bad-value", item->at,
                  "'top' holds '%s', which is not a whole number from 1 to %d",
                  item->text != NULL ? item->text : "a list", DOUBT_TOP_MOST);
        mera_hint(b->diags, "for example: top: [3, 10]");
    } else if (u->n_top < MERA_TOPS) { /* more of them were refused by the key */
        u->top[u->n_top++] = (size_t)item->number;
    }
}

mera_code mera_bind_uncertainty(mera_binder *b)
{
    static const size_t top[] = {3, 10};
    const mera_value *said = mera_value_get(b->tree, "uncertainty");
    const mera_value *tops = mera_value_get(said, "top");
    mera_uncertainty *u = &b->m->uncertainty;
    u->said = said != NULL;
    u->draws = (size_t)fmax(1, mera_bind_number(said, "draws", DOUBT_DRAWS));
    u->band = mera_bind_number(said, "band", DOUBT_BAND);
    u->bands = (mera_band_rule)mera_bind_choice(said, "bands", mera_bands_words, MERA_BANDS_LEADER);
    for (size_t t = 0; tops == NULL && t < 2; t++) {
        u->top[u->n_top++] = top[t];
    }
    if (tops != NULL && tops->kind == MERA_VALUE_LIST) {
        for (size_t t = 0; t < tops->n; t++) {
            doubt_top(b, tops->items[t]);
        }
    } else if (tops != NULL && tops->kind != MERA_VALUE_MAP) {
        doubt_top(b, tops);
    }
    MERA_TRY(doubt_laws(b, said));
    return mera_bind_factors(b, mera_value_get(said, "factors"));
}
