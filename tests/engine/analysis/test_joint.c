/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Joint draws: each against a methodology opened with the same settings; weights as without
 * factors; errors with their size; failures counted and named; the same at any number of threads.
 */
#include "run_fixture.h"

#include "analysis/joint.h"

#define HEAD "mera: 1\nid: t\nunits: {key: unit}\ndata: [{}]\nseed: 7\n"
#define STEPS "steps:\n  normalise: {op: minmax, range: [1, 100]}\n  aggregate: arithmetic\n"
#define TREE                                                   \
    "framework:\n  id: index\n  nodes:\n"                      \
    "    - {id: money, weight: 2, indicators: {a: 1, b: 3}}\n" \
    "    - {id: life, weight: 3, indicators: {c: 1, d: 2}}\n"
#define INDICATORS                                                      \
    "indicators:\n  a: {direction: higher}\n  b: {direction: higher}\n" \
    "  c: {direction: lower}\n  d: {direction: higher}\n"
#define CHOICES                                                                                \
    "    scale: {set: steps.normalise, choices: [{op: minmax, range: [1, 100]}, {op: zscore, " \
    "mean: 50, sd: 5}]}\n"                                                                     \
    "    mean: {set: [steps.aggregate], choices: arithmetic|geometric|harmonic}\n"

enum { UNITS = 8 };

static const char table[] = "unit,a,b,c,d\n"
                            "u1,3,8,4,7\nu2,5,6,2,5\nu3,9,1,7,6\nu4,2,7,3,9\n"
                            "u5,6,5,5,1\nu6,7,3,1,4\nu7,1,9,6,8\nu8,4,4,8,2\n";
static const char gaps[] = "unit,a,b,c,d\n"
                           "u1,3,8,4,7\nu2,5,.,2,5\nu3,9,1,7,6\nu4,2,7,.,9\n"
                           "u5,6,5,5,1\nu6,7,3,1,.\nu7,1,9,6,8\nu8,4,4,8,2\n";

static mera_robust joint_must(run_fixture *f, const mera_robust_ask *ask)
{
    mera_robust robust;
    const mera_code code = mera_robust_of(f->plan, f->result, ask, f->arena, f->diags, &robust);
    if (code != MERA_OK) {
        print_message("%s\n", run_first_problem(f));
    }
    assert_int_equal(code, MERA_OK);
    return robust;
}

static void joint_same(const mera_robust *x, const mera_robust *y)
{
    assert_int_equal(x->summary.draws, y->summary.draws);
    assert_int_equal(x->summary.n_bins, y->summary.n_bins);
    for (size_t i = 0; i < x->summary.n * x->summary.n_bins; i++) {
        assert_int_equal(x->summary.histogram[i], y->summary.histogram[i]);
    }
    assert_true(x->summary.mean_shift == y->summary.mean_shift);
}

/* The scores of some draws, and their points. */
typedef struct joint_made {
    mera_joint *joint;
    joint_points points;
    double *u, *score;
    uint64_t *number;
    uint32_t *failure;
    joint_outcome out;
    mera_robust robust;
    robust_run run;
    mera_robust_ask ask;
} joint_made;

