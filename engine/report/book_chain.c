/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * A chain of normalisers as a formula over cells: turned where lower is better, rescaled between
 * bounds that stand on the sheet of scales, standardised, ranked, rounded. Beside the text stand
 * the numbers, so that it can be seen whether the formula gives what the engine gave.
 */
#include "report/book.h"

#include <string.h>

#include "base/math.h"
#include "base/number.h"

/* ---- parameters ---- */

static const mera_param *chain_param(const mera_op *op, const char *name)
{
    for (const mera_param *p = op->params; p != NULL && p->name != NULL; p++) {
        if (strcmp(p->name, name) == 0) {
            return p;
        }
    }
    return NULL;
}

double book_param(const mera_use *use, const char *name, size_t i)
{
    const mera_param *p = chain_param(use->op, name);
    const char *at = p != NULL ? (const char *)use->params + p->offset : NULL;
    if (at == NULL) {
        return NAN;
    }
    switch (p->type) {
    case MERA_PARAM_F64:
        return *(const double *)at;
    case MERA_PARAM_INT:
        return (double)*(const int64_t *)at;
    case MERA_PARAM_BOOL:
        return *(const bool *)at ? 1 : 0;
    case MERA_PARAM_ENUM:
        return *(const int *)at;
    case MERA_PARAM_F64_LIST:
        return i < ((const mera_f64_list *)at)->n ? ((const mera_f64_list *)at)->v[i] : NAN;
    default:
        return NAN;
    }
}

static bool chain_chosen(const mera_use *use, const char *name, const char *choice)
{
    const mera_param *p = chain_param(use->op, name);
    return p != NULL && p->type == MERA_PARAM_ENUM &&
           strcmp(p->choices[(size_t)book_param(use, name, 0)], choice) == 0;
}

bool book_grouping(const mera_use_list *uses, const char **by)
{
    *by = NULL;
    for (size_t u = 0; u < uses->n; u++) {
        const char *own = uses->v[u].op->fit != NULL ? uses->v[u].reference.by : NULL;
        if (own != NULL && *by != NULL && strcmp(own, *by) != 0) {
            return false;
        }
        *by = own != NULL ? own : *by;
    }
    return true;
}

/* ---- fits ---- */

static bool chain_is_fit(const book *b, const mera_fit_record *fit, const mera_use *use, size_t nth,
                         const book_subject *s, const char *group)
{
    return fit->op == use->op && fit->nth == nth && mera_streq(fit->group, group) &&
           (use->reference.period != MERA_PERIOD_OWN ||
            mera_streq(fit->period, b->r->period[s->period]));
}

/** The fit that a unit of the group falls under, or SIZE_MAX. */
static size_t chain_fit(const book *b, const mera_use_list *uses, size_t u, const book_subject *s)
{
    const mera_use *use = &uses->v[u];
    const char *group = use->reference.by != NULL ? s->group : NULL;
    const size_t subject = book_subject_of(b, s->indicator, s->node);
    size_t nth = 0;
    for (size_t i = 0; i < u; i++) {
        nth += uses->v[i].op == use->op;
    }
    for (size_t round = 0; round < 2; round++, group = NULL) {
        for (size_t i = b->fit_start[subject]; i < b->fit_start[subject + 1]; i++) {
            if (chain_is_fit(b, &b->r->fit[b->fit[i]], use, nth, s, group)) {
                return b->fit[i];
            }
        }
    }
    return SIZE_MAX;
}

/* ---- one operation ---- */

/** What is known while a chain is being written. */
typedef struct chain_run {
    book *b;
    const mera_use *use;
    const book_subject *s;
    book_chain *chain;
    const mera_fit_record *fit;
    size_t scale; /**< row of the fit on the sheet of scales */
    bool first, lower;
} chain_run;

static mera_code chain_step(chain_run *run, book_step step, const char *text)
{
    MERA_TRY_PTR(text);
    run->chain->text = text;
    run->chain->step[run->chain->n++] = step;
    return MERA_OK;
}

/** The text in brackets unless it is one cell. */
static const char *chain_inner(const chain_run *run)
{
    return run->first && strpbrk(run->chain->text, "(-+*/") == NULL
               ? run->chain->text
               : mera_arena_printf(run->b->arena, "(%s)", run->chain->text);
}

