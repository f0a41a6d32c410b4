/* SPDX-License-Identifier: Apache-2.0 */
/** @file Draws counted against plain loops, and the same bytes however they are run. */
#include "support.h"

#include <stdlib.h>

#include "base/math.h"

typedef struct fixture {
    mera_arena *arena;
    mera_diags *diags;
} fixture;

static int setup(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    f->arena = mera_arena_new();
    f->diags = mera_diags_new(f->arena);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    fixture *f = *state;
    mera_arena_free(f->arena);
    free(f);
    return 0;
}

/* Value of a node for a unit in plain recursion, by given shares of all nodes. */
static double plain_value(const mera_draws_ask *ask, size_t v, size_t i, double *const *share)
{
    const mera_weight_node *node = &ask->node[v];
    double sum = 0, weight = 0;
    for (size_t c = 0; c < node->n; c++) {
        const size_t at = node->part[c].index;
        const double x = node->part[c].is_node ? plain_value(ask, at, i, share) : ask->z[at][i];
        if (!isnan(x)) {
            sum += share[v][c] * (node->power == 1   ? x
                                  : node->power == 0 ? mera_log(x)
                                                     : mera_pow(x, node->power));
            weight += share[v][c];
        }
    }
    const double mean = sum / weight;
    const double y = node->power == 1   ? mean
                     : node->power == 0 ? mera_exp(mean)
                                        : mera_pow(mean, 1 / node->power);
    return weight > 0 ? mera_round(y, node->rounding) : NAN;
}

/* Scores that differ by rounding only are one for the plain loop. */
static bool plain_better(double a, double b, bool lower)
{
    return fabs(a - b) > 1e-11 * fabs(a) && (lower ? a < b : a > b);
}

static size_t plain_place(const double *y, size_t n, size_t i, bool lower)
{
    size_t place = 1;
    for (size_t k = 0; k < n; k++) {
        place += !isnan(y[k]) && plain_better(y[k], y[i], lower);
    }
    return place;
}

/* Counts 100 draws of fixed or drawn weights of one flat node in plain loops. */
static void assert_counts(fixture *f, mera_draws_ask ask, size_t n_draws)
{
    mera_draws *draws;
    mera_draws_summary got;
    ask.central = true;
    assert_int_equal(mera_draws_open(&ask, f->diags, &draws), MERA_OK);
    assert_int_equal(mera_draws_run(draws, n_draws, NULL, NULL), MERA_OK);
    assert_int_equal(mera_draws_summarise(draws, NULL, f->arena, &got), MERA_OK);
    assert_int_equal(got.draws, n_draws);
    double *w = mera_arena_zero(f->arena, n_draws * ask.k, sizeof *w);
    double *y = mera_arena_zero(f->arena, ask.n, sizeof *y);
    uint32_t *histogram = mera_arena_zero(f->arena, ask.n * got.n_bins, sizeof *histogram);
    double *beats = mera_arena_zero(f->arena, ask.n * ask.n, sizeof *beats);
    double *central = mera_arena_zero(f->arena, ask.n * ask.k, sizeof *central), shift = 0;
    assert_int_equal(mera_draws_weights(draws, 0, n_draws, w), MERA_OK);
    for (size_t d = 0; d < n_draws; d++) {
        double *const share[] = {w + d * ask.k};
        for (size_t i = 0; i < ask.n; i++) {
            y[i] = plain_value(&ask, 0, i, share);
        }
        for (size_t i = 0; i < ask.n; i++) {
            const size_t place = isnan(y[i]) ? 0 : plain_place(y, ask.n, i, ask.lower_is_better);
            if (place == 0) {
                continue;
            }
            histogram[i * got.n_bins + place - 1]++;
            shift += fabs((double)place - got.unit[i].reference);
            for (size_t k = 0; k < ask.n; k++) {
                beats[i * ask.n + k] +=
                    !isnan(y[k]) && plain_better(y[i], y[k], ask.lower_is_better);
            }
            for (size_t j = 0; place == 1 && j < ask.k; j++) {
                central[i * ask.k + j] += w[d * ask.k + j];
            }
        }
    }
    assert_memory_equal(got.histogram, histogram, ask.n * got.n_bins * sizeof *histogram);
    assert_int_equal(got.beats_draws, n_draws);
    size_t placed = 0;
    for (size_t i = 0; i < ask.n; i++) {
        placed += got.unit[i].reference > 0;
        assert_int_equal(got.unit[i].unplaced, got.unit[i].reference > 0 ? 0 : n_draws);
        for (size_t k = 0; k < ask.n; k++) {
            assert_close(got.beats[i * ask.n + k], beats[i * ask.n + k] / (double)n_draws, 1e-14);
        }
        for (size_t j = 0; j < ask.k && histogram[i * got.n_bins] > 0; j++) {
            assert_close(got.central[i * ask.k + j],
                         central[i * ask.k + j] / (double)histogram[i * got.n_bins], 1e-9);
        }
    }
    assert_close(got.mean_shift, shift / (double)placed / (double)n_draws, 1e-12);
    mera_draws_close(draws);
}

