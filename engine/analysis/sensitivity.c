/* SPDX-License-Identifier: Apache-2.0 */
/** @file What moves the places: a Sobol' design over everything that is open (mera/variance.h). */
#include "analysis/sensitivity.h"

#include <string.h>

#include "base/math.h"
#include "base/text.h"

#define SENSE_B (UINT64_C(1) << 40) /* draws of design B are numbered from here */
#define SENSE_WIDE 0.1

enum {
    SENSE_RUNS = 20000,
    SENSE_ROWS = 64,        /* to begin with */
    SENSE_ROWS_LEAST = 256, /* before intervals are believed */
    SENSE_STAGES = 32,
    SENSE_QUICK = 100,      /* resamples on the way */
    SENSE_BYTES = 16 << 20, /* of places at a time */
    SENSE_CELLS = 64 << 20, /* work between two calls of progress */
};

/* ---- inputs ---- */

static bool sense_among(const char *word, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (mera_streq(word, words[i])) {
            return true;
        }
    }
    return false;
}

/* The step of the pipeline that a setting belongs to: the last segment that names one. */
static const char *sense_step_of_path(const char *path, mera_arena *arena)
{
    static const char *const steps[] = {"denominate", "screen",    "impute",  "treat",
                                        "normalise",  "aggregate", "weights", "then"};
    const char *found = NULL;
    for (const char *at = path; *at != '\0';) {
        const size_t n = strcspn(at, ".");
        const char *word = mera_arena_strndup(arena, at, n);
        if (word != NULL && mera_streq(word, "weight")) {
            found = "weights";
        } else if (word != NULL && sense_among(word, steps, sizeof steps / sizeof *steps)) {
            found = word;
        }
        at += n + (at[n] == '.');
    }
    const char *first = mera_arena_strndup(arena, path, strcspn(path, "."));
    return found != NULL ? found : first != NULL ? first : path;
}

static const char *sense_step(const mera_factor *f, mera_arena *arena)
{
    switch (f->kind) {
    case MERA_FACTOR_VARIANT:
        return "variants";
    case MERA_FACTOR_DROP:
        return "inclusion";
    case MERA_FACTOR_NOISE:
        return "data";
    case MERA_FACTOR_IMPUTED:
        return "impute";
    default:
        return sense_step_of_path(f->path[0], arena);
    }
}

/* Weights and factors as inputs, those of one step together when asked. */
static mera_code sense_inputs(sense_run *s)
{
    mera_joint *joint = s->joint;
    mera_variance_input *input;
    MERA_TRY_NEW(input, s->arena, joint->n_factors);
    MERA_TRY_NEW(s->active, s->arena, joint->n_factors);
    MERA_TRY_NEW(s->group, s->arena, joint->n_factors);
    for (size_t f = joint->weights ? 0 : 1; f < joint->n_factors; f++) {
        const mera_factor *factor = f > 0 ? mera_joint_factor(joint, f) : NULL;
        const char *step = factor != NULL ? sense_step(factor, s->arena) : "weights";
        size_t g = 0;
        while (g < s->out->n_inputs && !(s->ask->by_step && mera_streq(input[g].step, step))) {
            g++;
        }
        if (g == s->out->n_inputs) {
            input[s->out->n_inputs++] = (mera_variance_input){.id = s->ask->by_step  ? step
                                                                    : factor != NULL ? factor->id
                                                                                     : "weights",
                                                              .step = step};
        }
        s->group[s->n_active] = g;
        s->active[s->n_active++] = f;
    }
    s->out->input = input;
    return MERA_OK;
}

/* ---- runs ---- */

/* Inputs of some rows of A and B: those of all parts. */
static mera_code sense_designs(const sense_run *s, size_t first, size_t count, mera_arena *arena,
                               double **a, double **b)
{
    const mera_sobol_design design = {.n = s->room,
                                      .k = s->n_active,
                                      .seed = s->joint->seed,
                                      .swapped = s->parts > 2 + s->out->n_inputs};
    MERA_TRY_NEW(*a, arena, count * s->n_active);
    MERA_TRY_NEW(*b, arena, count * s->n_active);
    MERA_TRY(mera_sobol_inputs(&design, first, count, arena, *a));
    return mera_sobol_inputs(&design, s->room + first, count, arena, *b);
}

