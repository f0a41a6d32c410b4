/* SPDX-License-Identifier: Apache-2.0 */
/** @file Units that can be compared with one: groups, distances by hand, what is said of gaps. */
#include "run_fixture.h"

#define HEAD "mera: 1\nid: t\nunits: {key: unit, groups: {size: size}}\ndata: [{}]\n"
#define REST                                                                              \
    "indicators:\n  a: {direction: higher}\nframework:\n  id: index\n  indicators: [a]\n" \
    "steps:\n  normalise: none\n"

/* The mean of log10 of p is 3 and of its differences' squares (1+1+0+0+1+1)/6. u7 has no score. */
static const char table[] = "unit,@size,a,p,q\n"
                            "u1,s,1,100,1\nu2,s,2,10000,2\nu3,s,3,1000,3\nu4,b,4,1000,.\n"
                            "u5,b,5,100,.\nu6,b,6,10000,.\nu7,b,.,100,1\n";

static mera_similar similar_must(run_fixture *f, const char *yaml, const char *unit)
{
    mera_similar similar;
    run_must(f, yaml, table);
    const size_t at = mera_dataset_unit(f->data, unit);
    const mera_code code = mera_similar_of(f->plan, f->result, at, 0, f->arena, f->diags, &similar);
    if (code != MERA_OK) {
        print_message("%s\n", run_first_problem(f));
    }
    assert_int_equal(code, MERA_OK);
    return similar;
}

static void assert_units(const run_fixture *f, const mera_similar *similar, const char *wanted)
{
    char text[200] = "";
    for (size_t i = 0; i < similar->n; i++) {
        strcat(strcat(text, i > 0 ? " " : ""), f->data->unit_key[similar->unit[i]]);
    }
    assert_string_equal(text, wanted);
}

static void without_a_word_all_with_a_score(void **state)
{
    run_fixture *f = *state;
    const mera_similar similar = similar_must(f, HEAD REST, "u1");
    assert_int_equal(similar.how, MERA_SIMILAR_ALL);
    assert_units(f, &similar, "u2 u3 u4 u5 u6");
}

static void the_grouping_of_places_is_the_default(void **state)
{
    run_fixture *f = *state;
    const mera_similar similar = similar_must(f, HEAD REST "rank: {within: size}\n", "u1");
    assert_int_equal(similar.how, MERA_SIMILAR_WIDENED); /* looked at, and too small */
    assert_string_equal(similar.grouping[0], "size");
    assert_string_equal(similar.group[0], "s");
}

static void too_small_a_group_is_widened(void **state)
{
    run_fixture *f = *state;
    const mera_similar similar = similar_must(f, HEAD REST "similar: {by: size, least: 3}\n", "u1");
    assert_int_equal(similar.how, MERA_SIMILAR_WIDENED);
    assert_units(f, &similar, "u2 u3 u4 u5 u6");
}

static void nearest_first_by_hand(void **state)
{
    run_fixture *f = *state;
    const mera_similar similar =
        similar_must(f, HEAD REST "similar: {near: {p: {log: true}}, k: 4}\n", "u1");
    const double sd = sqrt(4.0 / 6); /* of log10; the base of the logarithm cancels */
    assert_units(f, &similar, "u5 u3 u4 u2");
    assert_close(similar.distance[0], 0, 1e-15);
    assert_close(similar.distance[1], 1 / sd, 1e-12);
    assert_close(similar.distance[3], 2 / sd, 1e-12);
}

static void columns_weigh_and_gaps_tell(void **state)
{
    run_fixture *f = *state;
    /* q is known of u1, u2, u3: their deviation is sqrt(2/3). u4 to u6 share 1 of 4 parts. */
    const mera_similar similar =
        similar_must(f, HEAD REST "similar: {near: {p: {log: true}, q: {weight: 3}}}\n", "u1");
    const double p = 4.0 / 6, q = 2.0 / 3;
    assert_units(f, &similar, "u2 u3");
    assert_close(similar.distance[0], sqrt((1 * 4 / p + 3 * 1 / q) / 4), 1e-12);
    assert_close(similar.distance[1], sqrt((1 * 1 / p + 3 * 4 / q) / 4), 1e-12);
}

static void what_the_unit_lacks_takes_no_part(void **state)
{
    run_fixture *f = *state;
    const mera_similar similar = similar_must(
        f, HEAD REST "similar: {near: {p: {log: true}, q: {weight: 3}}, k: 2}\n", "u4");
    assert_units(f, &similar, "u3 u1"); /* by p alone */
}

static void groups_and_nearness_together(void **state)
{
    run_fixture *f = *state;
    const mera_similar similar =
        similar_must(f, HEAD REST "similar: {by: size, near: {a: {}}, k: 1, least: 1}\n", "u4");
    assert_units(f, &similar, "u5");
}