static void joint_make(run_fixture *f, size_t draws, joint_made *made)
{
    *made = (joint_made){.points = {.count = draws}, .ask = {.threads = 2}};
    made->robust.n_ranked = UNITS;
    made->robust.score = f->result->node[0].score;
    made->robust.rules = f->result->methodology->uncertainty;
    made->run = (robust_run){.plan = f->plan,
                             .result = f->result,
                             .ask = &made->ask,
                             .out = &made->robust,
                             .arena = f->arena,
                             .diags = f->diags};
    assert_int_equal(mera_robust_tree(&made->run), MERA_OK);
    assert_int_equal(mera_joint_open(&made->run, &made->joint), MERA_OK);
    const size_t size = draws * made->joint->n_factors;
    made->u = mera_arena_alloc(f->arena, size, sizeof *made->u);
    made->number = mera_arena_alloc(f->arena, size, sizeof *made->number);
    assert_int_equal(mera_joint_outcome_new(made->joint, draws, f->arena, &made->out), MERA_OK);
    made->score = made->out.score = mera_arena_alloc(f->arena, draws * UNITS, sizeof *made->score);
    made->failure = made->out.failure;
    mera_joint_draw(made->joint, 0, draws, made->u, made->number);
    made->points.u = made->u;
    made->points.number = made->number;
    const mera_code code = mera_joint_run(made->joint, &made->points, &made->out);
    if (code != MERA_OK) {
        print_message("%s\n", run_first_problem(f));
    }
    assert_int_equal(code, MERA_OK);
}

static void each_draw_scores_as_its_settings_do(void **state)
{
    enum { DRAWS = 60 };
    run_fixture *f = *state;
    const char *yaml =
        HEAD INDICATORS STEPS TREE "uncertainty:\n  weights: {law: fixed}\n  factors:\n" CHOICES
                                   "    share: {set: framework.money.weight, range: [1, 4]}\n";
    for (int hole = 0; hole < 2; hole++) {
        joint_made made;
        run_must(f, yaml, hole ? gaps : table);
        joint_make(f, DRAWS, &made);
        assert_int_equal(made.joint->n_factors, 4);
        for (size_t d = 0; d < DRAWS; d++) {
            run_fixture own = {.arena = f->arena, .diags = f->diags, .engine = f->engine};
            char weight[40];
            const double *u = made.u + d * 4;
            snprintf(weight, sizeof weight, "%.17g", 1 + 3 * u[3]);
            own.set[0] =
                (mera_set){"steps.normalise", u[1] < 0.5 ? "{op: minmax, range: [1, 100]}"
                                                         : "{op: zscore, mean: 50, sd: 5}"};
            own.set[1] = (mera_set){"steps.aggregate", u[2] < 1.0 / 3   ? "arithmetic"
                                                       : u[2] < 2.0 / 3 ? "geometric"
                                                                        : "harmonic"};
            own.set[2] = (mera_set){"framework.money.weight", weight};
            own.n_set = 3;
            run_must(&own, yaml, hole ? gaps : table);
            assert_int_equal(made.failure[d], 0);
            for (size_t i = 0; i < UNITS; i++) {
                assert_close(made.score[d * UNITS + i], own.result->node[0].score[i], 1e-12);
            }
            run_again(&own);
        }
        mera_joint_close(made.joint);
        run_again(f);
    }
}

/* Combinations that are the same up to a stage share its columns: all of three stages, with errors
 * of the data or without. */
static void shared_stages_change_nothing(void **state)
{
    enum { DRAWS = 80 };
    static const char *const gap[] = {"none", "median", "mean"};
    static const char *const tail[] = {"none", "{op: clip, lower: 2, upper: 7}"};
    static const char *const scale[] = {"{op: minmax, range: [1, 100]}", "zscore", "rank"};
    run_fixture *f = *state;
    joint_made made;
    const char *yaml = HEAD INDICATORS STEPS TREE
        "uncertainty:\n  weights: {law: fixed}\n  factors:\n"
        "    fill: {set: steps.impute, choices: [none, median, mean]}\n"
        "    tails: {set: steps.treat, choices: [none, {op: clip, lower: 2, upper: 7}]}\n"
        "    scale: {set: steps.normalise, choices: [{op: minmax, range: [1, 100]}, zscore, "
        "rank]}\n"
        "    share: {set: framework.money.weight, choices: [1, 5]}\n";
    f->threads = 2;
    run_must(f, yaml, gaps);
    joint_make(f, DRAWS, &made);
    assert_true(made.joint->reach[1] == MERA_STAGE_IMPUTED);
    assert_true(made.joint->reach[2] == MERA_STAGE_TREATED);
    assert_true(made.joint->reach[3] == MERA_STAGE_NORMALISED);
    assert_true(made.joint->reach[4] == MERA_N_STAGES);
    for (size_t d = 0; d < DRAWS; d++) {
        run_fixture own = {.arena = f->arena, .diags = f->diags, .engine = f->engine, .threads = 1};
        const double *u = made.u + d * 5;
        own.set[0] = (mera_set){"steps.impute", gap[mera_joint_pick(u[1], 3)]};
        own.set[1] = (mera_set){"steps.treat", tail[mera_joint_pick(u[2], 2)]};
        own.set[2] = (mera_set){"steps.normalise", scale[mera_joint_pick(u[3], 3)]};
        own.set[3] = (mera_set){"framework.money.weight", u[4] < 0.5 ? "1" : "5"};
        own.n_set = 4;
        run_must(&own, yaml, gaps);
        for (size_t i = 0; i < UNITS; i++) {
            assert_close(made.score[d * UNITS + i], own.result->node[0].score[i], 1e-12);
        }
        run_again(&own);
    }
    mera_joint_close(made.joint);
}

