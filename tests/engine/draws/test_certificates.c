/* SPDX-License-Identifier: Apache-2.0 */
/** @file Certificates: reference numbers, and brute force on small random tables. */
#include "support.h"

#include <stdlib.h>
#include <string.h>

#include "draws/elastic.h"
#include "mera/certificates.h"

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

static double score_of(const mera_columns *t, const double *w, size_t i)
{
    double sum = 0;
    for (size_t j = 0; j < t->k; j++) {
        sum += w[j] * t->x[j][i];
    }
    return sum;
}

/* An order holds for all v in (1 - e) w + e simplex iff it does at the corners of that simplex. */
static void epsilon_is_where_a_corner_turns_the_pair(void **state)
{
    fixture *f = *state;
    static const double w[] = {.5, .2, .3};
    for (uint64_t seed = 0; seed < 100; seed++) {
        const mera_columns table = {.n = 6, .k = 3, .x = random_table(f->arena, seed, 6, 3, 0, 0)};
        mera_epsilon *got;
        size_t n;
        assert_int_equal(mera_epsilons_of(&table, w, f->arena, &got, &n), MERA_OK);
        assert_int_equal(n, 5);
        for (size_t p = 0; p < n; p++) {
            assert_true(score_of(&table, w, got[p].upper) > score_of(&table, w, got[p].lower));
            for (int side = -1; side <= 1; side += 2) {
                const double e = got[p].epsilon + side * 1e-9;
                bool holds = true;
                for (size_t corner = 0; corner < 3; corner++) {
                    double v[3];
                    for (size_t j = 0; j < 3; j++) {
                        v[j] = (1 - e) * w[j] + (j == corner ? e : 0);
                    }
                    holds = holds &&
                            score_of(&table, v, got[p].upper) > score_of(&table, v, got[p].lower);
                }
                assert_true(holds == (side < 0 || got[p].column == SIZE_MAX));
            }
        }
    }
}

/* By hand: A (3, 3) over B (2, 2) over C (1, 1); D (4, 0) beside all; E as B; F has a value
 * missing. */
static void dominance_is_counted(void **state)
{
    fixture *f = *state;
    static const double a[] = {3, 2, 1, 4, 2, 9}, b[] = {3, 2, 1, 0, 2, NAN};
    static const double *const z[] = {a, b};
    const mera_columns table = {.n = 6, .k = 2, .x = z};
    mera_hasse got;
    assert_int_equal(mera_hasse_of(&table, f->arena, &got), MERA_OK);
    assert_int_equal(got.n_complete, 5);
    assert_int_equal(got.n_dominant, 5); /* AB AC AE BC EC */
    assert_int_equal(got.n_incomparable, 4);
    assert_int_equal(got.n_equal, 1);
    assert_int_equal(got.n_covers, 4); /* AB AE BC EC */
    assert_int_equal(got.n_levels, 3);
    assert_int_equal(got.unit[2].level, 3);
    assert_int_equal(got.unit[3].level, 1);
    assert_int_equal(got.unit[0].below, 3);
    assert_int_equal(got.unit[2].above, 3);
    assert_false(got.unit[5].complete);
    assert_missing(got.unit[5].lpom);
    /* D: nobody below, 4 incomparable, m = 5: 6 - 1 * 6 / 2 */
    assert_close(got.unit[3].lpom, 3, 1e-15);
    /* C: nobody below, 1 incomparable: 6 - 6 / 5 */
    assert_close(got.unit[2].lpom, 4.8, 1e-15);
}

/* numerics.md: "dominance pairs: none" in the reference table. */
static void no_city_of_the_reference_table_dominates_another(void **state)
{
    fixture *f = *state;
    const mera_columns table = {.n = 6, .k = 4, .x = cities()};
    mera_hasse got;
    assert_int_equal(mera_hasse_of(&table, f->arena, &got), MERA_OK);
    assert_int_equal(got.n_dominant, 0);
    assert_int_equal(got.n_incomparable, 15);
    assert_int_equal(got.n_levels, 1);
}

/* ---- places that can be reached ---- */

static size_t place_by(const mera_columns *t, const double *w, size_t unit)
{
    size_t place = 1;
    for (size_t i = 0; i < t->n; i++) {
        place += score_of(t, w, i) > score_of(t, w, unit) + 1e-12;
    }
    return place;
}

/* Two columns: places change only where two units cross, so the middles between crossings are all
 * there is. */
