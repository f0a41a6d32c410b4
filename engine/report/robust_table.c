/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * How sure places are, for a terminal: "14 (11–19)" with a drawing of the interval, bands and
 * chances; a summary; then what holds without drawing.
 */
#include "report/grid.h"
#include "report/robust_words.h"

#include "base/math.h"

enum {
    ROBUST_BAR = 20,
    ROBUST_COLUMNS = 5 + MERA_TOPS,
    ROBUST_PAIRS = 5,
    ROBUST_FIRSTS = 6,
    ROBUST_FAILURES = 8
};

typedef struct robust_page {
    const mera_robust *robust;
    const mera_robust_view *view;
    mera_arena *arena;
    mera_text *out;
} robust_page;

static const char *robust_word(const robust_page *p, mera_word word)
{
    return mera_word_in(word, p->view->view.language);
}

static const char *robust_title_of(const robust_page *p, mera_title title, const char *id)
{
    const char *text = mera_title_in(title, p->view->view.language);
    return text != NULL ? text : id;
}

static const char *robust_name(const robust_page *p, size_t unit)
{
    return p->view->result->data->unit_name[unit];
}

static const char *robust_part(const robust_page *p, size_t j)
{
    const mera_methodology *m = p->view->result->methodology;
    const mera_robust_part *part = &p->robust->part[j];
    const mera_title title =
        part->is_indicator ? m->indicator[part->index].title : m->node[part->index].title;
    const char *id = part->is_indicator ? m->indicator[part->index].id : m->node[part->index].id;
    return robust_title_of(p, title, id);
}

/** A share of draws: 0 and 100 mean never and always. */
static const char *robust_chance(const robust_page *p, double share)
{
    const char *near = share > 0 && share < 0.005   ? "<1%"
                       : share < 1 && share > 0.995 ? ">99%"
                                                    : NULL;
    return near != NULL ? near : mera_arena_printf(p->arena, "%.0f%%", 100 * share);
}

static const char *robust_percent(const robust_page *p, double share)
{
    return isnan(share) ? "–" : mera_arena_printf(p->arena, "%.1f%%", 100 * share);
}

/* ---- head ---- */

static void robust_factors(const robust_page *p)
{
    const mera_uncertainty *rules = &p->robust->rules;
    mera_text_addf(p->out, "\n%s: ", robust_word(p, MERA_WORD_DRAWN_TOGETHER));
    for (size_t f = 0; f < rules->n_factors; f++) {
        mera_text_add(p->out, f > 0 ? "; " : "");
        mera_robust_factor_words(&rules->factor[f], p->view->view.language, p->out);
    }
}

static void robust_head(const robust_page *p)
{
    const mera_result *result = p->view->result;
    const mera_node *node = &result->methodology->node[p->robust->node];
    const char *period = result->period[p->robust->period];
    mera_style_add(p->out, &p->view->view, MERA_PAINT_BOLD,
                   robust_title_of(p, node->title, node->id));
    mera_text_addf(p->out, " · %s", robust_word(p, MERA_WORD_HOW_SURE));
    if (period[0] != '\0') {
        mera_text_addf(p->out, " · %s", period);
    }
    mera_text_add(p->out, "\n");
    mera_robust_laws_words(p->view->result->methodology, &p->robust->rules, p->robust->node,
                           p->view->view.language, p->out);
    if (p->robust->joint) {
        robust_factors(p);
    }
    mera_text_addf(p->out, " · %s: %zu\n",
                   robust_word(p, p->robust->joint ? MERA_WORD_JOINT_DRAWS : MERA_WORD_DRAWS),
                   (size_t)p->robust->drawn);
    if (!p->robust->rules.said) {
        mera_style_wrap(p->out, &p->view->view, 0, robust_word(p, MERA_WORD_LAW_UNSAID));
    }
    mera_text_add(p->out, "\n");
}

/* ---- units ---- */

static const char *robust_places(const robust_page *p, const mera_place_summary *unit)
{
    const char *place = mera_arena_printf(p->arena, "%u", unit->reference);
    return place == NULL ? NULL : mera_robust_places(place, unit, p->arena);
}

/** Column of the drawing in which a place stands. */
static size_t robust_column(const robust_page *p, double place)
{
    const double last = (double)p->robust->n_ranked, wide = last < ROBUST_BAR ? last : ROBUST_BAR;
    return last <= 1 ? 0 : (size_t)(fmin(1, (place - 1) / (last - 1)) * (wide - 1) + 0.5);
}

static const char *robust_bar(const robust_page *p, const mera_place_summary *unit)
{
    mera_text text = {.arena = p->arena};
    const size_t wide = robust_column(p, (double)p->robust->n_ranked) + 1;
    const size_t low = robust_column(p, unit->low), high = robust_column(p, unit->high);
    const size_t at = robust_column(p, unit->reference);
    for (size_t i = 0; i < wide; i++) {
        mera_text_add(&text, i == at ? "┃" : i >= low && i <= high ? "━" : "·");
    }
    return mera_text_string(&text);
}