static void places_are_those_of_plain_loops(void **state)
{
    fixture *f = *state;
    static const size_t units[] = {1, 2, 7, 61, 130, 300};
    for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
        const mera_weight_node node = flat_node(f->arena, 7, (mera_law){.kind = MERA_LAW_UNIFORM});
        mera_draws_ask ask = {.n = units[u], .k = 7, .node = &node, .n_nodes = 1, .seed = 5};
        ask.z = random_table(f->arena, u, ask.n, 7, 0, 0);
        assert_counts(f, ask, 300);
        ask.lower_is_better = true;
        assert_counts(f, ask, 77);
        ask.z = random_table(f->arena, u, ask.n, 7, 0, 0.4);
        assert_counts(f, ask, 300);
    }
}

static void equal_scores_share_the_least_place(void **state)
{
    fixture *f = *state;
    const mera_weight_node node = flat_node(f->arena, 2, (mera_law){.kind = MERA_LAW_UNIFORM});
    mera_draws_ask ask = {.n = 90, .k = 2, .node = &node, .n_nodes = 1, .seed = 5};
    mera_draws *draws;
    mera_draws_summary got;
    ask.z = random_table(f->arena, 3, ask.n, 2, 4, 0); /* 16 rows at most: many units are equal */
    assert_counts(f, ask, 300);
    assert_int_equal(mera_draws_open(&ask, f->diags, &draws), MERA_OK);
    assert_int_equal(mera_draws_run(draws, 40, NULL, NULL), MERA_OK);
    assert_int_equal(mera_draws_summarise(draws, NULL, f->arena, &got), MERA_OK);
    assert_int_equal(got.tied, 40);
    mera_draws_close(draws);
}

static void power_means_rank_as_their_scores(void **state)
{
    fixture *f = *state;
    static const double power[] = {0, -1, 2, 0.5};
    for (size_t p = 0; p < 4; p++) {
        mera_weight_node node = flat_node(f->arena, 5, (mera_law){.kind = MERA_LAW_UNIFORM});
        node.power = power[p];
        mera_draws_ask ask = {.n = 40, .k = 5, .node = &node, .n_nodes = 1, .seed = 9};
        ask.z = random_table(f->arena, p, 40, 5, 0, 0);
        assert_counts(f, ask, 100);
        ask.z = random_table(f->arena, p, 40, 5, 0, 0.3);
        assert_counts(f, ask, 100);
        node.rounding = (mera_rounding){MERA_ROUND_HALF_UP, 0};
        assert_counts(f, ask, 100);
    }
}