/* log10 of p is 2, 3 and 4: three clusters of two; with u1 lacking p nothing tells where it is. */
static void clusters_are_numbered_by_their_first_column(void **state)
{
    run_fixture *f = *state;
    mera_similar_clusters clusters;
    const mera_similar similar = similar_must(
        f, HEAD "similar: {near: {p: {log: true}}, clusters: {}, least: 1}\n" REST, "u6");
    assert_units(f, &similar, "u2");
    assert_true(similar.cluster == 3 && similar.n_clusters == 3 && similar.silhouette == 1);
    assert_int_equal(mera_similar_clusters_of(f->result, 0, f->arena, f->diags, &clusters),
                     MERA_OK);
    static const uint32_t wanted[] = {1, 3, 2, 2, 1, 3, 0};
    static const double mean[] = {100, 1000, 10000};
    assert_int_equal(clusters.k, 3);
    assert_memory_equal(clusters.of, wanted, sizeof wanted);
    for (size_t q = 0; q < 3; q++) {
        assert_int_equal(clusters.size[q], 2);
        assert_close(clusters.mean[q], mean[q], 1e-9 * mean[q]);
    }
}

/* Only u1 to u3 have q; u4 to u6 join the centre that is nearest in p, which is half of the weight,
 * and are in none where it is less. */
static void who_lacks_a_column_joins_the_nearest_centre(void **state)
{
    run_fixture *f = *state;
    mera_similar similar = similar_must(
        f, HEAD "similar: {near: {p: {}, q: {}}, clusters: {k: 2}, least: 1}\n" REST, "u6");
    assert_units(f, &similar, "u2 u3");
    run_again(f);
    similar = similar_must(
        f, HEAD "similar: {near: {p: {}, q: {weight: 2}}, clusters: {k: 2}, least: 1}\n" REST,
        "u6");
    assert_int_equal(similar.cluster, 0);
    assert_int_equal(similar.how, MERA_SIMILAR_ALL);
    assert_int_equal(similar.n, 5);
}

static void the_nearest_of_a_cluster_and_of_a_group(void **state)
{
    run_fixture *f = *state;
    mera_similar similar = similar_must(
        f, HEAD "similar: {near: {a: {}}, clusters: {k: 2}, k: 1, least: 1}\n" REST, "u1");
    assert_units(f, &similar, "u2");
    assert_non_null(similar.distance);
    run_again(f);
    similar = similar_must(
        f, HEAD "similar: {by: size, near: {a: {}}, clusters: {k: 2}, least: 1}\n" REST, "u5");
    assert_units(f, &similar, "u4 u6");
    assert_int_equal(similar.n_groups, 1);
}

static void too_few_units_make_no_clusters(void **state)
{
    run_fixture *f = *state;
    mera_similar similar;
    run_must(f, HEAD "similar: {near: {p: {}, q: {}}, clusters: {k: 3}}\n" REST, table);
    assert_int_equal(mera_similar_of(f->plan, f->result, 0, 0, f->arena, f->diags, &similar),
                     MERA_EINPUT);
    assert_non_null(strstr(run_first_problem(f), "only 3 units"));
    assert_int_equal(mera_diags_get(f->diags, mera_diags_size(f->diags) - 1)->at.line, 5);
}

static void an_unknown_column_is_refused_at_its_place(void **state)
{
    run_fixture *f = *state;
    mera_similar similar;
    run_must(f, HEAD REST "similar: {near: {nobody: {}}}\n", table);
    assert_int_equal(mera_similar_of(f->plan, f->result, 0, 0, f->arena, f->diags, &similar),
                     MERA_EINPUT);
    assert_non_null(strstr(run_first_problem(f), "no column 'nobody'"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(without_a_word_all_with_a_score, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(the_grouping_of_places_is_the_default, run_setup,
                                        run_teardown),
        cmocka_unit_test_setup_teardown(too_small_a_group_is_widened, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(nearest_first_by_hand, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(columns_weigh_and_gaps_tell, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(what_the_unit_lacks_takes_no_part, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(groups_and_nearness_together, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(clusters_are_numbered_by_their_first_column, run_setup,
                                        run_teardown),
        cmocka_unit_test_setup_teardown(who_lacks_a_column_joins_the_nearest_centre, run_setup,
                                        run_teardown),
        cmocka_unit_test_setup_teardown(the_nearest_of_a_cluster_and_of_a_group, run_setup,
                                        run_teardown),
        cmocka_unit_test_setup_teardown(too_few_units_make_no_clusters, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(an_unknown_column_is_refused_at_its_place, run_setup,
                                        run_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