static const char *chain_scale(const chain_run *run, book_page page, size_t column)
{
    return book_cell(run->b, page, BOOK_SCALES, run->scale, column);
}

static book_page chain_page(const chain_run *run)
{
    return run->s->node == SIZE_MAX ? BOOK_POINTS : BOOK_SCORES;
}

/** Values of an indicator where lower is better, or a range is wished for, are turned first. */
static mera_code chain_direct(chain_run *run, const double target[2])
{
    const char *x = run->chain->text;
    char low[32], high[32];
    if (run->s->direction == MERA_LOWER) {
        return chain_step(run, (book_step){.kind = STEP_TURN},
                          mera_arena_printf(run->b->arena, "-%s", x));
    }
    mera_number_write(target[0], low);
    mera_number_write(target[1], high);
    return chain_step(run, (book_step){.kind = STEP_TARGET, .p = {target[0], target[1]}},
                      mera_arena_printf(run->b->arena, "-MAX(0,%s-%s,%s-%s)", low, x, x, high));
}

/** A cell, or its logarithm. */
static const char *chain_log(const chain_run *run, const char *cell)
{
    return cell == NULL || book_param(run->use, "log", 0) == 0
               ? cell
               : mera_arena_printf(run->b->arena, "LN(%s)", cell);
}

/** The arithmetic is the engine's, operation by operation, so that equal values stay equal points
 * and share a place: points at the worse bound, and a part of those between the bounds. */
static const char *chain_line_text(const chain_run *run, bool below, bool above)
{
    const book_page page = chain_page(run);
    const char *from = chain_scale(run, page, SCALES_FROM),
               *span = chain_scale(run, page, SCALES_SPAN),
               *width = chain_scale(run, page, SCALES_WIDTH), *x = chain_log(run, chain_inner(run)),
               *bound =
                   chain_log(run, chain_scale(run, page, run->lower ? SCALES_HIGH : SCALES_LOW));
    if (from == NULL || span == NULL || width == NULL || bound == NULL || x == NULL) {
        return NULL;
    }
    const char *open = below && above ? "MAX(0,MIN(1," : below ? "MAX(0," : above ? "MIN(1," : "(";
    return mera_arena_printf(run->b->arena, "%s+%s*%s(%s-%s)/%s%s", from, span, open,
                             run->lower ? bound : x, run->lower ? x : bound, width,
                             below && above ? "))" : ")");
}

static mera_code chain_line(chain_run *run)
{
    const bool both = chain_chosen(run->use, "clamp", "both");
    const bool below = both || chain_chosen(run->use, "clamp", "below");
    const bool above = both || chain_chosen(run->use, "clamp", "above");
    const double *v = run->fit->fitted.v;
    const book_step step = {
        .kind = book_param(run->use, "log", 0) != 0 ? STEP_LOG_LINE : STEP_LINE,
        .p = {v[run->lower ? 1 : 0], v[run->lower ? 0 : 1], book_param(run->use, "range", 0),
              book_param(run->use, "range", 1), below ? 0 : -INFINITY, above ? 1 : INFINITY}};
    return chain_step(run, step, chain_line_text(run, below, above));
}

static mera_code chain_deviation(chain_run *run)
{
    const book_page page = chain_page(run);
    const char *x = chain_inner(run), *mean = chain_scale(run, page, SCALES_LOW),
               *sd = chain_scale(run, page, SCALES_HIGH),
               *from = chain_scale(run, page, SCALES_FROM), *to = chain_scale(run, page, SCALES_TO);
    if (x == NULL || mean == NULL || sd == NULL || from == NULL || to == NULL) {
        return MERA_ENOMEM;
    }
    const book_step step = {.kind = STEP_DEVIATION,
                            .p = {run->fit->fitted.v[0],
                                  (run->lower ? -1 : 1) * run->fit->fitted.v[1],
                                  book_param(run->use, "mean", 0), book_param(run->use, "sd", 0)}};
    return chain_step(run, step,
                      mera_arena_printf(run->b->arena, "%s+%s*((%s-%s)/%s)", from, to,
                                        run->lower ? mean : x, run->lower ? x : mean, sd));
}