/* A tree of three levels; columns 0..8, column 8 under two nodes. */
static const mera_weight_node *tree_nodes(double power, mera_rounding rounding)
{
    static mera_weight_part part[4][4];
    static mera_weight_node node[4];
    static const size_t children[4][4] = {{1, 2, 8, 0}, {0, 1, 2, 0}, {3, 3, 4, 8}, {5, 6, 7, 0}};
    for (size_t v = 0; v < 4; v++) {
        const size_t n = v == 2 ? 4 : 3;
        for (size_t c = 0; c < n; c++) {
            part[v][c] = (mera_weight_part){.is_node = v == 0 ? c < 2 : v == 2 && c == 0,
                                            .index = children[v][c],
                                            .weight = (double)(1 + c + v)};
        }
        node[v] = (mera_weight_node){
            .n = n, .part = part[v], .power = v % 2 == 0 ? 1 : power, .rounding = rounding};
        node[v].law = v == 3 ? (mera_law){.kind = MERA_LAW_FIXED}
                             : (mera_law){.kind = MERA_LAW_RANGE, .range = 0.5};
    }
    return node;
}

/* By the given weights: places of the tree's own scores. */
static void assert_reference(fixture *f, const mera_draws_ask *ask)
{
    mera_draws *draws;
    mera_draws_summary got;
    double *share[4], y[64];
    for (size_t v = 0; v < ask->n_nodes; v++) {
        double sum = 0;
        share[v] = mera_arena_zero(f->arena, ask->node[v].n, sizeof **share);
        for (size_t c = 0; c < ask->node[v].n; c++) {
            sum += ask->node[v].part[c].weight;
        }
        for (size_t c = 0; c < ask->node[v].n; c++) {
            share[v][c] = ask->node[v].part[c].weight / sum;
        }
    }
    assert_int_equal(mera_draws_open(ask, f->diags, &draws), MERA_OK);
    assert_int_equal(mera_draws_run(draws, 64, NULL, NULL), MERA_OK);
    assert_int_equal(mera_draws_summarise(draws, NULL, f->arena, &got), MERA_OK);
    for (size_t i = 0; i < ask->n; i++) {
        y[i] = plain_value(ask, 0, i, share);
    }
    for (size_t i = 0; i < ask->n; i++) {
        assert_int_equal(got.unit[i].reference,
                         isnan(y[i]) ? 0 : plain_place(y, ask->n, i, ask->lower_is_better));
    }
    mera_draws_close(draws);
}

static void trees_rank_as_their_scores(void **state)
{
    fixture *f = *state;
    static const mera_rounding exact = {MERA_ROUND_NONE, 0}, whole = {MERA_ROUND_HALF_UP, 0};
    mera_draws_ask ask = {.n = 64, .k = 9, .n_nodes = 4, .seed = 2};
    for (int missing = 0; missing < 2; missing++) {
        ask.z = random_table(f->arena, 8, 64, 9, 0, missing * 0.5);
        ask.node = tree_nodes(1, exact);
        assert_reference(f, &ask);
        ask.node = tree_nodes(0, exact);
        assert_reference(f, &ask);
        ask.node = tree_nodes(-1, whole);
        assert_reference(f, &ask);
    }
}

static void weights_of_columns_are_products_down_the_tree(void **state)
{
    fixture *f = *state;
    mera_draws_ask ask = {.n = 3, .k = 9, .n_nodes = 4, .seed = 2};
    mera_draws *draws;
    double w[9], sum = 0;
    mera_weight_node *node = (mera_weight_node *)(uintptr_t)tree_nodes(1, (mera_rounding){0});
    for (size_t v = 0; v < 4; v++) {
        node[v].law.kind = MERA_LAW_FIXED;
    }
    ask.node = node;
    ask.z = random_table(f->arena, 8, 3, 9, 0, 0);
    assert_int_equal(mera_draws_open(&ask, f->diags, &draws), MERA_OK);
    assert_int_equal(mera_draws_weights(draws, 7, 1, w), MERA_OK);
    /* root 1 2 3 of 6; node 2: 3 4 5 6 of 18; node 3: 4 5 6 of 15 */
    assert_close(w[5], 2.0 / 6 * 3 / 18 * 4 / 15, 1e-15);
    assert_close(w[8], 3.0 / 6 + 2.0 / 6 * 6 / 18, 1e-15);
    for (size_t j = 0; j < 9; j++) {
        sum += w[j];
    }
    assert_close(sum, 1, 1e-15);
    mera_draws_close(draws);
}