static void brute_two(const mera_columns *t, size_t unit, size_t *best, size_t *worst)
{
    double cut[64] = {0, 1};
    size_t n = 2;
    for (size_t i = 0; i < t->n; i++) {
        const double d0 = t->x[0][i] - t->x[0][unit], d1 = t->x[1][i] - t->x[1][unit];
        const double at = d1 / (d1 - d0);
        if (at > 0 && at < 1) {
            cut[n++] = at;
        }
    }
    *best = t->n;
    *worst = 1;
    for (size_t a = 0; a < n; a++) {
        double next = 1;
        for (size_t b = 0; b < n; b++) {
            next = cut[b] > cut[a] && cut[b] < next ? cut[b] : next;
        }
        const double w[] = {(cut[a] + next) / 2, 1 - (cut[a] + next) / 2};
        const size_t place = place_by(t, w, unit);
        *best = place < *best ? place : *best;
        *worst = place > *worst ? place : *worst;
    }
}

static void reached_places_are_those_of_all_crossings(void **state)
{
    fixture *f = *state;
    for (uint64_t seed = 0; seed < 40; seed++) {
        const mera_columns table = {
            .n = 12, .k = 2, .x = random_table(f->arena, seed, 12, 2, 0, 0)};
        for (size_t unit = 0; unit < 12; unit += 3) {
            mera_reach got;
            mera_first first;
            size_t best, worst;
            brute_two(&table, unit, &best, &worst);
            assert_int_equal(mera_reach_of(&table, NULL, unit, 0, f->arena, f->diags, &got),
                             MERA_OK);
            assert_int_equal(got.best.place, best);
            assert_int_equal(got.best.bound, best);
            assert_int_equal(got.worst.place, worst);
            assert_int_equal(got.worst.bound, worst);
            assert_int_equal(place_by(&table, got.best.w, unit), best);
            assert_int_equal(place_by(&table, got.worst.w, unit), worst);
            assert_int_equal(mera_first_of(&table, NULL, unit, f->arena, f->diags, &first),
                             MERA_OK);
            assert_true(first.can == (best == 1));
            assert_true(!first.can || place_by(&table, first.w, unit) == 1);
        }
    }
}

static mera_draws_summary drawn_of(fixture *f, const mera_draws_ask *ask)
{
    mera_draws *draws;
    mera_draws_summary drawn;
    assert_int_equal(mera_draws_open(ask, f->diags, &draws), MERA_OK);
    assert_int_equal(mera_draws_run(draws, 20000, NULL, NULL), MERA_OK);
    assert_int_equal(mera_draws_summarise(draws, NULL, f->arena, &drawn), MERA_OK);
    mera_draws_close(draws);
    return drawn;
}

/* The first and the last place, from 0, that some draw gave a unit. */
static void drawn_ends(const mera_draws_summary *drawn, size_t unit, size_t n, size_t *least,
                       size_t *most)
{
    for (*least = 0; drawn->histogram[unit * n + *least] == 0;) {
        ++*least;
    }
    for (*most = n - 1; drawn->histogram[unit * n + *most] == 0;) {
        --*most;
    }
}

/* Many weights drawn from the allowed ones never go beyond, and the weights named are allowed and
 * give the place. */
static void no_drawn_weights_go_beyond_what_can_be_reached(void **state)
{
    fixture *f = *state;
    enum { N = 10, K = 4 };
    static const double low[K] = {.05, 0, .1, 0}, high[K] = {.6, .5, 1, .5};
    static const mera_weight_order order[] = {{0, 1, 0}, {2, 3, 1.5}};
    const mera_allowed allowed = {.low = low, .high = high, .order = order, .n_orders = 2};
    const mera_weight_node node = flat_node(
        f->arena, K,
        (mera_law){
            .kind = MERA_LAW_POLYTOPE, .low = low, .high = high, .order = order, .n_orders = 2});
    for (uint64_t seed = 0; seed < 4; seed++) {
        const mera_columns table = {.n = N, .k = K, .x = random_table(f->arena, seed, N, K, 0, 0)};
        const mera_draws_ask ask = {
            .n = N, .k = K, .z = table.x, .node = &node, .n_nodes = 1, .seed = seed};
        const mera_draws_summary drawn = drawn_of(f, &ask);
        for (size_t unit = 0; unit < N; unit++) {
            mera_reach got;
            size_t least, most;
            assert_int_equal(mera_reach_of(&table, &allowed, unit, 0, f->arena, f->diags, &got),
                             MERA_OK);
            drawn_ends(&drawn, unit, N, &least, &most);
            assert_true(got.best.place <= least + 1 && got.worst.place >= most + 1);
            assert_true(got.best.bound == got.best.place && got.worst.bound == got.worst.place);
            assert_true(least + 1 - got.best.place <= 1); /* and come near it */
            assert_int_equal(place_by(&table, got.best.w, unit), got.best.place);
            assert_int_equal(place_by(&table, got.worst.w, unit), got.worst.place);
            for (size_t j = 0; j < K; j++) {
                assert_true(got.best.w[j] >= low[j] - 1e-9 && got.best.w[j] <= high[j] + 1e-9);
            }
            assert_true(got.worst.w[2] >= 1.5 * got.worst.w[3] - 1e-9);
        }
    }
}