static mera_code chain_factor(chain_run *run)
{
    char factor[32], offset[32];
    const double a = book_param(run->use, "factor", 0), c = book_param(run->use, "offset", 0);
    const char *x = chain_inner(run);
    MERA_TRY_PTR(x);
    mera_number_write(a, factor);
    mera_number_write(c, offset);
    return chain_step(run, (book_step){.kind = STEP_SCALE, .p = {a, c}},
                      mera_arena_printf(run->b->arena, "%s*%s+%s", factor, x, offset));
}

static mera_code chain_round(chain_run *run, mera_rounding how)
{
    return chain_step(
        run, (book_step){.kind = STEP_ROUND, .p = {how.digits, how.mode}},
        mera_arena_printf(run->b->arena, "ROUND(%s,%d)", run->chain->text, how.digits));
}

/** How many values of a period are there. */
static size_t chain_present(const book *b, size_t indicator, size_t period)
{
    const double *x = b->r->indicator[indicator].stage[MERA_STAGE_TREATED];
    size_t n = 0;
    for (size_t i = 0; i < b->r->n_units; i++) {
        n += !isnan(x[period * b->r->n_units + i]);
    }
    return n;
}

/** Places among all units of the period: RANK, which every program knows, gives the least of equal
 * values; what the others have to be is counted. */
static mera_code chain_rank(chain_run *run)
{
    const char *x = run->chain->text;
    const bool mean = chain_chosen(run->use, "ties", "mean"),
               max = chain_chosen(run->use, "ties", "max"),
               min = chain_chosen(run->use, "ties", "min");
    const bool borda = strcmp(run->use->op->name, "normalise.borda") == 0;
    const bool unit = !borda && chain_chosen(run->use, "scale", "unit");
    const bool falling = run->lower != (!borda && chain_chosen(run->use, "best", "one"));
    const bool own = run->first && run->s->indicator != SIZE_MAX && run->fit->group == NULL &&
                     run->s->direction != MERA_TARGET && (mean || max || min) &&
                     run->fit->fitted.n == chain_present(run->b, run->s->indicator, run->s->period);
    if (!own) {
        run->chain->why = MERA_WORD_BOOK_WHY_REFERENCE;
        return MERA_OK;
    }
    const char *range = book_value_range(run->b, run->s->indicator,
                                         run->s->period * run->b->r->n_units, run->b->r->n_units);
    const char *text = range == NULL ? NULL
                                     : mera_arena_printf(run->b->arena, "RANK(%s,%s,%d)", x, range,
                                                         falling ? 0 : 1);
    if (text != NULL && !min) {
        text = mera_arena_printf(run->b->arena, "%s+(COUNTIF(%s,%s)-1)%s", text, range, x,
                                 mean ? "/2" : "");
    }
    if (text != NULL && (borda || unit)) {
        text = unit ? mera_arena_printf(run->b->arena, "(%s-1)/(COUNT(%s)-1)", text, range)
                    : mera_arena_printf(run->b->arena, "%s-1", text);
    }
    return chain_step(run, (book_step){.kind = STEP_GIVEN}, text);
}

/* ---- the chain ---- */

typedef struct chain_word {
    const char *op;
    mera_code (*say)(chain_run *run);
    bool scaled;     /**< its numbers are on the sheet of scales */
    bool undirected; /**< says itself what `lower` means, as the first of a chain */
} chain_word;

static const chain_word chain_words[] = {
    {"normalise.minmax", chain_line, true, true},
    {"normalise.goalposts", chain_line, true, true},
    {"normalise.zscore", chain_deviation, true, true},
    {"normalise.rank", chain_rank, false, true},
    {"normalise.borda", chain_rank, false, true},
    {"normalise.scale", chain_factor, false, false},
    {"normalise.none", NULL, false, false},
    {"normalise.round", NULL, false, false},
};

static const chain_word *chain_find(const mera_op *op)
{
    for (size_t i = 0; i < sizeof chain_words / sizeof *chain_words; i++) {
        if (op->plugin == NULL && strcmp(op->name, chain_words[i].op) == 0) {
            return &chain_words[i];
        }
    }
    return NULL;
}