/* ---- the same bytes ---- */

static void state_of(fixture *f, mera_draws_ask ask, uint64_t stop, uint64_t until, void **bytes,
                     size_t *size)
{
    mera_draws *draws;
    assert_int_equal(mera_draws_open(&ask, f->diags, &draws), MERA_OK);
    assert_int_equal(mera_draws_run(draws, stop, NULL, NULL), MERA_OK);
    assert_int_equal(mera_draws_save(draws, f->arena, bytes, size), MERA_OK);
    mera_draws_close(draws);
    assert_int_equal(mera_draws_open(&ask, f->diags, &draws), MERA_OK);
    assert_int_equal(mera_draws_restore(draws, *bytes, *size, f->diags), MERA_OK);
    assert_int_equal(mera_draws_done(draws), stop);
    assert_int_equal(mera_draws_run(draws, until, NULL, NULL), MERA_OK);
    assert_int_equal(mera_draws_save(draws, f->arena, bytes, size), MERA_OK);
    mera_draws_close(draws);
}

static void assert_same_bytes(fixture *f, mera_draws_ask ask, uint64_t until)
{
    static const char *const names[] = {"baseline", "avx2", "avx512"};
    void *expected, *bytes;
    size_t size, n;
    ask.threads = 1;
    ask.central = true;
    state_of(f, ask, 0, until, &expected, &size);
    for (unsigned t = 1; t <= 8; t *= 2) {
        ask.threads = t;
        ask.block = t == 4 ? 16 : t == 8 ? 100 : 0;
        state_of(f, ask, until / 3, until, &bytes, &n);
        assert_int_equal(n, size);
        assert_memory_equal(bytes, expected, size);
    }
    for (size_t k = 0; k < 3; k++) {
        mera_draws *draws;
        ask.kernels = names[k];
        if (mera_draws_open(&ask, NULL, &draws) != MERA_OK) {
            print_message("no %s here\n", names[k]);
            continue;
        }
        mera_draws_close(draws);
        state_of(f, ask, until - 5, until, &bytes, &n);
        assert_memory_equal(bytes, expected, size);
    }
}

static void threads_blocks_stops_and_vector_widths_change_nothing(void **state)
{
    fixture *f = *state;
    static const mera_weight_order order[] = {{0, 1, 0}, {2, 3, 2}};
    static const double given[] = {0.4, 0.05, 0.3, 0.25};
    const mera_law laws[] = {
        {.kind = MERA_LAW_UNIFORM},
        {.kind = MERA_LAW_DIRICHLET, .concentration = 6},
        {.kind = MERA_LAW_RANGE, .range = 0.25},
        {.kind = MERA_LAW_POLYTOPE, .order = order, .n_orders = 2},
    };
    for (size_t l = 0; l < 4; l++) {
        mera_weight_node node = flat_node(f->arena, 4, laws[l]);
        for (size_t j = 0; j < 4; j++) {
            ((mera_weight_part *)(uintptr_t)node.part)[j].weight = given[j];
        }
        mera_draws_ask ask = {.n = 50, .k = 4, .node = &node, .n_nodes = 1, .seed = 77};
        ask.z = random_table(f->arena, 1, 50, 4, 6, l == 1 ? 0.2 : 0);
        assert_same_bytes(f, ask, 1500);
    }
    mera_draws_ask tree = {.n = 64, .k = 9, .n_nodes = 4, .seed = 2};
    tree.z = random_table(f->arena, 8, 64, 9, 0, 0.3);
    tree.node = tree_nodes(0, (mera_rounding){MERA_ROUND_NONE, 0});
    assert_same_bytes(f, tree, 400);
}

