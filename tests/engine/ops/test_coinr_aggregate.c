/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Aggregators against COINr 1.1.14 on R 4.2.2: the cases aggregate/ and outrank/ of
 * ../shared/golden/coinr, at its tolerance of 1e-9, over the ASEM framework of 49 indicators, 8
 * pillars, 2 sub-indices and 1 index.
 */
#include "ops_test.h"

#include "base/number.h"
#include "ops/outrank.h"
#include "table.h"

enum { MAX_ITEMS = 80, LEVELS = 4 };

/** An indicator or an aggregate of the framework. */
typedef struct {
    const char *id, *parent;
    int level;
    double direction, original, weight;
    double *x;
} item;

typedef struct {
    item item[MAX_ITEMS];
    size_t n_items, n; /* n: units */
    fixture *f;
} framework;

/** What a case asks for. */
typedef struct {
    const char *data, *normalise, *params;
    const char *op[LEVELS]; /* by which children of level 1, 2, 3 become their parents */
    bool alternative[LEVELS];
    double threshold; /* least share of children present, counted */
} recipe;

static const char treated[] = "treat/w5_logCT";
static const char with_holes[] = "inputs/asem_idata_na_A";

static const char *coinr(fixture *f, const char *name)
{
    return shared_path(f->arena, mera_arena_printf(f->arena, "golden/coinr/%s.csv", name));
}

static const table *golden(fixture *f, const char *name)
{
    const table *t = table_read(f->arena, coinr(f, name));
    if (t == NULL) {
        print_message("skipped: there is no %s\n", coinr(f, name));
        skip();
    }
    return t;
}

/* ---- the framework, from iMeta ---- */

/* The next field of a line; quotes are taken off. */
static char *meta_field(char **at)
{
    char *start = *at;
    if (*start == '"') {
        char *end = strchr(start + 1, '"');
        *end = '\0';
        *at = end + (end[1] == ',' ? 2 : 1);
        return start + 1;
    }
    char *comma = strchr(start, ',');
    if (comma == NULL) {
        *at = start + strlen(start);
        return start;
    }
    *comma = '\0';
    *at = comma + 1;
    return start;
}

static double meta_number(const char *text)
{
    double x = NAN;
    (void)mera_number_read(text, strlen(text), &x);
    return x;
}

/* Level,iCode,iName,Direction,Weight,Unit,Target,Denominator,Parent,Type */
static void meta_line(framework *w, char *line)
{
    const double level = meta_number(meta_field(&line));
    item it = {.id = meta_field(&line)};
    if (isnan(level)) {
        return;
    }
    it.level = (int)level;
    (void)meta_field(&line);
    it.direction = meta_number(meta_field(&line));
    it.original = meta_number(meta_field(&line));
    for (int skipped = 0; skipped < 3; skipped++) {
        (void)meta_field(&line);
    }
    it.parent = meta_field(&line);
    w->item[w->n_items++] = it;
}

static framework *framework_read(fixture *f)
{
    framework *w = mera_arena_zero(f->arena, 1, sizeof *w);
    const char *path = shared_path(f->arena, "data/asem/asem_imeta.csv");
    char *text = file_text(f->arena, path);
    if (text == NULL) {
        print_message("skipped: there is no %s\n", path);
        skip();
    }
    w->f = f;
    text = strchr(text, '\n') + 1;
    while (*text != '\0') {
        char *end = strchr(text, '\n');
        *end = '\0';
        meta_line(w, text);
        text = end + 1;
    }
    assert_int_equal(w->n_items, 60);
    return w;
}

/* ---- one case ---- */

/* Which row of the data a code of the results stands in; the code is the first or second field. */
static size_t case_row(fixture *f, const char *data, const char *code)
{
    char *text = file_text(f->arena, coinr(f, data));
    const bool second = strncmp(text, "uName,", 6) == 0;
    for (size_t row = 0; (text = strchr(text, '\n')) != NULL; row++) {
        char *line = ++text;
        const size_t length = strcspn(line, "\n");
        char *copy = mera_arena_strndup(f->arena, line, length);
        const char *first = meta_field(&copy);
        if (strcmp(second ? meta_field(&copy) : first, code) == 0) {
            return row;
        }
    }
    fail();
    return 0;
}

static void case_normalise(framework *w, const recipe *r, const table *expected)
{
    const table *data = golden(w->f, r->data);
    size_t *row = mera_arena_zero(w->f->arena, data->n, sizeof *row);
    assert_int_equal(data->n, expected->n);
    w->n = data->n;
    for (size_t i = 0; i < w->n; i++) {
        row[i] = case_row(w->f, r->data, expected->first[i]);
    }
    for (size_t j = 0; j < w->n_items; j++) {
        item *it = &w->item[j];
        it->x = mera_arena_zero(w->f->arena, w->n, sizeof *it->x);
        if (it->level != 1) {
            continue;
        }
        const double *x = table_column(data, it->id);
        assert_non_null(x);
        for (size_t i = 0; i < w->n; i++) {
            it->x[i] = it->direction * x[row[i]];
        }
        assert_int_equal(ops_run(w->f, r->normalise, r->params, it->x, w->n, it->x), MERA_OK);
    }
}