static mera_code robust_row(const robust_page *p, size_t unit, const char **cell)
{
    const mera_place_summary *place = &p->robust->summary.unit[unit];
    const size_t n_top = p->robust->rules.n_top;
    cell[0] = robust_places(p, place);
    cell[1] = robust_name(p, unit);
    cell[2] = robust_bar(p, place);
    cell[3] = mera_report_band(place->band, p->arena);
    cell[4] = robust_chance(p, place->first);
    for (size_t t = 0; t < n_top; t++) {
        cell[5 + t] = robust_chance(p, place->top[t]);
    }
    for (size_t i = 0; i < 5 + n_top; i++) {
        MERA_TRY_PTR(cell[i]);
    }
    return MERA_OK;
}

static mera_code robust_units(const robust_page *p)
{
    const size_t n_top = p->robust->rules.n_top, n = 5 + n_top;
    mera_grid_column column[ROBUST_COLUMNS] = {
        {.title = robust_word(p, MERA_WORD_PLACE)},
        {.title = robust_word(p, MERA_WORD_UNIT), .gives_way = true, .max = 40},
        {.title = robust_word(p, MERA_WORD_INTERVAL), .optional = true, .paint = MERA_PAINT_GOOD},
        {.title = robust_word(p, MERA_WORD_BAND), .paint = MERA_PAINT_BOLD},
        {.title = "P(1)", .right = true},
    };
    mera_grid grid;
    for (size_t t = 0; t < n_top; t++) {
        column[5 + t] = (mera_grid_column){
            .title = mera_arena_printf(p->arena, "P(%s %zu)", robust_word(p, MERA_WORD_TOP_CHANCE),
                                       p->robust->rules.top[t]),
            .right = true};
        MERA_TRY_PTR(column[5 + t].title);
    }
    MERA_TRY(mera_grid_new(column, n, p->robust->n_ranked, p->arena, &grid));
    for (size_t r = 0; r < p->robust->n_ranked; r++) {
        MERA_TRY(robust_row(p, p->robust->order[r], &grid.cell[r * n]));
    }
    return mera_grid_write(&grid, &p->view->view, 0, p->arena, p->out);
}

/* ---- summary ---- */

static void robust_firsts(const robust_page *p)
{
    size_t n = 0;
    for (size_t r = 0; r < p->robust->n_ranked; r++) {
        const size_t i = p->robust->order[r];
        const double first = p->robust->summary.unit[i].first;
        if (first > 0 && n++ < ROBUST_FIRSTS) {
            mera_text_addf(p->out, "%s%s %s", n > 1 ? ", " : "", robust_name(p, i),
                           robust_chance(p, first));
        }
    }
    mera_text_addf(p->out, n > ROBUST_FIRSTS ? ", … (%zu)\n" : "\n", n);
}

/** Which choices gave no scores, and why. */
static void robust_failures(const robust_page *p)
{
    if (p->robust->failed == 0) {
        return;
    }
    mera_text_addf(p->out, "\n%s: %llu %s %zu\n", robust_word(p, MERA_WORD_FAILED_DRAWS),
                   (unsigned long long)p->robust->failed, robust_word(p, MERA_WORD_OUT_OF),
                   (size_t)p->robust->drawn);
    const size_t n = p->robust->n_failures;
    for (size_t i = 0; i < n && i < ROBUST_FAILURES; i++) {
        const mera_robust_failure *f = &p->robust->failure[i];
        const char *line =
            mera_arena_printf(p->arena, "%llu: %s%s%s", (unsigned long long)f->draws, f->choices,
                              f->choices[0] != '\0' ? ": " : "", f->reason);
        if (line != NULL) {
            mera_style_wrap(p->out, &p->view->view, 2, line);
        }
    }
    if (n > ROBUST_FAILURES) {
        mera_text_addf(p->out, "  … (%zu)\n", n);
    }
}

static void robust_summary(const robust_page *p)
{
    const mera_draws_summary *s = &p->robust->summary;
    mera_text_addf(p->out, "\n%s: %.2f · %s: %zu %s %zu (%.0f%%)",
                   robust_word(p, MERA_WORD_MEAN_SHIFT), s->mean_shift,
                   robust_word(p, MERA_WORD_NARROW_UNITS), p->robust->n_narrow,
                   robust_word(p, MERA_WORD_OUT_OF), p->robust->n_ranked,
                   100 * (double)p->robust->n_narrow / (double)p->robust->n_ranked);
    if (s->n_bands > 0) {
        mera_text_addf(p->out, " · %s: %zu", robust_word(p, MERA_WORD_BANDS), s->n_bands);
    }
    mera_text_addf(p->out, "\n%s: ", robust_word(p, MERA_WORD_CAN_BE_FIRST));
    robust_firsts(p);
}