/* 600 units: pairs in some draws only; 4,500: wide bins and the radix sort. */
static void so_it_is_with_many_units(void **state)
{
    fixture *f = *state;
    const mera_weight_node node = flat_node(f->arena, 3, (mera_law){.kind = MERA_LAW_UNIFORM});
    mera_draws_ask ask = {.n = 600, .k = 3, .node = &node, .n_nodes = 1, .seed = 77};
    void *expected, *bytes;
    size_t size, n;
    ask.z = random_table(f->arena, 1, 600, 3, 30, 0.01);
    assert_same_bytes(f, ask, 1100);
    ask.n = 4500;
    ask.z = random_table(f->arena, 2, 4500, 3, 0, 0);
    ask.threads = 1;
    state_of(f, ask, 0, 80, &expected, &size);
    ask.threads = 2;
    ask.block = 17;
    ask.kernels = "baseline";
    state_of(f, ask, 30, 80, &bytes, &n);
    assert_memory_equal(bytes, expected, size);
}

/* With wide bins: means, tops and pairs are exact, quantiles stand at the edges of bins. Pairs are
 * those of draws 0..255, or of none above 4,096 units. */
static void assert_many(fixture *f, size_t N, bool pairs)
{
    enum { DRAWS = 1100 };
    const mera_weight_node node = flat_node(f->arena, 3, (mera_law){.kind = MERA_LAW_UNIFORM});
    mera_draws_ask ask = {.n = N, .k = 3, .node = &node, .n_nodes = 1, .seed = 7, .n_top = 1};
    mera_draws *draws;
    mera_draws_summary got;
    ask.top[0] = 100;
    ask.z = random_table(f->arena, 1, N, 3, 0, 0);
    assert_int_equal(mera_draws_open(&ask, f->diags, &draws), MERA_OK);
    assert_int_equal(mera_draws_run(draws, DRAWS, NULL, NULL), MERA_OK);
    assert_int_equal(mera_draws_summarise(draws, NULL, f->arena, &got), MERA_OK);
    double *w = mera_arena_zero(f->arena, (size_t)DRAWS * 3, sizeof *w);
    assert_int_equal(mera_draws_weights(draws, 0, DRAWS, w), MERA_OK);
    assert_int_equal(got.beats_draws, pairs ? 256 : 0);
    assert_true(got.bin == (pairs ? 2 : 4) && pairs == (got.beats != NULL));
    for (size_t i = 0; i < N; i += 619) {
        size_t sum = 0, top = 0, low = 0, beats = 0;
        for (size_t d = 0; d < DRAWS; d++) {
            double y[2] = {0, 0};
            size_t place = 1;
            for (size_t k = 0; k < N; k++) {
                y[1] = 0;
                for (size_t j = 0; j < 3; j++) {
                    y[1] += w[d * 3 + j] * ask.z[j][k];
                }
                y[0] = 0;
                for (size_t j = 0; j < 3; j++) {
                    y[0] += w[d * 3 + j] * ask.z[j][i];
                }
                place += y[1] > y[0];
                beats += k == 17 && d / 256 % 16 == 0 && y[0] > y[1];
            }
            sum += place;
            top += place <= 100;
            low += place <= got.unit[i].low - 1;
        }
        assert_close(got.unit[i].mean, (double)sum / DRAWS, 1e-12);
        assert_close(got.unit[i].top[0], (double)top / DRAWS, 1e-12);
        assert_true(low < 0.05 * DRAWS);
        if (pairs) {
            assert_close(got.beats[i * N + 17], (double)beats / 256, 1e-12);
        }
    }
    mera_draws_close(draws);
}

static void many_units_are_counted_as_few_are(void **state)
{
    assert_many(*state, 2500, true);
    assert_many(*state, 4500, false);
}

static void a_state_of_another_ask_is_refused(void **state)
{
    fixture *f = *state;
    const mera_weight_node node = flat_node(f->arena, 4, (mera_law){.kind = MERA_LAW_UNIFORM});
    mera_draws_ask ask = {.n = 6, .k = 4, .z = cities(), .node = &node, .n_nodes = 1, .seed = 1};
    mera_draws *draws;
    void *bytes;
    size_t size;
    state_of(f, ask, 10, 20, &bytes, &size);
    ask.seed = 2;
    assert_int_equal(mera_draws_open(&ask, f->diags, &draws), MERA_OK);
    assert_int_equal(mera_draws_restore(draws, bytes, size, f->diags), MERA_EINPUT);
    assert_said(f->diags, "the saved run is of other data");
    assert_int_equal(mera_draws_restore(draws, "nonsense", 8, f->diags), MERA_EINPUT);
    assert_said(f->diags, "no saved run");
    assert_int_equal(mera_draws_done(draws), 0);
    mera_draws_close(draws);
}

