/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Saves what a run of draws has counted and takes it up again: a mark, the print of the ask, the
 * number of draws, and the counts, as little-endian 64-bit words.
 */
#include <string.h>

#include "base/hash.h"
#include "draws/internal.h"

enum { STATE_HEAD = 8 };
static const uint64_t state_mark =
    UINT64_C(0x32737761726461); /* "adraws2": raised with the format */

typedef struct print_sum {
    uint64_t sum;
} print_sum;

static void print_add(print_sum *p, const void *bytes, size_t n)
{
    p->sum = mera_hash64(bytes, n, p->sum);
}

static void print_number(print_sum *p, double x)
{
    print_add(p, &x, sizeof x);
}

static void print_count(print_sum *p, uint64_t x)
{
    print_add(p, &x, sizeof x);
}

static void print_law(print_sum *p, const mera_law *law, size_t k)
{
    print_count(p, law->kind);
    print_number(p, law->concentration);
    print_number(p, law->range);
    for (size_t c = 0; c < k; c++) {
        print_number(p, law->low != NULL ? law->low[c] : 0);
        print_number(p, law->high != NULL ? law->high[c] : 1);
    }
    print_count(p, law->n_orders);
    for (size_t o = 0; o < law->n_orders; o++) {
        print_count(p, law->order[o].above);
        print_count(p, law->order[o].below);
        print_number(p, law->order[o].ratio);
    }
}

static void print_node(print_sum *p, const mera_weight_node *node)
{
    print_count(p, node->n);
    for (size_t c = 0; c < node->n; c++) {
        print_count(p, node->part[c].is_node);
        print_count(p, node->part[c].index);
        print_number(p, node->part[c].weight);
    }
    print_law(p, &node->law, node->n);
    print_number(p, node->power);
    print_count(p, node->rounding.mode);
    print_count(p, (uint64_t)node->rounding.digits);
}

uint64_t mera_draws_print(const mera_draws_ask *ask, const mera_ranking *ranking)
{
    print_sum p = {0};
    print_count(&p, ask->n);
    print_count(&p, ask->k);
    print_count(&p, ask->seed);
    print_count(&p, ask->lower_is_better);
    print_count(&p, ask->central);
    print_count(&p, ranking->pair_every);
    print_add(&p, ranking->top, ranking->n_top * sizeof *ranking->top);
    for (size_t j = 0; j < ask->k; j++) {
        print_add(&p, ask->z[j], ask->n * sizeof **ask->z);
    }
    for (size_t v = 0; v < ask->n_nodes; v++) {
        print_node(&p, &ask->node[v]);
    }
    return p.sum;
}

/* The arrays of a total, one after the other, in bytes. */
typedef struct state_part {
    void *at;
    size_t size;
} state_part;

/* Returns the size of a state. */
static size_t state_parts(const mera_draws *draws, state_part part[3])
{
    const mera_totals *t = &draws->total;
    const size_t n = draws->ranking.n, k = draws->ask.central ? draws->scorer.k : 0;
    part[0] = (state_part){t->place_sum, n * sizeof *t->place_sum};
    part[1] = (state_part){t->central, n * k * sizeof *t->central};
    part[2] = (state_part){t->cell, mera_cells(&draws->ranking) * sizeof *t->cell};
    return STATE_HEAD * sizeof(uint64_t) + part[0].size + part[1].size + part[2].size;
}

mera_code mera_draws_save(const mera_draws *draws, mera_arena *arena, void **bytes, size_t *size)
{
    state_part part[3];
    const size_t n = state_parts(draws, part);
    const mera_totals *t = &draws->total;
    char *to = mera_arena_alloc(arena, n, 1);
    MERA_TRY_PTR(to);
    const uint64_t head[STATE_HEAD] = {state_mark, draws->print,   n,       t->done,
                                       t->shift,   t->worst_shift, t->tied, t->pair_draws};
    *bytes = to;
    *size = n;
    memcpy(to, head, sizeof head);
    to += sizeof head;
    for (size_t p = 0; p < 3; p++) {
        if (part[p].size > 0) {
            memcpy(to, part[p].at, part[p].size);
        }
        to += part[p].size;
    }
    return MERA_OK;
}

mera_code mera_draws_restore(mera_draws *draws, const void *bytes, size_t size, mera_diags *diags)
{
    state_part part[3];
    uint64_t head[STATE_HEAD];
    const size_t n = state_parts(draws, part);
    if (size < sizeof head || (memcpy(head, bytes, sizeof head), head[0] != state_mark)) {
        return mera_fail(diags, MERA_EINPUT, "state", MERA_NOWHERE,
                         "this is no saved run of draws of this version");
    }
    if (head[1] != draws->print || head[2] != n || size != n) {
        mera_fail(diags, MERA_EINPUT, "state", MERA_NOWHERE,
                  "the saved run is of other data, weights, laws, seed or counts");
        mera_hint(diags, "start the run anew, or go back to what it was started with");
        return MERA_EINPUT;
    }
    const char *from = (const char *)bytes + sizeof head;
    for (size_t p = 0; p < 3; p++) {
        if (part[p].size > 0) {
            memcpy(part[p].at, from, part[p].size);
        }
        from += part[p].size;
    }
    mera_totals *t = &draws->total;
    t->done = head[3];
    t->shift = head[4];
    t->worst_shift = head[5];
    t->tied = head[6];
    t->pair_draws = head[7];
    return MERA_OK;
}