/* ---- what holds without drawing ---- */

static const char *robust_tie(const robust_page *p, const long pair[2])
{
    return pair[0] < 0 ? ""
                       : mera_arena_printf(p->arena, "%s – %s", robust_name(p, (size_t)pair[0]),
                                           robust_name(p, (size_t)pair[1]));
}

static mera_code robust_weights(const robust_page *p)
{
    enum { COLUMNS = 5 };
    const mera_grid_column column[COLUMNS] = {
        {.title = robust_word(p, MERA_WORD_PART), .gives_way = true, .max = 40},
        {.title = robust_word(p, MERA_WORD_STATED_WEIGHT), .right = true},
        {.title = robust_word(p, MERA_WORD_STABLE_FROM_TO)},
        {.title = robust_word(p, MERA_WORD_CHANGE_BELOW), .max = 40},
        {.title = robust_word(p, MERA_WORD_CHANGE_ABOVE), .max = 40},
    };
    mera_grid grid;
    mera_style_wrap(p->out, &p->view->view, 0, robust_word(p, MERA_WORD_STABLE_WEIGHTS));
    MERA_TRY(mera_grid_new(column, COLUMNS, p->robust->n_parts, p->arena, &grid));
    for (size_t j = 0; j < p->robust->n_parts; j++) {
        const mera_stable_weight *s = &p->robust->part[j].stable;
        const char **cell = &grid.cell[j * COLUMNS];
        cell[0] = robust_part(p, j);
        cell[1] = robust_percent(p, s->weight);
        cell[2] = mera_arena_printf(p->arena, "%s – %s", robust_percent(p, s->low),
                                    robust_percent(p, s->high));
        cell[3] = robust_tie(p, s->low_pair);
        cell[4] = robust_tie(p, s->high_pair);
        for (size_t i = 0; i < COLUMNS; i++) {
            MERA_TRY_PTR(cell[i]);
        }
    }
    return mera_grid_write(&grid, &p->view->view, 2, p->arena, p->out);
}

static mera_code robust_pairs(const robust_page *p)
{
    enum { COLUMNS = 3 };
    const size_t n = p->robust->n_pairs < ROBUST_PAIRS ? p->robust->n_pairs : ROBUST_PAIRS;
    const mera_grid_column column[COLUMNS] = {
        {.title = robust_word(p, MERA_WORD_UNIT), .gives_way = true},
        {.title = robust_word(p, MERA_WORD_EPSILON), .right = true},
        {.title = robust_word(p, MERA_WORD_SPEAKS_FOR_LOWER), .max = 40},
    };
    mera_grid grid;
    mera_text_add(p->out, "\n");
    mera_style_wrap(p->out, &p->view->view, 0, robust_word(p, MERA_WORD_LEAST_SURE));
    MERA_TRY(mera_grid_new(column, COLUMNS, n, p->arena, &grid));
    for (size_t r = 0; r < n; r++) {
        const mera_epsilon *e = &p->robust->pair[r];
        const char **cell = &grid.cell[r * COLUMNS];
        cell[0] = mera_arena_printf(p->arena, "%s – %s", robust_name(p, e->upper),
                                    robust_name(p, e->lower));
        cell[1] = mera_arena_printf(p->arena, "%.2f%%", 100 * e->epsilon);
        cell[2] = e->column != SIZE_MAX ? robust_part(p, e->column) : "";
        MERA_TRY_PTR(cell[0]);
        MERA_TRY_PTR(cell[1]);
    }
    return mera_grid_write(&grid, &p->view->view, 2, p->arena, p->out);
}

static mera_code robust_certificates(const robust_page *p)
{
    mera_text_add(p->out, "\n");
    if (p->robust->why_none != MERA_ROBUST_FINE) {
        mera_text_addf(p->out, "%s %s: %s\n", robust_word(p, MERA_WORD_NO_CERTIFICATES),
                       p->view->result->methodology->node[p->robust->node].id,
                       robust_word(p, mera_robust_why_word(p->robust->why_none)));
        return MERA_OK;
    }
    MERA_TRY(robust_weights(p));
    return robust_pairs(p);
}

mera_code mera_report_robust_table(const mera_robust *robust, const mera_robust_view *view,
                                   mera_arena *arena, mera_text *out)
{
    const robust_page p = {.robust = robust, .view = view, .arena = arena, .out = out};
    robust_head(&p);
    MERA_TRY(robust_units(&p));
    robust_summary(&p);
    robust_failures(&p);
    MERA_TRY(robust_certificates(&p));
    mera_text_add(out, "\n");
    mera_style_wrap(out, &view->view, 0,
                    robust_word(&p, robust->rules.bands == MERA_BANDS_CHAIN
                                        ? MERA_WORD_ROBUST_CHAIN_NOTE
                                        : MERA_WORD_ROBUST_NOTE));
    return out->failed ? MERA_ENOMEM : MERA_OK;
}