static bool stop_after(void *context, uint64_t done, uint64_t until)
{
    assert_true(done <= until);
    return done < *(uint64_t *)context;
}

static void a_stopped_run_keeps_what_it_did(void **state)
{
    fixture *f = *state;
    const mera_weight_node node = flat_node(f->arena, 4, (mera_law){.kind = MERA_LAW_UNIFORM});
    mera_draws_ask ask = {.n = 6, .k = 4, .z = cities(), .node = &node, .n_nodes = 1, .seed = 1};
    mera_draws *draws;
    uint64_t stop = 20000;
    void *bytes, *expected;
    size_t size, n;
    assert_int_equal(mera_draws_open(&ask, f->diags, &draws), MERA_OK);
    assert_int_equal(mera_draws_run(draws, 1000000, stop_after, &stop), MERA_OK);
    const uint64_t done = mera_draws_done(draws);
    assert_true(done >= stop && done < 100000);
    assert_int_equal(mera_draws_save(draws, f->arena, &bytes, &size), MERA_OK);
    mera_draws_close(draws);
    state_of(f, ask, 0, done, &expected, &n);
    assert_memory_equal(bytes, expected, n);
}

/* Scores made of the same weights outside add up to the same counts, in any portions. */
static void scores_from_outside_are_counted_alike(void **state)
{
    fixture *f = *state;
    enum { N = 40, K = 3, DRAWS = 700 };
    const mera_weight_node node = flat_node(f->arena, K, (mera_law){.kind = MERA_LAW_UNIFORM});
    mera_draws_ask ask = {.n = N, .k = K, .node = &node, .n_nodes = 1, .seed = 4};
    mera_draws *inside, *outside;
    mera_draws_summary a, b;
    ask.z = random_table(f->arena, 6, N, K, 5, 0); /* whole numbers: many ties, exact sums */
    double *w = mera_arena_zero(f->arena, (size_t)DRAWS * K, sizeof *w);
    double *y = mera_arena_zero(f->arena, (size_t)(DRAWS + 1) * N, sizeof *y);
    assert_int_equal(mera_draws_open(&ask, f->diags, &inside), MERA_OK);
    assert_int_equal(mera_draws_weights(inside, 0, DRAWS, w), MERA_OK);
    for (size_t d = 0; d <= DRAWS; d++) {
        for (size_t i = 0; i < N; i++) {
            for (size_t j = 0; j < K; j++) {
                y[d * N + i] += (d < DRAWS ? w[d * K + j] : 1.0 / 3) * ask.z[j][i];
            }
        }
    }
    assert_int_equal(mera_draws_run(inside, DRAWS, NULL, NULL), MERA_OK);
    assert_int_equal(mera_draws_open_scores(&ask, y + (size_t)DRAWS * N, f->diags, &outside),
                     MERA_OK);
    assert_int_equal(mera_draws_add_scores(outside, 1, y), MERA_OK);
    assert_int_equal(mera_draws_add_scores(outside, 499, y + N), MERA_OK);
    assert_int_equal(mera_draws_add_scores(outside, DRAWS - 500, y + (size_t)500 * N), MERA_OK);
    assert_int_equal(mera_draws_summarise(inside, NULL, f->arena, &a), MERA_OK);
    assert_int_equal(mera_draws_summarise(outside, NULL, f->arena, &b), MERA_OK);
    assert_int_equal(b.draws, DRAWS);
    assert_memory_equal(a.histogram, b.histogram, (size_t)N * N * sizeof *a.histogram);
    assert_memory_equal(a.beats, b.beats, (size_t)N * N * sizeof *a.beats);
    assert_true(a.mean_shift == b.mean_shift && a.max_shift == b.max_shift && a.tied == b.tied);
    assert_int_equal(mera_draws_run(outside, 1000, NULL, NULL), MERA_EUSAGE);
    assert_int_equal(mera_draws_add_scores(inside, 1, y), MERA_EUSAGE);
    mera_draws_close(inside);
    mera_draws_close(outside);
}