/* A tree of three laws: the root's shares within a quarter, any shares, and shares within bounds;
 * its last part is a column. */
static mera_weight_node *tree_of_laws(mera_arena *arena, double r)
{
    static const double low[] = {.2, .1}, high[] = {.9, .7};
    static const mera_weight_part root[] = {{true, 1, 3}, {true, 2, 2}, {false, 4, 1}};
    static const mera_weight_part any[] = {{false, 0, 1}, {false, 1, 1}};
    static const mera_weight_part bound[] = {{false, 2, 1}, {false, 3, 1}};
    mera_weight_node *node = mera_arena_zero(arena, 3, sizeof *node);
    node[0] = (mera_weight_node){3, root, {.kind = MERA_LAW_RANGE, .range = r}, .power = 1};
    node[1] = (mera_weight_node){2, any, {.kind = MERA_LAW_UNIFORM}, .power = 1};
    node[2] = (mera_weight_node){
        2, bound, {.kind = MERA_LAW_POLYTOPE, .low = low, .high = high}, .power = 1};
    return node;
}

enum { TREE_COLUMNS = 5 };

/* The largest sum in closed form is the linear program's. */
static void closed_forms_are_the_programs_own(void **state)
{
    fixture *f = *state;
    static const double low[TREE_COLUMNS] = {.1, 0, .2, 0, .05},
                        high[TREE_COLUMNS] = {.5, .3, 1, 1, .2};
    mera_weight_node fixed = flat_node(f->arena, TREE_COLUMNS, (mera_law){.kind = MERA_LAW_FIXED});
    const mera_allowed rules[] = {{.node = NULL},
                                  {.low = low, .high = high},
                                  {.node = &fixed, .n_nodes = 1},
                                  {.node = tree_of_laws(f->arena, 0.25), .n_nodes = 3},
                                  {.node = tree_of_laws(f->arena, 0.9), .n_nodes = 3}};
    for (size_t a = 0; a < sizeof rules / sizeof *rules; a++) {
        mera_allowed_set set;
        double row[TREE_COLUMNS + 3], x[TREE_COLUMNS + 3];
        assert_int_equal(mera_allowed_open(&rules[a], TREE_COLUMNS, f->arena, &set), MERA_OK);
        assert_true(mera_allowed_is_closed(&set));
        const size_t width = TREE_COLUMNS + set.n_free;
        for (uint64_t seed = 0; seed < 60; seed++) {
            const double *const *g = random_table(f->arena, seed, TREE_COLUMNS, 1, seed % 3 * 3, 0);
            double objective[TREE_COLUMNS + 3] = {0}, most = 0;
            mera_lp *lp = mera_lp_open(width);
            memcpy(objective, g[0], TREE_COLUMNS * sizeof(double));
            assert_true(mera_allowed_rows(&set, lp, row, width));
            assert_true(mera_lp_objective(lp, objective));
            assert_int_equal(mera_lp_solve(lp, x), MERA_LP_OPTIMAL);
            mera_lp_close(lp);
            for (size_t j = 0; j < TREE_COLUMNS; j++) {
                most += g[0][j] * x[j];
            }
            assert_close(mera_allowed_most(&set, g[0]), most, 1e-9);
        }
    }
}