/* The combination kept for some choices of treatment, scale and mean. */
static const joint_combination *cousin_of(const joint_made *made, size_t tails, size_t scale,
                                          size_t mean)
{
    const mera_joint *joint = made->joint;
    for (size_t d = 0; d < made->points.count; d++) {
        const double *u = made->u + d * joint->n_factors;
        uint64_t key[5];
        if (mera_joint_pick(u[1], 2) == tails && mera_joint_pick(u[2], 2) == scale &&
            mera_joint_pick(u[3], 3) == mean && mera_joint_pick(u[4], 2) == 0) {
            mera_joint_key(joint, &made->points, d, JOINT_ALL, key);
            return joint->combination[mera_map_get(joint->prepared, (const char *)key, sizeof key)];
        }
    }
    fail_msg("no draw has these choices");
    return NULL;
}

/* Shared by all cousins: points, and their logarithms, of the one column that treating leaves. */
static void cousins_share(const joint_made *made)
{
    for (size_t scale = 0; scale < 2; scale++) {
        for (size_t mean = 0; mean < 3; mean++) {
            const joint_combination *one = cousin_of(made, 0, scale, mean);
            const joint_combination *other = cousin_of(made, 1, scale, mean);
            for (size_t k = 0; k < 4; k++) {
                const double *mine = one->run.result->indicator[k].stage[MERA_STAGE_NORMALISED];
                const double *theirs = other->run.result->indicator[k].stage[MERA_STAGE_NORMALISED];
                assert_true((mine == theirs) == (k == 2));
                assert_true((one->scorer.added[k] == other->scorer.added[k]) ==
                            (k == 2 || mean == 0));
            }
        }
    }
}

static void cousins_score_as_their_settings_do(const joint_made *made, const char *yaml, size_t d)
{
    static const char *const tail[] = {"none", "{op: clip, upper: 8.5}"};
    static const char *const scale[] = {"{op: minmax, range: [1, 100]}",
                                        "{op: zscore, mean: 50, sd: 5}"};
    static const char *const mean[] = {"arithmetic", "geometric", "harmonic"};
    const double *u = made->u + d * made->joint->n_factors;
    void *state;
    assert_int_equal(run_setup(&state), 0);
    run_fixture *own = state;
    own->threads = 1;
    own->set[0] = (mera_set){"steps.treat", tail[mera_joint_pick(u[1], 2)]};
    own->set[1] = (mera_set){"steps.normalise", scale[mera_joint_pick(u[2], 2)]};
    own->set[2] = (mera_set){"steps.aggregate", mean[mera_joint_pick(u[3], 3)]};
    own->n_set = 3;
    run_must(own, yaml, table);
    for (size_t i = 0; i < UNITS; i++) {
        assert_close(made->score[d * UNITS + i], own->result->node[0].score[i], 1e-12);
    }
    assert_int_equal(run_teardown(&state), 0);
}