/* The point of a row of a part: whose inputs are from A, whose from B. */
static void sense_point(const sense_run *s, size_t part, size_t row, const double *a,
                        const double *b, double *u, uint64_t *number)
{
    const size_t all = s->joint->n_factors, groups = s->out->n_inputs;
    const bool of_b = part == 1 || part >= 2 + groups;
    const size_t group = part < 2 ? SIZE_MAX : (part - 2) % groups;
    for (size_t f = 0; f < all; f++) {
        u[f] = 0.5;
        number[f] = row;
    }
    for (size_t j = 0; j < s->n_active; j++) {
        const bool from_b = of_b != (s->group[j] == group);
        u[s->active[j]] = (from_b ? b : a)[j];
        number[s->active[j]] = (from_b ? SENSE_B : 0) + row;
    }
}

typedef struct sense_batch {
    double *u;
    uint64_t *number;
    joint_outcome out;
} sense_batch;

static mera_code sense_batch_new(const sense_run *s, size_t count, mera_arena *arena,
                                 sense_batch *out)
{
    const size_t all = s->joint->n_factors;
    MERA_TRY_NEW(out->u, arena, count * s->parts * all);
    MERA_TRY_NEW(out->number, arena, count * s->parts * all);
    out->out.score = NULL;
    return mera_joint_outcome_new(s->joint, count * s->parts, arena, &out->out);
}

/* Some rows of all parts, which share weights and combinations; one row's parts after the other's.
 */
static mera_code sense_rows(sense_run *s, size_t first, size_t count, mera_arena *arena)
{
    const size_t all = s->joint->n_factors, n = s->joint->n, runs = count * s->parts;
    sense_batch b;
    double *of_a, *of_b;
    MERA_TRY(sense_batch_new(s, count, arena, &b));
    MERA_TRY(sense_designs(s, first, count, arena, &of_a, &of_b));
    for (size_t i = 0; i < runs; i++) {
        const size_t at = i / s->parts * s->n_active;
        sense_point(s, i % s->parts, first + i / s->parts, of_a + at, of_b + at, b.u + i * all,
                    b.number + i * all);
    }
    const joint_points points = {.count = runs, .u = b.u, .number = b.number};
    MERA_TRY(mera_joint_run(s->joint, &points, &b.out));
    for (size_t i = 0; i < runs; i++) {
        const bool failed = b.out.failure[i] != 0;
        mera_sense_place(s, i % s->parts, first + i / s->parts,
                         failed ? NULL : b.out.place + i * n);
        s->out->failed += failed;
    }
    return MERA_OK;
}

/* Once stopped it stays so. */
static bool sense_goes_on(sense_run *s)
{
    const mera_variance_ask *ask = s->ask;
    s->out->stopped =
        s->out->stopped || (ask->progress != NULL &&
                            !ask->progress(ask->context, s->rows * s->parts, s->room * s->parts));
    return !s->out->stopped;
}

static mera_code sense_until(sense_run *s, size_t rows)
{
    const size_t row = s->parts * s->joint->n, cells = row * s->joint->m->n_indicators;
    size_t most = SENSE_BYTES / (row * sizeof(uint16_t));
    most = SENSE_CELLS / cells < most ? SENSE_CELLS / cells : most;
    most = most < MERA_TILE ? MERA_TILE : most;
    most = s->ask->block > 0 ? s->ask->block : most;
    mera_arena *arena = mera_arena_new();
    mera_code code = arena != NULL ? MERA_OK : MERA_ENOMEM;
    while (code == MERA_OK && s->rows < rows && sense_goes_on(s)) {
        const mera_arena_mark mark = mera_arena_mark_now(arena);
        const size_t left = rows - s->rows, count = left < most ? left : most;
        code = sense_rows(s, s->rows, count, arena);
        s->rows += count;
        mera_arena_rewind(arena, mark);
    }
    mera_arena_free(arena);
    return code;
}

/* ---- indices ---- */

