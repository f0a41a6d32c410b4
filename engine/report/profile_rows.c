/* SPDX-License-Identifier: Apache-2.0 */
/** @file One territory as the sheets of a workbook: the whole and its directions, what it is strong
 * and weak in, what to do first. */
#include "base/math.h"
#include "report/report.h"
#include "report/rows.h"

/** The whole: what is not known of it stays empty. */
static void profile_whole(const mera_profile *of, const mera_result *r, const char *language,
                          mera_rows *rows)
{
    const mera_node *root = &r->methodology->node[0];
    mera_rows_text(rows, root->id);
    mera_rows_text(rows, mera_title_in(root->title, language));
    mera_rows_number(rows, 1);
    mera_rows_number(rows, of->score);
    for (size_t i = 0; i < 4; i++) {
        mera_rows_number(rows, NAN);
    }
    mera_rows_number(rows, of->place);
    mera_rows_count(rows, of->n_ranked);
    mera_rows_number(rows, of->score_before);
    mera_rows_formula(rows, "{score}-{score_before}", of->score - of->score_before);
    mera_rows_end(rows);
}

static void profile_part(const mera_profile_part *part, const mera_methodology *m,
                         const char *language, mera_rows *rows)
{
    const mera_title title =
        part->is_indicator ? m->indicator[part->index].title : m->node[part->index].title;
    mera_rows_text(rows,
                   part->is_indicator ? m->indicator[part->index].id : m->node[part->index].id);
    mera_rows_text(rows, mera_title_in(title, language));
    mera_rows_number(rows, part->share);
    mera_rows_number(rows, part->score);
    mera_rows_number(rows, part->similar);
    mera_rows_number(rows, part->median);
    mera_rows_number(rows, part->low);
    mera_rows_number(rows, part->high);
    mera_rows_number(rows, part->place);
    mera_rows_count(rows, part->n_ranked);
    mera_rows_number(rows, part->before);
    mera_rows_formula(rows, "{score}-{score_before}", part->score - part->before);
    mera_rows_end(rows);
}

static void profile_marks(const mera_profile_mark *mark, size_t n, const char *kind,
                          const mera_profile_view *view, mera_rows *rows)
{
    for (size_t i = 0; i < n; i++) {
        const mera_indicator *ind = &view->result->methodology->indicator[mark[i].indicator];
        mera_rows_text(rows, kind);
        mera_rows_text(rows, ind->id);
        mera_rows_text(rows, mera_title_in(ind->title, view->view.language));
        mera_rows_number(rows, mark[i].value);
        mera_rows_number(rows, mark[i].similar);
        mera_rows_text(rows, ind->unit);
        mera_rows_count(rows, mark[i].n_worse);
        mera_rows_count(rows, mark[i].n);
        mera_rows_number(rows, mark[i].pull);
        mera_rows_end(rows);
    }
}

mera_code mera_report_profile_rows(const mera_profile *of, const mera_profile_view *view,
                                   mera_rows *rows)
{
    const mera_priorities_view first = {.view = view->view, .result = view->result};
    mera_rows_begin(rows, "profile",
                    "part,title,share,score,similar_median,median,least,largest,place,of,"
                    "score_before,change");
    profile_whole(of, view->result, view->view.language, rows);
    for (size_t j = 0; j < of->n_parts; j++) {
        profile_part(&of->part[j], view->result->methodology, view->view.language, rows);
    }
    mera_rows_begin(rows, "marks",
                    "mark,indicator,title,value,similar_median,measure,better_than,of,pull");
    profile_marks(of->strong, of->n_strong, "strength", view, rows);
    profile_marks(of->weak, of->n_weak, "weakness", view, rows);
    return mera_report_priorities_rows(&of->priorities, &first, rows);
}
