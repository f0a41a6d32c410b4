/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Laws of weights, a tile of 16 draws at a time.
 *
 * Exponentials over their sum are uniform on the simplex; uniforms over their sum are not, they
 * avoid its corners.
 *
 * source  Devroye, Non-Uniform Random Variate Generation (1986), XI.4 (Dirichlet)
 */
#include "draws/laws.h"

#include <string.h>

#include "base/math.h"
#include "draws/random.h"

static mera_code law_check(const mera_law *law, mera_diags *diags)
{
    if (law->kind == MERA_LAW_DIRICHLET && !(law->concentration > 0 && law->concentration < 1e9)) {
        return mera_fail(diags, MERA_EINPUT, "law", law->at,
                         "the concentration of a Dirichlet law is %g; it must be above 0 and below "
                         "1e9",
                         law->concentration);
    }
    if (law->kind == MERA_LAW_RANGE && !(law->range > 0 && law->range < 1)) {
        return mera_fail(diags, MERA_EINPUT, "law", law->at,
                         "weights vary by a share of %g; it must be above 0 and below 1",
                         law->range);
    }
    return MERA_OK;
}

static mera_code law_given(const mera_law *law, const double *weight, size_t k, mera_diags *diags,
                           double *given)
{
    double sum = 0;
    for (size_t c = 0; c < k; c++) {
        if (!(weight[c] >= 0 && weight[c] < INFINITY)) {
            return mera_fail(diags, MERA_EINPUT, "law", law->at,
                             "weight %zu is %g; weights are numbers from 0", c + 1, weight[c]);
        }
        sum += weight[c];
    }
    if (!(sum > 0 && sum < INFINITY)) {
        return mera_fail(diags, MERA_EINPUT, "law", law->at,
                         "the weights add up to %g; at least one must be above 0", sum);
    }
    for (size_t c = 0; c < k; c++) {
        given[c] = weight[c] / sum;
    }
    return MERA_OK;
}

mera_code mera_sampler_make(const mera_law *law, const double *weight, size_t k, uint32_t stream,
                            mera_arena *arena, mera_diags *diags, mera_sampler *out)
{
    *out = (mera_sampler){.law = *law, .k = k, .stream = stream};
    MERA_TRY_NEW(out->given, arena, k);
    MERA_TRY(law_check(law, diags));
    MERA_TRY(law_given(law, weight, k, diags, out->given));
    for (size_t c = 0; c < k; c++) {
        out->in_logs |= law->concentration * out->given[c] < 1;
    }
    if (law->kind == MERA_LAW_POLYTOPE) {
        MERA_TRY(mera_polytope_make(law, k, arena, diags, &out->polytope));
    }
    return MERA_OK;
}

/* A child given no weight keeps none. */
static double law_gamma(mera_stream *s, double shape)
{
    return shape > 0 ? mera_stream_log_gamma(s, shape) : -INFINITY;
}

static void law_dirichlet(const mera_sampler *s, uint64_t seed, uint64_t first, double *share)
{
    for (size_t lane = 0; lane < MERA_TILE; lane++) {
        mera_stream stream = mera_stream_of(seed, s->stream, first + lane);
        double most = -INFINITY;
        for (size_t c = 0; c < s->k; c++) {
            const double g = law_gamma(&stream, s->law.concentration * s->given[c]);
            share[c * MERA_TILE + lane] = g;
            most = fmax(most, g);
        }
        const double base = s->in_logs ? most : 0; /* the largest never vanishes */
        for (size_t c = 0; c < s->k; c++) {
            share[c * MERA_TILE + lane] = mera_exp(share[c * MERA_TILE + lane] - base);
        }
    }
}

static void law_range(const mera_sampler *s, double *share)
{
    for (size_t c = 0; c < s->k; c++) {
        for (size_t lane = 0; lane < MERA_TILE; lane++) {
            double *u = share + c * MERA_TILE + lane;
            *u = s->given[c] * (1 + s->law.range * (2 * *u - 1));
        }
    }
}

static void law_fixed(const mera_sampler *s, double *share)
{
    for (size_t i = 0; i < s->k * MERA_TILE; i++) {
        share[i] = s->given[i / MERA_TILE];
    }
}

static void law_walk(const mera_sampler *s, uint64_t seed, uint64_t first, mera_walk *walk,
                     double *share)
{
    for (size_t lane = 0; lane < MERA_TILE; lane++) {
        const double *x = mera_walk_to(walk, s->polytope, seed, s->stream, first + lane);
        for (size_t c = 0; c < s->k; c++) {
            share[c * MERA_TILE + lane] = x[c];
        }
    }
}

void mera_sampler_tile(const mera_sampler *s, const mera_kernels *kernels, uint64_t seed,
                       uint64_t first, mera_walk *walk, double *share)
{
    switch (s->law.kind) {
    case MERA_LAW_FIXED:
        law_fixed(s, share);
        return;
    case MERA_LAW_POLYTOPE:
        law_walk(s, seed, first, walk, share);
        return;
    case MERA_LAW_UNIFORM:
        kernels->uniforms(seed, s->stream, first, s->k, share);
        kernels->minus_log(share, s->k * MERA_TILE);
        break;
    case MERA_LAW_RANGE:
        kernels->uniforms(seed, s->stream, first, s->k, share);
        law_range(s, share);
        break;
    case MERA_LAW_DIRICHLET:
        law_dirichlet(s, seed, first, share);
        break;
    }
    kernels->to_shares(share, s->k);
}
