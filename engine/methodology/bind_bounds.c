/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * `law: bounds` of a node: limits of shares and stated orders, `a > b`, `a >= 2 b`, `a > b > c`.
 * Children are counted as the node names them; who takes part is known when data are there.
 */
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "methodology/bind.h"

static const char *bounds_id(const mera_methodology *m, const mera_child *child)
{
    return child->is_indicator ? m->indicator[child->index].id : m->node[child->index].id;
}

static size_t bounds_find(const mera_methodology *m, const mera_node *node, const char *id,
                          size_t length)
{
    for (size_t c = 0; c < node->n_children; c++) {
        const char *own = bounds_id(m, &node->child[c]);
        if (strlen(own) == length && memcmp(own, id, length) == 0) {
            return c;
        }
    }
    return SIZE_MAX;
}

static mera_code bounds_unknown(mera_binder *b, const mera_node *node, const char *id, mera_at at)
{
    const char **names;
    MERA_TRY_NEW(names, b->arena, node->n_children);
    for (size_t c = 0; c < node->n_children; c++) {
        names[c] = bounds_id(b->m, &node->child[c]);
    }
    mera_fail(b->diags, MERA_EINPUT, "unknown-child", at, "'%s' is not a part of '%s'", id,
              node->id);
    return mera_bind_suggest(b, id, names, node->n_children, "parts");
}

/* ---- limits of shares ---- */

static mera_code bounds_limits(mera_binder *b, const mera_node *node, const mera_value *said,
                               mera_law *law)
{
    double *low, *high;
    MERA_TRY_NEW(low, b->arena, node->n_children);
    MERA_TRY_NEW(high, b->arena, node->n_children);
    for (size_t c = 0; c < node->n_children; c++) {
        high[c] = 1;
    }
    law->low = low;
    law->high = high;
    for (size_t i = 0; said != NULL && said->kind == MERA_VALUE_MAP && i < said->n; i++) {
        const mera_entry *entry = &said->entries[i];
        const size_t c = bounds_find(b->m, node, entry->key, strlen(entry->key));
        if (c == SIZE_MAX) {
            MERA_TRY(bounds_unknown(b, node, entry->key, entry->at));
            continue;
        }
        low[c] = mera_bind_number(entry->value, "low", 0);
        high[c] = mera_bind_number(entry->value, "high", 1);
        if (low[c] > high[c]) {
            mera_fail(b->diags, MERA_EINPUT, "bounds", entry->at,
                      "the share of '%s' is to be at least %g and at most %g", entry->key, low[c],
                      high[c]);
            mera_hint(b->diags, "shares are parts of 1: {low: 0.1, high: 0.3}");
        }
    }
    return MERA_OK;
}

/* ---- orders ---- */

typedef struct order_term {
    double factor;
    size_t child;
} order_term;

static const char *order_skip(const char *p)
{
    while (*p == ' ') {
        p++;
    }
    return p;
}

static mera_code order_wrong(mera_binder *b, const mera_value *item)
{
    mera_fail(b->diags, MERA_EINPUT, "bad-order", item->at, "'%s' is not an order of weights",
              item->text != NULL ? item->text : "this");
    mera_hint(b->diags, "write order: [health > roads, health >= 2 safety]");
    return MERA_EINPUT;
}

/* "2 roads", "2*roads" or "roads"; *p is left behind it. */
static mera_code order_term_of(mera_binder *b, const mera_node *node, const mera_value *item,
                               const char **p, order_term *out)
{
    const char *at = order_skip(*p);
    *out = (order_term){.factor = 1, .child = SIZE_MAX};
    const size_t digits = strspn(at, "0123456789.");
    if (digits > 0 && (at[digits] == ' ' || at[digits] == '*')) {
        if (!mera_number_read(at, digits, &out->factor) || !(out->factor > 0)) {
            return order_wrong(b, item);
        }
        at = order_skip(at + digits);
        at = order_skip(*at == '*' ? at + 1 : at);
    }
    const size_t length = strcspn(at, " >=*");
    if (length == 0) {
        return order_wrong(b, item);
    }
    out->child = bounds_find(b->m, node, at, length);
    *p = order_skip(at + length);
    if (out->child != SIZE_MAX) {
        return MERA_OK;
    }
    const char *id = mera_arena_printf(b->arena, "%.*s", (int)length, at);
    MERA_TRY_PTR(id);
    MERA_TRY(bounds_unknown(b, node, id, item->at));
    return MERA_EINPUT;
}

/* Adds one order for each sign of the text; `room` is enough for them. */
static mera_code order_line(mera_binder *b, const mera_node *node, const mera_value *item,
                            mera_weight_order *order, size_t *n)
{
    order_term above, below;
    const char *p = item->text;
    if (p == NULL) {
        return order_wrong(b, item);
    }
    MERA_TRY(order_term_of(b, node, item, &p, &above));
    do {
        if (*p != '>') {
            return order_wrong(b, item);
        }
        p += p[1] == '=' ? 2 : 1;
        MERA_TRY(order_term_of(b, node, item, &p, &below));
        if (above.child == below.child) {
            return order_wrong(b, item);
        }
        order[(*n)++] = (mera_weight_order){
            .above = above.child, .below = below.child, .ratio = below.factor / above.factor};
        above = below;
    } while (*p != '\0');
    return MERA_OK;
}

static size_t order_signs(const mera_value *said)
{
    size_t n = 0;
    for (size_t i = 0; i < said->n; i++) {
        for (const char *p = said->items[i]->text; p != NULL && *p != '\0'; p++) {
            n += *p == '>';
        }
    }
    return n;
}

static mera_code bounds_orders(mera_binder *b, const mera_node *node, const mera_value *said,
                               mera_law *law)
{
    const mera_value *const *item = said != NULL ? &said : NULL;
    const mera_value alone = {.kind = MERA_VALUE_LIST, .n = 1, .items = item};
    const mera_value *list = said != NULL && said->kind != MERA_VALUE_LIST ? &alone : said;
    mera_weight_order *order;
    if (list == NULL) {
        return MERA_OK;
    }
    MERA_TRY_NEW(order, b->arena, order_signs(list));
    for (size_t i = 0; i < list->n; i++) {
        MERA_BIND_TRY(order_line(b, node, list->items[i], order, &law->n_orders));
    }
    law->order = order;
    return MERA_OK;
}

mera_code mera_bind_bounds(mera_binder *b, const mera_value *said, const mera_node *node,
                           mera_law *law)
{
    const mera_value *limits = mera_value_get(said, "bounds");
    const mera_value *orders = mera_value_get(said, "order");
    if (limits == NULL && orders == NULL) {
        mera_fail(b->diags, MERA_EINPUT, "missing-key", law->at,
                  "the law 'bounds' needs 'bounds' or 'order'");
        mera_hint(b->diags, "for example order: [health > roads], or bounds: {health: {low: 0.1, "
                            "high: 0.3}}; law: simplex has neither");
        return MERA_OK;
    }
    MERA_TRY(bounds_limits(b, node, limits, law));
    return bounds_orders(b, node, orders, law);
}
