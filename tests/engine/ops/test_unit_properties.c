/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * What holds of every operation that says something of units, screens and classes: the order of
 * units does not matter, twins get the same, the same data give the same answer. And: every
 * operation of the registry is of a kind that some property test walks.
 */
#include "properties.h"

enum { N = 20, K = 3 };

static bool takes_screen(const mera_op *op)
{
    return op->step == MERA_STEP_SCREEN;
}

static bool takes_classify(const mera_op *op)
{
    return op->step == MERA_STEP_CLASSIFY;
}

static const variant screen_variants[] = {
    {"screen.coverage", ""},
    {"screen.coverage", "unit_coverage: 0.6; indicator_coverage: 0.5; non_zero: 0.5"},
    {"screen.coverage", "unit_coverage: 0.9; keep: [u3]; drop: [u5, u6]"},
    {NULL, NULL},
};
static const variant classify_variants[] = {
    {"classify.bands", "bands: {D: -100, C: 40, B: 60, A: 75}"},
    {"classify.quantiles", ""},
    {"classify.quantiles", "n: 4; type: 6; best_first: true"},
    {"classify.rank_groups", ""},
    {"classify.rank_groups", "n: 3; cut: floor"},
    {NULL, NULL},
};
static const exemption none[] = {{NULL, NULL, NULL, NULL}};
static const walk screens = {takes_screen, screen_variants, none, 1};
static const walk classes = {takes_classify, classify_variants, none, 3};

typedef struct {
    double x[K][N + 1], score[N + 1], rank[N + 1];
    const char *name[N + 1];
    size_t n;
} sample;

static size_t place_of(const sample *s, size_t i)
{
    size_t better = 0;
    for (size_t u = 0; u < s->n; u++) {
        better += s->score[u] > s->score[i];
    }
    return better + 1;
}

static sample *sample_make(fixture *f)
{
    sample *s = mera_arena_zero(f->arena, 1, sizeof *s);
    assert_non_null(s);
    s->n = N;
    for (size_t i = 0; i < N; i++) {
        s->score[i] = i % 9 == 4 ? NAN : floor(50 + 40 * noise(i));
        for (size_t j = 0; j < K; j++) {
            const double draw = noise(100 * j + i);
            s->x[j][i] = draw < -0.3 ? NAN : draw < 0.2 ? 0 : draw;
        }
        s->name[i] = mera_arena_printf(f->arena, "u%zu", i);
    }
    s->name[N] = "twin";
    return s;
}

/* The sample in another order, or with a twin of unit 7 (which no list names). */
static sample *sample_turned(fixture *f)
{
    const sample *s = sample_make(f);
    sample *t = sample_make(f);
    for (size_t i = 0; i < N; i++) {
        const size_t from = (7 * i + 5) % N;
        t->score[i] = s->score[from];
        t->name[i] = s->name[from];
        for (size_t j = 0; j < K; j++) {
            t->x[j][i] = s->x[j][from];
        }
    }
    return t;
}

static sample *sample_twin(fixture *f)
{
    sample *t = sample_make(f);
    t->n = N + 1;
    t->score[N] = t->score[7];
    for (size_t j = 0; j < K; j++) {
        t->x[j][N] = t->x[j][7];
    }
    return t;
}

/* What the operation says of each unit, as a number. */
static const char *ask(fixture *f, const mera_op *op, const char *params, sample *s, double *y)
{
    const mera_op *same;
    const void *bound = ops_bind(f, op->name, params, &same);
    const double *x[K] = {s->x[0], s->x[1], s->x[2]};
    uint8_t unit[N + 1], column[K];
    int32_t class_of[N + 1];
    mera_text_list labels;
    mera_code rc;
    f->ctx.unit_name = f->ctx.unit_key = s->name;
    for (size_t i = 0; i < s->n; i++) {
        s->rank[i] = isnan(s->score[i]) ? NAN : (double)place_of(s, i);
    }
    if (op->screen != NULL) {
        rc = op->screen(op, bound, &f->ctx, x, K, s->n, unit, column);
    } else {
        rc = op->classify(op, bound, &f->ctx, s->score, s->rank, s->n, class_of, &labels);
    }
    for (size_t i = 0; i < s->n && rc == MERA_OK; i++) {
        y[i] = op->screen != NULL ? unit[i] : class_of[i];
        if (op->classify != NULL && (class_of[i] < 0) != isnan(s->score[i])) {
            return "a score without a class, or a class without a score";
        }
    }
    return rc == MERA_OK ? NULL : what_it_says(f);
}

static const char *check_order(fixture *f, const mera_op *op, const char *params)
{
    double y[N], z[N], expected[N];
    const char *seen = ask(f, op, params, sample_make(f), y);
    seen = seen != NULL ? seen : ask(f, op, params, sample_turned(f), z);
    for (size_t i = 0; i < N && seen == NULL; i++) {
        expected[i] = y[(7 * i + 5) % N];
    }
    return seen != NULL ? seen : differs_in_bits(f, z, expected, N);
}

static void the_order_of_units_does_not_matter(void **state)
{
    property_holds(*state, &screens, "order of units", check_order);
    property_holds(*state, &classes, "order of units", check_order);
}

static const char *check_twins(fixture *f, const mera_op *op, const char *params)
{
    double z[N + 1];
    const char *seen = ask(f, op, params, sample_twin(f), z);
    return seen != NULL ? seen : differs_in_bits(f, &z[N], &z[7], 1);
}

static void twins_are_told_the_same(void **state)
{
    property_holds(*state, &screens, "twins", check_twins);
    property_holds(*state, &classes, "twins", check_twins);
}

/* Classes follow scores: of two units the better one's class is not on the other side. */
static const char *check_follow(fixture *f, const mera_op *op, const char *params)
{
    double y[N];
    sample *s = sample_make(f);
    const char *seen = ask(f, op, params, s, y);
    int rises = 0, falls = 0;
    for (size_t a = 0; a < N * N && seen == NULL; a++) {
        if (s->score[a / N] > s->score[a % N]) {
            rises += y[a / N] > y[a % N];
            falls += y[a / N] < y[a % N];
        }
    }
    return seen != NULL             ? seen
           : rises > 0 && falls > 0 ? "classes go up and down with the score"
           : rises + falls == 0     ? "one class for all"
                                    : NULL;
}

static void classes_follow_scores(void **state)
{
    property_holds(*state, &classes, "classes follow scores", check_follow);
}

static void every_operation_is_walked_by_some_property_test(void **state)
{
    fixture *f = *state;
    for (size_t i = 0; i < mera_registry_size(f->registry); i++) {
        const mera_op *op = mera_registry_get(f->registry, i);
        const bool column = op->apply != NULL && op->step != MERA_STEP_DERIVE;
        const bool other = op->table != NULL || op->panel != NULL || takes_screen(op) ||
                           takes_classify(op) || op->step == MERA_STEP_WEIGHT ||
                           op->step == MERA_STEP_AGGREGATE;
        if (!column && !other) {
            print_error("%s is of a kind that no property test knows\n", op->name);
            fail();
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        OPS_TEST(the_order_of_units_does_not_matter),
        OPS_TEST(twins_are_told_the_same),
        OPS_TEST(classes_follow_scores),
        OPS_TEST(every_operation_is_walked_by_some_property_test),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
