/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * R's random numbers (Mersenne Twister; Matsumoto and Nishimura, ACM Transactions on Modeling and
 * Computer Simulation 8 (1998) 3; seeded as R's RNG.c does) and weights with noise
 *
 *     w' = w + (2 u - 1) noise w,   level by level
 */
#include "noise.h"

#include <math.h>
#include <string.h>

enum { MT_N = 624, MT_M = 397, NOISE_SEEDS = 10000 };

typedef struct twister {
    uint32_t state[MT_N];
    size_t at;
} twister;

static void twister_seed(twister *t, uint32_t seed)
{
    for (int i = 0; i < 50; i++) {
        seed = 69069 * seed + 1;
    }
    seed = 69069 * seed + 1; /* R keeps the place in the state there, and starts it anew */
    for (size_t i = 0; i < MT_N; i++) {
        seed = 69069 * seed + 1;
        t->state[i] = seed;
    }
    t->at = MT_N;
}

static void twister_turn(twister *t)
{
    for (size_t i = 0; i < MT_N; i++) {
        const uint32_t y = (t->state[i] & 0x80000000u) | (t->state[(i + 1) % MT_N] & 0x7fffffffu);
        t->state[i] = t->state[(i + MT_M) % MT_N] ^ (y >> 1) ^ ((y & 1) != 0 ? 0x9908b0dfu : 0);
    }
    t->at = 0;
}

static double twister_uniform(twister *t)
{
    if (t->at == MT_N) {
        twister_turn(t);
    }
    uint32_t y = t->state[t->at++];
    y ^= y >> 11;
    y ^= (y << 7) & 0x9d2c5680u;
    y ^= (y << 15) & 0xefc60000u;
    y ^= y >> 18;
    return y * 2.3283064365386963e-10;
}

/* ---- the file --------------------------------------------------------------------------- */

static mera_code noise_file(run *r, const csv *file, noise *out)
{
    out->set = NEW(r->arena, file->n_columns, weights);
    for (size_t c = 0; c < file->n_columns; c++) {
        if (same(file->name[c], "iCode") || same(file->name[c], "Level")) {
            continue;
        }
        weights *w = &out->set[out->n++];
        *w = (weights){file->name[c], file->n_rows, NEW(r->arena, file->n_rows, const char *),
                       NEW(r->arena, file->n_rows, double)};
        for (size_t i = 0; i < file->n_rows; i++) {
            w->code[i] = csv_text(file, i, "iCode");
            w->w[i] = csv_number(file, i, file->name[c]);
        }
    }
    return out->n > 0 ? MERA_OK : run_refused(r, "a file of weights without any");
}

/* Marks the levels of which some weight is not the nominal one in some set. */
static bool noise_levels(const coin *c, const noise *sets, bool *varies)
{
    bool any = false;
    for (size_t s = 0; s < sets->n; s++) {
        for (size_t i = 0; i < sets->set[s].n; i++) {
            const meta *m = coin_meta(c, sets->set[s].code[i]);
            if (m != NULL && m->level > 0 && sets->set[s].w[i] != m->weight) {
                varies[m->level] = any = true;
            }
        }
    }
    return any;
}

/* ---- draws ------------------------------------------------------------------------------ */

/* Draws all sets of a seed; calls them by `noise`, a share. */
static void noise_draw(const coin *c, const bool *varies, uint32_t seed, double share, noise *out)
{
    twister t;
    twister_seed(&t, seed);
    for (size_t s = 0; s < out->n; s++) {
        weights *w = &out->set[s];
        for (int level = 1; level <= (int)c->n_levels; level++) {
            for (size_t i = 0; varies[level] && i < w->n; i++) {
                const meta *m = coin_meta(c, w->code[i]);
                if (m != NULL && m->level == level) {
                    const double u = twister_uniform(&t) * 2 - 1;
                    w->w[i] = m->weight + u * share * m->weight;
                }
            }
        }
    }
}

/* The share of noise that explains the first set as one drawn with the seed; NaN = none does. */
static double noise_share(const coin *c, const bool *varies, const weights *w, uint32_t seed)
{
    twister t;
    double share = NAN;
    twister_seed(&t, seed);
    for (int level = 1; level <= (int)c->n_levels; level++) {
        for (size_t i = 0; varies[level] && i < w->n; i++) {
            const meta *m = coin_meta(c, w->code[i]);
            if (m == NULL || m->level != level) {
                continue;
            }
            const double mine = (w->w[i] / m->weight - 1) / (twister_uniform(&t) * 2 - 1);
            if (!isnan(share) && !(fabs(mine - share) <= 1e-6 * fabs(share))) {
                return NAN;
            }
            share = isnan(share) ? mine : share;
        }
    }
    return share;
}

mera_code noise_read(run *r, const coin *c, const char *path, double seed, noise *out)
{
    bool varies[LEVELS_MAX + 1] = {false};
    const csv *file = csv_read(r->arena, run_path(r, path));
    *out = (noise){0};
    if (file == NULL) {
        return run_refused(r, "cannot read %s", path);
    }
    MERA_TRY(noise_file(r, file, out));
    if (isnan(seed) || !noise_levels(c, out, varies)) {
        return MERA_OK;
    }
    for (uint32_t s = 0; s < NOISE_SEEDS; s++) {
        const double share = noise_share(c, varies, &out->set[0], s);
        if (!isnan(share)) {
            if ((double)s != seed - 1) {
                noise_draw(c, varies, (uint32_t)(seed - 1), nearbyint(share * 1e9) / 1e9, out);
            }
            break;
        }
    }
    return MERA_OK;
}