/* Takes back what fewer children than the threshold stand for. */
static void case_threshold(const recipe *r, const double *const *x, size_t k, size_t n, double *y)
{
    for (size_t i = 0; i < n; i++) {
        size_t present = 0;
        for (size_t j = 0; j < k; j++) {
            present += !isnan(x[j][i]);
        }
        y[i] = (double)present / (double)k < r->threshold ? NAN : y[i];
    }
}

static void case_node(framework *w, const recipe *r, item *parent)
{
    const double *x[MAX_ITEMS];
    double weight[MAX_ITEMS];
    size_t k = 0;
    for (size_t j = 0; j < w->n_items; j++) {
        if (strcmp(w->item[j].parent, parent->id) == 0) {
            weight[k] = r->alternative[parent->level - 2] ? w->item[j].weight : w->item[j].original;
            x[k++] = w->item[j].x;
        }
    }
    const char *op = r->op[parent->level - 2];
    const char *name = mera_arena_strndup(w->f->arena, op, strcspn(op, " "));
    const char *params = op[strlen(name)] == ' ' ? op + strlen(name) + 1 : "";
    assert_int_equal(ops_aggregate(w->f, name, params, x, weight, k, w->n, parent->x), MERA_OK);
    case_threshold(r, x, k, w->n, parent->x);
}

static void case_weights(framework *w)
{
    const table *alternative = golden(w->f, "inputs/weights_A");
    const double *weight = table_column(alternative, "Weight");
    for (size_t j = 0; j < w->n_items; j++) {
        for (size_t i = 0; i < alternative->n; i++) {
            if (strcmp(alternative->first[i], w->item[j].id) == 0) {
                w->item[j].weight = weight[i];
            }
        }
    }
}

static void check_case(fixture *f, const char *name, const recipe *r)
{
    const table *expected = golden(f, mera_arena_printf(f->arena, "aggregate/%s", name));
    framework *w = framework_read(f);
    size_t checked = 0;
    case_weights(w);
    case_normalise(w, r, expected);
    for (int level = 2; level <= LEVELS; level++) {
        for (size_t j = 0; j < w->n_items; j++) {
            item *it = &w->item[j];
            if (it->level == level) {
                const double *want = table_column(expected, it->id);
                case_node(w, r, it);
                assert_non_null(want);
                assert_column_of(it->id, it->x, want, w->n, 1e-9);
                checked++;
            }
        }
    }
    assert_int_equal(checked, 11);
}

/* ---- the cases ---- */

#define MINMAX "normalise.minmax", "range: [1, 100]"
#define EACH(op)   \
    {              \
        op, op, op \
    }
#define ORIGINAL            \
    {                       \
        false, false, false \
    }
#define ALTERNATIVE      \
    {                    \
        true, true, true \
    }

static void arithmetic_means_agree(void **state)
{
    const recipe original = {treated, MINMAX, EACH("aggregate.arithmetic"), ORIGINAL, 0};
    const recipe alternative = {treated, MINMAX, EACH("aggregate.arithmetic"), ALTERNATIVE, 0};
    const recipe by_level = {
        treated, MINMAX, EACH("aggregate.arithmetic"), {false, true, false}, 0};
    check_case(*state, "amean_orig", &original);
    check_case(*state, "amean_altA", &alternative);
    check_case(*state, "weights_by_level_A", &by_level);
}

static void arithmetic_means_of_other_scores_agree(void **state)
{
    const char *mean = "aggregate.arithmetic";
    const recipe z = {treated, "normalise.zscore", "", EACH(mean), ALTERNATIVE, 0};
    const recipe share = {treated, "normalise.percentile_rank", "", EACH(mean), ORIGINAL, 0};
    check_case(*state, "zscore_amean_altA", &z);
    check_case(*state, "prank_amean_orig", &share);
}

static void geometric_and_harmonic_means_agree(void **state)
{
    const recipe geometric = {treated, MINMAX, EACH("aggregate.geometric"), ALTERNATIVE, 0};
    const recipe harmonic = {treated, MINMAX, EACH("aggregate.harmonic"), ORIGINAL, 0};
    const recipe ranks = {treated, "normalise.rank", "", EACH("aggregate.geometric"), ALTERNATIVE,
                          0};
    check_case(*state, "gmean_altA", &geometric);
    check_case(*state, "hmean_orig", &harmonic);
    check_case(*state, "rank_gmean_altA", &ranks);
}

static void power_means_agree(void **state)
{
    const recipe square = {treated, MINMAX, EACH("aggregate.power exponent: 2"), ALTERNATIVE, 0};
    const recipe inverse = {treated, MINMAX, EACH("aggregate.power exponent: -1"), ALTERNATIVE, 0};
    check_case(*state, "genmean_p2_altA", &square);
    check_case(*state, "genmean_p-1_altA", &inverse);
}

