/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Rank correlations of one pair of columns. Columns are sorted once; a pair walks those orders and
 * leaves out units that the other column lacks, so no pair sorts.
 *
 *     Spearman  correlation of the ranks among the units that have both, ties sharing their mean
 *     Kendall   (C - D) / sqrt((n0 - n1)(n0 - n2)): units come in ascending a, and for each the
 *               ones before it with a smaller and with a larger b are counted in a bitmap of the
 *               places of b, whose sums are kept by word and by block of words
 *
 * source  Kendall, Rank Correlation Methods (1970)
 */
#include "analysis/correlation.h"

#include <string.h>

#include "base/math.h"

/** Correlation of two gathered columns of m values. */
static double correlation_gathered(const double *a, const double *b, size_t m)
{
    double mean_a = 0, mean_b = 0, ab = 0, aa = 0, bb = 0;
    bool varies_a = false, varies_b = false;
    if (m < 2) {
        return NAN;
    }
    for (size_t i = 0; i < m; i++) {
        mean_a += a[i];
        mean_b += b[i];
        varies_a = varies_a || a[i] != a[0];
        varies_b = varies_b || b[i] != b[0];
    }
    mean_a /= (double)m;
    mean_b /= (double)m;
    for (size_t i = 0; i < m; i++) {
        const double x = a[i] - mean_a, y = b[i] - mean_b;
        ab += x * y;
        aa += x * x;
        bb += y * y;
    }
    return varies_a && varies_b ? fmax(-1, fmin(1, ab / (sqrt(aa) * sqrt(bb)))) : NAN;
}

void mera_correlation_pearson(const correlation_column *a, const correlation_column *b, size_t n,
                              correlation_scratch *scratch, correlation_pair *out)
{
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        scratch->a[m] = a->x[i];
        scratch->b[m] = b->x[i];
        m += !isnan(a->x[i]) && !isnan(b->x[i]);
    }
    out->n = (uint32_t)m;
    out->r = correlation_gathered(scratch->a, scratch->b, m);
}

/** rank[unit] of a column among the units that the other one has; returns whether some are equal.
 */
static bool rank_among(const correlation_column *c, const double *other, double *rank)
{
    size_t before = 0;
    bool tied = false;
    for (size_t i = 0; i < c->n_present;) {
        const size_t end = c->to[c->order[i]];
        size_t here = 0;
        for (size_t j = i; j < end; j++) {
            here += !isnan(other[c->order[j]]);
        }
        for (size_t j = i; j < end; j++) {
            rank[c->order[j]] = (double)before + ((double)here + 1) / 2;
        }
        tied = tied || here > 1;
        before += here;
        i = end;
    }
    return tied;
}

void mera_correlation_spearman(const correlation_column *a, const correlation_column *b, size_t n,
                               correlation_scratch *scratch, correlation_pair *out, bool *tied)
{
    size_t m = 0;
    *tied = rank_among(a, b->x, scratch->a);
    *tied = rank_among(b, a->x, scratch->b) || *tied;
    for (size_t i = 0; i < n; i++) { /* writes never pass what is still to be read */
        const double first = scratch->a[i], second = scratch->b[i];
        scratch->a[m] = first;
        scratch->b[m] = second;
        m += !isnan(a->x[i]) && !isnan(b->x[i]);
    }
    out->n = (uint32_t)m;
    out->r = correlation_gathered(scratch->a, scratch->b, m);
}

/* ---- Kendall ---- */

/** Places below `place` that are taken. */
static uint32_t rank_below(const correlation_scratch *s, size_t place)
{
    const size_t word = place / CORRELATION_WORD, block = word / CORRELATION_BLOCK;
    const size_t rest = place % CORRELATION_WORD;
    uint32_t count = 0;
    for (size_t i = 0; i < block; i++) {
        count += s->in_block[i];
    }
    for (size_t i = block * CORRELATION_BLOCK; i < word; i++) {
        count += s->in_word[i];
    }
    if (rest > 0) {
        const uint64_t bits = s->bit[word] & (((uint64_t)1 << rest) - 1);
        count += (uint32_t)__builtin_popcountll(bits);
    }
    return count;
}

