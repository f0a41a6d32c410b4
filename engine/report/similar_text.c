/* SPDX-License-Identifier: Apache-2.0 */
/** @file Units that are compared with one, in words; figures for people. */
#include "base/math.h"
#include "base/number.h"
#include "report/report.h"
#include "report/style.h"
#include "report/words.h"

enum { SIMILAR_NAMES = 6 };

const char *mera_report_figure(double x, mera_arena *arena)
{
    char text[32];
    int whole = 1, digits;
    if (isnan(x)) {
        return "–";
    }
    for (double size = fabs(x); size >= 10 && whole < 18; size /= 10) {
        whole++;
    }
    digits = whole >= 4 ? 0 : 4 - whole;
    for (double size = fabs(x); size > 0 && size < 0.1 && digits < 15; size *= 10) {
        digits++;
    }
    mera_number_write(mera_round(x, (mera_rounding){MERA_ROUND_HALF_UP, digits}), text);
    return mera_arena_strdup(arena, text);
}

/** The columns of `near`: indicators by their titles. */
static void similar_columns(const mera_result *result, const mera_view *view, mera_text *out)
{
    const mera_similar_rules *rules = &result->methodology->similar;
    for (size_t i = 0; i < rules->n_near; i++) {
        mera_text_addf(out, "%s«%s»", i == 0 ? " " : ", ",
                       mera_report_near_title(&rules->near[i], result, view));
    }
}

const char *mera_report_near_title(const mera_near *near, const mera_result *result,
                                   const mera_view *view)
{
    const size_t k = mera_methodology_indicator(result->methodology, near->column);
    const mera_title title = k == SIZE_MAX || near->title.ru != NULL || near->title.en != NULL
                                 ? near->title
                                 : result->methodology->indicator[k].title;
    return title.ru == NULL && title.en == NULL ? near->column
                                                : mera_title_in(title, view->language);
}

/** A label that says by itself what it is: it has a letter. */
static bool similar_speaks(const char *label)
{
    for (const char *c = label; *c != '\0'; c++) {
        if (((unsigned char)*c & 0x80) != 0 || (*c >= 'A' && *c <= 'Z') ||
            (*c >= 'a' && *c <= 'z')) {
            return true;
        }
    }
    return false;
}

/** "«up to 20 thousand»", "size «20»", "cluster 2 of 5 by «population»". */
static void similar_groups(const mera_similar *similar, const mera_result *result,
                           const mera_view *view, mera_text *out)
{
    for (size_t g = 0; g < similar->n_groups; g++) {
        const bool speaks = similar_speaks(similar->group[g]);
        mera_text_addf(out, "%s%s%s«%s»", g == 0 ? "" : ", ", speaks ? "" : similar->grouping[g],
                       speaks ? "" : " ", similar->group[g]);
    }
    if (similar->cluster > 0) {
        mera_text_addf(out, "%s%s %zu %s %zu %s", similar->n_groups == 0 ? "" : ", ",
                       mera_word_in(MERA_WORD_CLUSTER, view->language), similar->cluster,
                       mera_word_in(MERA_WORD_OF, view->language), similar->n_clusters,
                       mera_word_in(MERA_WORD_CLUSTER_BY, view->language));
        similar_columns(result, view, out);
    }
}

/** "«up to 20 thousand», nearest in «population», «frost_days»". */
static void similar_how(const mera_similar *similar, const mera_result *result,
                        const mera_view *view, mera_text *out)
{
    const bool groups = similar->how == MERA_SIMILAR_GROUPS;
    const mera_word all = similar->how == MERA_SIMILAR_WIDENED ? MERA_WORD_SIMILAR_WIDENED
                          : similar->n_clusters > 0            ? MERA_WORD_SIMILAR_NO_CLUSTER
                                                               : MERA_WORD_SIMILAR_ALL;
    const bool said = similar->how == MERA_SIMILAR_WIDENED || similar->distance == NULL;
    if (groups) {
        similar_groups(similar, result, view, out);
    } else if (said) {
        mera_text_add(out, mera_word_in(all, view->language));
    }
    if (similar->distance != NULL) {
        mera_text_addf(out, "%s%s", groups || said ? ", " : "",
                       mera_word_in(MERA_WORD_SIMILAR_NEAREST, view->language));
        similar_columns(result, view, out);
    }
}

mera_code mera_report_similar_text(const mera_similar *similar, const mera_result *result,
                                   const mera_view *view, mera_arena *arena, mera_text *out)
{
    mera_text line = {.arena = arena};
    mera_text_addf(&line, "%s (%zu): ", mera_word_in(MERA_WORD_SIMILAR, view->language),
                   similar->n);
    similar_how(similar, result, view, &line);
    const bool all = similar->how != MERA_SIMILAR_GROUPS && similar->distance == NULL;
    for (size_t i = 0; !all && i < similar->n && i < SIMILAR_NAMES; i++) {
        mera_text_addf(&line, "%s%s", i == 0 ? ": " : ", ",
                       result->data->unit_name[similar->unit[i]]);
    }
    if (!all && similar->n > SIMILAR_NAMES) {
        mera_text_addf(&line, " %s %zu", mera_word_in(MERA_WORD_AND_MORE, view->language),
                       similar->n - SIMILAR_NAMES);
    }
    MERA_TRY_PTR(mera_text_string(&line));
    mera_style_wrap(out, view, 0, mera_text_string(&line));
    return MERA_OK;
}
