/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * From counts to what a reader is told: median places and intervals, shares, bands.
 *
 * Bands. Units stand in order of median place (then mean place, place by the given weights, order
 * of data). By leaders: a band ends before the first unit that its first one beats in at least the
 * share `sure` of draws, so first ones of bands are surely in order, and a band holds nobody of
 * whom that could be said. By chains: a cut goes between two neighbours when every unit above it
 * surely beats every unit below it; units of different bands are then surely in order whichever two
 * one takes, but among a hundred towns one chain joins nearly all of them.
 */
#include <string.h>

#include "base/math.h"
#include "draws/internal.h"

enum { SUMMARY_NEAR = 64 };

typedef struct summary {
    const mera_draws *draws;
    const mera_ranking *r;
    double mass, sure;
    mera_band_rule bands;
    mera_place_summary *unit; /* in the ranking's order */
    const uint32_t *cell;
    uint32_t *histogram; /* in the table's order */
    double *beats;       /* n * n, ranking's order; or NULL */
    bool same;           /* which is the table's, with all its units */
    uint32_t *order;
} summary;

/* The least place p with P(place <= p) >= q; of bins, the lower or the upper edge of the one it is
 * in, or its middle. */
static double summary_quantile(const summary *s, size_t i, double q, int edge)
{
    const mera_ranking *r = s->r;
    const uint32_t *bin = s->cell + i * (r->n_bins + 1);
    const uint64_t all = s->draws->total.done - bin[r->n_bins]; /* those with a place */
    if (all == 0) {
        return NAN;
    }
    size_t b = 0;
    uint64_t sum = bin[0];
    for (; b + 1 < r->n_bins && (sum == 0 || (double)sum < q * (double)all);) {
        sum += bin[++b];
    }
    const double low = (double)(b * r->bin + 1);
    const double high = (double)((b + 1) * r->bin < r->n ? (b + 1) * r->bin : r->n);
    return edge < 0 ? low : edge > 0 ? high : (low + high) / 2;
}

static double summary_mean(const summary *s, size_t i, uint64_t placed)
{
    uint64_t sum = s->draws->total.place_sum[i];
    for (size_t b = 0; s->r->bin == 1 && b < s->r->n_bins; b++) {
        sum += (uint64_t)(b + 1) * s->cell[i * (s->r->n_bins + 1) + b];
    }
    return placed > 0 ? (double)sum / (double)placed : NAN;
}

static uint64_t summary_within(const summary *s, size_t i, size_t t)
{
    const mera_ranking *r = s->r;
    uint64_t sum = s->cell[mera_cells_top(r) + i * r->n_top + t];
    for (size_t b = 0; r->bin == 1 && b < r->n_bins && b < r->top[t]; b++) {
        sum += s->cell[i * (r->n_bins + 1) + b];
    }
    return sum;
}

static void summary_unit(const summary *s, size_t i)
{
    mera_place_summary *u = &s->unit[i];
    const uint64_t done = s->draws->total.done;
    const double share = done > 0 ? 1 / (double)done : NAN;
    u->reference = s->r->reference[i] > s->r->n ? 0 : s->r->reference[i];
    u->unplaced = s->cell[i * (s->r->n_bins + 1) + s->r->n_bins];
    u->median = summary_quantile(s, i, 0.5, 0);
    u->low = summary_quantile(s, i, (1 - s->mass) / 2, -1);
    u->high = summary_quantile(s, i, (1 + s->mass) / 2, 1);
    u->mean = summary_mean(s, i, done - u->unplaced);
    u->first = (double)summary_within(s, i, 0) * share;
    for (size_t t = 1; t < s->r->n_top; t++) {
        u->top[t - 1] = (double)summary_within(s, i, t) * share;
    }
}

/* Some units, and their histograms in the order of the table. */
static mera_code summary_units_job(void *context, size_t job, unsigned worker)
{
    const summary *s = context;
    const size_t bins = s->r->n_bins, left = s->r->n - job * SUMMARY_NEAR;
    const size_t end = job * SUMMARY_NEAR + (left < SUMMARY_NEAR ? left : SUMMARY_NEAR);
    (void)worker;
    for (size_t i = job * SUMMARY_NEAR; i < end; i++) {
        summary_unit(s, i);
        memcpy(s->histogram + s->draws->scorer.unit[i] * bins, s->cell + i * (bins + 1),
               bins * sizeof *s->histogram);
    }
    return MERA_OK;
}