/* The outcome asked for, by parts of the first rows. */
static mera_code sense_outcomes(const sense_run *s, size_t rows, double **out)
{
    size_t at = 0;
    while (s->ask->unit != SIZE_MAX && s->joint->unit[at] != s->ask->unit) {
        at++;
    }
    MERA_TRY_NEW(*out, s->arena, s->parts * rows);
    for (size_t part = 0; part < s->parts; part++) {
        for (size_t r = 0; r < rows; r++) {
            const size_t cell = part * s->room + r;
            (*out)[part * rows + r] = s->ask->unit == SIZE_MAX || isnan(s->shift[cell])
                                          ? s->shift[cell]
                                          : (double)s->place[cell * s->joint->n + at];
        }
    }
    return MERA_OK;
}

static mera_code sense_indices(const sense_run *s, size_t rows, size_t resamples, mera_sobol *out)
{
    mera_sobol_ask ask = {.n = rows,
                          .d = s->out->n_inputs,
                          .swapped = s->parts > 2 + s->out->n_inputs,
                          .first = s->ask->first,
                          .total = s->ask->total,
                          .resamples = resamples,
                          .seed = s->joint->seed};
    double *y;
    MERA_TRY(sense_outcomes(s, rows, &y));
    ask.y = y;
    return mera_sobol_of(&ask, s->arena, s->diags, out);
}

static double sense_widest(const sense_run *s, const mera_sobol *sobol)
{
    double widest = 0;
    for (size_t i = 0; i < s->out->n_inputs; i++) {
        const double wide = sobol->index[i].total.high - sobol->index[i].total.low;
        widest = wide > widest || isnan(wide) ? wide : widest;
    }
    return widest;
}

/* Estimates of the first rows, all of which are there. Only the width is kept: outcomes are as many
 * as runs. */
static mera_code sense_stage(sense_run *s, size_t rows, mera_variance_stage *stage)
{
    const mera_arena_mark mark = mera_arena_mark_now(s->arena);
    mera_sobol sobol;
    MERA_TRY(sense_indices(s, rows, SENSE_QUICK, &sobol));
    const double widest = sense_widest(s, &sobol);
    mera_arena_rewind(s->arena, mark);
    *stage = (mera_variance_stage){.rows = rows, .runs = rows * s->parts, .widest = widest};
    s->out->n_stages++;
    s->out->settled =
        rows >= SENSE_ROWS_LEAST && rows >= s->kept && (widest <= s->out->wide || isnan(widest));
    return MERA_OK;
}

static mera_code sense_converge(sense_run *s)
{
    mera_variance_stage *stage;
    size_t done = 0;
    MERA_TRY_NEW(stage, s->arena, SENSE_STAGES);
    s->out->stage = stage;
    for (size_t rows = SENSE_ROWS; !s->out->settled && rows <= s->room; rows *= 2) {
        MERA_TRY(sense_until(s, rows));
        const size_t now = s->rows < rows ? s->rows : rows;
        s->out->rows = s->rows;
        s->out->runs = s->rows * s->parts;
        if (now < SENSE_ROWS) {
            return mera_fail(s->diags, MERA_ELIMIT, "stopped", MERA_NOWHERE,
                             "stopped before the first %d rows were done", SENSE_ROWS);
        }
        if (now == done) {
            break; /* stopped between two stages */
        }
        MERA_TRY(sense_stage(s, now, &stage[s->out->n_stages]));
        done = now;
    }
    return sense_indices(s, s->rows, 0, &s->out->sobol);
}

/* ---- all ---- */

static mera_code sense_too_few(const sense_run *s)
{
    const mera_code code = mera_fail(
        s->diags, MERA_EINPUT, "one-input", MERA_NOWHERE,
        "`uncertainty:` leaves %s open, and what moves the places is told between two or more",
        s->out->n_inputs == 0 ? "nothing" : s->out->input[0].id);
    mera_hint(s->diags, "add `factors:`, for example: {scale: {set: steps.normalise, choices: "
                        "[minmax, zscore]}, inclusion: {drop: one}}");
    return code;
}

