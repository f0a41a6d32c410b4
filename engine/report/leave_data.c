/* SPDX-License-Identifier: Apache-2.0 */
/** @file Leave-one-out for programs. */
#include "base/json.h"
#include "report/record_json.h"
#include "report/report.h"
#include "report/rows.h"

#include "base/math.h"

/* ---- CSV ---- */

static void leave_removal_rows(mera_rows *rows, const mera_leave_out *of, const mera_left *left,
                               const mera_leave_view *view)
{
    mera_rows_text(rows, mera_leave_id(of, left, view->result));
    mera_rows_text(rows, mera_leave_name(of, left, view));
}

static void leave_whole_rows(mera_rows *rows, const mera_leave_out *of, const mera_left *left,
                             const mera_leave_view *view)
{
    leave_removal_rows(rows, of, left, view);
    for (int blank = 0; blank < 6; blank++) {
        mera_rows_text(rows, NULL);
    }
    mera_rows_number(rows, left->mean_shift);
    mera_rows_number(rows, left->spearman);
    mera_rows_number(rows, left->kendall);
    mera_rows_text(rows, left->failed);
    mera_rows_end(rows);
}

static void leave_unit_rows(mera_rows *rows, const mera_leave_out *of, const mera_left *left,
                            const mera_leave_view *view, size_t unit)
{
    const mera_dataset *data = view->result->data;
    leave_removal_rows(rows, of, left, view);
    mera_rows_text(rows, data->unit_key[unit]);
    mera_rows_text(rows, data->unit_name[unit]);
    mera_rows_number(rows, of->score[unit]);
    mera_rows_number(rows, left->score[unit]);
    mera_rows_number(rows, of->place[unit]);
    mera_rows_number(rows, left->place[unit]);
    mera_rows_number(rows, left->shift[unit]);
    for (int blank = 0; blank < 3; blank++) {
        mera_rows_text(rows, NULL);
    }
    mera_rows_end(rows);
}

mera_code mera_report_leave_rows(const mera_leave_out *of, const mera_leave_view *view,
                                 mera_rows *rows)
{
    mera_rows_begin(rows, "leave_out",
                    "left_out,title,unit,name,score,score_without,place,place_without,shift,"
                    "spearman,kendall,failed");
    for (size_t k = 0; k < of->n_left; k++) {
        const mera_left *left = &of->left[k];
        leave_whole_rows(rows, of, left, view);
        for (size_t r = 0; r < of->n_ranked && left->failed == NULL; r++) {
            const bool itself = of->what == MERA_LEAVE_UNITS && of->order[r] == left->index;
            if (!itself && (view->unit == SIZE_MAX || view->unit == of->order[r])) {
                leave_unit_rows(rows, of, left, view, of->order[r]);
            }
        }
    }
    return mera_rows_done(rows);
}

/* ---- JSON ---- */

static void leave_numbers_json(mera_json *json, const char *key, const double *x,
                               const mera_leave_out *of)
{
    mera_json_open(json, key, '[');
    for (size_t r = 0; r < of->n_ranked; r++) {
        mera_json_number(json, NULL, x[of->order[r]]);
    }
    mera_json_close(json, ']');
}

static void leave_removal_json(mera_json *json, const mera_leave_out *of, const mera_left *left,
                               const mera_leave_view *view)
{
    const mera_dataset *data = view->result->data;
    mera_json_open(json, NULL, '{');
    mera_json_text(json, "left_out", mera_leave_id(of, left, view->result));
    mera_json_text(json, "title", mera_leave_name(of, left, view));
    mera_json_number(json, "weight", left->weight);
    mera_json_text(json, "failed", left->failed);
    if (left->failed == NULL) {
        mera_json_count(json, "compared", left->n);
        mera_json_count(json, "moved", left->n_moved);
        mera_json_number(json, "mean_shift", left->mean_shift);
        mera_json_number(json, "largest_shift", left->largest);
        mera_json_text(json, "largest_of",
                       left->unit != SIZE_MAX ? data->unit_key[left->unit] : NULL);
        mera_json_number(json, "spearman", left->spearman);
        mera_json_number(json, "kendall", left->kendall);
        leave_numbers_json(json, "places", left->place, of);
        leave_numbers_json(json, "shifts", left->shift, of);
        leave_numbers_json(json, "scores", left->score, of);
    }
    mera_json_close(json, '}');
}

static void leave_unit_json(mera_json *json, const mera_leave_out *of, const mera_result *result,
                            size_t unit)
{
    const mera_left_unit *moved = &of->unit[unit];
    mera_json_open(json, NULL, '{');
    mera_json_text(json, "unit", result->data->unit_key[unit]);
    mera_json_text(json, "name", result->data->unit_name[unit]);
    mera_json_number(json, "score", of->score[unit]);
    mera_json_number(json, "place", of->place[unit]);
    mera_json_number(json, "best_place", moved->highest);
    mera_json_number(json, "worst_place", moved->lowest);
    mera_json_number(json, "largest_shift", moved->largest);
    mera_json_text(json, "largest_without",
                   moved->by != SIZE_MAX ? mera_leave_id(of, &of->left[moved->by], result) : NULL);
    mera_json_close(json, '}');
}

mera_code mera_report_leave_json(const mera_leave_out *of, const mera_leave_view *view,
                                 mera_arena *arena, mera_text *out)
{
    static const char *const what[] = {"indicators", "directions", "units"};
    mera_json json = {.out = out, .fresh = true, .pretty = true};
    MERA_TRY(mera_record_json_open(&json, view->result, of->period, of->node, arena));
    mera_json_text(&json, "left_out", what[of->what]);
    mera_json_count(&json, "asked", of->n_asked);
    mera_json_count(&json, "done", of->n_left);
    mera_json_count(&json, "failed", of->n_failed);
    mera_json_open(&json, "units", '[');
    for (size_t r = 0; r < of->n_ranked && !out->failed; r++) {
        leave_unit_json(&json, of, view->result, of->order[r]);
    }
    mera_json_close(&json, ']');
    mera_json_open(&json, "removals", '[');
    for (size_t k = 0; k < of->n_left && !out->failed; k++) {
        leave_removal_json(&json, of, &of->left[k], view);
    }
    mera_json_close(&json, ']');
    mera_json_close(&json, '}');
    mera_text_add(out, "\n");
    return out->failed ? MERA_ENOMEM : MERA_OK;
}