/* Places, worked out one pair at a time: n + 1 = none. */
static void places_of(const double *y, size_t n, uint16_t *place, uint8_t *tied)
{
    for (size_t i = 0; i < n; i++) {
        place[i] = (uint16_t)(isnan(y[i]) ? n + 1 : 1);
        for (size_t k = 0; k < n; k++) {
            place[i] += y[k] > y[i];
            *tied |= k != i && (y[k] == y[i] || (isnan(y[k]) && isnan(y[i])));
        }
    }
}

/* The same draws as scores and as places; `ask` has the number of units. */
static void counted_alike(fixture *f, const mera_draws_ask *ask, size_t count)
{
    const size_t n = ask->n, first = count * 4 / 5;
    const double *const *table = random_table(f->arena, 9, count + 1, n, 400, 0.01);
    double *y = mera_arena_zero(f->arena, (count + 1) * n, sizeof *y);
    uint16_t *place = mera_arena_zero(f->arena, count * n, sizeof *place);
    uint8_t *tied = mera_arena_zero(f->arena, count, 1);
    mera_draws *draws[2];
    void *state[2];
    size_t size[2];
    for (size_t c = 0; c < (count + 1) * n; c++) {
        y[c] = table[c % n][c / n];
    }
    for (size_t d = 0; d < count; d++) {
        places_of(y + d * n, n, place + d * n, &tied[d]);
    }
    for (size_t o = 0; o < 2; o++) {
        assert_int_equal(mera_draws_open_scores(ask, y + count * n, f->diags, &draws[o]), MERA_OK);
    }
    assert_int_equal(mera_draws_add_scores(draws[0], count, y), MERA_OK);
    assert_int_equal(mera_draws_add_places(draws[1], first, place, tied), MERA_OK);
    assert_int_equal(
        mera_draws_add_places(draws[1], count - first, place + first * n, tied + first), MERA_OK);
    assert_int_equal(mera_draws_add_places(draws[1], UINT32_MAX, place, tied), MERA_ELIMIT);
    for (size_t o = 0; o < 2; o++) {
        assert_int_equal(mera_draws_save(draws[o], f->arena, &state[o], &size[o]), MERA_OK);
        mera_draws_close(draws[o]);
    }
    assert_int_equal(size[0], size[1]);
    assert_memory_equal(state[0], state[1], size[0]);
}

/* By draws where pairs are counted, else by units; histograms of narrow and of wide bins; units
 * that do and do not fill the last thread's share. */
static void places_from_outside_are_counted_as_their_scores(void **state)
{
    fixture *f = *state;
    for (unsigned threads = 1; threads <= 3; threads += 2) {
        const mera_draws_ask pairs = {.n = 30, .threads = threads};
        const mera_draws_ask few = {.n = 32, .threads = threads, .no_pairs = true};
        const mera_draws_ask many = {
            .n = 2070, .threads = threads, .no_pairs = true, .top = {3, 5000}, .n_top = 2};
        counted_alike(f, &pairs, 333);
        counted_alike(f, &few, 333);
        counted_alike(f, &many, 10);
    }
}