/* Combinations that differ in treatment share what it leaves alike, but for a variant that changes
 * more than treatment. */
static void cousins_change_nothing(void **state)
{
    enum { DRAWS = 120 };
    run_fixture *f = *state;
    joint_made made;
    const char *yaml = HEAD INDICATORS STEPS TREE
        "variants: {cut: {set: {steps.treat: {op: clip, upper: 6}, steps.normalise: rank}}}\n"
        "uncertainty:\n  weights: {law: fixed}\n  draws: 120\n  factors:\n"
        "    tails: {set: steps.treat, choices: [none, {op: clip, upper: 8.5}]}\n" CHOICES
        "    whole: {variants: [as_written, cut]}\n";
    run_must(f, yaml, table);
    joint_make(f, DRAWS, &made);
    assert_true(made.joint->treats[1]);
    assert_false(made.joint->treats[2] || made.joint->treats[3] || made.joint->treats[4]);
    cousins_share(&made);
    for (size_t d = 0; d < 40; d++) {
        if (mera_joint_pick(made.u[d * 5 + 4], 2) == 0) {
            cousins_score_as_their_settings_do(&made, yaml, d);
        }
    }
    mera_joint_close(made.joint);
    const mera_robust one = joint_must(f, &(mera_robust_ask){.threads = 1});
    const mera_robust many = joint_must(f, &(mera_robust_ask){.threads = 8});
    joint_same(&one, &many);
}

static void weights_are_those_drawn_without_factors(void **state)
{
    run_fixture *f = *state;
    static const char *const laws[] = {
        "", "weights: {law: simplex}, ", "weights: {law: dirichlet, concentration: 9}, ",
        ("nodes: {index: {law: bounds, order: life > money}, life: {law: bounds, bounds: {c: "
         "{low: 0.1, high: 0.5}}}}, ")};
    for (size_t l = 0; l < 4; l++) {
        for (int hole = 0; hole < 2; hole++) {
            char yaml[2000];
            snprintf(yaml, sizeof yaml, HEAD INDICATORS STEPS TREE "uncertainty: {%sdraws: 1000}\n",
                     laws[l]);
            run_must(f, yaml, hole ? gaps : table);
            const mera_robust plain = joint_must(f, &(mera_robust_ask){.threads = 2});
            assert_false(plain.joint);
            run_again(f);
            snprintf(yaml, sizeof yaml,
                     HEAD INDICATORS STEPS TREE
                     "uncertainty: {%sdraws: 1000, factors: {same: {set: "
                     "steps.normalise.range, choices: [[1, 100], [1, 100]]}}}\n",
                     laws[l]);
            run_must(f, yaml, hole ? gaps : table);
            const mera_robust joint = joint_must(f, &(mera_robust_ask){.threads = 2});
            assert_true(joint.joint);
            assert_int_equal(joint.combinations, 2);
            joint_same(&plain, &joint);
            const mera_robust anew = joint_must(f, &(mera_robust_ask){.anew = true});
            joint_same(&plain, &anew);
            run_again(f);
        }
    }
}

#define EVERYTHING                                                              \
    "uncertainty:\n  draws: 700\n  factors:\n" CHOICES "    out: {drop: 0.2}\n" \
    "    other: {drop: one, of: [a, d]}\n    error: {noise: {a: 0.5, c: b}}\n"

