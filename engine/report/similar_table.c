/* SPDX-License-Identifier: Apache-2.0 */
/** @file Units that are compared with one, and clusters, for a terminal. */
#include "base/math.h"
#include "report/grid.h"
#include "report/report.h"
#include "report/words.h"

enum { SIMILAR_EXAMPLES = 3 };

/** The value of a column of `near`; NaN when there is none. */
static double similar_value(const mera_near *near, const mera_result *r, size_t unit, size_t period)
{
    const size_t k = mera_methodology_indicator(r->methodology, near->column);
    if (k != SIZE_MAX) {
        return r->indicator[k].stage[MERA_STAGE_RAW][period * r->n_units + unit];
    }
    const mera_column *column = mera_dataset_column(r->data, near->column);
    return column == NULL ? NAN : column->value[r->data_period[period] * r->n_units + unit];
}

/** Titles of the columns of `near`. */
static void similar_near(const mera_result *r, const mera_view *view, mera_grid_column *column)
{
    const mera_similar_rules *rules = &r->methodology->similar;
    for (size_t j = 0; j < rules->n_near; j++) {
        column[j] = (mera_grid_column){
            .title = mera_report_near_title(&rules->near[j], r, view), .right = true, .max = 20};
    }
}

static mera_code similar_write(const mera_grid *grid, const mera_view *view, mera_arena *arena,
                               mera_text *out)
{
    for (size_t i = 0; i < grid->n_rows * grid->n_columns; i++) {
        MERA_TRY_PTR(grid->cell[i]);
    }
    return mera_grid_write(grid, view, 2, arena, out);
}

/* ---- clusters ---- */

/** The first units of a cluster by name. */
static const char *clusters_examples(const mera_similar_clusters *clusters, const mera_result *r,
                                     size_t q, mera_arena *arena)
{
    mera_text line = {.arena = arena};
    size_t n = 0;
    for (size_t i = 0; i < r->n_units && n < SIMILAR_EXAMPLES; i++) {
        if (clusters->of[i] == q + 1) {
            mera_text_addf(&line, "%s%s", n++ == 0 ? "" : ", ", r->data->unit_name[i]);
        }
    }
    return mera_text_string(&line);
}

static void clusters_head(const mera_similar_clusters *clusters, const mera_result *r,
                          size_t period, const mera_view *view, mera_arena *arena, mera_text *out)
{
    const mera_similar_rules *rules = &r->methodology->similar;
    const char *language = view->language;
    mera_style_add(out, view, MERA_PAINT_BOLD, mera_word_in(MERA_WORD_CLUSTERS, language));
    mera_text_addf(out, ": %zu · %s", clusters->k, mera_title_in(r->methodology->title, language));
    mera_text_addf(out, "%s%s\n", r->period[period][0] != '\0' ? " · " : "", r->period[period]);
    mera_text_addf(out, "%s %s", mera_word_in(MERA_WORD_SILHOUETTE, language),
                   mera_report_figure(clusters->silhouette, arena));
    if (rules->cluster_k == 0) {
        mera_text_addf(out, "; %s %zu", mera_word_in(MERA_WORD_CLUSTERS_CHOSEN, language),
                       rules->cluster_most);
    }
    mera_text_add(out, "\n\n");
}