static mera_code sense_no_rows(const sense_run *s)
{
    const mera_robust_failure *f = &s->joint->failure[0];
    const mera_code code = mera_fail(
        s->diags, MERA_EINPUT, "no-answer", MERA_NOWHERE,
        "%zu of %zu rows have a run without scores, too many to tell; the first with %s: %s",
        s->out->sobol.failed, s->rows, f->choices, f->reason);
    mera_hint(s->diags, "take choices that do not go together out of `uncertainty: factors:`");
    return code;
}

/* The largest design that the runs allow: rows are a power of 2. */
static size_t sense_room(const sense_run *s)
{
    const size_t runs = s->ask->runs > 0 ? s->ask->runs : SENSE_RUNS;
    size_t rows = SENSE_ROWS;
    while (2 * rows * s->parts <= runs && 2 * rows < UINT32_MAX) {
        rows *= 2;
    }
    return rows;
}

static mera_code sense_wants_swapped(const sense_run *s, bool *out)
{
    const char *name[] = {s->ask->first, s->ask->total};
    *out = false;
    for (size_t i = 0;; i++) {
        const mera_sobol_estimator *e = mera_sobol_estimator_get(i);
        if (e == NULL) {
            return MERA_OK;
        }
        *out =
            *out || (name[e->total] != NULL && mera_streq(e->name, name[e->total]) && e->swapped);
    }
}

static mera_code sense_all(sense_run *s)
{
    bool swapped;
    MERA_TRY(sense_inputs(s));
    if (s->out->n_inputs < 2) {
        return sense_too_few(s);
    }
    MERA_TRY(sense_wants_swapped(s, &swapped));
    s->parts = 2 + s->out->n_inputs * (swapped ? 2 : 1);
    s->room = sense_room(s);
    MERA_TRY(mera_sense_places_open(s));
    if (s->ask->unit != SIZE_MAX && s->place == NULL) {
        return mera_fail(s->diags, MERA_ELIMIT, "places", MERA_NOWHERE,
                         "places of %zu units in %zu runs take too much memory: allow fewer runs",
                         s->joint->n, s->room * s->parts);
    }
    MERA_TRY(mera_sense_take_up(s));
    MERA_TRY(sense_converge(s));
    s->out->failure = s->joint->failure;
    s->out->n_failures = s->joint->n_failures;
    s->out->combinations = s->joint->n_prepared;
    return s->out->sobol.n < SENSE_ROWS / 2 ? sense_no_rows(s) : mera_sense_units(s);
}

mera_code mera_variance_of(mera_plan *plan, const mera_result *result, const mera_variance_ask *ask,
                           mera_arena *arena, mera_diags *diags, mera_variance *out)
{
    const mera_robust_ask robust_ask = {
        .node = ask->node, .period = ask->period, .threads = ask->threads};
    mera_robust robust;
    robust_run run = {.plan = plan,
                      .result = result,
                      .ask = &robust_ask,
                      .out = &robust,
                      .arena = arena,
                      .diags = diags};
    sense_run s = {.ask = ask, .out = out, .arena = arena, .diags = diags};
    *out = (mera_variance){.node = ask->node,
                           .period = ask->period,
                           .unit = ask->unit,
                           .wide = ask->wide > 0 ? ask->wide : SENSE_WIDE};
    MERA_TRY(mera_robust_begin(&run));
    out->rules = robust.rules;
    if (ask->unit != SIZE_MAX && (ask->unit >= result->n_units || isnan(robust.score[ask->unit]))) {
        return mera_fail(diags, MERA_EUSAGE, "no-place", MERA_NOWHERE, "the unit has no place");
    }
    s.mark = mera_robust_mark(&run);
    mera_code code = mera_joint_open(&run, &s.joint);
    code = code == MERA_OK ? sense_all(&s) : code;
    if (ask->keep && s.rows > 0 && (code == MERA_OK || code == MERA_ELIMIT)) {
        const mera_code kept = mera_sense_keep(&s);
        code = code == MERA_OK ? kept : code;
    }
    code = code == MERA_OK ? mera_sense_order(&s) : code;
    mera_joint_close(s.joint);
    return code;
}