/* The least that a linear program pays for the same conditions, broken by unknowns of their own. */
static double least_of_program(const mera_allowed_set *set, const mera_elastic *e)
{
    enum { WIDEST = 64 };
    double row[WIDEST], x[WIDEST], least = 0;
    const size_t width = e->d + e->m;
    assert_true(width <= WIDEST);
    mera_lp *lp = mera_lp_open(width);
    assert_true(mera_allowed_rows(set, lp, row, width));
    for (size_t c = 0; c < e->m; c++) {
        memset(row, 0, sizeof row);
        memcpy(row, e->g + c * e->k, e->k * sizeof *row);
        row[e->d + c] = -1;
        assert_true(mera_lp_add_row(lp, row, -INFINITY, -e->margin));
    }
    memset(row, 0, sizeof row);
    for (size_t c = 0; c < e->m; c++) {
        row[e->d + c] = -e->price[c];
    }
    assert_true(mera_lp_objective(lp, row));
    assert_int_equal(mera_lp_solve(lp, x), MERA_LP_OPTIMAL);
    mera_lp_close(lp);
    for (size_t c = 0; c < e->m; c++) {
        least += e->price[c] * x[e->d + c];
    }
    return least;
}

/* Over all weights, a tree of laws, bounds with orders; with equal rows, with other prices from
 * where the last program ended, with some conditions that must hold. */
static void elastic_programs_pay_what_linear_ones_do(void **state)
{
    fixture *f = *state;
    enum { M = 24 };
    static const double low[TREE_COLUMNS] = {.05, 0, .1}, high[TREE_COLUMNS] = {.6, .5, 1, .5, 1};
    static const mera_weight_order order[] = {{0, 1, 0}, {2, 3, 1.5}};
    const mera_allowed rules[] = {
        {.node = NULL},
        {.node = tree_of_laws(f->arena, 0.25), .n_nodes = 3},
        {.low = low, .high = high, .order = order, .n_orders = 2},
    };
    for (size_t a = 0; a < sizeof rules / sizeof *rules; a++) {
        mera_allowed_set set;
        mera_elastic e;
        assert_int_equal(mera_allowed_open(&rules[a], TREE_COLUMNS, f->arena, &set), MERA_OK);
        assert_int_equal(mera_elastic_open(&set, M, f->arena, &e), MERA_OK);
        e.margin = 0.01;
        for (uint64_t seed = 0; seed < 30; seed++) {
            const double *const *g = random_table(f->arena, seed, M / 2, TREE_COLUMNS, 0, 0);
            for (size_t c = 0; c < M; c++) {
                for (size_t j = 0; j < TREE_COLUMNS; j++) {
                    e.g[c * TREE_COLUMNS + j] = g[j][c / 2] - g[j][(c / 2 + 1) % (M / 2)];
                }
            }
            mera_elastic_take(&e, M);
            for (size_t again = 0; again < 4; again++) {
                double cost;
                for (size_t c = 0; c < M; c++) {
                    e.price[c] = again == 3 && c < 3 ? 100 : (double)((c + again) % 4);
                }
                assert_true(mera_elastic_least(&e, &cost));
                const double least = least_of_program(&set, &e);
                assert_close(cost, least, 1e-7 * (1 + least));
            }
        }
    }
}

/* The root's parts are 3 : 2 : 1, each up to r off; the second's are 0.2 to 0.9 and 0.1 to 0.7. */
static void tree_allows(const double *w, double r)
{
    const double part[] = {(w[0] + w[1]) / 3, (w[2] + w[3]) / 2, w[4]};
    for (size_t p = 0; p < 3; p++) {
        for (size_t q = 0; q < 3; q++) {
            assert_true(part[p] * (1 - r) <= part[q] * (1 + r) + 1e-9);
        }
    }
    for (size_t j = 0; j < TREE_COLUMNS; j++) {
        assert_true(w[j] >= 0);
    }
    assert_true(w[2] >= .2 * 2 * part[1] - 1e-9 && w[2] <= .9 * 2 * part[1] + 1e-9);
    assert_true(w[3] >= .1 * 2 * part[1] - 1e-9 && w[3] <= .7 * 2 * part[1] + 1e-9);
    assert_close(part[0] * 3 + part[1] * 2 + part[2], 1, 1e-9);
}