mera_code mera_report_clusters_table(const mera_similar_clusters *clusters,
                                     const mera_result *result, size_t period,
                                     const mera_view *view, mera_arena *arena, mera_text *out)
{
    const size_t d = result->methodology->similar.n_near, n_columns = d + 3;
    mera_grid_column *column;
    mera_grid grid;
    MERA_TRY_NEW(column, arena, n_columns);
    column[0] =
        (mera_grid_column){.title = mera_word_in(MERA_WORD_CLUSTER, view->language), .right = true};
    column[1] =
        (mera_grid_column){.title = mera_word_in(MERA_WORD_UNITS, view->language), .right = true};
    similar_near(result, view, &column[2]);
    column[2 + d] = (mera_grid_column){.title = mera_word_in(MERA_WORD_FOR_EXAMPLE, view->language),
                                       .gives_way = true};
    clusters_head(clusters, result, period, view, arena, out);
    MERA_TRY(mera_grid_new(column, n_columns, clusters->k, arena, &grid));
    for (size_t q = 0; q < clusters->k; q++) {
        const char **cell = &grid.cell[q * n_columns];
        cell[0] = mera_arena_printf(arena, "%zu", q + 1);
        cell[1] = mera_arena_printf(arena, "%zu", clusters->size[q]);
        for (size_t j = 0; j < d; j++) {
            cell[2 + j] = mera_report_figure(clusters->mean[q * d + j], arena);
        }
        cell[2 + d] = clusters_examples(clusters, result, q, arena);
    }
    MERA_TRY(similar_write(&grid, view, arena, out));
    mera_text_add(out, "\n");
    mera_style_wrap(out, view, 0, mera_word_in(MERA_WORD_CLUSTERS_NOTE, view->language));
    return out->failed ? MERA_ENOMEM : MERA_OK;
}

/* ---- of a unit ---- */

typedef struct similar_page {
    const mera_similar *of;
    const mera_result *r;
    size_t period, d;
    mera_arena *arena;
} similar_page;

static void similar_row(const similar_page *p, size_t unit, double distance, const char **cell)
{
    const size_t at = p->period * p->r->n_units + unit;
    cell[0] = p->r->data->unit_name[unit];
    cell[1] = isnan(distance) ? "" : mera_style_number(distance, 2, p->arena);
    for (size_t j = 0; j < p->d; j++) {
        cell[2 + j] = mera_report_figure(
            similar_value(&p->r->methodology->similar.near[j], p->r, unit, p->period), p->arena);
    }
    cell[2 + p->d] = mera_style_number(p->r->node[0].score[at], 2, p->arena);
    cell[3 + p->d] = mera_report_figure(p->r->node[0].rank[at], p->arena);
}

mera_code mera_report_similar_table(const mera_similar *similar, const mera_result *result,
                                    size_t unit, size_t period, const mera_view *view,
                                    mera_arena *arena, mera_text *out)
{
    const similar_page p = {similar, result, period, result->methodology->similar.n_near, arena};
    const size_t n_columns = p.d + 4;
    mera_grid_column *column;
    mera_grid grid;
    MERA_TRY_NEW(column, arena, n_columns);
    column[0] = (mera_grid_column){
        .title = mera_word_in(MERA_WORD_UNIT, view->language), .gives_way = true, .max = 36};
    column[1] = (mera_grid_column){.title = mera_word_in(MERA_WORD_DISTANCE, view->language),
                                   .right = true,
                                   .hidden = similar->distance == NULL};
    similar_near(result, view, &column[2]);
    column[2 + p.d] =
        (mera_grid_column){.title = mera_word_in(MERA_WORD_SCORE, view->language), .right = true};
    column[3 + p.d] = (mera_grid_column){.title = mera_word_in(MERA_WORD_PLACE_OF, view->language),
                                         .right = true};
    const char *rest = mera_arena_printf(
        arena, " · %s%s%s", mera_title_in(result->methodology->title, view->language),
        result->period[period][0] != '\0' ? " · " : "", result->period[period]);
    MERA_TRY_PTR(rest);
    mera_style_heading(out, view, result->data->unit_name[unit], rest);
    MERA_TRY(mera_report_similar_text(similar, result, view, arena, out));
    mera_text_add(out, "\n");
    MERA_TRY(mera_grid_new(column, n_columns, 1 + similar->n, arena, &grid));
    similar_row(&p, unit, NAN, grid.cell);
    for (size_t i = 0; i < similar->n; i++) {
        similar_row(&p, similar->unit[i], similar->distance == NULL ? NAN : similar->distance[i],
                    &grid.cell[(1 + i) * n_columns]);
    }
    return similar_write(&grid, view, arena, out);
}