/* Histograms of units without a place are 0. */
static mera_code summary_units(summary *s, mera_arena *scratch, mera_arena *arena)
{
    const size_t cells = s->draws->ask.n * s->r->n_bins;
    MERA_TRY_NEW(s->unit, scratch, s->r->n);
    s->histogram = s->same ? mera_arena_alloc(arena, cells, sizeof *s->histogram)
                           : mera_arena_zero(arena, cells, sizeof *s->histogram);
    MERA_TRY_PTR(s->histogram);
    return mera_pool_run(s->draws->pool, (s->r->n + SUMMARY_NEAR - 1) / SUMMARY_NEAR,
                         summary_units_job, s);
}

/* Among cells, i < k: draws with i before k at [i, k], draws with both the same at [k, i]. */
static void summary_beats(const summary *s)
{
    const size_t n = s->r->n;
    const uint32_t *pair = s->cell + mera_cells_pair(s->r);
    const uint64_t all = s->draws->total.pair_draws;
    const double share = all > 0 ? 1 / (double)all : NAN;
    for (size_t block = 0; block < n; block += SUMMARY_NEAR) { /* rows and columns that stay near */
        const size_t end = n - block < SUMMARY_NEAR ? n : block + SUMMARY_NEAR;
        for (size_t i = 0; i < end; i++) {
            for (size_t k = i + 1 > block ? i + 1 : block; k < end; k++) {
                const uint64_t won = pair[i * n + k], same = pair[k * n + i];
                s->beats[i * n + k] = (double)won * share;
                s->beats[k * n + i] = (double)(all - won - same) * share;
            }
        }
    }
}

static bool summary_before(const summary *s, uint32_t a, uint32_t b)
{
    const mera_place_summary *x = &s->unit[a], *y = &s->unit[b];
    if (x->median != y->median) {
        return x->median < y->median || (!isnan(x->median) && isnan(y->median));
    }
    if (x->mean != y->mean) {
        return x->mean < y->mean;
    }
    return x->reference != y->reference ? x->reference < y->reference
                                        : s->draws->scorer.unit[a] < s->draws->scorer.unit[b];
}

/* Merges sorted halves; n is at most some thousands. */
static void summary_sort(const summary *s, uint32_t *order, uint32_t *spare, size_t n)
{
    if (n < 2) {
        return;
    }
    const size_t half = n / 2;
    summary_sort(s, order, spare, half);
    summary_sort(s, order + half, spare, n - half);
    memcpy(spare, order, half * sizeof *order);
    size_t a = 0, b = half, to = 0;
    while (a < half) {
        order[to++] = b < n && summary_before(s, order[b], spare[a]) ? order[b++] : spare[a++];
    }
}

/* Who is unsure of whom; in reach[a] the last in order of whom one of the first a + 1 is unsure:
 * how far down each unit's unsure ones reach gives the cuts. There are many pairs, and no telling
 * which way a branch would go. */
static void summary_unsure(const summary *s, uint32_t *reach)
{
    const size_t n = s->r->n;
    uint32_t last = 0;
    for (uint32_t a = 0; a < n; a++) {
        const double *beats = s->beats + s->order[a] * n;
        uint32_t below = 0;
        for (uint32_t b = a + 1; b < n; b++) {
            const bool unsure = !(beats[s->order[b]] >= s->sure);
            last = unsure ? b : last;
            below += unsure;
            s->unit[s->order[b]].not_sure += unsure;
        }
        s->unit[s->order[a]].not_sure += below;
        reach[a] = last;
    }
}

static size_t summary_bands(const summary *s, const uint32_t *reach)
{
    const size_t n = s->r->n;
    size_t first = 0;
    uint32_t band = 0;
    for (size_t a = 0; a < n; a++) {
        const bool cut = s->bands == MERA_BANDS_CHAIN
                             ? a > 0 && reach[a - 1] < a
                             : s->beats[s->order[first] * n + s->order[a]] >= s->sure;
        if (a == 0 || cut) {
            first = a;
            band++;
        }
        s->unit[s->order[a]].band = band;
    }
    return band;
}