static void another_mean_at_each_level_agrees(void **state)
{
    const recipe mixed = {treated,
                          MINMAX,
                          {"aggregate.arithmetic", "aggregate.geometric", "aggregate.arithmetic"},
                          ALTERNATIVE,
                          0};
    check_case(*state, "mixed_amean_gmean_amean_altA", &mixed);
}

static void means_with_missing_values_agree(void **state)
{
    const recipe mean = {with_holes, MINMAX, EACH("aggregate.arithmetic"), ALTERNATIVE, 0};
    const recipe strict = {with_holes, MINMAX, EACH("aggregate.arithmetic"), ORIGINAL, 0.8};
    const recipe geometric = {with_holes, MINMAX, EACH("aggregate.geometric"), ALTERNATIVE, 0.7};
    const recipe harmonic = {with_holes, MINMAX, EACH("aggregate.harmonic"), ALTERNATIVE, 0.5};
    check_case(*state, "na_amean_altA", &mean);
    check_case(*state, "na_amean_thresh_exact_D", &strict);
    check_case(*state, "na_gmean_altA", &geometric);
    check_case(*state, "na_hmean_altA", &harmonic);
}

/* COINr's a_genmean() loses a unit with a missing child; here it is left out as in other means. */
static void a_power_mean_drops_missing_children_as_other_means_do(void **state)
{
    fixture *f = *state;
    const double a[] = {3}, none[] = {NAN}, c[] = {9};
    const double *const x[] = {a, none, c}, w[] = {2, 1, 1};
    double y;
    assert_int_equal(ops_aggregate(f, "aggregate.power", "exponent: 2", x, w, 3, 1, &y), MERA_OK);
    assert_close(y, sqrt((2 * 9 + 81) / 3.0), 1e-14);
}

static void copeland_scores_agree(void **state)
{
    const char *mean = "aggregate.arithmetic", *copeland = "aggregate.copeland";
    const recipe pillars = {treated, MINMAX, {copeland, mean, mean}, ALTERNATIVE, 0};
    const recipe all = {treated, MINMAX, EACH(copeland), ALTERNATIVE, 0};
    check_case(*state, "copeland_pillars_altA", &pillars);
    check_case(*state, "copeland_all_levels_altA", &all);
}

typedef struct {
    double *e;
    size_t n;
} matrix;

static void matrix_visit(void *data, size_t a, size_t first, size_t n, const double *lead)
{
    const matrix *m = data;
    for (size_t i = 0; i < n; i++) {
        m->e[a * m->n + first + i] = (1 + lead[i]) / 2;
        m->e[(first + i) * m->n + a] = (1 - lead[i]) / 2;
    }
}

static void the_outranking_matrix_agrees(void **state)
{
    fixture *f = *state;
    static const char *const pillar[] = {"Physical", "ConEcFin", "Political", "Instit",
                                         "P2P",      "Environ",  "Social",    "SusEcFin"};
    const table *in = golden(f, "pipeline/asem_example_all_steps.aggregated");
    const table *want = golden(f, "outrank/pillars"),
                *scores = golden(f, "outrank/pillars.copeland");
    const mera_outrank_rule plain = {.indifference = 0, .veto = NAN};
    const double *x[8], w[] = {1, 2, 3, 4, 5, 6, 7, 8};
    matrix m = {.n = in->n};
    m.e = mera_arena_zero(f->arena, in->n * in->n, sizeof *m.e);
    double *y = mera_arena_zero(f->arena, in->n, sizeof *y);
    for (size_t j = 0; j < 8; j++) {
        x[j] = table_column(in, pillar[j]);
    }
    const mera_children children = {.n = in->n, .k = 8, .x = x, .w = w, .total = 36};
    assert_int_equal(mera_outrank_each(NULL, &f->ctx, &children, &plain, matrix_visit, &m),
                     MERA_OK);
    for (size_t a = 0; a < in->n; a++) {
        for (size_t b = 0; b < in->n; b++) {
            assert_close(m.e[a * in->n + b], want->x[b + 1][a], 1e-9);
        }
    }
    assert_int_equal(ops_aggregate(f, "aggregate.copeland", "", x, w, 8, in->n, y), MERA_OK);
    assert_column_of("copeland", y, scores->x[1], in->n, 1e-9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        OPS_TEST(arithmetic_means_agree),
        OPS_TEST(arithmetic_means_of_other_scores_agree),
        OPS_TEST(geometric_and_harmonic_means_agree),
        OPS_TEST(power_means_agree),
        OPS_TEST(another_mean_at_each_level_agrees),
        OPS_TEST(means_with_missing_values_agree),
        OPS_TEST(a_power_mean_drops_missing_children_as_other_means_do),
        OPS_TEST(copeland_scores_agree),
        OPS_TEST(the_outranking_matrix_agrees),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