/* Three draws of three units: the second has no score in one, the third never. */
static void a_draw_without_a_score_is_counted_and_named(void **state)
{
    fixture *f = *state;
    static const double reference[] = {3, 2, NAN};
    static const double y[] = {3, 2, NAN, 1, NAN, NAN, 1, INFINITY, NAN};
    const mera_draws_ask ask = {.n = 3};
    mera_draws *draws;
    mera_draws_summary got;
    assert_int_equal(mera_draws_open_scores(&ask, reference, f->diags, &draws), MERA_OK);
    assert_int_equal(mera_draws_add_scores(draws, 3, y), MERA_OK);
    assert_int_equal(mera_draws_summarise(draws, NULL, f->arena, &got), MERA_OK);
    assert_int_equal(got.unit[0].unplaced, 0);
    assert_int_equal(got.unit[1].unplaced, 1);
    assert_int_equal(got.unit[2].unplaced, 3);
    assert_int_equal(got.unit[2].reference, 0);
    assert_close(got.unit[1].mean, 1.5, 1e-15); /* places 2 and 1 */
    assert_close(got.unit[1].first, 1.0 / 3, 1e-15);
    assert_close(got.beats[0 * 3 + 1], 2.0 / 3, 1e-15);
    assert_close(got.beats[1 * 3 + 0], 1.0 / 3, 1e-15);
    assert_missing(got.unit[2].median);
    mera_draws_close(draws);
}

/* ---- refusals ---- */

static void asks_that_cannot_be_met_are_refused(void **state)
{
    fixture *f = *state;
    mera_weight_node node = flat_node(f->arena, 4, (mera_law){.kind = MERA_LAW_UNIFORM});
    mera_draws_ask ask = {.n = 6, .k = 4, .z = cities(), .node = &node, .n_nodes = 1, .seed = 1};
    mera_draws *draws;
    node.power = 0; /* the least of a min-max column is 0 */
    assert_int_equal(mera_draws_open(&ask, f->diags, &draws), MERA_EINPUT);
    assert_said(f->diags, "column 1 is 0 at unit 6; its mean has no answer for that");
    node.power = 1;
    ask.kernels = "mmx";
    assert_int_equal(mera_draws_open(&ask, f->diags, &draws), MERA_EUSAGE);
    ask.kernels = NULL;
    mera_weight_part *part = (mera_weight_part *)(uintptr_t)node.part;
    part[2] = (mera_weight_part){.is_node = true, .index = 0, .weight = 1};
    assert_int_equal(mera_draws_open(&ask, f->diags, &draws), MERA_EUSAGE);
    assert_said(f->diags, "node 0 of the tree of weights");
    part[2] = (mera_weight_part){.index = 2, .weight = -1};
    assert_int_equal(mera_draws_open(&ask, f->diags, &draws), MERA_EINPUT);
    assert_said(f->diags, "weight 3 is -1");
}

static void memory_may_end_anywhere(void **state)
{
    fixture *f = *state;
    const mera_weight_node node = flat_node(f->arena, 4, (mera_law){.kind = MERA_LAW_UNIFORM});
    mera_draws_ask ask = {.n = 6, .k = 4, .z = cities(), .node = &node, .n_nodes = 1, .seed = 1};
    mera_draws *draws;
    assert_int_equal(mera_draws_open(&ask, f->diags, &draws), MERA_OK);
    assert_int_equal(mera_draws_run(draws, 10, NULL, NULL), MERA_OK);
    mera_code rc = MERA_ENOMEM;
    for (size_t n = 0; rc != MERA_OK; n++) {
        mera_arena *arena = mera_arena_new_failing_at(n);
        mera_draws_summary got;
        rc = mera_draws_summarise(draws, NULL, arena, &got);
        mera_arena_free(arena);
        assert_true(rc == MERA_OK || rc == MERA_ENOMEM);
    }
    mera_draws_close(draws);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH(places_are_those_of_plain_loops),
        WITH(equal_scores_share_the_least_place),
        WITH(power_means_rank_as_their_scores),
        WITH(trees_rank_as_their_scores),
        WITH(weights_of_columns_are_products_down_the_tree),
        WITH(threads_blocks_stops_and_vector_widths_change_nothing),
        WITH(so_it_is_with_many_units),
        WITH(many_units_are_counted_as_few_are),
        WITH(a_state_of_another_ask_is_refused),
        WITH(a_stopped_run_keeps_what_it_did),
        WITH(scores_from_outside_are_counted_alike),
        WITH(places_from_outside_are_counted_as_their_scores),
        WITH(a_draw_without_a_score_is_counted_and_named),
        WITH(asks_that_cannot_be_met_are_refused),
        WITH(memory_may_end_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
