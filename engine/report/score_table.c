/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Scores as a table for a terminal: the latest period, units by place, the directions beside the
 * score. When directions do not fit as numbers, a profile of one block each stands for them.
 */
#include "report/grid.h"
#include "report/robust_words.h"
#include "run/record.h"

#include <stdlib.h>

#include "base/math.h"

enum { TABLE_BAR = 12, TABLE_CHILD = 10, TABLE_CHILDREN = 16, TABLE_COLUMNS = 11 + TABLE_CHILDREN };

typedef enum table_kind {
    TABLE_PLACE,
    TABLE_UNIT,
    TABLE_BAND,
    TABLE_SCORE,
    TABLE_BARS,
    TABLE_CLASS,
    TABLE_GROUP,
    TABLE_CORE_PLACE,
    TABLE_CORE_SCORE,
    TABLE_COVERAGE,
    TABLE_PROFILE,
    TABLE_DIRECTION,
} table_kind;

typedef struct table_place {
    double rank; /**< infinite when there is none: such units stand last */
    double core; /**< likewise, of an overlay's core */
    size_t unit;
} table_place;

typedef struct table {
    const mera_result *r;
    const mera_score_view *view;
    mera_arena *arena;
    size_t period;
    table_place *order;
    size_t n_shown;
    mera_series root;
    mera_series *child; /**< of the root's children */
    size_t n_children;
    table_kind kind[TABLE_COLUMNS];
    size_t which[TABLE_COLUMNS]; /**< TABLE_DIRECTION: index of the child */
    mera_grid_column column[TABLE_COLUMNS];
    size_t n_columns;
} table;

static const char *table_word(const table *t, mera_word word)
{
    return mera_word_in(word, t->view->view.language);
}

static int table_compare(const void *a, const void *b)
{
    const table_place *p = a, *q = b;
    if (p->rank != q->rank) {
        return p->rank < q->rank ? -1 : 1;
    }
    if (p->core != q->core) {
        return p->core < q->core ? -1 : 1;
    }
    return p->unit < q->unit ? -1 : p->unit > q->unit;
}

static mera_series table_series(const table *t, const double *all)
{
    return mera_series_of(all + t->period * t->r->n_units, t->r->n_units);
}

static mera_code table_children(table *t)
{
    const mera_node *root = &t->r->methodology->node[0];
    t->n_children = root->n_children;
    MERA_TRY_NEW(t->child, t->arena, t->n_children);
    for (size_t j = 0; j < t->n_children; j++) {
        const mera_child *child = &root->child[j];
        t->child[j] = table_series(
            t, child->is_indicator ? t->r->indicator[child->index].stage[MERA_STAGE_NORMALISED]
                                   : t->r->node[child->index].score);
    }
    return MERA_OK;
}

static mera_code table_order(table *t)
{
    const double *rank = t->r->node[0].rank + t->period * t->r->n_units;
    MERA_TRY_NEW(t->order, t->arena, t->r->n_units);
    for (size_t i = 0; i < t->r->n_units; i++) {
        const double core =
            t->r->core == NULL ? NAN : t->r->core->node[0].rank[t->period * t->r->n_units + i];
        t->order[i] = (table_place){.rank = isnan(rank[i]) ? INFINITY : rank[i],
                                    .core = isnan(core) ? INFINITY : core,
                                    .unit = i};
    }
    qsort(t->order, t->r->n_units, sizeof t->order[0], table_compare);
    const size_t top = t->view->top;
    t->n_shown = top > 0 && top < t->r->n_units ? top : t->r->n_units;
    return MERA_OK;
}

static void table_column(table *t, table_kind kind, size_t which, mera_grid_column column)
{
    t->kind[t->n_columns] = kind;
    t->which[t->n_columns] = which;
    t->column[t->n_columns++] = column;
}

static const char *table_child_title(const table *t, size_t j)
{
    const mera_child *child = &t->r->methodology->node[0].child[j];
    const mera_title title = child->is_indicator ? t->r->methodology->indicator[child->index].title
                                                 : t->r->methodology->node[child->index].title;
    const char *text = mera_title_in(title, t->view->view.language);
    if (text != NULL) {
        return text;
    }
    return child->is_indicator ? t->r->methodology->indicator[child->index].id
                               : t->r->methodology->node[child->index].id;
}

