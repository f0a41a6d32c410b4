/* SPDX-License-Identifier: Apache-2.0 */
/** @file Properties over the whole registry (properties.h). */
#include "properties.h"

static const exemption *exemption_of(const walk *w, const char *op, const char *params,
                                     const char *property)
{
    for (const exemption *e = w->exemptions; e->op != NULL; e++) {
        if (strcmp(e->op, op) == 0 && strcmp(e->property, property) == 0 &&
            (e->params == NULL || strcmp(e->params, params) == 0)) {
            return e;
        }
    }
    return NULL;
}

/* One try; false when the property does not hold, or is exempt and does. */
static bool property_try(fixture *f, const walk *w, const mera_op *op, const char *params,
                         const char *property, property_fn check)
{
    const exemption *left_out = exemption_of(w, op->name, params, property);
    const char *seen = check(f, op, params);
    if (left_out != NULL && seen != NULL) {
        print_message("not asked of %s {%s}: %s\n", op->name, params, left_out->reason);
        return true;
    }
    if (left_out != NULL) {
        print_error("%s {%s}: %s holds after all; take its exemption away\n", op->name, params,
                    property);
        return false;
    }
    if (seen != NULL) {
        print_error("%s {%s}: %s: %s\n", op->name, params, property, seen);
    }
    return seen == NULL;
}

static void exemptions_name_operations(const fixture *f, const walk *w)
{
    for (const exemption *e = w->exemptions; e->op != NULL; e++) {
        if (mera_registry_find(f->registry, MERA_STEP_DERIVE, e->op) == NULL) {
            print_error("an exemption of %s, which is no operation\n", e->op);
            fail();
        }
    }
    for (const variant *v = w->variants; v->op != NULL; v++) {
        if (mera_registry_find(f->registry, MERA_STEP_DERIVE, v->op) == NULL) {
            print_error("parameters of %s, which is no operation\n", v->op);
            fail();
        }
    }
}

void property_holds(fixture *f, const walk *w, const char *property, property_fn check)
{
    const mera_op_ctx fresh = f->ctx;
    size_t n = 0, wrong = 0;
    exemptions_name_operations(f, w);
    for (size_t i = 0; i < mera_registry_size(f->registry); i++) {
        const mera_op *op = mera_registry_get(f->registry, i);
        if (!w->takes(op)) {
            continue;
        }
        size_t tries = 0;
        for (const variant *v = w->variants; v->op != NULL; v++) {
            if (strcmp(v->op, op->name) == 0) {
                f->ctx = fresh;
                wrong += property_try(f, w, op, v->params, property, check) ? 0 : 1;
                tries++;
            }
        }
        f->ctx = fresh;
        wrong += tries > 0 || property_try(f, w, op, "", property, check) ? 0 : 1;
        n++;
    }
    f->ctx = fresh;
    assert_true(n >= w->at_least);
    assert_int_equal(wrong, 0);
}

const char *differs(fixture *f, const double *y, const double *expected, size_t n, double rel)
{
    for (size_t i = 0; i < n; i++) {
        const bool same = isnan(expected[i])
                              ? isnan(y[i])
                              : fabs(y[i] - expected[i]) <= rel * fmax(1.0, fabs(expected[i]));
        if (!same) {
            return mera_arena_printf(f->arena, "[%zu] %.17g, not %.17g", i, y[i], expected[i]);
        }
    }
    return NULL;
}

const char *differs_in_bits(fixture *f, const double *y, const double *expected, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (memcmp(&y[i], &expected[i], sizeof *y) != 0) {
            return mera_arena_printf(f->arena, "[%zu] %.17g, not the bits of %.17g", i, y[i],
                                     expected[i]);
        }
    }
    return NULL;
}

const char *what_it_says(fixture *f)
{
    const size_t n = mera_diags_size(f->diags);
    return mera_arena_printf(f->arena, "it says: %s",
                             n > 0 ? mera_diags_get(f->diags, n - 1)->message : "nothing");
}

double noise(uint64_t i)
{
    uint64_t x = (i + 1) * 0x9E3779B97F4A7C15u;
    x ^= x >> 29;
    x *= 0xBF58476D1CE4E5B9u;
    x ^= x >> 32;
    return (double)(x >> 11) * 0x1p-52 - 1;
}
