/* SPDX-License-Identifier: Apache-2.0 */
/** @file What the tests of weighers share: a weigher bound and run in a line. */
#ifndef MERA_WEIGH_TEST_H
#define MERA_WEIGH_TEST_H

#include "ops_test.h"

/** Binds a weigher by its full name and runs it over k columns, a, b, c ... by name. */
static inline mera_code weigh(fixture *f, const char *name, const char *params,
                              const double *const *x, size_t k, size_t n, double *w)
{
    static const char *const names[] = {"a", "b", "c", "d", "e", "f", "g", "h"};
    double one[64];
    const mera_op *op;
    const void *bound = ops_bind(f, name, params, &op);
    const mera_children in = {.n = n, .k = k, .x = x, .w = one, .total = (double)k};
    for (size_t j = 0; j < k; j++) {
        one[j] = 1;
    }
    if (f->ctx.child_name == NULL && k <= sizeof names / sizeof *names) {
        f->ctx.child_name = names;
    }
    f->ctx.subject = "node 'n'";
    return op->weigh(op, bound, &f->ctx, &in, w);
}

/** Binds with parameters that are refused; fails the test when they are not. */
static inline void weigh_refuses(fixture *f, const char *name, const char *params)
{
    void *out = NULL;
    const mera_op *op = mera_registry_find(f->registry, MERA_STEP_DERIVE, name);
    assert_non_null(op);
    assert_int_equal(
        mera_op_bind(op, ops_params(f, params), NULL, MERA_NOWHERE, f->arena, f->diags, &out),
        MERA_EINPUT);
}

/** How many warnings were recorded. */
static inline size_t weigh_warnings(const fixture *f)
{
    return mera_diags_count(f->diags, MERA_WARNING);
}

#endif