static void table_columns(table *t, bool profile)
{
    const mera_node_result *root = &t->r->node[0];
    const bool sure = t->view->sure != NULL && t->view->sure[t->period] != NULL;
    t->n_columns = 0;
    table_column(t, TABLE_PLACE, 0,
                 (mera_grid_column){.title = table_word(t, MERA_WORD_PLACE), .right = !sure});
    table_column(t, TABLE_UNIT, 0,
                 (mera_grid_column){.title = table_word(t, MERA_WORD_UNIT),
                                    .gives_way = true,
                                    .max = 40,
                                    .paint = MERA_PAINT_BOLD});
    if (sure) {
        table_column(t, TABLE_BAND, 0, (mera_grid_column){.title = table_word(t, MERA_WORD_BAND)});
    }
    table_column(t, TABLE_SCORE, 0,
                 (mera_grid_column){.title = table_word(t, MERA_WORD_SCORE), .right = true});
    table_column(t, TABLE_BARS, 0,
                 (mera_grid_column){.title = "", .optional = true, .paint = MERA_PAINT_GOOD});
    if (root->class_of != NULL) {
        table_column(t, TABLE_CLASS, 0,
                     (mera_grid_column){.title = table_word(t, MERA_WORD_CLASS)});
    }
    if (root->group_rank != NULL) {
        table_column(
            t, TABLE_GROUP, 0,
            (mera_grid_column){.title = table_word(t, MERA_WORD_GROUP_PLACE), .right = true});
    }
    if (t->r->core != NULL) {
        table_column(
            t, TABLE_CORE_PLACE, 0,
            (mera_grid_column){.title = table_word(t, MERA_WORD_CORE_PLACE), .right = true});
        table_column(
            t, TABLE_CORE_SCORE, 0,
            (mera_grid_column){.title = table_word(t, MERA_WORD_CORE_SCORE), .right = true});
    }
    table_column(t, TABLE_COVERAGE, 0,
                 (mera_grid_column){.title = table_word(t, MERA_WORD_COVERAGE), .right = true});
    if (profile) {
        table_column(t, TABLE_PROFILE, 0,
                     (mera_grid_column){.title = table_word(t, MERA_WORD_PROFILE)});
    }
    for (size_t j = 0; !profile && j < t->n_children; j++) {
        table_column(t, TABLE_DIRECTION, j,
                     (mera_grid_column){
                         .title = table_child_title(t, j), .right = true, .max = TABLE_CHILD});
    }
}

static const char *table_bar(const table *t, size_t unit)
{
    mera_text bar = {.arena = t->arena};
    mera_style_bar(&bar, mera_series_share(&t->root, unit), TABLE_BAR);
    return mera_text_string(&bar);
}

static const char *table_profile(const table *t, size_t unit)
{
    mera_text text = {.arena = t->arena};
    for (size_t j = 0; j < t->n_children; j++) {
        mera_style_spark(&text, mera_series_share(&t->child[j], unit));
    }
    return mera_text_string(&text);
}

/** Coverage as whole per cents; 100 only when nothing is lacking. */
static const char *table_coverage(const table *t, double coverage)
{
    if (isnan(coverage)) {
        return "–";
    }
    return mera_arena_printf(t->arena, "%d%%", (int)floor(coverage * 100 + 1e-9));
}

static const char *table_rank(const table *t, double rank)
{
    const int digits = isnan(rank) || floor(rank) == rank ? 0 : 1;
    return mera_style_number(rank, digits, t->arena);
}

/** "14", or "14 (11–19)" where it was drawn how sure that is. */
static const char *table_place_text(const table *t, size_t cell)
{
    const char *place = table_rank(t, t->r->node[0].rank[cell]);
    const mera_place_summary *sure = mera_score_sure(t->r, t->view, cell);
    return sure == NULL || place == NULL ? place : mera_robust_places(place, sure, t->arena);
}