static void rank_take(correlation_scratch *s, size_t place)
{
    const size_t word = place / CORRELATION_WORD;
    s->bit[word] |= (uint64_t)1 << place % CORRELATION_WORD;
    s->in_word[word]++;
    s->in_block[word / CORRELATION_BLOCK]++;
}

static void rank_clear(correlation_scratch *s, size_t places)
{
    const size_t words = places / CORRELATION_WORD + 1;
    memset(s->bit, 0, words * sizeof *s->bit);
    memset(s->in_word, 0, words * sizeof *s->in_word);
    memset(s->in_block, 0, (words / CORRELATION_BLOCK + 1) * sizeof *s->in_block);
}

/** Sums over the runs of a column among the units that the other one has. */
static mera_tie_sums rank_ties(const correlation_column *c, const double *other)
{
    mera_tie_sums sums = {0, 0, 0};
    for (size_t i = 0; c->tied && i < c->n_present;) {
        const size_t end = c->to[c->order[i]];
        double t = 0;
        for (; i < end; i++) {
            t += !isnan(other[c->order[i]]);
        }
        sums.pairs += t * (t - 1);
        sums.triples += t * (t - 1) * (t - 2);
        sums.spread += t * (t - 1) * (2 * t + 5);
    }
    return sums;
}

/** Concordant less discordant pairs; *units are those that have both. */
static double rank_lead(const correlation_column *a, const correlation_column *b,
                        correlation_scratch *s, size_t *units)
{
    double lead = 0;
    size_t taken = 0;
    rank_clear(s, b->n_present);
    for (size_t i = 0; i < a->n_present;) {
        const size_t end = a->to[a->order[i]];
        size_t here = 0;
        for (size_t j = i; j < end; j++) { /* against all with a smaller a */
            const uint32_t unit = a->order[j];
            if (isnan(b->x[unit])) {
                continue;
            }
            const uint32_t lower = rank_below(s, b->from[unit]);
            const uint32_t upto =
                b->to[unit] == b->from[unit] + 1 ? lower : rank_below(s, b->to[unit]);
            lead += (double)lower - (double)(taken - upto);
            s->unit[here++] = unit;
        }
        for (size_t j = 0; j < here; j++) { /* equals of b take the places of their run in turn */
            rank_take(s, s->place[s->unit[j]]);
        }
        taken += here;
        i = end;
    }
    *units = taken;
    return lead;
}

void mera_correlation_kendall(const correlation_column *a, const correlation_column *b,
                              const mera_chance_tables *tables, correlation_scratch *scratch,
                              correlation_pair *out)
{
    size_t m;
    for (size_t i = 0; i < b->n_present; i++) {
        scratch->place[b->order[i]] = (uint32_t)i;
    }
    const double lead = rank_lead(a, b, scratch, &m);
    const mera_tie_sums ties_a = rank_ties(a, b->x), ties_b = rank_ties(b, a->x);
    const double pairs = (double)m * ((double)m - 1);
    const double left_a = pairs - ties_a.pairs, left_b = pairs - ties_b.pairs;
    out->n = (uint32_t)m;
    out->p = NAN;
    out->r = left_a > 0 && left_b > 0 ? 2 * lead / (sqrt(left_a) * sqrt(left_b)) : NAN;
    if (tables == NULL || isnan(out->r) || m < 2) {
        return;
    }
    const bool exact = m < CHANCE_KENDALL_EXACT && ties_a.pairs == 0 && ties_b.pairs == 0;
    out->p = exact ? mera_chance_kendall(tables, out->r, m)
                   : mera_chance_kendall_normal(lead, m, &ties_a, &ties_b);
}