/* No draw of the laws goes beyond, and the weights named are allowed and give the place. */
static void no_draw_of_a_tree_goes_beyond_what_can_be_reached(void **state)
{
    fixture *f = *state;
    enum { N = 9 };
    const mera_weight_node *node = tree_of_laws(f->arena, 0.25);
    const mera_allowed allowed = {.node = node, .n_nodes = 3};
    for (uint64_t seed = 0; seed < 4; seed++) {
        const mera_columns table = {
            .n = N, .k = TREE_COLUMNS, .x = random_table(f->arena, seed, N, TREE_COLUMNS, 0, 0)};
        const mera_draws_ask ask = {
            .n = N, .k = TREE_COLUMNS, .z = table.x, .node = node, .n_nodes = 3, .seed = seed};
        const mera_draws_summary drawn = drawn_of(f, &ask);
        for (size_t unit = 0; unit < N; unit++) {
            mera_reach got;
            size_t least, most;
            assert_int_equal(mera_reach_of(&table, &allowed, unit, 0, f->arena, f->diags, &got),
                             MERA_OK);
            drawn_ends(&drawn, unit, N, &least, &most);
            assert_true(got.best.place <= least + 1 && got.worst.place >= most + 1);
            assert_true(got.best.bound == got.best.place && got.worst.bound == got.worst.place);
            tree_allows(got.best.w, 0.25);
            tree_allows(got.worst.w, 0.25);
            assert_int_equal(place_by(&table, got.best.w, unit), got.best.place);
            assert_int_equal(place_by(&table, got.worst.w, unit), got.worst.place);
        }
    }
}

static void a_bound_is_left_when_the_search_is_cut_short(void **state)
{
    fixture *f = *state;
    const mera_columns table = {.n = 40, .k = 6, .x = random_table(f->arena, 3, 40, 6, 0, 0)};
    mera_reach cut, whole;
    size_t open = 0;
    for (size_t unit = 0; unit < 40; unit += 8) {
        assert_int_equal(mera_reach_of(&table, NULL, unit, 1, f->arena, f->diags, &cut), MERA_OK);
        assert_int_equal(mera_reach_of(&table, NULL, unit, 3000, f->arena, f->diags, &whole),
                         MERA_OK);
        assert_int_equal(whole.best.bound, whole.best.place);
        assert_int_equal(whole.worst.bound, whole.worst.place);
        assert_true(cut.best.bound <= whole.best.place && whole.best.place <= cut.best.place);
        assert_true(cut.worst.bound >= whole.worst.place && whole.worst.place >= cut.worst.place);
        open += cut.best.bound < cut.best.place || cut.worst.bound > cut.worst.place;
    }
    assert_true(open > 0);
}

static void equal_rows_share_and_dominated_ones_are_never_first(void **state)
{
    fixture *f = *state;
    static const double a[] = {3, 3, 2, 1, NAN}, b[] = {1, 1, 0, 4, 1};
    static const double *const z[] = {a, b};
    const mera_columns table = {.n = 5, .k = 2, .x = z};
    mera_reach got;
    mera_first first;
    assert_int_equal(mera_reach_of(&table, NULL, 0, 0, f->arena, f->diags, &got), MERA_OK);
    assert_true(got.n == 4 && got.best.place == 1 && got.worst.place == 2);
    assert_int_equal(mera_first_of(&table, NULL, 0, f->arena, f->diags, &first), MERA_OK);
    assert_true(first.can);
    assert_close(first.margin, 1, 1e-9); /* above C by 1 always, above D by up to 2 */
    assert_int_equal(mera_first_of(&table, NULL, 2, f->arena, f->diags, &first), MERA_OK);
    assert_false(first.can);
    assert_close(first.margin, -1, 1e-9);
    assert_int_equal(mera_reach_of(&table, NULL, 4, 0, f->arena, f->diags, &got), MERA_EINPUT);
    assert_said(f->diags, "unit 5 has a missing value");
    static const double low[] = {0.7, 0.7};
    const mera_allowed none = {.low = low};
    assert_int_equal(mera_first_of(&table, &none, 0, f->arena, f->diags, &first), MERA_EINPUT);
    assert_said(f->diags, "no weights fulfil all that is asked of them");
    assert_int_equal(mera_reach_of(&table, &none, 0, 0, f->arena, f->diags, &got), MERA_EINPUT);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH(epsilon_is_where_a_corner_turns_the_pair),
        WITH(dominance_is_counted),
        WITH(no_city_of_the_reference_table_dominates_another),
        WITH(reached_places_are_those_of_all_crossings),
        WITH(no_drawn_weights_go_beyond_what_can_be_reached),
        WITH(a_bound_is_left_when_the_search_is_cut_short),
        WITH(closed_forms_are_the_programs_own),
        WITH(elastic_programs_pay_what_linear_ones_do),
        WITH(no_draw_of_a_tree_goes_beyond_what_can_be_reached),
        WITH(equal_rows_share_and_dominated_ones_are_never_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