static const char *table_cell(const table *t, size_t j, size_t unit)
{
    const mera_node_result *root = &t->r->node[0];
    const size_t cell = t->period * t->r->n_units + unit;
    const mera_series *child = &t->child[t->which[j]];
    const mera_place_summary *sure = mera_score_sure(t->r, t->view, cell);
    switch (t->kind[j]) {
    case TABLE_PLACE:
        return table_place_text(t, cell);
    case TABLE_BAND:
        return sure == NULL ? "–" : mera_report_band(sure->band, t->arena);
    case TABLE_UNIT:
        return t->r->data->unit_name[unit];
    case TABLE_SCORE:
        return mera_style_number(t->root.value[unit], t->root.digits, t->arena);
    case TABLE_BARS:
        return table_bar(t, unit);
    case TABLE_CLASS:
        return root->class_of[cell] < 0 ? "–" : root->class_label.v[root->class_of[cell]];
    case TABLE_GROUP:
        return table_rank(t, root->group_rank[cell]);
    case TABLE_CORE_PLACE:
        return table_rank(t, t->r->core->node[0].rank[cell]);
    case TABLE_CORE_SCORE:
        return mera_style_number(t->r->core->node[0].score[cell], t->root.digits, t->arena);
    case TABLE_COVERAGE:
        return table_coverage(t, root->coverage[cell]);
    case TABLE_PROFILE:
        return table_profile(t, unit);
    case TABLE_DIRECTION:
        return mera_style_number(child->value[unit], child->digits, t->arena);
    }
    return NULL;
}

static mera_code table_fill(table *t, bool profile, mera_grid *grid)
{
    table_columns(t, profile);
    MERA_TRY(mera_grid_new(t->column, t->n_columns, t->n_shown, t->arena, grid));
    for (size_t i = 0; i < t->n_shown * t->n_columns; i++) {
        const size_t unit = t->order[i / t->n_columns].unit;
        grid->cell[i] = table_cell(t, i % t->n_columns, unit);
        MERA_TRY_PTR(grid->cell[i]);
    }
    return MERA_OK;
}

static void table_heading(const table *t, mera_text *out)
{
    const mera_methodology *m = t->r->methodology;
    const char *title = mera_title_in(m->title, t->view->view.language);
    mera_style_add(out, &t->view->view, MERA_PAINT_BOLD, title != NULL ? title : m->id);
    if (m->version != NULL) {
        mera_text_addf(out, "  %s", m->version);
    }
    if (t->r->period[t->period][0] != '\0') {
        mera_text_addf(out, "  %s %s", table_word(t, MERA_WORD_PERIOD), t->r->period[t->period]);
    }
    if (t->view->variant != NULL) {
        mera_text_addf(out, "  %s %s", table_word(t, MERA_WORD_VARIANT), t->view->variant);
    }
    for (size_t i = 0; i < t->view->changes.n; i++) {
        if (!mera_starts_with(t->view->changes.v[i], "period=")) { /* it stands above */
            mera_text_addf(out, "  %s", t->view->changes.v[i]);
        }
    }
    mera_text_add(out, "\n\n");
}

/** Says which block of the profile is which. */
static mera_code table_legend(const table *t, mera_text *out)
{
    mera_text legend = {.arena = t->arena};
    mera_text_addf(&legend, "%s:", table_word(t, MERA_WORD_PROFILE));
    for (size_t j = 0; j < t->n_children; j++) {
        mera_text_addf(&legend, "%s %zu %s", j > 0 ? " ·" : "", j + 1, table_child_title(t, j));
    }
    const char *text = mera_text_string(&legend);
    MERA_TRY_PTR(text);
    mera_style_wrap(out, &t->view->view, 0, text);
    return MERA_OK;
}

static void table_count(const table *t, mera_text *out, size_t n, mera_word word)
{
    if (n > 0) {
        mera_text_addf(out, "%s%s: %zu", out->n > 0 ? " · " : "", table_word(t, word), n);
    }
}