/* Means of several powers go node by node; a node may be left with nothing, and units have gaps. */
static void mixed_means_leave_out_as_the_framework_does(void **state)
{
    run_fixture *f = *state;
    for (int hole = 0; hole < 2; hole++) {
        run_must(f,
                 HEAD INDICATORS STEPS TREE
                 "uncertainty: {draws: 2000, factors: {mean: {set: framework.aggregate, choices: "
                 "[geometric, harmonic]}, out: {drop: one}, more: {drop: 0.3}}}\n",
                 hole ? gaps : table);
        const mera_robust products = joint_must(f, &(mera_robust_ask){.threads = 2});
        const mera_robust anew = joint_must(f, &(mera_robust_ask){.anew = true});
        assert_true(products.failed > 5 && products.failed < 200); /* all four: 0.3^3 and so on */
        assert_int_equal(products.failed, anew.failed);
        joint_same(&products, &anew);
        run_again(f);
    }
}

static void threads_change_nothing(void **state)
{
    run_fixture *f = *state;
    run_must(f, HEAD INDICATORS STEPS TREE EVERYTHING, table);
    const mera_robust one = joint_must(f, &(mera_robust_ask){.threads = 1});
    assert_true(one.summary.mean_shift > 0.1);
    for (unsigned threads = 2; threads <= 8; threads += 6) {
        const mera_robust many = joint_must(f, &(mera_robust_ask){.threads = threads});
        joint_same(&one, &many);
        assert_int_equal(many.failed, one.failed);
    }
    const mera_robust anew = joint_must(f, &(mera_robust_ask){.anew = true});
    joint_same(&one, &anew);
}

/* All four left out, or one of two nodes: what is left has the weight. */
static void what_is_left_out_has_no_weight(void **state)
{
    enum { DRAWS = 100 };
    run_fixture *f = *state;
    const char *yaml = HEAD INDICATORS STEPS TREE
        "uncertainty: {weights: {law: fixed}, factors: {out: {drop: 0.6}}}\n";
    joint_made made;
    size_t empty = 0;
    run_must(f, yaml, table);
    joint_make(f, DRAWS, &made);
    for (size_t d = 0; d < DRAWS; d++) {
        const char *ids[] = {"a", "b", "c", "d"};
        const double weight[] = {1, 3, 1, 2};
        double w[4], node[2] = {0};
        for (int j = 0; j < 4; j++) {
            w[j] = mera_joint_left_out(made.joint, &made.points, d, ids[j]) ? 0 : weight[j];
            node[j / 2] += w[j];
        }
        const double all = (node[0] > 0 ? 2 : 0) + (node[1] > 0 ? 3 : 0);
        empty += all == 0;
        assert_int_equal(made.failure[d] != 0, all == 0);
        for (size_t i = 0; i < UNITS && all > 0; i++) {
            double score = 0;
            for (int j = 0; j < 4; j++) {
                const double z = f->result->indicator[j].stage[MERA_STAGE_NORMALISED][i];
                score += w[j] > 0 ? z * w[j] / node[j / 2] * (j < 2 ? 2 : 3) / all : 0;
            }
            assert_close(made.score[d * UNITS + i], score, 1e-12);
        }
    }
    assert_true(empty > 2 && empty < 40); /* 0.6^4 is 0.13 */
    mera_joint_close(made.joint);
}

static void errors_have_the_size_that_is_said(void **state)
{
    enum { DRAWS = 4000 };
    run_fixture *f = *state;
    const char *yaml =
        HEAD "indicators: {a: {direction: higher}, b: {direction: higher}}\n"
             "steps: {normalise: none, aggregate: arithmetic}\n"
             "framework: {id: index, indicators: {a: 1, b: 0}}\n"
             "uncertainty: {weights: {law: fixed}, factors: {error: {noise: {a: c}}}}\n";
    joint_made made;
    run_must(f, yaml, table);
    joint_make(f, DRAWS, &made);
    const double sd[] = {4, 2, 7, 3, 5, 1, 6, 8};
    for (size_t i = 0; i < UNITS; i++) {
        double sum = 0, squares = 0;
        for (size_t d = 0; d < DRAWS; d++) {
            const double e = made.score[d * UNITS + i] - f->result->node[0].score[i];
            sum += e;
            squares += e * e;
        }
        assert_true(fabs(sum / DRAWS) < 4 * sd[i] / sqrt(DRAWS));
        assert_close(sqrt(squares / DRAWS), sd[i], 0.05 * sd[i]);
    }
    mera_joint_close(made.joint);
}