static mera_code chain_use(chain_run *run, const chain_word *word)
{
    if (word->say != NULL) {
        MERA_TRY(word->say(run));
    }
    if (strcmp(word->op, "normalise.round") == 0) {
        const mera_rounding_mode mode =
            book_param(run->use, "mode", 0) == 0 ? MERA_ROUND_HALF_UP : MERA_ROUND_HALF_EVEN;
        const mera_rounding how = {mode, (int)book_param(run->use, "digits", 0)};
        MERA_TRY(chain_round(run, how));
    }
    return run->use->round.mode == MERA_ROUND_NONE ? MERA_OK : chain_round(run, run->use->round);
}

mera_code book_chain_add(book *b, const mera_use_list *uses, const book_subject *subject,
                         book_chain *chain)
{
    const chain_word *first = uses->n > 0 ? chain_find(uses->v[0].op) : NULL;
    chain_run run = {.b = b, .s = subject, .chain = chain, .first = true};
    const bool itself = first != NULL && first->undirected && subject->direction == MERA_LOWER;
    if (subject->direction != MERA_HIGHER && !itself) {
        MERA_TRY(chain_direct(&run, subject->target));
    }
    for (size_t u = 0; u < uses->n && chain->why == MERA_N_WORDS; u++, run.first = false) {
        const chain_word *word = chain_find(uses->v[u].op);
        const size_t fit = uses->v[u].op->fit != NULL ? chain_fit(b, uses, u, subject) : SIZE_MAX;
        run.use = &uses->v[u];
        run.fit = fit != SIZE_MAX ? &b->r->fit[fit] : NULL;
        run.scale = fit != SIZE_MAX ? b->scale_row[fit] : SIZE_MAX;
        run.lower = run.first && itself;
        if (word == NULL || chain->n + 3 > BOOK_STEPS) {
            chain->why = MERA_WORD_BOOK_WHY_OPERATION;
            chain->op = run.use->op;
        } else if (uses->v[u].op->fit != NULL &&
                   (run.fit == NULL || (word->scaled && run.scale == SIZE_MAX))) {
            chain->why = MERA_WORD_BOOK_WHY_REFERENCE;
        } else {
            MERA_TRY(chain_use(&run, word));
        }
    }
    chain->text = chain->why == MERA_N_WORDS ? chain->text : NULL;
    return MERA_OK;
}

/* ---- what it gives ---- */

static double chain_one(const book_step *s, double x)
{
    double t;
    switch (s->kind) {
    case STEP_TURN:
        return -x;
    case STEP_TARGET:
        t = s->p[0] - x > x - s->p[1] ? s->p[0] - x : x - s->p[1];
        return t > 0 ? -t : 0;
    case STEP_LOG_LINE:
    case STEP_LINE:
        t = s->kind == STEP_LINE
                ? (x - s->p[0]) / (s->p[1] - s->p[0])
                : (mera_log(x) - mera_log(s->p[0])) / (mera_log(s->p[1]) - mera_log(s->p[0]));
        t = t < s->p[4] ? s->p[4] : t > s->p[5] ? s->p[5] : t;
        return s->p[2] + (s->p[3] - s->p[2]) * t;
    case STEP_DEVIATION:
        return s->p[2] + s->p[3] * (x - s->p[0]) / s->p[1];
    case STEP_SCALE:
        return s->p[0] * x + s->p[1];
    case STEP_ROUND:
        return mera_round(x, (mera_rounding){MERA_ROUND_HALF_UP, (int)s->p[0]});
    case STEP_GIVEN:
        break;
    }
    return x;
}

double book_chain_value(const book_chain *chain, double x)
{
    for (size_t i = 0; i < chain->n; i++) {
        if (chain->step[i].kind == STEP_GIVEN) {
            return INFINITY; /* a place among others: not of this value alone */
        }
        x = chain_one(&chain->step[i], x);
    }
    return x;
}

bool book_is(double made, double x)
{
    const double size = x < 0 ? -x : x, off = made - x;
    return made == INFINITY || (off < 0 ? -off : off) <= 1e-10 * (size > 1 ? size : 1);
}