static mera_code table_summary(const table *t, mera_text *out)
{
    const mera_record *record;
    mera_text line = {.arena = t->arena};
    size_t screened = 0, without = 0;
    MERA_TRY(mera_record_of(t->r, t->arena, &record));
    for (size_t i = 0; i < t->r->n_units; i++) {
        const size_t cell = t->period * t->r->n_units + i;
        const bool out_by_screen = t->r->unit_screened != NULL && t->r->unit_screened[cell] != 0;
        screened += out_by_screen ? 1 : 0;
        without += !out_by_screen && isnan(t->r->node[0].score[cell]) ? 1 : 0;
    }
    table_count(t, &line, t->r->n_units, MERA_WORD_UNITS);
    if (t->n_shown < t->r->n_units) {
        mera_text_addf(&line, " (%s %zu)", table_word(t, MERA_WORD_SHOWN), t->n_shown);
    }
    table_count(t, &line, t->r->methodology->n_indicators, MERA_WORD_INDICATORS);
    table_count(t, &line, record->n_imputed, MERA_WORD_IMPUTED);
    table_count(t, &line, record->n_treated, MERA_WORD_TREATED);
    table_count(t, &line, record->n_missing, MERA_WORD_MISSING);
    table_count(t, &line, screened, MERA_WORD_SCREENED);
    table_count(t, &line, without, MERA_WORD_NOT_RANKED);
    table_count(t, &line, t->view->n_warnings, MERA_WORD_WARNINGS);
    table_count(t, &line, t->r->n_periods - 1, MERA_WORD_PERIODS_MORE);
    const char *text = mera_text_string(&line);
    MERA_TRY_PTR(text);
    mera_style_wrap(out, &t->view->view, 0, text);
    return MERA_OK;
}

/** What plugins could not make and the methodology does without. */
static mera_code table_failed(const table *t, mera_text *out)
{
    for (size_t k = 0; k < t->r->methodology->n_indicators; k++) {
        if (t->r->indicator[k].failed != NULL) {
            const char *line =
                mera_arena_printf(t->arena, "%s %s: %s", table_word(t, MERA_WORD_LEFT_OUT),
                                  t->r->methodology->indicator[k].id, t->r->indicator[k].failed);
            MERA_TRY_PTR(line);
            mera_style_wrap(out, &t->view->view, 0, line);
        }
    }
    return MERA_OK;
}

/** Whether the methodology is as it was registered. */
static mera_code table_registered(const table *t, mera_text *out)
{
    const mera_registered *r = t->view->registered;
    if (r == NULL || r->kind == MERA_NOT_REGISTERED) {
        return MERA_OK;
    }
    mera_text line = {.arena = t->arena};
    mera_report_registered(r, t->view->view.language, &line);
    const char *text = mera_text_string(&line);
    MERA_TRY_PTR(text);
    mera_style_wrap(out, &t->view->view, 0, text);
    return MERA_OK;
}

mera_code mera_report_score_table(const mera_result *result, const mera_score_view *view,
                                  mera_arena *arena, mera_text *out)
{
    table t = {.r = result,
               .view = view,
               .arena = arena,
               .period = mera_result_latest(result, SIZE_MAX, 0)};
    mera_grid grid;
    t.root = table_series(&t, result->node[0].score);
    MERA_TRY(table_children(&t));
    MERA_TRY(table_order(&t));
    bool profile = t.n_children > TABLE_CHILDREN;
    MERA_TRY(table_fill(&t, profile, &grid));
    if (!profile && mera_grid_width(&grid) > view->view.width) {
        profile = true;
        MERA_TRY(table_fill(&t, profile, &grid));
    }
    table_heading(&t, out);
    MERA_TRY(mera_grid_write(&grid, &view->view, 0, arena, out));
    mera_text_add(out, "\n");
    if (profile) {
        MERA_TRY(table_legend(&t, out));
    }
    MERA_TRY(table_summary(&t, out));
    if (t.view->sure != NULL && t.view->sure[t.period] != NULL) {
        mera_style_wrap(out, &view->view, 0, table_word(&t, MERA_WORD_SCORE_SURE_NOTE));
    }
    MERA_TRY(table_failed(&t, out));
    MERA_TRY(table_registered(&t, out));
    return out->failed ? MERA_ENOMEM : MERA_OK;
}