#define IMPUTED(imputer, factors)                                                 \
    HEAD "indicators: {a: {direction: higher}, b: {direction: higher}}\n"         \
         "steps: {impute: " imputer ", normalise: none, aggregate: arithmetic}\n" \
         "framework: {id: index, indicators: {a: 1, b: 1}}\n"                     \
         "uncertainty: {weights: {law: fixed}, draws: 700, factors: {" factors "}}\n"

/* Two units lack b: half of an error of b is in the score, that of others stays to the bit. */
static void errors_of_imputed_values_are_theirs_alone(void **state)
{
    enum { DRAWS = 4000 };
    static const char holes[] = "unit,a,b\nu1,3,8\nu2,5,.\nu3,9,1\nu4,2,7\nu5,6,5\nu6,7,3\n"
                                "u7,1,9\nu8,4,.\n";
    run_fixture *f = *state;
    const double sd = sqrt((2.5 * 2.5 + 4.5 * 4.5 + 1.5 * 1.5 + 0.25 + 2.5 * 2.5 + 3.5 * 3.5) / 5);
    joint_made made;
    run_must(f, IMPUTED("mean", "gaps: {imputation: 0.5}"), holes);
    joint_make(f, DRAWS, &made);
    for (size_t i = 0; i < UNITS; i++) {
        double sum = 0, squares = 0;
        for (size_t d = 0; d < DRAWS; d++) {
            const double e = made.score[d * UNITS + i] - f->result->node[0].score[i];
            sum += e;
            squares += e * e;
        }
        const double expected = i == 1 || i == 7 ? sd / 4 : 0;
        assert_true(fabs(sum / DRAWS) <= 4 * expected / sqrt(DRAWS));
        assert_close(sqrt(squares / DRAWS), expected, 0.05 * expected);
    }
    assert_true(made.score[1] - f->result->node[0].score[1] !=
                made.score[7] - f->result->node[0].score[7]);
    mera_joint_close(made.joint);
}

static void no_imputed_value_no_error(void **state)
{
    run_fixture *f = *state;
    run_must(f, IMPUTED("mean", "gaps: {imputation: 1}"), table);
    const mera_robust robust = joint_must(f, &(mera_robust_ask){.threads = 2});
    assert_true(robust.summary.mean_shift == 0);
    assert_non_null(strstr(run_first_problem(f), "no value is imputed"));
    run_again(f);
    run_must(f, IMPUTED("{op: constant, value: 3}", "gaps: {imputation: 1}"), gaps);
    const mera_robust constant = joint_must(f, &(mera_robust_ask){.threads = 2});
    assert_true(constant.summary.mean_shift == 0);
    assert_non_null(strstr(mera_diags_get(f->diags, mera_diags_size(f->diags) - 1)->message,
                           "of 1 of 1 imputed values no error is known"));
}

