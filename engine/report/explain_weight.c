/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file
 * Where a weight comes from: each step of its way up to the index, with the file and line it is
 * written at or who changed it.
 */
#include "base/json.h"
#include "report/style.h"
#include "report/words.h"

static const char *weight_scale(mera_weight_scale scale, const char *language)
{
    return mera_word_in(scale == MERA_WEIGHT_SHARES   ? MERA_WORD_SCALE_SHARES
                        : scale == MERA_WEIGHT_GRADES ? MERA_WORD_SCALE_GRADES
                                                      : MERA_WORD_SCALE_POINTS,
                        language);
}

static void weight_origin(const mera_weight_link *link, const mera_view *view, mera_text *out)
{
    if (link->weigher != NULL) {
        mera_text_addf(out, " · %s", link->weigher->name);
    }
    if (link->origin != NULL) {
        mera_text_addf(out, " · %s", link->origin);
    } else if (link->at.file != NULL) {
        mera_text_addf(out, " · %s %s:%u", mera_word_in(MERA_WORD_WRITTEN_AT, view->language),
                       link->at.file, link->at.line);
    }
}

static mera_code weight_link(const mera_weight_link *link, const mera_view *view, size_t level,
                             mera_arena *arena, mera_text *out)
{
    const char *stated = mera_style_value(link->stated, arena);
    const char *sum = mera_style_value(link->sum, arena);
    const char *share = mera_style_value(link->share, arena);
    if (stated == NULL || sum == NULL || share == NULL) {
        return MERA_ENOMEM;
    }
    mera_style_repeat(out, "  ", level + 1);
    mera_style_add(out, view, MERA_PAINT_BOLD, link->id);
    mera_text_addf(out, ": %s %s %s (%s)", mera_word_in(MERA_WORD_WEIGHT, view->language), stated,
                   mera_word_in(MERA_WORD_STATED, view->language),
                   weight_scale(link->scale, view->language));
    if (link->as_given) {
        mera_text_addf(out, " = %s", share);
    } else {
        mera_text_addf(out, " / %s = %s", sum, share);
    }
    mera_text_addf(out, " %s %s", mera_word_in(MERA_WORD_SHARE_WITHIN, view->language),
                   link->parent);
    weight_origin(link, view, out);
    mera_text_add(out, "\n");
    return MERA_OK;
}

static mera_code weight_path(const mera_weight_path *path, const mera_view *view, mera_arena *arena,
                             mera_text *out)
{
    for (size_t j = 0; j < path->n_links; j++) {
        MERA_TRY(weight_link(&path->link[j], view, j, arena, out));
    }
    const char *share = mera_style_value(path->index_share * 100, arena);
    MERA_TRY_PTR(share);
    mera_text_addf(out, "  %s: %s%%\n", mera_word_in(MERA_WORD_SHARE_TOTAL, view->language), share);
    return MERA_OK;
}

mera_code mera_report_weight_text(const mera_weight_trace *trace, const mera_view *view,
                                  mera_arena *arena, mera_text *out)
{
    const char *title = mera_title_in(trace->title, view->language);
    mera_style_add(out, view, MERA_PAINT_BOLD, trace->id);
    if (title != NULL) {
        mera_text_addf(out, "  %s", title);
    }
    mera_text_add(out, "\n");
    if (trace->n_paths == 0) {
        mera_text_addf(out, "  %s\n", mera_word_in(MERA_WORD_IS_ROOT, view->language));
    }
    for (size_t i = 0; i < trace->n_paths; i++) {
        MERA_TRY(weight_path(&trace->path[i], view, arena, out));
    }
    return out->failed ? MERA_ENOMEM : MERA_OK;
}

static void weight_link_json(mera_json *json, const mera_weight_link *link)
{
    mera_json_open(json, NULL, '{');
    mera_json_text(json, "id", link->id);
    mera_json_text(json, "parent", link->parent);
    mera_json_number(json, "stated", link->stated);
    mera_json_number(json, "sum", link->sum);
    mera_json_number(json, "share", link->share);
    mera_json_text(json, "scale", weight_scale(link->scale, "en"));
    mera_json_bool(json, "as_given", link->as_given);
    mera_json_text(json, "op", link->weigher == NULL ? NULL : link->weigher->name);
    mera_json_text(json, "origin", link->origin);
    mera_json_text(json, "file", link->at.file);
    mera_json_count(json, "line", link->at.line);
    mera_json_count(json, "column", link->at.column);
    mera_json_close(json, '}');
}

mera_code mera_report_weight_json(const mera_weight_trace *trace, mera_text *out)
{
    mera_json json = {.out = out, .fresh = true, .pretty = true};
    mera_json_open(&json, NULL, '{');
    mera_json_text(&json, "id", trace->id);
    mera_json_text(&json, "kind", trace->is_indicator ? "indicator" : "node");
    mera_json_number(&json, "index_share", trace->index_share);
    mera_json_open(&json, "paths", '[');
    for (size_t i = 0; i < trace->n_paths; i++) {
        mera_json_open(&json, NULL, '{');
        mera_json_number(&json, "index_share", trace->path[i].index_share);
        mera_json_open(&json, "links", '[');
        for (size_t j = 0; j < trace->path[i].n_links; j++) {
            weight_link_json(&json, &trace->path[i].link[j]);
        }
        mera_json_close(&json, ']');
        mera_json_close(&json, '}');
    }
    mera_json_close(&json, ']');
    mera_json_close(&json, '}');
    mera_text_add(out, "\n");
    return out->failed ? MERA_ENOMEM : MERA_OK;
}