static mera_code summary_central(const mera_draws *draws, const summary *s, mera_arena *arena,
                                 mera_draws_summary *out)
{
    const size_t k = draws->scorer.k, n = draws->ranking.n;
    double *central;
    uint16_t *place;
    MERA_TRY_NEW(central, arena, draws->ask.n * k);
    MERA_TRY_NEW(place, arena, n);
    for (size_t c = 0; c < draws->ask.n * k; c++) {
        central[c] = NAN;
    }
    for (size_t i = 0; i < n; i++) {
        const uint64_t first = summary_within(s, i, 0);
        double *mean = central + draws->scorer.unit[i] * k;
        for (size_t j = 0; first > 0 && j < k; j++) {
            mean[j] = (double)draws->total.central[i * k + j] / MERA_CENTRAL_UNIT / (double)first;
        }
        if (first > 0 && draws->scorer.n_complete == n) { /* else weights of columns are not all */
            mera_draws_given(draws, &draws->drawer[0], mean, place);
            s->unit[i].central_place = place[i];
        }
    }
    out->central = central;
    return MERA_OK;
}

/* From the ranking's order of units to that of the table. */
static mera_code summary_spread(const summary *s, mera_arena *arena, mera_draws_summary *out)
{
    const mera_draws *draws = s->draws;
    const size_t n = draws->ask.n, m = s->r->n, *to = draws->scorer.unit;
    mera_place_summary *unit;
    MERA_TRY_NEW(unit, arena, n);
    for (size_t i = 0; i < n; i++) {
        unit[i] = (mera_place_summary){
            .median = NAN, .low = NAN, .high = NAN, .mean = NAN, .unplaced = draws->total.done};
    }
    for (size_t i = 0; i < m; i++) {
        unit[to[i]] = s->unit[i];
    }
    out->unit = unit;
    out->histogram = s->histogram;
    out->beats = s->same ? s->beats : NULL;
    if (s->beats != NULL && !s->same) {
        double *beats;
        MERA_TRY_NEW(beats, arena, n * n);
        for (size_t i = 0; i < m; i++) {
            for (size_t k = 0; k < m; k++) {
                beats[to[i] * n + to[k]] = s->beats[i * m + k];
            }
        }
        out->beats = beats;
    }
    return MERA_OK;
}

static mera_code summary_pairs(summary *s, mera_arena *scratch, size_t *n_bands)
{
    const size_t n = s->r->n;
    uint32_t *spare;
    MERA_TRY_NEW(s->order, scratch, n);
    MERA_TRY_NEW(spare, scratch, n);
    for (size_t i = 0; i < n; i++) {
        s->order[i] = (uint32_t)i;
    }
    summary_beats(s);
    summary_sort(s, s->order, spare, n);
    summary_unsure(s, spare);
    *n_bands = summary_bands(s, spare);
    return MERA_OK;
}

static mera_code summary_fill(const mera_draws *draws, const mera_sureness *how,
                              mera_arena *scratch, mera_arena *arena, mera_draws_summary *out)
{
    const mera_ranking *r = &draws->ranking;
    const mera_totals *t = &draws->total;
    summary s = {.draws = draws,
                 .r = r,
                 .mass = how != NULL && how->mass > 0 ? how->mass : 0.9,
                 .sure = how != NULL && how->sure > 0 ? how->sure : 0.95,
                 .bands = how != NULL ? how->bands : MERA_BANDS_LEADER,
                 .cell = t->cell};
    const double units = r->n > 0 ? (double)r->n : NAN;
    *out = (mera_draws_summary){.draws = t->done,
                                .tied = t->tied,
                                .mean_shift = (double)t->shift / units / (double)t->done,
                                .max_shift = (double)t->worst_shift / units,
                                .n = draws->ask.n,
                                .n_bins = r->n_bins,
                                .bin = r->bin,
                                .beats_draws = t->pair_draws};
    s.same = r->n == draws->ask.n;
    for (size_t i = 0; i < r->n; i++) {
        s.same = s.same && draws->scorer.unit[i] == i;
    }
    MERA_TRY(summary_units(&s, scratch, arena));
    if (r->pair_every > 0 && t->pair_draws > 0) {
        MERA_TRY_NEW(s.beats, s.same ? arena : scratch, r->n * r->n);
        MERA_TRY(summary_pairs(&s, scratch, &out->n_bands));
    }
    if (t->central != NULL) {
        MERA_TRY(summary_central(draws, &s, arena, out));
    }
    return summary_spread(&s, arena, out);
}

mera_code mera_draws_summarise(const mera_draws *draws, const mera_sureness *how, mera_arena *arena,
                               mera_draws_summary *out)
{
    mera_arena *scratch = mera_arena_new();
    const mera_code rc =
        scratch != NULL ? summary_fill(draws, how, scratch, arena, out) : MERA_ENOMEM;
    mera_arena_free(scratch);
    return rc;
}