/* With other factors, at several threads and in other blocks the errors are the same. */
static void errors_of_imputed_values_are_the_same_anywhere(void **state)
{
    run_fixture *f = *state;
    run_must(f,
             HEAD INDICATORS
             "steps: {impute: {op: knn, k: 3, among: all}, normalise: {op: minmax, "
             "range: [1, 100]}, aggregate: arithmetic}\n" TREE
             "uncertainty: {draws: 600, factors: {gaps: {imputation: 1}, more: "
             "{imputation: 2, of: b}, fill: {set: steps.impute.k, choices: [2, 3]}, "
             "error: {noise: {a: 0.5}}, out: {drop: 0.1}}}\n",
             gaps);
    const mera_robust one = joint_must(f, &(mera_robust_ask){.threads = 1});
    assert_true(one.summary.mean_shift > 0.1);
    for (unsigned threads = 2; threads <= 8; threads += 6) {
        const mera_robust many = joint_must(f, &(mera_robust_ask){.threads = threads});
        joint_same(&one, &many);
    }
    joint_made made, part;
    joint_make(f, 300, &made);
    joint_make(f, 7, &part);
    assert_memory_equal(made.score, part.score, 7 * UNITS * sizeof *part.score);
    for (size_t d = 0; d < 50; d++) { /* alone, from nobody's columns */
        part.points.count = 1;
        mera_joint_draw(part.joint, d, 1, part.u, part.number);
        assert_int_equal(mera_joint_run(part.joint, &part.points, &part.out), MERA_OK);
        assert_memory_equal(made.score + d * UNITS, part.score, UNITS * sizeof *part.score);
    }
    mera_joint_close(made.joint);
    mera_joint_close(part.joint);
}

static void failures_are_counted_and_named(void **state)
{
    run_fixture *f = *state;
    run_must(f,
             HEAD INDICATORS STEPS TREE
             "uncertainty: {draws: 1000, factors: {scale: {set: steps.normalise, choices: [minmax, "
             "zscore]}, mean: {set: steps.aggregate, choices: [arithmetic, geometric]}}}\n",
             table);
    const mera_robust robust = joint_must(f, &(mera_robust_ask){.threads = 2});
    assert_int_equal(robust.n_failures, 2); /* geometric of 0 as of numbers below 0 */
    assert_int_equal(robust.failed + robust.summary.draws, 1000);
    assert_int_equal(robust.failure[0].draws + robust.failure[1].draws, robust.failed);
    assert_true(robust.failed > 430 && robust.failed < 570);
    for (size_t i = 0; i < 2; i++) {
        assert_non_null(strstr(robust.failure[i].choices, "mean = geometric"));
        assert_true(strlen(robust.failure[i].reason) > 10);
    }
}

static void a_choice_that_is_a_mistake_stops_the_run(void **state)
{
    run_fixture *f = *state;
    mera_robust robust;
    run_must(f,
             HEAD INDICATORS STEPS TREE
             "uncertainty: {factors: {scale: {set: steps.normalise, choices: [minmax, "
             "percentil]}, mean: {set: steps.aggregate, choices: [arithmetic, geometric]}}}\n",
             table);
    assert_int_equal(mera_robust_of(f->plan, f->result, &(mera_robust_ask){.threads = 2}, f->arena,
                                    f->diags, &robust),
                     MERA_EINPUT);
    assert_non_null(strstr(run_first_problem(f), "percentil"));
    assert_non_null(strstr(run_first_problem(f), "in the factor 'scale'"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_draw_scores_as_its_settings_do, run_setup,
                                        run_teardown),
        cmocka_unit_test_setup_teardown(shared_stages_change_nothing, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(cousins_change_nothing, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(weights_are_those_drawn_without_factors, run_setup,
                                        run_teardown),
        cmocka_unit_test_setup_teardown(mixed_means_leave_out_as_the_framework_does, run_setup,
                                        run_teardown),
        cmocka_unit_test_setup_teardown(threads_change_nothing, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(what_is_left_out_has_no_weight, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(errors_have_the_size_that_is_said, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(errors_of_imputed_values_are_theirs_alone, run_setup,
                                        run_teardown),
        cmocka_unit_test_setup_teardown(no_imputed_value_no_error, run_setup, run_teardown),
        cmocka_unit_test_setup_teardown(errors_of_imputed_values_are_the_same_anywhere, run_setup,
                                        run_teardown),
        cmocka_unit_test_setup_teardown(a_choice_that_is_a_mistake_stops_the_run, run_setup,
                                        run_teardown),
        cmocka_unit_test_setup_teardown(failures_are_counted_and_named, run_setup, run_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
